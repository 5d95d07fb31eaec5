"""How sure a model may be: calibration maps, and the measures of calibration and of spread. Arrays only.

Shapes: n rows, K levels of one criterion. ``majority`` holds the position that most reviewers chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]
BINS = 10


@dataclass(frozen=True)
class Calibrator:
    """Centred logits of one or more views, side by side, to probabilities: ``softmax(logits @ weights + bias)``.

    ``weights`` is (views * K, K). The identity leaves a single view as it is.
    """

    weights: Floats
    bias: Floats

    @classmethod
    def identity(cls, levels: int) -> Calibrator:
        """Changes nothing."""
        return cls(np.eye(levels), np.zeros(levels))

    def apply(self, logs: Floats) -> Floats:
        """(n, views * K) centred logits to (n, K) probabilities."""
        return softmax(logs @ self.weights + self.bias)

    def hears(self, view: int) -> bool:
        """Whether one of several views counts at all."""
        levels = self.weights.shape[1]
        return bool(self.weights[view * levels : (view + 1) * levels].any())

    def to_record(self) -> dict[str, Any]:
        """As JSON."""
        return {"weights": self.weights.tolist(), "bias": self.bias.tolist()}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Calibrator:
        """The inverse of ``to_record``."""
        return cls(np.array(record["weights"], dtype=np.float64), np.array(record["bias"], dtype=np.float64))


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def centred(logits: Floats) -> Floats:
    """Logits whose rows sum to zero: the same distribution, one spelling."""
    return np.asarray(logits - logits.mean(axis=-1, keepdims=True))


def fit_calibrator(
    logs: Floats, targets: Floats, groups: int, strength: float = 1.0, weights: Floats | None = None
) -> Calibrator:
    """Fit a calibrator that combines ``groups`` inputs.

    ``logs`` is (n, groups * K), ``targets`` (n, K) rows summing to 1. Starts from the mean of the inputs and is
    pulled towards it with ``strength``, so that few rows change little.
    """
    levels = targets.shape[1]
    prior = np.concatenate([np.eye(levels) / groups] * groups)
    if weights is None:
        weights = np.ones(len(logs))

    def loss(flat: Floats) -> tuple[float, Floats]:
        matrix, bias = flat[:-levels].reshape(prior.shape), flat[-levels:]
        logits = logs @ matrix + bias
        top = logits.max(axis=1, keepdims=True)
        chances = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
        away = matrix - prior
        value = -float((weights[:, None] * targets * chances).sum()) + strength / 2 * float((away**2).sum())
        slope = (np.exp(chances) - targets) * weights[:, None]
        return value, np.concatenate([(logs.T @ slope + strength * away).ravel(), slope.sum(axis=0)])

    found = scipy.optimize.minimize(
        loss, np.concatenate([prior.ravel(), np.zeros(levels)]), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return Calibrator(found.x[:-levels].reshape(prior.shape), found.x[-levels:])


def fit_temperature(logits: Floats, majority: Ints) -> float:
    """The factor on (n, K) logits that makes the majority's level likeliest, between 1/8 and 20."""

    def loss(log_factor: float) -> float:
        chances = softmax(logits * np.exp(log_factor))
        return -float(np.log(np.maximum(chances[np.arange(len(majority)), majority], 1e-9)).mean())

    found = scipy.optimize.minimize_scalar(loss, bounds=(np.log(1 / 8), np.log(20)), method="bounded")
    return float(np.exp(found.x))


def expected_calibration_error(probabilities: Floats, majority: Ints, bins: int = BINS) -> float:
    """Mean gap between confidence and accuracy over equal-width bins of confidence, weighted by their size."""
    total = len(majority)
    gaps = (b["n"] * abs(b["confidence"] - b["accuracy"]) for b in reliability(probabilities, majority, bins))
    return float(sum(gaps) / total) if total else 0.0


def reliability(probabilities: Floats, majority: Ints, bins: int = BINS) -> list[dict[str, float]]:
    """Bins of confidence that hold replies: ``{"low", "high", "n", "confidence", "accuracy"}``."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == majority
    at = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    return [
        {
            "low": b / bins,
            "high": (b + 1) / bins,
            "n": float((at == b).sum()),
            "confidence": float(confidence[at == b].mean()),
            "accuracy": float(right[at == b].mean()),
        }
        for b in range(bins)
        if (at == b).any()
    ]


def jsd(predicted: Floats, votes: Floats) -> float:
    """Mean Jensen-Shannon divergence (base 2, 0..1) of predicted and voted distributions."""
    return float(divergences(predicted, votes).mean()) if len(votes) else 0.0


def divergences(predicted: Floats, votes: Floats) -> Floats:
    """The Jensen-Shannon divergence of each row (n,)."""
    p, q = predicted, votes / votes.sum(axis=1, keepdims=True)
    middle = (p + q) / 2
    return (_divergence(p, middle) + _divergence(q, middle)) / 2


def _divergence(p: Floats, q: Floats) -> Floats:
    ratio = np.divide(p, q, out=np.ones_like(p), where=(p > 0) & (q > 0))
    return np.asarray((p * np.log2(ratio)).sum(axis=1))


def rnss(predicted: Floats, votes: Floats) -> float:
    """Mean root normalised sum of squares of predicted and voted distributions (0..1)."""
    return float(distances(predicted, votes).mean()) if len(votes) else 0.0


def distances(predicted: Floats, votes: Floats) -> Floats:
    """The root normalised sum of squares of each row (n,)."""
    shares = votes / votes.sum(axis=1, keepdims=True)
    return np.asarray(np.sqrt(((predicted - shares) ** 2).sum(axis=1) / 2))
