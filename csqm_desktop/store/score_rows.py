"""Many rows of ``scores`` in one statement: SQLite cuts them out of a few long values.

A million rows handed over one by one cost more time in the calls than in the table. Numbers travel as decimals of
one length, since a place in a blob is found at once, and as whole numbers, since those are read exactly.
"""

from __future__ import annotations

import sqlite3

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.score_columns import PROBABILITY_ONE, Figures

Ints = NDArray[np.int64]
_QUALITY_ONE = 2.0**62  # a power of two: no digit of a float is lost on the way


def insert(
    connection: sqlite3.Connection,
    version_id: int,
    ids: Ints,
    figures: Figures,
    doubtful_ids: Ints,
    scored_at: int,
    packed: bytes,
    disagreement: bytes | None,
) -> None:
    """Insert n rows, at least one: ``packed`` and ``disagreement`` hold theirs one after the other in equal pieces.

    Raises ``sqlite3.IntegrityError`` when the version has scored one of the replies already.
    """
    confidence = np.rint(figures.confidence * PROBABILITY_ONE)  # it is one of the stored probabilities
    numbers = [
        _decimals(ids),
        _decimals(figures.quality * _QUALITY_ONE),
        _decimals(confidence),
        _decimals(doubtful_ids),
    ]
    texts, sizes = zip(*numbers, strict=True)
    pieces = [packed, disagreement]
    reply, quality, confident, doubtful = (
        f"CAST(substr(?{i + 1}, n * {size} + 1, {size}) AS INTEGER)" for i, size in enumerate(sizes)
    )
    probabilities, differ = (
        f"substr(?{i + 5}, n * {(size := len(piece or b'') // len(ids))} + 1, {size})" for i, piece in enumerate(pieces)
    )
    connection.execute(
        f"""WITH RECURSIVE places (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM places WHERE n < {len(ids) - 1})
        INSERT INTO scores (version_id, reply_id, quality, confidence, doubtful_id, scored_at, probabilities,
            disagreement)
        SELECT {int(version_id)}, {reply}, {quality} / {_QUALITY_ONE!r}, {confident} / {PROBABILITY_ONE}.0,
            {doubtful}, {int(scored_at)}, {probabilities}, {differ} FROM places""",
        (*texts, *pieces),
    )


def _decimals(values: NDArray[np.float64] | Ints) -> tuple[bytes, int]:
    """Whole numbers of zero or more, each with as many digits as the greatest has, and how many those are."""
    left = values.astype(np.int64)
    digits = np.empty((len(str(left.max())), len(left)), dtype=np.uint8)
    for place in digits[::-1]:
        rest = left // 10
        place[:] = left - 10 * rest + ord("0")
        left = rest
    return digits.T.tobytes(), len(digits)
