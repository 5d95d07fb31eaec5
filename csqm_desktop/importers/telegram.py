"""Telegram Desktop's export of a chat or an account (``result.json``): it names people but not their roles.

The chat's name is the customer's. Calls, pinned messages and the like are system lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import People
from csqm_desktop.importers.json_walk import CERTAIN, Converter, JsonLayout
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import content_id, file_name, key_of, word_of
from csqm_desktop.importers.source import SourceFile

Record = dict[str, Any]

_KINDS = frozenset({"message", "service"})
_ACCOUNT = (b'"chats"', b'"list"', b'"messages"', b'"from_id"', b'"date"')  # in the beginning of an account's export
_FILES = ("file_name", "file", "photo")
_NOT_EXPORTED = "("  # "(File not included. Change data exporting settings to download.)"


class _Chats(Converter):
    """One chat, or those of an account one after another; who is who is known after all names of a chat were seen.

    A chat's own facts come after its messages, so that chats are told by how many of them have passed.
    """

    two_passes = True

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._mapping = options.mapping or ColumnMapping()
        self._open = People(self._mapping)
        self._known: list[tuple[People, Record]] = []
        self._place = 0

    def learn(self, key: str, record: Record) -> None:
        """Names in the order they first wrote, and what each chat is called."""
        if key == "messages":
            if name := _sender(record):
                self._open.met(name)
        elif _is_head(record):
            self._open.settle(_partner(record))
            self._known.append((self._open, record))
            self._open = People(self._mapping)

    def rows(self, key: str, record: Record) -> Iterator[dict[str, Any]]:
        """One message."""
        if key != "messages":
            self._place += _is_head(record)
            return
        if str(record.get("type")) not in _KINDS:
            return
        people, chat = self._chat()
        name, files = _sender(record), _files(record)
        is_service = record["type"] == "service"
        text = _text(record.get("text")) or (key_of(record.get("action")) if is_service else "")
        if text or files:
            yield {
                "conversation_id": f"telegram-{content_id(self._identity(chat))}",
                "message_id": key_of(record.get("id")),
                "sent_at": record.get("date_unixtime") or record.get("date"),
                "role": Role.SYSTEM if is_service else people.role(name),
                "sender": name,
                "text": text,
                "channel": "telegram",
                "attachments": files,
            }

    def _chat(self) -> tuple[People, Record]:
        """The chat that messages are of; a file that is cut off may not tell its last one."""
        if self._place < len(self._known):
            return self._known[self._place]
        self._open.settle()
        return self._open, {}

    def _identity(self, chat: Record) -> str:
        return key_of(chat.get("id")) or key_of(chat.get("name")) or f"{self.source.path.stem}{self._place or ''}"


def _is_head(record: Record) -> bool:
    return "name" in record or "id" in record


def _partner(chat: Record) -> str:
    """A chat between two is called after the other one."""
    return key_of(chat.get("name"))


def _sender(record: dict[str, Any]) -> str:
    return key_of(record.get("from")) or key_of(record.get("actor")) or key_of(record.get("from_id"))


def _text(value: object) -> str:
    """Plain text, or pieces of text and of what is formatted."""
    if isinstance(value, str):
        return value
    pieces = value if isinstance(value, list) else []
    return "".join(piece if isinstance(piece, str) else word_of(piece.get("text")) for piece in pieces
                   if isinstance(piece, str | dict))  # fmt: skip


def _files(record: dict[str, Any]) -> list[str]:
    names = [word_of(record.get(key)) for key in _FILES]
    found = next((name for name in names if name and not name.startswith(_NOT_EXPORTED)), "")
    if found:
        return [file_name(found)]
    return [word_of(record.get("media_type")) or "file"] if any(names) else []


class _Telegram(JsonLayout):
    name = "telegram"
    endings = (".json",)
    arrays = frozenset({"messages"})
    zone = None  # exports without unix times have those of the computer that wrote them
    wrappers = frozenset({"chats", "left_chats"})
    entered = frozenset({"list"})
    converter = _Chats

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A message."""
        return str(record.get("type")) in _KINDS

    def sniff(self, source: SourceFile) -> Sniff:
        """As for one chat; an account's export is told by its beginning."""
        found = super().sniff(source)
        account = source.head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{") and all(
            sign in source.head for sign in _ACCOUNT
        )
        return Sniff(CERTAIN, "layout", ("chats: list, messages",)) if account else found

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Messages and service messages with Telegram's two times."""
        known = str(record.get("type")) in _KINDS and record.keys() & {"from", "from_id", "actor"}
        dated = "date_unixtime" in record or ("date" in record and record.keys() & {"from_id", "actor"})
        return "messages: from, date" if key == "messages" and known and dated else ""


IMPORTER = _Telegram()
