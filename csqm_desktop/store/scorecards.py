"""Published scorecards, each edition kept, and stable numbers for criteria."""

from __future__ import annotations

import json
from typing import Any

from csqm_desktop.domain.scorecard import Criterion, Level, LocalizedText, RootCause, Scorecard
from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database


class ScorecardStore:
    """Reads and publishes scorecards. A published edition never changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cards: dict[int, Scorecard] = {}
        self._criteria: dict[str, int] = {}

    def publish(self, scorecard: Scorecard) -> int:
        """Store a scorecard as its key's next edition and return its number; an equal newest edition is reused."""
        with self._database.transaction() as connection:
            newest = connection.execute(
                "SELECT id, version, definition FROM scorecards WHERE key = ? ORDER BY version DESC LIMIT 1",
                (scorecard.key,),
            ).fetchone()
            definition = json.dumps(_to_record(scorecard), ensure_ascii=False, sort_keys=True)
            if newest and newest["definition"] == definition:
                return int(newest["id"])
            version = newest["version"] + 1 if newest else 1
            cursor = connection.execute(
                "INSERT INTO scorecards (key, version, definition, published_at) VALUES (?, ?, ?, ?)",
                (scorecard.key, version, definition, now_ms()),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO criteria (key) VALUES (?)", [(c.key,) for c in scorecard.criteria]
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def current_id(self) -> int:
        """The number of the edition that new reviews and versions use: the newest published."""
        row = self._database.connection().execute("SELECT max(id) FROM scorecards").fetchone()
        return int(row[0])

    def current(self) -> Scorecard:
        """The edition that new reviews and versions use."""
        return self.get(self.current_id())

    def get(self, scorecard_id: int) -> Scorecard:
        """An edition by its number."""
        card = self._cards.get(scorecard_id)
        if card is None:
            row = (
                self._database.connection()
                .execute("SELECT version, definition FROM scorecards WHERE id = ?", (scorecard_id,))
                .fetchone()
            )
            card = self._cards[scorecard_id] = _from_record(json.loads(row["definition"]), row["version"])
        return card

    def find(self, key: str, version: int) -> int | None:
        """The number of an edition, None when there is none."""
        row = (
            self._database.connection()
            .execute("SELECT id FROM scorecards WHERE key = ? AND version = ?", (key, version))
            .fetchone()
        )
        return int(row[0]) if row else None

    def criterion_id(self, key: str) -> int:
        """The number of a criterion; the same in all editions."""
        if key not in self._criteria:
            rows = self._database.connection().execute("SELECT id, key FROM criteria").fetchall()
            self._criteria = {row["key"]: row["id"] for row in rows}
        return self._criteria[key]

    def criterion_key(self, criterion_id: int) -> str:
        """The key of a criterion's number."""
        row = self._database.connection().execute("SELECT key FROM criteria WHERE id = ?", (criterion_id,)).fetchone()
        return str(row[0])


def _to_record(card: Scorecard) -> dict[str, Any]:
    return {
        "key": card.key,
        "name": dict(card.name.texts),
        "pass_line": card.pass_line,
        "root_causes": [{"key": c.key, "name": dict(c.name.texts)} for c in card.root_causes],
        "criteria": [
            {
                "key": c.key,
                "name": dict(c.name.texts),
                "help": dict(c.help.texts),
                "weight": c.weight,
                "critical": c.critical,
                "not_applicable": c.not_applicable,
                **({} if c.ordered else {"ordered": False}),  # editions of earlier releases stay equal to themselves
                "levels": [
                    {
                        "key": level.key,
                        "name": dict(level.name.texts),
                        "help": dict(level.help.texts),
                        "example": dict(level.example.texts),
                    }
                    for level in c.levels
                ],
            }
            for c in card.criteria
        ],
    }


def _from_record(record: dict[str, Any], version: int) -> Scorecard:
    return Scorecard(
        key=record["key"],
        name=LocalizedText(record["name"]),
        pass_line=record["pass_line"],
        root_causes=tuple(RootCause(c["key"], LocalizedText(c["name"])) for c in record["root_causes"]),
        criteria=tuple(
            Criterion(
                key=c["key"],
                name=LocalizedText(c["name"]),
                help=LocalizedText(c["help"]),
                weight=c["weight"],
                critical=c["critical"],
                not_applicable=c["not_applicable"],
                ordered=c.get("ordered", True),
                levels=tuple(
                    Level(
                        level["key"],
                        LocalizedText(level["name"]),
                        LocalizedText(level["help"]),
                        LocalizedText(level["example"]),
                    )
                    for level in c["levels"]
                ),
            )
            for c in record["criteria"]
        ),
        version=version,
    )
