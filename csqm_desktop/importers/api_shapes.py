"""Chats of products whose API gives one object for each message: a reader is a class that says which field is which.

Paths are dotted (``sender.n``). Messages stand alone in an array or in a list within their conversation; the latter's
own first text (a ticket's description) counts as its first message. Where nothing but names says who is who, the
custom of plain chats decides (``chat_text.People``). A conversation's messages are given in the order of their times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.casts import Casts
from csqm_desktop.importers.chat_text import MAX_NAMES, People
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import content_id, file_names, key_of, mapping_of, objects_of
from csqm_desktop.importers.source import SourceFile

_MOST_FACTS = 1000

Record = dict[str, Any]
Paths = tuple[str, ...]


def at(record: object, path: str) -> Any:
    """What lies at a dotted path; None where it ends early."""
    for part in path.split("."):
        record = mapping_of(record).get(part)
    return record


def first(record: object, paths: Paths) -> Any:
    """The first value that is there and not empty."""
    return next((value for path in paths if (value := at(record, path)) not in (None, "", [], {})), None)


def full_name(person: object) -> str:
    """What somebody is called, in the ways that APIs write it; an id where nothing else is there."""
    if not isinstance(person, dict):
        return key_of(person)
    whole = first(person, ("name", "displayName", "nickname", "username"))
    parts = [first(person, ("firstName", "first_name", "first")), first(person, ("lastName", "last_name", "last"))]
    joined = " ".join(key_of(part) for part in parts if part)
    return key_of(whole) or joined or key_of(first(person, ("email", "id")))


class ApiShape(JsonLayout):
    """One product's shape. Values of ``role`` that ``roles`` does not know are refused with their value."""

    signs: Paths = ()  # a message has all of them
    inner: Paths = ()  # where a conversation holds its messages
    conversation: Paths = ()  # of a message
    outer: Paths = ("id",)  # a conversation's own id
    message: Paths = ("id",)
    sent: Paths = ()
    text: Paths = ()
    html = False
    sender: Paths = ()
    role: Paths = ()
    roles: ClassVar[Mapping[str, Role]] = {}
    by_name = False  # roles come from names alone
    each = False  # with it: a file has many conversations, each with people of its own
    sorts = True  # whether times sort as texts do
    channel = ""  # the product's name where it is empty
    files: Paths = ("attachments",)
    file_keys: Paths = ("name", "fileName", "filename", "url")

    def converting(self, source: SourceFile, options: ReadOptions) -> Converter:
        """The converter of a file in this shape."""
        return _Messages(source, options, self)

    def is_whole(self, record: Record) -> bool:
        """A conversation with its messages, or a message."""
        return bool(self.messages(record)) or self.is_message(record)

    def is_message(self, record: Record) -> bool:
        """Whether an object is a message of this shape."""
        return bool(self.signs) and all(_holds(record, sign) for sign in self.signs)

    def messages(self, record: Record) -> list[Record]:
        """The messages that a conversation holds."""
        return next((found for path in self.inner if (found := objects_of(at(record, path)))), [])

    def evidence(self, _key: str, record: Record, /) -> str:
        """The signs, of a message or of most messages in a conversation."""
        record = self.opened(record)
        inner = self.messages(record)
        fitting = sum(map(self.is_message, inner))
        if (inner and fitting * 2 >= len(inner)) or (not inner and self.is_message(record)):
            return ", ".join(self.signs)
        return ""

    def opened(self, record: Record, /) -> Record:
        """The record itself where an object is wrapped around it."""
        return record

    def start(self, _record: Record, /) -> Record | None:
        """A conversation's own text as a message, None where it has none."""
        return None

    def wanted(self, _message: Record, /) -> bool:
        """Whether somebody wrote this; what is left out only tells of a state."""
        return True

    def told(self, message: Record, _talk: Record, /) -> Role | str:
        """Whose words these are, else the value that nobody knows."""
        value = first(message, self.role)
        word = key_of(value).casefold()
        return self.roles.get(word, key_of(value))

    def private(self, _message: Record, /) -> bool:
        """Whether the customer never saw it."""
        return False

    def content(self, message: Record, /) -> str:
        """What was said, as plain text."""
        value = first(message, self.text)
        return "" if value is None else html_to_text(key_of(value)) if self.html else key_of(value)

    def attached(self, message: Record, /) -> list[str]:
        """Names of files."""
        return [name for path in self.files for name in file_names(_listed(at(message, path)), *self.file_keys)]

    def moment(self, message: Record, /) -> object:
        """When it was said, as the file writes it or as a time."""
        return first(message, self.sent)

    def speaker(self, message: Record, _talk: Record, /) -> str:
        """What the writer is called."""
        return full_name(first(message, self.sender))

    def identity(self, _message: Record, /) -> str:
        """The writer's id where only some of his messages name him."""
        return ""

    def rating(self, _talk: Record, /) -> float | None:
        """The customer's verdict on a conversation."""
        return None

    def customer(self, _talk: Record, /) -> str:
        """The customer's name where the conversation tells it; only for shapes that go by names."""
        return ""

    def conversation_of(self, message: Record, talk: Record, /) -> str:
        """What the conversation is known by."""
        return key_of(first(message, self.conversation)) or key_of(first(talk, self.outer))


def _holds(record: Record, sign: str) -> bool:
    parent, _, last = sign.rpartition(".")
    holder = at(record, parent) if parent else record
    return isinstance(holder, dict) and last in holder


def _listed(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class _Messages(Converter):
    """Messages of one file; shapes without roles need all names first."""

    def __init__(self, source: SourceFile, options: ReadOptions, shape: ApiShape) -> None:
        super().__init__(source, options)
        self._shape = shape
        self.two_passes = shape.by_name
        self._people = People(options.mapping or ColumnMapping())
        given = options.mapping or ColumnMapping()
        self._casts = Casts(given.roles, given.others)
        self._customer = ""
        self._around: Record = {}  # what an array of messages lies in
        self._settled = False
        self._called: dict[str, str] = {}
        self._met: dict[tuple[str, str], None] = {}
        self._beginning = source.path.stem

    def learn(self, key: str, record: Record) -> None:
        """Names in the order they first wrote."""
        talk, messages = self._split(key, record)
        if not messages:  # a head, or what lies around the messages
            self._around = {**self._around, **record} if len(self._around) < _MOST_FACTS else self._around
        self._customer = self._customer or self._shape.customer(talk or self._around)
        for message in sorted(messages, key=self._order):
            name, known = self._shape.speaker(message, talk), self._shape.identity(message)
            if name and isinstance(self._shape.told(message, talk or self._around), Role):
                continue  # a bot or the program: nobody whose side is to be found
            if self._shape.each:
                self._casts.met(self._conversation(message, talk), name, self._when(message))
                continue
            if known and name != known and len(self._called) < MAX_NAMES:
                self._called[known] = name
            if not self._met:
                self._beginning = key_of(first(message, self._shape.sent)) + name
            if len(self._met) < MAX_NAMES:
                self._met.setdefault((name, known))

    def rows(self, key: str, record: Record) -> Iterator[Record]:
        """The messages of a conversation, or one that stands alone."""
        if self._shape.by_name and not self._settled:
            self._settle()
        talk, messages = self._split(key, record)
        for message in sorted(messages, key=self._order):
            row = self._row(message, talk)
            if row["text"].strip() or row["attachments"]:
                yield row

    def _settle(self) -> None:
        for name, known in self._met:
            self._people.met(self._called.get(known, name))
        self._people.settle(self._customer or self._shape.customer(self._around))
        self._settled = True

    def _split(self, _key: str, record: Record) -> tuple[Record, list[Record]]:
        record = self._shape.opened(record)
        messages = self._shape.messages(record)
        own = self._shape.start(record)
        if messages or own:
            return record, [*([own] if own else []), *filter(self._shape.wanted, messages)]
        known = self._shape.is_message(record) and self._shape.wanted(record)
        return {}, [record] if known else []

    def _order(self, message: Record) -> str:
        """Times of one product are of one length, so that texts sort as times do."""
        return key_of(first(message, self._shape.sent)) if not self._shape.by_name else ""

    def _conversation(self, message: Record, talk: Record) -> str:
        known = self._shape.conversation_of(message, talk or self._around)
        return known or content_id(talk or self._beginning)

    def _when(self, message: Record) -> str:
        return key_of(first(message, self._shape.sent)) if self._shape.sorts else ""

    def _row(self, message: Record, talk: Record) -> Record:
        shape = self._shape
        name = self._called.get(shape.identity(message)) or shape.speaker(message, talk)
        role = shape.told(message, talk or self._around)
        conversation = self._conversation(message, talk)
        if shape.by_name and not isinstance(role, Role):
            role = self._casts.role(conversation, name) if shape.each else self._people.role(name)
        return {
            "conversation_id": conversation,
            "message_id": key_of(first(message, shape.message)),
            "sent_at": shape.moment(message),
            "role": role,
            "sender": name,
            "text": shape.content(message),
            "channel": shape.channel or shape.name,
            "attachments": shape.attached(message),
            "private": shape.private(message),
            "rating": shape.rating(talk),
        }
