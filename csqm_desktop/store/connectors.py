"""Pull connectors as the store keeps them: settings without secrets, and how far each has got."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from csqm_desktop.domain.permissions import CHANGE_SETTINGS
from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.people import PeopleStore

_COLUMNS = "name, kind, settings, cursor, messages, outcome, code, detail, pulled_at"


@dataclass(frozen=True, slots=True)
class ConnectorRecord:
    """One connector. ``cursor`` is where the next pull goes on; ``outcome`` that of the last one, or empty."""

    name: str
    kind: str
    settings: dict[str, Any]
    cursor: dict[str, Any]
    messages: int  # added by it so far
    outcome: str
    code: str  # of ``errors.MESSAGES`` when the last pull failed
    values: dict[str, str]
    pulled_at: int | None  # ms


class ConnectorStore:
    """Reads and writes connectors."""

    def __init__(self, database: Database, people: PeopleStore) -> None:
        self._database = database
        self._people = people

    def save(self, name: str, kind: str, settings: Mapping[str, Any]) -> None:
        """Keep a connector. One whose kind or address changes begins at the beginning."""
        self._people.require(CHANGE_SETTINGS)
        text = json.dumps(dict(settings), ensure_ascii=False, sort_keys=True)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO connectors (name, kind, settings, added_at) VALUES (?, ?, ?, ?) ON CONFLICT (name)"
                " DO UPDATE SET cursor = iif(kind = excluded.kind AND json_extract(settings, '$.url')"
                " IS json_extract(excluded.settings, '$.url'), cursor, '{}'),"
                " kind = excluded.kind, settings = excluded.settings",
                (name, kind, text, now_ms()),
            )

    def get(self, name: str) -> ConnectorRecord | None:
        """One connector."""
        row = (
            self._database.connection().execute(f"SELECT {_COLUMNS} FROM connectors WHERE name = ?", (name,)).fetchone()
        )
        return _record(row) if row else None

    def list(self) -> list[ConnectorRecord]:
        """All connectors by name."""
        rows = self._database.connection().execute(f"SELECT {_COLUMNS} FROM connectors ORDER BY name")
        return [_record(row) for row in rows]

    def remove(self, name: str) -> bool:
        """Forget a connector; what it brought stays. False when there is none of this name."""
        self._people.require(CHANGE_SETTINGS)
        with self._database.transaction() as connection:
            return connection.execute("DELETE FROM connectors WHERE name = ?", (name,)).rowcount > 0

    def advance(self, name: str, cursor: Mapping[str, Any], added: int) -> None:
        """Record that everything before ``cursor`` is stored; nest it in the transaction that stored it."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE connectors SET cursor = ?, messages = messages + ? WHERE name = ?",
                (json.dumps(dict(cursor)), added, name),
            )

    def finish(self, name: str, outcome: str, code: str = "", values: Mapping[str, Any] | None = None) -> None:
        """Record how a pull ended."""
        detail = json.dumps({key: str(value) for key, value in (values or {}).items()}, ensure_ascii=False)
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE connectors SET outcome = ?, code = ?, detail = ?, pulled_at = ? WHERE name = ?",
                (outcome, code, detail, now_ms(), name),
            )


def _record(row: Any) -> ConnectorRecord:
    return ConnectorRecord(
        row[0], row[1], json.loads(row[2]), json.loads(row[3]), row[4], row[5], row[6], json.loads(row[7]), row[8]
    )
