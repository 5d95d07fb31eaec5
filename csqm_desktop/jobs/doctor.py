"""Checks the machine, the workspace and the model store, and says how to mend what it finds."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from csqm_desktop import paths, settings
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import backup as backups
from csqm_desktop.jobs import encryption, media, mend
from csqm_desktop.jobs.base import SilentContext
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.registry import base_model
from csqm_desktop.store import health
from csqm_desktop.store.clock import from_ms
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault import key_file

_FIX = "Run “csqm doctor --fix”."
_SALVAGE = "Restore a backup with “csqm restore”, or save what is readable with “csqm doctor --fix”."
_LEAST_FREE = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: ``level`` is ok, warning or problem; ``remedy`` says what to do unless it is ok."""

    area: str
    level: str
    text: str
    remedy: str = ""


def examine(folder: Path, with_model: bool = True) -> list[Finding]:
    """Run all checks; never raises for what it finds."""
    findings = [*_machine()]
    if with_model:
        findings += _guarded("model process", lambda: list(_model_process()))
    findings += _guarded("base model", lambda: list(_base_model()))
    findings += _guarded("workspace", lambda: list(_workspace(folder)))
    return findings


def _guarded(area: str, check: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return check()
    except CsqmError as error:
        return [Finding(area, "problem", error.what, error.remedy)]


def _machine() -> Iterator[Finding]:
    yield Finding("machine", "ok", f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {sys.platform}")
    yield Finding("machine", "ok", f"SQLite {sqlite3.sqlite_version}")
    for package in ("PySide6-Essentials", "torch", "transformers"):
        try:
            yield Finding("machine", "ok", f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            yield Finding("machine", "problem", f"{package} is not installed", "Install csqm-desktop again.")


def _model_process() -> Iterator[Finding]:
    chosen = settings.load()
    process = ModelProcess(precision=chosen.precision)
    base = base_model.folder(paths.shared_model_store(), None)
    asked = {"device": chosen.device} | ({"base": str(base)} if (base / "config.json").is_file() else {})
    try:
        hello = process.request("hello", asked, SilentContext())
        speeds = hello.pop("tokens_per_second", {})
        names = ", ".join(f"{key} {value}" for key, value in hello.items())
        yield Finding("model process", "ok", f"answers: {names}")
        if speeds:
            table = ", ".join(f"{name} {speed:,.0f}" for name, speed in sorted(speeds.items(), key=lambda p: -p[1]))
            yield Finding("model process", "ok", _read_by(str(hello["backend"]), table))
    finally:
        process.close()


def _read_by(backend: str, table: str) -> str:
    return f"texts are read by “{backend}”, the fastest way that this computer has (word pieces a second: {table})"


def _base_model() -> Iterator[Finding]:
    folder = base_model.folder(paths.shared_model_store(), None)
    problems = base_model.verify(folder)
    if problems:
        for problem in problems:
            yield Finding("base model", "problem", str(problem), "Run “csqm models add-base” to install it again.")
    else:
        yield Finding("base model", "ok", f"{folder} is complete")


def _workspace(folder: Path) -> Iterator[Finding]:
    if not Workspace.exists(folder):
        yield Finding("workspace", "warning", f"there is none in {folder}", "Create one with “csqm init”.")
        return
    damaged = mend.damage(folder)
    for problem in damaged[:20]:
        yield Finding("database", "problem", problem, _SALVAGE)
    if damaged:
        return
    workspace = Workspace.open(folder)
    try:
        yield from _database(workspace)
        yield from _versions(workspace)
        yield from _left_behind(workspace)
        yield from _originals(workspace)
        yield from _masking(workspace)
    finally:
        workspace.close()
    yield from _encryption(folder)
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        yield Finding("workspace", "warning", f"only {free / 1e9:.1f} GB are free", "Free some space on this disk.")


def _database(workspace: Workspace) -> Iterator[Finding]:
    found = health.examine(workspace.database, workspace.scores, workspace.search)
    for table, count in found.orphans.items():
        yield Finding("database", "problem", f"{count} rows of {table} refer to missing ones", _FIX)
    if found.rollups:
        text = f"the daily sums of {len(found.rollups)} versions differ from their scores"
        yield Finding("rollups", "problem", text, _FIX)
    for problem in found.search:
        yield Finding("search", "problem", problem, _FIX)
    totals = workspace.conversations.totals()
    if found == health.Health():
        yield Finding("database", "ok", f"{totals.conversations} conversations, {totals.replies} replies")
        yield Finding("database", "ok", "sums and search index agree with the messages and scores")
    broken = workspace.audit.first_broken()
    if broken is not None:
        yield Finding(
            "audit log", "problem", f"entry {broken} does not fit the chain", "Somebody edited the log: ask your lead."
        )
    else:
        yield Finding("audit log", "ok", "the chain is whole")


def _left_behind(workspace: Workspace) -> Iterator[Finding]:
    workspace.jobs.settle_interrupted()
    for record in workspace.jobs.unacknowledged():
        kind = record.kind.replace("_", "-")
        yield Finding("jobs", "warning", f"a {kind} was interrupted", f"Start the {kind} again: it goes on.")
    left = [] if workspace.jobs.any_running() else mend.leftovers(workspace)
    if left:
        yield Finding("files", "warning", f"{len(left)} leftovers of interrupted work", _FIX)
    lost = media.lost(workspace)
    if lost:
        text = f"{len(lost)} attached files are missing from media/"
        yield Finding("files", "problem", text, "Restore a backup with “csqm restore”.")
    yield _backups(workspace)


def _backups(workspace: Workspace) -> Finding:
    """The newest backup in the workspace's own place; else the last one elsewhere, by the log of jobs."""
    newest = backups.newest(workspace.folder)
    if newest is not None:
        day = time.strftime("%Y-%m-%d", time.localtime(newest.stat().st_mtime))
        return Finding("backups", "ok", f"the newest is {newest.name} of {day}")
    made = [job for job in workspace.jobs.recent(50, "backup") if job.outcome == "succeeded"]
    if not made:
        return Finding("backups", "warning", "there is none", "Make one with “csqm backup”.")
    path, day = Path(str(made[0].parameters["path"])), f"{from_ms(made[0].started_at):%Y-%m-%d}"
    if path.is_file():
        return Finding("backups", "ok", f"none in the workspace itself; the last one is {path} of {day}")
    text = f"none in the workspace; the last one, of {day}, was written to {path} and is not there now"
    return Finding("backups", "warning", text, "Connect the disk that it is on, or make one with “csqm backup”.")


def _originals(workspace: Workspace) -> Iterator[Finding]:
    state = workspace.raw_texts.state()
    if workspace.raw_texts.due():
        yield Finding("originals", "problem", "some are older than they may be", "Run “csqm originals purge”.")
    elif state.days:
        yield Finding("originals", "ok", f"{state.kept} are kept, each for {state.days} days")


def _masking(workspace: Workspace) -> Iterator[Finding]:
    if workspace.masked_texts.outdated():
        text = "texts were masked by the rules of an earlier release, which knew less"
        yield Finding("personal data", "warning", text, "Run “csqm mask-again”.")
    elif workspace.erasure.pending():
        text = "what was taken away is still in unused parts of the file, because it was cut off"
        yield Finding("personal data", "warning", text, "Run “csqm mask-again”: it rewrites the file.")
    else:
        yield Finding("personal data", "ok", "all texts were masked by the rules of this release")


def _encryption(folder: Path) -> Iterator[Finding]:
    if encryption.is_encrypted(folder):
        plain = encryption.plain_backups(folder)
        if plain:
            yield Finding("encryption", "problem", f"{len(plain)} backups are not encrypted", _FIX)
        else:
            yield Finding("encryption", "ok", "database, backups and caches are encrypted")
    elif key_file.exists(folder):
        text = "a key file lies beside a database that is not encrypted"
        yield Finding("encryption", "warning", text, "Finish with “csqm decrypt”, or encrypt again.")


def _versions(workspace: Workspace) -> Iterator[Finding]:
    versions = Versions(workspace)
    active = versions.active()
    yield Finding("versions", "ok", f"active: {active or 'none yet'}")
    for version in versions.store.ids():
        for problem in versions.store.verify(version):
            yield Finding(
                "versions", "problem", f"{version}: {problem}", "Roll back with “csqm models rollback”, or train again."
            )
    if active:
        version_id = workspace.scores.version_id(active)
        missing = len(workspace.scores.unscored(version_id)) if version_id else workspace.conversations.totals().replies
        if missing:
            yield Finding("scores", "warning", f"{missing} replies have no score", "Run “csqm score”.")
