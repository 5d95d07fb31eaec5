"""Giving stored messages other roles: scores, rollups and bot releases follow, reviews stay with their messages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from csqm_desktop.domain.conversation import REPLY_ROLES, Role
from csqm_desktop.store.attachments import names_of
from csqm_desktop.store.database import Database
from csqm_desktop.store.prepared import content_hash
from csqm_desktop.store.scores import ScoreStore
from csqm_desktop.store.staleness import stale_replies

_CHUNK = 2000
_PAGE = 5000


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stored message as far as rules look at it; ``values`` by field name."""

    id: int
    role: Role
    private: bool
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RoleImpact:
    """What changes of roles mean: reviews and scores of messages that are no replies afterwards, and replies won."""

    reviews_kept: int
    replies_lost: int
    replies_gained: int


class RoleChanges:
    """Reads messages for rules to decide about, and changes roles."""

    def __init__(self, database: Database, scores: ScoreStore) -> None:
        self._database = database
        self._scores = scores

    def messages(self) -> Iterator[Spoken]:
        """All messages in the order they were stored, some thousand at a time."""
        after = 0
        while True:
            rows = (
                self._database.connection()
                .execute(
                    "SELECT m.id, m.role, m.private, m.sender, m.text, m.intent, m.bot_version, c.channel, c.shop,"
                    " c.product FROM messages m JOIN conversations c ON c.id = m.conversation_id"
                    " WHERE m.id > ? ORDER BY m.id LIMIT ?",
                    (after, _PAGE),
                )
                .fetchall()
            )
            if not rows:
                return
            for row in rows:
                values = {key: row[key] for key in row.keys()[3:]} | {"role": row["role"]}
                yield Spoken(row["id"], Role(row["role"]), bool(row["private"]), values)
            after = rows[-1]["id"]

    def impact(self, changes: Mapping[int, Role]) -> RoleImpact:
        """What changing these messages' roles would mean."""
        connection = self._database.connection()
        lost: list[int] = []
        gained = 0
        for marks in _marks(changes):
            for row in connection.execute(f"SELECT id, is_reply, private FROM messages WHERE id IN ({marks})"):
                becomes = changes[row[0]] in REPLY_ROLES and not row[2]
                if row[1] and not becomes:
                    lost.append(row[0])
                gained += becomes and not row[1]
        reviews = 0
        for marks in _marks(lost):
            query = f"SELECT count(*) FROM reviews WHERE retired_at IS NULL AND reply_id IN ({marks})"
            reviews += connection.execute(query).fetchone()[0]
        return RoleImpact(reviews, len(lost), gained)

    def apply(self, changes: Mapping[int, Role]) -> None:
        """Change roles, all or none; drops the scores that stood for what these messages were."""
        with self._database.transaction() as connection:
            for marks in _marks(changes):
                self._scores.forget(_replies_around(connection, marks))
                rows = connection.execute(
                    "SELECT id, sent_at, sender, text, private, intent, bot_version FROM messages"
                    f" WHERE id IN ({marks})"
                ).fetchall()
                names = names_of(connection, marks)
                connection.executemany(
                    "UPDATE messages SET role = ?, is_reply = ?, content_hash = ? WHERE id = ?",
                    [_changed(row, changes[row["id"]], names.get(row["id"], ())) for row in rows],
                )
            connection.execute(
                "INSERT INTO bot_versions (sender, version, first_day) SELECT sender, bot_version, min(day)"
                " FROM messages WHERE role = 'bot' AND bot_version <> '' GROUP BY sender, bot_version"
                " ON CONFLICT DO UPDATE SET first_day = excluded.first_day"
            )
            connection.execute(
                "DELETE FROM bot_versions WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.role = 'bot'"
                " AND m.sender = bot_versions.sender AND m.bot_version = bot_versions.version)"
            )


def _replies_around(connection: sqlite3.Connection, marks: str) -> list[int]:
    """The replies whose score stands for what these messages were, they themselves included."""
    rows = connection.execute(
        f"SELECT conversation_id, min(sent_at) FROM messages WHERE id IN ({marks}) GROUP BY conversation_id"
    )
    return stale_replies(connection, {row[0]: row[1] for row in rows})


def _changed(row: sqlite3.Row, role: Role, attachments: tuple[str, ...]) -> tuple[object, ...]:
    digest = content_hash(
        row["sent_at"], role.value, row["sender"], row["text"], bool(row["private"]), row["intent"],
        row["bot_version"], attachments,
    )  # fmt: skip
    return role.value, int(role in REPLY_ROLES and not row["private"]), digest, row["id"]


def _marks(ids: Iterable[int]) -> Iterator[str]:
    """Message numbers in chunks, joined by commas."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        yield ",".join(map(str, ordered[start : start + _CHUNK]))
