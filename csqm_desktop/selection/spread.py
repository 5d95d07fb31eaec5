"""Strategies that spread their choices: the hybrid default, the experimental design and the core set.

The hybrid looks at the closest calls only, some for each wanted one, and draws among them one after the other with a
chance that grows with the squared distance to those before (k-means++, as in BADGE, Ash et al. 2020) and with the
doubt, so that choices are both doubtful and different. Distances are those between replies with their dialogues.

The design asks which verdicts would make the model surest about *all* open replies (variance reduction in the manner
of Zhang & Oles 2000 and BAIT, Ash et al. 2021). A logistic model's uncertainty about its weights is the inverse of
what the reviewed replies say about them; each choice is the reply whose verdict would shrink, the most, the part of
it that the open replies feel. Every choice counts as known for the next, so a batch is diverse by itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.selection import doubt
from csqm_desktop.selection.chance import random_audit
from csqm_desktop.selection.choices import Choice
from csqm_desktop.selection.doubt import Floats
from csqm_desktop.selection.likeness import Guard
from csqm_desktop.selection.pool import Pool, Vectors
from csqm_desktop.selection.ranking import smallest_margin
from csqm_desktop.selection.space import unit

_RIDGE = 1.0  # what is known before any verdict; vectors have the size of the heads' features
_CLOSE = 6  # close calls to draw from, for each one wanted
AUDIT_SHARE = 0.1  # of the hybrid's choices are drawn by chance alone, for honest estimates


def hybrid(pool: Pool, limit: int, seed: int = 0) -> list[Choice]:
    """Doubtful and different replies, with a random one among every ten. Without vectors: margin and random."""
    audited = random_audit(pool, int(limit * AUDIT_SHARE), seed) if len(pool) > limit else []
    wanted = limit - len(audited)
    taken = {choice.reply_id for choice in audited}
    if pool.placed:
        chosen = [c for c in _far_apart(pool, limit, seed) if c.reply_id not in taken][:wanted]
    else:
        chosen = [c for c in smallest_margin(pool, limit) if c.reply_id not in taken][:wanted]
    every = max(1, round(1 / AUDIT_SHARE))
    for number, choice in enumerate(audited):
        chosen.insert(min(len(chosen), number * every + every - 1), choice)
    return chosen


def _far_apart(pool: Pool, limit: int, seed: int) -> list[Choice]:
    told = doubt.telling(pool.probabilities, pool.blocks)
    unsure = 1.0 - doubt.margin(pool.probabilities, told).min(axis=1)
    close = np.lexsort((pool.ids, -unsure))[: _CLOSE * limit]
    return _taught(pool, told, _plus_plus(pool, close, unsure, min(limit, len(pool)), np.random.default_rng(seed)))


def _taught(pool: Pool, told: dict[str, slice], rows: list[int]) -> list[Choice]:
    sure = doubt.confidence(pool.probabilities, told)
    keys = list(told)
    worst = sure.argmin(axis=1)
    return [
        Choice(
            int(pool.ids[i]),
            "teaches_most",
            {"criterion": keys[worst[i]], "confidence": round(float(sure[i, worst[i]]), 4)},
        )
        for i in rows
    ]


def design(pool: Pool, limit: int, seed: int = 0) -> list[Choice]:
    """The replies whose verdicts would make the model surest about all others. Without vectors: margin."""
    if not pool.placed:
        return smallest_margin(pool, limit, seed)
    told = doubt.telling(pool.probabilities, pool.blocks)
    worth = doubt.weight(pool.probabilities, told)
    rows = _with_constant(pool.vectors)
    known = np.eye(rows.shape[1]) * _RIDGE
    usual = float(worth.mean())
    for reviewed in (pool.known, pool.on_list):
        if len(reviewed.vectors) and reviewed.vectors.shape[1] == pool.vectors.shape[1]:
            seen = _with_constant(reviewed.vectors)
            known += usual * (seen.T @ seen)
    return _taught(pool, told, _greedy(pool, rows, worth, known, min(limit, len(pool))))


def _greedy(pool: Pool, rows: Floats, worth: Floats, known: Floats, count: int) -> list[int]:
    """Rows one after the other, each the one that takes most away from what all of them leave uncertain."""
    felt = (rows * worth[:, None]).T @ rows / len(rows)
    guard = Guard(pool)
    free = np.ones(len(rows), dtype=bool)
    reach = rows @ np.linalg.inv(known)  # (n, D) rows in the metric of what is unknown
    taken: list[int] = []
    while len(taken) < count:
        alone = (reach * rows).sum(axis=1)
        gain = worth * ((reach @ felt) * reach).sum(axis=1) / (1 + worth * alone)
        allowed = free & guard.open if (free & guard.open).any() else free
        row = int(np.where(allowed, gain, -1.0).argmax())
        taken.append(row)
        free[row] = False
        guard.take(row)
        step = worth[row] / (1 + worth[row] * alone[row])
        reach -= step * np.outer(rows @ reach[row], reach[row])
    return taken


def _with_constant(vectors: Vectors) -> Floats:
    return np.hstack([vectors.astype(np.float64), np.ones((len(vectors), 1))])


def _plus_plus(pool: Pool, close: NDArray[np.intp], unsure: Floats, count: int, rng: np.random.Generator) -> list[int]:
    """Rows out of ``close`` in the order drawn, the first of it first. Near-duplicates of what was drawn have no
    chance until only they are left.
    """
    vectors, doubtful = pool.vectors[close].astype(np.float64), unsure[close]
    length = (vectors**2).sum(axis=1)
    guard = Guard(pool)
    distance = np.full(len(close), np.inf)
    free = np.ones(len(close), dtype=bool)
    taken: list[int] = []
    row = 0
    while True:
        taken.append(int(close[row]))
        free[row] = False
        guard.take(int(close[row]))
        if len(taken) == min(count, len(close)):
            return taken
        apart = length + length[row] - 2 * (vectors @ vectors[row])
        distance = np.minimum(distance, np.maximum(apart, 1e-12))
        weights = np.where(free & guard.open[close], distance * np.maximum(doubtful, 1e-6), 0.0)
        if not weights.any():
            weights = np.where(free, distance, 0.0)
        row = int(rng.choice(len(weights), p=weights / weights.sum()))


def core_set(pool: Pool, limit: int, seed: int = 0) -> list[Choice]:
    """Whatever is farthest from all that was reviewed or chosen before (greedy k-center). Without vectors: margin."""
    if not pool.placed:
        return smallest_margin(pool, limit, seed)
    places = unit(pool.vectors)
    nearest = np.full(len(pool), -1.0, dtype=np.float32)
    for known in (pool.known, pool.on_list):
        if len(known.vectors) and known.vectors.shape[1] == places.shape[1]:
            nearest = np.maximum(nearest, (places @ unit(known.vectors).T).max(axis=1))
    guard = Guard(pool)
    free = np.ones(len(pool), dtype=bool)
    chosen: list[Choice] = []
    while len(chosen) < min(limit, len(pool)):
        allowed = free & guard.open if (free & guard.open).any() else free
        row = int(np.where(allowed, nearest, 2.0).argmin())
        similarity = max(0.0, float(nearest[row]))
        chosen.append(Choice(int(pool.ids[row]), "unlike_labelled", {"similarity": round(similarity, 4)}))
        free[row] = False
        guard.take(row)
        nearest = np.maximum(nearest, places @ places[row])
    return chosen
