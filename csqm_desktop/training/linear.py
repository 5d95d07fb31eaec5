"""Regression onto ordered levels: softmax with soft targets, ridge penalty, and partial pooling of levels.

Logits are ``X V Bᵀ + c``. The columns of ``B`` are orthonormal polynomial contrasts over the levels: the first
is the straight line worst to best, the rest bend it. Bends are penalised ``bend`` times as hard, so few
labels give an ordinal model (one direction, ordered levels) and many labels a full softmax.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ITERATIONS = 120
_TOLERANCE = 1e-5


@dataclass(frozen=True)
class Linear:
    """Fitted weights: ``weights`` (D, K) and ``bias`` (K,)."""

    weights: Floats
    bias: Floats

    def logits(self, features: NDArray[np.floating]) -> Floats:
        """Log-probabilities up to a constant: (n, D) to (n, K)."""
        return np.asarray(features @ self.weights.astype(features.dtype) + self.bias, dtype=np.float64)


def contrasts(levels: int) -> Floats:
    """Orthonormal polynomial contrasts (levels, levels - 1), the straight line first and rising."""
    steps = np.linspace(-1, 1, levels)
    q, _ = np.linalg.qr(np.vander(steps, levels, increasing=True))
    basis = q[:, 1:]
    return np.asarray(basis * np.sign(basis[-1]))


def fit(
    features: NDArray[np.floating],
    targets: Floats,
    penalty: float,
    bend: float = 1.0,
    weights: Floats | None = None,
    start: Linear | None = None,
) -> Linear:
    """Minimise weighted cross-entropy + penalty/2 · |V|².

    ``features`` (n, D), ``targets`` (n, K) rows that sum to 1, ``weights`` (n,). Convex: ``start`` only saves time.
    """
    rows = len(features)
    if weights is None:
        weights = np.ones(rows)
    basis = contrasts(targets.shape[1])
    scale = np.ones(basis.shape[1])
    scale[1:] /= np.sqrt(bend)
    scaled = basis * scale
    shape = (features.shape[1] + 1, basis.shape[1])
    first = _start(start, scaled, scale, shape, targets, weights)

    def loss(flat: Floats) -> tuple[float, Floats]:
        v = flat.reshape(shape)
        logits = (features @ v[:-1].astype(features.dtype) + v[-1]) @ scaled.T
        top = logits.max(axis=1, keepdims=True)
        logs = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
        value = -float((weights[:, None] * targets * logs).sum()) + penalty / 2 * float((v[:-1] ** 2).sum())
        slope = ((np.exp(logs) - targets) * weights[:, None]) @ scaled
        gradient = np.empty(shape)
        gradient[:-1] = features.T @ slope.astype(features.dtype) + penalty * v[:-1]
        gradient[-1] = slope.sum(axis=0)
        return value, gradient.ravel()

    found = scipy.optimize.minimize(
        loss,
        first.ravel(),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _ITERATIONS, "ftol": _TOLERANCE * 1e-2, "gtol": _TOLERANCE * max(1, rows)},
    )
    v = found.x.reshape(shape)
    return Linear(v[:-1] @ scaled.T, scaled @ v[-1])


def row_space(features: NDArray[np.floating]) -> NDArray[np.floating] | None:
    """An orthonormal basis (n, D) of the rows when there are fewer rows than features, else None.

    A ridge solution lies in the space of its rows, so fitting ``features @ basis.T`` and turning the weights
    back with ``basis.T`` is exact, and much cheaper.
    """
    if features.shape[0] >= features.shape[1]:
        return None
    basis = np.linalg.svd(features, full_matrices=False)[2]
    return np.asarray(basis, dtype=features.dtype)


def _start(
    start: Linear | None,
    scaled: Floats,
    scale: Floats,
    shape: tuple[int, int],
    targets: Floats,
    weights: Floats,
) -> Floats:
    first = np.zeros(shape)
    back = scaled / scale**2  # scaled.T @ back is the identity: the columns are orthogonal with length scale
    if start is not None and start.weights.shape == (shape[0] - 1, scaled.shape[0]):
        first[:-1] = start.weights @ back
        first[-1] = start.bias @ back
        return first
    share = (weights @ targets + 0.5) / (weights.sum() + 0.5 * targets.shape[1])
    first[-1] = np.log(share) @ back
    return first
