"""The active version against labels in a file that training never saw."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop.domain import permissions
from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.domain.review import LabelledReply, Review, Verdict
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.import_labels import LabelReader
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.protocol import criteria_records, label_to_record, reply_to_record, write_jsonl
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EvaluateResult:
    """Metrics of a version on the labels of a file; ``overlap`` replies were left out as known from training."""

    version: str
    replies: int
    overlap: int
    rejected: int
    metrics: dict[str, Any] = field(default_factory=dict)
    examples: tuple[RejectedRow, ...] = ()


def _usable(review: Review, known: set[int]) -> bool:
    return review.verdict is Verdict.SCORED and review.reply_id not in known


class EvaluateVersion(Job[EvaluateResult]):
    """Measure the active version."""

    kind: ClassVar[str] = "evaluate"
    lane: ClassVar[str] = "model"
    needs: ClassVar[str] = permissions.TRAIN

    def __init__(self, workspace: Workspace, process: ModelProcess, path: Path, device: str = "auto") -> None:
        super().__init__(workspace)
        self._process = process
        self.path = path
        self._device = device

    def parameters(self) -> dict[str, Any]:
        """The file of labels."""
        return {"path": str(self.path.absolute())}

    def run(self, context: JobContext) -> EvaluateResult:
        """Evaluate; replies that the workspace itself holds labels for are left out."""
        versions = Versions(self.workspace)
        active = versions.active()
        if active is None:
            raise CsqmError("no_version", scorecard=self.workspace.scorecards.current().key)
        context.progress(0, 0, "reading")
        found = LabelReader(self.workspace).read(self.path, context)
        if not found.reviews:
            reason = CsqmError(found.rejected[0].code, **found.rejected[0].values).what if found.rejected else "-"
            raise CsqmError("labels_none_usable", file=str(self.path), count=found.rows, reason=reason)
        known = {label.reply_id for label in self.workspace.reviews.labels()}
        scorecard = self.workspace.scorecards.get(versions.scorecard_id(active))
        labels = self._labels([r for r, _ in found.reviews if _usable(r, known)], scorecard)
        if not labels:
            raise CsqmError("evaluate_overlap", file=str(self.path))
        overlap = len({r.reply_id for r, _ in found.reviews} & known)
        metrics = self._measure(context, versions, active, scorecard, labels)
        return EvaluateResult(active, len(labels), overlap, len(found.rejected), metrics, tuple(found.rejected[:50]))

    def _labels(self, reviews: list[Review], scorecard: Scorecard) -> list[LabelledReply]:
        """The spread of levels of each reply, as training would see it."""
        sizes = {criterion.key: len(criterion.levels) for criterion in scorecard.criteria}
        counts: dict[int, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
        for review in reviews:
            for key, position in review.positions.items():
                if position >= 0 and key in sizes:
                    counts[review.reply_id][key][position] += 1
        names = self.workspace.conversations.source_ids(list(counts))
        return [
            LabelledReply(
                reply_id,
                names[reply_id][0],
                {key: tuple(c[i] for i in range(sizes[key])) for key, c in by_key.items()},
            )
            for reply_id, by_key in counts.items()
        ]

    def _measure(
        self, context: JobContext, versions: Versions, active: str, scorecard: Scorecard, labels: list[LabelledReply]
    ) -> dict[str, Any]:
        with tempfile.TemporaryDirectory(prefix="evaluate-", dir=versions.scratch()) as folder:
            items, label_file = Path(folder) / "items.jsonl", Path(folder) / "labels.jsonl"
            inputs = self.workspace.conversations.reply_inputs([label.reply_id for label in labels])
            write_jsonl(items, map(reply_to_record, inputs))
            write_jsonl(label_file, map(label_to_record, labels))
            return self._process.request(
                "evaluate",
                {
                    "base": str(versions.base_of(active)),
                    "version_dir": str(versions.folder(active)),
                    "criteria": criteria_records(scorecard),
                    "scorecard": {"key": scorecard.key, "version": scorecard.version, "pass_line": scorecard.pass_line},
                    "items": str(items),
                    "labels": str(label_file),
                    "cache_dir": str(versions.cache()),
                    "device": self._device,
                },
                context,
            )
