"""Labels in tables: CSV, the first sheet of a workbook, Parquet and Arrow."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from csqm_desktop.domain.spreadsheet import undone
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import arrow_files
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.label_rows import REQUIRED, Named, Row, is_wide
from csqm_desktop.importers.lines import Lines, LineTooLong, TextStream
from csqm_desktop.importers.records import as_text
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.workbook import sheet_rows

_OURS = frozenset({"verdict", "source", "reply"})
"""Columns that only our own exports have; their cells are escaped for spreadsheets."""
_SCORES = frozenset({"criterion", "level", "confidence", "scored_at"})
"""Columns of an export of scores, which has all that a label needs but nobody's opinion."""


def text_rows(source: SourceFile, named: Named) -> Iterator[Row]:
    """Rows of a CSV file with any usual separator; numbered by the line they end on."""
    stream = TextStream(source)
    try:
        first = (source.head_lines() or [""])[0]
        delimiter = max(",;\t|", key=first.count)
        reader = csv.reader(_plain_lines(source, stream), delimiter=delimiter)
        header = _header(next(reader, []))
        require(source, header, named)
        ours = set(header) >= _OURS
        for cells in reader:
            if any(cells):
                read = [undone(cell) for cell in cells] if ours else cells
                yield reader.line_num, dict(zip(header, read, strict=False))
    except csv.Error as error:
        raise CsqmError("labels_broken", file=str(source.path), reason=str(error)) from error
    finally:
        stream.close()


def workbook_rows(source: SourceFile, named: Named) -> Iterator[Row]:
    """Rows of the first sheet, or of the first that has a known header; numbered as Excel does."""
    return _table(source, sheet_rows(source, ReadOptions()), named)


def arrow_rows(source: SourceFile, named: Named) -> Iterator[Row]:
    """Rows of a Parquet or Arrow file, counted from 1."""
    return _table(source, arrow_files.rows(source), named)


def _table(source: SourceFile, rows: Iterable[tuple[int, Sequence[object]]], named: Named) -> Iterator[Row]:
    header: list[str] | None = None
    for number, cells in rows:
        if header is None:
            header = _header([as_text(cell) for cell in cells])
            require(source, header, named)
        else:
            yield number, dict(zip(header, cells, strict=False))
    if header is None:
        require(source, [], named)


def _header(cells: Sequence[str]) -> list[str]:
    return [name.strip().lower() for name in cells]


def _plain_lines(source: SourceFile, stream: TextStream) -> Iterator[str]:
    try:
        yield from Lines(stream)
    except LineTooLong as error:
        raise CsqmError("labels_broken", file=str(source.path), reason="a line is longer than 10 MB") from error


def require(source: SourceFile, header: Sequence[str], named: Named) -> None:
    """Refuse a table without the columns that every label needs; see ``label_rows.is_wide`` for the other shape."""
    if set(header) >= _SCORES:
        raise CsqmError("labels_are_scores", file=str(source.path))
    missing = [name for name in REQUIRED if name not in header]
    if missing and not is_wide(header, named):
        raise CsqmError(
            "labels_columns_missing", file=str(source.path), missing=", ".join(missing), found=", ".join(header)[:200]
        )
