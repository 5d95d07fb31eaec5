"""Daily sums per version, dimension, role and criterion, kept up to date by the writes that change scores.

A trend over a million replies then reads some thousand rows. ``criterion_id`` 0 is the reply score as a
whole. Sums are added and taken away; ``rebuild`` recomputes them from the scores.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.score_columns import Figures

OVERALL = 0
Ints = NDArray[np.int64]
DIMENSIONS = ("all", "channel", "shop", "product", "sender", "bot_version", "intent")
_OWN = ("role", "sender", "bot_version", "intent")  # of a message
_CONVERSATION = ("channel", "shop", "product")
_AT_ONCE = 10_000
_BETWEEN = f"\x1e{secrets.token_hex(4)}"  # texts, which therefore cannot hold it
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
    names: list[dict[str, int]] = [{} for _ in _OWN]
    parts = [np.empty((0, 7), dtype=np.int64)]  # id, day, conversation, role, sender, bot_version, intent
    for start in range(0, len(wanted), _AT_ONCE):
        parts += _message_columns(connection, wanted[start : start + _AT_ONCE], names)
    found = np.concatenate(parts)
    order = np.argsort(found[:, 0], kind="stable")
    found = found[order]
    if not len(found):
        return np.empty(0, dtype=np.int64), Facets(found[:, 1], (found[:, 3], []), {})
    at = np.minimum(np.searchsorted(found[:, 0], wanted), len(found) - 1)
    present = np.flatnonzero(found[at, 0] == wanted)
    rows = found[at[present]]
    own = {name: (rows[:, 3 + i], list(names[i])) for i, name in enumerate(_OWN)}
    role = own.pop("role")
    return present, Facets(rows[:, 1], role, own | _conversation_facets(connection, rows[:, 2]))


def _message_columns(connection: sqlite3.Connection, wanted: Ints, names: list[dict[str, int]]) -> list[Ints]:
    """The facets of some replies, (n, 7) in one piece or none; names are collected with their codes."""
    condition = f"is_reply = 1 AND {_among('id', wanted)}"
    numbers, texts = _columns(connection, "messages", ("id", "day", "conversation_id"), _OWN, condition)
    coded = [_coded(known, column) for known, column in zip(names, texts, strict=True)]
    return [np.array([*numbers, *coded]).T] if len(numbers[0]) else []


def _conversation_facets(connection: sqlite3.Connection, conversations: Ints) -> dict[str, tuple[Ints, list[str]]]:
    distinct, inverse = np.unique(conversations, return_inverse=True)
    names: list[dict[str, int]] = [{} for _ in _CONVERSATION]
    ids, codes = [], []
    for start in range(0, len(distinct), _AT_ONCE):
        condition = _among("id", distinct[start : start + _AT_ONCE])
        (part,), texts = _columns(connection, "conversations", ("id",), _CONVERSATION, condition)
        ids.append(part)
        codes.append(np.array([_coded(known, column) for known, column in zip(names, texts, strict=True)]))
    known_ids = np.concatenate(ids)
    order = np.argsort(known_ids)
    at = order[np.searchsorted(known_ids, distinct, sorter=order)][inverse]
    rows = np.concatenate(codes, axis=1)[:, at]
    return {name: (rows[i], list(names[i])) for i, name in enumerate(_CONVERSATION)}


def _columns(
    connection: sqlite3.Connection, table: str, numbers: Sequence[str], texts: Sequence[str], condition: str
) -> tuple[list[Ints], list[list[str]]]:
    """Columns of a table, numbers and texts, none of which may be NULL: one long value each, since a million rows
    cost twice as much as that."""
    joined = [f"group_concat({name})" for name in numbers] + [f"group_concat({name}, ?1)" for name in texts]
    row = connection.execute(f"SELECT {', '.join(joined)} FROM {table} WHERE {condition}", (_BETWEEN,)).fetchone()
    if row[0] is None:
        return [np.empty(0, dtype=np.int64) for _ in numbers], [[] for _ in texts]
    whole = [np.fromstring(text, dtype=np.int64, sep=",") for text in row[: len(numbers)]]
    return whole, [text.split(_BETWEEN) for text in row[len(numbers) :]]


def _coded(known: dict[str, int], column: list[str]) -> Ints:
    for name in set(column):
        known.setdefault(name, len(known))
    return np.fromiter(map(known.__getitem__, column), dtype=np.int64, count=len(column))


def _among(column: str, ids: Ints) -> str:
    """A condition on integers of our own: a range where they lie close together, else a list."""
    low, high = int(ids.min()), int(ids.max())
    if high - low < _DENSE * len(ids):
        return f"{column} BETWEEN {low} AND {high}"
    return f"{column} IN ({','.join(map(str, ids.tolist()))})"


@dataclass(frozen=True)
class Sums:
    """What replies add to one dimension: m places, and for each criterion the sums there."""

    dimension: str
    values: Sequence[str]
    roles: Sequence[str]
    days: Sequence[int]
    figures: list[tuple[int, list[int], list[float], list[float], list[int]]]  # n, total, of squares, below the line


def sums(criterion_ids: Sequence[int], where: Facets, figures: Figures, pass_line: float, sign: int = 1) -> list[Sums]:
    """What replies with these figures add, or with ``sign=-1`` take away; asks no database."""
    if not len(where):
        return []
    # (figure, n) in one piece each: n, sum, sum of squares, below the line; no opinion, no figure
    counted = np.vstack([figures.any_opinion, figures.opinion.T]).astype(np.float64)
    values = np.vstack([figures.quality, figures.expected.T]) * counted
    below = np.vstack([figures.quality < pass_line, figures.expected.T < 0.5]) * counted
    columns = counted, values, values**2, below
    days, day_codes = np.unique(where.day, return_inverse=True)
    roles, inner = where.role[1], where.role[0] * len(days) + day_codes
    found: list[Sums] = []
    for dimension in DIMENSIONS:
        codes, names = where.values.get(dimension, (np.zeros(len(where), dtype=np.int64), [""]))
        group, distinct = _groups(codes * (len(roles) * len(days)) + inner, len(names) * len(roles) * len(days))
        spots = [
            (names[code // len(days) // len(roles)], roles[code // len(days) % len(roles)], int(days[code % len(days)]))
            for code in distinct.tolist()
        ]
        # a reply without a channel is in no channel's figures
        kept = np.array([bool(name) or dimension == "all" for name, _, _ in spots])
        if not kept.any():
            continue
        name, role, day = zip(*(spot for spot, keep in zip(spots, kept.tolist(), strict=True) if keep), strict=True)
        own = []
        for c, criterion in enumerate([OVERALL, *criterion_ids]):
            n, total, square, failed = (np.bincount(group, column[c], len(spots))[kept] * sign for column in columns)
            own.append((criterion, _whole(n), total.tolist(), square.tolist(), _whole(failed)))
        found.append(Sums(dimension, name, role, day, own))
    return found


def _whole(values: NDArray[np.float64]) -> list[int]:
    whole: list[int] = np.rint(values).astype(np.int64).tolist()
    return whole


def add(connection: sqlite3.Connection, version_id: int, parts: Iterable[Sums]) -> None:
    """Add sums to those of a version."""
    for part in parts:
        for criterion, n, total, square, below in part.figures:
            fixed = repeat(version_id), repeat(part.dimension), part.values, part.roles, repeat(criterion), part.days
            connection.executemany(_UPSERT, zip(*fixed, n, total, square, below, strict=False))


def _groups(codes: Ints, most: int) -> tuple[Ints, Ints]:
    """The number of each row's group, and the code of each group; ``codes`` lie below ``most``."""
    if most > _DENSE * len(codes):
        distinct, group = np.unique(codes, return_inverse=True)
        return np.asarray(group), distinct
    there = np.bincount(codes, minlength=most) > 0  # quicker than sorting
    return (np.cumsum(there) - 1)[codes], np.flatnonzero(there)
