"""Scoring: replies without a score go to the worker, what comes back is stored at once.

Each event of the worker is committed by itself, so a crash loses at most the replies in flight and the next
run goes on with those that have no score.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from csqm_desktop.domain.score_columns import ScoreColumns
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.protocol import (
    Event,
    criteria_records,
    disagreement_from,
    reply_to_record,
    scored_from,
    write_jsonl,
)
from csqm_desktop.jobs.score_pipeline import ScorePipeline
from csqm_desktop.jobs.starter import ensure_starter
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.workspace import Workspace

LEAST_FROM_FEATURES = 256  # below that reading the texts again is as quick
REQUEST_REPLIES = 20_000  # replies in one request: bounds the size of its file


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """What a scoring run did."""

    scored: int
    skipped: int  # had a score by this version already
    version: str
    seconds: float
    device: str


class ScoreReplies(Job[ScoreResult]):
    """Score what has no score by the active version, or everything."""

    kind: ClassVar[str] = "score"
    lane: ClassVar[str] = "model"

    def __init__(
        self,
        workspace: Workspace,
        process: ModelProcess,
        everything: bool = False,
        device: str = "auto",
        only: Sequence[int] | None = None,
    ) -> None:
        """``only`` names the replies to score, e.g. those that came in just now; None: see ``everything``."""
        super().__init__(workspace)
        self._only = only
        self._process = process
        self._everything = everything
        self._device = device

    def parameters(self) -> dict[str, Any]:
        """Whether all replies were asked for."""
        return {"all": self._everything}

    def run(self, context: JobContext) -> ScoreResult:
        """Score; raises ``no_version`` when there is neither a trained nor a starter version."""
        started = time.monotonic()
        versions = Versions(self.workspace)
        context.progress(0, 0, "starting_model")
        active = versions.active() or ensure_starter(self.workspace, self._process, context, self._device)
        if active is None:
            raise CsqmError("no_version", scorecard=self.workspace.scorecards.current().key)
        store = self.workspace.scores
        version_id = store.register_version(active, versions.scorecard_id(active))
        waiting = self._waiting(version_id)
        total = len(waiting)
        # counting a million replies takes longer than scoring the few that were asked for
        skipped = 0 if self._only is not None else self.workspace.conversations.totals().replies - total
        columns = store.columns(version_id)
        device = ""
        if total >= LEAST_FROM_FEATURES:
            waiting, device = self._from_features(context, versions, active, version_id, columns, waiting)
        for start in range(0, len(waiting), REQUEST_REPLIES):
            chunk = waiting[start : start + REQUEST_REPLIES]
            done = total - len(waiting) + start
            answer = self._score_chunk(context, versions, active, version_id, columns, chunk, done, total)
            device = str(answer.get("device", device))
        return ScoreResult(total, skipped, active, time.monotonic() - started, device)

    def _waiting(self, version_id: int) -> Sequence[int]:
        if self._only is not None:
            return self._only
        if self._everything:
            return self.workspace.conversations.all_reply_ids()
        return self.workspace.scores.unscored(version_id)

    def _from_features(
        self,
        context: JobContext,
        versions: Versions,
        active: str,
        version_id: int,
        columns: ScoreColumns,
        waiting: Sequence[int],
    ) -> tuple[Sequence[int], str]:
        """Score from the features that an earlier scoring kept; what is left over, and the device.

        Each block of the worker is one transaction, so an interrupted run goes on with what has no score.
        """
        count, changed = self.workspace.scores.changed_inputs()

        with tempfile.TemporaryDirectory(prefix="rescore-", dir=versions.scratch()) as folder:
            np.save(Path(folder) / "wanted.npy", np.asarray(waiting, dtype=np.int64))
            np.save(Path(folder) / "changed.npy", changed)
            parameters = self._about(versions, active, columns) | {"stamp": count, "out": folder}
            with self.workspace.database.bulk(), ScorePipeline(self.workspace, version_id) as pipeline:

                def store(event: Event) -> None:
                    if event.kind == "rescored":
                        pipeline.put(Path(str(event.values["file"])))

                answer = self._process.request("rescore", parameters, context, store)
            left = np.load(Path(folder) / "left.npy", allow_pickle=False)
        return left.tolist(), str(answer.get("device", ""))

    def _about(self, versions: Versions, active: str, columns: ScoreColumns) -> dict[str, Any]:
        return {
            "base": str(versions.base_of(active)),
            "version_dir": str(versions.folder(active)),
            "criteria": criteria_records(columns.scorecard),
            "cache_dir": str(versions.cache()),
            "device": self._device,
        }

    def _score_chunk(
        self,
        context: JobContext,
        versions: Versions,
        active: str,
        version_id: int,
        columns: ScoreColumns,
        reply_ids: Sequence[int],
        offset: int,
        total: int,
    ) -> dict[str, Any]:
        def store(event: Event) -> None:
            if event.kind == "scored":
                ids, probabilities = scored_from(event.values, columns.width)
                self.workspace.scores.write(version_id, ids, probabilities, disagreement_from(event.values))

        with tempfile.TemporaryDirectory(prefix="score-", dir=versions.scratch()) as folder:
            items = Path(folder) / "items.jsonl"
            stamp = self.workspace.scores.changed_inputs()[0]  # before the texts are read
            write_jsonl(items, map(reply_to_record, self.workspace.conversations.reply_inputs(reply_ids)))
            return self._process.request(
                "score",
                self._about(versions, active, columns) | {"items": str(items), "stamp": stamp},
                _Shifted(context, offset, total),
                store,
            )


def waiting(workspace: Workspace) -> int:
    """How many replies the active version has still to score; 0 when there is no active version."""
    active = Versions(workspace).active()
    if active is None:
        return 0
    version_id = workspace.scores.version_id(active)
    if version_id is None:
        return workspace.conversations.totals().replies
    return len(workspace.scores.unscored(version_id))


class _Shifted:
    """Reports a chunk's progress as that of the whole run."""

    def __init__(self, inner: JobContext, offset: int, total: int) -> None:
        self._inner = inner
        self._offset = offset
        self._total = total

    def progress(self, done: int, total: int, stage: str) -> None:
        if total:
            self._inner.progress(self._offset + done, self._total, stage)
        else:
            self._inner.progress(0, 0, stage)

    def check_cancelled(self) -> None:
        self._inner.check_cancelled()

    def notify(self, kind: str, values: Mapping[str, Any]) -> None:
        self._inner.notify(kind, values)
