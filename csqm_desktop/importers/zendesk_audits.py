"""Zendesk's audits and incremental ticket events: every change of a ticket, comments among them."""

from __future__ import annotations

from typing import Any

from csqm_desktop.importers.neutral import objects_of

_LISTS = ("events", "child_events")
_COMMENTS = frozenset({"Comment", "VoiceComment"})
_SIGNS = frozenset({"audit_id", "field_name", "author_id", "plain_body", "recipients", "event_type"})
_OTHERS = frozenset({"Create", "Change", "Notification", "Cc", "Error", "External", "FollowerNotificationEvent"})


def is_audit(record: dict[str, Any]) -> bool:
    """Whether a record is one change of a ticket."""
    return "ticket_id" in record and any(_kind(event) in _COMMENTS | _OTHERS for event in _events(record))


def is_event(key: str, record: dict[str, Any]) -> bool:
    """Whether a record is a part of such a change."""
    return key in _LISTS and _kind(record) in _COMMENTS | _OTHERS and bool(record.keys() & _SIGNS)


def comments_of(audit: dict[str, Any]) -> list[dict[str, Any]]:
    """The comments of a change, with its time, its channel and, where they have none of their own, its author."""
    given = {
        "author_id": audit.get("author_id", audit.get("updater_id")),
        "created_at": audit.get("created_at", audit.get("timestamp")),
        "via": audit.get("via"),
    }
    return [
        {**given, **{key: value for key, value in event.items() if value is not None}, "ticket_id": audit["ticket_id"]}
        for event in _events(audit)
        if _kind(event) in _COMMENTS
    ]


def _events(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for name in _LISTS for event in objects_of(record.get(name))]


def _kind(event: dict[str, Any]) -> str:
    kind = event.get("type") or event.get("event_type")
    return kind if isinstance(kind, str) else ""
