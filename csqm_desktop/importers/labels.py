"""Label files: one row says which level one reviewer gave one reply on one criterion (CSV or JSON lines)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.lines import Lines, LineTooLong, TextStream
from csqm_desktop.importers.records import as_text, clean, rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import TimeProblem, Times, parse_timezone

REQUIRED = ("conversation_id", "message_id", "criterion", "level")
OPTIONAL = ("reviewer", "reviewed_at", "comment", "root_cause", "better_reply", "scorecard_version")
NOT_APPLICABLE_WORDS = frozenset({"n/a", "na", "-", "not_applicable"})


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row of a label file."""

    row: int
    conversation_id: str
    message_id: str
    criterion: str
    level: str
    reviewer: str
    reviewed_at: datetime | None
    comment: str = ""
    root_causes: tuple[str, ...] = ()
    better_reply: str = ""
    scorecard_version: int | None = None

    @property
    def not_applicable(self) -> bool:
        """Whether the reviewer said that the criterion does not apply."""
        return self.level.lower() in NOT_APPLICABLE_WORDS


def read(path: Path | str, timezone: str | None = None) -> Iterator[LabelRow | RejectedRow]:
    """Rows of a label file in order; ``CsqmError`` when the file as a whole is unusable."""
    source = SourceFile.open(path)
    source.require_text()
    times = Times(parse_timezone(timezone), None)
    rows = _json_rows(source) if _is_json(source) else _csv_rows(source)
    for number, values in rows:
        yield values if isinstance(values, RejectedRow) else _label(source.name, number, values, times)


def _is_json(source: SourceFile) -> bool:
    return source.ending in (".jsonl", ".ndjson") or source.head_text().lstrip().startswith("{")


Row = tuple[int, Mapping[str, object] | RejectedRow]


def _csv_rows(source: SourceFile) -> Iterator[Row]:
    stream = TextStream(source)
    try:
        first = (source.head_lines() or [""])[0]
        delimiter = max(",;\t|", key=first.count)
        reader = csv.reader(_plain_lines(source, stream), delimiter=delimiter)
        header = [name.strip().lower() for name in next(reader, [])]
        _require(source, header)
        for cells in reader:
            if any(cells):
                yield reader.line_num, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        raise CsqmError("labels_broken", file=str(source.path), reason=str(error)) from error
    finally:
        stream.close()


def _plain_lines(source: SourceFile, stream: TextStream) -> Iterator[str]:
    try:
        yield from Lines(stream)
    except LineTooLong as error:
        raise CsqmError("labels_broken", file=str(source.path), reason="a line is longer than 10 MB") from error


def _json_rows(source: SourceFile) -> Iterator[Row]:
    stream = TextStream(source)
    try:
        for number, line in enumerate(_plain_lines(source, stream), start=1):
            if not line.strip():
                continue
            try:
                values = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, rejected(source.name, number, "label_row_json", line, reason=str(error)[:80])
                continue
            if not isinstance(values, dict):
                yield number, rejected(source.name, number, "label_row_json", line, reason="not an object")
                continue
            if number == 1:
                _require(source, list(values))
            yield number, values
    finally:
        stream.close()


def _require(source: SourceFile, header: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise CsqmError(
            "labels_columns_missing", file=str(source.path), missing=", ".join(missing), found=", ".join(header)[:200]
        )


def _label(file: str, number: int, values: Mapping[str, object], times: Times) -> LabelRow | RejectedRow:
    raw = {name: as_text(values.get(name, "")) for name in REQUIRED + OPTIONAL}
    text = {name: clean(value).strip() for name, value in raw.items()}
    if any(BAD_BYTE in value for value in raw.values()):
        return rejected(file, number, "label_row_encoding", list(raw.values()))
    for name in REQUIRED:
        if not text[name]:
            return rejected(file, number, "label_value_missing", list(text.values()), field=name)
    try:
        reviewed = times.parse(text["reviewed_at"]) if text["reviewed_at"] else None
    except TimeProblem:
        return rejected(file, number, "label_time", list(text.values()), value=text["reviewed_at"][:60])
    version = text["scorecard_version"]
    return LabelRow(
        row=number,
        conversation_id=text["conversation_id"],
        message_id=text["message_id"],
        criterion=text["criterion"],
        level=text["level"],
        reviewer=text["reviewer"],
        reviewed_at=reviewed,
        comment=text["comment"],
        root_causes=tuple(part.strip() for part in text["root_cause"].split(";") if part.strip()),
        better_reply=text["better_reply"],
        scorecard_version=int(version) if version.isdecimal() else None,
    )
