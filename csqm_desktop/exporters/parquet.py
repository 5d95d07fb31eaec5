"""Parquet: the rows of the neutral tables, for pandas, DuckDB, Spark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csqm_desktop.domain.exported import ExportUnit
from csqm_desktop.exporters import arrow_tables, tables
from csqm_desktop.exporters.base import Plain, Plan, Record, Write


class Parquet(Plain):
    """The format."""

    name = "parquet"
    ending = ".parquet"
    package = "pyarrow"

    def records(self, unit: ExportUnit, plan: Plan) -> Iterator[Record]:
        """Rows of the neutral table."""
        return tables.rows(unit, plan)

    @contextmanager
    def open(self, path: Path, plan: Plan) -> Iterator[Write]:
        """Write the file, a group of rows at a time."""
        from pyarrow import parquet

        with (
            parquet.ParquetWriter(path, arrow_tables.schema(plan)) as out,
            arrow_tables.batches(plan, out.write_table) as write,
        ):
            yield write


EXPORTER = Parquet()
