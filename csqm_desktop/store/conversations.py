"""Conversations and messages: reading them, and replies with their context."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from csqm_desktop.domain.conversation import (
    FOLLOWING_MESSAGES,
    ContextTurn,
    Conversation,
    Message,
    ReplyInput,
    Role,
    following_window,
)
from csqm_desktop.store.clock import from_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.topics import FIELD as TOPIC_FIELD

CONTEXT_MESSAGES = 24  # more than any encoder here can read
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Totals:
    """Sizes of a workspace."""

    conversations: int
    messages: int
    replies: int
    first_day: int | None
    last_day: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply belongs: its channel, the topic of its conversation (may be empty), its day since 1970."""

    channel: str
    topic: str
    day: int


class ConversationStore:
    """Reads conversations and replies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def totals(self) -> Totals:
        """How much is in the workspace."""
        row = (
            self._database.connection()
            .execute(
                """SELECT (SELECT count(*) FROM conversations), (SELECT count(*) FROM messages),
                      (SELECT count(*) FROM messages WHERE is_reply = 1),
                      (SELECT min(day) FROM messages WHERE is_reply = 1),
                      (SELECT max(day) FROM messages WHERE is_reply = 1)"""
            )
            .fetchone()
        )
        return Totals(*row)

    def get(self, conversation_id: int) -> Conversation | None:
        """A conversation with all its messages in order."""
        connection = self._database.connection()
        row = connection.execute("SELECT * FROM conversations WHERE id = ?", (conversation_id,)).fetchone()
        if row is None:
            return None
        attached: dict[int, list[str]] = {}
        for message_id, name in connection.execute(
            "SELECT a.message_id, a.name FROM attachments a JOIN messages m ON m.id = a.message_id"
            " WHERE m.conversation_id = ? ORDER BY a.id",
            (conversation_id,),
        ):
            attached.setdefault(message_id, []).append(name)
        messages = connection.execute(
            "SELECT * FROM messages WHERE conversation_id = ? ORDER BY sent_at, id", (conversation_id,)
        )
        return Conversation(
            id=row["id"],
            source_id=row["source_id"],
            channel=row["channel"],
            shop=row["shop"],
            product=row["product"],
            order_id=row["order_id"],
            rating=row["rating"],
            messages=tuple(stored_message(m, tuple(attached.get(m["id"], ()))) for m in messages),
        )

    def all_ids(self) -> list[int]:
        """Every conversation."""
        return [row[0] for row in self._database.connection().execute("SELECT id FROM conversations ORDER BY id")]

    def of_reply(self, reply_id: int) -> Conversation | None:
        """The conversation that holds a reply."""
        row = (
            self._database.connection()
            .execute("SELECT conversation_id FROM messages WHERE id = ?", (reply_id,))
            .fetchone()
        )
        return self.get(row[0]) if row else None

    def find(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Message numbers by (conversation id, message id) of the source; missing ones are left out."""
        found: dict[tuple[str, str], int] = {}
        connection = self._database.connection()
        wanted = list(dict.fromkeys(pairs))
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            rows = connection.execute(
                """SELECT c.source_id, m.source_id, m.id FROM json_each(?) w
                   JOIN conversations c ON c.source_id = json_extract(w.value, '$[0]')
                   JOIN messages m ON m.conversation_id = c.id AND m.source_id = json_extract(w.value, '$[1]')""",
                (json.dumps(chunk),),
            )
            found.update({(row[0], row[1]): row[2] for row in rows})
        return found

    def replies_among(self, marks: str) -> set[int]:
        """Which of these message numbers (joined by commas) are replies."""
        rows = self._database.connection().execute(f"SELECT id FROM messages WHERE is_reply = 1 AND id IN ({marks})")
        return {row[0] for row in rows}

    def source_ids(self, reply_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """(conversation id, message id) of the source by message number."""
        found: dict[int, tuple[str, str]] = {}
        for start in range(0, len(reply_ids), _CHUNK):
            marks = ",".join(map(str, reply_ids[start : start + _CHUNK]))
            for row in self._database.connection().execute(
                "SELECT m.id, c.source_id, m.source_id FROM messages m JOIN conversations c"
                f" ON c.id = m.conversation_id WHERE m.id IN ({marks})"
            ):
                found[row[0]] = (row[1], row[2])
        return found

    def texts(self, message_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        """The conversation's source id and the text of messages, by number."""
        found: dict[int, tuple[str, str]] = {}
        for start in range(0, len(message_ids), _CHUNK):
            marks = ",".join(map(str, message_ids[start : start + _CHUNK]))
            rows = self._database.connection().execute(
                "SELECT m.id, c.source_id, m.text FROM messages m JOIN conversations c ON c.id = m.conversation_id"
                f" WHERE m.id IN ({marks})"
            )
            found.update((row[0], (row[1], row[2])) for row in rows)
        return found

    def places(self, reply_ids: Sequence[int]) -> dict[int, Place]:
        """Channel, topic and day of replies."""
        found: dict[int, Place] = {}
        for start in range(0, len(reply_ids), _CHUNK):
            marks = ",".join(map(str, reply_ids[start : start + _CHUNK]))
            for row in self._database.connection().execute(
                f"SELECT m.id, c.channel, {TOPIC_FIELD}, m.day FROM messages m JOIN conversations c"
                f" ON c.id = m.conversation_id WHERE m.id IN ({marks})"
            ):
                found[row[0]] = Place(row[1], row[2], row[3])
        return found

    def reply_inputs(self, reply_ids: Sequence[int]) -> Iterator[ReplyInput]:
        """Replies with their context, grouped by conversation. Memory stays flat: a few hundred at a time."""
        connection = self._database.connection()
        for start in range(0, len(reply_ids), _CHUNK):
            wanted = set(reply_ids[start : start + _CHUNK])
            marks = ",".join(map(str, wanted))
            rows = connection.execute(
                f"""SELECT m.id, m.conversation_id, c.source_id, c.channel, m.role, m.text, m.sent_at, m.private
                    FROM messages m JOIN conversations c ON c.id = m.conversation_id
                    WHERE m.conversation_id IN (SELECT DISTINCT conversation_id FROM messages WHERE id IN ({marks}))
                    ORDER BY m.conversation_id, m.sent_at, m.id"""
            )
            yield from _inputs(rows, wanted)

    def all_reply_ids(self) -> list[int]:
        """Every reply, by conversation."""
        rows = self._database.connection().execute(
            "SELECT id FROM messages WHERE is_reply = 1 ORDER BY conversation_id, id"
        )
        return [row[0] for row in rows]

    def without_verdict(self) -> int:
        """How many replies nobody has reviewed."""
        row = self._database.connection().execute(
            "SELECT count(*) FROM messages m WHERE m.is_reply = 1 AND NOT EXISTS"
            " (SELECT 1 FROM reviews r WHERE r.reply_id = m.id AND r.retired_at IS NULL)"
        )
        return int(row.fetchone()[0])

    def unreviewed_without_score(self, version_id: int | None, exclude: Iterable[int] = ()) -> list[tuple[int, int]]:
        """(reply, conversation) pairs that nobody has reviewed and that a version has not scored."""
        left_out = ",".join(map(str, exclude))
        rows = self._database.connection().execute(
            f"""SELECT m.id, m.conversation_id FROM messages m WHERE m.is_reply = 1 AND m.id NOT IN ({left_out})
                AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.reply_id = m.id AND r.retired_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM scores s WHERE s.version_id = ? AND s.reply_id = m.id)""",
            (version_id,),
        )
        return [(row[0], row[1]) for row in rows]


def stored_message(row: sqlite3.Row, attachments: tuple[str, ...]) -> Message:
    """A row of ``messages`` as a value."""
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        source_id=row["source_id"],
        sent_at=from_ms(row["sent_at"], row["offset_minutes"]),
        role=Role(row["role"]),
        sender=row["sender"],
        text=row["text"],
        private=bool(row["private"]),
        intent=row["intent"],
        bot_version=row["bot_version"],
        attachments=attachments,
    )


def _inputs(rows: Iterable[sqlite3.Row], wanted: set[int]) -> Iterator[ReplyInput]:
    """The wanted replies among whole conversations, with what was said around them."""
    for _, conversation in groupby(rows, key=lambda row: row["conversation_id"]):
        messages = list(conversation)
        said = [ContextTurn(Role(row["role"]), row["text"]) for row in messages if not row["private"]]
        roles = [turn.role for turn in said]
        asked_at: int | None = None
        at = 0  # public messages so far
        for row in messages:
            role = Role(row["role"])
            if row["id"] in wanted:
                after = at + (not row["private"])
                size, continued = following_window(roles[after : after + FOLLOWING_MESSAGES + 1])
                yield ReplyInput(
                    reply_id=row["id"],
                    conversation=row["source_id"],
                    role=role,
                    text=row["text"],
                    context=tuple(said[max(0, at - CONTEXT_MESSAGES) : at]),
                    channel=row["channel"],
                    seconds_waited=None if asked_at is None else (row["sent_at"] - asked_at) / 1000,
                    following=tuple(said[after : after + size]),
                    continued=continued,
                )
            if row["private"]:
                continue
            at += 1
            if role is Role.CUSTOMER:
                asked_at = row["sent_at"]
