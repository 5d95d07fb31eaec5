"""Storing what a model says in two steps: while one block is written, the next one is prepared in another thread."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from csqm_desktop.jobs.protocol import read_block
from csqm_desktop.store.score_blocks import Asked, Block
from csqm_desktop.store.workspace import Workspace


class ScorePipeline:
    """Takes files that ``protocol.write_block`` made. Leaving it stores the last one, unless an error is under way."""

    def __init__(self, workspace: Workspace, version_id: int) -> None:
        self._workspace = workspace
        self._version_id = version_id
        self._width = workspace.scores.columns(version_id).width
        self._helper = ThreadPoolExecutor(1, "prepare-scores")
        self._coming: Future[Block] | None = None

    def put(self, place: Path) -> None:
        """Start with a file, which is deleted, and store the one before it, in one transaction."""
        state = self._workspace.database.data_version()
        before, self._coming = self._coming, self._helper.submit(self._prepare, place, state)
        self._store(before)

    def _prepare(self, place: Path, state: int) -> Block:
        ids, packed, differ = read_block(place, self._width)
        place.unlink()
        return self._workspace.scores.prepare(Asked(self._version_id, ids, packed, differ), state)

    def _store(self, coming: Future[Block] | None) -> None:
        if coming is not None:
            self._workspace.scores.write_block(coming.result())

    def __enter__(self) -> ScorePipeline:
        return self

    def __exit__(self, kind: type[BaseException] | None, _why: object, _trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._store(self._coming)
        finally:
            self._helper.submit(self._workspace.database.leave_thread)
            self._helper.shutdown()
