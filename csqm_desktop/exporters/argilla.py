"""A folder that Argilla's ``Dataset.from_disk`` reads: settings, records, a version's scores as suggestions.

People's verdicts are responses. Argilla knows people by number, so each name gets one that is always the same; a
server takes responses only from users that it has. The consensus needs no users: it goes out as suggestions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from csqm_desktop.domain.exported import CONSENSUS as CONSENSUS_WORD
from csqm_desktop.domain.exported import NOT_APPLICABLE_WORD, ExportUnit, Opinion, ReplyFacts
from csqm_desktop.domain.review import Verdict
from csqm_desktop.domain.scorecard import Criterion
from csqm_desktop.exporters import tables
from csqm_desktop.exporters.base import CONSENSUS, LABELS, SCORES, Plain, Plan, Record, Write
from csqm_desktop.exporters.consensus import vote
from csqm_desktop.exporters.label_studio import BETTER, CAUSES, COMMENT, VERDICT

_STATUS = {Verdict.SCORED: "submitted", Verdict.SKIPPED: "discarded"}
RECORDS, SETTINGS, DATASET = "records.json", ".argilla/settings.json", ".argilla/dataset.json"


class Argilla(Plain):
    """The format."""

    name = "argilla"
    ending = ""
    kinds = (LABELS, SCORES)

    def records(self, unit: ExportUnit, plan: Plan) -> Iterator[Record]:
        """A record for each reply."""
        for facts in unit.replies:
            responses = _responses(facts, plan) if plan.kind == LABELS and plan.opinions != CONSENSUS else {}
            suggestions = _suggestions(facts, plan)
            if responses or (suggestions and (plan.kind == SCORES or plan.opinions == CONSENSUS)):
                yield _record(unit, facts, plan, responses, suggestions)

    @contextmanager
    def open(self, path: Path, plan: Plan) -> Iterator[Write]:
        """Write the folder."""
        (path / ".argilla").mkdir(parents=True)
        (path / SETTINGS).write_text(json.dumps(_settings(plan), ensure_ascii=False, indent=1), encoding="utf-8")
        dataset = {"name": f"csqm-{plan.kind}", "status": "draft", "allow_extra_metadata": True}
        (path / DATASET).write_text(json.dumps(dataset), encoding="utf-8")
        with (path / RECORDS).open("w", encoding="utf-8", newline="\n") as out:
            before = "[\n"

            def write(record: Record) -> None:
                nonlocal before
                out.write(before + json.dumps(record, ensure_ascii=False))
                before = ",\n"

            yield write
            out.write("\n]\n" if before != "[\n" else "[]\n")


def user_id(reviewer: str) -> str:
    """A reviewer's number, the same in every export."""
    return str(uuid5(NAMESPACE_URL, f"csqm:reviewer:{reviewer}"))


def _record(unit: ExportUnit, facts: ReplyFacts, plan: Plan, responses: Record, suggestions: Record) -> Record:
    message = unit.message(facts)
    dialogue = [{"role": m.role.value, "content": m.text} for m in unit.before(facts)]
    metadata: Record = {**tables.ids(unit, facts), "role": message.role.value, "sent_at": message.sent_at.isoformat()}
    if responses:
        metadata["opinions"] = json.dumps([_about(o) for o in facts.opinions], ensure_ascii=False)
    if facts.prediction and suggestions and plan.opinions != CONSENSUS:
        metadata["version"] = facts.prediction.version
    return {
        "id": f"{unit.conversation.source_id}/{message.source_id}",
        "fields": {"reply": message.text, **({"dialogue": dialogue} if dialogue else {})},
        "metadata": metadata,
        "suggestions": suggestions,
        "responses": responses,
        "vectors": {},
        "status": "pending",
        "_server_id": None,
    }


def _about(opinion: Opinion) -> Record:
    return {
        "user_id": user_id(opinion.reviewer),
        "reviewer": opinion.reviewer,
        "reviewed_at": opinion.reviewed_at.isoformat(),
        "scorecard_version": opinion.scorecard_version,
        "source": opinion.source,
        "seconds": opinion.seconds,
    }


def _responses(facts: ReplyFacts, plan: Plan) -> Record:
    found: dict[str, list[Record]] = {}
    for opinion in facts.opinions:
        pairs = tables.opinion_levels(opinion, plan)
        if not pairs:
            continue
        answers: list[tuple[str, Any]] = [pair for pair in pairs if pair[0]]
        answers += [(COMMENT, opinion.comment), (BETTER, opinion.better_reply), (CAUSES, list(opinion.root_causes))]
        answers.append((VERDICT, opinion.verdict.value))
        who = {"user_id": user_id(opinion.reviewer), "status": _STATUS.get(opinion.verdict, "draft")}
        for name, value in answers:
            if value:
                found.setdefault(name, []).append({"value": value, **who})
    return found


def _suggestions(facts: ReplyFacts, plan: Plan) -> Record:
    if plan.opinions == CONSENSUS and plan.kind == LABELS:
        votes = {c.key: vote(c, facts.opinions) for c in plan.scorecard.criteria if plan.wants(c.key)}
        return {
            key: _suggestion(found.level, found.share, f"{CONSENSUS_WORD} of {found.reviewers}")
            for key, found in votes.items()
            if found and found.level
        }
    prediction = facts.prediction
    if prediction is None:
        return {}
    known = {c.key for c in plan.scorecard.criteria}
    return {
        key: _suggestion(prediction.level(key), max(spread.values()), prediction.version)
        for key, spread in prediction.distributions.items()
        if plan.wants(key) and key in known
    }


def _suggestion(level: str, score: float, agent: str) -> Record:
    return {"value": level, "score": round(score, 5), "agent": agent}


def _settings(plan: Plan) -> Record:
    questions = [_levels(criterion) for criterion in plan.scorecard.criteria if plan.wants(criterion.key)]
    causes = {cause.key: cause.name.get("en") for cause in plan.scorecard.root_causes}
    if len(causes) > 1:  # a choice among fewer is refused there
        questions.append(_choice(CAUSES, "Root causes", causes, "multi_label_selection"))
    questions.append(_choice(VERDICT, "Verdict", {v.value: v.value for v in Verdict}, "label_selection", required=True))
    questions += [_question(name, title, {"type": "text", "use_markdown": False})
                  for name, title in ((COMMENT, "Comment"), (BETTER, "Better reply"))]  # fmt: skip
    return {
        "guidelines": None,
        "questions": questions,
        "fields": [
            _question("reply", "Reply", {"type": "text", "use_markdown": False}, required=True),
            _question("dialogue", "Dialogue before", {"type": "chat", "use_markdown": False}),
        ],
        "vectors": [],
        "metadata": [],
        "allow_extra_metadata": True,
        "distribution": {"strategy": "overlap", "min_submitted": 1},
        "mapping": None,
    }


def _levels(criterion: Criterion) -> Record:
    options = {level.key: level.name.get("en") for level in criterion.levels}
    if criterion.not_applicable:
        options[NOT_APPLICABLE_WORD] = NOT_APPLICABLE_WORD
    return _choice(criterion.key, criterion.name.get("en"), options, "label_selection")


def _choice(name: str, title: str, options: dict[str, str], kind: str, required: bool = False) -> Record:
    listed = [{"value": value, "text": text or value} for value, text in options.items()]
    settings = {"type": kind, "options": listed, "visible_options": None}
    return _question(name, title, settings if kind == "label_selection" else settings | {"options_order": "natural"},
                     required)  # fmt: skip


def _question(name: str, title: str, settings: Record, required: bool = False) -> Record:
    return {"name": name, "title": title or name, "description": None, "required": required, "type": settings["type"],
            "settings": settings}  # fmt: skip


EXPORTER = Argilla()
