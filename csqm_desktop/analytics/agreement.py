"""How far reviewers agree: raw pairs, and Krippendorff's alpha for ordered levels with any number of reviewers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over replies with at least two opinions. ``pairs`` is the share of pairs of opinions that are equal, 0..1;

    ``alpha`` is 1 for perfect and 0 for chance, None when all opinions together name only one level.
    """

    replies: int
    pairs: float
    alpha: float | None


def agreement(counts: Iterable[Sequence[int]]) -> Agreement | None:
    """From how many people chose each level (worst first), one sequence a reply; None without any overlap.

    Alpha with ordinal distances (Krippendorff, Content Analysis, ch. 11).
    """
    table = np.array([row for row in counts if sum(row) > 1], dtype=np.float64)
    if not len(table):
        return None
    people = table.sum(axis=1, keepdims=True)
    coincidences = np.einsum("ui,uj->ij", table / (people - 1), table) - np.diag((table / (people - 1)).sum(axis=0))
    totals = coincidences.sum(axis=0)
    n = totals.sum()
    distance = _ordinal(totals)
    observed = float((coincidences * distance).sum())
    expected = float((np.outer(totals, totals) * distance).sum() / (n - 1))
    pairs = float((table * (table - 1)).sum() / (people * (people - 1)).sum())
    return Agreement(len(table), pairs, None if expected == 0 else 1 - observed / expected)


def _ordinal(totals: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Squared ordinal distances between levels: how many opinions lie between them, half of both ends included."""
    middle = np.cumsum(totals) - totals / 2
    return (middle[:, None] - middle[None, :]) ** 2
