"""JSON files: an array of messages, or an object that holds one somewhere; read element by element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import mapping as columns
from csqm_desktop.importers.base import ReadOptions, Recognition, Sniff
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.json_text import JsonText
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
            return Sniff(0.85 if _holds_array(text) else 0.5, "json_records")
        return Sniff(0.2, "ending") if source.ending == ".json" else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> ObjectFile:
        """Open a JSON file and find its array of messages."""
        source.require_text()
        text = _located(source, options, picky=True) or _located(source, options, picky=False)
        if text is None:
            raise CsqmError("import_json_no_records", file=str(source.path))
        stream = text.stream
        facts = Recognition(
            self.name, 0.0, "", source.size,
            encoding=stream.charset.name, encoding_reason=stream.charset.reason,
            encoding_sure=stream.charset.sure,
        )  # fmt: skip
        records = _elements(text, source.name, DamageGuard(source, stream.charset.name))
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


def _elements(text: JsonText, file: str, guard: DamageGuard) -> Iterator[Record | RejectedRow]:
    """The elements of the array, counted from 1."""
    row = 0
    while not text.skip("]"):
        row += 1
        text.row = row
        value = text.value()
        if text.stream.damaged and BAD_BYTE in text.raw():
            yield guard.reject(row, text.raw())
        elif isinstance(value, dict):
            guard.passed()
            yield row, value
        else:
            yield rejected(file, row, "row_not_object", text.raw())
        if text.peek() != "]":
            text.expect(",")


def _located(source: SourceFile, options: ReadOptions, picky: bool) -> JsonText | None:
    """A text positioned at the first element of the array of messages, None when there is none.

    ``picky`` takes only an array whose first element has the columns of messages; else any array of objects
    will do, so that a person can say which column is which.
    """
    text = JsonText(TextStream(source, options.encoding))
    try:
        if text.skip("[") or (text.skip("{") and _search(text, options, picky, 1)):
            return text
        if text.peek() not in ("", "}"):
            raise text.broken("expected [ or {")
    except BaseException:
        text.stream.close()
        raise
    text.stream.close()
    return None


def _search(text: JsonText, options: ReadOptions, picky: bool, depth: int) -> bool:
    """Walk through an object; stop inside the array of messages."""
    while not text.skip("}"):
        if text.peek() != '"':
            raise text.broken("expected a key")
        text.value()
        text.expect(":")
        if text.skip("["):
            if _is_wanted(text, options, picky):
                return True
            _leave_array(text)
        elif depth < SEARCH_DEPTH and text.skip("{"):
            if _search(text, options, picky, depth + 1):
                return True
        else:
            text.value()
        if text.peek() != "}":
            text.expect(",")
    return False


def _is_wanted(text: JsonText, options: ReadOptions, picky: bool) -> bool:
    """Whether the array entered just now holds messages; stays before its first element."""
    if text.peek() != "{":
        return False
    first = text.value()
    text.again()
    return not picky or _has_columns(first, options)


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
