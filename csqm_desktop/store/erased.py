"""Who was erased, as keyed hashes: enough to know them again when a file brings them back, and to say nothing else.

The key is a random one of the workspace's own. Whoever has the database has the key as well and can try out whether a
certain name was erased; nobody can read the names from it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database

CONVERSATION, CUSTOMER, ORDER = "conversation", "customer", "order"
_KEY = "erased_key"  # a workspace fact
_MARK_BYTES = 16

Mark = tuple[str, str]
"""What is meant (``CONVERSATION``, ``CUSTOMER``, ``ORDER``), and its name as the store has it."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure that later imports look for; ``stub`` as the audit log names it, ``at`` in ms."""

    stub: str
    at: int
    marks: int


class Marks:
    """The erased, held in memory while something is imported."""

    def __init__(self, key: bytes, when: dict[bytes, int]) -> None:
        self._key = key
        self._when = when

    def __bool__(self) -> bool:
        return bool(self._when)

    def erased_at(self, kind: str, name: str) -> int | None:
        """When somebody or something with this name was erased (ms); None: never."""
        return self._when.get(_hash(self._key, kind, name)) if name else None


class ErasedStore:
    """Reads and writes the marks of erasures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, stub: str, marks: Iterable[Mark]) -> None:
        """Keep the marks of an erasure; nest it in the transaction that erases."""
        with self._database.transaction() as connection:
            key = self._key()
            if not key:
                key = secrets.token_bytes(32)
                connection.execute("INSERT INTO workspace_facts (key, value) VALUES (?, ?)", (_KEY, key.hex()))
            now = now_ms()
            connection.executemany(
                "INSERT OR REPLACE INTO erased (mark, stub, erased_at) VALUES (?, ?, ?)",
                [(_hash(key, kind, name), stub, now) for kind, name in set(marks) if name],
            )

    def marks(self) -> Marks:
        """All of them; there are as many as conversations were erased."""
        rows = self._database.connection().execute("SELECT mark, erased_at FROM erased").fetchall()
        return Marks(self._key() if rows else b"", dict(map(tuple, rows)))

    def list(self) -> list[Erasure]:
        """The erasures that are still looked for, newest first."""
        rows = self._database.connection().execute(
            "SELECT stub, max(erased_at), count(*) FROM erased GROUP BY stub ORDER BY 2 DESC, 1"
        )
        return [Erasure(*row) for row in rows]

    def lift(self, stub: str) -> int:
        """Forget the marks of an erasure: imports bring back what it erased. Returns how many there were."""
        with self._database.transaction() as connection:
            return connection.execute("DELETE FROM erased WHERE stub = ?", (stub,)).rowcount

    def _key(self) -> bytes:
        query = "SELECT value FROM workspace_facts WHERE key = ?"
        row = self._database.connection().execute(query, (_KEY,)).fetchone()
        return bytes.fromhex(row[0]) if row else b""


def _hash(key: bytes, kind: str, name: str) -> bytes:
    text = f"{kind}\0{name}".encode("utf-8", "surrogatepass")
    return blake2b(text, key=key, digest_size=_MARK_BYTES, person=b"csqm erased").digest()
