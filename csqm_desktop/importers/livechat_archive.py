"""LiveChat archives of API version 2: chats with ``events`` (or ``messages``) whose ``user_type`` says who wrote.

What a supervisor writes is seen by agents only. Events that only tell of something are system lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.neutral import BAD_RATING, GOOD_RATING, file_names, key_of, mapping_of, objects_of, word_of

_ROLES = {"visitor": Role.CUSTOMER, "agent": Role.AGENT, "supervisor": Role.AGENT}
_RATINGS = {"rated_good": GOOD_RATING, "rated_bad": BAD_RATING}
_SAID = frozenset({"", "message", "attachment"})


def is_archived(chat: dict[str, Any]) -> bool:
    """Whether this is a chat as version 2 of the API gives it."""
    return "visitor" in chat and any("user_type" in entry for entry in _entries(chat))


def archived(chat: dict[str, Any], file: str) -> Iterator[dict[str, Any]]:
    """What was said in a chat."""
    name = key_of(chat.get("id")) or file
    for place, entry in enumerate(_entries(chat), start=1):
        by = word_of(entry.get("user_type"))
        files = file_names(entry.get("files"))
        kind = word_of(entry.get("type"))
        yield {
            "conversation_id": name,
            "message_id": f"{name}-{place}",
            "sent_at": entry.get("timestamp") or entry.get("date"),
            "role": _ROLES.get(by, by or Role.SYSTEM) if kind in _SAID else Role.SYSTEM,
            "sender": key_of(entry.get("author_name")) or _visitor(chat, by),
            "text": "" if files else entry.get("text"),
            "channel": "livechat",
            "rating": _RATINGS.get(word_of(chat.get("rate"))),
            "attachments": files,
            "private": by == "supervisor",
        }


def _entries(chat: dict[str, Any]) -> list[dict[str, Any]]:
    """Events hold all messages and more; old chats have messages only."""
    return objects_of(chat.get("events")) or objects_of(chat.get("messages"))


def _visitor(chat: dict[str, Any], by: str) -> str:
    return key_of(mapping_of(chat.get("visitor")).get("name")) if by == "visitor" else ""
