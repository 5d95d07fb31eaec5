"""Choices by chance alone: the audit sample, and the start before there is any score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.selection.choices import Choice
from csqm_desktop.selection.pool import Pool, Vectors

GROUPS = 20  # kinds of replies that a start should have seen first
_ROUNDS = 12


def random_audit(pool: Pool, limit: int, seed: int = 0) -> list[Choice]:
    """A simple random sample with its known chance among the pool's whole population."""
    if not len(pool) or limit <= 0:
        return []
    # drawn from sorted ids, so that the sample does not hang on the order in which the store read them
    drawn = np.random.default_rng(seed).permutation(np.sort(pool.audit_ids))[:limit]
    chance = min(1.0, len(drawn) / max(len(pool), pool.population))
    return [Choice(int(i), "drawn_at_random", {"probability": chance}, chance) for i in drawn]


def cold_start(
    ids: Sequence[int], conversations: Sequence[Any], limit: int, seed: int = 0, vectors: Vectors | None = None
) -> list[Choice]:
    """An order without scores that offers one reply of every conversation before a second of any.

    With ``vectors`` (n, D) the first ones come from ``GROUPS`` kinds of replies, largest kind first. The chance is
    known as long as no conversation gives a second reply; later choices carry None.
    """
    if not len(ids) or limit <= 0:
        return []
    groups: dict[Any, list[int]] = {}
    for place, conversation in sorted(enumerate(conversations), key=lambda pair: ids[pair[0]]):
        groups.setdefault(conversation, []).append(place)
    rng = np.random.default_rng(seed)
    shuffled = [[members[i] for i in rng.permutation(len(members))] for members in groups.values()]
    order = [shuffled[i] for i in rng.permutation(len(shuffled))]
    if vectors is not None and vectors.shape[1] and len(order) > limit:
        return _by_kind(ids, order, limit, vectors, rng)
    share = min(1.0, limit / len(order))
    choices = [Choice(int(ids[m[0]]), "first_of_conversation", {}, share / len(m)) for m in order]
    depth = 1
    while len(choices) < limit and any(len(m) > depth for m in order):
        choices += [Choice(int(ids[m[depth]]), "more_of_conversation", {}) for m in order if len(m) > depth]
        depth += 1
    return choices[:limit]


def _by_kind(
    ids: Sequence[int], order: list[list[int]], limit: int, vectors: Vectors, rng: np.random.Generator
) -> list[Choice]:
    """A stratified draw: one reply stands for its conversation, kinds give replies by their size, each at least one."""
    first = np.array([members[0] for members in order])
    kind = kinds(vectors[first], min(GROUPS, limit), rng)
    sizes = np.bincount(kind)
    quota = allotment(sizes, limit)
    found: list[tuple[int, int, Choice]] = []
    for number in range(len(sizes)):
        members = np.flatnonzero(kind == number)
        for turn, row in enumerate(rng.permutation(members)[: quota[number]]):
            chance = quota[number] / len(members) / len(order[row])
            choice = Choice(int(ids[first[row]]), "typical_of_group", {"size": len(members)}, float(chance))
            found.append((turn, -len(members), choice))
    found.sort(key=lambda entry: entry[:2])
    return [choice for _, _, choice in found]


def allotment(sizes: NDArray[np.integer], limit: int) -> NDArray[np.int64]:
    """How many of ``limit`` each group gives: in proportion to its size, at least one, never more than it has."""
    quota = np.minimum(sizes, 1).astype(np.int64)
    while quota.sum() < min(limit, int(sizes.sum())):
        lacking = np.where(quota < sizes, sizes * limit / sizes.sum() - quota, -np.inf)
        quota[int(lacking.argmax())] += 1
    return np.asarray(quota, dtype=np.int64)


def kinds(vectors: Vectors, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """A group number for each row, (n,): k-means with a spread start; every number up to the largest occurs."""
    unit = vectors - vectors.mean(axis=0)
    unit = unit / np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-9)
    centres = unit[[int(rng.integers(len(unit)))]]
    while len(centres) < count:
        away = np.maximum(1 - (unit @ centres.T).max(axis=1), 0).astype(np.float64)
        if away.sum() <= 1e-9:
            break
        centres = np.vstack([centres, unit[[int(rng.choice(len(unit), p=away / away.sum()))]]])
    belongs = (unit @ centres.T).argmax(axis=1)
    for _ in range(_ROUNDS):
        sums = np.zeros_like(centres)
        np.add.at(sums, belongs, unit)
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(length > 1e-9, sums / np.maximum(length, 1e-9), centres)
        again = (unit @ centres.T).argmax(axis=1)
        if (again == belongs).all():
            break
        belongs = again
    numbers: NDArray[np.int64] = np.unique(belongs, return_inverse=True)[1].astype(np.int64)
    return numbers
