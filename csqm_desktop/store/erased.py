"""Who was erased, as keyed hashes: enough to know them again when a file brings them back, and to say nothing else.

The key is a random one of the workspace's own. Whoever has the database has the key as well and can try out whether a
certain name was erased; nobody can read the names from it. Customers' names are hashed in the form that all their
spellings share; marks that were made before releases did so are of the name as it was written, so both are looked for.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.same_name import same_name

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
    """The erased, held in memory while something is imported. Marks that a restore took over keep their own key."""

    def __init__(self, keys: Sequence[bytes], when: dict[bytes, int]) -> None:
        self._keys = keys
        self._when = when

    def __bool__(self) -> bool:
        return bool(self._when)

    def erased_at(self, kind: str, name: str) -> int | None:
        """When somebody or something with this name was erased (ms); None: never."""
        if not name:
            return None
        names = {name, _spelled(kind, name)}
        found = (self._when.get(_hash(key, kind, spelled)) for key in self._keys for spelled in names)
        return max((at for at in found if at is not None), default=None)


@dataclass(frozen=True, slots=True)
class Carried:
    """All marks of a workspace with the keys they were made by, on their way into another one."""

    keys: tuple[bytes, ...]
    rows: tuple[tuple[bytes, str, int], ...]  # mark, stub, when in ms


@dataclass(frozen=True, slots=True)
class Found:
    """Erased people in the data: numbers of their conversations, and the names and orders that told of them."""

    numbers: tuple[int, ...]
    names: tuple[str, ...]


class ErasedStore:
    """Reads and writes the marks of erasures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, stub: str, marks: Iterable[Mark]) -> None:
        """Keep the marks of an erasure; nest it in the transaction that erases."""
        with self._database.transaction() as connection:
            keys = self._keys()
            key = keys[0] if keys else self._keep_key(secrets.token_bytes(32), 0)
            now = now_ms()
            connection.executemany(
                "INSERT OR REPLACE INTO erased (mark, stub, erased_at) VALUES (?, ?, ?)",
                [(_hash(key, kind, _spelled(kind, name)), stub, now) for kind, name in set(marks) if name],
            )

    def marks(self) -> Marks:
        """All of them; there are as many as conversations were erased."""
        rows = self._database.connection().execute("SELECT mark, erased_at FROM erased").fetchall()
        return Marks(self._keys() if rows else (), dict(map(tuple, rows)))

    def carried(self) -> Carried:
        """What another workspace must know to leave out the same people."""
        rows = self._database.connection().execute("SELECT mark, stub, erased_at FROM erased ORDER BY mark").fetchall()
        return Carried(self._keys(), tuple((mark, stub, at) for mark, stub, at in rows))

    def adopt(self, carried: Carried) -> None:
        """Take over the marks of another workspace beside one's own; hashes cannot be made anew under one's own key."""
        with self._database.transaction() as connection:
            own = self._keys()
            for place, key in enumerate((key for key in carried.keys if key not in own), len(own)):
                self._keep_key(key, place)
            connection.executemany(
                "INSERT INTO erased (mark, stub, erased_at) VALUES (?, ?, ?)"
                " ON CONFLICT (mark) DO UPDATE SET erased_at = max(erased_at, excluded.erased_at)",
                carried.rows,
            )

    def find(self) -> Found:
        """What of the erased is there all the same, after a restore: by the rules that imports follow."""
        marks, connection = self.marks(), self._database.connection()
        numbers: set[int] = set()
        names: set[str] = set()
        for number, source_id, order, first in connection.execute(
            "SELECT c.id, c.source_id, c.order_id, (SELECT min(sent_at) FROM messages m WHERE m.conversation_id = c.id)"
            " FROM conversations c"
        ):
            if marks.erased_at(CONVERSATION, source_id) is not None:
                numbers.add(number)
            elif order and first is not None and first <= (marks.erased_at(ORDER, order) or -1):
                numbers.add(number)
                names.add(order)
        for number, sender, first in connection.execute(
            "SELECT conversation_id, sender, min(sent_at) FROM messages WHERE role = 'customer' AND sender <> ''"
            " GROUP BY sender, conversation_id"
        ):
            if first <= (marks.erased_at(CUSTOMER, sender) or -1):
                numbers.add(number)
                names.add(sender)
        return Found(tuple(sorted(numbers)), tuple(sorted(names)))

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

    def _keys(self) -> tuple[bytes, ...]:
        """The workspace's own key first, then those of marks that it took over."""
        query = "SELECT value FROM workspace_facts WHERE key = ?1 OR key LIKE ?1 || ':%' ORDER BY length(key), key"
        return tuple(bytes.fromhex(row[0]) for row in self._database.connection().execute(query, (_KEY,)))

    def _keep_key(self, key: bytes, place: int) -> bytes:
        name = f"{_KEY}:{place}" if place else _KEY
        self._database.connection().execute("INSERT INTO workspace_facts (key, value) VALUES (?, ?)", (name, key.hex()))
        return key


def _spelled(kind: str, name: str) -> str:
    return same_name(name) if kind == CUSTOMER else name  # ids and orders are told apart by case


def _hash(key: bytes, kind: str, name: str) -> bytes:
    text = f"{kind}\0{name}".encode("utf-8", "surrogatepass")
    return blake2b(text, key=key, digest_size=_MARK_BYTES, person=b"csqm erased").digest()
