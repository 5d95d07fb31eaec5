"""Scores on their way into the store: all that can be done before the write lock is held."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.score_columns import Figures, ScoreColumns, unpack
from csqm_desktop.store import rollups

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Asked:
    """What a version said: n replies, packed probabilities (n, L), and how likely people disagree (n, K) or None."""

    version_id: int
    reply_ids: Sequence[int] | Ints
    packed: NDArray[np.uint16]
    disagreement: Bytes | None = None


@dataclass(frozen=True)
class Block:
    """Those of the replies that are in the store, with what their scores add to the rollups.

    It holds while nobody changes a message: ``state`` is ``Database.data_version`` from before it was prepared.
    """

    asked: Asked
    state: int
    ids: Ints
    figures: Figures
    packed: bytes
    disagreement: bytes | None
    sums: list[rollups.Sums]


def prepare(
    connection: sqlite3.Connection, columns: ScoreColumns, criterion_ids: Sequence[int], asked: Asked, state: int
) -> Block:
    """Look up where the replies belong and compute what follows from their scores; only reads."""
    present, where = rollups.facets(connection, asked.reply_ids)
    packed = np.ascontiguousarray(asked.packed.reshape(-1, columns.width)[present])
    # figures come from what is stored, so that taking a score away takes away just what it added
    figures = columns.figures(unpack(packed.tobytes(), columns.width))
    differ = asked.disagreement
    return Block(
        asked,
        state,
        np.asarray(asked.reply_ids, dtype=np.int64)[present],
        figures,
        packed.tobytes(),
        None if differ is None else np.ascontiguousarray(differ[present]).tobytes(),
        rollups.sums(criterion_ids, where, figures, columns.scorecard.pass_line),
    )
