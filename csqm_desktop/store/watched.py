"""Watched folders: how their files are read, and what became of each file, known by its content."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csqm_desktop.domain.permissions import IMPORT
from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.job_log import OWN_START, alive
from csqm_desktop.store.people import PeopleStore


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder whose files are imported by themselves. ``profile`` names a mapping profile, empty for none."""

    id: int
    path: Path
    format: str
    profile: str
    timezone: str
    moves: bool  # files go into sub-folders when they are done; else they stay and are remembered
    paused: bool


@dataclass(frozen=True, slots=True)
class WatchedFile:
    """What became of one content. ``outcome`` is imported, failed, or None while (or after a crash) under way."""

    folder: Path
    name: str
    size: int
    outcome: str | None
    added: int
    code: str  # of ``errors.MESSAGES`` when it failed
    values: dict[str, str]
    at: int  # ms


class WatchedStore:
    """Reads and writes watched folders and the log of their files."""

    def __init__(self, database: Database, people: PeopleStore) -> None:
        self._database = database
        self._people = people

    # -- folders

    def add(
        self, path: Path, file_format: str = "auto", profile: str = "", timezone: str = "", moves: bool = False
    ) -> WatchedFolder:
        """Remember a folder, or change how a remembered one is read; it is watched from now on."""
        self._people.require(IMPORT)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO watched_folders (path, format, profile, timezone, moves, added_at)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET format = excluded.format,"
                " profile = excluded.profile, timezone = excluded.timezone, moves = excluded.moves, paused = 0",
                (str(path), file_format, profile, timezone, int(moves), now_ms()),
            )
        return next(folder for folder in self.folders() if folder.path == path)

    def folders(self) -> list[WatchedFolder]:
        """All of them, oldest first."""
        rows = self._database.connection().execute(
            "SELECT id, path, format, profile, timezone, moves, paused FROM watched_folders ORDER BY id"
        )
        return [WatchedFolder(r[0], Path(r[1]), r[2], r[3], r[4], bool(r[5]), bool(r[6])) for r in rows]

    def pause(self, folder_id: int, paused: bool) -> None:
        """Stop or go on taking files; what was dropped meanwhile is taken afterwards."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE watched_folders SET paused = ? WHERE id = ?", (int(paused), folder_id))

    def remove(self, folder_id: int) -> None:
        """Forget a folder and its log; imported messages and the files stay."""
        self._people.require(IMPORT)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM watched_folders WHERE id = ?", (folder_id,))

    # -- files

    def claim(self, folder_id: int, name: str, size: int, content_hash: bytes) -> bool:
        """Take a content for this process; False when it was taken before, by anybody who finished or still works.

        A content whose import was cut off by a crash is taken again: importing twice adds nothing twice.
        """
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT outcome, pid, process_started FROM watched_files WHERE folder_id = ? AND content_hash = ?",
                (folder_id, content_hash),
            ).fetchone()
            if row is not None and (row[0] is not None or (row[1] != os.getpid() and alive(row[1], row[2]))):
                return False
            connection.execute(
                "INSERT INTO watched_files (folder_id, name, size, content_hash, pid, process_started, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (folder_id, content_hash) DO UPDATE SET"
                " name = excluded.name, pid = excluded.pid, process_started = excluded.process_started,"
                " at = excluded.at",
                (folder_id, name, size, content_hash, os.getpid(), OWN_START, now_ms()),
            )
            return True

    def finish(
        self,
        folder_id: int,
        content_hash: bytes,
        outcome: str,
        added: int = 0,
        batch_id: int | None = None,
        code: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> None:
        """Record what became of a claimed content; ``values`` must hold no text of messages."""
        detail = json.dumps({key: str(value) for key, value in (values or {}).items()}, ensure_ascii=False)
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE watched_files SET outcome = ?, added = ?, batch_id = ?, code = ?, detail = ?, at = ?"
                " WHERE folder_id = ? AND content_hash = ?",
                (outcome, added, batch_id, code, detail, now_ms(), folder_id, content_hash),
            )

    def release(self, folder_id: int, content_hash: bytes) -> None:
        """Give a claimed content back, e.g. after a cancelled import: it is taken again."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM watched_files WHERE folder_id = ? AND content_hash = ? AND outcome IS NULL",
                (folder_id, content_hash),
            )

    def retry_failed(self, folder_id: int) -> int:
        """Forget the failures of a folder, so that their files are tried again; returns how many."""
        with self._database.transaction() as connection:
            return connection.execute(
                "DELETE FROM watched_files WHERE folder_id = ? AND outcome = 'failed'", (folder_id,)
            ).rowcount

    def log(self, limit: int = 100) -> list[WatchedFile]:
        """What became of files, newest first."""
        rows = self._database.connection().execute(
            "SELECT d.path, f.name, f.size, f.outcome, f.added, f.code, f.detail, f.at FROM watched_files f"
            " JOIN watched_folders d ON d.id = f.folder_id ORDER BY f.at DESC, f.id DESC LIMIT ?",
            (limit,),
        )
        return [WatchedFile(Path(r[0]), r[1], r[2], r[3], r[4], r[5], json.loads(r[6]), r[7]) for r in rows]
