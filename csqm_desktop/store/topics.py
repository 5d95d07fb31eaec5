"""Topics of conversations that the machine found. A topic that an export brings is kept apart, with the messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.store.database import Database

FIELD = (
    "coalesce((SELECT t.name FROM conversation_topics x JOIN topics t ON t.id = x.topic_id"
    " WHERE x.conversation_id = c.id), '')"
)
"""The filter field's SQL over a conversation ``c``."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with how many conversations it has."""

    id: int
    name: str
    conversations: int


class TopicStore:
    """Reads and writes topics."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(self, base: str, names: Sequence[str], centres: NDArray[np.float32]) -> list[int]:
        """Start anew with these topics; returns their numbers. ``base`` names the encoder of the ``centres``."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM topics")
            return [
                int(
                    connection.execute(
                        "INSERT INTO topics (name, base, centre) VALUES (?, ?, ?) RETURNING id",
                        (name, base, centre.astype("<f4").tobytes()),
                    ).fetchone()[0]
                )
                for name, centre in zip(names, centres, strict=True)
            ]

    def centres(self, base: str) -> tuple[list[int], NDArray[np.float32]]:
        """Numbers and centres (k, width) of the topics found with an encoder."""
        rows = self._database.connection().execute("SELECT id, centre FROM topics WHERE base = ? ORDER BY id", (base,))
        found = rows.fetchall()
        centres = [np.frombuffer(row[1], dtype="<f4") for row in found]
        return [row[0] for row in found], np.stack(centres) if centres else np.zeros((0, 0), dtype=np.float32)

    def assign(self, topics: Sequence[tuple[int, int]]) -> None:
        """(conversation, topic) pairs."""
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO conversation_topics VALUES (?, ?)", topics)

    def without(self) -> list[int]:
        """Conversations that have no topic yet."""
        rows = self._database.connection().execute(
            "SELECT id FROM conversations WHERE id NOT IN (SELECT conversation_id FROM conversation_topics) ORDER BY id"
        )
        return [row[0] for row in rows]

    def all(self) -> list[Topic]:
        """Topics, the largest first."""
        rows = self._database.connection().execute(
            """SELECT t.id, t.name, count(x.conversation_id) AS n FROM topics t
               LEFT JOIN conversation_topics x ON x.topic_id = t.id GROUP BY t.id ORDER BY n DESC, t.id"""
        )
        return [Topic(*row) for row in rows]

    def rename(self, topic: int, name: str) -> None:
        """Give a topic a person's name for it."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE topics SET name = ? WHERE id = ?", (name, topic))
