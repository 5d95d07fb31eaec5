"""Full-text search over all messages: Chinese by pairs of characters, other scripts by words and their beginnings.

What the index (``search_index``) proposes is compared with the text, so that a hit always holds what was asked for.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.database import Database
from csqm_desktop.store.grams import HAN, RUN
from csqm_desktop.store.search_index import add_new, settle

_CHUNK = 5_000
_PIECE = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')
_MOST_TERMS = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that holds what was looked for."""

    message_id: int
    conversation_id: int
    conversation: str  # the source's own identifier
    sent_at: int  # ms
    role: Role
    sender: str
    text: str
    is_reply: bool


class Search:
    """Looks for messages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, text: str, limit: int = 50, replies_only: bool = False, before: int | None = None) -> list[Hit]:
        """Messages that hold all words of ``text``, newest in the store first; ``before`` goes on below a number.

        A quoted part must be there word for word; other words match from their beginning, Chinese anywhere.
        """
        query = Query(text)
        if not query.terms:
            return []
        where = (" AND m.is_reply = 1" if replies_only else "") + (f" AND m.id < {int(before)}" if before else "")
        hits: list[Hit] = []
        for hit in self._candidates(query, where):
            if query.holds(hit.text):
                hits.append(hit)
                if len(hits) == limit:
                    break
        return hits

    def answers(self, message_ids: Sequence[int]) -> dict[int, int]:
        """The reply that was given to each message: the next one in its conversation, else the last one there."""
        marks = ",".join(map(str, message_ids))
        rows = self._database.connection().execute(
            f"""SELECT m.id, coalesce(
                (SELECT r.id FROM messages r WHERE r.conversation_id = m.conversation_id AND r.is_reply = 1
                 AND (r.sent_at, r.id) > (m.sent_at, m.id) ORDER BY r.sent_at, r.id LIMIT 1),
                (SELECT r.id FROM messages r WHERE r.conversation_id = m.conversation_id AND r.is_reply = 1
                 ORDER BY r.sent_at DESC, r.id DESC LIMIT 1))
                FROM messages m WHERE m.id IN ({marks})"""
        )
        return {row[0]: row[1] for row in rows if row[1] is not None}

    def waiting(self) -> int:
        """How many messages the index lacks; they are found all the same, more slowly."""
        row = self._database.connection().execute(
            "SELECT count(*) FROM messages WHERE id > (SELECT indexed_upto FROM search_state)"
        )
        return int(row.fetchone()[0])

    def catch_up(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """Index what is waiting, e.g. after an older workspace was brought up to date; stops when ``go_on`` says no."""
        while self.waiting() and go_on():
            with self._database.transaction() as connection:
                mark = connection.execute("SELECT indexed_upto FROM search_state").fetchone()[0]
                row = connection.execute(
                    "SELECT max(id) FROM (SELECT id FROM messages WHERE id > ? ORDER BY id LIMIT ?)", (mark, _CHUNK)
                ).fetchone()
                add_new(connection, mark, row[0])

    def purge(self) -> None:
        """Rewrite the index so that no word of a deleted text is left in it."""
        with self._database.transaction() as connection:
            settle(connection)
            connection.execute("INSERT INTO message_search (message_search) VALUES ('optimize')")

    def rebuild(self) -> None:
        """Make the index anew from the messages."""
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO message_search (message_search) VALUES ('delete-all')")
            connection.execute("DELETE FROM search_changes")
            connection.execute("UPDATE search_state SET indexed_upto = 0")
        self.catch_up()

    def problems(self) -> list[str]:
        """What is wrong with the index; empty when all is well."""
        connection = self._database.connection()
        mark = connection.execute("SELECT indexed_upto FROM search_state").fetchone()[0]
        try:
            with self._database.transaction() as writing:
                writing.execute("INSERT INTO message_search (message_search) VALUES ('integrity-check')")
        except CsqmError as error:  # a transaction turns errors of the file into these
            return [f"the search index is damaged ({error.values.get('reason', error.code)})"]
        left = connection.execute("SELECT count(*) FROM search_changes").fetchone()[0]
        beyond = connection.execute("SELECT coalesce(max(id), 0) < ? FROM messages", (mark,)).fetchone()[0]
        return ["the search index is behind the messages"] if left or beyond else []

    def _candidates(self, query: Query, where: str) -> Iterator[Hit]:
        connection = self._database.connection()
        columns = (
            "m.id, m.conversation_id, c.source_id, m.sent_at, m.role, m.sender, m.text, m.is_reply"
            " FROM messages m JOIN conversations c ON c.id = m.conversation_id"
        )
        mark = connection.execute("SELECT indexed_upto FROM search_state").fetchone()[0]
        scan = f"SELECT {columns} WHERE m.id > ?{where} AND {query.condition} ORDER BY m.id DESC"
        match = query.match
        if match is None:  # single characters: newest first, until there are enough
            yield from map(_hit, connection.execute(scan, (0, *query.values)))
            return
        yield from map(_hit, connection.execute(scan, (mark, *query.values)))
        yield from map(
            _hit,
            connection.execute(
                f"SELECT {columns} JOIN message_search s ON s.rowid = m.id"
                f" WHERE s.message_search MATCH ?{where} ORDER BY s.rowid DESC",
                (match,),
            ),
        )


class Query:
    """What was asked for: terms that must all be there."""

    def __init__(self, text: str) -> None:
        found = [next(filter(None, match.groups())) for match in _QUOTED.finditer(text)]
        self.terms = list(dict.fromkeys(_fold(term.strip()) for term in found if term.strip()))[:_MOST_TERMS]
        self._patterns = [_pattern(term) for term in self.terms]

    @property
    def match(self) -> str | None:
        """The question to the index; None when it cannot help."""
        wanted: dict[str, None] = {}
        for term in self.terms:
            pieces = _PIECE.findall(term)
            for place, piece in enumerate(pieces):
                if not RUN.match(piece):
                    wanted[f'"{piece}"' + ("*" if place == len(pieces) - 1 else "")] = None
                else:
                    wanted |= dict.fromkeys(f'"{a}{b}"' for a, b in pairwise(piece))
        return " AND ".join(list(wanted)[:_MOST_TERMS]) or None

    @property
    def condition(self) -> str:
        """A rough SQL condition for messages that the index does not know."""
        return " AND ".join(["instr(m.text, ?)"] * len(self.values)) or "1"

    @property
    def values(self) -> list[str]:
        """The values of ``condition``: single characters of scripts without upper and lower case."""
        return list(dict.fromkeys(char for term in self.terms for char in term if RUN.match(char)))[:20]

    def holds(self, text: str) -> bool:
        """Whether a text has all terms."""
        folded = _fold(text)
        return all(pattern.search(folded) for pattern in self._patterns)


def _pattern(term: str) -> re.Pattern[str]:
    """A term anywhere, but one that starts with a letter or digit only where a word starts."""
    edge = "" if RUN.match(term) or not term[0].isalnum() else rf"(?<![^\W_{HAN}])"
    return re.compile(edge + re.escape(term))


def _fold(text: str) -> str:
    """Without upper case and accents, as the index compares."""
    text = text.casefold()
    if text.isascii():
        return text
    if not any("\u00c0" <= char <= "\u024f" or "\u0300" <= char <= "\u036f" for char in text):
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _hit(row: sqlite3.Row) -> Hit:
    return Hit(row[0], row[1], row[2], row[3], Role(row[4]), row[5], row[6], bool(row[7]))
