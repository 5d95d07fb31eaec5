"""Signals of conversations. A row is good as long as the conversation has the messages it was made from."""

from __future__ import annotations

from collections.abc import Mapping

from csqm_desktop.domain.signals import Course, Signals
from csqm_desktop.store.database import Database

FIELDS: dict[str, str] = {
    name: f"coalesce((SELECT {value} FROM conversation_signals g WHERE g.conversation_id = c.id), '')"
    for name, value in {
        "transferred": "CASE g.transferred WHEN 1 THEN 'yes' ELSE 'no' END",
        "repeated_question": "CASE g.repeated_question WHEN 1 THEN 'yes' ELSE 'no' END",
        "unresolved": "CASE g.unresolved WHEN 1 THEN 'yes' ELSE 'no' END",
        "mood_course": "g.course",
    }.items()
}
"""Filter fields with their SQL over a conversation ``c``."""

_COLUMNS = (
    "conversation_id, messages, last_message, transferred, repeated_question, unresolved, first_response,"
    " slowest_response, mood_first, mood_last, course"
)


class SignalStore:
    """Reads and writes signals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stale(self) -> list[int]:
        """Conversations without signals, or that have other messages now than when they were made."""
        rows = self._database.connection().execute(
            """SELECT m.conversation_id FROM messages m LEFT JOIN conversation_signals g USING (conversation_id)
               GROUP BY m.conversation_id
               HAVING g.messages IS NULL OR g.messages <> count(*) OR g.last_message <> max(m.id)"""
        )
        return [row[0] for row in rows]

    def write(self, found: Mapping[int, tuple[int, int, Signals]]) -> None:
        """Store signals by conversation, each with the count and the newest number of the messages they are of."""
        marks = ",".join("?" * 11)
        with self._database.transaction() as connection:
            connection.executemany(
                f"INSERT OR REPLACE INTO conversation_signals ({_COLUMNS}) VALUES ({marks})",
                [
                    (
                        conversation,
                        count,
                        newest,
                        signals.transferred,
                        signals.repeated_question,
                        signals.unresolved,
                        signals.first_response,
                        signals.slowest_response,
                        signals.mood_first,
                        signals.mood_last,
                        signals.course.value,
                    )
                    for conversation, (count, newest, signals) in found.items()
                ],
            )

    def get(self, conversation_id: int) -> Signals | None:
        """The signals of a conversation; None when they have not been read yet."""
        row = (
            self._database.connection()
            .execute(f"SELECT {_COLUMNS} FROM conversation_signals WHERE conversation_id = ?", (conversation_id,))
            .fetchone()
        )
        if row is None:
            return None
        return Signals(
            bool(row["transferred"]),
            bool(row["repeated_question"]),
            bool(row["unresolved"]),
            row["first_response"],
            row["slowest_response"],
            row["mood_first"],
            row["mood_last"],
            Course(row["course"]),
        )

    def counts(self) -> dict[str, int]:
        """How many conversations have signals, and how many have each of them."""
        row = self._database.connection().execute(
            """SELECT count(*), total(transferred), total(repeated_question), total(unresolved),
                      total(course = 'better'), total(course = 'worse') FROM conversation_signals"""
        ).fetchone()  # fmt: skip
        names = ("conversations", "transferred", "repeated_question", "unresolved", "mood_better", "mood_worse")
        return {name: int(value) for name, value in zip(names, row, strict=True)}

    def response_seconds(self) -> list[float]:
        """The first response of every conversation that has one, in rising order."""
        rows = self._database.connection().execute(
            "SELECT first_response FROM conversation_signals WHERE first_response IS NOT NULL ORDER BY 1"
        )
        return [row[0] for row in rows]
