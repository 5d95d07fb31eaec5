"""Whether a candidate may become active: not worse than the active version on replies neither has learned from.

Both versions are judged on the same holdout; the difference is resampled by conversation (paired bootstrap).
A criterion fails when the candidate is worse by more than the tolerance and the bootstrap is certain enough; a
protected slice (language, channel, role) fails the same way when it is large enough. How certain is enough grows with
the number of figures looked at (Bonferroni), so that an equally good candidate is refused in about one of ten
trainings, however many criteria and slices there are. A first version is compared with the constant prior,
on log-loss and macro-F1 only: on accuracy "always the most frequent level" is hard to beat and worth nothing.
The verdict is ``passed``, ``passed_unproven`` (too few held-out replies to certify anything) or ``failed``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.training import resamples
from csqm_desktop.training.metrics import log_losses, macro_f1_of

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]

LEAST_CERTAIN = 50  # held-out replies of a criterion below which nothing can be certified
LEAST_SLICE = 40
BOOTSTRAPS = 1_000
# How much worse a figure may be before it counts; accuracy and macro-F1 in points, log-loss in nats
TOLERANCE = {"accuracy": 0.01, "macro_f1": 0.015, "log_loss": 0.02}
SLICE_FIGURES = ("accuracy", "log_loss")  # macro-F1 of a small slice jumps with a single reply
_WRONGLY_REFUSED = 0.10  # how often an equally good candidate may be refused, over all figures together
_CLEARLY = 4.0  # times the tolerance: refused on the point estimate alone when little is held out


@dataclass(frozen=True)
class Comparison:
    """One criterion on the holdout: probabilities (n, K) of both sides, the truth (n,) and conversations (n,)."""

    key: str
    candidate: Floats
    active: Floats
    truth: Ints
    groups: Ints
    slices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    against: str = "active"  # or prior, for a first version


@dataclass(frozen=True)
class Verdict:
    """The gate's answer; ``reasons`` are ``{"code", "values"}`` with a sentence in ``domain.gate_reasons``."""

    verdict: str
    reasons: list[dict[str, Any]]
    differences: dict[str, dict[str, dict[str, float]]]

    @property
    def passed(self) -> bool:
        """Whether the candidate may become active."""
        return self.verdict.startswith("passed")

    def to_record(self) -> dict[str, Any]:
        """As JSON for the version card."""
        return {"verdict": self.verdict, "reasons": self.reasons, "differences": self.differences}


def judge(
    comparisons: Sequence[Comparison],
    untrained: Sequence[str] = (),
    lost: Sequence[str] = (),
    seed: int = 0,
) -> Verdict:
    """Compare on every criterion. ``untrained`` criteria are named; ``lost`` ones were known before and fail."""
    reasons: list[dict[str, Any]] = []
    differences: dict[str, dict[str, dict[str, float]]] = {}
    failed = unproven = False
    certain = 1 - _WRONGLY_REFUSED / max(1, sum(map(_tests, comparisons)))
    for comparison in comparisons:
        found, figures = _judge_criterion(comparison, certain, seed)
        differences[comparison.key] = figures
        reasons += found
        codes = {reason["code"] for reason in found}
        failed |= bool(codes & {"worse", "slice_worse"})
        unproven |= bool(codes & {"unproven", "no_holdout"})
    reasons += [_reason("criterion_lost", criterion=key) for key in lost]
    reasons += [_reason("untrained", criterion=key) for key in untrained if key not in lost]
    if failed or lost:
        return Verdict("failed", reasons, differences)
    return Verdict("passed_unproven" if unproven or not comparisons else "passed", reasons, differences)


def _reason(code: str, **values: Any) -> dict[str, Any]:
    return {"code": code, "values": values}


def _figures(c: Comparison) -> tuple[str, ...]:
    """What the whole holdout is compared on."""
    return ("macro_f1", "log_loss") if c.against == "prior" else tuple(TOLERANCE)


def _slices(c: Comparison) -> list[tuple[str, str, NDArray[np.bool_]]]:
    """The protected slices that are large enough to judge: dimension, value, rows."""
    if c.against == "prior":
        return []
    found = []
    for dimension, values in c.slices.items():
        names = np.array(values, dtype=object)
        present = sorted({v for v in values if v})
        if len(present) > 1:  # else the slice is the whole
            found += [(dimension, value, names == value) for value in present if (names == value).sum() >= LEAST_SLICE]
    return found


def _tests(c: Comparison) -> int:
    """How many figures are looked at."""
    return len(_figures(c)) + len(SLICE_FIGURES) * len(_slices(c))


def _judge_criterion(
    c: Comparison, certain: float, seed: int
) -> tuple[list[dict[str, Any]], dict[str, dict[str, float]]]:
    if not len(c.truth):
        return [_reason("no_holdout", criterion=c.key)], {}
    figures = paired(c.candidate, c.active, c.truth, c.groups, seed)
    reasons = [
        _reason("worse", criterion=c.key, figure=name, n=len(c.truth), **_rounded(figure))
        for name, figure in figures.items()
        if name in _figures(c) and _is_worse(name, figure, len(c.truth) >= LEAST_CERTAIN, certain)
    ]
    reasons += _slice_reasons(c, certain, seed)
    if not reasons:
        f1 = figures["macro_f1"]
        values = {"criterion": c.key, "n": len(c.truth), "against": c.against}
        if len(c.truth) < LEAST_CERTAIN:
            reasons.append(_reason("unproven", need=LEAST_CERTAIN, **values))
        else:
            reasons.append(
                _reason("not_worse", candidate=round(f1["candidate"], 4), active=round(f1["active"], 4), **values)
            )
    return reasons, figures


def _slice_reasons(c: Comparison, certain: float, seed: int) -> list[dict[str, Any]]:
    reasons = []
    for dimension, value, rows in _slices(c):
        figures = paired(c.candidate[rows], c.active[rows], c.truth[rows], c.groups[rows], seed)
        reasons += [
            _reason(
                "slice_worse",
                criterion=c.key,
                dimension=dimension,
                value=value,
                figure=name,
                n=int(rows.sum()),
                **_rounded(figures[name]),
            )
            for name in SLICE_FIGURES
            if _is_worse(name, figures[name], True, certain)
        ]
    return reasons


def _rounded(figure: Mapping[str, float]) -> dict[str, float]:
    return {name: round(figure[name], 4) for name in ("candidate", "active", "certainty")}


def _is_worse(name: str, figure: Mapping[str, float], certifiable: bool, certain: float) -> bool:
    """Worse by more than the tolerance (by a lot when little is held out), and hardly by chance."""
    least = TOLERANCE[name] * (1.0 if certifiable else _CLEARLY)
    return figure["worse_by"] > least and figure["certainty"] >= certain


def paired(
    candidate: Floats, active: Floats, truth: Ints, groups: Ints, seed: int = 0, bootstraps: int = BOOTSTRAPS
) -> dict[str, dict[str, float]]:
    """Each figure of both sides, how much worse the candidate is, and the share of resamples that agree.

    ``{figure: {"candidate", "active", "worse_by", "certainty", "low", "high"}}``; low..high is the 95 % interval
    of ``worse_by``, positive when the candidate is worse.
    """
    levels = candidate.shape[1]
    numbers, count = resamples.numbered(groups)
    sides = [_Sums.of(p, truth, numbers, count, levels) for p in (candidate, active)]
    points = [side.figures(np.ones((1, count))) for side in sides]
    times = resamples.times_drawn(count, seed, bootstraps)
    draws = [side.figures(times) for side in sides]
    out = {}
    for name in TOLERANCE:
        sign = 1.0 if name == "log_loss" else -1.0
        differences = sign * (draws[0][name] - draws[1][name])
        low, high = np.quantile(differences, (0.025, 0.975))
        out[name] = {
            "candidate": float(points[0][name][0]),
            "active": float(points[1][name][0]),
            "worse_by": float(sign * (points[0][name][0] - points[1][name][0])),
            "certainty": float((differences > 0).mean()),
            "low": float(low),
            "high": float(high),
        }
    return out


@dataclass(frozen=True)
class _Sums:
    """What each conversation adds to the figures: a resample is then a weighted sum, with no row touched again."""

    matrices: Floats  # (groups, K * K)
    losses: Floats  # (groups,)
    sizes: Floats  # (groups,)
    levels: int

    @classmethod
    def of(cls, probabilities: Floats, truth: Ints, numbers: Ints, groups: int, levels: int) -> _Sums:
        cells = levels * levels
        at = numbers * cells + truth * levels + probabilities.argmax(axis=1)
        return cls(
            np.bincount(at, minlength=groups * cells).reshape(groups, cells).astype(float),
            np.asarray(np.bincount(numbers, log_losses(probabilities, truth), minlength=groups), dtype=np.float64),
            np.bincount(numbers, minlength=groups).astype(float),
            levels,
        )

    def figures(self, times: Floats) -> dict[str, Floats]:
        """The figures of resamples (m, groups) that say how often each conversation was drawn."""
        total = times @ self.sizes
        matrices = np.rint(times @ self.matrices).astype(np.int64).reshape(-1, self.levels, self.levels)
        return {
            "accuracy": np.trace(matrices, axis1=1, axis2=2) / total,
            "macro_f1": macro_f1_of(matrices),
            "log_loss": times @ self.losses / total,
        }
