"""JSON exports of help desks: records wherever a product's API nests them, and a common shape for their readers.

A reader (``JsonLayout``) names the arrays whose elements are its records; they are read one by one from a JSON
document, from JSON lines, or from pages of an API response. What a top level object holds beside them comes last,
as a record with an empty key: a file may well be one single conversation.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.json_lines import parsed_line, record_lines
from csqm_desktop.importers.json_text import JsonText, TooDeep
from csqm_desktop.importers.lines import MAX_ROW_CHARS, Lines, TextStream
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow, text_file
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard

WRAPPERS = frozenset({"data", "payload", "result", "results", "response"})
SAMPLE_RECORDS = 40
CERTAIN = 0.97
LEAST_SHARE = 0.6  # of the first records must be of a layout

Found = tuple[int, str, dict[str, Any]]  # place in the file, name of the array, record


@dataclass(frozen=True, slots=True)
class Sample:
    """The first records of a file under any array name."""

    records: tuple[Found, ...]
    lines: bool


class Converter(ABC):
    """Turns the records of one file into neutral rows; ``learn`` sees all of them before, if ``two_passes``."""

    two_passes = False

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        self.source = source
        self.options = options

    def learn(self, key: str, record: dict[str, Any], /) -> None:  # noqa: B027 -- most layouts need no first pass
        """Remember what later records are needed for."""

    @abstractmethod
    def rows(self, key: str, record: dict[str, Any], /) -> Iterator[dict[str, Any]]:
        """The messages of one record as dicts of neutral fields."""


class JsonLayout(ABC):
    """The importer of one product's JSON."""

    name = ""
    endings: tuple[str, ...] = (".json", ".jsonl", ".ndjson", ".txt")
    arrays: frozenset[str] = frozenset()
    zone: str | None = "UTC"  # of times without an offset
    notices = False
    least_share = LEAST_SHARE
    wrappers: frozenset[str] = WRAPPERS  # objects that are entered
    entered: frozenset[str] = frozenset()  # arrays of objects that are entered in their turn: too long to be held
    converter: type[Converter]

    @abstractmethod
    def evidence(self, key: str, record: dict[str, Any], /) -> str:
        """Which of its field names show that a record is of this layout; empty when it is not."""

    def is_whole(self, record: dict[str, Any]) -> bool:
        """Whether an object is a record itself although it holds one of the arrays."""
        return "id" in record

    def stands_alone(self, _source: SourceFile) -> bool:
        """Whether each record holds all that it takes to read it, so that one pass will do."""
        return False

    def converting(self, source: SourceFile, options: ReadOptions) -> Converter:
        """The converter of one file."""
        return self.converter(source, options)

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when most of the first records have this layout's fields."""
        groups: dict[str, list[str]] = {}
        for _, key, record in sample(source).records:
            groups.setdefault(key, []).append(self.evidence(key, record))
        best = max(groups.values(), key=_fitting, default=[])
        fits = _fitting(best)
        if not fits or fits < self.least_share * len(best):
            return Sniff(0.0, "no")
        return Sniff(CERTAIN, "layout", tuple(dict.fromkeys(filter(None, best)))[:3])

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open a file in this layout."""
        source.require_text()
        converter = self.converting(source, options)
        if converter.two_passes and not self.stands_alone(source):
            stream = TextStream(source, options.encoding)
            try:
                for found in records(source, stream, self):
                    if not isinstance(found, RejectedRow):
                        converter.learn(found[1], found[2])
            finally:
                stream.close()

        def rows(stream: TextStream) -> Iterator[NeutralRow | RejectedRow]:
            return _rows(records(source, stream, self), converter)

        return text_file(self.name, source, options, rows, self.zone, self.notices)


def _fitting(evidence: list[str]) -> int:
    return sum(map(bool, evidence))


def _rows(found: Iterator[Found | RejectedRow], converter: Converter) -> Iterator[NeutralRow | RejectedRow]:
    for item in found:
        if isinstance(item, RejectedRow):
            yield item
            continue
        row, key, record = item
        for values in converter.rows(key, record):
            yield row, values


def sample(source: SourceFile) -> Sample:
    """The first records of a file, worked out once for all layouts."""
    if "json" not in source.cache:
        source.cache["json"] = _sample(source)
    found = source.cache["json"]
    return found if isinstance(found, Sample) else Sample((), False)


def sample_text(source: SourceFile) -> str:
    """The beginning of a file that may be JSON; empty when it is anything else."""
    if source.binary_kind is not None:
        return ""
    text = source.head_text()
    return text if text.lstrip()[:1] in ("{", "[") else ""


def _sample(source: SourceFile) -> Sample:
    text = sample_text(source)
    if not text:
        return Sample((), False)
    lines = holds_lines(source)
    taken: list[Found] = []
    counts: Counter[str] = Counter()
    try:
        for item in _sampled(source, text, lines):
            counts[item[1]] += 1
            if counts[item[1]] <= SAMPLE_RECORDS:  # a long list must not hide what comes after it
                taken.append(item)
    except CsqmError:
        pass  # the text is only a beginning
    return Sample(tuple(taken), lines)


def _sampled(source: SourceFile, text: str, lines: bool) -> Iterator[Found]:
    if not lines or not source.head_lines()[0].endswith("\n"):
        walk = _Walk(JsonText(Beginning(source, text)), _any, partial(_unpacked, wanted=_any), eager=True)
        yield from (item for item in walk.documents() if not isinstance(item, RejectedRow))
        return
    for number, line in enumerate(source.head_lines()[:SAMPLE_RECORDS], start=1):
        value = _parsed(line)
        if isinstance(value, dict):
            yield from _unpacked(number, value, _any)


def holds_lines(source: SourceFile) -> bool:
    """Whether the file is JSON lines: its first line is one whole object and another follows, or ends the file."""
    lines = [line for line in source.head_lines()[:50] if line.strip()]
    if len(lines) == 1 and not source.head_is_all and not lines[0].endswith("\n"):
        return lines[0].lstrip().startswith("{") and _goes_on(source)
    if not lines or not isinstance(_parsed(lines[0]), dict):
        return False
    return len(lines) == 1 or lines[1].lstrip().startswith("{")


def _goes_on(source: SourceFile) -> bool:
    """Whether a first line that is longer than the head is followed by another object."""
    with source.path.open("rb") as stream:
        start = stream.read(MAX_ROW_CHARS)
    end = start.find(b"\n")
    return end >= 0 and start[end : end + 100].strip().startswith(b"{")


def _any(_key: str) -> bool:
    return True


def _parsed(line: str) -> Any:
    try:
        return parsed_line(line)
    except (ValueError, RecursionError):
        return None


def records(source: SourceFile, stream: TextStream, layout: JsonLayout) -> Iterator[Found | RejectedRow]:
    """All records of a file: elements of the layout's arrays, and what the objects around them hold."""

    def unpack(row: int, record: dict[str, Any]) -> Iterator[Found]:
        if layout.is_whole(record):
            return iter([(row, "", record)])
        return _unpacked(row, record, wanted)

    wanted = layout.arrays.__contains__
    guard = DamageGuard(source, stream.charset.name)
    if not holds_lines(source):
        walk = _Walk(JsonText(stream), wanted, unpack, guard=guard, file=source.name)
        walk.wrappers, walk.entered = layout.wrappers, layout.entered
        yield from walk.documents()
        return
    for entry in record_lines(Lines(stream), source.name, guard):
        if isinstance(entry, RejectedRow):
            yield entry
        else:
            yield from unpack(entry[0], entry[1])


def _unpacked(row: int, record: dict[str, Any], wanted: Callable[[str], bool]) -> Iterator[Found]:
    """The records in an object that is in memory already."""
    rest: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, list) and wanted(key) and any(isinstance(item, dict) for item in value):
            yield from ((row, key, item) for item in value if isinstance(item, dict))
        elif (key in WRAPPERS or is_page(key, value)) and isinstance(value, dict):
            yield from _unpacked(row, value, wanted)
        else:
            rest[key] = value
    if rest:
        yield row, "", rest


def is_page(key: str, value: object) -> bool:
    """Whether an object holds the records of a page, as Help Scout and its kin write it."""
    return key == "_embedded" and isinstance(value, dict) and isinstance(value.get("conversations"), list)


class Beginning(TextStream):
    """The start of a file in place of its stream."""

    def __init__(self, source: SourceFile, text: str) -> None:
        self.source = source
        self.damaged = False
        self._start = text

    def read(self) -> str:
        """The whole of it, then nothing."""
        text, self._start = self._start, ""
        return text


class _Walk:
    """Walks through one JSON text. ``eager`` gives what was read of an object even when it is cut off."""

    def __init__(
        self,
        text: JsonText,
        wanted: Callable[[str], bool],
        unpack: Callable[[int, dict[str, Any]], Iterator[Found]],
        eager: bool = False,
        guard: DamageGuard | None = None,
        file: str = "",
    ) -> None:
        self._text = text
        self._wanted = wanted
        self._unpack = unpack
        self._eager = eager
        self._guard = guard
        self._file = file
        self._row = 0
        self.wrappers = WRAPPERS
        self.entered: frozenset[str] = frozenset()

    def documents(self) -> Iterator[Found | RejectedRow]:
        """The records of all documents in the text, mostly one."""
        while self._text.peek():
            if self._text.skip("["):
                yield from self._array("")
            elif self._text.skip("{"):
                yield from self._object()
            else:
                raise self._text.broken("expected [ or {")

    def _object(self) -> Iterator[Found | RejectedRow]:
        rest: dict[str, Any] = {}
        try:
            yield from self._members(rest)
        except CsqmError:
            if self._eager and rest:
                yield self._row, "", rest
            raise
        if rest:
            yield max(self._row, 1), "", rest

    def _members(self, rest: dict[str, Any]) -> Iterator[Found | RejectedRow]:
        text = self._text
        for key in text.members():
            if self._wanted(key) and text.skip("["):
                yield from self._array(key)
            elif key in self.wrappers and text.skip("{"):
                yield from self._object()
            elif key in self.entered and text.skip("["):
                yield from self._entered()
            else:
                value = text.value()
                if is_page(key, value):
                    yield from _unpacked(max(self._row, 1), value, self._wanted)
                else:
                    rest[key] = value

    def _entered(self) -> Iterator[Found | RejectedRow]:
        """The records in each object of an array."""
        text = self._text
        while not text.skip("]"):
            if text.skip("{"):
                yield from self._object()
            else:
                text.value()
            if text.peek() != "]":
                text.expect(",")

    def _array(self, key: str) -> Iterator[Found | RejectedRow]:
        text = self._text
        while not text.skip("]"):
            self._row += 1
            text.row = self._row
            value = text.value()
            if text.stream.damaged and self._guard and BAD_BYTE in text.raw():
                yield self._guard.reject(self._row, text.raw())
            elif isinstance(value, dict):
                if self._guard:
                    self._guard.passed()
                yield from self._unpack(self._row, value) if not key else [(self._row, key, value)]
            elif isinstance(value, TooDeep):
                yield rejected(self._file, self._row, "row_json_deep", text.raw())
            elif not key:
                yield rejected(self._file, self._row, "row_not_object", text.raw())
            if text.peek() != "]":
                text.expect(",")
