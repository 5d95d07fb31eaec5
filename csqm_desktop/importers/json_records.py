"""JSON files: an array of messages, or an object that holds one somewhere; read element by element."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import mapping as columns
from csqm_desktop.importers.base import ReadOptions, Recognition, Sniff
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.json_text import JsonText, TooDeep
from csqm_desktop.importers.lines import TextStream
from csqm_desktop.importers.objects import ObjectFile, Record, flat
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard

SEARCH_DEPTH = 5  # how deep in an object the array of messages is looked for


class JsonRecords:
    """The importer of JSON arrays."""

    name = "json"
    endings = (".json", ".txt")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when the text begins like an array of objects or like an object that holds one."""
        if source.binary_kind is not None:
            return Sniff(0.0, "no")
        text = source.head_text().lstrip()
        inside = text[1:1000].lstrip()[:1]
        if text.startswith("[") and inside in ("{", "]", "["):
            return Sniff(0.9 if inside != "[" else 0.3, "json_records")
        if text.startswith("{") and inside == '"':
            return Sniff(0.85 if _holds_array(text) else 0.35, "json_records")
        return Sniff(0.2, "ending") if source.ending == ".json" else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> ObjectFile:
        """Open a JSON file and find its array of messages."""
        source.require_text()
        wanted = _first_wanted(source, options)
        if wanted is None:
            raise CsqmError("import_json_no_records", file=str(source.path))
        text = JsonText(TextStream(source, options.encoding))
        stream = text.stream
        facts = Recognition(
            self.name, 0.0, "", source.size,
            encoding=stream.charset.name, encoding_reason=stream.charset.reason,
            encoding_sure=stream.charset.sure,
        )  # fmt: skip
        records = iter(_Arrays(text, source.name, DamageGuard(source, stream.charset.name), wanted))
        return ObjectFile(source, records, options, facts, lambda: stream.bytes_done, stream.close)


IMPORTER = JsonRecords()


def _holds_array(text: str) -> bool:
    """Whether an array of objects begins within the text."""
    at = text.find("[")
    while at >= 0:
        if text[at + 1 : at + 1000].lstrip().startswith("{"):
            return True
        at = text.find("[", at + 1)
    return False


class _Arrays:
    """All arrays of a file whose elements are like those of the first, in all its documents."""

    def __init__(self, text: JsonText, file: str, guard: DamageGuard, wanted: Callable[[dict[str, Any]], bool]) -> None:
        self._text = text
        self._file = file
        self._guard = guard
        self._wanted = wanted
        self._row = 0

    def __iter__(self) -> Iterator[Record | RejectedRow]:
        text = self._text
        while text.peek():
            if text.skip("["):
                yield from self._tables() if _begins_with(text, _is_dump) else self._elements()
            elif text.skip("{"):
                yield from self._members(1)
            elif not text.skip(";"):  # the end of a script
                raise text.broken("expected [ or {")

    def _members(self, depth: int) -> Iterator[Record | RejectedRow]:
        text = self._text
        for _ in text.members():
            if text.skip("["):
                if _begins_with(text, self._wanted):
                    yield from self._elements()
                else:
                    _leave_array(text)
            elif depth < SEARCH_DEPTH and text.skip("{"):
                yield from self._members(depth + 1)
            else:
                text.value()

    def _tables(self) -> Iterator[Record | RejectedRow]:
        """The rows of the tables of a database's dump, each in an object of its own."""
        text = self._text
        while not text.skip("]"):
            if text.skip("{"):
                yield from self._members(1)
            else:
                text.value()
            if text.peek() != "]":
                text.expect(",")

    def _elements(self) -> Iterator[Record | RejectedRow]:
        """The elements of one array; rows are counted over all of them."""
        text = self._text
        while not text.skip("]"):
            self._row += 1
            text.row = self._row
            value = text.value()
            if text.stream.damaged and BAD_BYTE in text.raw():
                yield self._guard.reject(self._row, text.raw())
            elif isinstance(value, dict):
                self._guard.passed()
                yield self._row, value
            elif isinstance(value, TooDeep):
                yield rejected(self._file, self._row, "row_json_deep", text.raw())
            else:
                yield rejected(self._file, self._row, "row_not_object", text.raw())
            if text.peek() != "]":
                text.expect(",")


def _first_wanted(source: SourceFile, options: ReadOptions) -> Callable[[dict[str, Any]], bool] | None:
    """What tells the arrays of messages, None when there is no array of objects.

    Preferred are arrays whose first element has the columns of messages. Else those like the first array of objects
    will do, so that a person can say which column is which.
    """
    found = _located(source, options, lambda record: _has_columns(record, options))
    if found is not None:
        return lambda record: _has_columns(record, options)
    first = _located(source, options, bool)
    if first is None:
        return None
    keys = first.keys()
    return lambda record: record.keys() == keys


def _located(
    source: SourceFile, options: ReadOptions, wanted: Callable[[dict[str, Any]], bool]
) -> dict[str, Any] | None:
    """The first element of the first wanted array; an array that is the file itself needs no reason."""
    text = JsonText(TextStream(source, options.encoding))
    try:
        if text.skip("["):
            return _searched_tables(text, wanted) if _begins_with(text, _is_dump) else {}
        if text.skip("{"):
            return _search(text, wanted, 1)
        if text.peek():
            raise text.broken("expected [ or {")
        return None
    finally:
        text.stream.close()


def _is_dump(record: dict[str, Any]) -> bool:
    """The head of what phpMyAdmin writes: ``[{"type": "header", …}, {"type": "table", "name": …, "data": […]}]``."""
    return record.get("type") == "header" and "version" in record


def _searched_tables(text: JsonText, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
    while not text.skip("]"):
        if text.skip("{"):
            if (found := _search(text, wanted, 1)) is not None:
                return found
        else:
            text.value()
        if text.peek() != "]":
            text.expect(",")
    return None


def _search(text: JsonText, wanted: Callable[[dict[str, Any]], bool], depth: int) -> dict[str, Any] | None:
    """Walk through an object; stop at the first element of a wanted array."""
    for _ in text.members():
        if text.skip("["):
            if _begins_with(text, wanted):
                first: dict[str, Any] = text.value()
                return first
            _leave_array(text)
        elif depth < SEARCH_DEPTH and text.skip("{"):
            if (found := _search(text, wanted, depth + 1)) is not None:
                return found
        else:
            text.value()
    return None


def _begins_with(text: JsonText, wanted: Callable[[dict[str, Any]], bool]) -> bool:
    """Whether the array entered just now begins with a wanted object; stays before it."""
    if text.peek() != "{":
        return False
    first = text.value()
    text.again()
    return wanted(first)


def _has_columns(record: dict[str, Any], options: ReadOptions) -> bool:
    headers = list(flat(record))
    if options.mapping is not None and options.mapping.fields:
        return all(column in headers for column in options.mapping.fields.values() if column)
    return not columns.guess(headers, [list(flat(record).values())]).missing


def _leave_array(text: JsonText) -> None:
    """Read to the end of an array that is of no interest."""
    while not text.skip("]"):
        text.value()
        if text.peek() != "]":
            text.expect(",")
