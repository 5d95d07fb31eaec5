"""Chatwoot: messages as its API lists them, conversations with their messages, and lines of webhook calls.

Incoming is the customer; outgoing is a person or a bot, told by the sender. Activities and templates (greeting,
request for an e-mail address, satisfaction survey) are system lines. The survey's answer is the conversation's rating.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.neutral import file_name, key_of, mapping_of, objects_of, word_of

_KINDS = ("incoming", "outgoing", "activity", "template")  # in the order of their numbers
_BOTS = frozenset({"agentbot", "agent_bot", "captain::assistant", "captain_assistant", "bot"})
_SIGNS = frozenset({"content_type", "sender_type", "inbox_id", "account_id", "content_attributes", "inbox", "account"})
_EVENTS = frozenset({"message_created", "message_updated"})


class _Messages(Converter):
    """Messages; a webhook repeats a message when it changes, the last word counts at the import of the second."""

    def rows(self, _key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """One message, or those of a conversation."""
        inner = objects_of(record.get("messages"))
        if inner and not _is_message(record):
            yield from (self._row(message, record) for message in inner if _is_message(message))
        elif _is_message(record):
            yield self._row(record, mapping_of(record.get("conversation")))

    def _row(self, message: dict[str, Any], conversation: dict[str, Any]) -> dict[str, Any]:
        kind = _kind(message)
        sender = mapping_of(message.get("sender"))
        attributes = mapping_of(message.get("content_attributes"))
        text = message.get("content") or ""
        is_mail = message.get("content_type") == "incoming_email"
        return {
            "conversation_id": self._conversation(message, conversation),
            "message_id": key_of(message.get("id")),
            "sent_at": message.get("created_at"),
            "role": self._role(kind, message, sender),
            "sender": sender.get("available_name") or sender.get("name") or key_of(message.get("sender_id")),
            "text": html_to_text(text) if is_mail and isinstance(text, str) else text,
            "channel": _channel(message, conversation),
            "rating": _rating(attributes),
            "attachments": [name for item in objects_of(message.get("attachments")) if (name := _name(item))],
            "private": message.get("private") is True,
        }

    def _conversation(self, message: dict[str, Any], conversation: dict[str, Any]) -> str:
        for value in (message.get("conversation_id"), conversation.get("display_id"), conversation.get("id")):
            if key_of(value):
                return key_of(value)
        return self.source.path.stem

    def _role(self, kind: str, message: dict[str, Any], sender: dict[str, Any]) -> Role | str:
        if kind == "incoming":
            return Role.CUSTOMER
        if kind != "outgoing":
            return Role.SYSTEM if kind else ""
        written_by = str(message.get("sender_type") or sender.get("type") or "").casefold()
        if written_by in _BOTS:
            return Role.BOT
        # Nobody stands behind what automation rules and campaigns send.
        return Role.AGENT if written_by or sender else Role.BOT


def _kind(message: dict[str, Any]) -> str:
    kind = message.get("message_type")
    if isinstance(kind, int) and not isinstance(kind, bool) and 0 <= kind < len(_KINDS):
        return _KINDS[kind]
    return kind if isinstance(kind, str) and kind in _KINDS else ""


def _is_message(record: dict[str, Any]) -> bool:
    event = record.get("event")
    return bool(_kind(record)) and (event is None or word_of(event) in _EVENTS)


def _channel(message: dict[str, Any], conversation: dict[str, Any]) -> str:
    inbox = mapping_of(message.get("inbox"))
    for value in (conversation.get("channel"), mapping_of(conversation.get("meta")).get("channel"), inbox.get("name")):
        if isinstance(value, str):
            return value.removeprefix("Channel::")
    return ""


def _rating(attributes: dict[str, Any]) -> float | None:
    survey = mapping_of(mapping_of(attributes.get("submitted_values")).get("csat_survey_response"))
    rating = survey.get("rating")
    return float(rating) if isinstance(rating, int) and 0 <= rating <= 5 else None


def _name(item: dict[str, Any]) -> str:
    for key in ("file_name", "fallback_title", "data_url", "file_type"):
        value = item.get(key)
        if isinstance(value, str) and value:
            return file_name(value)
    return ""


class _Chatwoot(JsonLayout):
    name = "chatwoot"
    arrays = frozenset({"payload", "conversations"})
    converter = _Messages

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A message or a conversation that holds its messages."""
        return "id" in record or "event" in record

    def evidence(self, _key: str, record: dict[str, Any]) -> str:
        """Messages with a kind that Chatwoot knows and with its other names around it."""
        if not _is_message(record) or "content" not in record or len(_SIGNS & record.keys()) < 2:
            return ""
        return "message_type, " + ", ".join(sorted(_SIGNS & record.keys())[:3])


IMPORTER = _Chatwoot()
