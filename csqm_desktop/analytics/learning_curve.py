"""What more labels are worth: a learning curve with its band, and advice when to stop. Numbers in, numbers out.

Figures of models trained on parts of the labels are fitted by ``level - drop * n ** -rate`` (an inverse power law, the
usual shape of learning curves), again for each repetition, so that the spread of repetitions becomes the band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.errors import QT_TRANSLATE_NOOP

Floats = NDArray[np.float64]

BATCH = 50  # labels that advice is given about
WORTH = 0.01  # of the figure: a smaller gain from a batch is not worth a person's afternoon
LEAST_LABELS = 60
CEILING = 1.0  # of every figure here
_RATES = np.linspace(0.2, 2.0, 37)  # of decay; below it every curve looks endless
_BAND = (0.1, 0.9)  # quantiles of the repetitions

ADVICE: dict[str, str] = {
    "too_few": QT_TRANSLATE_NOOP(
        "learning_curve", "{n} labels are too few to tell what more of them would bring; {need} are needed."
    ),
    "go_on": QT_TRANSLATE_NOOP(
        "learning_curve",
        "{batch} more labels are expected to gain {gain:.3f} ± {band:.3f} {figure} (now {now:.3f}). Labelling on is"
        " worth it.",
    ),
    "unclear": QT_TRANSLATE_NOOP(
        "learning_curve",
        "{batch} more labels are expected to gain {gain:.3f} ± {band:.3f} {figure} (now {now:.3f}). That may be worth"
        " it or not.",
    ),
    "stop": QT_TRANSLATE_NOOP(
        "learning_curve",
        "{batch} more labels are expected to gain only {gain:.3f} ± {band:.3f} {figure} (now {now:.3f}). You can stop"
        " labelling here.",
    ),
    "all_labelled": QT_TRANSLATE_NOOP(
        "learning_curve", "Every reply has a verdict, so nothing is left to label. Import more chats to go on."
    ),
}


@dataclass(frozen=True, slots=True)
class Point:
    """The curve at ``n`` labels: its middle and the band around it."""

    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Advice:
    """A code of ``ADVICE`` with its values: what ``batch`` more labels are expected to gain."""

    code: str
    n: int
    gain: float = 0.0
    band: float = 0.0
    now: float = 0.0
    batch: int = BATCH
    figure: str = "macro F1"

    def sentence(self, template: str | None = None) -> str:
        """As an English sentence; ``template`` is its translation."""
        return (template or ADVICE[self.code]).format(
            n=self.n,
            need=LEAST_LABELS,
            batch=self.batch,
            gain=max(0.0, self.gain),
            band=self.band,
            now=self.now,
            figure=self.figure,
        )


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """Measured points, the fitted curve beyond them, and the advice."""

    measured: tuple[Point, ...]
    fitted: tuple[Point, ...]
    advice: Advice


def sizes(labels: int, count: int = 6) -> list[int]:
    """Label counts to train on, rising evenly on a logarithmic scale up to all."""
    low = max(20, labels // 8)
    if labels <= low:
        return [labels]
    return sorted({int(n) for n in np.geomspace(low, labels, count)} | {labels})


def learning_curve(n: Sequence[int], runs: Floats, batch: int = BATCH, worth: float = WORTH) -> LearningCurve:
    """The curve from ``runs`` (repetitions, sizes): the figure after training on ``n`` labels, sizes rising."""
    counts = np.asarray(n, dtype=np.float64)
    measured = tuple(_point(int(size), runs[:, at]) for at, size in enumerate(n))
    if len(counts) < 3 or counts[-1] < LEAST_LABELS:
        return LearningCurve(measured, (), Advice("too_few", int(counts[-1]) if len(counts) else 0, batch=batch))
    ahead = np.unique(np.concatenate([np.geomspace(counts[0], counts[-1] * 2, 24), [counts[-1], counts[-1] + batch]]))
    draws = _resampled(runs)
    curves = np.clip([power_law(counts, values, ahead) for values in draws], 0.0, CEILING)
    fitted = tuple(_point(int(size), curves[:, at]) for at, size in enumerate(ahead))
    here, there = np.searchsorted(ahead, counts[-1]), np.searchsorted(ahead, counts[-1] + batch)
    gains = curves[:, there] - curves[:, here]
    low, high = np.quantile(gains, _BAND)
    now = float(runs[:, -1].mean())
    gain, band = _below_ceiling(float(np.median(gains)), float((high - low) / 2), now)
    code = _verdict(gain, min(float(high), CEILING - now), worth)
    return LearningCurve(measured, fitted, Advice(code, int(counts[-1]), gain, band, now, batch))


def for_left(curve: LearningCurve, left: int) -> LearningCurve:
    """The same curve where only ``left`` replies have no verdict yet: nobody can label more than there are.

    What an earlier release measured is brought below the ceiling as well.
    """
    advice = curve.advice
    if advice.code == "too_few":
        return curve
    if left <= 0:
        return replace(curve, advice=replace(advice, code="all_labelled", gain=0.0, band=0.0, batch=0))
    share = min(1.0, left / advice.batch)
    gain = advice.gain
    if share < 1:
        numbers, values = [point.n for point in curve.fitted], [point.value for point in curve.fitted]
        here, there = np.interp([advice.n, advice.n + left], numbers, values)
        gain = min(gain, float(there - here))  # the first labels of a batch bring most
    gain, band = _below_ceiling(gain, advice.band * share, advice.now)
    code = advice.code if share == 1 else _verdict(gain, gain + band, WORTH * share)
    return replace(curve, advice=replace(advice, code=code, gain=gain, band=band, batch=min(left, advice.batch)))


def _below_ceiling(gain: float, band: float, now: float) -> tuple[float, float]:
    """A gain and its band of which not even the upper end lies above the ceiling; the lower end stays where it is."""
    room = max(0.0, CEILING - now)
    if gain + band <= room:
        return gain, band
    low = min(gain - band, room)
    return (low + room) / 2, (room - low) / 2


def _verdict(gain: float, high: float, worth: float) -> str:
    if high < worth:
        return "stop"
    return "go_on" if gain >= worth else "unclear"


def _resampled(runs: Floats) -> Floats:
    """Means over repetitions drawn with replacement: how far the middle curve is certain, (60, sizes)."""
    rng = np.random.default_rng(0)
    rows = rng.integers(0, len(runs), size=(60, len(runs)))
    return np.asarray(runs[rows].mean(axis=1))


def _point(n: int, values: Floats) -> Point:
    low, high = np.quantile(values, _BAND)
    return Point(n, float(np.mean(values)), float(low), float(high))


def power_law(n: Floats, values: Floats, at: Floats) -> Floats:
    """The best ``level - drop * n ** -rate`` with ``drop`` >= 0, at other label counts. Larger ``n`` weigh more."""
    weights = np.sqrt(n / n.max())
    best, found = np.inf, np.full(len(at), float(np.average(values, weights=weights)))
    for rate in _RATES:
        basis = np.stack([np.ones(len(n)), -(n**-rate)], axis=1)
        (level, drop), *_ = np.linalg.lstsq(basis * weights[:, None], values * weights, rcond=None)
        if drop < 0:
            level, drop = float(np.average(values, weights=weights)), 0.0
        error = float((weights * (level - drop * n**-rate - values) ** 2).sum())
        if error < best - 1e-12:
            best, found = error, level - drop * at**-rate
    return np.asarray(found)
