"""Tokens of the HTTP intake: shown once when made, kept as SHA-256 only.

A token is 256 random bits, so a plain digest is as good as a slow one: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from csqm_desktop.domain.permissions import CHANGE_SETTINGS
from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.people import PeopleStore

PREFIX = "csqm_"


@dataclass(frozen=True, slots=True)
class Token:
    """Who may post. ``kind`` is ``api``, or the name of a webhook's sender such as ``chatwoot``."""

    name: str
    kind: str
    created_at: int  # ms


class TokenStore:
    """Makes, finds and revokes tokens."""

    def __init__(self, database: Database, people: PeopleStore) -> None:
        self._database = database
        self._people = people

    def make(self, name: str, kind: str = "api") -> str:
        """A new token under a name; an earlier one of that name stops working. The only time it is known."""
        self._people.require(CHANGE_SETTINGS)
        token = PREFIX + secrets.token_urlsafe(32)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO intake_tokens (name, kind, hash, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (name)"
                " DO UPDATE SET kind = excluded.kind, hash = excluded.hash, created_at = excluded.created_at",
                (name, kind, _digest(token), now_ms()),
            )
        return token

    def find(self, token: str) -> Token | None:
        """Whose token this is; None when it is nobody's."""
        row = (
            self._database.connection()
            .execute("SELECT name, kind, created_at FROM intake_tokens WHERE hash = ?", (_digest(token),))
            .fetchone()
        )
        return Token(*row) if row else None

    def list(self) -> list[Token]:
        """All names, without their tokens, which nobody knows any more."""
        rows = self._database.connection().execute("SELECT name, kind, created_at FROM intake_tokens ORDER BY name")
        return [Token(*row) for row in rows]

    def revoke(self, name: str) -> bool:
        """Make a token useless at once; False when there is none of this name."""
        self._people.require(CHANGE_SETTINGS)
        with self._database.transaction() as connection:
            return connection.execute("DELETE FROM intake_tokens WHERE name = ?", (name,)).rowcount > 0


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
