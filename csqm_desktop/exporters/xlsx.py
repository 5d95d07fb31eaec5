"""Excel workbooks: texts are typed as texts and marked as such, so that nothing runs, now or after an edit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from csqm_desktop.domain.exported import ExportUnit
from csqm_desktop.domain.spreadsheet import is_formula
from csqm_desktop.errors import CsqmError
from csqm_desktop.exporters import tables
from csqm_desktop.exporters.base import Plain, Plan, Record, Write

MAX_ROWS = 1_048_575  # below the header
MAX_CELL_UNITS = 32_767  # UTF-16 units; the library would leave a longer text out without a word


class Xlsx(Plain):
    """The format."""

    name = "xlsx"
    ending = ".xlsx"
    first_row = 2

    def records(self, unit: ExportUnit, plan: Plan) -> Iterator[Record]:
        """Rows of the neutral table."""
        return tables.rows(unit, plan)

    @contextmanager
    def open(self, path: Path, plan: Plan) -> Iterator[Write]:
        """Write the workbook, row by row."""
        import xlsxwriter

        columns = tables.columns(plan)
        book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        sheet = book.add_worksheet("csqm")
        sheet.write_row(0, 0, columns)
        as_text = book.add_format({"quote_prefix": True})
        row = 0

        def write(record: Record) -> None:
            nonlocal row
            row += 1
            if row > MAX_ROWS:
                raise CsqmError("export_workbook_full", file=str(path.name), limit=MAX_ROWS)
            for place, column in enumerate(columns):
                value = record.get(column)
                if isinstance(value, str):
                    _check_length(value, path, row + 1, column)
                    sheet.write_string(row, place, value, as_text if is_formula(value) else None)
                elif value is not None:
                    sheet.write_number(row, place, value)

        try:
            yield write
        finally:
            book.close()


def _check_length(value: Any, path: Path, row: int, column: str) -> None:
    if len(value) > MAX_CELL_UNITS // 2 and len(value.encode("utf-16-le")) // 2 > MAX_CELL_UNITS:
        raise CsqmError("export_cell_long", file=path.name, row=row, column=column, limit=MAX_CELL_UNITS)


EXPORTER = Xlsx()
