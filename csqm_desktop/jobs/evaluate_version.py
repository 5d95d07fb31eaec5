"""The active version against labels in a file that training never saw."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop.domain import permissions
from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import evaluation_set
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.evaluation_set import EvaluationSet
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
        scorecard = self.workspace.scorecards.get(versions.scorecard_id(active))
        found = evaluation_set.read(self.workspace, self.path, scorecard, context)
        metrics = self._measure(context, versions, active, scorecard, found)
        return EvaluateResult(
            active, len(found.labels), found.overlap, len(found.rejected), metrics, tuple(found.rejected[:50])
        )

    def _measure(
        self, context: JobContext, versions: Versions, active: str, scorecard: Scorecard, found: EvaluationSet
    ) -> dict[str, Any]:
        with tempfile.TemporaryDirectory(prefix="evaluate-", dir=versions.scratch()) as folder:
            items, label_file = Path(folder) / "items.jsonl", Path(folder) / "labels.jsonl"
            write_jsonl(items, map(reply_to_record, found.inputs))
            write_jsonl(label_file, map(label_to_record, found.labels))
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
