"""Labels as JSON lines: rows of the neutral table, or doccano's ``{"text", "label": ["criterion:level", …]}``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.label_rows import Named, Row
from csqm_desktop.importers.label_tables import require
from csqm_desktop.importers.lines import Lines, LineTooLong, TextStream
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile

_LABELS = ("label", "labels")


def rows(source: SourceFile, named: Named) -> Iterator[Row]:
    """A row for each label, numbered by line."""
    stream = TextStream(source)
    try:
        for number, line in enumerate(Lines(stream), start=1):
            if line.strip():
                yield from _line(source, number, line, named)
    except LineTooLong as error:
        raise CsqmError("labels_broken", file=str(source.path), reason="a line is longer than 10 MB") from error
    finally:
        stream.close()


def _line(source: SourceFile, number: int, line: str, named: Named) -> Iterator[Row]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield number, rejected(source.name, number, "label_row_json", line, reason=str(error)[:80])
        return
    if not isinstance(values, dict):
        yield number, rejected(source.name, number, "label_row_json", line, reason="not an object")
        return
    labels = next((values[name] for name in _LABELS if isinstance(values.get(name), list)), None)
    if labels is not None and "criterion" not in values:
        yield from ((number, row) for row in _doccano(values, labels))
        return
    if number == 1:
        require(source, list(values), named)
    yield number, values


def _doccano(values: Mapping[str, Any], labels: list[Any]) -> Iterator[dict[str, Any]]:
    """doccano keeps what it does not know as metadata, beside the label or under ``meta``."""
    meta = values.get("meta") if isinstance(values.get("meta"), dict) else {}
    known = {**(meta or {}), **{key: value for key, value in values.items() if key not in ("text", "meta", *_LABELS)}}
    for label in labels:
        criterion, colon, level = label.partition(":") if isinstance(label, str) else ("", "", "")
        yield {**known, "criterion": criterion if colon else "", "level": level}
    if not labels:
        yield {**known, "criterion": "", "level": ""}
