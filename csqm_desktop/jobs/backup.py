"""Backups: a consistent copy of a workspace in one zip file, and back."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from csqm_desktop import __version__
from csqm_desktop.domain.permissions import EXPORT, RESTORE
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import authority
from csqm_desktop.jobs.authority import SignIn, Unlock
from csqm_desktop.jobs.base import Job, JobContext, SilentContext
from csqm_desktop.jobs.copies import MOVED_ASIDE
from csqm_desktop.jobs.erase_again import erase_again
from csqm_desktop.store.database import Database
from csqm_desktop.store.erased import Carried
from csqm_desktop.store.job_log import JobLog
from csqm_desktop.store.raw_texts import leave_out
from csqm_desktop.store.workspace import DATABASE, Workspace
from csqm_desktop.vault import key_file, ring, unlock
from csqm_desktop.vault.day_keys import DayKeys
from csqm_desktop.vault.key_file import KeyFile
from csqm_desktop.vault.keys import DataKey

MANIFEST = "backup.json"
_DAILY = "csqm-daily-"
_LEFT_OUT = {"cache", "candidates", "scratch"}  # of the model store: rebuilt when needed


@dataclass(frozen=True, slots=True)
class BackupResult:
    """A written or restored backup; ``moved`` is where a workspace that was in the way lies now.

    ``erased`` are conversations of people whom that workspace had erased and who were in the backup still; None where
    it could not be asked.
    """

    path: Path
    bytes: int
    messages: int
    moved: Path | None = None
    erased: int | None = 0


class BackUp(Job[BackupResult]):
    """Copy a workspace into one file while it may be in use."""

    kind: ClassVar[str] = "backup"
    lane: ClassVar[str] = "quick"

    def __init__(self, workspace: Workspace, path: Path | None = None) -> None:
        super().__init__(workspace)
        self.path = path or workspace.backups / f"csqm-{time.strftime('%Y%m%d-%H%M%S')}.zip"

    def parameters(self) -> dict[str, Any]:
        """Where the backup goes."""
        return {"path": str(self.path.absolute())}

    def run(self, context: JobContext) -> BackupResult:
        """Write the backup, complete or not at all. Outside of the workspace it is an export of everything."""
        if not self.path.resolve().is_relative_to(self.workspace.backups.resolve()):
            self.workspace.require(EXPORT)
        messages = self.workspace.conversations.totals().messages
        draft = self.path.with_name(self.path.name + ".partial")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.path.parent, prefix=".backup-") as folder:
                copy = self.workspace.database.copy_to(Path(folder) / DATABASE)
                _settle_own_job(copy, self.workspace.database.key)
                with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                    archive.write(copy, DATABASE)
                    if self.workspace.encrypted:
                        archive.write(self.workspace.folder / key_file.NAME, key_file.NAME)
                    self._add_files(archive, context)
                    manifest = {"program": "csqm-desktop", "release": __version__, "messages": messages}
                    archive.writestr(MANIFEST, json.dumps(manifest))
            draft.replace(self.path)
        except OSError as error:
            raise CsqmError("export_failed", file=str(self.path), reason=error.strerror or error) from error
        finally:
            draft.unlink(missing_ok=True)
        return BackupResult(self.path, self.path.stat().st_size, messages)

    def _add_files(self, archive: zipfile.ZipFile, context: JobContext) -> None:
        root = self.workspace.folder
        files = [p for name in ("model_store", "media") for p in (root / name).rglob("*") if p.is_file()]
        files = [p for p in files if not _LEFT_OUT & set(p.relative_to(root).parts)]
        for done, file in enumerate(files):
            context.check_cancelled()
            context.progress(done, len(files), "copying")
            archive.write(file, file.relative_to(root).as_posix())


def newest(folder: Path) -> Path | None:
    """The newest backup in a workspace's own folder."""
    found = [path for path in (folder / "backups").glob("csqm-*.zip") if path.is_file()]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def due(workspace: Workspace) -> bool:
    """Whether the daily backup is still to be made: there are messages, and no backup of today."""
    if not workspace.conversations.totals().messages:
        return False
    last = newest(workspace.folder)
    return last is None or time.localtime(last.stat().st_mtime)[:3] != time.localtime()[:3]


class DailyBackup(BackUp):
    """The backup of a day; older ones of its kind go, those made by hand and before schema steps stay."""

    kind: ClassVar[str] = "daily_backup"

    def __init__(self, workspace: Workspace, keep: int) -> None:
        super().__init__(workspace, workspace.backups / f"{_DAILY}{time.strftime('%Y%m%d-%H%M%S')}.zip")
        self._keep = max(1, keep)

    def run(self, context: JobContext) -> BackupResult:
        """Write it, then let the oldest go."""
        result = super().run(context)
        daily = sorted(self.workspace.backups.glob(f"{_DAILY}*.zip"))
        for path in daily[: -self._keep]:
            path.unlink(missing_ok=True)
        return result


def _settle_own_job(copy: Path, key: DataKey | None) -> None:
    """In the copy this backup is over: it must not be reported as interrupted after a restore. No originals either."""
    database = Database(copy, key)
    try:
        for kind in (BackUp.kind, DailyBackup.kind):
            JobLog(database).settle_own(kind)
        leave_out(database)
        database.connection().execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    finally:
        database.close()


def restore(
    archive_path: Path,
    folder: Path,
    context: JobContext | None = None,
    unlock_it: Unlock = unlock.without_asking,
    sign_in: SignIn | None = None,
) -> BackupResult:
    """Make a workspace in ``folder`` from a backup, without the people whom the workspace that is there has erased.

    A workspace that lies there already is not overwritten but moved aside, beside its folder. A backup of an
    encrypted workspace is encrypted; ``unlock_it`` is given the unpacked folder and opens it, or raises. Where people
    sign in, ``sign_in`` does so: to the workspace that is there, or to the backup when that one cannot be read.
    """
    context = context or SilentContext()
    known: list[Carried] = []
    there = Workspace.exists(folder)
    actor = authority.ask_if_readable(
        folder, RESTORE, sign_in, unlock_it, lambda space: known.append(space.erased.carried())
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-restore-"))
    try:
        _unpack(archive_path, draft, context)
        size = archive_path.stat().st_size  # now: it may lie in the very folder that is moved aside
        _unlock(draft, archive_path, unlock_it)
        database = Database.open(draft / DATABASE)
        problems = database.integrity_problems()
        database.close()
        if problems:
            raise CsqmError("backup_broken", file=str(archive_path), reason=problems[0])
        actor = actor or authority.ask(draft, RESTORE, sign_in)
        erased = erase_again(draft, known[0], actor) if known else (None if there else 0)
        moved = None
        if folder.exists() and any(folder.iterdir()):
            moved = folder.rename(folder.with_name(f"{folder.name}{MOVED_ASIDE}{time.strftime('%Y%m%d-%H%M%S')}"))
            DayKeys(moved).destroy()  # nobody would end the originals there when their days are over
        elif folder.exists():
            folder.rmdir()
        draft.rename(folder)
        ring.move(draft, folder)
    except BaseException:
        ring.forget(draft)
        shutil.rmtree(draft, ignore_errors=True)
        raise
    authority.note(folder, actor, "restore", archive_path.name)
    return BackupResult(folder, size, _messages(folder), moved, erased)


def _messages(folder: Path) -> int:
    workspace = Workspace.open(folder)
    try:
        return workspace.conversations.totals().messages
    finally:
        workspace.close()


def keys_in(archive_path: Path) -> KeyFile | None:
    """The key file inside a backup: what its passphrase opens. None for a backup that is not encrypted."""
    try:
        with zipfile.ZipFile(archive_path) as archive:
            if key_file.NAME not in archive.namelist():
                return None
            return KeyFile.parse(archive.read(key_file.NAME).decode("utf-8", "replace"), archive_path)
    except (zipfile.BadZipFile, OSError) as error:
        raise CsqmError("backup_broken", file=str(archive_path), reason=error) from error


def _unlock(draft: Path, archive_path: Path, unlock_it: Unlock) -> None:
    if not key_file.exists(draft):
        return
    try:
        unlock_it(draft)
        if ring.key_for(draft) is None:
            raise CsqmError("workspace_locked", path=archive_path)
    except CsqmError as error:
        if error.code not in ("workspace_locked", "passphrase_wrong"):
            raise
        raise CsqmError("backup_locked", file=archive_path.name) from error


def _unpack(archive_path: Path, target: Path, context: JobContext) -> None:
    try:
        with zipfile.ZipFile(archive_path) as archive:
            names = archive.namelist()
            if DATABASE not in names or MANIFEST not in names:
                raise CsqmError("backup_broken", file=str(archive_path), reason=f"no {DATABASE} in it")
            for done, name in enumerate(names):
                context.check_cancelled()
                context.progress(done, len(names), "copying")
                _extract(archive, name, target, archive_path)
            json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CsqmError("backup_broken", file=str(archive_path), reason="there is no such file") from error
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise CsqmError("backup_broken", file=str(archive_path), reason=error) from error


def _extract(archive: zipfile.ZipFile, name: str, target: Path, archive_path: Path) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise CsqmError("backup_broken", file=str(archive_path), reason=f"a name that leaves the folder: {name!r}")
    if name.endswith("/"):
        return
    out = target.joinpath(*path.parts)
    out.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, out.open("wb") as sink:
        shutil.copyfileobj(source, sink)
