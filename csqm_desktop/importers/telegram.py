"""Telegram Desktop's export of one chat (``result.json``): it names people but not their roles, as WhatsApp's does.

The chat's name is the customer's. Calls, pinned messages and the like are system lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.chat_text import People
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import content_id, file_name, key_of, word_of
from csqm_desktop.importers.source import SourceFile

_KINDS = frozenset({"message", "service"})
_FILES = ("file_name", "file", "photo")
_NOT_EXPORTED = "("  # "(File not included. Change data exporting settings to download.)"


class _Chat(Converter):
    """One chat; who is who is known after all names were seen."""

    two_passes = True

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._people = People(options.mapping or ColumnMapping())
        self._settled = False
        self._chat: dict[str, Any] = {}

    def learn(self, key: str, record: dict[str, Any]) -> None:
        """Names in the order they first wrote, and what the chat is called."""
        if key == "messages":
            if name := _sender(record):
                self._people.met(name)
        elif "name" in record or "id" in record:
            self._chat = record

    def rows(self, key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """One message."""
        if key != "messages" or str(record.get("type")) not in _KINDS:
            return
        if not self._settled:
            self._people.settle(key_of(self._chat.get("name")))
            self._settled = True
        name, files = _sender(record), _files(record)
        is_service = record["type"] == "service"
        text = _text(record.get("text")) or (key_of(record.get("action")) if is_service else "")
        if text or files:
            yield {
                "conversation_id": f"telegram-{content_id(self._identity())}",
                "message_id": key_of(record.get("id")),
                "sent_at": record.get("date_unixtime") or record.get("date"),
                "role": Role.SYSTEM if is_service else self._people.role(name),
                "sender": name,
                "text": text,
                "channel": "telegram",
                "attachments": files,
            }

    def _identity(self) -> str:
        return key_of(self._chat.get("id")) or key_of(self._chat.get("name")) or self.source.path.stem


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
    converter = _Chat

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A message."""
        return str(record.get("type")) in _KINDS

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Messages and service messages with Telegram's two times."""
        known = str(record.get("type")) in _KINDS and record.keys() & {"from", "from_id", "actor"}
        dated = "date_unixtime" in record or ("date" in record and record.keys() & {"from_id", "actor"})
        return "messages: from, date" if key == "messages" and known and dated else ""


IMPORTER = _Telegram()
