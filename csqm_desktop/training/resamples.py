"""Figures of many bootstrap resamples at once: a resample is a weight for each reply, no row is copied.

Shapes: m resamples, n replies, K levels, G conversations. What is computed for one sample in ``metrics.headline`` is
computed here for all of them with a few matrix products; the tests hold both against each other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.scoring.calibration import BINS

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]


def numbered(groups: Ints) -> tuple[NDArray[np.intp], int]:
    """Groups as 0…G-1, and G."""
    distinct, numbers = np.unique(groups, return_inverse=True)
    return numbers, len(distinct)


def times_drawn(groups: int, seed: int, resamples: int) -> Floats:
    """How often each of ``groups`` is in each resample with replacement: (m, G)."""
    drawn = np.random.default_rng(seed).integers(0, groups, size=(resamples, groups))
    offset = groups * np.arange(resamples)[:, None]
    return np.bincount((drawn + offset).ravel(), minlength=resamples * groups).reshape(resamples, groups).astype(float)


def one_hot(codes: Ints, count: int) -> Floats:
    """(n, count) with a one at each row's code."""
    out = np.zeros((len(codes), count))
    out[np.arange(len(codes)), codes] = 1.0
    return out


def shares(part: Floats, whole: Floats) -> Floats:
    """``part / whole``, 0 where ``whole`` is."""
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0)


def confusions(weights: Floats, truth: Ints, predicted: Ints, levels: int) -> Floats:
    """(m, K, K): rows truth, columns predicted."""
    flat = weights @ one_hot(np.asarray(truth) * levels + predicted, levels * levels)
    return np.asarray(flat).reshape(-1, levels, levels)


def class_means(matrices: Floats) -> dict[str, Floats]:
    """Precision, recall and F1, each as macro and weighted mean (m,), see ``metrics.class_figures``."""
    hits = np.diagonal(matrices, axis1=1, axis2=2)
    called, real = matrices.sum(axis=1), matrices.sum(axis=2)
    precision, recall = shares(hits, called), shares(hits, real)
    figures = {
        "precision": precision,
        "recall": recall,
        "f1": shares(2 * precision * recall, precision + recall),
    }
    seen = (called + real > 0).astype(float)
    parts = shares(real, real.sum(axis=1, keepdims=True))
    out: dict[str, Floats] = {}
    for name, values in figures.items():
        out[f"macro_{name}"] = shares((values * seen).sum(axis=1), seen.sum(axis=1))
        out[f"weighted_{name}"] = (parts * values).sum(axis=1)
    return out


def quadratic_kappas(matrices: Floats) -> Floats:
    """Cohen's kappa with quadratic weights (m,); 0 where there is no variation to agree on."""
    steps = np.arange(matrices.shape[1])
    cost = (steps[:, None] - steps[None, :]) ** 2.0
    total = matrices.sum(axis=(1, 2))
    expected = matrices.sum(axis=2)[:, :, None] * matrices.sum(axis=1)[:, None, :]
    chance = shares((cost * expected).sum(axis=(1, 2)), total)
    kappa = 1.0 - shares((cost * matrices).sum(axis=(1, 2)), chance)
    return np.where(chance > 0, kappa, 0.0)


def calibration_errors(weights: Floats, probabilities: Floats, truth: Ints) -> Floats:
    """Expected calibration error (m,), see ``calibration.expected_calibration_error``."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    bins = one_hot(np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1), BINS)
    gaps = np.abs(weights @ (bins * (confidence - right)[:, None])).sum(axis=1)
    return shares(gaps, weights.sum(axis=1))


def aurocs(weights: Floats, scores: Floats, positive: NDArray[np.bool_]) -> Floats:
    """Area under the ROC curve (m,); NaN where a resample lacks one side."""
    distinct, place = np.unique(scores, return_inverse=True)
    at = one_hot(place, len(distinct))
    hits, misses = weights @ (at * positive[:, None]), weights @ (at * ~positive[:, None])
    below = np.cumsum(misses, axis=1) - misses / 2  # ties count half
    pairs = hits.sum(axis=1) * misses.sum(axis=1)
    out = np.full(len(weights), np.nan)
    np.divide((hits * below).sum(axis=1), pairs, out=out, where=pairs > 0)
    return out
