"""The way in for every export: recognise a file, preview it, read it message by message.

``read`` and ``preview`` are what jobs and pages use. A format is one module with an ``Importer``; adding one
means writing the module and naming it in ``registry``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Protocol, runtime_checkable

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.domain.plain_row import Prepared, unsealed
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.archives import Unpacked, unpacked
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.seen import SeenIds
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import parse_timezone

AUTO = "auto"
PREVIEW_ROWS = 50
_LONG_ROW = 400  # bytes of a row of a table
LEAST_CONFIDENCE = 0.15  # below it a file counts as not recognised

Item = IncomingMessage | RejectedRow


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person chose; None leaves it to the importer."""

    mapping: ColumnMapping | None = None
    encoding: str | None = None
    timezone: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Sniff:
    """How sure an importer is that a file is its own (0 to 1) and why, as a word that pages translate.

    Reasons: ``headers`` (known column names), ``table`` (regular columns, unknown names), ``json_lines``,
    ``json_records``, ``workbook``, ``layout`` (the fields of one product's export, or its way of writing chats),
    ``ending`` (only the file's name says so), ``chosen``, ``no``. General formats claim at most 0.9, so that a
    layout that knows what the fields mean comes first. ``evidence`` names what was seen, as it is in the file.
    """

    confidence: float
    reason: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text table is written. ``escape`` is ``double`` (two quotes), ``backslash`` or ``none``."""

    delimiter: str
    escape: str = "double"
    space_after_delimiter: bool = False


@dataclass(frozen=True, slots=True)
class Recognition:
    """What is known about a file before it is read.

    ``sample_rows`` are the first rows as they are, one cell for each of ``headers``; they are raw and must
    not be stored. ``missing`` names the required fields without a column: while it is not empty, ``read``
    refuses the file.
    """

    format: str
    confidence: float
    reason: str
    bytes_total: int
    encoding: str = ""  # empty for formats that have none, e.g. workbooks
    encoding_reason: str = ""  # bom, valid, statistics, chosen
    encoding_sure: bool = True
    dialect: Dialect | None = None
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    headers: tuple[str, ...] = ()
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    sample_rows: tuple[tuple[str, ...], ...] = ()
    candidates: tuple[tuple[str, float], ...] = ()  # all formats that fit, best first
    evidence: tuple[str, ...] = ()  # what in the file speaks for the format, e.g. names of fields
    undated: bool = False  # a table without times: they are made up, see ``undated``

    @property
    def missing(self) -> tuple[str, ...]:
        """Required fields that no column holds."""
        return tuple(name for name in self.mapping.missing if not (self.undated and name == "sent_at"))


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file as they would be imported; ``complete`` when there are no more."""

    recognition: Recognition
    items: tuple[Item, ...]
    complete: bool

    @property
    def messages(self) -> tuple[IncomingMessage, ...]:
        """The rows that would be imported."""
        return tuple(item for item in self.items if isinstance(item, IncomingMessage))

    @property
    def rejected(self) -> tuple[RejectedRow, ...]:
        """The rows that would be refused."""
        return tuple(item for item in self.items if isinstance(item, RejectedRow))


class OpenedFile(Protocol):
    """A file opened by an importer: what was recognised, then its rows, once."""

    recognition: Recognition  # the reader adds why this format was chosen

    @property
    def bytes_done(self) -> int:
        """How many of the file's bytes have been read; may run ahead of the rows by a block."""

    def __iter__(self) -> Iterator[Item]:
        """Messages and rejections in file order."""

    def close(self) -> None:
        """Free the file; safe to call twice."""


@runtime_checkable
class PlainFile(OpenedFile, Protocol):
    """An opened file that can give many of its messages at once."""

    def plain(self) -> Iterator[Item | tuple[list[int], list[Prepared]]]:
        """What iterating gives, or in its place row numbers and plain rows."""


class Importer(Protocol):
    """One format. Importers hold no state between files."""

    @property
    def name(self) -> str:
        """What ``format`` calls it."""

    @property
    def endings(self) -> tuple[str, ...]:
        """Usual endings of its files, with the dot."""

    def sniff(self, source: SourceFile) -> Sniff:
        """How likely the file is in this format; looks at its start only and raises nothing."""

    def open(self, source: SourceFile, options: ReadOptions) -> OpenedFile:
        """Open the file up to its first rows; ``CsqmError`` when it cannot be in this format.

        Missing columns are no error here, so that a page can show the columns and ask.
        """


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
    from csqm_desktop.importers import (  # they import this module
        aliyun,
        arrow_files,
        bot_logs,
        chatgpt,
        chatwoot,
        copied,
        daily_text,
        delimited,
        desk_shapes,
        dialogues,
        flat_products,
        gorgias,
        intercom,
        jddc,
        json_lines,
        json_records,
        livechat,
        message_shapes,
        names_shapes,
        oasst,
        openai,
        pairs,
        qianniu,
        rasa,
        sharegpt,
        telegram,
        tweets,
        wecom,
        whatsapp,
        workbook,
        zendesk,
    )

    return (
        workbook.IMPORTER,
        arrow_files.IMPORTER,
        json_lines.IMPORTER,
        json_records.IMPORTER,
        delimited.IMPORTER,
        aliyun.IMPORTER,
        chatgpt.IMPORTER,
        chatwoot.IMPORTER,
        copied.IMPORTER,
        dialogues.IMPORTER,
        gorgias.IMPORTER,
        intercom.IMPORTER,
        jddc.IMPORTER,
        livechat.IMPORTER,
        oasst.IMPORTER,
        openai.IMPORTER,
        pairs.IMPORTER,
        qianniu.IMPORTER,
        rasa.IMPORTER,
        sharegpt.IMPORTER,
        telegram.IMPORTER,
        tweets.IMPORTER,
        wecom.IMPORTER,
        whatsapp.IMPORTER,
        zendesk.IMPORTER,
        *desk_shapes.IMPORTERS,
        *names_shapes.IMPORTERS,
        *daily_text.IMPORTERS,
        *flat_products.IMPORTERS,
        *bot_logs.IMPORTERS,
        *message_shapes.IMPORTERS,
    )


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
            raise CsqmError(
                "import_columns_missing", file=str(path),
                missing=", ".join(found.missing), found=", ".join(found.headers),
            )  # fmt: skip
        if not found.encoding_sure:
            raise CsqmError("import_encoding_unsure", file=str(path), guess=found.encoding)
    except CsqmError:
        opened.close()
        raise
    return Reader(opened, Path(path).name)


class _FromArchive:
    """A file opened from an archive, whose unpacked copy goes when it is closed."""

    def __init__(self, opened: OpenedFile, copy: Unpacked, path: Path) -> None:
        self._opened = opened
        self._copy = copy
        self._path = path
        self.recognition = opened.recognition

    @property
    def bytes_done(self) -> int:
        return self._opened.bytes_done

    def __iter__(self) -> Iterator[Item]:
        try:
            yield from self._opened
        except CsqmError as error:
            raise _called_by_its_archive(error, self._copy, self._path) from error

    def close(self) -> None:
        self._opened.close()
        self._copy.close()


def _open(path: Path | str, format: str, options: ReadOptions) -> OpenedFile:
    """Open the file, or the chat in it when it is compressed."""
    copy = unpacked(Path(path))
    if copy is None:
        return _open_plain(path, format, options)
    try:
        return _FromArchive(_open_plain(copy.path, format, options), copy, Path(path))
    except CsqmError as error:
        copy.close()
        raise _called_by_its_archive(error, copy, Path(path)) from error
    except BaseException:
        copy.close()
        raise


def _called_by_its_archive(error: CsqmError, copy: Unpacked, path: Path) -> CsqmError:
    """The error about the copy as one about the file that a person knows."""
    if error.values.get("file") != str(copy.path):
        return error
    return CsqmError(error.code, **(error.values | {"file": f"{path} ({copy.path.name})"}))


def _open_plain(path: Path | str, format: str, options: ReadOptions) -> OpenedFile:
    """Choose the importer and open the file with it."""
    from csqm_desktop.importers.arrow_files import folder_data  # it imports this module

    source = SourceFile.open(folder_data(Path(path)))
    importers = {importer.name: importer for importer in registry()}
    if format != AUTO:
        if format not in importers:
            raise CsqmError("import_format_name", name=format, known=", ".join((AUTO, *importers)))
        opened = importers[format].open(source, options)
        opened.recognition = replace(opened.recognition, confidence=1.0, reason="chosen")
        return opened
    ranked = sorted(
        ((importer.sniff(source), importer) for importer in importers.values()),
        key=lambda pair: -pair[0].confidence,
    )
    best, importer = ranked[0]
    if best.confidence < LEAST_CONFIDENCE:
        source.require_text()
        raise CsqmError("import_format_unknown", file=str(path), known=", ".join(importers))
    opened = importer.open(source, options)
    candidates = tuple((who.name, round(sniff.confidence, 2)) for sniff, who in ranked if sniff.confidence > 0)
    opened.recognition = replace(
        opened.recognition,
        confidence=best.confidence, reason=best.reason, candidates=candidates, evidence=best.evidence,
    )  # fmt: skip
    return opened
