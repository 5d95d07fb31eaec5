"""What can be wrong inside a readable database, and mending it: orphan rows, rollups, the search index."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field

from csqm_desktop.store.database import Database
from csqm_desktop.store.scores import ScoreStore
from csqm_desktop.store.search import Search

_KEYS = "version_id, dimension, value, role, criterion_id, day"
_LOST_SCORES = "scores WHERE reply_id NOT IN (SELECT id FROM messages)"  # no foreign key says so, see m014
_NEAR = 1e-6  # relative: sums that were added in another order


@dataclass(frozen=True)
class Health:
    """Counts of what is wrong; all empty when nothing is."""

    orphans: dict[str, int] = field(default_factory=dict)  # rows by table whose parent is missing
    rollups: tuple[int, ...] = ()  # versions whose daily sums differ from their scores
    search: tuple[str, ...] = ()  # sentences


def examine(database: Database, scores: ScoreStore, search: Search) -> Health:
    """Look for everything. The recomputation is rolled back; nothing is changed."""
    orphans = Counter(row[0] for row in database.connection().execute("PRAGMA foreign_key_check"))
    if lost := database.connection().execute(f"SELECT count(*) FROM {_LOST_SCORES}").fetchone()[0]:
        orphans["scores"] += lost
    rollups = () if orphans else tuple(_wrong_rollups(database, scores))  # sums need every score's message
    return Health(dict(orphans), rollups, tuple(search.problems()))


def mend(database: Database, scores: ScoreStore, search: Search, found: Health) -> None:
    """Mend what ``examine`` found: orphans go, sums and index are made anew from what they are derived from."""
    if found.orphans:
        with database.transaction() as connection:
            remove_orphans(connection)
    for version_id in found.rollups if not found.orphans else versions(database):
        scores.rebuild_rollups(version_id)
    if found.search:
        search.rebuild()


def remove_orphans(connection: sqlite3.Connection) -> int:
    """Inside a transaction: delete rows whose parent is missing, and what hangs on them; returns how many."""
    removed = 0
    while orphans := connection.execute("PRAGMA foreign_key_check").fetchall():
        before = connection.total_changes
        for row in orphans:
            _release(connection, row[0], row[1], row[3])
        if connection.total_changes == before:
            break
        removed += len(orphans)
    return removed + connection.execute(f"DELETE FROM {_LOST_SCORES}").rowcount


def _release(connection: sqlite3.Connection, table: str, rowid: int | None, key: int) -> None:
    """Let go of a missing parent: the reference where it may be empty, else the row."""
    details = next(r for r in connection.execute(f'PRAGMA foreign_key_list("{table}")') if r[0] == key)
    parent, column, target = details[2], details[3], details[4] or "id"
    facts = {r[1]: r for r in connection.execute(f'PRAGMA table_info("{table}")')}
    missing = f'"{column}" IS NOT NULL AND "{column}" NOT IN (SELECT "{target}" FROM "{parent}")'
    if rowid is not None:
        missing += f" AND rowid = {int(rowid)}"
    if not facts[column][3] and not facts[column][5]:
        connection.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE {missing}')
    else:
        connection.execute(f'DELETE FROM "{table}" WHERE {missing}')


class _Undo(Exception):  # noqa: N818 -- no error: it takes a transaction back
    pass


def versions(database: Database) -> list[int]:
    """The numbers of all versions with scores."""
    return [row[0] for row in database.connection().execute("SELECT id FROM versions ORDER BY id")]


def _wrong_rollups(database: Database, scores: ScoreStore) -> list[int]:
    wrong: list[int] = []
    for version_id in versions(database):
        try:
            with database.transaction() as connection:
                before = _sums(connection, version_id)
                scores.rebuild_rollups(version_id)
                if not _same(before, _sums(connection, version_id)):
                    wrong.append(version_id)
                raise _Undo
        except _Undo:
            continue
    return wrong


def _sums(connection: sqlite3.Connection, version_id: int) -> dict[tuple[object, ...], tuple[float, ...]]:
    rows = connection.execute(
        f"SELECT {_KEYS}, n, total, total_squared, below_line FROM rollups WHERE version_id = ? AND n <> 0",
        (version_id,),
    )
    return {tuple(row)[:6]: tuple(row)[6:] for row in rows}


def _same(one: dict[tuple[object, ...], tuple[float, ...]], other: dict[tuple[object, ...], tuple[float, ...]]) -> bool:
    return one.keys() == other.keys() and all(
        abs(a - b) <= _NEAR * max(1.0, abs(a)) for key in one for a, b in zip(one[key], other[key], strict=True)
    )
