"""JSON lines: one object for each message, one on each line."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.importers.base import ReadOptions, Recognition, Sniff
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.lines import MAX_ROW_CHARS, Lines, LineTooLong, TextStream
from csqm_desktop.importers.objects import ObjectFile, Record
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard, Entries

_LONGEST_PRINTED = 200_000  # characters
_LENIENT = json.JSONDecoder(strict=False)


class JsonLines:
    """The importer of JSON lines."""

    name = "jsonl"
    endings = (".jsonl", ".ndjson", ".json", ".txt")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when the first lines are objects of their own."""
        if source.binary_kind is not None:
            return Sniff(0.0, "no")
        lines = [line for line in source.head_lines()[:20] if line.strip()]
        if not lines or not lines[0].lstrip().startswith("{"):
            return Sniff(0.0, "no")
        whole = sum(isinstance(_parse(line), dict) for line in lines)
        if whole * 2 > len(lines):
            # A single object may as well be a JSON file that holds an array.
            return Sniff(0.9 if whole > 1 else 0.8, "json_lines")
        if whole > 1:  # no other JSON has two whole objects on lines of their own
            return Sniff(0.88, "json_lines")
        return Sniff(0.2, "ending") if source.ending in (".jsonl", ".ndjson") else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> ObjectFile:
        """Open a file of JSON lines."""
        source.require_text()
        stream = TextStream(source, options.encoding)
        facts = Recognition(
            self.name, 0.0, "", source.size,
            encoding=stream.charset.name, encoding_reason=stream.charset.reason,
            encoding_sure=stream.charset.sure,
        )  # fmt: skip
        guard = DamageGuard(source, stream.charset.name)
        records = record_blocks(Lines(stream), source.name, guard)
        return ObjectFile(source, records, options, facts, lambda: stream.bytes_done, stream.close)


IMPORTER = JsonLines()
_MARK = "\x01csqm"
_MARK_BETWEEN = f",{json.dumps(_MARK)},"


def record_lines(lines: Lines, file: str, guard: DamageGuard) -> Iterator[Record | RejectedRow]:
    """Objects with their line numbers; each broken line is one rejection."""
    return Entries(record_blocks(lines, file, guard))


def record_blocks(lines: Lines, file: str, guard: DamageGuard) -> Iterator[Record | RejectedRow | list[Record]]:
    """The same; where all lines are whole, many objects at once."""
    row = 0
    while True:
        for records in _whole_lines(lines):
            guard.passed(len(records))
            yield list(enumerate(records, start=row + 1))
            row += len(records)
        row += 1
        try:
            line = next(lines)
        except StopIteration:
            return
        except LineTooLong as problem:
            limit = str(MAX_ROW_CHARS // (1024 * 1024))
            yield rejected(file, row, "row_too_long", problem.start, limit=limit)
            continue
        if line.isspace():
            continue
        if lines.stream.damaged and BAD_BYTE in line:
            yield guard.reject(row, line)
            continue
        guard.passed()
        yield _record(row, line, file)


def _whole_lines(lines: Lines) -> Iterator[list[dict[str, Any]]]:
    """The objects of all lines that are ready, as long as each line is one; anything else is left to be looked at.

    Read as one array with a mark between the lines: pieces of objects that only fit together have none there.
    """
    while not lines.stream.damaged and (block := lines.block()):
        values = _parse(f"[{_MARK_BETWEEN.join(block)}]")
        objects = values[::2] if isinstance(values, list) else []
        fine = len(objects) == len(block) and values[1::2] == [_MARK] * (len(block) - 1)
        if not fine or not all(isinstance(value, dict) for value in objects):
            lines.push(block)
            return
        yield objects


def _record(row: int, line: str, file: str) -> Record | RejectedRow:
    try:
        value = parsed_line(line)
    except RecursionError:
        return rejected(file, row, "row_json_deep", line)
    except json.JSONDecodeError as error:
        return rejected(file, row, "row_json", line, reason=f"{error.msg}, column {error.colno}")
    except ValueError as error:  # a number of thousands of digits
        return rejected(file, row, "row_json", line, reason=str(error).split(";")[0])
    if not isinstance(value, dict):
        return rejected(file, row, "row_not_object", line)
    return row, value


def parsed_line(line: str) -> Any:
    """The value of a line; control characters in texts and a comma after the value do no harm."""
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        try:
            value, end = _LENIENT.raw_decode(line, len(line) - len(line.lstrip()))
        except json.JSONDecodeError:
            value, end = None, 0
        if end and line[end:].strip() in ("", ","):
            return value
        if (value := _printed(line)) is not None:
            return value
        raise


def _printed(line: str) -> Any:
    """An object as Python prints it, with its own quotes; None for anything else."""
    if not line.lstrip().startswith("{'") or len(line) > _LONGEST_PRINTED:
        return None
    try:
        value = ast.literal_eval(line.strip())
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None
    return value if isinstance(value, dict) and all(isinstance(key, str) for key in value) else None


def _parse(line: str) -> Any:
    try:
        return parsed_line(line)
    except (ValueError, RecursionError):
        return None
