"""Erasing a customer: finding what is theirs, deleting it with all that was derived from it, leaving no byte behind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.store.database import Database, environment_errors
from csqm_desktop.store.same_name import same_name
from csqm_desktop.store.scores import ScoreStore
from csqm_desktop.store.search import Search

ERASED = "[erased]"
_CHUNK = 500
_IN_MEMORY = 64 * 1024**2  # bytes of a database
_PENDING = "purge_pending"  # a workspace fact between deleting and rewriting


@dataclass(frozen=True, slots=True)
class ErasureCounts:
    """What would go, or went, in rows."""

    conversations: int
    messages: int
    replies: int
    scores: int
    reviews: int
    drafts: int
    attachments: int
    originals: int
    rejected_rows: int


class ErasureStore:
    """Finds and deletes conversations of one customer."""

    def __init__(self, database: Database, scores: ScoreStore) -> None:
        self._database = database
        self._scores = scores

    def spellings(self, customer: str) -> list[str]:
        """How a customer's name is written beside messages: other case, width and white space included."""
        wanted = same_name(customer)
        rows = self._database.connection().execute(
            "SELECT DISTINCT sender FROM messages WHERE ? <> '' AND role = 'customer'", (wanted,)
        )
        return sorted(row[0] for row in rows if same_name(row[0]) == wanted)

    def find(self, customers: Sequence[str] = (), order: str = "", conversations: Sequence[str] = ()) -> list[int]:
        """Numbers of the conversations that customers wrote in, that an order belongs to, or with these ids.

        ``customers`` are names as they are written beside messages.
        """
        rows = self._database.connection().execute(
            "SELECT DISTINCT conversation_id FROM messages"
            " WHERE role = 'customer' AND sender IN (SELECT value FROM json_each(?1))"
            " UNION SELECT id FROM conversations WHERE ?2 <> '' AND order_id = ?2"
            " UNION SELECT id FROM conversations WHERE source_id IN (SELECT value FROM json_each(?3)) ORDER BY 1",
            (json.dumps(list(customers)), order, json.dumps(list(conversations))),
        )
        return [row[0] for row in rows]

    def counts(self, numbers: Sequence[int], names: Collection[str]) -> ErasureCounts:
        """How much belongs to conversations; ``names`` are what the customer is called in quarantined rows."""
        marks = ",".join(map(str, numbers))
        inside = f"SELECT id FROM messages WHERE conversation_id IN ({marks})"
        connection = self._database.connection()
        found = [
            connection.execute(f"SELECT count(*) FROM {source}").fetchone()[0]
            for source in (
                f"messages WHERE conversation_id IN ({marks})",
                f"messages WHERE is_reply = 1 AND conversation_id IN ({marks})",
                f"scores WHERE version_id IN (SELECT id FROM versions) AND reply_id IN ({inside})",
                f"reviews WHERE reply_id IN ({inside})",
                f"drafts WHERE reply_id IN ({inside})",
                f"attachments WHERE message_id IN ({inside})",
                f"raw_texts WHERE message_id IN ({inside})",
            )
        ]
        values = [len(numbers), *found, len(self._quarantined(names))]
        return ErasureCounts(*values)

    def source_ids(self, numbers: Sequence[int]) -> list[str]:
        """What the conversations are called in their source."""
        marks = ",".join(map(str, numbers))
        rows = self._database.connection().execute(f"SELECT source_id FROM conversations WHERE id IN ({marks})")
        return [row[0] for row in rows]

    def reply_ids(self, numbers: Sequence[int]) -> list[int]:
        """The replies in conversations."""
        marks = ",".join(map(str, numbers))
        rows = self._database.connection().execute(
            f"SELECT id FROM messages WHERE is_reply = 1 AND conversation_id IN ({marks})"
        )
        return [row[0] for row in rows]

    def texts(self, numbers: Sequence[int]) -> set[str]:
        """All message texts of conversations."""
        marks = ",".join(map(str, numbers))
        rows = self._database.connection().execute(f"SELECT text FROM messages WHERE conversation_id IN ({marks})")
        return {row[0] for row in rows}

    def texts_elsewhere(self, texts: Collection[str], numbers: Sequence[int]) -> set[str]:
        """Those texts that messages of other conversations have, too."""
        marks = ",".join(map(str, numbers))
        rows = self._database.connection().execute(
            f"SELECT DISTINCT text FROM messages WHERE conversation_id NOT IN ({marks})"
            " AND text IN (SELECT value FROM json_each(?))",
            (json.dumps(list(texts)),),
        )
        return {row[0] for row in rows}

    def attached_files(self, numbers: Sequence[int]) -> list[str]:
        """Paths of files below the workspace that only these conversations refer to."""
        marks = ",".join(map(str, numbers))
        rows = self._database.connection().execute(
            "SELECT DISTINCT a.path FROM attachments a JOIN messages m ON m.id = a.message_id"
            f" WHERE a.path <> '' AND m.conversation_id IN ({marks}) AND a.path NOT IN (SELECT b.path"
            f" FROM attachments b JOIN messages n ON n.id = b.message_id WHERE n.conversation_id NOT IN ({marks}))"
        )
        return [row[0] for row in rows]

    def delete(self, numbers: Sequence[int], names: Collection[str], customer: Collection[str] = ()) -> None:
        """Delete conversations with everything derived from them. All or nothing.

        ``names`` is what quarantined rows are looked for, ``customer`` what file names of imports are.
        """
        with self._database.transaction() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            self.note_pending(connection)
            for start in range(0, len(numbers), _CHUNK):
                chunk = numbers[start : start + _CHUNK]
                marks = ",".join(map(str, chunk))
                self._scores.forget(self.reply_ids(chunk))  # takes them out of the daily sums as well
                connection.execute(f"DELETE FROM messages WHERE conversation_id IN ({marks})")
                connection.execute(f"DELETE FROM conversations WHERE id IN ({marks})")
            # sums without replies would keep the name of a product or shop that nobody else wrote about
            connection.execute("DELETE FROM rollups WHERE n = 0")
            connection.execute(
                "DELETE FROM bot_versions WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.role = 'bot'"
                " AND m.sender = bot_versions.sender AND m.bot_version = bot_versions.version)"
            )
            connection.executemany("DELETE FROM rejected_rows WHERE id = ?", [(n,) for n in self._quarantined(names)])
            for name in customer:
                self._forget_file_names(connection, name)

    @staticmethod
    def _forget_file_names(connection: sqlite3.Connection, name: str) -> None:
        """Exports of one chat are often named after the customer; so the record of their import would keep the name."""
        connection.execute(
            "UPDATE import_batches SET path = replace(path, ?1, ?2) WHERE instr(path, ?1) > 0", (name, ERASED)
        )
        for column in ("parameters", "result"):
            rows = connection.execute(f"SELECT id, {column} FROM jobs WHERE kind <> 'erase'").fetchall()
            for number, text in rows:
                values = json.loads(text)
                changed = {k: v.replace(name, ERASED) if isinstance(v, str) else v for k, v in values.items()}
                if changed != values:
                    plain = json.dumps(changed, ensure_ascii=False)
                    connection.execute(f"UPDATE jobs SET {column} = ? WHERE id = ?", (plain, number))

    def _quarantined(self, names: Collection[str]) -> list[int]:
        """Quarantined rows that a name stands in, however it is spelled there."""
        wanted = [same_name(name) for name in names if name.strip()]
        rows = self._database.connection().execute("SELECT id, excerpt, detail FROM rejected_rows") if wanted else ()
        return [number for number, *texts in rows if _stands_in(wanted, *texts)]

    def purge(self) -> None:
        """Rewrite index and file, so that nothing of what was deleted is left in unused pages or in the log.

        Raises ``rewrite_waits`` when somebody reads for so long that the log cannot be emptied.
        """
        Search(self._database).purge()
        with environment_errors(self._database.path):
            self._rewrite(self._database.connection())
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM workspace_facts WHERE key = ?", (_PENDING,))

    def _rewrite(self, connection: sqlite3.Connection) -> None:
        """SQLite makes the new file as a temporary one: in memory, unless it is too large for that."""
        large = self._database.path.stat().st_size > _IN_MEMORY
        if large:
            connection.execute("PRAGMA temp_store = FILE")  # an encrypted database keeps to memory all the same
        try:
            connection.execute("VACUUM")
        finally:
            if large:
                connection.execute("PRAGMA temp_store = MEMORY")
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise CsqmError("rewrite_waits", path=self._database.path)  # stays pending: old bytes are in the log

    def note_pending(self, connection: sqlite3.Connection) -> None:
        """Note, in the transaction that takes texts away, that their bytes are still in the file."""
        connection.execute("INSERT OR REPLACE INTO workspace_facts (key, value) VALUES (?, '1')", (_PENDING,))

    def pending(self) -> bool:
        """Whether something that was taken away has not been rewritten yet."""
        row = self._database.connection().execute("SELECT 1 FROM workspace_facts WHERE key = ?", (_PENDING,))
        return row.fetchone() is not None

    def finish(self) -> None:
        """Purge what was taken away and, because something was cut off, not rewritten yet."""
        if self.pending():
            self.purge()

    def past_exports(self) -> Iterator[str]:
        """Paths of exports that were made of this workspace, newest first; not of those that hold no record."""
        return (path for path, result in self._written("export") if result.get("rows") != 0)

    def past_backups(self) -> Iterator[str]:
        """Paths of backups that were made of this workspace, wherever, newest first."""
        return (path for path, _ in self._written("backup"))

    def _written(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Where jobs wrote something, each place once, with what the newest job there reported."""
        rows = self._database.connection().execute(
            "SELECT parameters, result FROM jobs WHERE kind = ? AND outcome = 'succeeded' ORDER BY id DESC", (kind,)
        )
        seen = {""}
        for parameters, result in rows.fetchall():
            path = json.loads(parameters).get("path", "")
            if path not in seen:
                seen.add(path)
                yield path, json.loads(result or "{}")


def _stands_in(names: Sequence[str], excerpt: str, detail: str) -> bool:
    values = json.loads(detail).values() if "\\" in detail else (detail,)  # escaped, a name may look different
    text = same_name(" ".join((excerpt, *map(str, values))))
    return any(name in text for name in names)
