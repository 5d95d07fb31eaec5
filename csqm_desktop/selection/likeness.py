"""Near-duplicates: a reviewer must not judge the same sentence ten times in a row."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.selection.pool import Pool


class Guard:
    """Keeps track of which rows of a pool are still unlike everything taken so far."""

    def __init__(self, pool: Pool) -> None:
        self._likeness = pool.likeness
        self._limit = pool.like_limit
        self.open: NDArray[np.bool_] = np.ones(len(pool), dtype=bool)
        on_list = pool.on_list.likeness
        if len(on_list) and on_list.shape[1] == pool.likeness.shape[1] > 0:
            self.open &= (pool.likeness @ on_list.T).max(axis=1) < self._limit

    def take(self, row: int) -> None:
        """Close a row and all that read like it."""
        self.open[row] = False
        if self._likeness.shape[1]:
            self.open &= self._likeness @ self._likeness[row] < self._limit


def without_near_duplicates(pool: Pool, order: Iterable[int], limit: int) -> list[int]:
    """The first ``limit`` rows in ``order`` that are pairwise unlike; when they run out, the others follow in order.

    A queue that is full of one sentence is better than an empty one.
    """
    guard = Guard(pool)
    taken: list[int] = []
    passed: list[int] = []
    for row in order:
        if len(taken) == limit:
            break
        if guard.open[row]:
            taken.append(int(row))
            guard.take(row)
        else:
            passed.append(int(row))
    return taken + passed[: limit - len(taken)]
