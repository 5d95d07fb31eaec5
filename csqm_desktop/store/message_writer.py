"""Writing what importers bring: which messages are new, known or changed, in one transaction a chunk."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, groupby, repeat
from typing import Any

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.store import search_index
from csqm_desktop.store.columns import Columns, columns_of, rows_of
from csqm_desktop.store.database import Database
from csqm_desktop.store.prepared import Prepared, prepare
from csqm_desktop.store.scores import ScoreStore
from csqm_desktop.store.staleness import stale_replies

_MESSAGE_COLUMNS = (
    "conversation_id, source_id, sent_at, offset_minutes, day, role, sender, text, private, is_reply, intent,"
    " bot_version, content_hash, derived_id, batch_id"
)
_TEXT = 7  # where the text is among them
# The hash is given as a bytearray: for ``bytes`` the sqlite3 module looks for a converter, which takes its time.

_NEVER = 1 << 62


@dataclass
class WriteCounts:
    """What a write did, in rows."""

    added: int = 0
    unchanged: int = 0
    updated: int = 0

    def add(self, other: WriteCounts) -> None:
        """Count another write, too."""
        self.added += other.added
        self.unchanged += other.unchanged
        self.updated += other.updated


@dataclass(frozen=True, slots=True)
class _Known:
    """A stored message as far as the writer compares it."""

    id: int
    content_hash: bytes
    derived: bool
    before: bool  # from an import before this one


@dataclass(frozen=True, slots=True)
class _Stored:
    """The messages of conversations that were there before: by id, and how often each content is there."""

    by_id: dict[tuple[int, str], _Known]
    by_content: Counter[tuple[int, bytes]]  # what a message without an id may be
    derived: Counter[tuple[int, bytes]]  # what one with a position for its id may be


class ConversationWriter:
    """Writes one import batch, chunk by chunk, each chunk one transaction.

    A message is known by its conversation and its id; without an id, by its content and how often that
    content has come before, so that an overlapping export adds only what is new. Our own exports give a message
    that has no id its position: a row with such a number is the message that an earlier import stored without an id,
    if both say the same.
    """

    def __init__(self, database: Database, scores: ScoreStore, batch_id: int) -> None:
        self._database = database
        self._scores = scores
        self._batch = batch_id
        self._seen: Counter[tuple[int, bytes]] = Counter()  # rows that were known by their content

    def write(self, messages: Sequence[IncomingMessage]) -> WriteCounts:
        """Store messages (already redacted) and say how many were new, known or changed."""
        return self.write_prepared([prepare(message) for message in messages])

    def write_prepared(self, rows: Sequence[Prepared]) -> WriteCounts:
        """The same for messages that ``prepare`` has been through."""
        return self.write_columns(columns_of(rows))

    def write_columns(self, columns: Columns) -> WriteCounts:
        """The same for such messages in columns."""
        with self._database.transaction() as connection:
            conversations = _Conversations(connection, columns, self._batch)
            stored = _stored(connection, conversations.old, self._batch, all(columns[1]))
            chunk = _Chunk(connection, self._batch, conversations.ids, stored, columns)
            for row in chunk.without_new():
                chunk.take(row, self._seen)
            for message_id, conversation in chunk.renamed:
                source_id = chunk.derived.next(conversation)
                connection.execute("UPDATE messages SET source_id = ? WHERE id = ?", (source_id, message_id))
            for message_id, values in chunk.updates:
                chunk.changed_at(values[0], self._update(connection, message_id, values))
            known = {key[0] for key in chunk.known}
            self._scores.forget(
                stale_replies(connection, {c: at for c, at in chunk.changed_from.items() if c in known})
            )
            _insert(connection, chunk)
            _note_bot_versions(connection, columns)
        return chunk.counts

    def _update(self, connection: sqlite3.Connection, message_id: int, row: tuple[Any, ...]) -> int:
        """Change a stored message; returns when it was sent until now."""
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
        return int(before["sent_at"])


class _Conversations:
    """The numbers of a chunk's conversations; those that are new are made, with what the messages say of them."""

    _QUERY = "SELECT source_id, id FROM conversations WHERE source_id IN (SELECT value FROM json_each(?))"

    def __init__(self, connection: sqlite3.Connection, columns: Columns, batch: int) -> None:
        facts: dict[str, tuple[object, ...]] = {}
        late: dict[tuple[object, ...], None] = {}  # in their order: the last rating counts
        said = zip(columns[0], *columns[14:19], strict=True)
        for (name, *told), _ in groupby(said):  # messages of a conversation mostly follow each other
            fact = tuple(told)
            first = facts.setdefault(name, fact)
            if first != fact:
                late[(*fact, name)] = None
        wanted = json.dumps(list(facts))
        self.ids: dict[str, int] = dict(connection.execute(self._QUERY, (wanted,)).fetchall())
        self.old = set(self.ids.values())
        late = dict.fromkeys((*facts[name], name) for name in self.ids) | late
        missing = [(name, *fact, batch) for name, fact in facts.items() if name not in self.ids]
        if missing:
            connection.executemany(
                "INSERT INTO conversations (source_id, channel, shop, product, order_id, rating, batch_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                missing,
            )
            self.ids = dict(connection.execute(self._QUERY, (wanted,)).fetchall())
        self._note_late_facts(connection, late)

    def _note_late_facts(self, connection: sqlite3.Connection, late: Iterable[tuple[object, ...]]) -> None:
        """Fill facts of a conversation that its first row lacked; a later rating replaces an earlier one."""
        connection.executemany(
            "UPDATE conversations SET channel = iif(channel = '', ?1, channel), shop = iif(shop = '', ?2, shop),"
            " product = iif(product = '', ?3, product), order_id = iif(order_id = '', ?4, order_id),"
            " rating = coalesce(?5, rating) WHERE id = ?6 AND (product = '' AND ?3 <> '' OR order_id = '' AND ?4 <> ''"
            " OR channel = '' AND ?1 <> '' OR shop = '' AND ?2 <> '' OR ?5 IS NOT NULL AND rating IS NOT ?5)",
            [(*fact[:5], self.ids[str(fact[5])]) for fact in late if fact[2] or fact[3] or fact[4] is not None],
        )


class _Chunk:
    """What a chunk of messages means for the store, decided message by message."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        batch: int,
        conversations: dict[str, int],
        stored: _Stored,
        columns: Columns,
    ) -> None:
        self._connection = connection
        self._batch = batch
        self._columns = columns
        self._conversations = conversations
        self.known = stored.by_id
        self._stored = stored
        self.derived = _DerivedIds(stored.by_id, conversations, columns)
        self.counts = WriteCounts()
        self.new: list[tuple[Any, ...]] = []
        self.attachments: list[tuple[int, tuple[str, ...]]] = []  # place among the new, names
        self.updates: list[tuple[int, tuple[Any, ...]]] = []
        self.renamed: list[tuple[int, int]] = []
        self.changed_from: dict[int, int] = {}  # conversation: earliest time that changed
        self._written: set[tuple[int, str]] = set()

    def changed_at(self, conversation: int, sent: int) -> None:
        """Note a time at which a conversation changes."""
        if sent < self.changed_from.get(conversation, _NEVER):
            self.changed_from[conversation] = sent

    def without_new(self) -> Sequence[Prepared]:
        """Take the messages of which it can be seen at once that they are new; gives the others, to be looked at.

        New are those of conversations without messages, if each of the chunk has an id of its own.
        """
        columns = self._columns
        if not all(columns[1]) or len(set(zip(columns[0], columns[1], strict=True))) < len(columns[1]):
            return rows_of(columns)
        numbers = list(map(self._conversations.__getitem__, columns[0]))
        old = {conversation for conversation, _ in self.known}
        fresh = [number not in old for number in numbers] if old else [True] * len(numbers)
        hashes = map(bytearray, columns[12])
        new = zip(numbers, *columns[1:12], hashes, repeat(0), repeat(self._batch), strict=False)
        self.new = list(compress(new, fresh) if old else new)
        files = compress(columns[13], fresh) if any(columns[13]) else ()
        self.attachments = [(place, names) for place, names in enumerate(files) if names]
        self.counts.added = len(self.new)
        return [row for row, is_fresh in zip(rows_of(columns), fresh, strict=True) if not is_fresh] if old else ()

    def take(self, row: Prepared, seen: Counter[tuple[int, bytes]]) -> None:
        """Decide about one message: new, changed, or known already."""
        conversation, source_id, digest = self._conversations[row[0]], row[1], row[12]
        derived = not source_id
        if derived:
            seen[conversation, digest] += 1
            if seen[conversation, digest] <= self._stored.by_content[conversation, digest]:
                self.counts.unchanged += 1
                return
            source_id = self.derived.next(conversation)
        key = (conversation, source_id)
        earlier = self.known.get(key) if self.known else None
        if key in self._written or (earlier is not None and not earlier.derived and earlier.content_hash == digest):
            self.counts.unchanged += 1  # twice in this chunk: importers refuse differing twins
            return
        if not derived and source_id.isdecimal() and self._has_no_id(earlier, row, (conversation, digest), seen):
            self.counts.unchanged += 1
            return
        if earlier is not None and not earlier.derived and _says_no_more(self._connection, earlier.id, row):
            self.counts.unchanged += 1
            return
        if earlier is not None and earlier.derived and not derived:
            self.renamed.append((self.known.pop(key).id, conversation))  # its own id came second
            earlier = None
        self._written.add(key)
        sent = row[2]
        self.changed_at(conversation, sent)
        values = (conversation, source_id, *row[2:12], bytearray(digest), 1 if derived else 0, self._batch)
        if earlier is not None:
            self.updates.append((earlier.id, values))
            self.counts.updated += 1
            return
        if row[13]:
            self.attachments.append((len(self.new), row[13]))
        self.new.append(values)
        self.counts.added += 1

    def _has_no_id(
        self, earlier: _Known | None, row: Prepared, content: tuple[int, bytes], seen: Counter[tuple[int, bytes]]
    ) -> bool:
        """Whether a row whose id may be a position is a stored message without an id of its own.

        Mostly the one at that position; another one with the same content where positions have moved since.
        """
        if (
            earlier is not None
            and earlier.derived
            and earlier.before
            and (earlier.content_hash == content[1] or _says_the_same(self._connection, earlier.id, row))
        ):
            seen[content[0], earlier.content_hash] += 1
            return True
        if seen[content] < self._stored.derived[content]:
            seen[content] += 1
            return True
        return False


def _stored(connection: sqlite3.Connection, conversations: set[int], batch: int, all_ids: bool) -> _Stored:
    """The stored messages of conversations that were there before the chunk; ``all_ids``: all its rows have one."""
    stored = _Stored({}, Counter(), Counter())
    if not conversations:
        return stored
    marks = ",".join(map(str, conversations))
    for row in connection.execute(
        "SELECT id, conversation_id, source_id, content_hash, derived_id, batch_id FROM messages"
        f" WHERE conversation_id IN ({marks})"
    ):
        # within one import a row without an id and one with an id are two messages, wherever chunks are cut
        derived, before = bool(row[4]), row[5] != batch
        stored.by_id[row[1], row[2]] = _Known(row[0], row[3], derived, before)
        if derived and before:
            stored.derived[row[1], row[3]] += 1
        if not all_ids and (derived or before):
            stored.by_content[row[1], row[3]] += 1
    return stored


def _says_the_same(connection: sqlite3.Connection, message_id: int, row: Prepared) -> bool:
    """Whether a stored message has a row's time, role and text: not all formats carry what else is known of it."""
    stored = connection.execute("SELECT sent_at, role, text FROM messages WHERE id = ?", (message_id,)).fetchone()
    return tuple(stored) == (row[2], row[5], row[7])


def _says_no_more(connection: sqlite3.Connection, message_id: int, row: Prepared) -> bool:
    """Whether a row lacks facts that are known of a stored message and else says the same: its format has no room."""
    if row[13]:
        return False
    stored = connection.execute(
        "SELECT sent_at, role, text, private, sender, intent, bot_version FROM messages WHERE id = ?", (message_id,)
    ).fetchone()
    facts = zip(tuple(stored)[4:], (row[6], row[10], row[11]), strict=True)
    return tuple(stored)[:4] == (row[2], row[5], row[7], row[8]) and all(said in ("", known) for known, said in facts)


def _insert(connection: sqlite3.Connection, chunk: _Chunk) -> None:
    """Store the new messages with numbers in their order, so that what belongs to them needs no second look."""
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM messages").fetchone()[0]
    marks = ",".join("?" * 15)
    connection.executemany(f"INSERT INTO messages ({_MESSAGE_COLUMNS}) VALUES ({marks})", chunk.new)
    connection.executemany(
        "INSERT INTO attachments (message_id, name) VALUES (?, ?)",
        [(first + place, name) for place, names in chunk.attachments for name in names],
    )
    search_index.add_written(connection, first, [values[_TEXT] for values in chunk.new])


def _note_bot_versions(connection: sqlite3.Connection, columns: Columns) -> None:
    if not any(columns[11]):
        return
    first: dict[tuple[str, str], int] = {}
    for day, role, sender, version in zip(*(columns[place] for place in (4, 5, 6, 11)), strict=True):
        if version and role == Role.BOT.value:
            key = (sender, version)
            first[key] = min(day, first.get(key, day))
    connection.executemany(
        "INSERT INTO bot_versions (sender, version, first_day) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET first_day = min(first_day, excluded.first_day)",
        [(sender, version, day) for (sender, version), day in first.items()],
    )


class _DerivedIds:
    """Ids for messages that have none: their position in the conversation, never one the source uses itself."""

    def __init__(self, known: dict[tuple[int, str], _Known], conversations: dict[str, int], columns: Columns) -> None:
        self._known = known
        self._conversations = conversations
        self._columns = columns
        self._taken: set[tuple[int, str]] | None = None  # most chunks never ask
        self._position: Counter[int] = Counter()

    def next(self, conversation: int) -> str:
        """The next free position."""
        if self._taken is None:
            self._taken = set(self._known)
            ids = zip(self._columns[0], self._columns[1], strict=True)
            self._taken.update((self._conversations[name], source_id) for name, source_id in ids if source_id)
            self._position = Counter(key[0] for key in self._known)
        while True:
            self._position[conversation] += 1
            key = (conversation, str(self._position[conversation]))
            if key not in self._taken:
                self._taken.add(key)
                return key[1]
