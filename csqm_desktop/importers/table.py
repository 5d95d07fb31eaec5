"""What all tables share, whether text or workbook: find the header, guess the columns, build messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.domain.exported import MESSAGE_COLUMNS
from csqm_desktop.domain.spreadsheet import undone
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import mapping as columns
from csqm_desktop.importers.base import PREVIEW_ROWS, Item, ReadOptions, Recognition
from csqm_desktop.importers.records import MessageBuilder, as_text, damaged, picker, rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.split_times import joiner

HEADER_SEARCH_ROWS = 10  # exports often begin with a title and a period
SAMPLE_CELL_CHARS = 500
DAMAGED_ROWS = 20  # so many undecodable rows, and more than half, mean a wrong encoding

_VALUE = re.compile(r"\d{4}")

Row = tuple[int, list[Any]]  # row number as a spreadsheet shows it, cells


class DamageGuard:
    """Turns undecodable rows into rejections, and too many of them into an error about the encoding."""

    def __init__(self, source: SourceFile, encoding: str) -> None:
        self._source = source
        self._encoding = encoding
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
        if self._bad > DAMAGED_ROWS and self._bad * 2 > self._rows:
            raise self._wrong(row)
        return rejected(self._source.name, row, "row_bytes", raw, encoding=self._encoding)

    def _wrong(self, row: int) -> CsqmError:
        return CsqmError("import_encoding_wrong", file=str(self._source.path), encoding=self._encoding, row=row)


class TableFile:
    """An opened table: header found, mapping decided, sample rows kept, the rest still to come."""

    def __init__(
        self,
        source: SourceFile,
        rows: Iterator[Row | RejectedRow],
        options: ReadOptions,
        facts: Recognition,
        progress: Callable[[], int],
        close: Callable[[], None],
        is_damaged: Callable[[], bool] = lambda: False,
    ) -> None:
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
        # what an export of ours wrote for spreadsheets is taken back; other files mean their apostrophes
        self._escaped = facts.format == "csv" and tuple(header) == MESSAGE_COLUMNS
        self._rows = rows
        self.recognition = replace(
            facts,
            headers=tuple(header),
            mapping=chosen,
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
        found = self.recognition
        builder = MessageBuilder(found.mapping, self._source.name, self._options.timezone)
        pick = picker(self._header, found.mapping)
        width = len(self._header)
        build, is_damaged, passed = builder.build, self._is_damaged, 0
        for entry in chain(self._early, self._rows):
            if isinstance(entry, RejectedRow):
                yield entry
                continue
            row, cells = entry
            if self._escaped:
                cells = [undone(cell) if isinstance(cell, str) else cell for cell in cells]
            if self._join is not None:
                cells = self._join(cells)
            if is_damaged() and damaged(cells):
                self._guard.passed(passed)
                passed = 0
                yield self._guard.reject(row, cells)
                continue
            passed += 1
            if len(cells) != width:
                if any(cell not in ("", None) for cell in cells[width:]):
                    yield rejected(
                        self._source.name, row, "row_cells", cells, cells=str(len(cells)), columns=str(width)
                    )
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
    for place, name in enumerate(names, start=1):
        name = name or f"#{place}"
        unique, count = name, 2
        while unique in used:
            unique, count = f"{name} ({count})", count + 1
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
