"""One SQLite file: opening, migrating, transactions, backup. Errors of the environment become ``CsqmError``."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from csqm_desktop.errors import CsqmError
from csqm_desktop.store import migrations, search_index
from csqm_desktop.store.connect import BUSY_SECONDS, claim, connect, database_errors, release
from csqm_desktop.store.others import OtherWriters
from csqm_desktop.vault.keys import DataKey

_T = TypeVar("_T")
_PAGES, _BULK_PAGES = 1000, 16_000  # of 4 KB, after which the log is emptied: SQLite's own, and 64 MB
_CACHE_KB, _BULK_CACHE_KB = 64_000, 16_000  # rows that come in order need less, and others hold memory beside them


@contextmanager
def environment_errors(path: Path) -> Iterator[None]:
    """Turn what is wrong with the disk or the file into an error a person can act on; bugs pass through."""
    try:
        yield
    except database_errors() as error:
        known = _environment_error(path, error)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise CsqmError("disk_full", path=path, reason=error.strerror or error) from error


def _environment_error(path: Path, error: Exception) -> CsqmError | None:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return CsqmError("database_busy", path=path, seconds=int(BUSY_SECONDS))
    if "disk is full" in text or "disk i/o" in text:
        return CsqmError("disk_full", path=path, reason=error)
    if "readonly" in text or "unable to open" in text:
        return CsqmError("workspace_not_writable", path=path.parent, reason=error)
    if "malformed" in text or "not a database" in text or "encrypted" in text:
        return CsqmError("database_damaged", path=path, reason=error)
    return None


class Database:
    """A SQLite file with one connection for each thread and one writer at a time.

    Readers never wait (WAL). Writers of this process queue up on a lock, those of other processes on
    SQLite's own, for up to ``BUSY_SECONDS``. Keep transactions short. An encrypted file is opened with ``key``
    or with the one that the ring has for its folder; a new file becomes encrypted where there is one.
    """

    def __init__(self, path: Path, key: DataKey | None = None) -> None:
        self.path = path
        with environment_errors(path):
            self.key = claim(path, key)  # None: the file is plain
        self._claimed = True
        self._local = threading.local()
        self._writer = threading.RLock()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._others: OtherWriters | None = None

    @classmethod
    def create(cls, path: Path, key: DataKey | None = None) -> Database:
        """Make a new database with the current schema."""
        database = cls(path, key)
        with environment_errors(path), _closed_on_error(database):
            migrations.apply(path, key=database.key)
        return database

    @classmethod
    def open(cls, path: Path, key: DataKey | None = None) -> Database:
        """Open an existing database: refuse a newer one, copy an older one aside and bring it up to date."""
        database = cls(path, key)
        with environment_errors(path), _closed_on_error(database):
            connection = connect(path, database.key, "rw")
            try:
                newer = migrations.unknown(connection)
                pending = migrations.pending(connection)
                blank = not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            finally:
                connection.close()
            if blank:
                raise CsqmError("database_damaged", path=path, reason="no tables in it")
            if newer:
                raise CsqmError("database_newer", path=path, step=newer[0])
            if pending:
                stamp = time.strftime("%Y%m%d-%H%M%S")
                database.copy_to(path.parent / "backups" / f"before-{pending[0]}-{stamp}.sqlite3")
                migrations.apply(path, key=database.key)
        return database

    def connection(self) -> sqlite3.Connection:
        """This thread's connection; rows are ``sqlite3.Row``. For reads: write inside ``transaction()``."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self.path, self.key)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            connection.execute("PRAGMA temp_store = MEMORY")
            if self.key is not None:  # SQLite itself does so as well; SQLCipher would leave what was deleted
                connection.execute("PRAGMA secure_delete = ON")
            self._local.connection = connection
            with self._guard:
                self._all.append(connection)
        return connection

    def written_by_others(self) -> int:
        """A number that grows when other processes commit, never by our own commits; may be asked from any thread.

        The first call starts the count. It waits for nobody, not even a long transaction.
        """
        if self._others is None:
            connection = connect(self.path, self.key)
            with self._guard:
                self._all.append(connection)
            self._others = OtherWriters(connection)
        return self._others.look()

    def data_version(self) -> int:
        """A number that changes when any other connection commits, of another thread or process; this thread's own
        commits leave it as it is."""
        return int(self.connection().execute("PRAGMA data_version").fetchone()[0])

    def leave_thread(self) -> None:
        """Close this thread's connection, for threads that end before the database is closed."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            del self._local.connection
            with self._guard:
                self._all.remove(connection)
            connection.close()

    def durable(self) -> None:
        """From now on what this thread commits survives a power cut, too, for one wait on the disk a commit."""
        self.connection().execute("PRAGMA synchronous = FULL")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: committed at the end, rolled back on any error. May be nested."""
        with self._writer, environment_errors(self.path):
            connection = self.connection()
            if connection.in_transaction:
                yield connection
            else:
                with _outermost(connection):
                    if self._others is not None:
                        self._others.look()  # with the write lock held: what is new now is not ours
                    yield connection
                    search_index.settle(connection)
                if self._others is not None:
                    self._others.committed()

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """While large transactions of this thread follow each other, the log is emptied into the file more seldom, and
        fewer pages are kept in memory."""
        connection = self.connection()
        connection.execute(f"PRAGMA wal_autocheckpoint = {_BULK_PAGES}")
        connection.execute(f"PRAGMA cache_size = -{_BULK_CACHE_KB}")
        try:
            yield
        finally:
            connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES}")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")

    def copy_to(self, target: Path) -> Path:
        """A consistent copy, while others may read and write; complete or absent, never half; encrypted like this."""
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(target.name + ".partial")
        with environment_errors(target):
            draft.unlink(missing_ok=True)
            copy = connect(draft, self.key)
            source = connect(self.path, self.key)
            try:
                source.backup(copy, pages=4096)
            finally:
                source.close()
                copy.close()
            draft.replace(target)
        return target

    def integrity_problems(self) -> list[str]:
        """What SQLite's own checks find; empty when all is well."""
        with environment_errors(self.path):
            orphans = self.connection().execute("PRAGMA foreign_key_check").fetchall()
            return self.file_problems() + [f"{row[0]} row {row[1]} refers to a missing {row[2]}" for row in orphans]

    def file_problems(self) -> list[str]:
        """Damage of the file itself. A file whose parts do not even answer raises ``database_damaged``."""
        with environment_errors(self.path):
            found = [str(row[0]) for row in self.connection().execute("PRAGMA integrity_check")]
            if self.key is not None:
                found += [str(row[0]) for row in self.connection().execute("PRAGMA cipher_integrity_check")]
            return [problem for problem in found if problem != "ok"]

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            for connection in self._all:
                connection.close()
            self._all.clear()
            self._others = None
            self._local = threading.local()
            if self._claimed:
                self._claimed = False
                release(self.path)


@contextmanager
def _closed_on_error(database: Database) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


@contextmanager
def _outermost(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
