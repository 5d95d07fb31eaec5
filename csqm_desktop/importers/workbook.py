"""XLSX workbooks: the first sheet with a table and those with the same columns, or the one that was named."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, dropwhile, islice
from typing import Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import pairs
from csqm_desktop.importers.base import ReadOptions, Recognition, Sniff
from csqm_desktop.importers.neutral import NeutralFile
from csqm_desktop.importers.source import OLE_MAGIC, ZIP_MAGIC, SourceFile
from csqm_desktop.importers.table import HEADER_SEARCH_ROWS, Row, TableFile, header_names, looks_like_header

MAX_UNPACKED_BYTES = 2 * 1024**3  # above it a workbook is a bomb or belongs in a CSV file
SEARCHED_SHEETS = 5
BLOCK_ROWS = 1000  # given at once
MAX_CELLS = 60_000_000  # the library lays a sheet out densely; one cell far away must not cost the memory
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what spreadsheet programs write
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})')
_ROW = re.compile(rb'<row [^>]*?r="(\d{1,7})"')


class Workbook:
    """The importer of XLSX files."""

    name = "xlsx"
    endings = (".xlsx", ".xlsm")

    def sniff(self, source: SourceFile) -> Sniff:
        """Told by the parts of the archive; a locked or old workbook is claimed to explain itself."""
        if source.head.startswith(ZIP_MAGIC):
            named = source.ending in self.endings
            return Sniff(1.0, "workbook") if named or _has_workbook(source) else Sniff(0.0, "no")
        if source.head.startswith(OLE_MAGIC):
            return Sniff(0.5, "workbook")
        return Sniff(0.3, "ending") if source.ending in self.endings and source.binary_kind else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> TableFile | NeutralFile:
        """Load a workbook; the library holds the whole sheet, rows are given one by one."""
        book, sheet = _load(source, options)
        names = tuple(book.sheet_names)
        progress = _Progress(source.size, max(sheet.total_height, 1))
        facts = Recognition(self.name, 0.0, "", source.size, sheets=names, sheet=sheet.name)
        rows = _blocks(sheet, progress)
        if options.sheet is None:
            rows = chain(rows, _same_columns(book, sheet, progress))
        table = TableFile(source, rows, options, facts, lambda: progress.bytes_done, partial(_close, book))
        return pairs.instead_of(table, source, options)


IMPORTER = Workbook()


def sheet_rows(source: SourceFile, options: ReadOptions) -> Iterator[Row]:
    """All rows of the sheet that ``Workbook`` would read, its header first."""
    book, sheet = _load(source, options)
    try:
        yield from chain.from_iterable(_blocks(sheet, _Progress(source.size, max(sheet.total_height, 1))))
    finally:
        _close(book)


def _load(source: SourceFile, options: ReadOptions) -> tuple[Any, Any]:
    """The workbook and the sheet to read."""
    _check(source)
    import python_calamine  # 10 ms that text files do not need

    file = str(source.path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(file)
        return book, _chosen_sheet(book, tuple(book.sheet_names), options.sheet, file)
    except python_calamine.PasswordError as error:
        raise CsqmError("import_workbook_locked", file=file) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise CsqmError("import_workbook_broken", file=file, reason=_first_line(error)) from error


class _Progress:
    """Rows of a sheet as a share of the file's bytes."""

    def __init__(self, size: int, height: int) -> None:
        self._size = size
        self._height = height
        self.row = 0

    @property
    def bytes_done(self) -> int:
        return self._size * min(self.row, self._height) // self._height


def _blocks(sheet: Any, progress: _Progress) -> Iterator[list[Row]]:
    """Rows that hold anything, numbered as Excel does, many at once."""
    if sheet.start is None:
        return
    rows = enumerate(sheet.iter_rows(), start=1)
    while block := list(islice(rows, BLOCK_ROWS)):
        progress.row = block[-1][0]
        yield [(number, list(cells)) for number, cells in block if any(cell not in ("", None) for cell in cells)]


def _same_columns(book: Any, sheet: Any, progress: _Progress) -> Iterator[list[Row]]:
    """Rows of the other sheets that have the header of this one, as exports by month or by agent do."""
    header = _header(sheet)
    for name in book.sheet_names if header else ():
        other = book.get_sheet_by_name(name) if name != sheet.name else None
        if other is not None and _header(other) == header:
            blocks = _blocks(other, progress)
            for block in islice(blocks, 1):  # the header is among the first rows
                yield list(islice(dropwhile(lambda row: not looks_like_header(row[1]), block), 1, None))
            yield from blocks


def _header(sheet: Any) -> list[str]:
    early = islice(sheet.iter_rows(), HEADER_SEARCH_ROWS) if sheet.start is not None else ()
    return header_names(next(filter(looks_like_header, early), []))


def _close(book: Any) -> None:
    import python_calamine

    with suppress(python_calamine.WorkbookClosed):
        book.close()


def _chosen_sheet(book: Any, names: tuple[str, ...], wanted: str | None, file: str) -> Any:
    """The named sheet, else the first with known column names, else the first."""
    if not names:
        raise CsqmError("import_workbook_broken", file=file, reason="no sheets")
    if wanted is not None and wanted not in names:
        raise CsqmError("import_sheet_missing", file=file, sheet=wanted, sheets=", ".join(names))
    if wanted is not None:
        return book.get_sheet_by_name(wanted)
    first = book.get_sheet_by_name(names[0])
    later = (book.get_sheet_by_name(name) for name in names[1:SEARCHED_SHEETS])
    return next((sheet for sheet in chain([first], later) if _has_header(sheet)), first)


def _has_header(sheet: Any) -> bool:
    early = islice(sheet.iter_rows(), HEADER_SEARCH_ROWS) if sheet.start is not None else ()
    return any(map(looks_like_header, early))


def _check(source: SourceFile) -> None:
    """Refuse what is no XLSX file, is locked, or would not fit into memory."""
    file = str(source.path)
    if source.head.startswith(OLE_MAGIC):
        raise CsqmError("import_workbook_locked" if _is_locked(source) else "import_workbook_old", file=file)
    if not source.head.startswith(ZIP_MAGIC):
        raise CsqmError("import_workbook_broken", file=file, reason="not a ZIP archive")
    try:
        with zipfile.ZipFile(source.path) as archive:
            if any(info.compress_type not in _METHODS for info in archive.infolist()):
                raise CsqmError("import_workbook_broken", file=file, reason="unknown compression")
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > MAX_UNPACKED_BYTES:
                raise CsqmError("import_workbook_too_big", file=file)
            sheets = [info for info in archive.infolist() if _SHEET.match(info.filename)]
            if any(_extent(archive, info) > MAX_CELLS for info in sheets):
                raise CsqmError("import_workbook_too_big", file=file)
    except _BROKEN as error:
        raise CsqmError("import_workbook_broken", file=file, reason=_first_line(error)) from error


def _is_locked(source: SourceFile) -> bool:
    """Whether the old container wraps an encrypted XLSX file; the names of its parts are in UTF-16."""
    wanted = "EncryptedPackage".encode("utf-16-le")
    rest = b""
    with source.path.open("rb") as stream:
        while block := stream.read(1 << 20):
            if wanted in rest + block:
                return True
            rest = block[-len(wanted) :]
    return False


def _extent(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    """The area up to the farthest cell, without building anything."""
    columns = rows = 1
    rest = b""
    with archive.open(info) as stream:
        while block := stream.read(1 << 20):
            block = rest + block
            cut = block.rfind(b"<")
            rest = block[cut:] if len(block) - cut < 200 else b""
            for name in set(_COLUMN.findall(block)):
                columns = max(columns, _column_number(name))
            found = _ROW.findall(block)
            rows = max([rows, *map(int, found[-1:])])
    return columns * rows


def _column_number(name: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def _has_workbook(source: SourceFile) -> bool:
    try:
        with zipfile.ZipFile(source.path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except _BROKEN:
        return False


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
