"""CSV, TSV and their relatives: guess the dialect, read record by record, lose no more than the broken row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.importers.base import Dialect, ReadOptions, Recognition, Sniff
from csqm_desktop.importers.lines import MAX_ROW_CHARS, Lines, LineTooLong, TextStream
from csqm_desktop.importers.mapping import known_headers
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import HEADER_SEARCH_ROWS, Entries, Row, TableFile, looks_like_header

DELIMITERS = ",\t;|"
SAMPLE_RECORDS = 60
_QUOTED = re.compile(r' +"')  # at the start of a cell
_SEPARATOR_HINT = re.compile(r"^sep=(.)\s*$", re.IGNORECASE)


class Delimited:
    """The importer of text tables."""

    name = "csv"
    endings = (".csv", ".tsv", ".tab", ".txt")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when the header has known names, half sure when the columns are at least regular."""
        if source.binary_kind is not None:
            return Sniff(0.0, "no")
        named = 0.1 if source.ending in (".csv", ".tsv", ".tab") else 0.0
        found = _judge(source.head_lines())
        if found.known >= 2:
            return Sniff(min(0.55 + 0.08 * found.known + named, 0.9), "headers")
        if found.width >= 2 and found.regular > 0.9 and found.records > 1:
            return Sniff(0.3 + named, "table")
        return Sniff(0.2, "ending") if named else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> TableFile:
        """Open a text table; the dialect is guessed from the start of the file."""
        source.require_text()
        dialect = guess_dialect(source.head_lines(options.encoding))
        stream = TextStream(source, options.encoding)
        facts = Recognition(
            self.name, 0.0, "", source.size,
            encoding=stream.charset.name, encoding_reason=stream.charset.reason,
            encoding_sure=stream.charset.sure, dialect=dialect,
        )  # fmt: skip
        rows = read_blocks(Lines(stream), dialect, source.name)
        return TableFile(source, rows, options, facts, lambda: stream.bytes_done, stream.close, lambda: stream.damaged)


IMPORTER = Delimited()


class _Feed:
    """Gives lines to the csv reader and remembers those of the current record, to give them again."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.record: list[str] = []
        self._chars = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._chars += len(line)
        self.record.append(line)
        if self._chars > MAX_ROW_CHARS and len(self.record) > 1:
            raise LineTooLong(self.record[0][:200])
        return line

    def start(self) -> None:
        """A new record begins."""
        self.record = []
        self._chars = 0

    def again(self) -> None:
        """Give all lines of the record but its first again: a stray quote must cost one line only."""
        self._lines.push(self.record[1:])


def read_records(lines: Lines, dialect: Dialect, file: str) -> Iterator[Row | RejectedRow]:
    """Rows with their numbers; the header is row 1, as in a spreadsheet."""
    return Entries(read_blocks(lines, dialect, file))


def read_blocks(lines: Lines, dialect: Dialect, file: str) -> Iterator[Row | RejectedRow | list[Row]]:
    """The same; where the file is regular, many rows at once."""
    feed = _Feed(lines)
    reader = csv.reader(feed, strict=True, **_csv_options(dialect))
    row = 0
    width = 0
    while True:
        for records in _plain_records(lines, dialect, width) if row > HEADER_SEARCH_ROWS else ():
            numbered = zip(range(row + 1, row + 1 + len(records)), records, strict=True)
            yield list(numbered) if all(map(any, records)) else [entry for entry in numbered if any(entry[1])]
            row += len(records)
        feed.start()
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            feed.again()
            yield rejected(file, row, "row_quotes", feed.record[0] if feed.record else "")
            continue
        except LineTooLong as problem:
            feed.again()
            reader = csv.reader(feed, strict=True, **_csv_options(dialect))
            yield rejected(file, row, "row_too_long", problem.start, limit=str(MAX_ROW_CHARS // (1024 * 1024)))
            continue
        if not any(cells) or _is_hint(row, feed.record):
            continue
        if len(feed.record) > 1 and width and len(cells) != width:
            # A quote that was never closed swallowed the rows after it.
            feed.again()
            yield rejected(file, row, "row_quotes", feed.record[0])
            continue
        if row <= HEADER_SEARCH_ROWS and (not width or looks_like_header(cells)):
            width = len(cells)
        yield row, cells


def _is_hint(row: int, lines: list[str]) -> bool:
    """Whether a record is the line that tells a spreadsheet the separator."""
    return row == 1 and len(lines) == 1 and _SEPARATOR_HINT.match(lines[0]) is not None


def _plain_records(lines: Lines, dialect: Dialect, width: int) -> Iterator[list[list[str]]]:
    """The records of all lines that are ready, as long as none needs to be looked at by itself.

    Those of several lines need it unless they have as many cells as the header.
    """
    options = _csv_options(dialect)
    while block := lines.block():
        try:
            records = list(csv.reader(block, strict=True, **options))
            fine = len(records) == len(block) or _fit(csv.reader(block, strict=True, **options), width)
        except csv.Error:  # also where the last record goes on in the next block
            fine = False
        if not fine:
            lines.push(block)
            return
        yield records


def _fit(reader: Any, width: int) -> bool:
    """Whether all records of several lines have so many cells."""
    before = 0
    for cells in reader:
        if reader.line_num != before + 1 and len(cells) != width:
            return False
        before = reader.line_num
    return True


def _csv_options(dialect: Dialect) -> dict[str, Any]:
    """The dialect in the csv module's words."""
    options: dict[str, Any] = {
        "delimiter": dialect.delimiter,
        "skipinitialspace": dialect.space_after_delimiter,
    }
    if dialect.escape == "none":
        options |= {"quoting": csv.QUOTE_NONE, "quotechar": None}
    elif dialect.escape == "backslash":
        options |= {"doublequote": False, "escapechar": "\\"}
    return options


def guess_dialect(lines: Sequence[str]) -> Dialect:
    """How a text table is written, from its first lines."""
    return _judge(lines).dialect


class _Judgement:
    """How well a dialect fits the start of a file."""

    def __init__(self, dialect: Dialect, records: Sequence[Sequence[str]], errors: int) -> None:
        self.dialect = dialect
        self.records = len(records)
        self.known = max((known_headers(cells) for cells in records[:HEADER_SEARCH_ROWS]), default=0)
        widths = [len(cells) for cells in records]
        self.width = max(set(widths), key=widths.count) if widths else 0
        self.regular = widths.count(self.width) / (len(widths) + errors) if widths else 0.0

    @property
    def rank(self) -> tuple[int, float, int]:
        """Larger is better: known headers, then regular rows, then more columns."""
        return self.known, self.regular if self.width > 1 else 0.0, min(self.width, 30)


def _judge(lines: Sequence[str]) -> _Judgement:
    """The dialect that fits best; the plainest one among equals."""
    hint = next((match for line in lines[:1] if (match := _SEPARATOR_HINT.match(line))), None)
    delimiters = hint[1] if hint and hint[1] in DELIMITERS else DELIMITERS
    text = "".join(lines[:200])
    candidates = [
        _try(lines, Dialect(delimiter, escape, _is_spaced(lines, delimiter, text)))
        for delimiter in delimiters
        for escape in _escapes(delimiter, text)
        if delimiter in text or delimiter == ","
    ]
    return max(candidates, key=lambda judgement: judgement.rank)


def _is_spaced(lines: Sequence[str], delimiter: str, text: str) -> bool:
    """Whether spaces after the delimiter stand before quotes, and not within a quoted cell as in a list."""
    if f'{delimiter} "' not in text:
        return False
    try:
        return any(_QUOTED.match(cell) for cells in csv.reader(iter(lines), delimiter=delimiter) for cell in cells)
    except csv.Error:
        return True


def _escapes(delimiter: str, text: str) -> list[str]:
    """The ways of writing quotes worth trying; only tab-separated files go without any quoting."""
    ways = ["double"]
    if '\\"' in text:
        ways.append("backslash")
    if delimiter == "\t" and '"' in text:
        ways.append("none")
    return ways


def _try(lines: Sequence[str], dialect: Dialect) -> _Judgement:
    """Read the first records with one dialect."""
    records: list[list[str]] = []
    errors = 0
    # A single "\r" within a row is text; only csv's own line ends count.
    reader = csv.reader(iter(lines), strict=True, **_csv_options(dialect))
    while len(records) < SAMPLE_RECORDS:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            errors += 1
            continue
        if dialect.escape == "none" and any(len(c) > 1 and c[0] == '"' == c[-1] for c in cells):
            errors += 1  # these quotes are meant as quotes
        if any(cells):
            records.append(cells)
    return _Judgement(dialect, records, errors)
