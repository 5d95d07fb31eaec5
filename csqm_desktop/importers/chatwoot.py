"""Chatwoot: messages as its API lists them, conversations with their messages, and lines of webhook calls.

Incoming is the customer; outgoing is a person or a bot, told by the sender. Activities and templates (greeting,
request for an e-mail address, satisfaction survey) are system lines. The survey's answer is the conversation's rating.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.json_walk import Converter, JsonLayout, sample
from csqm_desktop.importers.neutral import file_name, key_of, mapping_of, objects_of, word_of
from csqm_desktop.importers.source import SourceFile

_KINDS = ("incoming", "outgoing", "activity", "template")  # in the order of their numbers
_BOTS = frozenset({"agentbot", "agent_bot", "captain::assistant", "captain_assistant", "bot"})
_SIGNS = frozenset({"content_type", "sender_type", "inbox_id", "account_id", "content_attributes", "inbox", "account"})
_EVENTS = frozenset({"message_created", "message_updated"})
_CALLS = ("message_", "conversation_", "contact_", "webwidget_triggered", "automation_event.", "inbox_")


class _Messages(Converter):
    """Messages. Webhooks repeat a message when it changes or its conversation does: the last call about it counts."""

    two_passes = True

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._calls: Counter[str] = Counter()

    def learn(self, _key: str, record: dict[str, Any]) -> None:
        """Count the calls about each message."""
        if "event" in record and _is_message(record):
            self._calls[key_of(record.get("id"))] += 1

    def rows(self, _key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """One message, or those of a conversation."""
        inner = objects_of(record.get("messages"))
        if inner and not _is_message(record):
            yield from (self._row(message, record) for message in inner if _is_message(message) and self._new(message))
        elif _is_message(record) and self._is_last(record):
            yield self._row(record, mapping_of(record.get("conversation")))

    def _new(self, message: dict[str, Any]) -> bool:
        """Whether no call is about the message itself, and this is the first that holds it."""
        name = key_of(message.get("id"))
        if not self._calls:  # no calls in this file
            return True
        if name in self._calls:
            return False
        if name:
            self._calls[name] = 0
        return True

    def _is_last(self, record: dict[str, Any]) -> bool:
        if "event" not in record:
            return True
        name = key_of(record.get("id"))
        self._calls[name] -= 1
        return self._calls[name] <= 0

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
            "sender": sender.get("available_name")
            or _customer(kind, message)
            or sender.get("name")
            or key_of(message.get("sender_id")),
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


def _customer(kind: str, message: dict[str, Any]) -> str:
    """The customer's name in the calls of old releases, whose sender is always the agent."""
    return key_of(mapping_of(message.get("contact")).get("name")) if kind == "incoming" else ""


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

    def stands_alone(self, source: SourceFile) -> bool:
        """All but calls of webhooks."""
        return not any("event" in record for _, _, record in sample(source).records)

    def evidence(self, _key: str, record: dict[str, Any]) -> str:
        """Messages with a kind that Chatwoot knows and with its other names around it, calls with their events."""
        event = word_of(record.get("event"))
        if (
            event.startswith(_CALLS)
            and _SIGNS & record.keys() | {"contact_inbox", "meta", "conversation"} & record.keys()
        ):
            return f"event: {event}"
        inner = objects_of(record.get("messages"))
        if inner and _SIGNS & record.keys() and all(map(_is_message, inner)):
            return "messages: message_type"
        if not _is_message(record) or "content" not in record or len(_SIGNS & record.keys()) < 2:
            return ""
        return "message_type, " + ", ".join(sorted(_SIGNS & record.keys())[:3])


IMPORTER = _Chatwoot()
