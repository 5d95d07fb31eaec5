"""The way in for every export: recognise a file, preview it, read it message by message.

``read`` and ``preview`` are what jobs and pages use. A format is one module with an ``Importer`` (see ``kinds``);
adding one means writing the module and naming it in ``registry``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.domain.plain_row import Prepared, unsealed
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.kinds import (
    AUTO,
    PREVIEW_ROWS,
    Dialect,
    Importer,
    Item,
    OpenedFile,
    PlainFile,
    Preview,
    ReadOptions,
    Recognition,
    Sniff,
)
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.refusals import columns_missing
from csqm_desktop.importers.seen import SeenIds
from csqm_desktop.importers.times import parse_timezone

__all__ = [
    "AUTO", "PREVIEW_ROWS", "Dialect", "Importer", "Item", "OpenedFile", "Preview", "ReadOptions", "Reader",
    "Recognition", "Sniff", "format_names", "preview", "read", "recognise", "registry",
]  # fmt: skip

_LONG_ROW = 400  # bytes of a row of a table


class Reader:
    """Messages and rejections of one file in order; iterate once. Closes itself at the end, or use ``with``.

    ``duplicates`` counts rows that repeat an earlier row of the file word for word; they are not given.
    A ``CsqmError`` while iterating means that the file as a whole is broken: keep nothing of it.
    """

    def __init__(self, opened: OpenedFile, file: str) -> None:
        self._opened = opened
        self._file = file
        self.recognition = opened.recognition
        self.bytes_total = opened.recognition.bytes_total
        self.duplicates = 0

    @property
    def bytes_done(self) -> int:
        """Progress; reaches ``bytes_total`` at the end."""
        return min(self._opened.bytes_done, self.bytes_total)

    def __iter__(self) -> Iterator[Item]:
        try:
            yield from self._items()
        finally:
            self.close()

    def plain(self) -> Iterator[list[Prepared] | RejectedRow]:
        """The same messages as plain rows, some at once; faster where the format can build many together."""
        seen = SeenIds(self.bytes_total // _LONG_ROW)
        opened = self._opened
        items = opened.plain() if isinstance(opened, PlainFile) else opened
        try:
            for item in items:
                if isinstance(item, IncomingMessage):
                    yield from self._without_repeated(seen, [item.row], [unsealed(item)])
                elif isinstance(item, RejectedRow):
                    yield item
                else:
                    yield from self._without_repeated(seen, *item)
        finally:
            self.close()

    def _items(self) -> Iterator[Item]:
        seen = SeenIds()
        for item in self._opened:
            if isinstance(item, RejectedRow):
                yield item
                continue
            for kept in self._without_repeated(seen, [item.row], [unsealed(item)]):
                yield kept if isinstance(kept, RejectedRow) else item

    def _without_repeated(
        self, seen: SeenIds, numbers: list[int], rows: list[Prepared]
    ) -> Iterator[list[Prepared] | RejectedRow]:
        """Rows whose ids are new, and rejections of those that give a known id to something else."""
        start = 0
        for place, first, same in seen.repeated(numbers, rows):
            if place > start:
                yield rows[start:place]
            start = place + 1
            if same:
                self.duplicates += 1
            else:
                yield rejected(
                    self._file, numbers[place], "row_id_repeated", rows[place][7],
                    message_id=rows[place][1], first_row=str(first),
                )  # fmt: skip
        if start < len(rows):
            yield rows[start:] if start else rows

    def close(self) -> None:
        """Free the file; safe to call twice."""
        self._opened.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def registry() -> tuple[Importer, ...]:
    """All formats; the first wins among equally sure ones."""
    from csqm_desktop.importers.registry import importers  # its modules import this one

    return importers()


def format_names() -> tuple[str, ...]:
    """The names that ``format`` takes beside ``auto``."""
    return tuple(importer.name for importer in registry())


def recognise(
    path: Path | str,
    format: str = AUTO,
    mapping: ColumnMapping | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Recognition:
    """What the file is, with its first rows; reads no more than those (a workbook is loaded whole)."""
    opened = _open(path, format, ReadOptions(mapping, encoding, None, sheet))
    opened.close()
    return opened.recognition


def preview(
    path: Path | str,
    format: str = AUTO,
    mapping: ColumnMapping | None = None,
    encoding: str | None = None,
    timezone: str | None = None,
    sheet: str | None = None,
    rows: int = PREVIEW_ROWS,
) -> Preview:
    """The first rows as they would be imported; none while required columns are missing."""
    parse_timezone(timezone)
    opened = _open(path, format, ReadOptions(mapping, encoding, timezone, sheet))
    with Reader(opened, Path(path).name) as reader:
        if reader.recognition.missing:
            return Preview(reader.recognition, (), complete=False)
        items = list(islice(reader, rows + 1))
    return Preview(reader.recognition, tuple(items[:rows]), complete=len(items) <= rows)


def read(
    path: Path | str,
    format: str = AUTO,
    mapping: ColumnMapping | None = None,
    encoding: str | None = None,
    timezone: str | None = None,
    sheet: str | None = None,
) -> Reader:
    """Open a file for reading; ``CsqmError`` when it cannot be read as messages.

    ``timezone`` (``Asia/Shanghai`` or ``+08:00``) is for times without an offset and wins over the
    mapping's; without either they are in this machine's zone.
    """
    parse_timezone(timezone)
    opened = _open(path, format, ReadOptions(mapping, encoding, timezone, sheet))
    found = opened.recognition
    try:
        if found.missing:
            raise columns_missing(found, str(path))
        if not found.encoding_sure:
            raise CsqmError("import_encoding_unsure", file=str(path), guess=found.encoding)
    except CsqmError:
        opened.close()
        raise
    return Reader(opened, Path(path).name)


def _open(path: Path | str, format: str, options: ReadOptions) -> OpenedFile:
    from csqm_desktop.importers.opening import open_any  # it needs all formats

    return open_any(Path(path), format, options)
