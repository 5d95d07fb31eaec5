"""An append-only log of who changed what, chained by hashes so that a later edit shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database


class AuditLog:
    """Appends entries and verifies the chain. Who is signed in stands in every entry, whatever name it was given."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.signed_in: Callable[[], str | None] = lambda: None

    def append(self, actor: str, action: str, subject: str, detail: Mapping[str, Any] | None = None) -> None:
        """Add an entry, e.g. ``append("Li", "activate", "v0003-lora", {"reason": …})``."""
        actor = self.signed_in() or actor
        with self._database.transaction() as connection:
            newest = connection.execute("SELECT hash FROM audit_log ORDER BY id DESC LIMIT 1").fetchone()
            previous = newest[0] if newest else b""
            at = now_ms()
            text = json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True, default=str)
            digest = _digest(previous, at, actor, action, subject, text)
            connection.execute(
                "INSERT INTO audit_log (at, actor, action, subject, detail, previous_hash, hash)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (at, actor, action, subject, text, previous, digest),
            )

    def first_broken(self) -> int | None:
        """The number of the first entry that does not fit the chain, None when all do."""
        previous = b""
        for row in self._database.connection().execute("SELECT * FROM audit_log ORDER BY id"):
            expected = _digest(previous, row["at"], row["actor"], row["action"], row["subject"], row["detail"])
            if row["previous_hash"] != previous or row["hash"] != expected:
                return int(row["id"])
            previous = row["hash"]
        return None


def _digest(previous: bytes, at: int, actor: str, action: str, subject: str, detail: str) -> bytes:
    record = json.dumps([at, actor, action, subject, detail], ensure_ascii=False)
    return sha256(previous + record.encode()).digest()
