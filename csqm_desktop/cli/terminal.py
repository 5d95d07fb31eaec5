"""What the commands share: options, progress on stderr, results on stdout, the opened workspace."""

from __future__ import annotations

import dataclasses
import getpass
import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from csqm_desktop import paths, settings
from csqm_desktop.domain.permissions import OPEN, action_word
from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs import raw_texts
from csqm_desktop.jobs.base import STAGES, Job, execute, recover
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault import unlock

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", envvar="CSQM_WORKSPACE", help="Workspace folder (default: in your data folder)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
DeviceOption = Annotated[str, typer.Option("--device", help="auto, cpu, cuda or mps.")]

CANCEL = threading.Event()
_PERSON, _PERSON_PASSPHRASE = "CSQM_PERSON", "CSQM_PERSON_PASSPHRASE"


class TerminalContext:
    """Reports a job on stderr: one line that is written over on a terminal, now and then a line elsewhere."""

    def __init__(self) -> None:
        self._tty = sys.stderr.isatty()
        self._stage = ""
        self._stage_started = self._printed = 0.0

    def progress(self, done: int, total: int, stage: str) -> None:
        """Show how far the job is and, when that can be said, the time left."""
        now = time.monotonic()
        if stage != self._stage:
            self.end_line()
            self._stage, self._stage_started, self._printed = stage, now, 0.0
        pause = 0.1 if self._tty else 10.0
        if self._printed and now - self._printed < pause:
            return
        self._printed = now
        text = STAGES.get(stage, stage)
        if total:
            text += f" {done / total:4.0%}{self._left(done, total, now)}"
        end = "" if self._tty else "\n"
        typer.echo(("\r\033[K" if self._tty else "") + text, err=True, nl=False)
        typer.echo(end, err=True, nl=False)

    def _left(self, done: int, total: int, now: float) -> str:
        elapsed = now - self._stage_started
        if done == 0 or elapsed < 2:
            return ""
        return f", about {elapsed * (total - done) / done:.0f} s left"

    def check_cancelled(self) -> None:
        """Raise ``Cancelled`` after Ctrl+C."""
        if CANCEL.is_set():
            raise Cancelled

    def notify(self, kind: str, values: Mapping[str, Any]) -> None:
        """Show the course of the loss; all other metrics are on the version's card and in TensorBoard."""
        if kind == "metric" and "loss" in str(values.get("name", "")):
            self.end_line()
            typer.echo(f"  step {values.get('step', 0)}: {values['name']} {values.get('value', 0):.4f}", err=True)

    def end_line(self) -> None:
        """Leave the line that is written over."""
        if self._tty and self._stage:
            typer.echo("\r\033[K", err=True, nl=False)


def say(text: str) -> None:
    typer.echo(text)


def note(text: str) -> None:
    typer.echo(text, err=True)


def plain(value: object) -> Any:
    """A result as JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, str | int | float | bool | type(None)):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)


def print_json(value: object) -> None:
    typer.echo(json.dumps(plain(value), ensure_ascii=False))


def workspace_folder(workspace: Path | None) -> Path:
    return workspace or paths.default_workspace()


def same_workspace(workspace: Path | None) -> str:
    """What a named next command needs to meet the same workspace: nothing where the environment or the default says."""
    named = workspace is not None and str(workspace) != os.environ.get("CSQM_WORKSPACE")
    return f' --workspace "{workspace}"' if named else ""


def verdict_words(verdict: str) -> str:
    """The gate's verdict for a reader; JSON keeps the code."""
    return "passed, proves little yet" if verdict == "passed_unproven" else verdict


@contextmanager
def opened(folder: Path | None) -> Iterator[Workspace]:
    """The workspace, unlocked where it is encrypted, with what a crash had cut off told and settled.

    Where people sign in, somebody has: see ``sign_in``.
    """
    workspace = open_unlocked(workspace_folder(folder))
    try:
        sign_in(workspace)
        for interruption in recover(workspace):
            note(_interrupted(interruption.kind, interruption.subject))
            workspace.jobs.acknowledge(interruption.job_id)
        raw_texts.end_due(workspace)
        yield workspace
    finally:
        workspace.close()


def open_unlocked(folder: Path) -> Workspace:
    """Open a workspace; the passphrase comes from the environment, the system's key store, or the keyboard."""
    try:
        return Workspace.open(folder)
    except CsqmError as error:
        if error.code != "workspace_locked":
            raise
    unlock_folder(folder)
    return Workspace.open(folder)


def sign_in(workspace: Workspace) -> None:
    """Sign in where people do, by ``CSQM_PERSON`` and ``CSQM_PERSON_PASSPHRASE`` or the keyboard."""
    if not workspace.people.guarded():
        return
    name, secret = os.environ.get(_PERSON, ""), os.environ.get(_PERSON_PASSPHRASE, "")
    if not (name and secret) and not sys.stdin.isatty():
        raise CsqmError("sign_in_needed", action=action_word(OPEN))
    if not name:
        note("Name: ")
        name = sys.stdin.readline().strip()
    workspace.people.sign_in(name, secret or ask_secret(f"Passphrase of {name}", workspace.folder))


def unlock_folder(folder: Path, of: str = "") -> None:
    """Put the key of an encrypted workspace into this process's ring; ``of`` tells a person which one is meant."""
    if unlock.without_asking(folder) is None:
        unlock.with_secret(folder, ask_secret(f"Passphrase or recovery code{of}", folder))


def ask_secret(prompt: str, folder: Path) -> str:
    """Ask without showing what is typed; scripts, which nobody sits in front of, get ``workspace_locked``."""
    if not sys.stdin.isatty():
        raise CsqmError("workspace_locked", path=folder)
    return getpass.getpass(f"{prompt}: ", stream=sys.stderr)


def _interrupted(kind: str, subject: str) -> str:
    ways_on = {
        "import": "What was read before is safe; import the file again to go on, nothing is doubled.",
        "score": "The scores so far are safe; “csqm score” goes on with the rest.",
        "pull": "What was fetched before is safe; “csqm pull” goes on where it stopped.",
        "train": "The active version is untouched; start “csqm train” again.",
        "mask_again": "What was masked stays so; “csqm mask-again” does the rest.",
    }
    what = f"An earlier {kind.replace('_', '-')}" + (f" of {subject}" if subject else "") + " was interrupted."
    return f"{what} {ways_on.get(kind, 'Everything confirmed before is safe; start it again.')}"


def run(job: Job[Any]) -> Any:
    context = TerminalContext()
    try:
        return execute(job, context)
    finally:
        context.end_line()


@contextmanager
def model(background: bool = False) -> Iterator[ModelProcess]:
    """The model process; in the ``background`` it leaves the processor to others, as the settings say."""
    kept = settings.load()
    process = ModelProcess(low_priority=background and kept.low_priority, precision=kept.precision)
    try:
        yield process
    finally:
        process.close()


def report_rejected(result: Any) -> None:
    for row in result.examples[:20]:
        say(f"  {CsqmError(row.code, **row.values)}")
    if result.rejected > 20:
        say(f"  … and {result.rejected - 20} more")
