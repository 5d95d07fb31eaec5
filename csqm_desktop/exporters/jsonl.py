"""JSON lines: the rows of the neutral tables as objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csqm_desktop.domain.exported import ExportUnit
from csqm_desktop.exporters import tables
from csqm_desktop.exporters.base import Plain, Plan, Record, Write

_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""Signs that some readers take for the end of a line (``str.splitlines``); inside JSON they only occur in texts."""


@contextmanager
def json_lines(path: Path) -> Iterator[Write]:
    """Write one object a line, in UTF-8."""
    with path.open("w", encoding="utf-8", newline="\n") as out:

        def write(record: Record) -> None:
            out.write(json.dumps(record, ensure_ascii=False).translate(_LINE_ENDS) + "\n")

        yield write


class JsonLines(Plain):
    """The format."""

    name = "jsonl"
    ending = ".jsonl"

    def records(self, unit: ExportUnit, plan: Plan) -> Iterator[Record]:
        """Rows of the neutral table; what has no value is left out."""
        for record in tables.rows(unit, plan):
            yield {key: value for key, value in record.items() if value is not None}

    @contextmanager
    def open(self, path: Path, _plan: Plan) -> Iterator[Write]:
        """Write the file."""
        with json_lines(path) as write:
            yield write


EXPORTER = JsonLines()
