"""The neutral tables as Arrow data, for Parquet files and Hugging Face folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from csqm_desktop.exporters import tables
from csqm_desktop.exporters.base import Plan, Record, Write

ROWS = 10_000  # in one batch


def schema(plan: Plan) -> Any:
    """Texts and numbers; a missing number is null, a missing text is empty."""
    import pyarrow

    return pyarrow.schema(
        [(name, pyarrow.float64() if tables.is_number(name) else pyarrow.string()) for name in tables.columns(plan)]
    )


@contextmanager
def batches(plan: Plan, put: Callable[[Any], None]) -> Iterator[Write]:
    """Gather records and ``put`` them as tables of at most ``ROWS`` rows."""
    import pyarrow

    layout = schema(plan)
    columns = tables.columns(plan)
    waiting: list[Record] = []

    def flush() -> None:
        if waiting:
            put(pyarrow.Table.from_pylist([{c: _value(c, r.get(c)) for c in columns} for r in waiting], layout))
            waiting.clear()

    def write(record: Record) -> None:
        waiting.append(record)
        if len(waiting) >= ROWS:
            flush()

    yield write
    flush()


def _value(column: str, value: Any) -> Any:
    if tables.is_number(column):
        return None if value in (None, "") else float(value)
    return "" if value is None else str(value)
