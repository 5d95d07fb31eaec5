"""Watched folders: what is dropped there is imported by itself, each content once.

Folders are looked at again and again instead of waiting for events of the file system: those do not exist on
network shares, and an event does not say that a file is complete anyway. A file is complete when nothing about
it has changed for a while; one that is renamed keeps its time, because it is known by its inode.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop.domain import permissions
from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.importers.mapping import ColumnMapping, from_json
from csqm_desktop.jobs.base import Job, JobContext, execute, without_personal_data
from csqm_desktop.jobs.import_chats import ImportChats, ImportResult
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.raw_texts import Ending
from csqm_desktop.jobs.score_replies import ScoreReplies
from csqm_desktop.store.watched import WatchedFolder
from csqm_desktop.store.workspace import Workspace

log = logging.getLogger(__name__)

SETTLE_SECONDS = 2.0
LOOK_SECONDS = 0.5
_EMPTY_SECONDS = 60.0  # an empty file may be about to be filled
_BLOCK = 1 << 20
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp")
DONE_FOLDER, FAILED_FOLDER = "imported", "failed"

_State = tuple[int, int]  # size in bytes, time of the last change in ns


class FolderScan:
    """Finds files of one folder that are complete and that it has not given before in this state."""

    def __init__(self, folder: Path, settle: float = SETTLE_SECONDS) -> None:
        self.folder = folder
        self._settle = settle
        self._looks: dict[tuple[int, int], tuple[_State, float]] = {}  # by device and inode: state, since when
        self._given: dict[str, tuple[tuple[int, int], _State]] = {}
        self.pending = 0  # files that are not complete yet, as of the last look

    def ready(self) -> list[Path]:
        """Complete files by name, each once for each state; ``folder_unreachable`` when there is no such folder."""
        now = time.monotonic()
        found: list[Path] = []
        looks: dict[tuple[int, int], tuple[_State, float]] = {}
        self.pending = 0
        entries = self._entries()
        for name, info in entries:
            identity, state = (info.st_dev, info.st_ino), (info.st_size, info.st_mtime_ns)
            known, since = self._looks.get(identity, (None, now))
            looks[identity] = (state, since if known == state else now)
            if _unfinished(name) or self._given.get(name) == (identity, state):
                continue
            if known == state and self._quiet(state, now - since):
                self._given[name] = (identity, state)
                found.append(self.folder / name)
            else:
                self.pending += 1
        self._looks = looks
        self._given = {name: self._given[name] for name, _ in entries if name in self._given}
        return found

    def again(self, path: Path) -> None:
        """Give a file again: it could not be taken this time."""
        self._given.pop(path.name, None)

    def forget(self) -> None:
        """Give every file again, e.g. because failures are to be tried anew."""
        self._given.clear()

    def _entries(self) -> list[tuple[str, os.stat_result]]:
        entries = []
        try:
            with os.scandir(self.folder) as found:
                names = sorted(entry.name for entry in found if not entry.name.startswith((".", "~$")))
        except OSError as error:
            raise CsqmError("folder_unreachable", path=self.folder, reason=error.strerror or error) from error
        for name in names:
            try:
                info = (self.folder / name).lstat()
            except OSError:
                continue  # taken away meanwhile
            if stat.S_ISREG(info.st_mode):
                entries.append((name, info))
        return entries

    def _quiet(self, state: _State, watched: float) -> bool:
        """Whether it has not changed for long enough, by our own watch or by the file's clock."""
        if state[0] == 0:
            return watched >= _EMPTY_SECONDS
        return watched >= self._settle or time.time() - state[1] / 1e9 >= self._settle


def _unfinished(name: str) -> bool:
    return name.lower().endswith(_UNFINISHED)


@dataclass(frozen=True, slots=True)
class WatchedOutcome:
    """What became of one file. ``outcome`` is imported, failed or known (the same content came before)."""

    path: Path
    outcome: str
    added: int = 0
    rejected: int = 0
    error: CsqmError | None = None


class ImportWatched(Job[WatchedOutcome]):
    """Import one complete file of a watched folder, unless its content has been imported from there before.

    Its log in the store is right whatever happens: imported, failed with a reason, or given back on cancel.
    """

    kind: ClassVar[str] = "import"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.IMPORT

    def __init__(self, workspace: Workspace, folder: WatchedFolder, path: Path) -> None:
        super().__init__(workspace)
        self.path = path
        self.folder = folder

    def parameters(self) -> dict[str, Any]:
        """The file, where it was found, and how it is read."""
        return {"path": str(self.path), "watched": str(self.folder.path), "profile": self.folder.profile}

    def run(self, context: JobContext) -> WatchedOutcome:
        """Import the file; a file that cannot be read is recorded as failed, then raised."""
        digest, size = _digest(self.path, context)
        store, folder = self.workspace.watched, self.folder
        if not store.claim(folder.id, self.path.name, size, digest):
            return WatchedOutcome(self.path, "known")
        try:
            result = self._import(context)
        except Cancelled:
            store.release(folder.id, digest)
            raise
        except CsqmError as error:
            store.finish(folder.id, digest, "failed", code=error.code, values=without_personal_data(error.values))
            self._put_away(FAILED_FOLDER, str(error))
            raise
        except Exception as error:
            store.finish(folder.id, digest, "failed", code="unexpected", values={"reason": type(error).__name__})
            raise
        store.finish(folder.id, digest, "imported", result.added, result.batch_id)
        self._put_away(DONE_FOLDER)
        return WatchedOutcome(self.path, "imported", result.added, result.rejected)

    def _import(self, context: JobContext) -> ImportResult:
        folder = self.folder
        mapping = profile(self.workspace, folder.profile)
        job = ImportChats(self.workspace, self.path, folder.format, mapping, timezone=folder.timezone or None)
        result = job.run(context)
        if result.rejected and not result.added + result.unchanged + result.updated:
            raise CsqmError("watched_nothing_usable", file=self.path.name, rows=result.rejected)
        return result

    def _put_away(self, where: str, reason: str = "") -> None:
        if not self.folder.moves:
            return
        try:
            target = _free(self.folder.path / where / self.path.name)
            target.parent.mkdir(exist_ok=True)
            self.path.replace(target)
            if reason:
                target.with_name(target.name + ".reason.txt").write_text(reason + "\n", encoding="utf-8")
        except OSError as error:  # it is remembered anyway
            log.warning("a watched file could not be moved: %s", error.strerror)


def profile(workspace: Workspace, name: str) -> ColumnMapping | None:
    """The mapping profile of this name, None for no name."""
    if not name:
        return None
    found = workspace.batches.profiles()
    if name not in found:
        raise CsqmError("profile_unknown", name=name, known=", ".join(found) or "–")
    try:
        return from_json(found[name])
    except ValueError as error:
        raise CsqmError("import_mapping_file", file=name, reason=error) from error


def _digest(path: Path, context: JobContext) -> tuple[bytes, int]:
    total = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as source:
            while block := source.read(_BLOCK):
                context.check_cancelled()
                total.update(block)
                size += len(block)
    except FileNotFoundError as error:
        raise CsqmError("import_missing", file=path) from error
    except OSError as error:
        raise CsqmError("import_unreadable", file=path, reason=error.strerror or error) from error
    return total.digest(), size


def _free(target: Path) -> Path:
    candidate, number = target, 1
    while candidate.exists():
        number += 1
        candidate = target.with_name(f"{target.stem}-{number}{target.suffix}")
    return candidate


@dataclass(frozen=True, slots=True)
class WatchSummary:
    """What a watch did until it was stopped."""

    imported: int
    failed: int
    known: int
    added: int
    scored: int


class Watch(Job[WatchSummary]):
    """Watch folders until cancelled, which is its ordinary end; ``once`` ends when nothing waits any more."""

    kind: ClassVar[str] = "watch"
    lane: ClassVar[str] = "quick"
    needs: ClassVar[str] = permissions.IMPORT

    def __init__(
        self,
        workspace: Workspace,
        folders: list[Path],
        process: ModelProcess | None = None,
        device: str = "auto",
        settle: float = SETTLE_SECONDS,
        once: bool = False,
        on_file: Callable[[WatchedOutcome], None] | None = None,
        on_problem: Callable[[CsqmError], None] | None = None,
    ) -> None:
        super().__init__(workspace)
        self._wanted = set(folders)
        self._process = process
        self._device = device
        self._settle = settle
        self._once = once
        self._on_file = on_file or (lambda _outcome: None)
        self._on_problem = on_problem or (lambda _error: None)
        self._scans: dict[int, FolderScan] = {}
        self._told: dict[str, str] = {}  # what went wrong last with a folder or with scoring, told once
        self._counts = dict.fromkeys(("imported", "failed", "known", "added", "scored"), 0)

    def parameters(self) -> dict[str, Any]:
        """The folders."""
        return {"path": ", ".join(sorted(map(str, self._wanted)))}

    def run(self, context: JobContext) -> WatchSummary:
        """Look, import, score, until cancelled."""
        ending = Ending(self.workspace)
        try:
            while True:
                context.check_cancelled()
                ending.look()
                added = self._look(context)
                if added:
                    self._score(context)
                if self._once and not any(scan.pending for scan in self._scans.values()):
                    break
                time.sleep(LOOK_SECONDS)
        except Cancelled:
            if self._once:
                raise
        return WatchSummary(**self._counts)

    def _look(self, context: JobContext) -> int:
        added = 0
        for folder in self.workspace.watched.folders():  # read anew: pause works from another window
            if folder.path not in self._wanted or folder.paused:
                continue
            scan = self._scans.setdefault(folder.id, FolderScan(folder.path, self._settle))
            for path in self._ready(scan):
                added += self._take(folder, path, context)
        return added

    def _ready(self, scan: FolderScan) -> list[Path]:
        key = str(scan.folder)
        try:
            found = scan.ready()
        except CsqmError as error:
            if self._once:
                raise
            self._tell(key, error)
            return []
        self._told.pop(key, None)
        return found

    def _take(self, folder: WatchedFolder, path: Path, context: JobContext) -> int:
        try:
            outcome = execute(ImportWatched(self.workspace, folder, path), context)
        except CsqmError as error:
            outcome = WatchedOutcome(path, "failed", error=error)
        self._counts[outcome.outcome] += 1
        self._counts["added"] += outcome.added
        self._on_file(outcome)
        return outcome.added

    def _score(self, context: JobContext) -> None:
        if self._process is None:
            return
        try:
            result = execute(ScoreReplies(self.workspace, self._process, device=self._device), context)
        except CsqmError as error:  # no version yet, or no model: the messages are safe and can be scored later
            self._tell("score", error)
        else:
            self._counts["scored"] += result.scored

    def _tell(self, about: str, error: CsqmError) -> None:
        if self._told.get(about) != str(error):
            self._told[about] = str(error)
            self._on_problem(error)
