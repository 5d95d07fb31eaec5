"""Intercom: conversations with their parts as JSON, and the flat CSV with one part in each row.

The opening message is the conversation's ``source``; parts follow. Notes and assignments are internal. Parts
without a text (closed, snoozed, assigned) say nothing that could be read and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.flat_table import FlatConverter, FlatLayout, Product
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.neutral import file_name, file_names, key_of, mapping_of, objects_of

_ROLES = {
    "user": Role.CUSTOMER, "lead": Role.CUSTOMER, "contact": Role.CUSTOMER, "visitor": Role.CUSTOMER,
    "admin": Role.AGENT, "team": Role.AGENT, "teammate": Role.AGENT, "bot": Role.BOT, "operator": Role.BOT,
    "fin": Role.BOT,
}  # fmt: skip
_PICTURE = re.compile(r"""<img\b[^<>]{0,2000}?\ssrc=["']?(https?://[^"'\s<>]{1,1000})""", re.IGNORECASE)
_INTERNAL = ("note", "assignment", "assign_and", "away_mode", "participant_", "default_assignment")


def _internal(kind: object) -> bool:
    return isinstance(kind, str) and kind.startswith(_INTERNAL)


class _Conversations(Converter):
    """Conversations, and parts that stand alone in a list of parts."""

    def rows(self, _key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The source and the parts of one conversation."""
        record = mapping_of(record.get("item")) or record
        if not _is_conversation(record):
            return
        known = self._facts(record)
        opening = mapping_of(record.get("source")) or mapping_of(record.get("conversation_message")) or _ticket(record)
        if opening.get("body") or opening.get("attachments") or opening.get("subject"):
            yield self._row(known, opening, record.get("created_at"))
        parts = record.get("conversation_parts") or record.get("ticket_parts")
        inner = (mapping_of(parts).get(name) for name in ("conversation_parts", "ticket_parts", "data"))
        nested = next((found for value in inner if (found := objects_of(value))), [])
        for part in nested or objects_of(parts):
            if part.get("body") or part.get("attachments"):
                yield self._row(known, part, part.get("created_at"))

    def _facts(self, record: dict[str, Any]) -> dict[str, Any]:
        source = mapping_of(record.get("source"))
        rating = mapping_of(record.get("conversation_rating")).get("rating")
        channel = source.get("type") or mapping_of(record.get("first_contact_reply")).get("type")
        return {
            "conversation_id": key_of(record.get("id")),
            "channel": channel if isinstance(channel, str) else "",
            "rating": rating if isinstance(rating, int | float) else None,
        }

    def _row(self, known: dict[str, Any], part: dict[str, Any], sent: object) -> dict[str, Any]:
        author = mapping_of(part.get("author"))
        kind = author.get("type")
        body = part.get("body") or part.get("subject") or ""
        return {
            **known,
            "message_id": key_of(part.get("id")),
            "sent_at": sent,
            "role": _ROLES.get(kind, kind) if isinstance(kind, str) else "",
            "sender": author.get("name") or author.get("email") or key_of(author.get("id")),
            "text": html_to_text(body) if isinstance(body, str) else body,
            "attachments": file_names(part.get("attachments"), "name", "url") + _pictures(body),
            "private": _internal(part.get("part_type")),
        }


def _pictures(body: object) -> list[str]:
    """Names of pictures within a body, which are no attachments there."""
    return [file_name(match[1]) for match in _PICTURE.finditer(body)] if isinstance(body, str) else []


def _ticket(record: dict[str, Any]) -> dict[str, Any]:
    """What a ticket was opened with; its customer wrote it."""
    attributes = mapping_of(record.get("ticket_attributes"))
    body = attributes.get("_default_description_") or attributes.get("_default_title_")
    contact = next(iter(objects_of(mapping_of(record.get("contacts")).get("contacts"))), {})
    return {"id": "description", "body": body, "author": {"type": "contact", **contact, "name": ""}} if body else {}


def _is_conversation(record: dict[str, Any]) -> bool:
    return (
        "conversation_parts" in record
        or "ticket_parts" in record
        or ("source" in record and isinstance(record["source"], dict | None))
    )


class _Json(JsonLayout):
    name = "intercom"
    arrays = frozenset({"conversations", "tickets", "data"})
    converter = _Conversations

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Parts under a conversation, or the way Intercom names its objects."""
        if record.get("type") == "notification_event":
            return "notification_event"  # what lies around the conversation in a webhook's call
        record = mapping_of(record.get("item")) or record
        if record.get("type") == "ticket" and isinstance(record.get("ticket_parts"), dict):
            return "ticket_parts"
        parts = record.get("conversation_parts")
        if isinstance(parts, dict) and ("conversation_parts" in parts or parts.get("type") == "conversation_part.list"):
            return "conversation_parts"
        if isinstance(parts, list):
            return "conversation_parts"
        if key == "conversation_parts" and "part_type" in record:
            return "part_type"
        source = mapping_of(record.get("source"))
        return "source.delivered_as" if "delivered_as" in source and "author" in source else ""


class _Parts(FlatConverter):
    """Rows of the flat table."""

    def rows(self, row: dict[str, str]) -> Iterator[dict[str, Any]]:
        """One part, none when it has no text."""
        text = html_to_text(row.get("message_body", ""))
        if not text.strip():
            return
        kind = row.get("message_author_type", "").strip().casefold()
        yield {
            "conversation_id": row.get("conversation_id", ""),
            "message_id": row.get("message_id", ""),
            "sent_at": row.get("message_created_at", ""),
            "role": _ROLES.get(kind, kind),
            "sender": row.get("message_author_name") or row.get("message_author_email") or row.get("message_author_id"),
            "text": text,
            "private": _internal(row.get("message_type", "").strip().casefold()),
        }


class _Csv(FlatLayout):
    name = "intercom"
    required = frozenset({"message_id", "message_body", "message_author_type", "message_created_at", "conversation_id"})
    converter = _Parts


IMPORTER = Product("intercom", (_Json(), _Csv()), (".json", ".jsonl", ".csv"))
