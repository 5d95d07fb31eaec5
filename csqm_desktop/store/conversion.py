"""From a plain database to an encrypted one and back: a new file beside, compared row by row, then renamed.

Killed at any moment there is the old file or the new one, whole. Nobody else may have the database open.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path

from filelock import FileLock, Timeout

from csqm_desktop.errors import CsqmError
from csqm_desktop.store.connect import attach, connect, database_errors, in_use_here
from csqm_desktop.vault import wiping
from csqm_desktop.vault.keys import DataKey

_LOCK = "conversion.lock"
_PATIENCE_MS = 3000
_NAME = "converted"

Progress = Callable[[int, int], None]


def is_running(folder: Path) -> bool:
    """Whether a conversion of this workspace is under way, in any process."""
    if not (folder / _LOCK).exists():
        return False
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:  # a folder that cannot be written to is reported by who opens the database
        return False
    lock.release()
    return False


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes from opening the workspace meanwhile; freed by the system after a kill."""
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise CsqmError("job_running", kind="encrypt") from None
    try:
        yield
    finally:
        lock.release()


def convert(path: Path, source_key: DataKey | None, target_key: DataKey | None, progress: Progress) -> None:
    """Replace the database at ``path`` by one with another key (None: plain).

    Raises ``database_busy`` when somebody has it open, ``conversion_differs`` when the copy is not equal;
    the original is untouched then.
    """
    if in_use_here(path):
        raise CsqmError("database_busy", path=path, seconds=0)
    draft = path.with_name(path.name + ".converting")
    remove_database(draft)
    source = connect(path, source_key, "rw", cipher=True)
    try:
        _claim(source, path)
        _export(source, draft, target_key)
        with closing(connect(draft, target_key, "rw", cipher=True)) as target:
            compare(source, target, path, progress)
        _sync(draft)
        source.close()
        wiping.replace(path, draft, wipe=source_key is None)
    finally:
        source.close()
        remove_database(draft)


def remove_database(path: Path) -> None:
    """Delete a database file with what may lie beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def fold(path: Path, key: DataKey | None) -> None:
    """Fold the write-ahead log into the file, so that it can be moved by itself."""
    with closing(connect(path, key, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _claim(connection: sqlite3.Connection, path: Path) -> None:
    """Fold in the write-ahead log and keep everybody else out until the connection closes."""
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except database_errors() as error:
        if "locked" in str(error) or "busy" in str(error):
            raise CsqmError("database_busy", path=path, seconds=_PATIENCE_MS // 1000) from error
        raise


def _export(source: sqlite3.Connection, draft: Path, key: DataKey | None) -> None:
    """Copy everything, the list of tables first: then it lies at the front, and a file that is cut off can be saved."""
    with closing(connect(draft, key, cipher=True)) as target:
        _make_schema(source, target)
    attach(source, draft, _NAME, key)
    source.execute("BEGIN")
    for name, sql in _tables(source):
        if not sql.upper().startswith("CREATE VIRTUAL"):  # its content lies in tables of its own
            source.execute(f'DELETE FROM {_NAME}."{name}"')
            source.execute(f'INSERT INTO {_NAME}."{name}" SELECT * FROM main."{name}"')
    source.execute("COMMIT")
    source.execute(f"DETACH DATABASE {_NAME}")


def _make_schema(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    target.execute("BEGIN")
    for name, sql in source.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql <> '' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        " ORDER BY type = 'table' DESC, sql LIKE 'CREATE VIRTUAL%' DESC, rowid"
    ).fetchall():
        made = target.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        if not made:  # a virtual table brings its tables along
            target.execute(sql)
    target.execute("COMMIT")


def compare(source: sqlite3.Connection, target: sqlite3.Connection, path: Path, progress: Progress) -> int:
    """Compare two databases row by row, ``sqlite_sequence`` and search index included; returns how many rows.

    Raises ``conversion_differs`` with the first table that is not equal.
    """
    tables = _tables(source)
    if tables != _tables(target):
        raise CsqmError("conversion_differs", path=path, table="sqlite_master")
    rows = 0
    for done, (name, sql) in enumerate(tables):
        progress(done, len(tables))
        if sql.upper().startswith("CREATE VIRTUAL"):
            continue  # its content lies in tables of its own
        order = "" if "WITHOUT ROWID" in sql.upper() else " ORDER BY rowid"
        query = f'SELECT * FROM "{name}"{order}'
        for one, other in zip_longest(source.execute(query), target.execute(query)):
            if one is None or other is None or tuple(one) != tuple(other):
                raise CsqmError("conversion_differs", path=path, table=name)
            rows += 1
    return rows


def _tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql <> '' ORDER BY name")
    return [(row[0], row[1]) for row in found]


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
