"""The runner: one outcome each, progress, cancel, lanes, errors, callbacks in the window's thread."""

from __future__ import annotations

import importlib
import pkgutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject

from csqm_desktop import jobs
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import base
from csqm_desktop.ui.context import _TOUCHED
from csqm_desktop.ui.job_runner import InlineJobRunner, JobRunner
from csqm_desktop.ui.job_strip import KIND_TEXTS


class Steps:
    """A job of a few steps that can be held."""

    kind = "score"
    lane = "model"

    def __init__(self, steps: int = 3, hold: threading.Event | None = None) -> None:
        self.steps = steps
        self.hold = hold

    def run(self, context: Any) -> int:
        for step in range(self.steps):
            context.check_cancelled()
            context.progress(step + 1, self.steps, "scoring")
            while self.hold is not None and not self.hold.is_set():
                context.check_cancelled()
                time.sleep(0.005)
        context.notify("metric", {"loss": 0.5})
        return self.steps


class Broken:
    kind = "import"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def run(self, context: Any) -> None:
        raise self.error


@pytest.fixture
def runner(qtbot) -> Iterator[JobRunner]:
    result = JobRunner()
    yield result
    result.shutdown()


def _record(handle) -> list[str]:
    seen: list[str] = []
    for name in ("started", "succeeded", "failed", "cancelled", "finished"):
        getattr(handle, name).connect(lambda *_a, n=name: seen.append(n))
    return seen


def test_a_job_succeeds_once_with_progress_in_the_windows_thread(qtbot, runner: JobRunner) -> None:
    handle = runner.start(Steps())
    seen, threads, metrics = _record(handle), [], []
    handle.progressed.connect(lambda *_a: threads.append(threading.current_thread()))
    handle.notified.connect(lambda kind, values: metrics.append((kind, values)))
    with qtbot.waitSignal(handle.finished, timeout=3000):
        pass
    assert seen == ["started", "succeeded", "finished"]
    assert handle.result == 3
    assert set(threads) == {threading.main_thread()}
    assert metrics == [("metric", {"loss": 0.5})]
    assert not runner.running()


def test_cancel_ends_the_job_as_cancelled(qtbot, runner: JobRunner) -> None:
    handle = runner.start(Steps(hold=threading.Event()))
    seen = _record(handle)
    with qtbot.waitSignal(handle.progressed, timeout=3000):
        pass
    with qtbot.waitSignal(handle.finished, timeout=3000):
        handle.cancel()
    assert seen[1:] == ["cancelled", "finished"]


def test_an_expected_error_arrives_as_it_is_and_a_bug_as_unexpected(qtbot, runner: JobRunner) -> None:
    for error, code in (
        (CsqmError("disk_full", path="x", reason="y"), "disk_full"),
        (ZeroDivisionError(), "unexpected"),
    ):
        handle = runner.start(Broken(error))
        with qtbot.waitSignal(handle.failed, timeout=3000) as failed:
            pass
        assert failed.args[0].code == code


def test_one_job_of_a_lane_waits_for_the_other(qtbot, runner: JobRunner) -> None:
    gate = threading.Event()
    first, second = runner.start(Steps(hold=gate)), runner.start(Steps())
    with qtbot.waitSignal(first.progressed, timeout=3000):
        pass
    assert (first.state, second.state) == ("running", "waiting")
    with qtbot.waitSignal(second.finished, timeout=3000):
        gate.set()


def test_a_query_hands_its_result_over_unless_its_owner_is_gone(qtbot, runner: JobRunner) -> None:
    results: list[int] = []
    owner = QObject()
    runner.query(lambda: 1, results.append, owner=owner)
    qtbot.waitUntil(lambda: results == [1], timeout=3000)
    gate = threading.Event()
    runner.query(lambda: gate.wait(3), results.append, owner=owner)
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy, timeout=3000)
    assert results == [1]


def test_a_failing_query_reports_an_error(qtbot, runner: JobRunner) -> None:
    errors: list[CsqmError] = []

    def fail() -> int:
        raise ValueError("no")

    runner.query(fail, lambda _n: None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1, timeout=3000)
    assert errors[0].code == "unexpected"


def test_progress_is_not_passed_on_faster_than_it_can_be_seen(qtbot, runner: JobRunner) -> None:
    handle = runner.start(Steps(5000))
    count: list[int] = []
    handle.progressed.connect(lambda *_a: count.append(1))
    with qtbot.waitSignal(handle.finished, timeout=5000):
        pass
    assert len(count) < 100


def test_the_inline_runner_lets_the_caller_connect_first(qtbot) -> None:
    runner = InlineJobRunner()
    handle = runner.start(Steps())
    seen = _record(handle)
    assert seen == []
    qtbot.waitUntil(lambda: seen == ["started", "succeeded", "finished"], timeout=1000)


def test_every_job_has_a_name_in_the_strip():
    for module in pkgutil.iter_modules(jobs.__path__, "csqm_desktop.jobs."):
        importlib.import_module(module.name)
    kinds = {job.kind for job in base.Job.__subclasses__() if job.__module__.startswith("csqm_desktop.jobs.")}
    assert kinds - {"import"} <= set(KIND_TEXTS)
    assert set(_TOUCHED) <= kinds
