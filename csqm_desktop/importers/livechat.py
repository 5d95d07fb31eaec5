"""LiveChat (Text): chats, their threads, and events in them, as the API and its archives give them.

Who is who is in the chat's ``users``. Events for agents only are private; a customer's rating is an annotation or a
property of the thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.livechat_archive import archived, is_archived
from csqm_desktop.importers.neutral import BAD_RATING, GOOD_RATING, file_name, key_of, mapping_of, objects_of, word_of
from csqm_desktop.importers.roles import is_bot_name

_RATINGS = {"good": GOOD_RATING, "bad": BAD_RATING, "1": GOOD_RATING, "0": BAD_RATING}
_SYSTEM = frozenset({"system_message", "annotation"})
_KINDS = frozenset({
    "message", "file", "system_message", "rich_message", "filled_form", "form", "custom", "annotation", "template",
})  # fmt: skip


class _Chats(Converter):
    """Chats with one thread or several; a thread that stands alone counts as a chat."""

    def rows(self, _key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What was said in all threads of a chat."""
        record = mapping_of(record.get("chat")) or record
        if is_archived(record):
            yield from archived(record, self.source.path.stem)
            return
        threads = objects_of(record.get("threads")) or [mapping_of(record.get("thread"))]
        if not any(threads):
            threads = [record]
        people = {key_of(user.get("id")): user for user in objects_of(record.get("users"))}
        chat = key_of(record.get("chat_id")) or key_of(record.get("id"))
        for thread in threads:
            people |= {key_of(user.get("id")): user for user in objects_of(thread.get("users"))}
            rating = _rating(thread) or _rating(record)
            for event in objects_of(thread.get("events")):
                row = self._row(event, people)
                if row is not None:
                    yield {**row, "conversation_id": chat or self.source.path.stem, "rating": rating}

    def _row(self, event: dict[str, Any], people: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
        kind = word_of(event.get("type"))
        text, files = _content(event)
        if not text and not files:
            return None
        author = key_of(event.get("author_id"))
        person = people.get(author, {})
        audience = event.get("visibility") or event.get("recipients")
        return {
            "message_id": key_of(event.get("id")),
            "sent_at": event.get("created_at"),
            "role": Role.SYSTEM if kind in _SYSTEM else _role(author, person),
            "sender": key_of(person.get("name")) or key_of(person.get("email")) or author,
            "text": text,
            "channel": "livechat",
            "attachments": files,
            "private": audience == "agents",
        }


def _role(author: str, person: dict[str, Any]) -> Role:
    kind = str(person.get("type", "")).casefold()
    if kind == "customer":
        return Role.CUSTOMER
    if kind == "bot" or is_bot_name(key_of(person.get("name"))):
        return Role.BOT
    # Agents are known by their e-mail address; a customer who left may be missing among the users.
    return Role.AGENT if kind == "agent" or "@" in author else Role.CUSTOMER


def _content(event: dict[str, Any]) -> tuple[str, list[str]]:
    """The text of an event of any kind, and its files."""
    kind = word_of(event.get("type"))
    text = event.get("text")
    if kind == "file":
        return "", [file_name(key_of(event.get("name")) or key_of(event.get("url")) or "file")]
    if kind == "rich_message":
        elements = objects_of(event.get("elements"))
        lines = [key_of(item.get(name)) for item in elements for name in ("title", "subtitle")]
        lines += [key_of(button.get("text")) for item in elements for button in objects_of(item.get("buttons"))]
        return "\n".join(filter(None, lines)), []
    if kind == "filled_form":
        return "\n".join(map(_answer, objects_of(event.get("fields")))), []
    if kind not in _KINDS or not isinstance(text, str):
        return "", []
    return (html_to_text(text) if kind == "system_message" else text), []


def _answer(field: dict[str, Any]) -> str:
    answer = field.get("answer", field.get("value"))
    answers = [mapping_of(answer), *objects_of(field.get("answers"))]
    said = [key_of(item.get("label")) for item in answers if item] or [key_of(answer)]
    return f"{key_of(field.get('label'))} {', '.join(filter(None, said))}".strip()


def _rating(holder: dict[str, Any]) -> float | None:
    """Good or bad, wherever this release of the API keeps it."""
    properties = mapping_of(mapping_of(holder.get("properties")).get("rating"))
    value = mapping_of(properties.get("score")).get("value", properties.get("score"))
    if value is None:
        value = next(
            (mapping_of(event.get("properties")).get("rating", {}) for event in objects_of(holder.get("events"))
             if event.get("annotation_type") == "rating"), None,
        )  # fmt: skip
        value = mapping_of(mapping_of(value).get("score")).get("value")
    return _RATINGS.get(key_of(value))


class _LiveChat(JsonLayout):
    name = "livechat"
    arrays = frozenset({"chats", "chats_summary"})
    converter = _Chats

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A chat with its threads."""
        return "users" in record or "thread" in record or is_archived(record)

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Threads with events whose authors are ids."""
        record = mapping_of(record.get("chat")) or record
        if is_archived(record):
            return "visitor, events: user_type"
        threads = objects_of(record.get("threads")) or [mapping_of(record.get("thread")) or record]
        events = [event for thread in threads for event in objects_of(thread.get("events"))]
        if key == "events" and not events:
            events = [record]
        known = [event for event in events if _is_event(event)]
        return "threads, events: author_id, type" if known else ""


def _is_event(event: dict[str, Any]) -> bool:
    signs = event.keys() & {"author_id", "visibility", "recipients", "custom_id"}
    return word_of(event.get("type")) in _KINDS and "created_at" in event and bool(signs)


IMPORTER = _LiveChat()
