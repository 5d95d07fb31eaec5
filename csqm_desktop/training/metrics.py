"""Figures of how good predictions are, with bootstrap intervals over conversations.

Shapes: n replies, K levels, worst first. ``truth`` and ``predicted`` are positions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.scoring.calibration import (
    distances,
    divergences,
    expected_calibration_error,
    jsd,
    reliability,
    rnss,
)
from csqm_desktop.training import resamples

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]
BOOTSTRAPS = 300
_LINE = 0.5  # the value below which a level counts as failing, as for critical criteria


@dataclass(frozen=True)
class Judged:
    """Predictions beside what people said, for one criterion.

    ``probabilities`` and ``spread`` are (n, K), ``votes`` (n, K) counts of reviewers, ``groups`` (n,) numbers of
    conversations: intervals resample whole conversations.
    """

    probabilities: Floats
    spread: Floats
    votes: Floats
    groups: Ints

    @property
    def truth(self) -> Ints:
        """The position most reviewers chose; the worse one in a tie."""
        return np.asarray(self.votes.argmax(axis=1))

    @property
    def predicted(self) -> Ints:
        """The most probable position."""
        return np.asarray(self.probabilities.argmax(axis=1))

    def take(self, rows: NDArray[Any]) -> Judged:
        """Some of the rows, by index or mask."""
        return Judged(self.probabilities[rows], self.spread[rows], self.votes[rows], self.groups[rows])

    def __len__(self) -> int:
        return len(self.votes)


def confusion(truth: Ints, predicted: Ints, levels: int) -> NDArray[np.int64]:
    """Counts (K, K): rows truth, columns predicted."""
    return np.bincount(np.asarray(truth) * levels + predicted, minlength=levels * levels).reshape(levels, levels)


def class_figures(matrix: NDArray[np.int64]) -> dict[str, Floats]:
    """Precision, recall, F1 and support of each level from a confusion matrix; 0 where undefined."""
    hits = np.diag(matrix).astype(float)
    called, real = matrix.sum(axis=0), matrix.sum(axis=1)
    precision = np.divide(hits, called, out=np.zeros_like(hits), where=called > 0)
    recall = np.divide(hits, real, out=np.zeros_like(hits), where=real > 0)
    both = precision + recall
    f1 = np.divide(2 * precision * recall, both, out=np.zeros_like(hits), where=both > 0)
    return {"precision": precision, "recall": recall, "f1": f1, "support": real.astype(float)}


def macro(values: Floats, matrix: NDArray[np.int64]) -> float:
    """Mean over the levels that occur in truth or prediction."""
    seen = (matrix.sum(axis=0) + matrix.sum(axis=1)) > 0
    return float(values[seen].mean()) if seen.any() else 0.0


def macro_f1_of(matrices: NDArray[np.int64]) -> Floats:
    """Macro-F1 of many confusion matrices at once: (m, K, K) to (m,)."""
    hits = np.diagonal(matrices, axis1=1, axis2=2).astype(float)
    both = (matrices.sum(axis=1) + matrices.sum(axis=2)).astype(float)  # called plus real
    f1 = np.divide(2 * hits, both, out=np.zeros_like(hits), where=both > 0)
    seen = (both > 0).sum(axis=1)
    return np.asarray(f1.sum(axis=1) / np.maximum(seen, 1))


def quadratic_kappa(matrix: NDArray[np.int64]) -> float:
    """Cohen's kappa with quadratic weights; 0 when there is no variation to agree on."""
    levels, total = len(matrix), matrix.sum()
    if total == 0:
        return 0.0
    steps = np.arange(levels)
    cost = (steps[:, None] - steps[None, :]) ** 2
    expected = np.outer(matrix.sum(axis=1), matrix.sum(axis=0)) / total
    chance = float((cost * expected).sum())
    return 1.0 - float((cost * matrix).sum()) / chance if chance > 0 else 0.0


def auroc(scores: Floats, positive: NDArray[np.bool_]) -> float | None:
    """Area under the ROC curve by ranks; None when one side is missing."""
    hits, misses = int(positive.sum()), int((~positive).sum())
    if not hits or not misses:
        return None
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    upper = np.cumsum(counts)
    ranks = (upper - (counts - 1) / 2)[inverse]
    return float((ranks[positive].sum() - hits * (hits + 1) / 2) / (hits * misses))


def headline(judged: Judged) -> dict[str, float | None]:
    """The single figures of one criterion; every key is documented in ``docs`` and on the version card."""
    levels = judged.votes.shape[1]
    truth, predicted = judged.truth, judged.predicted
    matrix = confusion(truth, predicted, levels)
    figures = class_figures(matrix)
    share = figures["support"] / max(1.0, figures["support"].sum())
    failing = np.arange(levels) / (levels - 1) < _LINE
    return {
        "accuracy": float((truth == predicted).mean()),
        "macro_precision": macro(figures["precision"], matrix),
        "macro_recall": macro(figures["recall"], matrix),
        "macro_f1": macro(figures["f1"], matrix),
        "weighted_precision": float(share @ figures["precision"]),
        "weighted_recall": float(share @ figures["recall"]),
        "weighted_f1": float(share @ figures["f1"]),
        "qwk": quadratic_kappa(matrix),
        "mae": float(np.abs(truth - predicted).mean()),
        "ece": expected_calibration_error(judged.probabilities, truth),
        "ece_before": expected_calibration_error(judged.spread, truth),  # had the spread been taken for confidence
        "log_loss": log_loss(judged.probabilities, truth),
        "auroc_failing": auroc(judged.probabilities[:, failing].sum(axis=1), failing[truth]),
        "jsd": jsd(judged.spread, judged.votes),
        "rnss": rnss(judged.spread, judged.votes),
    }


def log_loss(probabilities: Floats, truth: Ints) -> float:
    """Mean negative log-probability of the truth, floored at 1e-4."""
    return float(log_losses(probabilities, truth).mean())


def log_losses(probabilities: Floats, truth: Ints) -> Floats:
    """The negative log-probability of each truth (n,), floored at 1e-4."""
    return np.asarray(-np.log(np.clip(probabilities[np.arange(len(truth)), truth], 1e-4, 1)))


def report(judged: Judged, seed: int = 0, bootstraps: int = BOOTSTRAPS) -> dict[str, Any]:
    """All figures of one criterion: ``{"n", figures…, "intervals", "classes", "confusion", "reliability"}``."""
    if not len(judged):
        return {"n": 0}
    levels = judged.votes.shape[1]
    matrix = confusion(judged.truth, judged.predicted, levels)
    figures = class_figures(matrix)
    return {
        "n": len(judged),
        "conversations": len(np.unique(judged.groups)),
        **headline(judged),
        "intervals": intervals(judged, seed, bootstraps),
        "classes": [{name: float(values[i]) for name, values in figures.items()} for i in range(levels)],
        "confusion": matrix.tolist(),
        "reliability": reliability(judged.probabilities, judged.truth),
    }


def intervals(judged: Judged, seed: int, bootstraps: int) -> dict[str, list[float]]:
    """95 % intervals ``{figure: [low, high]}``, resampling conversations. Empty below two conversations."""
    numbers, count = resamples.numbered(judged.groups)
    if count < 2 or bootstraps < 1:
        return {}
    weights = resamples.times_drawn(count, seed, bootstraps)[:, numbers]
    draws = headlines(judged, weights)
    there = {name: values[~np.isnan(values)] for name, values in draws.items()}
    return {
        name: [float(q) for q in np.quantile(values, (0.025, 0.975))] for name, values in there.items() if len(values)
    }


def headlines(judged: Judged, weights: Floats) -> dict[str, Floats]:
    """``headline`` of resamples that weigh each reply, (m, n); each figure (m,), NaN where there is none."""
    levels = judged.votes.shape[1]
    truth, predicted = judged.truth, judged.predicted
    matrices = resamples.confusions(weights, truth, predicted, levels)
    failing = np.arange(levels) / (levels - 1) < _LINE
    rows = {
        "accuracy": (truth == predicted).astype(float),
        "mae": np.abs(truth - predicted).astype(float),
        "log_loss": log_losses(judged.probabilities, truth),
        "jsd": divergences(judged.spread, judged.votes),
        "rnss": distances(judged.spread, judged.votes),
    }
    means = weights @ np.stack(list(rows.values()), axis=1) / weights.sum(axis=1, keepdims=True)
    return {
        **resamples.class_means(matrices),
        **dict(zip(rows, means.T, strict=True)),
        "qwk": resamples.quadratic_kappas(matrices),
        "ece": resamples.calibration_errors(weights, judged.probabilities, truth),
        "ece_before": resamples.calibration_errors(weights, judged.spread, truth),
        "auroc_failing": resamples.aurocs(weights, judged.probabilities[:, failing].sum(axis=1), failing[truth]),
    }


def by_slice(
    judged: Judged, slices: Mapping[str, Sequence[str]], least: int = 20
) -> dict[str, dict[str, dict[str, float | None]]]:
    """Figures of each part that has at least ``least`` replies: ``{dimension: {value: {"n", figures…}}}``."""
    out: dict[str, dict[str, dict[str, float | None]]] = {}
    for dimension, values in slices.items():
        names = np.array(values, dtype=object)
        for value in sorted({v for v in values if v}):
            mask = names == value
            if mask.sum() >= least:
                out.setdefault(dimension, {})[value] = {"n": float(mask.sum()), **headline(judged.take(mask))}
    return out
