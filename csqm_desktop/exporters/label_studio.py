"""Label Studio tasks: the reply with its dialogue, a version's scores as predictions, people's verdicts as annotations.

The labelling configuration lies beside the file. Who reviewed stands in a field of its own, as Label Studio refuses
annotators whose e-mail address it does not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from xml.sax.saxutils import quoteattr

from csqm_desktop.domain.exported import CONSENSUS as CONSENSUS_WORD
from csqm_desktop.domain.exported import NOT_APPLICABLE_WORD, ExportUnit, Opinion, Prediction, ReplyFacts
from csqm_desktop.domain.review import Verdict
from csqm_desktop.domain.scorecard import Criterion
from csqm_desktop.exporters import tables
from csqm_desktop.exporters.base import CONSENSUS, LABELS, SCORES, Plain, Plan, Record, Write
from csqm_desktop.exporters.consensus import vote

COMMENT, BETTER, CAUSES, VERDICT, REVIEWER = (
    "review_comment", "review_better_reply", "review_root_cause", "review_verdict", "reviewer_name",
)  # fmt: skip


class LabelStudio(Plain):
    """The format: a JSON array, a task on each line."""

    name = "label-studio"
    ending = ".json"
    kinds = (LABELS, SCORES)

    def records(self, unit: ExportUnit, plan: Plan) -> Iterator[Record]:
        """A task for each reply that has something to show for this plan."""
        for facts in unit.replies:
            annotations = list(_annotations(facts, plan)) if plan.kind == LABELS else []
            predictions = [_prediction(facts.prediction, plan)] if facts.prediction else []
            if annotations or plan.kind == SCORES:
                yield {"data": _data(unit, facts), "annotations": annotations, "predictions": predictions}

    @contextmanager
    def open(self, path: Path, _plan: Plan) -> Iterator[Write]:
        """Write the array."""
        with path.open("w", encoding="utf-8", newline="\n") as out:
            numbers = count(1)
            annotations = count(1)
            before = "[\n"

            def write(record: Record) -> None:
                nonlocal before
                # the converter wants a number for each; importing gives new ones
                numbered = [{"id": next(annotations), **annotation} for annotation in record["annotations"]]
                task = {"id": next(numbers), **record, "annotations": numbered}
                out.write(before + json.dumps(task, ensure_ascii=False))
                before = ",\n"

            yield write
            out.write("\n]\n" if before != "[\n" else "[]\n")

    def beside(self, plan: Plan) -> Mapping[str, str]:
        """The labelling configuration."""
        return {".config.xml": _configuration(plan)}


def _data(unit: ExportUnit, facts: ReplyFacts) -> Record:
    message = unit.message(facts)
    return {
        "reply": message.text,
        "dialogue": [{"author": m.role.value, "text": m.text} for m in unit.before(facts)],
        **tables.ids(unit, facts),
        "sent_at": message.sent_at.isoformat(),
        "role": message.role.value,
        "sender": message.sender,
        "channel": unit.conversation.channel,
        "shop": unit.conversation.shop,
    }


def _annotations(facts: ReplyFacts, plan: Plan) -> Iterator[Record]:
    if plan.opinions == CONSENSUS:
        votes = {c.key: v for c in plan.scorecard.criteria if plan.wants(c.key) and (v := vote(c, facts.opinions))}
        result = [_choice(key, [found.level]) for key, found in votes.items() if found.level]
        ties = {key: list(found.tied) for key, found in votes.items() if found.tied}
        if votes:
            yield {"result": [*result, _text(REVIEWER, CONSENSUS_WORD)], "source": CONSENSUS_WORD, "ties": ties}
        return
    for opinion in facts.opinions:
        pairs = tables.opinion_levels(opinion, plan)
        if pairs:
            yield _annotation(opinion, [pair for pair in pairs if pair[0]])


def _annotation(opinion: Opinion, levels: list[tuple[str, str]]) -> Record:
    result = [_choice(key, [level]) for key, level in levels]
    if opinion.root_causes:
        result.append(_choice(CAUSES, list(opinion.root_causes)))
    result += [_text(n, t) for n, t in ((COMMENT, opinion.comment), (BETTER, opinion.better_reply)) if t]
    if opinion.verdict is not Verdict.SCORED:
        result.append(_choice(VERDICT, [opinion.verdict.value]))
    record = {
        "result": [*result, _text(REVIEWER, opinion.reviewer)],
        "was_cancelled": opinion.verdict is Verdict.SKIPPED,
        "created_at": opinion.reviewed_at.isoformat(),
        "scorecard_version": opinion.scorecard_version,
        "source": opinion.source,
    }
    return record if opinion.seconds is None else record | {"lead_time": opinion.seconds}


def _prediction(prediction: Prediction, plan: Plan) -> Record:
    wanted = {key: spread for key, spread in prediction.distributions.items() if plan.wants(key)}
    return {
        "model_version": prediction.version,
        "score": round(min(max(spread.values()) for spread in wanted.values()), 5) if wanted else 0.0,
        "result": [
            _choice(key, [prediction.level(key)]) | {"score": round(max(spread.values()), 5)}
            for key, spread in wanted.items()
        ],
    }


def _choice(name: str, values: list[str]) -> Record:
    return {"id": name, "from_name": name, "to_name": "reply", "type": "choices", "value": {"choices": values}}


def _text(name: str, value: str) -> Record:
    return {"id": name, "from_name": name, "to_name": "reply", "type": "textarea", "value": {"text": [value]}}


def _configuration(plan: Plan) -> str:
    lines = [
        "<View>",
        '  <Paragraphs name="dialogue" value="$dialogue" layout="dialogue" nameKey="author" textKey="text"/>',
        '  <Text name="reply" value="$reply"/>',
    ]
    for criterion in plan.scorecard.criteria:
        if plan.wants(criterion.key):
            lines += _choices(criterion)
    causes = [(cause.key, cause.name.get("en")) for cause in plan.scorecard.root_causes]
    if causes:
        lines += _block(CAUSES, "Root causes", causes, "multiple")
    lines += _block(VERDICT, "Instead of levels", [(v.value, "") for v in Verdict if v is not Verdict.SCORED], "single")
    lines += [
        f'  <TextArea name="{name}" toName="reply" editable="true" maxSubmissions="1" placeholder={quoteattr(hint)}/>'
        for name, hint in ((COMMENT, "Comment"), (BETTER, "Better reply"), (REVIEWER, "Reviewer"))
    ]
    return "\n".join([*lines, "</View>", ""])


def _choices(criterion: Criterion) -> list[str]:
    levels = [(level.key, level.name.get("en")) for level in criterion.levels]
    if criterion.not_applicable:
        levels.append((NOT_APPLICABLE_WORD, ""))
    return _block(criterion.key, criterion.name.get("en"), levels, "single")


def _block(name: str, title: str, values: list[tuple[str, str]], choice: str) -> list[str]:
    hints = [f" hint={quoteattr(hint)}" if hint else "" for _, hint in values]
    choices = [f"    <Choice value={quoteattr(key)}{hint}/>" for (key, _), hint in zip(values, hints, strict=True)]
    head = f'  <Choices name={quoteattr(name)} toName="reply" choice="{choice}" showInline="true">'
    return [f"  <Header value={quoteattr(title)}/>", head, *choices, "  </Choices>"]


EXPORTER = LabelStudio()
