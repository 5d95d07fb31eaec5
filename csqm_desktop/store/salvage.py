"""Saves the readable rows of a damaged database into a new one. The damaged file is only read.

Rows are read in order of their numbers until one cannot be read; then the next number from which reading works is
searched, in growing steps, so that what lies behind a broken page is reached as well. Tables without row numbers
are read from both ends.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from csqm_desktop.errors import CsqmError
from csqm_desktop.store import health, lost_tables
from csqm_desktop.store.connect import connect, database_errors
from csqm_desktop.store.database import Database
from csqm_desktop.vault.keys import DataKey

PAGE_BYTES = 4096  # of SQLite and SQLCipher alike; this program never chooses another
_STRETCH = 4096  # rows held at once
_FARTHEST = 1 << 40  # row numbers beyond this are not ours
_LEFT_OUT = ("sqlite_", "_sqlite_", "message_search", "search_", "rollups")  # derived, or made with the schema


@dataclass
class Salvaged:
    """How many rows of each table were saved, and of which tables some could not be read."""

    rows: dict[str, int] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    orphans: int = 0  # saved rows that had to go because what they belong to was lost


def salvage(source_path: Path, target_path: Path, key: DataKey | None) -> Salvaged:
    """Make a new database of everything readable; raises ``database_damaged`` when not even the tables can be read."""
    target = Database.create(target_path, key)
    whole = target_path.with_name(target_path.name + ".whole")
    listed = target_path.with_name(target_path.name + ".listed")
    try:
        source, tables = _opened(_whole_pages(source_path, whole), source_path, target_path, listed, key)
        try:
            result = Salvaged()
            with target.transaction() as connection:
                connection.execute("PRAGMA defer_foreign_keys = ON")
                for table in tables:
                    _copy(source, connection, table, result)
                result.orphans = health.remove_orphans(connection)
        finally:
            source.close()
        return result
    finally:
        target.close()
        for copy in (whole, listed):
            for ending in ("", "-wal", "-shm", "-journal"):
                copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _opened(
    path: Path, source_path: Path, target_path: Path, listed: Path, key: DataKey | None
) -> tuple[_Source, list[str]]:
    """The file and its tables; where their list is lost, a copy with a list that was made anew."""
    source = _Source(path, key)
    try:
        return source, _tables(source, source_path)
    except CsqmError:
        source.close()
        if key is not None or not _was_a_database(path):  # an encrypted one has its list in front
            raise
    source = _Source(lost_tables.with_tables(path, target_path, listed), None)
    try:
        return source, _tables(source, source_path)
    except CsqmError:
        source.close()
        raise


def _was_a_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _whole_pages(path: Path, copy: Path) -> Path:
    """The file itself, or a copy without the part of a page that a cut left at its end.

    SQLite would read what is missing of that page as zeros, and rows with it that never were.
    """
    size = path.stat().st_size
    if size % PAGE_BYTES == 0:
        return path
    for ending in ("", "-wal"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            shutil.copyfile(beside, copy.with_name(copy.name + ending))
    os.truncate(copy, size - size % PAGE_BYTES)
    return copy


class _Source:
    """The damaged file. SQLCipher gives no more answers on a connection that met a broken page: it is renewed."""

    def __init__(self, path: Path, key: DataKey | None) -> None:
        self.path = path
        self._key = key
        self._connection = self._connect()
        self.broken = False

    def _connect(self) -> sqlite3.Connection:
        connection = connect(self.path, self._key, "rw")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA writable_schema = ON")  # reads a file that is shorter than it says
        return connection

    def all(self, query: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """All rows of a query, or an error of the database."""
        try:
            return self._connection.execute(query, values).fetchall()
        except database_errors():
            self._renew()
            raise

    def until_broken(self, query: str) -> Iterator[list[sqlite3.Row]]:
        """The rows up to the first that cannot be read; ``broken`` says afterwards whether there was one."""
        self.broken = False
        rows: list[sqlite3.Row] = []
        try:
            for row in self._connection.execute(query):
                rows.append(row)
                if len(rows) == _STRETCH:
                    yield rows
                    rows = []
        except database_errors():
            self.broken = True
        yield rows
        if self.broken:
            self._renew()

    def _renew(self) -> None:
        if self._key is not None:
            self.close()
            self._connection = self._connect()

    def close(self) -> None:
        """Close it, whatever it says."""
        with suppress(*database_errors()):
            self._connection.close()


def _tables(source: _Source, path: Path) -> list[str]:
    try:
        rows = source.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    except database_errors() as error:
        raise CsqmError("database_damaged", path=path, reason=error) from error
    names = [row[0] for row in rows if not row[0].startswith(_LEFT_OUT)]
    if "messages" not in names:
        raise CsqmError("database_damaged", path=path, reason="its list of tables is lost")
    return names


def _copy(source: _Source, target: sqlite3.Connection, table: str, result: Salvaged) -> None:
    known = [row[1] for row in target.execute(f'PRAGMA table_info("{table}")')]
    there = {row[1] for row in source.all(f'PRAGMA table_info("{table}")')}
    columns = [name for name in known if name in there]
    if not columns:
        return  # of a release that we do not know
    names = ", ".join(f'"{name}"' for name in columns)
    insert = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'
    reader = _Reader(source, table, names)
    result.rows[table] = 0
    for rows in reader.stretches():
        # what breaks a rule of the schema is debris of a broken page
        result.rows[table] += target.executemany(insert, rows).rowcount
    if reader.lost:
        result.damaged.append(table)


class _Reader:
    def __init__(self, source: _Source, table: str, names: str) -> None:
        self._source = source
        self._table = table
        self._names = names
        self.lost = False

    def stretches(self) -> Iterator[list[tuple[object, ...]]]:
        if not self._has_numbers():
            yield from self._from_both_ends()
            return
        low: int | None = 0
        while low is not None:
            last = low - 1
            query = f'SELECT rowid, {self._names} FROM "{self._table}" WHERE rowid >= {low} ORDER BY rowid'
            for rows in self._source.until_broken(query):
                real = []
                for row in rows:
                    if row[0] > last:  # a broken page may lead back to rows that were read, without an end
                        last = int(row[0])
                        real.append(tuple(row)[1:])
                yield real
            if not self._source.broken:
                return
            self.lost = True
            low = self._next_readable(last + 1)

    def _has_numbers(self) -> bool:
        try:
            self._source.all(f'SELECT rowid FROM "{self._table}" LIMIT 0')
        except database_errors() as error:
            return "no such column" not in str(error)
        return True

    def _next_readable(self, start: int) -> int | None:
        """The least row number above ``start`` from which reading works, None when there is none."""
        step = 1
        while not self._readable(start + step):
            step *= 2
            if step > _FARTHEST:
                return None
        low, high = start + step // 2, start + step  # broken here (or tried before), readable there
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._readable(middle) else (middle, high)
        return high

    def _readable(self, rowid: int) -> bool:
        try:
            self._source.all(f'SELECT {self._names} FROM "{self._table}" WHERE rowid >= ? LIMIT 1', (rowid,))
        except database_errors():
            return False
        return True

    def _from_both_ends(self) -> Iterator[list[tuple[object, ...]]]:
        query = f'SELECT {self._names} FROM "{self._table}"'
        yield from (list(map(tuple, rows)) for rows in self._source.until_broken(query))
        if self._source.broken:
            self.lost = True
            facts = self._source.all(f'PRAGMA table_info("{self._table}")')
            keys = sorted((row[5], row[1]) for row in facts if row[5])
            order = ", ".join(f'"{key}" DESC' for _place, key in keys)
            yield from (list(map(tuple, rows)) for rows in self._source.until_broken(f"{query} ORDER BY {order}"))
