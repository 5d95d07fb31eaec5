"""CSV exports of one product: a table whose header is known, and a small reader for its rows.

Also the way to keep several layouts of one product (JSON and CSV) under one name.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import Importer, OpenedFile, ReadOptions, Sniff
from csqm_desktop.importers.delimited import guess_dialect, read_records
from csqm_desktop.importers.json_walk import CERTAIN, JsonLayout
from csqm_desktop.importers.lines import Lines, TextStream
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow, text_file
from csqm_desktop.importers.records import as_text, damaged, rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard


class FlatConverter(ABC):
    """Turns the rows of one file into neutral rows; ``learn`` sees all of them before, if ``two_passes``."""

    two_passes = False

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        self.source = source
        self.options = options

    def learn(self, row: dict[str, str]) -> None:  # noqa: B027 -- most layouts need no first pass
        """Remember what later rows are needed for."""

    @abstractmethod
    def rows(self, row: dict[str, str]) -> Iterator[dict[str, Any]]:
        """The messages of a row (mostly one) as dicts of neutral fields. Keys are headers in lower case."""


class FlatLayout:
    """One product's table; ``required`` are the headers, in lower case, that only it has together."""

    name = ""
    required: frozenset[str] = frozenset()
    zone: str | None = "UTC"
    confidence = CERTAIN
    converter: type[FlatConverter]

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when the first row holds all the headers."""
        if source.binary_kind is not None or not self.required <= set(header_of(source)):
            return Sniff(0.0, "no")
        return Sniff(self.confidence, "layout", tuple(sorted(self.required))[:4])

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open the table."""
        source.require_text()
        converter = self.converter(source, options)
        if converter.two_passes:
            stream = TextStream(source, options.encoding)
            try:
                for entry in _dicts(source, stream, options):
                    if not isinstance(entry, RejectedRow):
                        converter.learn(entry[1])
            finally:
                stream.close()

        def rows(stream: TextStream) -> Iterator[NeutralRow | RejectedRow]:
            return _rows(_dicts(source, stream, options), converter)

        return text_file(self.name, source, options, rows, self.zone)


def header_of(source: SourceFile) -> list[str]:
    """The cells of the first row in lower case, worked out once for all layouts."""
    if "header" not in source.cache:
        source.cache["header"] = _header_of(source)
    found = source.cache["header"]
    return found if isinstance(found, list) else []


def _header_of(source: SourceFile) -> list[str]:
    lines = source.head_lines()
    if not lines or len(lines[0]) > 10_000:
        return []
    delimiter = guess_dialect(lines[:50]).delimiter
    return [_key(cell) for cell in lines[0].split(delimiter)]


def _key(cell: object) -> str:
    return as_text(cell).strip().strip("\"'\ufeff").strip().casefold()


def _dicts(
    source: SourceFile, stream: TextStream, options: ReadOptions
) -> Iterator[tuple[int, dict[str, str]] | RejectedRow]:
    """Rows as dicts by header; rows that do not fit are rejections."""
    dialect = guess_dialect(source.head_lines(options.encoding))
    guard = DamageGuard(source, stream.charset.name)
    header: list[str] = []
    for entry in read_records(Lines(stream), dialect, source.name):
        if isinstance(entry, RejectedRow):
            yield entry
            continue
        row, cells = entry
        if not header:
            guard.header(row, cells)
            header = [_key(cell) for cell in cells]
        elif stream.damaged and damaged(cells):
            yield guard.reject(row, cells)
        elif len(cells) > len(header) and any(cells[len(header) :]):
            yield rejected(
                source.name, row, "row_cells", cells, cells=str(len(cells)), columns=str(len(header))
            )  # fmt: skip
        else:
            guard.passed()
            yield row, dict(zip(header, cells, strict=False))


def _rows(
    entries: Iterator[tuple[int, dict[str, str]] | RejectedRow], converter: FlatConverter
) -> Iterator[NeutralRow | RejectedRow]:
    for entry in entries:
        if isinstance(entry, RejectedRow):
            yield entry
            continue
        for values in converter.rows(entry[1]):
            yield entry[0], values


class Product:
    """Several layouts of one product under one name; the file decides which it is in."""

    def __init__(
        self, name: str, layouts: Sequence[JsonLayout | FlatLayout | Importer], endings: tuple[str, ...]
    ) -> None:
        self.name = name
        self.endings = endings
        self._layouts = layouts

    @property
    def json_layout(self) -> JsonLayout:
        """The layout of its API."""
        return next(layout for layout in self._layouts if isinstance(layout, JsonLayout))

    def sniff(self, source: SourceFile) -> Sniff:
        """The surest of its layouts."""
        return max((layout.sniff(source) for layout in self._layouts), key=lambda sniff: sniff.confidence)

    def open(self, source: SourceFile, options: ReadOptions) -> OpenedFile:
        """Open the file with the layout that fits best; a person may have named the product for a poor fit."""
        looks_json = source.binary_kind is None and source.head_text(options.encoding).lstrip()[:1] in ("{", "[")
        fitting = [layout for layout in self._layouts if isinstance(layout, JsonLayout) == looks_json]
        if not fitting:
            raise CsqmError("import_no_messages", file=str(source.path), format=self.name)
        return max(fitting, key=lambda layout: layout.sniff(source).confidence).open(source, options)
