"""Which replies a review queue may choose from. Quick also with a million scores: the index on confidence, and
ids drawn by chance, instead of a walk over everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.score_columns import Floats, unpack
from csqm_desktop.store.database import Database
from csqm_desktop.store.scores import ScoreStore

Ids = NDArray[np.int64]
_WALK = 20_000  # with fewer scores everything is read
_CHUNK = 500
_ROUNDS = 12


class QueuePool:
    """Scored replies that nobody has reviewed."""

    def __init__(self, database: Database, scores: ScoreStore) -> None:
        self._database = database
        self._scores = scores

    def population(self, version_id: int) -> int:
        """How many scored replies nobody has reviewed."""
        reviewed = (
            self._connection()
            .execute(
                "SELECT count(*) FROM (SELECT DISTINCT reply_id FROM reviews WHERE retired_at IS NULL) r"
                " JOIN scores s ON s.version_id = ? AND s.reply_id = r.reply_id",
                (version_id,),
            )
            .fetchone()[0]
        )
        return self._scores.count(version_id) - int(reviewed)

    def doubtful(self, version_id: int, limit: int, exclude: Collection[int] = ()) -> list[int]:
        """The least confident ones."""
        return self._scores.unreviewed(version_id, limit, exclude)[0]

    def drawn(self, version_id: int, count: int, seed: int, exclude: Collection[int] = ()) -> list[int]:
        """``count`` replies with an even chance for each, or all when there are hardly more."""
        left_out = set(exclude)
        rng = np.random.default_rng(seed)
        low, high, total = self._range(version_id)
        if total <= max(_WALK, 4 * count):
            every = np.array(sorted(set(self._open(version_id)) - left_out), dtype=np.int64)
            return [int(i) for i in rng.permutation(every)[:count]]
        found: dict[int, None] = {}
        for _ in range(_ROUNDS):
            # numbers without an open reply fall through, so that every open one has the same chance
            guesses = rng.integers(low, high + 1, size=max(_CHUNK, 4 * count))
            there = set(self._open(version_id, guesses.tolist())) - left_out
            found.update((int(i), None) for i in guesses if int(i) in there)
            if len(found) >= count:
                break
        return list(found)[:count]

    def probabilities(self, version_id: int, reply_ids: Sequence[int]) -> Floats:
        """Scores (n, L) of replies by one version in the order asked for; NaN rows where there is none."""
        width = self._scores.columns(version_id).width
        known: dict[int, bytes] = {}
        for start in range(0, len(reply_ids), _CHUNK):
            marks = ",".join(map(str, reply_ids[start : start + _CHUNK]))
            known.update(
                self._connection().execute(
                    f"SELECT reply_id, probabilities FROM scores WHERE version_id = ? AND reply_id IN ({marks})",
                    (version_id,),
                )
            )
        out = np.full((len(reply_ids), width), np.nan)
        rows = [row for row, reply_id in enumerate(reply_ids) if reply_id in known]
        if rows:
            out[rows] = unpack(b"".join(known[reply_ids[row]] for row in rows), width)
        return out

    def previous_version(self, version_id: int) -> int | None:
        """The version that scored here last before this one, for the same columns."""
        row = (
            self._connection()
            .execute(
                "SELECT o.id FROM versions o JOIN versions v ON v.id = ? WHERE o.id <> v.id AND o.columns = v.columns"
                " AND EXISTS (SELECT 1 FROM scores s WHERE s.version_id = o.id) ORDER BY o.id DESC LIMIT 1",
                (version_id,),
            )
            .fetchone()
        )
        return int(row[0]) if row else None

    def _range(self, version_id: int) -> tuple[int, int, int]:
        row = (
            self._connection()
            .execute(
                "SELECT (SELECT min(reply_id) FROM scores WHERE version_id = ?1),"
                " (SELECT max(reply_id) FROM scores WHERE version_id = ?1),"
                " (SELECT count(*) FROM scores WHERE version_id = ?1)",
                (version_id,),
            )
            .fetchone()
        )
        return (int(row[0] or 0), int(row[1] or 0), int(row[2]))

    def _open(self, version_id: int, among: Iterable[int] | None = None) -> list[int]:
        """Scored and not reviewed, of these numbers or of all."""
        condition = "" if among is None else f" AND s.reply_id IN ({','.join(map(str, among))})"
        return [
            row[0]
            for row in self._connection().execute(
                "SELECT s.reply_id FROM scores s WHERE s.version_id = ?" + condition + " AND NOT EXISTS"
                " (SELECT 1 FROM reviews r WHERE r.reply_id = s.reply_id AND r.retired_at IS NULL)",
                (version_id,),
            )
        ]

    def _connection(self) -> sqlite3.Connection:
        return self._database.connection()
