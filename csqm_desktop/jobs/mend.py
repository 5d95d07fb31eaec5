"""Mends a workspace: what ``csqm doctor --fix`` and the settings page do.

Nothing that a person made is changed. A database that cannot be read whole is set aside and its readable rows are
saved into a new one; everything else is derived data that is made anew, or leftovers of programs that ended early.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from csqm_desktop.domain.permissions import MEND
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import authority, encryption, media
from csqm_desktop.jobs.authority import SignIn
from csqm_desktop.jobs.base import SCRATCH, JobContext, SilentContext, recover
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store import conversion, health, salvage
from csqm_desktop.store.database import Database
from csqm_desktop.store.workspace import DATABASE, Workspace
from csqm_desktop.vault import ring

_LEFTOVERS = ("*.partial", f"{DATABASE}.*.new*", "*.converting*", "backups/*.partial", "backups/.backup-*", "*.tmp")


@dataclass
class Mended:
    """What was done, as (area, text); ``moved`` is where a damaged database lies now."""

    done: list[tuple[str, str]] = field(default_factory=list)
    moved: Path | None = None
    salvaged: salvage.Salvaged | None = None


def mend(folder: Path, context: JobContext | None = None, sign_in: SignIn | None = None) -> Mended:
    """Mend what can be mended; raises only for what stands in the way, such as a locked or newer database.

    Where people sign in, ``sign_in`` does so: to the workspace, or to what was saved of it when it cannot be read.
    """
    context = context or SilentContext()
    result = Mended()
    context.progress(0, 0, "verifying")
    actor = authority.ask_if_readable(folder, MEND, sign_in)
    if damage(folder):
        actor = _salvage(folder, result, actor, sign_in)
    workspace = Workspace.open(folder)
    try:
        _database(workspace, result)
        for interruption in recover(workspace):
            workspace.jobs.acknowledge(interruption.job_id)
            result.done.append(("jobs", f"settled an interrupted {interruption.kind}"))
        if not workspace.jobs.any_running():
            _sweep(workspace, result)
        if result.done:
            workspace.audit.append(
                actor or "csqm", "mend", folder.name, {"done": [text for _area, text in result.done]}
            )
    finally:
        workspace.close()
    key = ring.key_for(folder)
    if key is not None and encryption.is_encrypted(folder):
        count = encryption.seal_backups(folder, key, context)
        if count:
            result.done.append(("backups", f"encrypted {count} backups that were still plain"))
    return result


def damage(folder: Path) -> list[str]:
    """What SQLite finds wrong with the file; empty when it can be read whole.

    Rows that refer to missing ones are no damage of the file: they are found and mended apart.
    """
    try:
        database = Database.open(folder / DATABASE)
    except CsqmError as error:
        if error.code != "database_damaged":
            raise
        return [str(error.values.get("reason", ""))]
    try:
        return database.file_problems()
    except CsqmError as error:
        return [str(error.values.get("reason", error.code))]
    finally:
        database.close()


def _salvage(folder: Path, result: Mended, actor: str | None, sign_in: SignIn | None) -> str:
    """Returns who does it: nobody could be asked before when the people were in the damaged part."""
    path = folder / DATABASE
    draft = path.with_name(DATABASE + ".salvaged.new")
    conversion.remove_database(draft)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    aside = folder / "backups" / f"damaged-{stamp}.sqlite3"
    aside.parent.mkdir(exist_ok=True)
    try:
        result.salvaged = salvage.salvage(path, draft, ring.key_for(folder))
        actor = actor or _ask_saved(folder, draft, sign_in)
        conversion.fold(draft, ring.key_for(folder))
    except BaseException:
        conversion.remove_database(draft)
        raise
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    draft.rename(path)
    result.moved = aside
    rows = sum(result.salvaged.rows.values()) - result.salvaged.orphans
    lost = ", ".join(result.salvaged.damaged) or "none"
    result.done.append(("database", f"saved {rows} readable rows into a new file; tables with losses: {lost}"))
    return actor


def _ask_saved(folder: Path, draft: Path, sign_in: SignIn | None) -> str:
    saved = Workspace(folder, Database.open(draft))
    try:
        return authority.ask_opened(saved, MEND, sign_in)
    finally:
        saved.close()


def _database(workspace: Workspace, result: Mended) -> None:
    found = health.examine(workspace.database, workspace.scores, workspace.search)
    if result.salvaged is not None:  # sums and index were left out on purpose
        found = health.Health(found.orphans, tuple(health.versions(workspace.database)), ("left out",))
    health.mend(workspace.database, workspace.scores, workspace.search, found)
    for table, count in found.orphans.items():
        result.done.append(("database", f"let go of {count} rows of {table} whose other half is missing"))
    if found.rollups:
        result.done.append(("rollups", f"computed the daily sums of {len(found.rollups)} versions anew"))
    if found.search:
        result.done.append(("search", "made the search index anew"))


def leftovers(workspace: Workspace) -> list[Path]:
    """Files that programs left behind when they were ended; call it while no job runs."""
    folder = workspace.folder
    found = [path for pattern in _LEFTOVERS for path in folder.glob(pattern)]
    scratch = workspace.model_store / SCRATCH
    found += media.orphans(workspace)
    return found + (list(scratch.iterdir()) if scratch.is_dir() else [])


def _sweep(workspace: Workspace, result: Mended) -> None:
    found = leftovers(workspace)
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    swept = Versions(workspace).store.clean_candidates()
    if found or swept:
        result.done.append(("files", f"removed {len(found) + len(swept)} leftovers of interrupted work"))
