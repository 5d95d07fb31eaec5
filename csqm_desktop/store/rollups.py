"""Daily sums per version, dimension, role and criterion, kept up to date by the writes that change scores.

A trend over a million replies then reads some thousand rows. ``criterion_id`` 0 is the reply score as a
whole. Sums are added and taken away; ``rebuild`` recomputes them from the scores.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.score_columns import Figures

OVERALL = 0
Ints = NDArray[np.int64]
DIMENSIONS = ("all", "channel", "shop", "product", "sender", "bot_version", "intent")
_OWN = ("role", "sender", "bot_version", "intent")  # of a message
_CONVERSATION = ("channel", "shop", "product")
_AT_ONCE = 10_000
_DENSE = 4  # a range may hold this many numbers for each wanted one

_UPSERT = """
    INSERT INTO rollups (version_id, dimension, value, role, criterion_id, day, n, total, total_squared, below_line)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n, total = total + excluded.total,
        total_squared = total_squared + excluded.total_squared, below_line = below_line + excluded.below_line
"""


@dataclass(frozen=True)
class Facets:
    """Where n replies belong: local day, and for role and each dimension but "all" a code with its names."""

    day: Ints
    role: tuple[Ints, list[str]]
    values: dict[str, tuple[Ints, list[str]]]

    def __len__(self) -> int:
        return len(self.day)


def facets(connection: sqlite3.Connection, reply_ids: Sequence[int] | Ints) -> tuple[Ints, Facets]:
    """Which of ``reply_ids`` are replies in the store, as positions, and the facets of those, in that order."""
    wanted = np.asarray(reply_ids, dtype=np.int64)
    found = np.empty((0, 7), dtype=np.int64)  # id, day, role, sender, bot_version, intent, conversation
    names: list[dict[str, int]] = [{} for _ in _OWN]
    if len(wanted):
        found = np.array([row for part in _message_rows(connection, wanted, names) for row in part], dtype=np.int64)
        found = found.reshape(-1, 7)
    order = np.argsort(found[:, 0], kind="stable")
    found = found[order]
    if not len(found):
        return np.empty(0, dtype=np.int64), Facets(found[:, 1], (found[:, 2], []), {})
    at = np.minimum(np.searchsorted(found[:, 0], wanted), len(found) - 1)
    present = np.flatnonzero(found[at, 0] == wanted)
    rows = found[at[present]]
    own = {name: (rows[:, 2 + i], list(names[i])) for i, name in enumerate(_OWN)}
    role = own.pop("role")
    return present, Facets(rows[:, 1], role, own | _conversation_facets(connection, rows[:, 6]))


def _message_rows(
    connection: sqlite3.Connection, wanted: Ints, names: list[dict[str, int]]
) -> Iterator[list[tuple[int, ...]]]:
    role, sender, bot, intent = names
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        yield [
            (
                row[0],
                row[1],
                role.setdefault(row[2], len(role)),
                sender.setdefault(row[3], len(sender)),
                bot.setdefault(row[4], len(bot)),
                intent.setdefault(row[5], len(intent)),
                row[6],
            )
            for row in _tuples(connection).execute(
                "SELECT id, day, role, sender, bot_version, intent, conversation_id FROM messages"
                f" WHERE is_reply = 1 AND {_among('id', part)}"
            )
        ]


def _conversation_facets(connection: sqlite3.Connection, conversations: Ints) -> dict[str, tuple[Ints, list[str]]]:
    distinct, inverse = np.unique(conversations, return_inverse=True)
    names: list[dict[str, int]] = [{} for _ in _CONVERSATION]
    codes = np.zeros((len(distinct), len(_CONVERSATION)), dtype=np.int64)
    for start in range(0, len(distinct), _AT_ONCE):
        part = distinct[start : start + _AT_ONCE]
        for row in _tuples(connection).execute(
            f"SELECT id, channel, shop, product FROM conversations WHERE {_among('id', part)} ORDER BY id"
        ):
            at = int(np.searchsorted(distinct, row[0]))
            if distinct[at] == row[0]:
                codes[at] = [names[i].setdefault(row[1 + i], len(names[i])) for i in range(len(names))]
    return {name: (codes[inverse, i], list(names[i])) for i, name in enumerate(_CONVERSATION)}


def _among(column: str, ids: Ints) -> str:
    """A condition on integers of our own: a range where they lie close together, else a list."""
    low, high = int(ids.min()), int(ids.max())
    if high - low < _DENSE * len(ids):
        return f"{column} BETWEEN {low} AND {high}"
    return f"{column} IN ({','.join(map(str, ids.tolist()))})"


def _tuples(connection: sqlite3.Connection) -> sqlite3.Cursor:
    cursor = connection.cursor()
    cursor.row_factory = None  # a million named rows cost more than their values
    return cursor


def add(
    connection: sqlite3.Connection,
    version_id: int,
    criterion_ids: Sequence[int],
    where: Facets,
    figures: Figures,
    pass_line: float,
    sign: int = 1,
) -> None:
    """Add (or with ``sign=-1`` take away) the contribution of replies with these figures."""
    if not len(where):
        return
    quality = figures.quality[:, None]
    values = np.hstack([quality, figures.expected])  # (n, 1 + K)
    below = np.hstack([quality < pass_line, figures.expected < 0.5]).astype(np.int64)
    counted = np.hstack([figures.any_opinion[:, None], figures.opinion])  # no opinion, no figure
    values, below = np.where(counted, values, 0.0), np.where(counted, below, 0)
    ids = [OVERALL, *criterion_ids]
    days, day_codes = np.unique(where.day, return_inverse=True)
    roles = where.role[1]
    for dimension in DIMENSIONS:
        codes, names = where.values.get(dimension, (np.zeros(len(where), dtype=np.int64), [""]))
        # a reply without a channel is in no channel's figures
        named = np.array([bool(name) or dimension == "all" for name in names])[codes]
        rows = np.flatnonzero(named)
        if not len(rows):
            continue
        combined = (codes[rows] * len(roles) + where.role[0][rows]) * len(days) + day_codes[rows]
        distinct, group = np.unique(combined, return_inverse=True)
        keys = [
            (names[code // len(days) // len(roles)], roles[code // len(days) % len(roles)], int(days[code % len(days)]))
            for code in distinct.tolist()
        ]
        value, low, there = values[rows], below[rows], counted[rows]
        connection.executemany(
            _UPSERT,
            (
                (
                    version_id,
                    dimension,
                    name,
                    role,
                    ids[c],
                    day,
                    sign * n,
                    sign * total,
                    sign * square,
                    sign * failed,
                )
                for c in range(len(ids))
                for (name, role, day), n, total, square, failed in zip(
                    keys,
                    np.bincount(group, there[:, c], len(keys)).astype(int).tolist(),
                    np.bincount(group, value[:, c], len(keys)).tolist(),
                    np.bincount(group, value[:, c] ** 2, len(keys)).tolist(),
                    np.bincount(group, low[:, c], len(keys)).astype(int).tolist(),
                    strict=True,
                )
            ),
        )
