"""Writing what importers bring: which messages are new, known or changed, in one transaction a chunk."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from csqm_desktop.domain.conversation import REPLY_ROLES, IncomingMessage, Role
from csqm_desktop.store.clock import day_number, offset_of, to_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.scores import ScoreStore

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
