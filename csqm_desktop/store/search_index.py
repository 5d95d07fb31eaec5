"""The index of the full-text search, kept by the very transactions that change messages.

It holds no text of its own: only which message has which words and pairs of characters (FTS5 without content). New
messages are known by their numbers above a mark. Triggers note the old text of those that changed or went away, and
``settle`` takes it out of the index before the transaction ends: SQLite 3.40 takes words out of such an index only
when it is told them.
"""

from __future__ import annotations

import re
import sqlite3
from operator import add

SETTLED_AT_ONCE = 20_000  # new messages that a transaction indexes itself; more are left to ``Search.catch_up``
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(f"[{HAN}]+")  # of scripts without spaces between words


def grams(text: str) -> str:
    """What is indexed of a text: its words, and every pair of neighbouring characters of scripts without spaces."""
    return text if text.isascii() else RUN.sub(_pairs, text)


def _pairs(match: re.Match[str]) -> str:
    run: str = match[0]
    return " " + " ".join(map(add, run, run[1:])) + " "


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
    rows = connection.execute("SELECT id, text FROM messages WHERE id > ? AND id <= ?", (after, upto)).fetchall()
    connection.executemany(
        "INSERT INTO message_search (rowid, grams) VALUES (?, ?)", [(row[0], grams(row[1])) for row in rows]
    )
    connection.execute("UPDATE search_state SET indexed_upto = ?", (upto,))
