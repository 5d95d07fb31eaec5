"""Fitting one criterion: a linear head on frozen features, and the calibration of what it says.

Two things are learned apart. The head learns the **spread** of reviewers' opinions (soft targets), which uses
every vote. The calibrator then learns from predictions on conversations the head did not see which level the
**majority** chooses, so that confidence means accuracy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.scoring.calibration import Calibrator, centred, fit_calibrator, fit_temperature, softmax
from csqm_desktop.training.linear import Linear, fit
from csqm_desktop.training.metrics import class_figures, confusion, macro
from csqm_desktop.training.weak import WeakRows, weighted

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Check = Callable[[], None]
Report = Callable[[dict[str, Any]], None]

PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
_FIRST = 3  # where the search starts: right for a few hundred labels
# How much rarer levels are helped when the calibrator is fitted: a reply of the rarest level counts up to so many
# times one of the most frequent. A bound on that serves tasks of one rare level and of even ones alike.
_HELP, _NO_HELP = 1.5, 1.0
_FEW, _FEW_HELP = 200, 1.75  # with fewer rows the choice is a guess; this is best by cross-validation
_ACCURACY_WORTH = 2.0  # a point of accuracy outweighs this many points of macro-F1
_PULL = 5.0


@dataclass(frozen=True)
class FittedHead:
    """A head with the centred logits (n, K) it gave each training row when that row was left out."""

    linear: Linear
    left_out: Floats
    penalty: float


def fit_head(
    features: NDArray[np.float32],
    votes: Floats,
    folds: Ints,
    check: Check,
    report: Report | None = None,
    weak: WeakRows | None = None,
    penalty: float | None = None,
) -> FittedHead:
    """Fit with the ridge penalty that predicts left-out conversations best, or with the one given.

    ``features`` (n, D), ``votes`` (n, K), ``folds`` (n,). The search walks downhill from a usual penalty.
    ``weak`` rows take part in every fit and in nothing else: what is left out and measured is people's.
    """
    targets = votes / votes.sum(axis=1, keepdims=True)
    tried: dict[int, tuple[float, Floats]] = {}

    def loss(at: int) -> float:
        if at not in tried:
            logits = _left_out(features, targets, folds, PENALTIES[at], check, weak)
            value = -float((targets * np.log(np.maximum(softmax(logits), 1e-9))).sum(axis=1).mean())
            tried[at] = (value, logits)
            if report is not None:
                report({"penalty": PENALTIES[at], "loss": value})
        return tried[at][0]

    at = _FIRST if penalty is None else PENALTIES.index(penalty)
    loss(at)
    for step in (1, -1) if penalty is None else ():
        while 0 <= at + step < len(PENALTIES) and loss(at + step) < loss(at):
            at += step
        if at != _FIRST:
            break
    check()
    return FittedHead(_fit(features, targets, PENALTIES[at], weak), tried[at][1], PENALTIES[at])


def _fit(
    features: NDArray[np.float32], targets: Floats, penalty: float, weak: WeakRows | None, start: Linear | None = None
) -> Linear:
    rows, goals, weights = weighted(features, targets, weak)
    return fit(rows, goals, penalty, weights=weights, start=start)


def _left_out(
    features: NDArray[np.float32], targets: Floats, folds: Ints, penalty: float, check: Check, weak: WeakRows | None
) -> Floats:
    logits = np.zeros_like(targets)
    last: Linear | None = None
    for fold in np.unique(folds):
        check()
        inside = folds != fold
        if not inside.any():
            continue
        last = _fit(features[inside], targets[inside], penalty, weak, last)
        logits[~inside] = last.logits(features[~inside])
    return centred(logits)


def fit_decision(views: list[Floats], votes: Floats) -> Calibrator:
    """The calibrator from left-out logits (n, K) of each view to the majority's level.

    It helps rare levels, unless what was left out clearly says that macro-F1 and accuracy together are better
    without; its confidence is its accuracy.
    """
    majority = np.asarray(votes.argmax(axis=1))
    logits = np.concatenate(views, axis=1)
    levels = votes.shape[1]
    if len(votes) < _FEW:
        return _decision(logits, majority, levels, _FEW_HELP)

    def worth(calibrator: Calibrator) -> float:
        accuracy, macro_f1 = _scores(calibrator.apply(logits).argmax(axis=1), majority, levels)
        return macro_f1 + _ACCURACY_WORTH * accuracy

    helped, plain = (_decision(logits, majority, levels, most) for most in (_HELP, _NO_HELP))
    return plain if worth(plain) > worth(helped) + 1 / np.sqrt(len(votes)) else helped


def _scores(predicted: NDArray[np.integer], majority: NDArray[np.integer], levels: int) -> tuple[float, float]:
    matrix = confusion(majority, predicted, levels)
    return float((predicted == majority).mean()), macro(class_figures(matrix)["f1"], matrix)


def _decision(logits: Floats, majority: NDArray[np.integer], levels: int, most: float) -> Calibrator:
    views = logits.shape[1] // levels
    mean = logits.reshape(len(logits), views, levels).mean(axis=1)
    first = fit_temperature(mean, majority)
    weights = _rarity(majority, levels, most)
    shaped = fit_calibrator(logits * first, np.eye(levels)[majority], views, _PULL, weights / weights.mean())
    second = fit_temperature(logits * first @ shaped.weights + shaped.bias, majority)
    return Calibrator(shaped.weights * first * second, shaped.bias * second)


def _rarity(majority: NDArray[np.integer], levels: int, most: float) -> Floats:
    """A weight for each row (n,): the rarer its level the more, up to ``most`` times that of the most frequent."""
    counts = np.bincount(majority, minlength=levels) + 1.0
    there = counts[counts > 1]
    uneven = float(np.log(there.max() / there.min()))
    power = min(1.0, float(np.log(most)) / uneven) if uneven > 0 else 0.0
    return np.asarray((1.0 / counts[majority]) ** power)
