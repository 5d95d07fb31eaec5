"""Strategies that rank replies by one figure: least confidence, margin, entropy, disagreement."""

from __future__ import annotations

import numpy as np

from csqm_desktop.selection import doubt
from csqm_desktop.selection.choices import Choice
from csqm_desktop.selection.doubt import Floats
from csqm_desktop.selection.likeness import without_near_duplicates
from csqm_desktop.selection.pool import Pool
from csqm_desktop.selection.space import unit

_NEIGHBOURS = 10
_SHARPNESS = 20.0  # how much more the nearest neighbour counts than one a little farther away


def _ranked(
    pool: Pool, unsure: Floats, shown: Floats, keys: list[str], limit: int, why: tuple[str, str]
) -> list[Choice]:
    """The most doubtful first, near-duplicates last; equal doubt by id, so that the order is stable."""
    worst = unsure.argmax(axis=1)
    order = np.lexsort((pool.ids, -unsure[np.arange(len(pool)), worst]))
    reason, value = why
    return [
        Choice(int(pool.ids[i]), reason, {"criterion": keys[worst[i]], value: round(float(shown[i, worst[i]]), 4)})
        for i in without_near_duplicates(pool, order, limit)
    ]


def least_confidence(pool: Pool, limit: int, _seed: int = 0) -> list[Choice]:
    """Lowest confidence first, where a reply is as sure as the criterion the model is least sure of."""
    told = doubt.telling(pool.probabilities, pool.blocks)
    sure = doubt.confidence(pool.probabilities, told)
    return _ranked(pool, 1 - sure, sure, list(told), limit, ("least_sure", "confidence"))


def smallest_margin(pool: Pool, limit: int, _seed: int = 0) -> list[Choice]:
    """Closest call between two levels first."""
    told = doubt.telling(pool.probabilities, pool.blocks)
    gap = doubt.margin(pool.probabilities, told)
    return _ranked(pool, 1 - gap, gap, list(told), limit, ("close_call", "margin"))


def highest_entropy(pool: Pool, limit: int, _seed: int = 0) -> list[Choice]:
    """Widest opinion first."""
    told = doubt.telling(pool.probabilities, pool.blocks)
    wide = doubt.entropy(pool.probabilities, told)
    return _ranked(pool, wide, wide, list(told), limit, ("spread_out", "entropy"))


def disagreement(pool: Pool, limit: int, seed: int = 0) -> list[Choice]:
    """Where a second opinion differs most: the version before, else what people said of the nearest replies.

    Without either it ranks by margin.
    """
    told = doubt.telling(pool.probabilities, pool.blocks)
    if pool.other is not None and np.isfinite(pool.other).all(axis=1).any():
        apart = doubt.difference(pool.probabilities, np.nan_to_num(pool.other, nan=-1.0), told)
        apart[~np.isfinite(pool.other).all(axis=1)] = 0.0
        return _ranked(pool, apart, apart, list(told), limit, ("opinions_differ", "difference"))
    if pool.placed and len(pool.known.vectors):
        apart = doubt.difference(pool.probabilities, neighbours(pool), told)
        return _ranked(pool, apart, apart, list(told), limit, ("neighbours_differ", "difference"))
    return smallest_margin(pool, limit, seed)


def people_differ(pool: Pool, limit: int, seed: int = 0) -> list[Choice]:
    """Where people are likeliest to give different levels, whether the model is sure of the majority's or not.

    Scores of an older release do not say that; without any that do it ranks by entropy.
    """
    told = doubt.telling(pool.probabilities, pool.blocks)
    if pool.split is None or not np.isfinite(pool.split).any():
        return highest_entropy(pool, limit, seed)
    places = [place for place, key in enumerate(pool.blocks) if key in told]
    chance = np.nan_to_num(pool.split[:, places], nan=0.0)
    return _ranked(pool, chance, chance, list(told), limit, ("people_differ", "chance"))


def neighbours(pool: Pool) -> Floats:
    """What people said of the nearest reviewed replies, (n, L): a weighted share of each level.

    A criterion that none of them was judged on keeps the model's own opinion.
    """
    known = pool.known
    near = unit(pool.vectors) @ unit(known.vectors).T
    count = min(_NEIGHBOURS, near.shape[1])
    at = np.argpartition(-near, count - 1, axis=1)[:, :count]
    weights = np.exp(_SHARPNESS * (np.take_along_axis(near, at, axis=1) - 1.0)).astype(np.float64)
    votes = np.einsum("nk,nkl->nl", weights, known.votes[at])
    said = pool.probabilities.copy()
    for columns in pool.blocks.values():
        total = votes[:, columns].sum(axis=1, keepdims=True)
        judged = total[:, 0] > 0
        said[judged, columns] = votes[judged, columns] / total[judged]
    return said
