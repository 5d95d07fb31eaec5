"""The one shape of everything a person can start: progress, then succeeded, failed or cancelled."""

from __future__ import annotations

import dataclasses
import logging
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from csqm_desktop import logs
from csqm_desktop.errors import QT_TRANSLATE_NOOP, Cancelled, CsqmError
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault import private_folder

log = logging.getLogger(__name__)

Result = TypeVar("Result", covariant=True)
SCRATCH = "scratch"  # of the model store: files on their way to the worker
_PROGRESS_SECONDS = 1.0  # how often a job's progress is written to the store


_WHERE = frozenset({"file", "path", "folder", "log"})  # needed as they are to find what is meant


def without_personal_data(values: Mapping[str, Any]) -> dict[str, str]:
    """What an error says, as it may be kept: it can quote a line of a file that was never stored."""
    from csqm_desktop import privacy  # only failures need it

    return {key: str(value) if key in _WHERE else privacy.redact(str(value))[0] for key, value in values.items()}


class JobContext(Protocol):
    """What a running job tells its owner, and how it learns that it should stop."""

    def progress(self, done: int, total: int, stage: str) -> None:
        """How far the job is; ``stage`` is a key of ``STAGES``, ``total`` 0 when unknown."""

    def check_cancelled(self) -> None:
        """Raise ``Cancelled`` when the user has asked to stop."""

    def notify(self, kind: str, values: Mapping[str, Any]) -> None:
        """An event of the job's own, such as a training metric."""


STAGES: dict[str, str] = {
    "reading": QT_TRANSLATE_NOOP("stages", "Reading the file"),
    "pulling": QT_TRANSLATE_NOOP("stages", "Fetching messages"),
    "rolling_back": QT_TRANSLATE_NOOP("stages", "Taking back what was read"),
    "starting_model": QT_TRANSLATE_NOOP("stages", "Starting the model"),
    "preparing": QT_TRANSLATE_NOOP("stages", "Preparing the replies"),
    "scoring": QT_TRANSLATE_NOOP("stages", "Scoring replies"),
    "embedding": QT_TRANSLATE_NOOP("stages", "Reading replies with the model"),
    "fitting": QT_TRANSLATE_NOOP("stages", "Learning from the labels"),
    "calibrating": QT_TRANSLATE_NOOP("stages", "Checking how sure the model may be"),
    "evaluating": QT_TRANSLATE_NOOP("stages", "Measuring on the holdout"),
    "gate": QT_TRANSLATE_NOOP("stages", "Comparing with the active version"),
    "storing": QT_TRANSLATE_NOOP("stages", "Storing the labels"),
    "changing_roles": QT_TRANSLATE_NOOP("stages", "Changing the roles"),
    "questions": QT_TRANSLATE_NOOP("stages", "Gathering first questions"),
    "grouping": QT_TRANSLATE_NOOP("stages", "Grouping similar questions"),
    "writing": QT_TRANSLATE_NOOP("stages", "Writing the file"),
    "fetching": QT_TRANSLATE_NOOP("stages", "Fetching the base model"),
    "converting": QT_TRANSLATE_NOOP("stages", "Converting the base model"),
    "masking": QT_TRANSLATE_NOOP("stages", "Masking the stored texts again"),
    "rewriting": QT_TRANSLATE_NOOP("stages", "Rewriting the database"),
    "erasing": QT_TRANSLATE_NOOP("stages", "Erasing"),
    "verifying": QT_TRANSLATE_NOOP("stages", "Verifying files"),
    "copying": QT_TRANSLATE_NOOP("stages", "Copying"),
}


class Job(ABC, Generic[Result]):
    """Something a person can start. ``kind`` names it in the log, ``lane`` says what it must not run beside.

    ``needs`` is the action of ``domain.permissions`` that whoever is signed in must be allowed; empty: nothing.
    """

    kind: ClassVar[str]
    lane: ClassVar[str] = "data"  # data: one at a time; model: one at a time; quick: some at once
    needs: ClassVar[str] = ""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def parameters(self) -> dict[str, Any]:
        """What is needed to explain the job later, or to start it again."""
        return {}

    @abstractmethod
    def run(self, context: JobContext) -> Result:
        """Do the work; raise ``CsqmError`` or ``Cancelled`` when it ends otherwise."""


class _Recorder:
    """Passes a job's reports on and keeps its row in the store current."""

    def __init__(self, inner: JobContext, workspace: Workspace, job_id: int) -> None:
        self._inner = inner
        self._workspace = workspace
        self._job = job_id
        self._written = 0.0

    def progress(self, done: int, total: int, stage: str) -> None:
        now = time.monotonic()
        if now - self._written >= _PROGRESS_SECONDS:
            self._written = now
            self._workspace.jobs.progress(self._job, done, total)
        self._inner.progress(done, total, stage)

    def check_cancelled(self) -> None:
        self._inner.check_cancelled()

    def notify(self, kind: str, values: Mapping[str, Any]) -> None:
        self._inner.notify(kind, values)


def execute(job: Job[Result], context: JobContext) -> Result:
    """Run a job with its row in the store: every way out ends in exactly one outcome.

    Anything unexpected becomes ``CsqmError("unexpected")`` with its traceback in the log file. What the person who
    is signed in may not do does not begin: ``CsqmError("not_allowed")``, or ``sign_in_needed``.
    """
    if job.needs:
        job.workspace.require(job.needs)
    job_id = job.workspace.jobs.start(job.kind, job.parameters())
    recorder = _Recorder(context, job.workspace, job_id)
    job_log = job.workspace.jobs
    try:
        result = job.run(recorder)
    except Cancelled:
        job_log.finish(job_id, "cancelled", {})
        raise
    except CsqmError as error:
        job_log.finish(job_id, "failed", {"code": error.code, "values": without_personal_data(error.values)})
        raise
    except (KeyboardInterrupt, SystemExit):
        job_log.finish(job_id, "cancelled", {})
        raise
    except Exception as error:  # the one place where a bug of ours becomes a sentence for the user
        log.exception("job %s failed", job.kind)
        job_log.finish(job_id, "failed", {"code": "unexpected", "values": {"reason": type(error).__name__}})
        raise CsqmError("unexpected", reason=f"{type(error).__name__}: {error}", log=logs.log_file()) from error
    job_log.finish(job_id, "succeeded", _summary(result))
    return result


def _summary(result: object) -> dict[str, Any]:
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        return {
            field.name: value
            for field in dataclasses.fields(result)
            if isinstance(value := getattr(result, field.name), str | int | float | bool | Path | type(None))
        }
    return {}


class SilentContext:
    """A context that reports to nobody and is never cancelled."""

    def progress(self, done: int, total: int, stage: str) -> None:
        """Nothing to do."""

    def check_cancelled(self) -> None:
        """Never raises."""

    def notify(self, kind: str, values: Mapping[str, Any]) -> None:
        """Nothing to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Interruption:
    """A job that a crash cut off, with what was saved and how to go on."""

    kind: str
    subject: str  # e.g. the file of an import
    done: int
    total: int
    job_id: int


def recover(workspace: Workspace) -> list[Interruption]:
    """Find what a crash cut off and bring the records in order; nothing that was committed is touched.

    Imports keep the rows they had stored: importing the file again goes on where it stopped. Scoring goes on
    with the replies that have no score. Half-trained candidates are swept by the next training.
    """
    private_folder.sweep()
    workspace.jobs.settle_interrupted()
    if not workspace.jobs.any_running():
        shutil.rmtree(workspace.model_store / SCRATCH, ignore_errors=True)  # holds message text: not to be left behind
    for batch in workspace.batches.unfinished():
        if not workspace.jobs.running("import"):
            workspace.batches.finish(batch.id, "interrupted", {})
    return [
        Interruption(record.kind, str(record.parameters.get("path", "")), record.done, record.total, record.id)
        for record in workspace.jobs.unacknowledged()
    ]
