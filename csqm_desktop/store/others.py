"""Tells commits of other programs from our own, so that a window can show what others wrote and nothing twice.

SQLite counts commits by anybody but the connection that asks. One connection asks before and after each commit of
this process: what it sees before is somebody else's, what it sees after is ours.
"""

from __future__ import annotations

import sqlite3
import threading


class OtherWriters:
    """Counts commits of other processes; the connection is only ever asked for its ``data_version``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._guard = threading.Lock()
        self._seen = self._version()
        self._count = 0

    def look(self) -> int:
        """How many times others were seen to have written since this began; a few commits may count as one."""
        with self._guard:
            version = self._version()
            if version != self._seen:
                self._seen = version
                self._count += 1
            return self._count

    def committed(self) -> None:
        """This process has just committed; nobody else could since ``look`` was called under the write lock."""
        with self._guard:
            self._seen = self._version()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
