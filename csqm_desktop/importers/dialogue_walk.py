"""Conversations wherever a dialogue file nests them: in arrays, under their ids, by parts or by documents.

Only one conversation is in memory. What is looked for is an object that holds a list of turns; objects around it give
it their key as a name, which often is its only id.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.dialogue_rows import Found, own_id
from csqm_desktop.importers.dialogue_turns import (
    Turn,
    bare_turns,
    begins_turns,
    is_keyed_turn,
    is_list_name,
    is_loose,
    is_made_up,
    loose_turns,
    turns_of,
)
from csqm_desktop.importers.dialogue_words import HEADS, PEOPLE
from csqm_desktop.importers.json_lines import record_lines
from csqm_desktop.importers.json_text import JsonText, TooDeep
from csqm_desktop.importers.json_walk import holds_lines
from csqm_desktop.importers.lines import Lines, TextStream
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard
from csqm_desktop.importers.words import normal

MAX_DEPTH = 7
_WRAPPERS = frozenset({"chat", "conversation", "dialog", "dialogue", "data", "thread", "session", "content"})
_COLLECTIONS = "__collections__"  # what Firestore's exports put between a document and what belongs to it
_MOST_WITHOUT = 1000  # elements that are remembered before the first conversation of their list
_EMPTY = ("", "[]", "{}")  # lists as text
_FEW = 3  # facts of an object that belong to the one around it

Record = dict[str, Any]


def conversations(source: SourceFile, stream: TextStream, guard: DamageGuard) -> Iterator[Found | RejectedRow]:
    """All conversations of a file; broken lines of JSON lines are rejections."""
    if not holds_lines(source):
        yield from Walk(JsonText(stream)).documents()
        return
    for entry in record_lines(Lines(stream), source.name, guard):
        if isinstance(entry, RejectedRow):
            yield entry
        else:
            yield from _told(source.name, entry[0], entry[1])


def _told(file: str, row: int, value: object, bare: bool = False) -> Iterator[Found | RejectedRow]:
    """The conversations of a line or of an element of the file's array; one that says anything else is a rejection."""
    found = False
    for talk in searched(row, "", value, int(bare), bare, file):
        found = True
        yield talk
    if not found and not _is_silent(value):
        yield rejected(file, row, "row_value_missing", value, field="text")


def _is_silent(value: object) -> bool:
    """Whether there is nothing in a value, or a conversation in which nobody has said anything."""
    if not isinstance(value, dict):
        return not value
    lists = [inner for name, inner in value.items() if is_list_name(name)]
    if not lists:
        return not value
    return all(not inner or (isinstance(inner, str) and inner.strip() in _EMPTY) for inner in lists)


class _Told:
    """The conversations in the elements of a named list, which may be a list of anything.

    An element without one is a rejection as soon as another has one.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._holds_talks = False
        self._without: list[RejectedRow] = []

    def said(self, row: int, value: object, depth: int = 1, bare: bool = False) -> Iterator[Found | RejectedRow]:
        """What one element holds."""
        holds = False
        for talk in searched(row, "", value, depth, bare, self._file):
            self._holds_talks = holds = True
            yield from self._without
            self._without.clear()
            yield talk
        if not holds and isinstance(value, dict) and not _is_silent(value) and len(self._without) < _MOST_WITHOUT:
            self._without.append(rejected(self._file, row, "row_value_missing", value, field="text"))
        if self._holds_talks:
            yield from self._without
            self._without.clear()


def searched(
    row: int, key: str, value: object, depth: int = 0, bare: bool = False, file: str = ""
) -> Iterator[Found | RejectedRow]:
    """The conversations in a value that is in memory; ``bare`` ones are lists that lie in nothing but lists."""
    if isinstance(value, list):
        if bare and (turns := bare_turns(value)):
            yield row, "", {"turns": value}, turns
        elif depth < MAX_DEPTH:
            told = _Told(file)
            for item in value:
                yield from told.said(row, item, depth + 1, bare)
    elif isinstance(value, dict):
        yield from _searched_object(row, key, value, depth, file)


def _searched_object(row: int, key: str, given: Record, depth: int, file: str) -> Iterator[Found | RejectedRow]:
    record = {name: as_list(inner) for name, inner in given.items()}
    if turns := turns_of(record):
        yield row, key, record, turns
        return
    for name, inner in record.items() if depth < MAX_DEPTH else ():
        if isinstance(inner, list) and (turns := keyed_talk(name, inner)):
            yield row, *_known_by(name, record), turns
        elif isinstance(inner, dict | list):
            yield from searched(row, _name_for(record, name, inner), inner, depth + 1, file=file)


def as_list(value: Any) -> Any:
    """Messages under made up keys as a list, other values as they are."""
    if not isinstance(value, dict) or not value:
        return value
    if not all(isinstance(inner, dict) and is_keyed_turn(name, inner) for name, inner in value.items()):
        return value
    return [{"id": name, **inner} for name, inner in value.items()]


def keyed_talk(key: str, items: list[Any]) -> list[Turn]:
    """The turns of a list that lies under the name of its conversation; none for any other list."""
    first = items[0] if items and not is_list_name(key) else None
    if not isinstance(first, dict) or not (is_loose(first) or ("id" in first and is_keyed_turn("0", first))):
        return []
    return loose_turns(items)


def _known_by(key: str, around: Record) -> tuple[str, Record]:
    """What a list of turns is known by: the id beside it, or its key, unless that is the name of a field."""
    if (own := own_id(around)) and not is_made_up(key):
        return "", {own[0]: own[1]}
    return (key if is_made_up(key) else ""), {}


def _name_for(around: Record, name: str, inner: object) -> str:
    """What a conversation within an object is called: by its key, or by the object's id if its key says nothing."""
    if not isinstance(inner, dict):
        return ""
    own = own_id(around) if normal(name) in _WRAPPERS else None
    return own[1] if own else name


class Walk:
    """Walks through one JSON text. ``eager`` gives what was read of a conversation even when it is cut off."""

    def __init__(self, text: JsonText, eager: bool = False) -> None:
        self._text = text
        self._eager = eager
        self._row = 0

    def documents(self) -> Iterator[Found | RejectedRow]:
        """The conversations of all documents in the text, mostly one."""
        text = self._text
        while text.peek():
            if text.skip("["):
                yield from self._document()
            elif text.skip("{"):
                yield from self._object("", 1)
            elif not text.skip(";"):
                raise text.broken("expected [ or {")

    def _document(self) -> Iterator[Found | RejectedRow]:
        """An array that is the file: of conversations, or of the turns of one."""
        text = self._text
        first = text.value() if text.peek() == "{" else None
        if first is None or not is_loose(first):
            if first is not None:
                text.again()
            yield from self._elements(bare=True)
            return
        text.again()
        kept: list[Any] = []
        try:
            self._keep(kept)
        except CsqmError:
            if self._eager and (turns := loose_turns(kept)):
                yield 1, "", {}, turns
            raise
        if turns := loose_turns(kept):
            yield 1, "", {}, turns

    def _elements(self, bare: bool = False) -> Iterator[Found | RejectedRow]:
        text, told = self._text, _Told(self._text.stream.source.name)
        while not text.skip("]"):
            self._row += 1
            text.row = self._row
            if self._eager and text.skip("{"):
                yield from self._object("", 1)
            elif isinstance(value := text.value(), TooDeep):
                yield rejected(text.stream.source.name, self._row, "row_json_deep", text.raw())
            elif bare:
                yield from _told(text.stream.source.name, self._row, value, bare)
            else:
                yield from told.said(self._row, value)
            if text.peek() != "]":
                text.expect(",")

    def _object(self, key: str, depth: int) -> Generator[Found | RejectedRow, None, Any]:
        """The conversations in an object; what it gives back is for the object around it: facts, a turn, or turns."""
        rest: Record = {}
        keyed: Record = {}
        try:
            yield from self._members(key, rest, keyed, depth)
        except CsqmError:
            if self._eager and (turns := turns_of(rest) or loose_turns(list(keyed.values()))):
                yield self._row, key, rest, turns
            raise
        listed = [{"id": name, **inner} for name, inner in keyed.items()]
        if listed and is_list_name(key):
            return listed
        if turns := turns_of(rest) or loose_turns(listed):
            if key or not self._row:
                self._row += 1
            yield self._row, key, rest, turns
            return None
        return rest

    def _members(self, around: str, rest: Record, keyed: Record, depth: int) -> Iterator[Found | RejectedRow]:
        text = self._text
        for key in text.members():
            if text.skip("["):
                yield from self._list(key, rest)
            elif depth < MAX_DEPTH and text.skip("{"):
                inner = yield from self._object(around if key == _COLLECTIONS else key, depth + 1)
                if isinstance(inner, dict) and is_keyed_turn(key, inner):
                    keyed[key] = inner
                elif key == _COLLECTIONS and isinstance(inner, dict):
                    rest |= {name: value for name, value in inner.items() if isinstance(value, list)}
                elif inner and (isinstance(inner, list) or len(inner) <= _FEW or normal(key) in HEADS):
                    rest[key] = inner
            else:
                rest[key] = text.value()

    def _list(self, key: str, rest: Record) -> Iterator[Found | RejectedRow]:
        """A list of turns is kept, any other is looked through."""
        text = self._text
        if text.peek() in ("]", ""):
            text.expect("]")
            return
        first = text.value()
        text.again()
        kept: list[Any] = []
        if begins_turns(key, first) or normal(key) in PEOPLE:
            rest[key] = kept
            self._keep(kept)
        elif isinstance(first, dict) and keyed_talk(key, [first]):
            self._keep(kept)
            self._row += 1
            yield self._row, *_known_by(key, rest), keyed_talk(key, kept)
        else:
            yield from self._elements()

    def _keep(self, kept: list[Any]) -> None:
        """The rest of a list; what was read stays where the text ends early."""
        text = self._text
        while not text.skip("]"):
            kept.append(text.value())
            if text.peek() != "]":
                text.expect(",")
