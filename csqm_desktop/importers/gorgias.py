"""Gorgias: ticket messages as its API lists them, alone or under their tickets.

``from_agent`` says which side wrote; what a rule sent is the bot's. Messages that are not public are internal notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.neutral import file_names, key_of, mapping_of, objects_of

_NOTE = "internal-note"
_SIGNS = frozenset({"from_agent", "via", "channel", "integration_id", "public", "source", "stripped_text"})


class _Messages(Converter):
    """Messages and tickets with messages."""

    def rows(self, _key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """One message, or all of a ticket."""
        record = _ticket_of(record)
        if _is_message(record):
            yield _row(record, {})
        for message in objects_of(record.get("messages")):
            if _is_message(message, inside=True):
                yield _row(message, record)


def _ticket_of(record: dict[str, Any]) -> dict[str, Any]:
    """The ticket in the call of a webhook."""
    inner = mapping_of(record.get("ticket"))
    return inner if objects_of(inner.get("messages")) else record


def _row(message: dict[str, Any], ticket: dict[str, Any]) -> dict[str, Any]:
    sender = mapping_of(message.get("sender"))
    html = message.get("body_html") or message.get("stripped_html")
    text = next((value for name in ("body_text", "stripped_text", "message")
                 if isinstance(value := message.get(name), str) and value.strip()), None)  # fmt: skip
    via_source = mapping_of(message.get("source")).get("type")
    survey = mapping_of(ticket.get("satisfaction_survey")).get("score")
    private = message.get("public") is False or _NOTE in (message.get("channel"), via_source, message.get("via"))
    return {
        "conversation_id": key_of(message.get("ticket_id")) or key_of(ticket.get("id")),
        "message_id": key_of(message.get("id")),
        "sent_at": message.get("created_datetime") or message.get("sent_datetime") or message.get("created_at"),
        "role": _role(message, ticket, sender, private),
        "sender": key_of(sender.get("name")) or key_of(sender.get("email")) or key_of(sender.get("id")),
        "text": text if text is not None else html_to_text(html) if isinstance(html, str) else "",
        "channel": key_of(ticket.get("channel")) or key_of(message.get("channel")),
        "rating": survey if isinstance(survey, int | float) else None,
        "attachments": file_names(message.get("attachments"), "name", "url"),
        "private": private,
        "intent": next((key_of(item.get("name")) for item in objects_of(message.get("intents"))), ""),
    }


def _role(message: dict[str, Any], ticket: dict[str, Any], sender: dict[str, Any], private: bool) -> Role:
    if private:
        return Role.AGENT
    from_agent = message.get("from_agent")
    if not isinstance(from_agent, bool):
        customer = key_of(mapping_of(ticket.get("customer")).get("id")) or key_of(ticket.get("requester_id"))
        from_agent = key_of(sender.get("id")) != customer if customer else message.get("direction") == "outgoing"
    if not from_agent:
        return Role.CUSTOMER
    return Role.BOT if message.get("rule_id") or message.get("via") == "rule" else Role.AGENT


def _is_message(record: dict[str, Any], inside: bool = False) -> bool:
    has_body = bool(record.keys() & {"body_text", "body_html", "stripped_text"})
    signs = len(_SIGNS & record.keys()) >= 2 or "from_agent" in record
    return has_body and (inside or "ticket_id" in record) and signs


class _Gorgias(JsonLayout):
    name = "gorgias"
    arrays = frozenset({"data", "tickets"})
    converter = _Messages

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A message or a ticket."""
        return "id" in record or isinstance(record.get("ticket"), dict)

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Messages with their bodies and the names around them."""
        record = _ticket_of(record)
        nested = any(_is_message(message, inside=True) for message in objects_of(record.get("messages")))
        found = nested or _is_message(record, inside=key == "messages")
        return "body_text, " + ("from_agent" if "from_agent" in record else "channel, via") if found else ""


IMPORTER = _Gorgias()
