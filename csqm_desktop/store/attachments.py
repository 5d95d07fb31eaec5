"""Which stored files messages refer to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from csqm_desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a message refers to; ``path`` is empty where no copy is kept."""

    number: int
    message_id: int
    name: str  # as the export has it, not to be trusted
    path: str


class AttachmentStore:
    """Reads and writes the places of attached files; paths are below the workspace, with forward slashes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unplaced(self, batch_id: int) -> list[tuple[int, str]]:
        """Number and name of what a batch's messages refer to and no file is kept of."""
        rows = self._database.connection().execute(
            "SELECT a.id, a.name FROM attachments a JOIN messages m ON m.id = a.message_id"
            " WHERE m.batch_id = ? AND a.path = '' ORDER BY a.id",
            (batch_id,),
        )
        return [(row[0], row[1]) for row in rows]

    def place(self, places: Sequence[tuple[int, str]]) -> None:
        """Note where files are kept: number and path."""
        with self._database.transaction() as connection:
            connection.executemany("UPDATE attachments SET path = ?2 WHERE id = ?1", places)

    def of_conversation(self, conversation_id: int) -> dict[int, tuple[Attached, ...]]:
        """The files of each message of a conversation that has any, in order."""
        rows = self._database.connection().execute(
            "SELECT a.id, a.message_id, a.name, a.path FROM messages m JOIN attachments a ON a.message_id = m.id"
            " WHERE m.conversation_id = ? ORDER BY m.sent_at, m.id, a.id",
            (conversation_id,),
        )
        found: dict[int, list[Attached]] = {}
        for row in rows:
            found.setdefault(row[1], []).append(Attached(*row))
        return {message: tuple(files) for message, files in found.items()}

    def paths(self) -> set[str]:
        """All files that are referred to."""
        rows = self._database.connection().execute("SELECT DISTINCT path FROM attachments WHERE path <> ''")
        return {row[0] for row in rows}


def names_of(connection: sqlite3.Connection, marks: str) -> dict[int, tuple[str, ...]]:
    """The names of the files of each message among ``marks`` (numbers joined by commas), in their order."""
    found: dict[int, tuple[str, ...]] = {}
    for message_id, name in connection.execute(
        f"SELECT message_id, name FROM attachments WHERE message_id IN ({marks}) ORDER BY id"
    ):
        found[message_id] = (*found.get(message_id, ()), name)
    return found
