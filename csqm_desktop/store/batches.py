"""Import batches: what came from which file, what was refused and why, and taking a batch back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.scores import ScoreStore
from csqm_desktop.store.staleness import stale_replies

_CHUNK = 2000
DAY_MS = 24 * 3600 * 1000
_COLUMNS = "id, path, format, encoding, started_at, finished_at, outcome, added, unchanged, updated, rejected, left_out"
"""The fields of ``Batch``."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One import as the history lists it. ``outcome`` is None while running or after a crash."""

    id: int
    path: str
    format: str
    encoding: str
    started_at: int  # ms
    finished_at: int | None
    outcome: str | None
    added: int
    unchanged: int
    updated: int
    rejected: int
    left_out: int = 0  # messages of customers who were erased before


class BatchStore:
    """Reads and writes import batches."""

    def __init__(self, database: Database, scores: ScoreStore) -> None:
        self._database = database
        self._scores = scores

    def start(self, job_id: int | None, path: Path, file_format: str, encoding: str, mapping: Mapping[str, Any]) -> int:
        """Open a batch; returns its number."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO import_batches (job_id, path, file_size, format, encoding, mapping, started_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    job_id,
                    str(path),
                    path.stat().st_size if path.exists() else 0,
                    file_format,
                    encoding,
                    json.dumps(dict(mapping), ensure_ascii=False),
                    now_ms(),
                ),
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def reject(self, batch_id: int, rows: Sequence[RejectedRow]) -> None:
        """Put rows that could not be read into quarantine; excerpts must be redacted by the caller."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO rejected_rows (batch_id, row, code, detail, excerpt) VALUES (?, ?, ?, ?, ?)",
                [(batch_id, r.row, r.code, json.dumps(r.values, ensure_ascii=False), r.excerpt) for r in rows],
            )

    def count(self, batch_id: int, added: int, unchanged: int, updated: int, rejected: int) -> None:
        """Record the totals so far."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE import_batches SET added = ?, unchanged = ?, updated = ?, rejected = ? WHERE id = ?",
                (added, unchanged, updated, rejected, batch_id),
            )

    def leave_out(self, batch_id: int, count: int) -> None:
        """Note that so many messages more were left out because their customer was erased before."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE import_batches SET left_out = left_out + ? WHERE id = ?", (count, batch_id))

    def remember_file(self, batch_id: int, file_hash: str, reading: str) -> None:
        """Note that all messages of a file came with this batch; forgotten as soon as any of them changes."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE import_batches SET file_hash = ?, reading = ? WHERE id = ? AND updated = 0 AND left_out = 0"
                " AND added = (SELECT count(*) FROM messages WHERE batch_id = import_batches.id)",
                (file_hash, reading, batch_id),
            )

    def of_file(self, file_hash: str, reading: str) -> Batch | None:
        """The finished batch that brought just this file, read in just this way, and is whole and unchanged."""
        row = (
            self._database.connection()
            .execute(
                f"SELECT {_COLUMNS} FROM import_batches b WHERE file_hash = ? AND reading = ? AND outcome = 'succeeded'"
                " AND added = (SELECT count(*) FROM messages WHERE batch_id = b.id) ORDER BY id DESC LIMIT 1",
                (file_hash, reading),
            )
            .fetchone()
        )
        return Batch(*row) if row else None

    def repeat(self, batch: Batch, path: Path) -> int:
        """A batch for a file that is there already: all unchanged, refused what was refused; returns its number."""
        with self._database.transaction() as connection:
            now = now_ms()
            cursor = connection.execute(
                "INSERT INTO import_batches (path, file_size, format, encoding, mapping, started_at, finished_at,"
                " outcome, unchanged, rejected) SELECT ?, file_size, format, encoding, mapping, ?, ?, 'succeeded',"
                " ?, rejected FROM import_batches WHERE id = ?",
                (str(path), now, now, batch.added + batch.unchanged, batch.id),
            )
            assert cursor.lastrowid is not None
            connection.execute(
                "INSERT INTO rejected_rows (batch_id, row, code, detail, excerpt)"
                " SELECT ?, row, code, detail, excerpt FROM rejected_rows WHERE batch_id = ?",
                (cursor.lastrowid, batch.id),
            )
            return cursor.lastrowid

    def finish(self, batch_id: int, outcome: str, redactions: Mapping[str, int]) -> None:
        """Close a batch with its outcome and how much personal data of each kind was masked."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE import_batches SET outcome = ?, finished_at = ? WHERE id = ?",
                (outcome, now_ms(), batch_id),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO redactions (batch_id, kind, count) VALUES (?, ?, ?)",
                [(batch_id, kind, count) for kind, count in redactions.items()],
            )

    # -- what comes in piece by piece

    def open_stream(self, origin: str, file_format: str) -> int:
        """Today's batch of messages that come without a file, made when there is none or it was taken back.

        It counts as finished from the start, as every write to it is complete in itself. ``origin`` is shown in
        place of a file, e.g. ``http:shop``.
        """
        today = now_ms() // DAY_MS * DAY_MS
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT id FROM import_batches WHERE path = ? AND format = ? AND outcome = 'succeeded'"
                " AND started_at >= ? ORDER BY id DESC LIMIT 1",
                (origin, file_format, today),
            ).fetchone()
            if row is not None:
                return int(row[0])
            cursor = connection.execute(
                "INSERT INTO import_batches (path, file_size, format, encoding, mapping, started_at, finished_at,"
                " outcome) VALUES (?, 0, ?, '', '{}', ?, ?, 'succeeded')",
                (origin, file_format, now_ms(), now_ms()),
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def grow(
        self, batch_id: int, added: int, unchanged: int, updated: int, rejected: int, redactions: Mapping[str, int]
    ) -> None:
        """Add to the totals of a batch; nest it in the transaction that stored the messages."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE import_batches SET added = added + ?, unchanged = unchanged + ?, updated = updated + ?,"
                " rejected = rejected + ?, finished_at = ? WHERE id = ?",
                (added, unchanged, updated, rejected, now_ms(), batch_id),
            )
            connection.executemany(
                "INSERT INTO redactions (batch_id, kind, count) VALUES (?, ?, ?)"
                " ON CONFLICT (batch_id, kind) DO UPDATE SET count = count + excluded.count",
                [(batch_id, kind, count) for kind, count in redactions.items()],
            )

    def roll_back(self, batch_id: int, outcome: str) -> None:
        """Take back what a batch added and changed, except messages that people have reviewed meanwhile."""
        self._restore_updates(batch_id)
        while True:
            with self._database.transaction() as connection:
                rows = connection.execute(
                    "SELECT id FROM messages m WHERE batch_id = ? AND NOT EXISTS"
                    " (SELECT 1 FROM reviews r WHERE r.reply_id = m.id) LIMIT ?",
                    (batch_id, _CHUNK),
                ).fetchall()
                ids = [row[0] for row in rows]
                if not ids:
                    break
                marks = ",".join(map(str, ids))
                # other batches' replies in the same conversation were scored with these messages around them
                shared = connection.execute(
                    f"""SELECT conversation_id, min(sent_at) FROM messages m WHERE id IN ({marks}) AND EXISTS
                        (SELECT 1 FROM messages o WHERE o.conversation_id = m.conversation_id
                         AND o.batch_id <> m.batch_id) GROUP BY conversation_id"""
                ).fetchall()
                self._scores.forget([*ids, *stale_replies(connection, dict(map(tuple, shared)))])
                connection.execute(f"DELETE FROM messages WHERE id IN ({marks})")
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM conversations WHERE batch_id = ? AND NOT EXISTS"
                " (SELECT 1 FROM messages m WHERE m.conversation_id = conversations.id)",
                (batch_id,),
            )
            connection.execute("DELETE FROM rejected_rows WHERE batch_id = ?", (batch_id,))
            connection.execute(
                "DELETE FROM bot_versions WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.role = 'bot'"
                " AND m.sender = bot_versions.sender AND m.bot_version = bot_versions.version)"
            )
            connection.execute(
                "UPDATE import_batches SET outcome = ?, finished_at = ?, added = 0, updated = 0, unchanged = 0,"
                " rejected = 0, left_out = 0 WHERE id = ?",
                (outcome, now_ms(), batch_id),
            )

    def _restore_updates(self, batch_id: int) -> None:
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT id, message_id, before FROM message_history WHERE batch_id = ? ORDER BY id DESC",
                (batch_id,),
            ).fetchall()
            for row in rows:
                record = json.loads(row["before"])
                record["content_hash"] = bytes.fromhex(record["content_hash"])
                now = connection.execute(
                    "SELECT conversation_id, sent_at FROM messages WHERE id = ?", (row["message_id"],)
                ).fetchone()
                first = min(now["sent_at"], record["sent_at"])
                self._scores.forget([row["message_id"], *stale_replies(connection, {now["conversation_id"]: first})])
                assignments = ", ".join(f"{name} = ?" for name in record)
                connection.execute(
                    f"UPDATE messages SET {assignments} WHERE id = ?", (*record.values(), row["message_id"])
                )
                connection.execute("DELETE FROM message_history WHERE id = ?", (row["id"],))

    def history(self, limit: int = 50) -> list[Batch]:
        """The newest batches first."""
        rows = self._database.connection().execute(
            f"SELECT {_COLUMNS} FROM import_batches ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        return [Batch(*row) for row in rows]

    def messages(self, batch_id: int) -> int:
        """How many messages in the store are a batch's."""
        count = "SELECT count(*) FROM messages WHERE batch_id = ?"
        return int(self._database.connection().execute(count, (batch_id,)).fetchone()[0])

    def conversations(self, batch_id: int) -> int:
        """How many conversations have messages of a batch."""
        count = "SELECT count(DISTINCT conversation_id) FROM messages WHERE batch_id = ?"
        return int(self._database.connection().execute(count, (batch_id,)).fetchone()[0])

    def unfinished(self) -> list[Batch]:
        """Batches without an outcome: running now, or cut off by a crash."""
        return [batch for batch in self.history(1000) if batch.outcome is None]

    def rejected(self, batch_id: int) -> list[RejectedRow]:
        """The quarantine of a batch."""
        rows = self._database.connection().execute(
            "SELECT row, code, detail, excerpt FROM rejected_rows WHERE batch_id = ? ORDER BY row",
            (batch_id,),
        )
        return [RejectedRow(row[0], row[1], json.loads(row[2]), row[3]) for row in rows]

    def redactions(self, batch_id: int) -> dict[str, int]:
        """How much personal data of each kind a batch masked."""
        rows = self._database.connection().execute("SELECT kind, count FROM redactions WHERE batch_id = ?", (batch_id,))
        return dict(rows.fetchall())

    # -- mapping profiles

    def save_profile(self, name: str, mapping: Mapping[str, Any]) -> None:
        """Keep a column mapping under a name."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO import_profiles (name, mapping) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping",
                (name, json.dumps(dict(mapping), ensure_ascii=False)),
            )

    def profiles(self) -> dict[str, dict[str, Any]]:
        """All kept mappings by name."""
        rows = self._database.connection().execute("SELECT name, mapping FROM import_profiles ORDER BY name")
        return {row[0]: json.loads(row[1]) for row in rows}
