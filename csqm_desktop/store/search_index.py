"""The index of the full-text search, kept by the very transactions that change messages.

It holds no text of its own: only which message has which words and pairs of characters (FTS5 without content). New
messages are known by their numbers above a mark. Triggers note the old text of those that changed or went away, and
``settle`` takes it out of the index before the transaction ends: SQLite 3.40 takes words out of such an index only
when it is told them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from csqm_desktop.store.grams import grams, grams_of

SETTLED_AT_ONCE = 20_000  # new messages that a transaction indexes itself; more are left to ``Search.catch_up``


def settle(connection: sqlite3.Connection) -> None:
    """Bring the index in line with what the open transaction has done to messages."""
    changed, mark, newest = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM search_changes), (SELECT indexed_upto FROM search_state),"
        " (SELECT coalesce(max(id), 0) FROM messages)"
    ).fetchone()
    if changed:
        _take_changes(connection, mark)
    if newest < mark:  # the newest numbers are free again, and will be given to other messages
        connection.execute("UPDATE search_state SET indexed_upto = ?", (newest,))
    elif mark < newest <= mark + SETTLED_AT_ONCE:
        add_new(connection, mark, newest)


def _take_changes(connection: sqlite3.Connection, mark: int) -> None:
    """Take out the words of texts that are no longer there, put in those of the texts that are."""
    # only the first old text of a message was ever indexed
    rows = connection.execute(
        "SELECT message_id, text FROM search_changes WHERE message_id <= ? GROUP BY message_id HAVING id = min(id)",
        (mark,),
    ).fetchall()
    connection.executemany(
        "INSERT INTO message_search (message_search, rowid, grams) VALUES ('delete', ?, ?)",
        [(row[0], grams(row[1])) for row in rows],
    )
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS search_again (id INTEGER PRIMARY KEY)",
    )
    connection.executemany("INSERT INTO temp.search_again VALUES (?)", [(row[0],) for row in rows])
    again = connection.execute(
        "SELECT id, text FROM messages WHERE id IN (SELECT id FROM temp.search_again)"
    ).fetchall()
    connection.execute("DELETE FROM temp.search_again")
    connection.executemany(
        "INSERT INTO message_search (rowid, grams) VALUES (?, ?)", [(row[0], grams(row[1])) for row in again]
    )
    connection.execute("DELETE FROM search_changes")


def add_new(connection: sqlite3.Connection, after: int, upto: int) -> None:
    """Index the messages above one number, up to another."""
    rows = connection.execute("SELECT id, text FROM messages WHERE id > ? AND id <= ?", (after, upto)).fetchall()
    _add(connection, [row[0] for row in rows], [row[1] for row in rows], upto)


def add_written(connection: sqlite3.Connection, first: int, texts: Sequence[str]) -> None:
    """Index messages just written, numbered from ``first`` on, without reading them again.

    Where others wait to be indexed, or had these numbers before, it is left to ``settle``.
    """
    mark, reused = connection.execute(
        "SELECT (SELECT indexed_upto FROM search_state), EXISTS (SELECT 1 FROM search_changes WHERE message_id >= ?)",
        (first,),
    ).fetchone()
    if texts and mark == first - 1 and not reused:
        _add(connection, range(first, first + len(texts)), texts, first + len(texts) - 1)


def _add(connection: sqlite3.Connection, ids: Sequence[int], texts: Sequence[str], upto: int) -> None:
    connection.executemany(
        "INSERT INTO message_search (rowid, grams) VALUES (?, ?)", zip(ids, grams_of(texts), strict=True)
    )
    connection.execute("UPDATE search_state SET indexed_upto = ?", (upto,))
