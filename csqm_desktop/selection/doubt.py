"""How unsure a model is: measures over (n, L) probabilities, one column for each criterion."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Blocks = Mapping[str, slice]  # the columns of each criterion

_SAME = 1e-4  # a criterion whose distribution differs less than this between replies says nothing


def confidence(probabilities: Floats, blocks: Blocks) -> Floats:
    """How sure the model is of each criterion: (n, L) to (n, criteria), the probability of the likeliest level."""
    return _by_criterion(probabilities, blocks, lambda block: np.asarray(block.max(axis=1)))


def margin(probabilities: Floats, blocks: Blocks) -> Floats:
    """The distance between the two likeliest levels of each criterion: (n, criteria)."""

    def gap(block: Floats) -> Floats:
        best = np.sort(block, axis=1)
        return np.asarray(best[:, -1] - best[:, -2])

    return _by_criterion(probabilities, blocks, gap)


def entropy(probabilities: Floats, blocks: Blocks) -> Floats:
    """The entropy of each criterion as a share of its maximum: (n, criteria), 1 when all levels are as likely."""

    def share(block: Floats) -> Floats:
        logs = np.log(np.clip(block, 1e-12, 1))
        return np.asarray(-(block * logs).sum(axis=1) / np.log(block.shape[1]))

    return _by_criterion(probabilities, blocks, share)


def difference(one: Floats, other: Floats, blocks: Blocks) -> Floats:
    """How far two opinions lie apart: (n, criteria), half the sum of absolute differences, 0..1."""
    return np.stack([np.abs(one[:, s] - other[:, s]).sum(axis=1) / 2 for s in blocks.values()], axis=1)


def weight(probabilities: Floats, blocks: Blocks) -> Floats:
    """How much a verdict would tell, (n,): p (1 - p) over all levels, rare levels counting as much as common ones."""
    total = np.zeros(len(probabilities))
    for columns in blocks.values():
        part = probabilities[:, columns]
        total += (part * (1 - part) / np.maximum(part.mean(axis=0), 0.01)).mean(axis=1)
    return total / max(1, len(blocks))


def telling(probabilities: Floats, blocks: Blocks) -> dict[str, slice]:
    """The criteria that tell replies apart; one without labels has the same distribution everywhere."""
    told = {key: s for key, s in blocks.items() if np.ptp(probabilities[:, s], axis=0).max() > _SAME}
    return told or dict(blocks)


def _by_criterion(probabilities: Floats, blocks: Blocks, measure: Callable[[Floats], Floats]) -> Floats:
    return np.stack([measure(probabilities[:, block]) for block in blocks.values()], axis=1)
