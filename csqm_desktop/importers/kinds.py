"""What an importer is, and what is known about a file: the words that all readers share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.domain.plain_row import Prepared
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.source import SourceFile

AUTO = "auto"
PREVIEW_ROWS = 50

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
    ``turns`` (lists of turns), ``pairs`` (questions and answers), ``ending`` (only the file's name says so),
    ``chosen``, ``no``. General formats claim at most 0.9, so that a layout that knows what the fields mean comes
    first. ``evidence`` names what was seen, as it is in the file.
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
    undated: bool = False  # the first rows have no times: they are made up, see ``undated``

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
