"""Conversations that hold their messages in a list, in any product's JSON: messages with their conversation's facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from csqm_desktop.importers.neutral import content_id, key_of
from csqm_desktop.importers.words import HEADERS, normal

_LISTS = (
    "messages", "conversation", "dialogue", "dialog", "turns", "utterances", "events", "comments", "chat", "history",
    "records", "items", "content", "log", "transcript", "replies", "parts", "对话", "消息", "回复",
)  # fmt: skip
_MESSAGES = frozenset(map(normal, (
    "messages", "conversation", "dialogue", "dialog", "turns", "utterances", "chat", "history", "transcript",
    "comments", "replies", "parts", "对话", "消息", "回复",
)))  # fmt: skip
_WHOSE = tuple(map(normal, ("phone", "phone_number", "wa_id", "jid", "remote_jid", "contact_id")))
_IDS = tuple(map(normal, (*HEADERS["conversation_id"], "id", "_id", "uuid", "number")))
_INHERITED = frozenset(
    normal(word)
    for field in ("channel", "shop", "product", "order_id", "rating", "bot_version")
    for word in HEADERS[field]
)


def unwrapped(value: Any) -> Any:
    """What MongoDB's exports wrap in its kind: ``{"$date": {"$numberLong": "1788249603000"}}``."""
    while isinstance(value, dict) and len(value) == 1 and next(iter(value)).startswith("$"):
        value = next(iter(value.values()))
    return value


def list_of(records: Sequence[Mapping[str, Any]]) -> str:
    """The key under which most of the records hold their messages; empty when there is none."""
    found = {
        key: sum(_holds_objects(record.get(key)) for record in records)
        for key in dict.fromkeys(key for record in records for key, value in record.items() if _holds_objects(value))
    }
    fitting = [key for key, count in found.items() if count * 2 > len(records)]
    known = [key for key in fitting if normal(key) in map(normal, _LISTS)]
    return (known or fitting or [""])[0]


def messages_of(record: Mapping[str, Any], key: str) -> list[Any]:
    """The messages of a conversation, what they say themselves stays; other values in the list as they are.

    A record without such a list stands for itself.
    """
    plain = {normal(name): (name, value) for name, value in record.items() if not isinstance(value, list | dict)}
    plain |= {normal(name): (name, value) for name, value in _wrapped(record) if normal(name) in _IDS}
    conversation = next((plain[name][1] for name in _IDS if name in plain and plain[name][1] not in (None, "")), None)
    inner = record.get(key)
    if (
        conversation is None and isinstance(inner, list) and normal(key) in _MESSAGES
    ):  # known by whose it is or how it begins
        _, conversation = whose(record) or ("", content_id([inner, [value for _, value in plain.values()]]))
    given = {} if conversation is None else {"conversation_id": conversation}
    given |= {name: value for known, (name, value) in plain.items() if known in _INHERITED}
    if not isinstance(inner, list):
        return [record]
    return [given | message if isinstance(message, dict) else message for message in inner]


def whose(record: Mapping[str, Any]) -> tuple[str, str] | None:
    """The name and the value of what tells a conversation that has no id by its other side, such as a telephone."""
    plain = {normal(name): key_of(value) for name, value in record.items()}
    return next(((name, plain[name]) for name in _WHOSE if plain.get(name)), None)


def _wrapped(record: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Values that a database's export wraps in their kinds."""
    return [
        (name, inner)
        for name, value in record.items()
        if isinstance(value, dict) and not isinstance(inner := unwrapped(value), list | dict)
    ]


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value[:3])
