"""Scores from kept features: a version's heads as one product over rows that are read once.

Everything runs on one thread: the process that stores the scores needs the other core at the same time.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from csqm_desktop.scoring.calibration import Calibrator
from csqm_desktop.scoring.encoding import FEATURES
from csqm_desktop.scoring.feature_rows import FeatureRows, Floats, Halves, Ints, Known
from csqm_desktop.scoring.features import Scaling
from csqm_desktop.scoring.version import SHARE_ONE, Head, Version, disagreement

log = logging.getLogger(__name__)

_TOGETHER = 65_536  # rows that are answered, and stored, together: a softmax over few costs mostly its start


Answer = tuple[Floats, NDArray[np.uint8]]  # probabilities (n, L), and the chance that people disagree (n, K)
Block = tuple[Ints, Floats, NDArray[np.uint8]]  # ids (n,) and an answer


def predict(kept: FeatureRows, version: Version, known: Known) -> Iterator[Block]:
    """What a version says of all known replies, a block at a time in the order of the rows."""
    fused = Fused(version)
    for start in range(0, len(known.rows), _TOGETHER):
        part = slice(start, start + _TOGETHER)
        yield known.replies[part], *fused.answer(kept.blocks(known.rows[part]))


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
        self._back = [_unfolded(head) for head, _ in self._trained]
        weights = np.concatenate([weights for weights, _ in parts], axis=1)
        bias = np.concatenate([bias for _, bias in parts])
        scaling, tail = version.scaling, -self._figures
        scaled = scaling.scale[:tail, None].astype(np.float64) * weights[:tail]
        # (levels, D) in one piece: the product with few columns is twice as quick that way round
        self._weights = torch.from_numpy(np.ascontiguousarray(scaled.T, dtype=np.float32))
        self._bias = torch.from_numpy((bias - scaling.mean[:tail].astype(np.float64) @ scaled).astype(np.float32))
        self._bias = self._bias[:, None]
        self._tail = Scaling(scaling.mean[tail:], scaling.scale[tail:])
        self._tail_weights = weights[tail:].astype(np.float32)

    def answer(self, blocks: Iterable[Halves]) -> Answer:
        """What the version says of rows, which come as blocks (n, D); each is used before the next is asked for."""
        blocks = iter(blocks)
        if not self._checked:
            first = next(blocks)
            self._check(first[:64])
            blocks = itertools.chain([first], blocks)
        return self._one_by_one(blocks) if self._plain else self._fused(blocks)

    def _one_by_one(self, blocks: Iterable[Halves]) -> Answer:
        said = [self._version.predict(halves.astype(np.float32)) for halves in blocks]
        spread = np.concatenate([part.spread for part in said])
        probabilities = np.concatenate([part.probabilities for part in said]).astype(np.float32)
        return probabilities, disagreement(spread, self._version.slices)

    def _check(self, halves: Halves) -> None:
        """Whether this is still what the version itself computes; the slow way is always right."""
        own, own_differ = self._one_by_one([halves])
        fused, differ = self._fused([halves])
        apart = np.abs(own_differ.astype(int) - differ)
        self._plain = not np.allclose(fused, own, atol=1e-4) or bool((apart > 1).any())
        self._checked = True
        if self._plain:
            log.warning("heads could not be joined; scoring one by one")

    def _fused(self, blocks: Iterable[Halves]) -> Answer:
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            with torch.inference_mode():
                logits = self._logits(blocks)
                return self._softmax(logits), self._disagreement(logits)
        finally:
            torch.set_num_threads(threads)

    def _logits(self, blocks: Iterable[Halves]) -> torch.Tensor:
        """What goes into the softmax of all trained heads, (levels, n): each level in one piece."""
        parts, whole = [], torch.empty(0)
        for halves in blocks:
            if len(whole) < len(halves):
                whole = torch.empty(halves.shape)
            rows = whole[: len(halves)]  # the same memory for each block, so that it stays in the processor's cache
            rows.copy_(torch.from_numpy(np.require(halves, requirements="W")))  # all columns: quicker than a part
            figures = self._tail.apply(halves[:, -self._figures :].astype(np.float32))
            part = torch.mm(self._weights, rows[:, : -self._figures].t())
            parts.append(part.add_(torch.from_numpy((figures @ self._tail_weights).T)))
        return torch.cat(parts, dim=1).add_(self._bias)

    def _disagreement(self, logits: torch.Tensor) -> NDArray[np.uint8]:
        """From the majority's logits back to the spread's, which are few, instead of a second look at the rows."""
        out = np.empty((logits.shape[1], len(self._version.heads)), dtype=np.uint8)
        backs, at = iter(self._back), 0
        for k, head in enumerate(self._version.heads):
            if head.trained:
                weights, bias = next(backs)
                after = at + len(head.spec.levels)
                spread = torch.softmax(torch.addmm(bias, weights, logits[at:after]), dim=0)
                out[:, k] = ((1.0 - spread.square_().sum(dim=0)) * SHARE_ONE).round_().numpy()
                at = after
            else:
                out[:, k] = disagreement(head.prior[None], [slice(0, len(head.prior))])[0]
        return out

    def _softmax(self, logits: torch.Tensor) -> Floats:
        out = np.empty((logits.shape[1], self._version.slices[-1].stop), dtype=np.float32)
        for head, columns in zip(self._version.heads, self._version.slices, strict=True):
            if not head.trained:
                out[:, columns] = head.prior
        at = 0
        for head, columns in self._trained:
            after = at + len(head.spec.levels)
            out[:, columns] = torch.softmax(logits[at:after], dim=0).T.numpy()
            at = after
        return out


def _unfolded(head: Head) -> tuple[torch.Tensor, torch.Tensor]:
    """Weights (K, K) and bias (K, 1) that lead from a calibrated head's logits back to those of the spread."""
    levels = len(head.spec.levels)
    calibrator = head.calibrator or Calibrator.identity(levels)
    # the spread's logits are centred, so what calibration does to their mean need not be undone
    back = np.linalg.pinv((np.eye(levels) - 1 / levels) @ calibrator.weights[:levels])
    bias = -calibrator.bias @ back
    weights = np.ascontiguousarray(back.T, dtype=np.float32)
    return torch.from_numpy(weights), torch.from_numpy(bias.astype(np.float32)[:, None])


def _folded(head: Head) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights (D, K) and bias (K,) of scaled features to what goes into a head's last softmax."""
    assert head.weights is not None
    assert head.bias is not None
    levels = len(head.spec.levels)
    calibrator = head.calibrator or Calibrator.identity(levels)
    after = (np.eye(levels) - 1 / levels) @ calibrator.weights
    return np.asarray(head.weights, dtype=np.float64) @ after, head.bias @ after + calibrator.bias
