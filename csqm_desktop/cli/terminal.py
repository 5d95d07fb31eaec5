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


def report_moved(moved: Any) -> None:
    say(f"What moved against {moved.before}, over {moved.compared} replies (scores from 0 to 100):")
    say(f"  across the pass line: {moved.now_passing} up, {moved.now_failing} down")
    for key, better in moved.better.items():
        if better or moved.worse[key]:
            say(f"  {key}: {better} replies got a higher level, {moved.worse[key]} a lower one")
    if moved.failing_by_sender:
        senders = (f"{who or 'unnamed'} {n}" for who, n in moved.failing_by_sender[:5])
        say(f"  now failing, by sender: {', '.join(senders)}")
    for part in moved.parts:
        step = 100 * (part.after - part.before)
        if abs(step) >= 0.5:
            means = f"{100 * part.before:.0f} to {100 * part.after:.0f} ({part.replies} replies)"
            say(f"  {part.dimension} {part.part}: mean score {means}")
    for mover in moved.movers[:5]:
        step = f"{100 * mover.before:.0f} to {100 * mover.after:.0f}"
        say(f"  {mover.conversation} / {mover.message}: {step}")
    if moved.movers:
        say("  csqm explain CONVERSATION MESSAGE tells why a reply has its score")


_MEANING = {  # in the order in which they are printed; each says all by itself
    "accuracy": "share of replies where it says what most reviewers said",
    "macro_f1": "right and complete in one, rare levels counting as much as frequent ones (1 best)",
    "macro_precision": "of the replies it gives a level, the share that is right; rare levels count as much",
    "macro_recall": "of the replies that have a level, the share it finds; rare levels count as much",
    "weighted_f1": "right and complete in one, frequent levels counting more (1 best)",
    "weighted_precision": "of the replies it gives a level, the share that is right; frequent levels count more",
    "weighted_recall": "of the replies that have a level, the share it finds; frequent levels count more",
    "qwk": "agreement with reviewers beyond chance, far misses counting more (1 best, 0 chance)",
    "mae": "how many levels it is off, on average (0 best)",
    "ece": "how far its percentages of being sure are from the truth (0 best)",
    "ece_before": "how far they would be without calibration (0 best)",
    "log_loss": "mistakes it was sure of cost much (0 best)",
    "auroc_failing": "how well it tells failing replies from others (1 best, 0.5 chance)",
    "jsd": "how far the opinions it expects are from the reviewers' opinions (0 best)",
    "rnss": "how far these opinions are apart, far misses counting more (0 best)",
}
_NEEDS_TWO_LEVELS = ("qwk", "auroc_failing")


def report_metrics(metrics: Mapping[str, Any]) -> None:
    """Print the figures of each criterion with what they mean, and 95 % intervals where there are any."""
    for criterion, figures in metrics.get("criteria", {}).items():
        say(f"  {criterion} ({figures.get('n', 0):.0f} replies)")
        intervals = figures.get("intervals", {})
        one_level = sum(c.get("support", 0) > 0 for c in figures.get("classes", [])) == 1
        for name, meaning in _MEANING.items():
            value = figures.get(name)
            if not isinstance(value, int | float):
                continue
            if one_level and name in _NEEDS_TWO_LEVELS:
                say(f"    {name:20s}      –  {'':20s}all these replies have one level: nothing to compare")
                continue
            interval = intervals.get(name)
            between = f"({interval[0]:.3f} to {interval[1]:.3f})" if interval else ""
            say(f"    {name:20s}{value:7.3f}  {between:20s}{meaning}")


def weak_line(found: Mapping[str, Any]) -> str:
    """What a version learned from beside labels, in a line."""
    words = {"rules": "by rules", "scores": "by scores"}
    parts = [
        f"{key} " + " and ".join(f"{n} {words.get(source, source)}" for source, n in counts.items())
        for key, counts in found["criteria"].items()
    ]
    origins = ", ".join(found["origins"].values())
    said = f"{'; '.join(parts)} ({origins})" if parts else "none fit"
    return f"guesses learned from, weight {found['weight']}: {said}"
