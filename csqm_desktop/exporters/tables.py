"""Rows of the neutral tables: one for each reviewer's level, each score, each message (docs/formats.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from csqm_desktop.domain.conversation import Message
from csqm_desktop.domain.exported import CONSENSUS as CONSENSUS_WORD
from csqm_desktop.domain.exported import MESSAGE_COLUMNS, ExportUnit, Opinion, ReplyFacts
from csqm_desktop.exporters.base import CONSENSUS, LABELS, SCORES, Plan, Record
from csqm_desktop.exporters.consensus import vote

LABEL_COLUMNS = (
    "conversation_id", "message_id", "criterion", "level", "reviewer", "reviewed_at", "verdict", "comment",
    "root_cause", "better_reply", "scorecard_version", "source", "seconds", "reply",
)  # fmt: skip
CONSENSUS_COLUMNS = (
    "conversation_id", "message_id", "criterion", "level", "reviewer", "reviewers", "votes", "share", "tie",
    "scorecard_version", "source", "reply",
)  # fmt: skip
NUMBERS = frozenset({"confidence", "disagreement", "seconds", "share", "reviewers", "scorecard_version", "rating"})
"""Columns that hold numbers, beside those of probabilities (``p_…``)."""


def columns(plan: Plan) -> list[str]:
    """The header."""
    if plan.kind == LABELS:
        return list(CONSENSUS_COLUMNS if plan.opinions == CONSENSUS else LABEL_COLUMNS)
    if plan.kind == SCORES:
        criteria = plan.version_card.criteria if plan.version_card else ()
        levels = dict.fromkeys(f"p_{level.key}" for c in criteria if plan.wants(c.key) for level in c.levels)
        before = ["conversation_id", "message_id", "criterion", "level", "confidence"]
        return [*before, *levels, "version", "scored_at", "disagreement"]
    return list(MESSAGE_COLUMNS)


def is_number(column: str) -> bool:
    """Whether a column holds numbers."""
    return column in NUMBERS or column.startswith("p_")


def rows(unit: ExportUnit, plan: Plan) -> Iterator[Record]:
    """The rows of one conversation."""
    if plan.kind == LABELS:
        for facts in unit.replies:
            yield from (_consensus_rows if plan.opinions == CONSENSUS else _label_rows)(unit, facts, plan)
    elif plan.kind == SCORES:
        for facts in unit.replies:
            yield from _score_rows(unit, facts, plan)
    else:
        for message in unit.conversation.messages:
            yield message_row(unit, message)


def ids(unit: ExportUnit, facts: ReplyFacts) -> Record:
    """What a reply is known by everywhere."""
    return {"conversation_id": unit.conversation.source_id, "message_id": unit.message(facts).source_id}


def _label_rows(unit: ExportUnit, facts: ReplyFacts, plan: Plan) -> Iterator[Record]:
    for opinion in facts.opinions:
        for criterion, level in opinion_levels(opinion, plan):
            yield {
                **ids(unit, facts),
                "criterion": criterion,
                "level": level,
                "reviewer": opinion.reviewer,
                "reviewed_at": opinion.reviewed_at.isoformat(),
                "verdict": opinion.verdict.value,
                "comment": opinion.comment,
                "root_cause": ";".join(opinion.root_causes),
                "better_reply": opinion.better_reply,
                "scorecard_version": opinion.scorecard_version,
                "source": opinion.source,
                "seconds": opinion.seconds,
                "reply": unit.message(facts).text,
            }


def opinion_levels(opinion: Opinion, plan: Plan) -> list[tuple[str, str]]:
    """(criterion, level) pairs of the plan; a verdict without levels (skipped, flagged, later) is one empty pair."""
    if not opinion.levels:
        return [("", "")] if plan.criterion is None else []
    return [pair for pair in opinion.levels.items() if plan.wants(pair[0])]


def _consensus_rows(unit: ExportUnit, facts: ReplyFacts, plan: Plan) -> Iterator[Record]:
    for criterion in plan.scorecard.criteria:
        found = vote(criterion, facts.opinions) if plan.wants(criterion.key) else None
        if found is None:
            continue
        yield {
            **ids(unit, facts),
            "criterion": criterion.key,
            "level": found.level,
            "reviewer": CONSENSUS_WORD,
            "reviewers": found.reviewers,
            "votes": ";".join(f"{level}:{n}" for level, n in found.votes.items()),
            "share": round(found.share, 4),
            "tie": ";".join(found.tied),
            "scorecard_version": plan.scorecard.version,
            "source": CONSENSUS_WORD,
            "reply": unit.message(facts).text,
        }


def _score_rows(unit: ExportUnit, facts: ReplyFacts, plan: Plan) -> Iterator[Record]:
    prediction = facts.prediction
    if prediction is None:
        return
    differ = prediction.disagreement
    for criterion, spread in prediction.distributions.items():
        if not plan.wants(criterion):
            continue
        level = prediction.level(criterion)
        yield {
            **ids(unit, facts),
            "criterion": criterion,
            "level": level,
            "confidence": round(spread[level], 5),
            **{f"p_{key}": round(p, 5) for key, p in spread.items()},
            "version": prediction.version,
            "scored_at": prediction.scored_at.isoformat(),
            "disagreement": round(differ[criterion], 3) if criterion in differ else "",
        }


def message_row(unit: ExportUnit, message: Message) -> Record:
    """One message as the neutral tables have it."""
    conversation = unit.conversation
    return {
        "conversation_id": conversation.source_id,
        "message_id": message.source_id,
        "sent_at": message.sent_at.isoformat(),
        "role": message.role.value,
        "sender": message.sender,
        "text": message.text,
        "channel": conversation.channel,
        "shop": conversation.shop,
        "product": conversation.product,
        "order_id": conversation.order_id,
        "rating": conversation.rating,
        "attachments": _attachments(message.attachments),
        "bot_version": message.bot_version,
        "intent": message.intent,
        "private": "true" if message.private else "",
    }


def _attachments(names: tuple[str, ...]) -> str:
    """Names with bars between, or as a JSON list when a name holds what separates them."""
    if any(sign in name for name in names for sign in "|;\n") or any(name.startswith("[") for name in names):
        return json.dumps(list(names), ensure_ascii=False)
    return "|".join(names)
