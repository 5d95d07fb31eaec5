"""CSV with a byte order mark, so that Excel on Chinese Windows reads UTF-8; no cell runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from csqm_desktop.domain.exported import ExportUnit
from csqm_desktop.domain.spreadsheet import escaped
from csqm_desktop.exporters import tables
from csqm_desktop.exporters.base import Plain, Plan, Record, Write


class CsvTable(Plain):
    """The format."""

    name = "csv"
    ending = ".csv"
    first_row = 2

    def records(self, unit: ExportUnit, plan: Plan) -> Iterator[Record]:
        """Rows of the neutral table."""
        return tables.rows(unit, plan)

    @contextmanager
    def open(self, path: Path, plan: Plan) -> Iterator[Write]:
        """Write the file."""
        columns = tables.columns(plan)
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(columns)

            def write(record: Record) -> None:
                writer.writerow([_cell(record.get(column)) for column in columns])

            yield write


def _cell(value: Any) -> Any:
    return escaped(value) if isinstance(value, str) else value


EXPORTER = CsvTable()
