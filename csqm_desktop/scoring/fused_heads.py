"""Scores from kept features: a version's heads as one product over rows that are read once.

Everything runs on one thread: the process that stores the scores needs the other core at the same time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from csqm_desktop.scoring.calibration import Calibrator
from csqm_desktop.scoring.encoding import FEATURES
from csqm_desktop.scoring.feature_rows import AT_ONCE, FeatureRows, Floats, Halves, Ints, Known
from csqm_desktop.scoring.features import Scaling
from csqm_desktop.scoring.version import Head, Version

log = logging.getLogger(__name__)

_IN_CACHE = 512  # rows in one product: 3 MB in float32 stay in the processor's cache
_TOGETHER = 16  # reads of ``AT_ONCE`` rows that are answered, and stored, together


def predict(kept: FeatureRows, version: Version, known: Known) -> Iterator[tuple[Ints, Floats]]:
    """Probabilities of all known replies, a block at a time in the order of the rows: ids and (n, L)."""
    if not len(known.rows):
        return
    fused = Fused(version)
    parts: list[Floats] = []
    size, done = _TOGETHER * AT_ONCE, 0
    for halves in kept.blocks(known.rows):
        parts.append(fused.probabilities(halves))
        if len(parts) == _TOGETHER:
            yield known.replies[done : done + size], np.concatenate(parts)
            parts, done = [], done + size
    if parts:
        yield known.replies[done:], np.concatenate(parts)


class Fused:
    """A version's heads as one matrix product over unscaled features: the same numbers, each row read once.

    Scaling, centring and calibration are linear too, so what is left of a head is its softmax.
    """

    def __init__(self, version: Version) -> None:
        self._version = version
        self._trained = [(head, cols) for head, cols in zip(version.heads, version.slices, strict=True) if head.trained]
        self._figures = len(FEATURES)
        self._checked = not self._trained  # a version without a trained head has nothing to fuse
        self._plain = self._checked
        if self._plain:
            return
        parts = [_folded(head) for head, _ in self._trained]
        weights = np.concatenate([weights for weights, _ in parts], axis=1)
        bias = np.concatenate([bias for _, bias in parts])
        scaling, tail = version.scaling, -self._figures
        scaled = scaling.scale[:tail, None].astype(np.float64) * weights[:tail]
        # (levels, D) in one piece: the product with few columns is twice as quick that way round
        self._weights = torch.from_numpy(np.ascontiguousarray(scaled.T, dtype=np.float32))
        self._bias = torch.from_numpy((bias - scaling.mean[:tail].astype(np.float64) @ scaled).astype(np.float32))
        self._tail = Scaling(scaling.mean[tail:], scaling.scale[tail:])
        self._tail_weights = weights[tail:].astype(np.float32)

    def probabilities(self, halves: Halves) -> Floats:
        """(n, L) of rows (n, D)."""
        if not self._checked:
            self._check(halves[:64])
        if self._plain:
            return self._version.predict(halves.astype(np.float32)).probabilities.astype(np.float32)
        return self._fused(halves)

    def _check(self, halves: Halves) -> None:
        """Whether this is still what the version itself computes; the slow way is always right."""
        own = self._version.predict(halves.astype(np.float32)).probabilities
        self._plain = not np.allclose(self._fused(halves), own, atol=1e-4)
        self._checked = True
        if self._plain:
            log.warning("heads could not be joined; scoring one by one")

    def _fused(self, halves: Halves) -> Floats:
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            return self._products(halves)
        finally:
            torch.set_num_threads(threads)

    def _products(self, halves: Halves) -> Floats:
        cut = halves.shape[1] - self._figures
        logits = torch.empty((len(halves), len(self._bias)))
        with torch.inference_mode():
            rows = torch.from_numpy(np.require(halves, requirements="W"))
            for start in range(0, len(rows), _IN_CACHE):
                part = rows[start : start + _IN_CACHE, :cut].float()
                logits[start : start + _IN_CACHE] = torch.nn.functional.linear(part, self._weights, self._bias)
            figures = self._tail.apply(halves[:, cut:].astype(np.float32))
            logits += torch.from_numpy(figures @ self._tail_weights)
            return self._softmax(logits)

    def _softmax(self, logits: torch.Tensor) -> Floats:
        out = np.empty((len(logits), self._version.slices[-1].stop), dtype=np.float32)
        for head, columns in zip(self._version.heads, self._version.slices, strict=True):
            if not head.trained:
                out[:, columns] = head.prior
        at = 0
        for head, columns in self._trained:
            after = at + len(head.spec.levels)
            out[:, columns] = torch.softmax(logits[:, at:after], dim=1).numpy()
            at = after
        return out


def _folded(head: Head) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights (D, K) and bias (K,) of scaled features to what goes into a head's last softmax."""
    assert head.weights is not None
    assert head.bias is not None
    levels = len(head.spec.levels)
    calibrator = head.calibrator or Calibrator.identity(levels)
    after = (np.eye(levels) - 1 / levels) @ calibrator.weights
    return np.asarray(head.weights, dtype=np.float64) @ after, head.bias @ after + calibrator.bias
