"""All levels of all criteria side by side: how probabilities travel, are stored, and become figures.

A row holds the probabilities of every level of every criterion of one scorecard, in scorecard order,
worst level first. Shapes below: n rows, L levels in all, K criteria.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.score import EVEN, Score
from csqm_desktop.domain.scorecard import CRITICAL_LINE, Scorecard

Floats = NDArray[np.float64]
PROBABILITY_ONE = 65535  # 16-bit fixed point: precise to 0.000015, a quarter of the size of a float64


def pack(probabilities: Floats) -> bytes:
    """Probabilities in 0..1, any shape, as little-endian 16-bit fixed point."""
    return np.rint(np.clip(probabilities, 0, 1) * PROBABILITY_ONE).astype("<u2").tobytes()


def unpack(data: bytes, columns: int) -> Floats:
    """The inverse of ``pack``: shape (rows, columns)."""
    return np.frombuffer(data, dtype="<u2").reshape(-1, columns).astype(np.float64) / PROBABILITY_ONE


@dataclass(frozen=True)
class Figures:
    """What follows from n rows of probabilities."""

    quality: Floats  # (n,) expected reply score
    confidence: Floats  # (n,) of the least sure criterion
    doubtful: NDArray[np.intp]  # (n,) index of that criterion
    expected: Floats  # (n, K) expected value of each criterion
    level: NDArray[np.intp]  # (n, K) position of the most probable level
    criterion_confidence: Floats  # (n, K)
    opinion: NDArray[np.bool_]  # (n, K) False where all levels are equally likely: no label was seen

    @property
    def any_opinion(self) -> NDArray[np.bool_]:
        """(n,) whether there is an opinion on any criterion."""
        return np.asarray(self.opinion.any(axis=1), dtype=np.bool_)


class ScoreColumns:
    """The layout for one scorecard, and the arithmetic on it."""

    def __init__(self, scorecard: Scorecard) -> None:
        self.scorecard = scorecard
        self.keys = [criterion.key for criterion in scorecard.criteria]
        self.sizes = [len(criterion.levels) for criterion in scorecard.criteria]
        self.width = sum(self.sizes)
        starts = np.cumsum([0, *self.sizes])
        self.slices = [slice(int(a), int(b)) for a, b in itertools.pairwise(starts)]

    def to_json(self) -> str:
        """The layout as stored beside a version: ``[[criterion, levels], …]``."""
        return json.dumps(list(zip(self.keys, self.sizes, strict=True)))

    def figures(self, probabilities: Floats) -> Figures:
        """Quality, confidence, doubt and levels of (n, L) probabilities. See ``score.expected_quality``."""
        rows = len(probabilities)
        shape = len(self.keys), rows
        # criterion by criterion and level by level in one piece: reductions over few levels are then quick
        levels = np.ascontiguousarray(probabilities.T)
        expected, certain = np.empty(shape), np.empty(shape)
        level, opinion = np.empty(shape, dtype=np.intp), np.empty(shape, dtype=bool)
        total, weight = np.zeros(rows), np.zeros(rows)
        passing = np.ones(rows)
        for k, criterion in enumerate(self.scorecard.criteria):
            block = levels[self.slices[k]]
            values = np.array([criterion.value(i) for i in range(self.sizes[k])])
            expected[k] = values @ block
            level[k] = block.argmax(axis=0)
            certain[k] = block.max(axis=0)
            opinion[k] = certain[k] - block.min(axis=0) > EVEN
            contribution = expected[k]
            if criterion.critical:
                kept = values >= CRITICAL_LINE
                share = block[kept].sum(axis=0)
                passing *= np.where(opinion[k], share, 1.0)
                contribution = np.divide(values[kept] @ block[kept], share, out=np.zeros(rows), where=share > 0)
            total += np.where(opinion[k], criterion.weight * contribution, 0.0)
            weight += np.where(opinion[k], criterion.weight, 0.0)
        # doubt is asked of what the version has an opinion on, unless it has none at all
        asked = np.where(opinion | ~opinion.any(axis=0, keepdims=True), certain, 2.0)
        quality = np.divide(passing * total, weight, out=np.zeros(rows), where=weight > 0)
        return Figures(
            quality=np.clip(quality, 0, 1),
            confidence=asked.min(axis=0),
            doubtful=asked.argmin(axis=0),
            expected=expected.T,
            level=level.T,
            criterion_confidence=certain.T,
            opinion=opinion.T,
        )

    def distributions(self, row: Floats) -> dict[str, tuple[float, ...]]:
        """One row's probabilities by criterion."""
        return {key: tuple(float(p) for p in row[s]) for key, s in zip(self.keys, self.slices, strict=True)}

    def row(self, distributions: Mapping[str, Sequence[float]]) -> Floats:
        """The inverse of ``distributions``: shape (L,)."""
        return np.concatenate([np.asarray(distributions[key], dtype=np.float64) for key in self.keys])

    def score(self, reply_id: int, version: str, row: Floats) -> Score:
        """One row as a ``Score``."""
        figures = self.figures(row[None, :])
        return Score(
            reply_id=reply_id,
            version=version,
            distributions=self.distributions(row),
            quality=float(figures.quality[0]),
            confidence=float(figures.confidence[0]),
            doubtful=self.keys[int(figures.doubtful[0])],
        )
