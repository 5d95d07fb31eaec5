"""Conversations and messages: writing what importers bring, and reading replies with their context."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from csqm_desktop.domain.conversation import (
    REPLY_ROLES,
    ContextTurn,
    Conversation,
    IncomingMessage,
    Message,
    ReplyInput,
    Role,
)
from csqm_desktop.store.clock import day_number, from_ms, offset_of, to_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.scores import ScoreStore

CONTEXT_MESSAGES = 24  # more than any encoder here can read
_CHUNK = 500

_MESSAGE_COLUMNS = (
    "conversation_id, source_id, sent_at, offset_minutes, day, role, sender, text, private, is_reply, intent,"
    " bot_version, content_hash, derived_id, batch_id"
)


@dataclass
class WriteCounts:
    """What a write did, in rows."""

    added: int = 0
    unchanged: int = 0
    updated: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """A stored message as far as the writer compares it."""

    id: int
    content_hash: bytes
    derived: bool


class ConversationWriter:
    """Writes one import batch, chunk by chunk, each chunk one transaction.

    A message is known by its conversation and its id; without an id, by its content and how often that
    content has come before, so that an overlapping export adds only what is new.
    """

    def __init__(self, database: Database, scores: ScoreStore, batch_id: int) -> None:
        self._database = database
        self._scores = scores
        self._batch = batch_id
        self._seen_without_id: Counter[tuple[int, bytes]] = Counter()

    def write(self, messages: Sequence[IncomingMessage]) -> WriteCounts:
        """Store messages (already redacted) and say how many were new, known or changed."""
        counts = WriteCounts()
        with self._database.transaction() as connection:
            conversations = self._conversations(connection, messages)
            known, by_content = self._known(connection, set(conversations.values()))
            new_rows: list[tuple[object, ...]] = []
            attachments: dict[tuple[int, str], tuple[str, ...]] = {}
            changed_from: dict[int, int] = {}  # conversation: earliest time that changed
            ids = _DerivedIds(known, conversations, messages)
            written: set[tuple[int, str]] = set()
            for message in messages:
                conversation = conversations[message.conversation_id]
                digest = content_hash(message)
                source_id = message.message_id
                if not source_id:
                    self._seen_without_id[conversation, digest] += 1
                    if self._seen_without_id[conversation, digest] <= by_content[conversation, digest]:
                        counts.unchanged += 1
                        continue
                    source_id = ids.next(conversation)
                key = (conversation, source_id)
                earlier = known.get(key)
                if earlier is not None and earlier.derived and message.message_id:
                    ids.rename(connection, known.pop(key).id, conversation)  # its own id came second
                    earlier = None
                if key in written or (earlier is not None and earlier.content_hash == digest):
                    counts.unchanged += 1  # twice in this chunk: importers refuse differing twins
                    continue
                written.add(key)
                sent = to_ms(message.sent_at)
                changed_from[conversation] = min(sent, changed_from.get(conversation, sent))
                row = self._row(message, conversation, source_id, digest)
                if earlier is None:
                    new_rows.append(row)
                    if message.attachments:
                        attachments[key] = message.attachments
                    counts.added += 1
                else:
                    self._update(connection, earlier.id, row)
                    counts.updated += 1
            self._forget_stale(connection, changed_from, {key[0] for key in known})
            marks = ",".join("?" * 15)
            connection.executemany(f"INSERT INTO messages ({_MESSAGE_COLUMNS}) VALUES ({marks})", new_rows)
            self._add_attachments(connection, attachments)
            self._note_bot_versions(connection, messages)
        return counts

    def _conversations(self, connection: sqlite3.Connection, messages: Sequence[IncomingMessage]) -> dict[str, int]:
        first: dict[str, IncomingMessage] = {}
        for message in messages:
            first.setdefault(message.conversation_id, message)
        wanted = json.dumps(list(first))
        query = "SELECT source_id, id FROM conversations WHERE source_id IN (SELECT value FROM json_each(?))"
        found: dict[str, int] = dict(connection.execute(query, (wanted,)).fetchall())
        missing = [message for key, message in first.items() if key not in found]
        if missing:
            connection.executemany(
                "INSERT INTO conversations (source_id, channel, shop, product, order_id, rating, batch_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(m.conversation_id, m.channel, m.shop, m.product, m.order_id, m.rating, self._batch) for m in missing],
            )
            found = dict(connection.execute(query, (wanted,)).fetchall())
        self._note_late_facts(connection, messages, found)
        return found

    @staticmethod
    def _note_late_facts(
        connection: sqlite3.Connection, messages: Sequence[IncomingMessage], found: dict[str, int]
    ) -> None:
        """Fill facts of a conversation that its first row lacked; a later rating replaces an earlier one."""
        late = [
            (m.channel, m.shop, m.product, m.order_id, m.rating, found[m.conversation_id])
            for m in messages
            if m.rating is not None or m.product or m.order_id
        ]
        connection.executemany(
            "UPDATE conversations SET channel = iif(channel = '', ?1, channel), shop = iif(shop = '', ?2, shop),"
            " product = iif(product = '', ?3, product), order_id = iif(order_id = '', ?4, order_id),"
            " rating = coalesce(?5, rating) WHERE id = ?6 AND (product = '' AND ?3 <> '' OR order_id = '' AND ?4 <> ''"
            " OR channel = '' AND ?1 <> '' OR shop = '' AND ?2 <> '' OR ?5 IS NOT NULL AND rating IS NOT ?5)",
            set(late),
        )

    @staticmethod
    def _known(
        connection: sqlite3.Connection, conversations: set[int]
    ) -> tuple[dict[tuple[int, str], _Known], Counter[tuple[int, bytes]]]:
        known: dict[tuple[int, str], _Known] = {}
        by_content: Counter[tuple[int, bytes]] = Counter()
        marks = ",".join(map(str, conversations))
        for row in connection.execute(
            "SELECT id, conversation_id, source_id, content_hash, derived_id FROM messages"
            f" WHERE conversation_id IN ({marks})"
        ):
            known[row[1], row[2]] = _Known(row[0], row[3], bool(row[4]))
            if row[4]:
                by_content[row[1], row[3]] += 1
        return known, by_content

    def _row(self, message: IncomingMessage, conversation: int, source_id: str, digest: bytes) -> tuple[object, ...]:
        return (
            conversation,
            source_id,
            to_ms(message.sent_at),
            offset_of(message.sent_at),
            day_number(message.sent_at),
            message.role.value,
            message.sender,
            message.text,
            int(message.private),
            int(message.role in REPLY_ROLES and not message.private),
            message.intent,
            message.bot_version,
            digest,
            int(not message.message_id),
            self._batch,
        )

    def _update(self, connection: sqlite3.Connection, message_id: int, row: tuple[object, ...]) -> None:
        before = connection.execute("SELECT * FROM messages WHERE id = ?", (message_id,)).fetchone()
        record = {key: before[key] for key in before.keys() if key not in ("id", "batch_id")}  # noqa: SIM118
        record["content_hash"] = before["content_hash"].hex()
        connection.execute(
            "INSERT INTO message_history (message_id, batch_id, before) VALUES (?, ?, ?)",
            (message_id, self._batch, json.dumps(record, ensure_ascii=False)),
        )
        # the batch that brought the message stays; the history tells who changed it
        names = _MESSAGE_COLUMNS.replace(", batch_id", "").split(", ")
        assignments = ", ".join(f"{name} = ?" for name in (n.strip() for n in names))
        # the scores of this reply must go before its day or sender changes: rollups are taken away by them
        self._scores.forget([message_id])
        connection.execute(f"UPDATE messages SET {assignments} WHERE id = ?", (*row[:-1], message_id))

    def _forget_stale(
        self, connection: sqlite3.Connection, changed_from: dict[int, int], conversations: set[int]
    ) -> None:
        """A reply's score stands for what was said before it: drop it when that has changed."""
        stale: list[int] = []
        for conversation in conversations & changed_from.keys():
            rows = connection.execute(
                "SELECT id FROM messages WHERE conversation_id = ? AND is_reply = 1 AND sent_at >= ?",
                (conversation, changed_from[conversation]),
            )
            stale += [row[0] for row in rows]
        if stale:
            self._scores.forget(stale)

    @staticmethod
    def _add_attachments(connection: sqlite3.Connection, attachments: dict[tuple[int, str], tuple[str, ...]]) -> None:
        for (conversation, source_id), names in attachments.items():
            row = connection.execute(
                "SELECT id FROM messages WHERE conversation_id = ? AND source_id = ?",
                (conversation, source_id),
            ).fetchone()
            connection.executemany(
                "INSERT INTO attachments (message_id, name) VALUES (?, ?)", [(row[0], name) for name in names]
            )

    @staticmethod
    def _note_bot_versions(connection: sqlite3.Connection, messages: Sequence[IncomingMessage]) -> None:
        first: dict[tuple[str, str], int] = {}
        for message in messages:
            if message.role is Role.BOT and message.bot_version:
                key = (message.sender, message.bot_version)
                day = day_number(message.sent_at)
                first[key] = min(day, first.get(key, day))
        connection.executemany(
            "INSERT INTO bot_versions (sender, version, first_day) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET first_day = min(first_day, excluded.first_day)",
            [(sender, version, day) for (sender, version), day in first.items()],
        )


class _DerivedIds:
    """Ids for messages that have none: their position in the conversation, never one the source uses itself."""

    def __init__(
        self,
        known: dict[tuple[int, str], _Known],
        conversations: dict[str, int],
        messages: Sequence[IncomingMessage],
    ) -> None:
        self._taken = set(known)
        self._taken.update((conversations[m.conversation_id], m.message_id) for m in messages if m.message_id)
        self._position = Counter(key[0] for key in known)

    def next(self, conversation: int) -> str:
        """The next free position."""
        while True:
            self._position[conversation] += 1
            key = (conversation, str(self._position[conversation]))
            if key not in self._taken:
                self._taken.add(key)
                return key[1]

    def rename(self, connection: sqlite3.Connection, message_id: int, conversation: int) -> None:
        """Give way to a message whose own id equals a derived one."""
        connection.execute("UPDATE messages SET source_id = ? WHERE id = ?", (self.next(conversation), message_id))


def content_hash(message: IncomingMessage) -> bytes:
    """What makes two messages the same message, in 16 bytes."""
    parts = (
        str(to_ms(message.sent_at)),
        message.role.value,
        message.sender,
        message.text,
        "1" if message.private else "",
        message.intent,
        message.bot_version,
        *message.attachments,
    )
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Totals:
    """Sizes of a workspace."""

    conversations: int
    messages: int
    replies: int
    first_day: int | None
    last_day: int | None


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
            messages=tuple(_message(m, tuple(attached.get(m["id"], ()))) for m in messages),
        )

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


def _message(row: sqlite3.Row, attachments: tuple[str, ...]) -> Message:
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
    conversation: int | None = None
    before: list[ContextTurn] = []
    asked_at: int | None = None
    for row in rows:
        if row["conversation_id"] != conversation:
            conversation, before, asked_at = row["conversation_id"], [], None
        role = Role(row["role"])
        if row["id"] in wanted:
            yield ReplyInput(
                reply_id=row["id"],
                conversation=row["source_id"],
                role=role,
                text=row["text"],
                context=tuple(before[-CONTEXT_MESSAGES:]),
                channel=row["channel"],
                seconds_waited=None if asked_at is None else (row["sent_at"] - asked_at) / 1000,
            )
        if row["private"]:
            continue
        before.append(ContextTurn(role, row["text"]))
        if role is Role.CUSTOMER:
            asked_at = row["sent_at"]
