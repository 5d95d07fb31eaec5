"""Stored messages whose texts are masked again: their text, sender and hash change, what was made from them goes.

The store knows no rules: whoever calls brings a ``Masks``.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from csqm_desktop.domain.masking_rules import MASKING_RULES
from csqm_desktop.store.attachments import names_of
from csqm_desktop.store.database import Database
from csqm_desktop.store.erasure import ErasureStore
from csqm_desktop.store.prepared import content_hash
from csqm_desktop.store.scores import ScoreStore
from csqm_desktop.store.staleness import stale_replies

_PAGE = 5000
_MASKED_BY = "masked_by"  # a workspace fact


@dataclass(frozen=True, slots=True)
class Masks:
    """How texts and senders are masked; ``bare`` is for texts that have placeholders without signs.

    ``kinds`` says of a text before and after of which kinds something was masked in it, one for each place.
    """

    text: Callable[[str], str]
    sender: Callable[[str], str]
    bare: Callable[[str], str]
    kinds: Callable[[str, str], list[str]]


class Kept(NamedTuple):
    """A stored message as far as masking looks at it."""

    id: int
    text: str
    sender: str


@dataclass
class Replaced:
    """What a round of changes did, in rows."""

    messages: int = 0
    scores: int = 0  # replies whose scores no longer stand for what is there

    def add(self, other: Replaced) -> None:
        """Count another round, too."""
        self.messages += other.messages
        self.scores += other.scores


class MaskedTexts:
    """Which rules masked the stored texts, and changing those that present rules mask further."""

    def __init__(self, database: Database, scores: ScoreStore, erasure: ErasureStore) -> None:
        self._database = database
        self._scores = scores
        self._erasure = erasure

    # -- by which rules

    @property
    def masked_by(self) -> int:
        """The rules that all stored texts have been masked by; 0: those of a release that did not note it."""
        query = "SELECT value FROM workspace_facts WHERE key = ?"
        row = self._database.connection().execute(query, (_MASKED_BY,)).fetchone()
        return int(row[0]) if row else 0

    def outdated(self) -> bool:
        """Whether there are texts that older rules than this release's have masked."""
        return self.masked_by < MASKING_RULES and self._any()

    def _any(self) -> bool:
        found = self._database.connection().execute(
            "SELECT EXISTS (SELECT 1 FROM messages) OR EXISTS (SELECT 1 FROM rejected_rows)"
        )
        return bool(found.fetchone()[0])

    # -- messages

    def messages(self) -> Iterator[list[Kept]]:
        """All messages in the order they were stored, some thousand at a time."""
        after = 0
        while True:
            rows = self._database.connection().execute(
                "SELECT id, text, sender FROM messages WHERE id > ? ORDER BY id LIMIT ?", (after, _PAGE)
            )
            found = [Kept(*row) for row in rows]
            if not found:
                return
            yield found
            after = found[-1].id

    def around(self, ids: Sequence[int]) -> tuple[list[int], set[str]]:
        """The replies that a model read these messages with, and the messages' texts."""
        connection = self._database.connection()
        rows = connection.execute(f"SELECT conversation_id, sent_at, text FROM messages WHERE id IN ({_marks(ids)})")
        earliest: dict[int, int] = {}
        texts = set()
        for conversation, sent, text in rows:
            earliest[conversation] = min(sent, earliest.get(conversation, sent))
            texts.add(text)
        return stale_replies(connection, earliest), texts

    def replace(self, ids: Sequence[int], masks: Masks) -> Replaced:
        """Mask these messages where they still need it, all in one transaction.

        Reviews stay. Scores of the replies that read otherwise now go, so that they are scored again; a kept original
        stays the original.
        """
        with self._database.transaction() as connection:
            marks = _marks(ids)
            rows = connection.execute(f"SELECT * FROM messages WHERE id IN ({marks})").fetchall()
            changed = [(row, masks.text(row["text"]), masks.sender(row["sender"])) for row in rows]
            changed = [item for item in changed if (item[0]["text"], item[0]["sender"]) != item[1:]]
            if not changed:
                return Replaced()
            self._erasure.note_pending(connection)
            stale = _stale(connection, changed)
            self._scores.forget(stale)
            _write(connection, changed)
            _rename_bots(connection, changed)
            _count(connection, changed, masks)
            return Replaced(len(changed), len(stale))

    def tidy(self) -> None:
        """Let go of what only the old spelling of a sender kept."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM rollups WHERE n = 0")


def remember(connection: sqlite3.Connection) -> None:
    """Note in a new database, or in one whose texts were all masked again, which rules that were."""
    connection.execute(
        "INSERT OR REPLACE INTO workspace_facts (key, value) VALUES (?, ?)", (_MASKED_BY, str(MASKING_RULES))
    )


_Changed = Sequence[tuple[sqlite3.Row, str, str]]


def _stale(connection: sqlite3.Connection, changed: _Changed) -> list[int]:
    """Replies that read otherwise now; those of another sender as well, since sums by sender are taken from scores."""
    earliest: dict[int, int] = {}
    renamed = []
    for row, text, sender in changed:
        if text != row["text"] and not row["private"]:
            conversation = row["conversation_id"]
            earliest[conversation] = min(row["sent_at"], earliest.get(conversation, row["sent_at"]))
        if sender != row["sender"] and row["is_reply"]:
            renamed.append(row["id"])
    return list(dict.fromkeys((*stale_replies(connection, earliest), *renamed)))


def _write(connection: sqlite3.Connection, changed: _Changed) -> None:
    marks = _marks([row["id"] for row, _text, _sender in changed])
    names = names_of(connection, marks)
    # a trigger drops the original of a message whose text changes: here the original stays what it was
    originals = connection.execute(f"SELECT * FROM raw_texts WHERE message_id IN ({marks})").fetchall()
    connection.executemany(
        "UPDATE messages SET text = ?, sender = ?, content_hash = ? WHERE id = ?",
        [(text, sender, _hash(row, text, sender, names), row["id"]) for row, text, sender in changed],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO raw_texts (message_id, content, kept_at) VALUES (?, ?, ?)", map(tuple, originals)
    )


def _hash(message: Any, text: str, sender: str, names: Mapping[int, Sequence[str]]) -> bytes:
    return content_hash(
        message["sent_at"], message["role"], sender, text, bool(message["private"]), message["intent"],
        message["bot_version"], names.get(message["id"], ()),
    )  # fmt: skip


def _count(connection: sqlite3.Connection, changed: _Changed, masks: Masks) -> None:
    """Add to what was masked of each import: its report and the cards of exports tell it."""
    found: Counter[tuple[int, str]] = Counter()
    for row, text, sender in changed:
        kinds = masks.kinds(row["text"], text) + masks.kinds(row["sender"], sender)
        found.update((row["batch_id"], kind) for kind in kinds if row["batch_id"] is not None)
    connection.executemany(
        "INSERT INTO redactions (batch_id, kind, count) VALUES (?, ?, ?)"
        " ON CONFLICT (batch_id, kind) DO UPDATE SET count = count + excluded.count",
        [(*key, count) for key, count in found.items()],
    )


def _rename_bots(connection: sqlite3.Connection, changed: _Changed) -> None:
    """Releases of a bot stand under its name."""
    renamed = {(row["sender"], sender) for row, _text, sender in changed if row["bot_version"]}
    for old, new in renamed:
        if old != new:
            connection.execute("UPDATE OR IGNORE bot_versions SET sender = ? WHERE sender = ?", (new, old))
            connection.execute("DELETE FROM bot_versions WHERE sender = ?", (old,))


def earlier_wording(before: str, masks: Masks, names: Sequence[str]) -> str:
    """The record of what a message was before an import changed it, masked."""
    record = json.loads(before)
    text, sender = masks.text(record["text"]), masks.sender(record["sender"])
    if (text, sender) == (record["text"], record["sender"]):
        return before
    digest = _hash(record | {"id": 0}, text, sender, {0: names})
    record |= {"text": text, "sender": sender, "content_hash": digest.hex()}
    return json.dumps(record, ensure_ascii=False)


def _marks(ids: Sequence[int]) -> str:
    return ",".join(map(str, ids))
