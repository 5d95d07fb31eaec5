"""Runs the core's jobs off the window's thread. No page names a thread class; this module is the only one.

``start(job)`` for what a person starts (progress, cancel, one outcome), ``query(function, on_result)`` for a
read that may take more than 50 ms. Signals and callbacks always arrive in the window's thread.

Lanes: ``data`` has one thread, so that bulk writes queue up; ``model`` has one slot, in front of the worker
process; ``quick`` has a few. A job names its own in ``job.lane``.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from csqm_desktop import logs
from csqm_desktop.errors import Cancelled, CsqmError

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

LANES = {"data": 1, "model": 1, "quick": 3}
_PROGRESS_SECONDS = 0.05


class Job(Protocol):
    """What the runner needs of a job. Those of ``jobs/base.py`` are run with their row in the store."""

    def run(self, context: Any, /) -> Any:
        """Do the work; ``context`` is a ``JobContext``."""
        ...


class JobHandle(QObject):
    """A job that was started. Exactly one of ``succeeded``, ``failed``, ``cancelled`` is emitted, then ``finished``."""

    started = Signal()
    progressed = Signal(object, object, str)  # done, total (0: unknown), stage: a key of jobs.base.STAGES
    notified = Signal(str, object)  # an event of the job's own, such as a training metric: kind, values
    succeeded = Signal(object)  # what run() returned
    failed = Signal(object)  # CsqmError
    cancelled = Signal()
    finished = Signal()

    def __init__(self, job: Job, lane: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.kind: str = getattr(job, "kind", type(job).__name__)
        self.lane = lane
        self.state = "waiting"  # waiting, running, succeeded, failed, cancelled
        self.done = 0
        self.total = 0
        self.stage = ""
        self.started_at = 0.0  # time.monotonic()
        self.result: Any = None
        self.error: CsqmError | None = None
        self.cancel_requested = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop; it ends as ``cancelled`` at its next safe point."""
        self.cancel_requested.set()
        hook = getattr(self.job, "cancel", None)
        if callable(hook):
            hook()

    @property
    def is_over(self) -> bool:
        """Whether the outcome is known."""
        return self.state in ("succeeded", "failed", "cancelled")

    def seconds_left(self) -> float | None:
        """An estimate from the pace so far; None while there is too little to go on."""
        elapsed = time.monotonic() - self.started_at
        if self.state != "running" or self.total <= 0 or self.done <= 0 or elapsed < 1.0:
            return None
        return elapsed * (self.total - self.done) / self.done


class JobContext:
    """What a running job sees. Progress is passed on at most twenty times a second."""

    def __init__(
        self,
        handle: JobHandle,
        report: Callable[[int, int, str], None],
        notify: Callable[[str, Mapping[str, Any]], None],
    ) -> None:
        self._handle = handle
        self._report = report
        self._notify = notify
        self._last = 0.0
        self._stage = ""

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._handle.cancel_requested.is_set()

    def check_cancelled(self) -> None:
        """Raise ``Cancelled`` when somebody asked to stop."""
        if self.cancelled:
            raise Cancelled

    def progress(self, done: int, total: int = 0, stage: str = "") -> None:
        """Say how far the job is; ``total`` 0 means unknown."""
        now = time.monotonic()
        stage = stage or self._stage
        if stage == self._stage and now - self._last < _PROGRESS_SECONDS and done != total:
            return
        self._last, self._stage = now, stage
        self._report(done, total, stage)

    def notify(self, kind: str, values: Mapping[str, Any]) -> None:
        """Pass on an event of the job's own."""
        self._notify(kind, values)


class JobRunner(QObject):
    """Runs jobs and queries in lanes. One for each window."""

    job_started = Signal(object)  # JobHandle
    job_finished = Signal(object)  # JobHandle
    _call = Signal(object)  # a function to call in the window's thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handles: list[JobHandle] = []
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._queries = 0
        self._call.connect(self._run_here, Qt.ConnectionType.QueuedConnection)

    # -- for pages

    def start(self, job: Job, lane: str | None = None) -> JobHandle:
        """Start a job in its lane. Connect to the handle right away: nothing is emitted before you return."""
        handle = JobHandle(job, lane or str(getattr(job, "lane", "data")), self)
        self._handles.append(handle)
        self.job_started.emit(handle)
        self._submit(handle.lane, partial(self._run_job, handle))
        return handle

    def query(
        self,
        function: Callable[[], _T],
        on_result: Callable[[_T], None],
        on_error: Callable[[CsqmError], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Read something off the thread and hand the result over, unless ``owner`` is gone by then.

        A bound method of a widget is its own owner.
        """
        self._queries += 1
        receiver = owner or getattr(on_result, "__self__", None)
        self._submit("quick", partial(self._run_query, function, on_result, on_error, receiver))

    def running(self, kind: str | None = None) -> list[JobHandle]:
        """Jobs that wait or run, oldest first."""
        return [h for h in self._handles if not h.is_over and kind in (None, h.kind)]

    @property
    def busy(self) -> bool:
        """Whether any job or query is under way."""
        return bool(self._queries or self.running())

    @property
    def querying(self) -> bool:
        """Whether any read is under way."""
        return bool(self._queries)

    def shutdown(self, cancel: bool = True) -> None:
        """Stop taking work, cancel what runs and wait for it to reach its safe point."""
        if cancel:
            for handle in self.running():
                handle.cancel()
        for pool in self._lanes.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._lanes.clear()
        self._queries = 0

    # -- in the background

    def _submit(self, lane: str, work: Callable[[], None]) -> None:
        if lane not in self._lanes:
            self._lanes[lane] = ThreadPoolExecutor(LANES[lane], thread_name_prefix=f"csqm-{lane}")
        self._lanes[lane].submit(work)

    def _run_job(self, handle: JobHandle) -> None:
        self._post(partial(self._on_started, handle))
        context = JobContext(
            handle,
            lambda *at: self._post(partial(self._on_progress, handle, *at)),
            lambda kind, values: self._post(partial(handle.notified.emit, kind, values)),
        )
        try:
            context.check_cancelled()
            result = _execute(handle.job, context)
        except Cancelled:
            self._post(partial(self._finish, handle, "cancelled", None))
        except CsqmError as error:
            self._post(partial(self._finish, handle, "failed", error))
        except Exception as error:  # noqa: BLE001 -- a bug in a job must not take the window with it
            self._post(partial(self._finish, handle, "failed", unexpected(error)))
        else:
            self._post(partial(self._finish, handle, "succeeded", result))

    def _run_query(
        self,
        function: Callable[[], Any],
        on_result: Callable[[Any], None],
        on_error: Callable[[CsqmError], None] | None,
        receiver: object,
    ) -> None:
        try:
            result = function()
        except CsqmError as error:
            self._post(partial(self._deliver, on_error, error, receiver))
        except Exception as error:  # noqa: BLE001 -- same as for jobs
            self._post(partial(self._deliver, on_error, unexpected(error), receiver))
        else:
            self._post(partial(self._deliver, on_result, result, receiver))

    def _post(self, call: Callable[[], None]) -> None:
        if shiboken6.isValid(self):
            self._call.emit(call)

    # -- back in the window's thread

    @Slot(object)
    def _run_here(self, call: Callable[[], None]) -> None:
        call()

    def _on_started(self, handle: JobHandle) -> None:
        handle.state = "running"
        handle.started_at = time.monotonic()
        handle.started.emit()

    def _on_progress(self, handle: JobHandle, done: int, total: int, stage: str) -> None:
        handle.done, handle.total, handle.stage = done, total, stage
        handle.progressed.emit(done, total, stage)

    def _finish(self, handle: JobHandle, state: str, value: Any) -> None:
        handle.state = state
        if state == "succeeded":
            handle.result = value
            handle.succeeded.emit(value)
        elif state == "failed":
            handle.error = value
            handle.failed.emit(value)
        else:
            handle.cancelled.emit()
        handle.finished.emit()
        self.job_finished.emit(handle)
        self._handles.remove(handle)
        handle.deleteLater()

    def _deliver(self, callback: Callable[[Any], None] | None, value: Any, receiver: object) -> None:
        self._queries = max(0, self._queries - 1)
        if isinstance(receiver, QObject) and not shiboken6.isValid(receiver):
            return
        if callback is not None:
            callback(value)
        elif isinstance(value, CsqmError):
            _log.error("a query failed: %s", value.code)


class InlineJobRunner(JobRunner):
    """Runs everything at once in the calling thread: for tests, and for rendering screenshots.

    A job starts with the next turn of the event loop, so that the caller can connect to the handle first;
    queries run in place.
    """

    def _submit(self, lane: str, work: Callable[[], None]) -> None:
        if lane != "quick" or isinstance(getattr(work, "args", [None])[0], JobHandle):
            self._call.emit(work)  # queued: the page connects to the handle first
        else:
            work()

    def _post(self, call: Callable[[], None]) -> None:
        call()


def _execute(job: Job, context: JobContext) -> Any:
    from csqm_desktop.jobs import base  # pulls in the store: not before the window is there

    return base.execute(job, context) if isinstance(job, base.Job) else job.run(context)


def unexpected(error: Exception) -> CsqmError:
    """A bug as an error that can be shown; the trace goes to the log."""
    _log.exception("unexpected error", exc_info=error)
    reason = f"{type(error).__name__}: {error}"
    return CsqmError("unexpected", reason=reason, log=logs.log_file())
