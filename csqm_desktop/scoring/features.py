"""The features of the frozen-encoder heads: the reply, what was said around it, and a few figures.

A row is ``[reply | mean of the turns before, newer ones heavier | reaction | answer | FEATURES]``: four vectors of
the encoder's width and a few numbers. ``reaction`` is the customer's next turn, ``answer`` the shop's next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.scoring.embedding import Reader, embed_cached
from csqm_desktop.scoring.encoding import FEATURES, EncodedReply
from csqm_desktop.scoring.feature_rows import BLOCKS
from csqm_desktop.scoring.vector_cache import VectorCache

Floats = NDArray[np.float32]

FADE = 0.7  # the weight of a turn against the next newer one
_VECTOR_SIZE = 3.0  # root mean square length of a centred vector block; against 0.3 for each figure
_FIGURE_SIZE = 0.3
_FARTHEST = 4.0  # standard deviations; a figure beyond what training saw must not decide alone
FIGURE_LIMIT = _FARTHEST * _FIGURE_SIZE
_CONSTANT = 1e-4


def raw_features(
    encoder: Reader,
    cache: VectorCache,
    replies: Sequence[EncodedReply],
    check: Callable[[], None] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Floats:
    """Features before scaling: (n, BLOCKS * width + len(FEATURES))."""
    count, width = len(replies), cache.width
    texts = [reply.reply for reply in replies]
    texts += [reply.reaction for reply in replies]
    texts += [reply.answer for reply in replies]
    owners: list[int] = []
    weights: list[float] = []
    for row, reply in enumerate(replies):
        for age, turn in enumerate(reversed(reply.turns)):
            texts.append(turn.text)
            owners.append(row)
            weights.append(FADE**age)
    vectors = embed_cached(encoder, cache, texts, check, progress)
    out = np.zeros((count, BLOCKS * width + len(FEATURES)), dtype=np.float32)
    out[:, :width] = vectors[:count]
    out[:, 2 * width : 3 * width] = vectors[count : 2 * count]
    out[:, 3 * width : 4 * width] = vectors[2 * count : 3 * count]
    share = np.array(weights, dtype=np.float32)
    total = np.bincount(owners, weights=share, minlength=count) if owners else np.zeros(count)
    if owners:
        weighted = vectors[3 * count :] * share[:, None]
        np.add.at(out[:, width : 2 * width], owners, weighted)
        out[:, width : 2 * width] /= np.maximum(total, 1e-9)[:, None]
    if count:
        out[:, BLOCKS * width :] = np.array([reply.features for reply in replies], dtype=np.float32)
    return out


@dataclass(frozen=True)
class Scaling:
    """Centre and scale of each feature, learned on the training replies and stored with the version."""

    mean: Floats
    scale: Floats

    @classmethod
    def fit(cls, raw: Floats) -> Scaling:
        """Vector blocks keep their shape and get one size; figures get one size each, constant ones none."""
        figures = len(FEATURES)
        width = (raw.shape[1] - figures) // BLOCKS
        mean = raw.mean(axis=0)
        spread = raw.std(axis=0)
        scale = np.zeros(raw.shape[1], dtype=np.float32)
        for number in range(BLOCKS):
            block = slice(number * width, (number + 1) * width)
            size = float(np.sqrt((spread[block] ** 2).sum()))
            scale[block] = _VECTOR_SIZE / size if size > _CONSTANT else 0.0
        tail = slice(BLOCKS * width, None)
        np.divide(_FIGURE_SIZE, spread[tail], out=scale[tail], where=spread[tail] > _CONSTANT)
        return cls(mean.astype(np.float32), scale)

    def apply(self, raw: Floats) -> Floats:
        """Scaled features (n, D)."""
        scaled = (raw - self.mean) * self.scale
        tail = slice(scaled.shape[1] - len(FEATURES), None)
        np.clip(scaled[:, tail], -FIGURE_LIMIT, FIGURE_LIMIT, out=scaled[:, tail])
        return np.asarray(scaled, dtype=np.float32)
