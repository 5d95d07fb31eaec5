"""Daily sums per version, dimension, role and criterion, kept up to date by the writes that change scores.

A trend over a million replies then reads some thousand rows. ``criterion_id`` 0 is the reply score as a
whole. Sums are added and taken away; ``rebuild`` recomputes them from the scores.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from csqm_desktop.domain.score_columns import Figures

OVERALL = 0
DIMENSIONS = ("all", "channel", "shop", "product", "sender", "bot_version", "intent")

_UPSERT = """
    INSERT INTO rollups (version_id, dimension, value, role, criterion_id, day, n, total, total_squared, below_line)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n, total = total + excluded.total,
        total_squared = total_squared + excluded.total_squared, below_line = below_line + excluded.below_line
"""


@dataclass(frozen=True)
class Facets:
    """Where n replies belong: local day, role, and the value of each dimension but "all"."""

    day: Sequence[int]
    role: Sequence[str]
    values: dict[str, Sequence[str]]


def facets(connection: sqlite3.Connection, reply_ids: Sequence[int]) -> Facets:
    """The facets of replies, in the order of ``reply_ids``."""
    rows: dict[int, sqlite3.Row] = {}
    for start in range(0, len(reply_ids), 10_000):
        marks = ",".join(map(str, reply_ids[start : start + 10_000]))  # integers of our own
        for row in connection.execute(
            f"""SELECT m.id, m.day, m.role, m.sender, m.bot_version, m.intent, c.channel, c.shop, c.product
                FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id IN ({marks})"""
        ):
            rows[row["id"]] = row
    ordered = [rows[reply_id] for reply_id in reply_ids]
    return Facets(
        day=[row["day"] for row in ordered],
        role=[row["role"] for row in ordered],
        values={name: [row[name] for row in ordered] for name in DIMENSIONS[1:]},
    )


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
    if not len(where.day):
        return
    quality = figures.quality[:, None]
    values = np.hstack([quality, figures.expected])  # (n, 1 + K)
    below = np.hstack([quality < pass_line, figures.expected < 0.5]).astype(np.int64)
    counted = np.hstack([figures.any_opinion[:, None], figures.opinion])  # no opinion, no figure
    values, below = np.where(counted, values, 0.0), np.where(counted, below, 0)
    ids = [OVERALL, *criterion_ids]
    for dimension in DIMENSIONS:
        names = where.values.get(dimension)
        # a reply without a channel is in no channel's figures
        rows = [i for i in range(len(where.day)) if names is None or names[i]]
        if not rows:
            continue
        keys = [("" if names is None else names[i], where.role[i], where.day[i]) for i in rows]
        distinct = sorted(set(keys))
        position = {key: i for i, key in enumerate(distinct)}
        group = np.fromiter((position[key] for key in keys), dtype=np.intp, count=len(keys))
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
                    distinct,
                    np.bincount(group, there[:, c], len(distinct)).astype(int).tolist(),
                    np.bincount(group, value[:, c], len(distinct)).tolist(),
                    np.bincount(group, value[:, c] ** 2, len(distinct)).tolist(),
                    np.bincount(group, low[:, c], len(distinct)).astype(int).tolist(),
                    strict=True,
                )
            ),
        )
