"""Reads a database whose list of tables is lost: in a copy, with a list made from what is left and from the schema.

SQLite keeps the list on pages that lie anywhere in the file; when one is gone, nothing can be read at all, although
the rows are there. This program knows its tables. Where each begins is read from what is left of the list, else it is
where a database of this release has it, made in one go or rewritten by VACUUM. A place counts only when the first row
there has values as the table's columns need them.

https://sqlite.org/fileformat2.html tells what the bytes mean.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PAGE = 4096
_HEADER = 100  # bytes of the first page before its tree
_MOST_PAGES = 1 << 28  # 1 TB: beyond that a number is debris
_MAGIC = b"SQLite format 3\0"
_INDEX_INNER, _TABLE_INNER, _INDEX_LEAF, _TABLE_LEAF = 2, 5, 10, 13


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str
    default: str | None
    key: int  # its place in the primary key from 1, 0: none
    required: bool


@dataclass(frozen=True)
class _Table:
    columns: tuple[_Column, ...]
    numbered: bool  # has row numbers

    def sql(self, name: str) -> str:
        """What creates it, without the indexes that constraints bring."""
        parts = []
        for column in self.columns:
            alias = " PRIMARY KEY" if self.numbered and self.alias == column else ""
            default = f" DEFAULT {column.default}" if column.default is not None else ""
            parts.append(f'"{column.name}" {column.kind}{alias}{default}')
        if self.numbered:
            return f'CREATE TABLE "{name}" ({", ".join(parts)})'
        keys = ", ".join(f'"{column.name}"' for column in self._keys())
        return f'CREATE TABLE "{name}" ({", ".join(parts)}, PRIMARY KEY ({keys})) WITHOUT ROWID'

    @property
    def alias(self) -> _Column | None:
        """The column that is the row number itself."""
        keys = self._keys()
        return keys[0] if len(keys) == 1 and keys[0].kind.upper() == "INTEGER" else None

    def stored(self) -> tuple[_Column, ...]:
        """The columns in the order in which rows hold them: a table without row numbers has its key in front."""
        if self.numbered:
            return self.columns
        return (*self._keys(), *(column for column in self.columns if not column.key))

    def _keys(self) -> tuple[_Column, ...]:
        return tuple(sorted((column for column in self.columns if column.key), key=lambda column: column.key))


def with_tables(damaged: Path, whole: Path, copy: Path) -> Path:
    """A copy of ``damaged`` whose list holds the tables of ``whole``, an empty database of this release.

    Only for reading, and only tables: nothing in it leads to indexes, triggers or the search.
    """
    shutil.copyfile(damaged, copy)
    wal = damaged.with_name(damaged.name + "-wal")
    with copy.open("r+b") as file:
        if wal.exists():
            _fold_in(wal, file)
        reader = _Pages(file)
        known = _tables(whole)
        roots = _places(reader, known, whole, copy)
        scratch = copy.with_name(copy.name + "-list")
        try:
            _write_list(scratch, known, roots)
            _put_in(scratch, file, reader, reader.highest(roots.values()))
        finally:
            scratch.unlink(missing_ok=True)
    return copy


class _Pages:
    """The pages of a file, counted from 1."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = file.seek(0, 2) // PAGE

    def read(self, number: int) -> bytes:
        self._file.seek((number - 1) * PAGE)
        return self._file.read(PAGE)

    def kind(self, number: int) -> int:
        return self.read(number)[_start(number)] if 1 <= number <= self.count else 0

    def children(self, number: int) -> list[int]:
        """The pages below an inner one; a cut may have taken them."""
        page, start = self.read(number), _start(number)
        places = _cells(page, start, 12)
        found = [struct.unpack_from(">I", page, place)[0] for place in places if place <= PAGE - 4]
        return [*found, struct.unpack_from(">I", page, start + 8)[0]]

    def highest(self, roots: Iterable[int]) -> int:
        """The last page that anything leads to: the file may have been longer."""
        said: int = struct.unpack_from(">I", self.read(1), 28)[0]
        seen: set[int] = set()
        waiting = [*roots]
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen.add(number)
                if self.kind(number) in (_TABLE_INNER, _INDEX_INNER):
                    waiting += self.children(number)
        return max(self.count, *(number for number in (said, *seen) if number <= _MOST_PAGES))

    def leaves(self, root: int) -> Iterator[int]:
        """The readable leaf pages below a page, itself included; broken pages may lead in circles."""
        seen: set[int] = set()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            kind = self.kind(number)
            if kind in (_TABLE_LEAF, _INDEX_LEAF):
                yield number
            elif kind in (_TABLE_INNER, _INDEX_INNER):
                waiting += reversed(self.children(number))

    def rows(self, number: int) -> Iterator[tuple[list[int], bytes]]:
        """The serial types of each row on a leaf, and what of its values lies on the page."""
        page, start = self.read(number), _start(number)
        for place in _cells(page, start, 8):
            try:
                _size, place = _varint(page, place)
                if page[start] == _TABLE_LEAF:
                    _row, place = _varint(page, place)
                size, at = _varint(page, place)
                types = []
                while at < place + size:
                    serial, at = _varint(page, at)
                    types.append(serial)
            except IndexError:
                continue
            yield types, page[at:]


def _start(number: int) -> int:
    return _HEADER if number == 1 else 0


def _cells(page: bytes | bytearray, start: int, header: int) -> list[int]:
    count = min(struct.unpack_from(">H", page, start + 3)[0], (PAGE - start - header) // 2)
    return [place for (place,) in struct.iter_unpack(">H", page[start + header : start + header + 2 * count])]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _is_text(serial: int) -> bool:
    return serial >= 13 and serial % 2 == 1


def _width(serial: int) -> int:
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[serial] if serial < 12 else (serial - 12) // 2


def _tables(database: Path) -> dict[str, _Table]:
    with closing(sqlite3.connect(database)) as connection:
        facts = connection.execute(
            "SELECT name, wr FROM pragma_table_list"
            " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {
            name: _Table(
                tuple(
                    _Column(column, kind, default, key, bool(required))
                    for _place, column, kind, required, default, key in connection.execute(
                        f'PRAGMA table_info("{name}")'
                    )
                ),
                not without,
            )
            for name, without in facts
        }


def _places(pages: _Pages, known: Mapping[str, _Table], whole: Path, copy: Path) -> dict[str, int]:
    """Where each table begins, those that cannot be found left out."""
    rewritten = copy.with_name(copy.name + "-rewritten")
    rewritten.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(whole)) as connection:
            connection.execute("VACUUM INTO ?", (str(rewritten),))
        layouts = [_roots(whole), _roots(rewritten)]
    finally:
        rewritten.unlink(missing_ok=True)
    found = {name: root for name, root in _listed(pages) if name in known}
    layouts.sort(key=lambda layout: -sum(_has_rows_of(pages, root, known[name]) for name, root in layout.items()))
    for layout in layouts:
        for name, root in layout.items():
            if name not in found and root not in found.values() and _fits(pages, root, known[name]):
                found[name] = root
    return {name: root for name, root in found.items() if pages.kind(root)}


def _roots(database: Path) -> dict[str, int]:
    names = _tables(database)
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
        return {name: root for name, root in rows if name in names}


def _listed(pages: _Pages) -> Iterator[tuple[str, int]]:
    """Tables and their first pages in what is left of the list."""
    for leaf in pages.leaves(1):
        for types, values in pages.rows(leaf):
            if len(types) != 5 or not (all(map(_is_text, types[:3])) and 1 <= types[3] <= 4):
                continue
            at = [sum(map(_width, types[:place])) for place in range(5)]
            if values[: at[1]] == b"table":
                yield values[at[1] : at[2]].decode("utf-8", "replace"), int.from_bytes(values[at[3] : at[4]], "big")


def _has_rows_of(pages: _Pages, root: int, table: _Table) -> bool:
    return _fits(pages, root, table) and next(_first_rows(pages, root), None) is not None


def _fits(pages: _Pages, root: int, table: _Table) -> bool:
    """Whether a page may begin this table: its kind, and the first row that can be read."""
    kinds = (_TABLE_LEAF, _TABLE_INNER) if table.numbered else (_INDEX_LEAF, _INDEX_INNER)
    if pages.kind(root) not in kinds:
        return False
    types = next(_first_rows(pages, root), None)
    return types is None or _is_row_of(types, table)


def _first_rows(pages: _Pages, root: int) -> Iterator[list[int]]:
    for leaf in pages.leaves(root):
        yield from (types for types, _values in pages.rows(leaf))


def _is_row_of(types: list[int], table: _Table) -> bool:
    columns = table.stored()
    if not columns or len(types) > len(columns):
        return False  # fewer are right: columns that were added later
    return all(
        _may_be(serial, column, table.numbered and column == table.alias)
        for serial, column in zip(types, columns, strict=False)
    )


def _may_be(serial: int, column: _Column, is_row_number: bool) -> bool:
    if is_row_number or serial == 0:
        return serial == 0 and (is_row_number or not column.required)
    match column.kind.upper():
        case "INTEGER":
            return serial < 12 and serial != 7
        case "REAL":
            return serial < 12
        case "TEXT":
            return _is_text(serial)
        case "BLOB":
            return serial >= 12 and serial % 2 == 0
    return True


def _write_list(path: Path, known: Mapping[str, _Table], roots: Mapping[str, int]) -> None:
    """A database that is nothing but the list."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute("PRAGMA writable_schema = ON")
        connection.executemany(
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', ?1, ?1, ?2, ?3)",
            [(name, root, known[name].sql(name)) for name, root in roots.items()],
        )
        connection.commit()


def _put_in(made: Path, file: IO[bytes], pages: _Pages, last: int) -> None:
    """Put the pages of a list where no table leads to, behind page ``last``, and its first page in front."""
    data = made.read_bytes()
    listed = [bytearray(data[at : at + PAGE]) for at in range(0, len(data), PAGE)]
    shift = last - 1
    for number, page in enumerate(listed, 1):
        start = _start(number)
        if page[start] == _TABLE_INNER:
            for place in (*_cells(page, start, 12), start + 8):
                struct.pack_into(">I", page, place, struct.unpack_from(">I", page, place)[0] + shift)
    first = listed[0]
    header = pages.read(1)[:_HEADER]
    if header.startswith(_MAGIC):
        first[:_HEADER] = header
    first[18:20] = b"\1\1"  # no log beside it
    first[20:21] = b"\0"
    struct.pack_into(">I", first, 28, last + len(listed) - 1)
    struct.pack_into(">II", first, 32, 0, 0)  # no free pages: a broken chain of them would be followed
    first[92:96] = first[24:28]
    file.seek(0)
    file.write(first)
    file.seek(last * PAGE)
    for page in listed[1:]:
        file.write(page)
    file.truncate()


def _fold_in(wal: Path, file: IO[bytes]) -> None:
    """Write what transactions left in the log into the file, up to the last that was complete."""
    pending: dict[int, bytes] = {}
    with wal.open("rb") as log:
        header = log.read(32)
        while len(frame := log.read(24)) == 24 and frame[8:16] == header[16:24]:
            page = log.read(PAGE)
            if len(page) < PAGE:
                return
            number, committed = struct.unpack_from(">II", frame)
            pending[number] = page
            if committed:
                for place, content in pending.items():
                    file.seek((place - 1) * PAGE)
                    file.write(content)
                pending.clear()
