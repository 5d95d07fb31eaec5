"""doccano text classification: a line for each reply and reviewer, labels as ``criterion:level``.

What doccano does not know (ids, reviewer, status, comments) lies beside the label and becomes the example's metadata.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csqm_desktop.domain.exported import CONSENSUS as CONSENSUS_WORD
from csqm_desktop.domain.exported import ExportUnit, ReplyFacts
from csqm_desktop.exporters import tables
from csqm_desktop.exporters.base import CONSENSUS, LABELS, Plain, Plan, Record, Write
from csqm_desktop.exporters.consensus import vote
from csqm_desktop.exporters.jsonl import json_lines


class Doccano(Plain):
    """The format."""

    name = "doccano"
    ending = ".doccano.jsonl"
    kinds = (LABELS,)

    def records(self, unit: ExportUnit, plan: Plan) -> Iterator[Record]:
        """The lines of one conversation."""
        for facts in unit.replies:
            yield from (_together if plan.opinions == CONSENSUS else _single)(unit, facts, plan)

    @contextmanager
    def open(self, path: Path, _plan: Plan) -> Iterator[Write]:
        """Write the file."""
        with json_lines(path) as write:
            yield write


def _single(unit: ExportUnit, facts: ReplyFacts, plan: Plan) -> Iterator[Record]:
    for opinion in facts.opinions:
        pairs = tables.opinion_levels(opinion, plan)
        if not pairs:
            continue
        yield {
            "text": unit.message(facts).text,
            "label": [f"{key}:{level}" for key, level in pairs if key],
            **tables.ids(unit, facts),
            "reviewer": opinion.reviewer,
            "reviewed_at": opinion.reviewed_at.isoformat(),
            "verdict": opinion.verdict.value,
            "comment": opinion.comment,
            "root_cause": ";".join(opinion.root_causes),
            "better_reply": opinion.better_reply,
            "scorecard_version": opinion.scorecard_version,
            "source": opinion.source,
            # a text on every line: doccano would turn a gap among numbers into NaN
            "seconds": "" if opinion.seconds is None else repr(opinion.seconds),
        }


def _together(unit: ExportUnit, facts: ReplyFacts, plan: Plan) -> Iterator[Record]:
    votes = {c.key: v for c in plan.scorecard.criteria if plan.wants(c.key) and (v := vote(c, facts.opinions))}
    if votes:
        yield {
            "text": unit.message(facts).text,
            "label": [f"{key}:{found.level}" for key, found in votes.items() if found.level],
            **tables.ids(unit, facts),
            "reviewer": CONSENSUS_WORD,
            "reviewers": max(found.reviewers for found in votes.values()),
            "tie": ";".join(f"{key}:{level}" for key, found in votes.items() for level in found.tied),
            "source": CONSENSUS_WORD,
        }


EXPORTER = Doccano()
