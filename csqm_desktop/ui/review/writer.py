"""Writes reviews and drafts in the order they were made, at once, without making the window wait.

An import or a training run may hold the store's writer lock for a moment; keys must not feel that. So the
page's writes queue up in one thread of their own. Drafts that have not been written yet give way to newer ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.review_texts import masked_draft
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.job_runner import unexpected

Failure = Callable[[CsqmError], None]


class ReviewWriter(QObject):
    """One writer for one workspace. ``inline`` writes in the calling thread, for screenshots and tests."""

    idle = Signal()
    failed = Signal(object)  # CsqmError that nobody else took care of
    _call = Signal(object)

    def __init__(self, workspace: Workspace, inline: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._inline = inline
        self._pool: ThreadPoolExecutor | None = None
        self.last: Future[None] | None = None  # the newest write, for reads that must see it
        self._waiting = 0
        self._drafts: dict[tuple[int, str], list[Mapping[str, Any] | None]] = {}
        self._call.connect(self._run_here)

    @property
    def busy(self) -> bool:
        """Whether something has not been written yet."""
        return self._waiting > 0

    def save_draft(self, reply_id: int, reviewer: str, payload: Mapping[str, Any] | None) -> None:
        """Store a draft, or forget it with None; only the newest of those still waiting is written."""
        slot = self._drafts.get((reply_id, reviewer))
        if slot is not None:
            slot[0] = payload
            return
        slot = self._drafts[reply_id, reviewer] = [payload]
        self._enqueue(partial(self._write_draft, reply_id, reviewer, slot), None)

    def do(self, work: Callable[[], object], on_error: Failure | None = None) -> None:
        """Run a write after all those before it. Drafts that come later do not overtake it."""
        self._drafts.clear()
        self._enqueue(work, on_error)

    def flush(self) -> None:
        """Wait until everything is written."""
        if self.last is not None:
            self.last.result()
            self.last = None

    def close(self) -> None:
        """Write everything and let the thread end; the next write starts another one."""
        self.flush()
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    # -- in the background

    def _enqueue(self, work: Callable[[], object], on_error: Failure | None) -> None:
        self._waiting += 1
        if self._inline:
            self._run(work, on_error)
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="csqm-review")
        self.last = self._pool.submit(self._run, work, on_error)

    def _run(self, work: Callable[[], object], on_error: Failure | None) -> None:
        error: CsqmError | None = None
        try:
            work()
        except CsqmError as known:
            error = known
        except Exception as bug:  # noqa: BLE001 -- a bug in a write must not lose the window
            error = unexpected(bug)
        if shiboken6.isValid(self):
            self._call.emit(partial(self._done, error, on_error))

    def _write_draft(self, reply_id: int, reviewer: str, slot: list[Mapping[str, Any] | None]) -> None:
        if self._drafts.get((reply_id, reviewer)) is slot:
            del self._drafts[reply_id, reviewer]
        if slot[0] is None:
            self._workspace.reviews.drop_draft(reply_id, reviewer)
        else:
            self._workspace.reviews.save_draft(reply_id, reviewer, masked_draft(self._workspace, slot[0]))

    # -- back in the window's thread

    @Slot(object)
    def _run_here(self, call: Callable[[], None]) -> None:
        call()

    def _done(self, error: CsqmError | None, on_error: Failure | None) -> None:
        self._waiting -= 1
        if error is not None:
            if on_error is not None:
                on_error(error)
            self.failed.emit(error)
        if self._waiting == 0:
            self.idle.emit()
