"""What all tables share, whether text or workbook: find the header, guess the columns, build messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import Any, Generic, TypeVar

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.domain.exported import MESSAGE_COLUMNS
from csqm_desktop.domain.spreadsheet import undone
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import mapping as columns
from csqm_desktop.importers.base import PREVIEW_ROWS, Item, ReadOptions, Recognition
from csqm_desktop.importers.bulk import BulkBuilder, Rows
from csqm_desktop.importers.mapping import FIELDS
from csqm_desktop.importers.markup import mends
from csqm_desktop.importers.records import MessageBuilder, as_text, damaged, picker, rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.split_times import joiner
from csqm_desktop.importers.undated import in_order, with_answerer

HEADER_SEARCH_ROWS = 10  # exports often begin with a title and a period
SAMPLE_CELL_CHARS = 500
DAMAGED_ROWS = 20  # so many undecodable rows, and more than half, mean a wrong encoding

_VALUE = re.compile(r"\d{4}")

Row = tuple[int, list[Any]]  # row number as a spreadsheet shows it, cells
_Entry = TypeVar("_Entry")  # a row, or a record


class DamageGuard:
    """Turns undecodable rows into rejections, and too many of them into an error about the encoding."""

    def __init__(self, source: SourceFile, encoding: str) -> None:
        self._source = source
        self._encoding = encoding
        self._mixed = encoding == "utf-8" and source.encoding().mixed
        self._bad = 0
        self._rows = 0

    def header(self, row: int, cells: Sequence[object]) -> None:
        """A header that cannot be decoded settles it at once."""
        if damaged(cells):
            raise self._wrong(row)

    def passed(self, count: int = 1) -> None:
        """Count rows without damage."""
        self._rows += count

    def reject(self, row: int, raw: object) -> RejectedRow:
        """The rejection of one damaged row."""
        self._bad += 1
        self._rows += 1
        if self._bad > DAMAGED_ROWS and self._bad * 2 > self._rows and not self._mixed:
            raise self._wrong(row)
        return rejected(self._source.name, row, "row_bytes", raw, encoding=self._encoding)

    def _wrong(self, row: int) -> CsqmError:
        return CsqmError("import_encoding_wrong", file=str(self._source.path), encoding=self._encoding, row=row)


class Entries(Generic[_Entry]):
    """Rows one by one, or the rest of them in the blocks they come in."""

    def __init__(self, blocks: Iterable[_Entry | RejectedRow | list[_Entry]]) -> None:
        self._blocks = iter(blocks)
        self._ready: Iterator[_Entry] = iter(())

    def __iter__(self) -> Entries[_Entry]:
        return self

    def __next__(self) -> _Entry | RejectedRow:
        while True:
            for row in self._ready:
                return row
            entry = next(self._blocks)
            if not isinstance(entry, list):
                return entry
            self._ready = iter(entry)

    def blocks(self) -> Iterator[_Entry | RejectedRow | list[_Entry]]:
        """What is left."""
        if ready := list(self._ready):
            yield ready
        yield from self._blocks


_CELLS = itemgetter(1)


class TableFile:
    """An opened table: header found, mapping decided, sample rows kept, the rest still to come."""

    def __init__(
        self,
        source: SourceFile,
        blocks: Iterable[Row | RejectedRow | list[Row]],
        options: ReadOptions,
        facts: Recognition,
        progress: Callable[[], int],
        close: Callable[[], None],
        is_damaged: Callable[[], bool] = lambda: False,
    ) -> None:
        rows = Entries(blocks)
        self._is_damaged = is_damaged
        self._source = source
        self._options = options
        self._progress = progress
        self._close = close
        self._guard = DamageGuard(source, facts.encoding)
        try:
            self._early: list[Row | RejectedRow] = []
            header = self._find_header(rows)
            self._early += _take(rows, PREVIEW_ROWS)
            samples = [row[1] for row in self._early if not isinstance(row, RejectedRow)]
            if not self._early:
                raise CsqmError("import_header_only", file=str(source.path), found=", ".join(header))
            guessed = columns.guess(header, samples)
            chosen = columns.complete(options.mapping, guessed, header)
        except BaseException:
            close()
            raise
        self._header = header
        named = options.mapping is not None and "sent_at" in options.mapping.fields
        self._join = None if named else joiner(header, samples, chosen)
        self._mends = {header.index(name): mend for name, mend in mends(header, samples, chosen).items()}
        # what an export of ours wrote for spreadsheets is taken back; other files mean their apostrophes
        self._escaped = facts.format == "csv" and tuple(header) == MESSAGE_COLUMNS
        self._rows = rows
        self._undated = in_order(source, options, chosen, header)
        chosen = with_answerer(chosen, header, samples) if self._undated else chosen
        self.recognition = replace(
            facts,
            headers=tuple(header),
            mapping=chosen,
            undated=self._undated is not None,
            sample_rows=tuple(_sample(cells, len(header)) for cells in samples[:PREVIEW_ROWS]),
        )

    @property
    def bytes_done(self) -> int:
        """How many of the file's bytes have been read."""
        return self._progress()

    def close(self) -> None:
        """Free the file."""
        self._close()

    def __iter__(self) -> Iterator[Item]:
        yield from self._items(self._builder(), chain(self._early, self._rows))

    def plain(self) -> Iterator[Item | Rows]:
        """The same, with rows of the middle of a regular file as plain rows, many at once."""
        builder = self._builder()
        bulk = BulkBuilder(builder)
        mapping, header = self.recognition.mapping.fields, self._header
        places = [header.index(mapping[name]) if name in mapping else None for name in FIELDS]
        yield from self._items(builder, self._early)
        for entry in self._rows.blocks():
            if isinstance(entry, list) and bulk.able and self._regular(entry):
                self._guard.passed(len(entry))
                numbers, rows = zip(*entry, strict=True)
                columns = list(zip(*rows, strict=True))
                yield from bulk.build(numbers, [columns[place] if place is not None else None for place in places])
            else:
                yield from self._items(builder, entry if isinstance(entry, list) else [entry])

    @property
    def early(self) -> list[list[Any]]:
        """The cells of the first rows as they are."""
        return [entry[1] for entry in self._early if not isinstance(entry, RejectedRow)]

    def rows(self) -> Iterator[Row | RejectedRow]:
        """The rows below the header as they are, in place of iterating; what has more cells than it is refused."""
        for entry in chain(self._early, self._rows):
            if isinstance(entry, RejectedRow):
                yield entry
            elif self._is_damaged() and damaged(entry[1]):
                yield self._guard.reject(*entry)
            else:
                self._guard.passed()
                yield self._too_wide(*entry) or entry

    def _too_wide(self, row: int, cells: list[Any]) -> RejectedRow | None:
        """The rejection of a row with more cells than there are columns: a comma in a text has moved the others."""
        width = len(self._header)
        if all(cell in ("", None) for cell in cells[width:]):
            return None
        return rejected(self._source.name, row, "row_cells", cells, cells=str(len(cells)), columns=str(width))

    def _builder(self) -> MessageBuilder:
        timezone = self._options.timezone
        return MessageBuilder(self.recognition.mapping, self._source.name, timezone, self._undated)

    def _regular(self, rows: Sequence[Row]) -> bool:
        """Whether nothing has to be done to rows before they are built."""
        width = len(self._header)
        untouched = not self._escaped and self._join is None and not self._mends and not self._is_damaged()
        return bool(rows) and untouched and set(map(len, map(_CELLS, rows))) == {width}

    def _items(self, builder: MessageBuilder, entries: Iterable[Row | RejectedRow]) -> Iterator[Item]:
        """Messages and rejections, row by row."""
        pick = picker(self._header, self.recognition.mapping)
        width = len(self._header)
        build, is_damaged, passed = builder.build, self._is_damaged, 0
        for entry in entries:
            if isinstance(entry, RejectedRow):
                yield entry
                continue
            row, cells = entry
            if self._escaped:
                cells = [undone(cell) if isinstance(cell, str) else cell for cell in cells]
            if self._join is not None:
                cells = self._join(cells)
            if self._mends:
                cells = [self._mends[at](cell) if at in self._mends else cell for at, cell in enumerate(cells)]
            if is_damaged() and damaged(cells):
                self._guard.passed(passed)
                passed = 0
                yield self._guard.reject(row, cells)
                continue
            passed += 1
            if len(cells) != width:
                if (wide := self._too_wide(row, cells)) is not None:
                    yield wide
                    continue
                cells = cells + [""] * (width - len(cells))
            yield build(row, pick(cells))

    def _find_header(self, rows: Iterator[Row | RejectedRow]) -> list[str]:
        """The header: the first of the early rows that knows two fields, else the first row with text."""
        early = _take(rows, HEADER_SEARCH_ROWS)
        plain = [entry for entry in early if not isinstance(entry, RejectedRow)]
        if not plain:
            code = "import_no_table" if early else "import_empty"
            raise CsqmError(code, file=str(self._source.path))
        self._guard.header(*plain[0])
        header = next((entry for entry in plain if looks_like_header(entry[1])), plain[0])
        self._early = early[early.index(header) + 1 :]
        return header_names(header[1])


def looks_like_header(cells: Sequence[object]) -> bool:
    """Whether a row knows two fields and holds no dates or ids, as a row of words such as "agent" would."""
    texts = [as_text(cell) for cell in cells]
    return columns.known_headers(texts) >= 2 and not any(_VALUE.search(text) for text in texts)


def header_names(cells: Sequence[object]) -> list[str]:
    """Column names that are neither empty nor twice the same, and no empty columns at the right end."""
    names = [" ".join(as_text(cell).replace("\ufeff", "").split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    result: list[str] = []
    used: set[str] = set()
    counts: dict[str, int] = {}  # where to go on: a row of thousands of equal names must not be counted anew each time
    for place, name in enumerate(names, start=1):
        name = name or f"#{place}"
        unique, count = name, counts.get(name, 2)
        while unique in used:
            unique, count = f"{name} ({count})", count + 1
        counts[name] = count
        used.add(unique)
        result.append(unique)
    return result


def _take(rows: Iterator[Row | RejectedRow], count: int) -> list[Row | RejectedRow]:
    """The next rows, at most ``count``."""
    taken: list[Row | RejectedRow] = []
    for entry in rows:
        taken.append(entry)
        if len(taken) == count:
            break
    return taken


def _sample(cells: Sequence[object], width: int) -> tuple[str, ...]:
    """A row for the preview: exactly as wide as the header, long cells cut."""
    texts = [as_text(cell)[:SAMPLE_CELL_CHARS] for cell in cells[:width]]
    return tuple(texts + [""] * (width - len(texts)))
