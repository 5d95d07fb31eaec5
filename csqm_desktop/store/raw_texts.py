"""The originals of masked messages, kept for some days when a workspace wants that, each sealed, and their real end.

A row is sealed by the key of the day on which it came in (``vault.day_keys``) and bound to its message. At its end the
key goes first: from then on no copy of the row can be read. Then the rows go, and the table is written anew, so that
the file's pages hold nothing of them either.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from csqm_desktop.errors import CsqmError
from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database, environment_errors
from csqm_desktop.vault.day_keys import DayKeys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

DAY_MS = 24 * 3600 * 1000
MOST_DAYS = 365
_DAYS = "raw_text_days"  # a workspace fact
_NONCE = 12

Original = tuple[str, bytes, str]
"""A masked message's conversation (its source's id), content hash, and the text as it came."""


@dataclass(frozen=True, slots=True)
class RawState:
    """``days`` 0: originals are not kept. ``oldest`` is when the oldest came in (ms), None without any."""

    days: int
    kept: int
    oldest: int | None


class RawTextStore:
    """Keeps, reads and ends originals. Whoever asks for a text answers for the role, the reason and the log."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._keys = DayKeys(folder)

    # -- whether and how long

    @property
    def days(self) -> int:
        """For how many days originals are kept; 0: not at all."""
        query = "SELECT value FROM workspace_facts WHERE key = ?"
        row = self._database.connection().execute(query, (_DAYS,)).fetchone()
        return int(row[0]) if row else 0

    def set_days(self, days: int) -> None:
        """Keep what comes in from now on for so many days.

        Raises ``raw_text_days`` beyond a year, ``raw_text_plain`` in a workspace that is not encrypted.
        """
        if not 0 <= days <= MOST_DAYS:
            raise CsqmError("raw_text_days", most=MOST_DAYS)
        if days and self._database.key is None:
            raise CsqmError("raw_text_plain")
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM workspace_facts WHERE key = ?", (_DAYS,))
            if days:
                connection.execute("INSERT INTO workspace_facts (key, value) VALUES (?, ?)", (_DAYS, str(days)))

    def state(self) -> RawState:
        """What is kept now."""
        row = self._database.connection().execute("SELECT count(*), min(kept_at) FROM raw_texts").fetchone()
        return RawState(self.days, row[0], row[1])

    # -- keeping

    def keep(self, batch_id: int, originals: Sequence[Original]) -> int:
        """Keep the originals of messages that a batch added or changed; returns of how many.

        Nest it in the transaction that stored them. What was there before keeps the day on which it came in.
        """
        now = now_ms()
        day = now // DAY_MS
        cipher = _cipher(self._keys.of(day))
        with self._database.transaction() as connection:
            found = _numbers(connection, batch_id, originals)
            connection.executemany(
                "INSERT OR REPLACE INTO raw_texts (message_id, content, kept_at) VALUES (?, ?, ?)",
                [(number, _seal(cipher, number, text), now) for number, text in found],
            )
        return len(found)

    # -- reading

    def among(self, message_ids: Iterable[int]) -> set[int]:
        """Those messages whose original can still be read."""
        marks = ",".join(map(str, message_ids))
        rows = self._database.connection().execute(
            f"SELECT message_id FROM raw_texts WHERE message_id IN ({marks}) AND kept_at > ?", (self._limit(),)
        )
        return {row[0] for row in rows}

    def read(self, message_id: int) -> str | None:
        """A message as it came in; None when that was not kept, or its days are over."""
        row = (
            self._database.connection()
            .execute(
                "SELECT content, kept_at FROM raw_texts WHERE message_id = ? AND kept_at > ?",
                (message_id, self._limit()),
            )
            .fetchone()
        )
        key = self._keys.read().get(row[1] // DAY_MS) if row else None
        return _unseal(_cipher(key), message_id, row[0]) if key else None

    # -- the end

    def due(self) -> bool:
        """Whether anything is older than it may be."""
        row = self._database.connection().execute("SELECT min(kept_at) FROM raw_texts").fetchone()
        return row[0] is not None and row[0] <= self._limit()

    def purge(self, everything: bool = False) -> int:
        """End what is older than it may be, or everything; returns how many originals that were.

        Safe to be cut off: without the key nothing can be read, and the next call takes the rows.
        """
        limit = now_ms() if everything else self._limit()
        if everything:
            self._keys.destroy()
        else:
            self._keys.drop_until(limit // DAY_MS - 1)
        query = "SELECT count(*) FROM raw_texts WHERE kept_at <= ?"
        count = int(self._database.connection().execute(query, (limit,)).fetchone()[0])
        if count:
            self.rewrite(limit)
        return count

    def forget_batch(self, batch_id: int) -> int:
        """End what came with a batch, also of messages that stay; ``rewrite`` leaves no byte of it."""
        with self._database.transaction() as connection:
            return connection.execute(
                "DELETE FROM raw_texts WHERE message_id IN (SELECT id FROM messages WHERE batch_id = ?1 UNION"
                " SELECT message_id FROM message_history WHERE batch_id = ?1)",
                (batch_id,),
            ).rowcount

    def rewrite(self, limit: int = 0) -> None:
        """Write the table anew without what was kept until ``limit`` (ms), and fold the log into the file.

        Only pages of this table are touched: with ``secure_delete`` SQLite overwrites each page that it frees, and
        all pages of the old table are freed. It costs as much as what is kept, however large the workspace is.
        """
        with self._rewriting() as connection:
            connection.execute("DROP TABLE IF EXISTS temp.originals_left")
            connection.execute(
                "CREATE TEMP TABLE originals_left AS SELECT * FROM raw_texts WHERE kept_at > ?", (limit,)
            )
            connection.execute("DELETE FROM raw_texts")
            connection.execute("INSERT INTO raw_texts SELECT * FROM temp.originals_left ORDER BY message_id")
            connection.execute("DROP TABLE temp.originals_left")
        with environment_errors(self._database.path):
            self._database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _rewriting(self) -> Iterator[sqlite3.Connection]:
        connection = self._database.connection()
        connection.execute("PRAGMA secure_delete = ON")
        # with foreign keys SQLite would delete row by row and keep the table's first page as it is
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            with self._database.transaction():
                yield connection
        finally:
            connection.execute("PRAGMA foreign_keys = ON")

    def _limit(self) -> int:
        return now_ms() - self.days * DAY_MS


def leave_out(database: Database) -> None:
    """Take the originals out of a copy of a database: a backup lives longer than they may."""
    connection = database.connection()
    if connection.execute("SELECT 1 FROM raw_texts LIMIT 1").fetchone():
        with database.transaction():
            connection.execute("DELETE FROM raw_texts")
        connection.execute("VACUUM")


def _numbers(connection: sqlite3.Connection, batch_id: int, originals: Sequence[Original]) -> list[tuple[int, str]]:
    """The message numbers of originals, among what a batch added or changed."""
    wanted = json.dumps(list({conversation for conversation, _hash, _text in originals}))
    rows = connection.execute(
        "SELECT c.source_id, m.content_hash, m.id FROM conversations c JOIN messages m ON m.conversation_id = c.id"
        " WHERE c.source_id IN (SELECT value FROM json_each(?1)) AND (m.batch_id = ?2 OR EXISTS (SELECT 1"
        " FROM message_history h WHERE h.message_id = m.id AND h.batch_id = ?2)) ORDER BY m.id DESC",
        (wanted, batch_id),
    )
    found: dict[tuple[str, bytes], list[int]] = {}
    for source_id, digest, number in rows:
        found.setdefault((source_id, digest), []).append(number)
    result = []
    for conversation, digest, text in originals:
        if numbers := found.get((conversation, digest)):
            result.append((numbers.pop() if len(numbers) > 1 else numbers[0], text))
    return result


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _seal(cipher: AESGCM, message_id: int, text: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), _bound(message_id))


def _unseal(cipher: AESGCM, message_id: int, content: bytes) -> str | None:
    from cryptography.exceptions import InvalidTag

    try:
        plain = cipher.decrypt(content[:_NONCE], content[_NONCE:], _bound(message_id))
    except (InvalidTag, ValueError):
        return None
    return plain.decode("utf-8", "surrogatepass")


def _bound(message_id: int) -> bytes:
    return b"original " + message_id.to_bytes(8, "big")
