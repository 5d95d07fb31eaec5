"""Trends that may be shared: noise hides every single customer, small groups are left out.

**What is promised.** A release is ε-differentially private for customers: whatever one customer wrote, all figures
together would have come out with nearly the same chance (factor e^ε). It holds because

- each customer counts for at most ``cap`` replies of a release; which ones is drawn by chance;
- each count gets two-sided geometric noise of scale ``cap / (ε/2)``, each sum of values, in steps of 1/1000 around the
  middle 0.5, noise of scale ``cap * 500 / (ε/2)``: half of ε each, since a customer changes both. Whole numbers
  only, so that the last digits of a floating point number tell nothing (Mironov 2012; Ghosh et al. 2009);
- groups are left out by their *noisy* count; every group and period of the public list gets noise, empty ones, too.

The list of groups (roles, shops, channels ...) and the range of days count as public. Several releases about the same
people add up: that is what the ledger is for.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from csqm_desktop.analytics.trends import By, period_of

STEPS = 1000  # a value in 0..1 becomes a whole number
_HALF = STEPS // 2
_UNLIKELY = math.log(20)  # noise of Laplace's distribution exceeds ln(20) scales once in twenty times


@dataclass(frozen=True, slots=True)
class Value:
    """One reply: whose customer it answered, when, in which group, and its value in 0..1."""

    customer: str
    day: int  # days since 1970-01-01
    group: str
    value: float


@dataclass(frozen=True, slots=True)
class Terms:
    """``epsilon`` of one release, most replies of a customer that count, the smallest group that is shown."""

    epsilon: float
    cap: int = 5
    smallest: int = 20

    @property
    def count_scale(self) -> float:
        """The scale of the noise on counts, in replies."""
        return 2 * self.cap / self.epsilon

    @property
    def count_noise(self) -> float:
        """Noise on a count is smaller than this 19 times in 20, in replies."""
        return self.count_scale * _UNLIKELY

    @property
    def threshold(self) -> int:
        """The smallest noisy count that is shown: below the noise itself a figure would say nothing."""
        return max(1, self.smallest, math.ceil(self.count_noise))

    @property
    def sum_scale(self) -> float:
        """The scale of the noise on sums, in steps of 1/1000."""
        return 2 * self.cap * _HALF / self.epsilon


@dataclass(frozen=True, slots=True)
class PrivatePoint:
    """A period of one group, with noise. ``n_noise`` and ``mean_noise``: 19 times in 20 the noise is smaller."""

    start: date
    end: date
    group: str
    n: int
    mean: float
    n_noise: float
    mean_noise: float


@dataclass(frozen=True, slots=True)
class Release:
    """What may be shared; ``hidden`` groups and periods had a noisy count below the smallest."""

    points: list[PrivatePoint]
    hidden: int


def release(
    values: Iterable[Value],
    days: tuple[int, int],
    groups: Sequence[str],
    by: By,
    terms: Terms,
    rng: np.random.Generator,
) -> Release:
    """Noisy counts and means for every period between two days (both included) and every group of the public list."""
    periods = sorted({period_of(day, by) for day in range(days[0], days[1] + 1)})
    cells = {(period, group): [0, 0] for period in periods for group in groups}
    for item in _bounded(values, terms.cap, rng):
        cell = cells.get((period_of(item.day, by), item.group))
        if cell is not None:
            cell[0] += 1
            cell[1] += round(min(1.0, max(0.0, item.value)) * STEPS) - _HALF
    points, hidden = [], 0
    for ((start, end), group), (n, total) in cells.items():
        noisy = n + _noise(terms.count_scale, rng)
        noisy_total = total + _noise(terms.sum_scale, rng)
        if noisy < terms.threshold:
            hidden += 1
        else:
            points.append(_point(start, end, group, noisy, noisy_total, terms))
    return Release(points, hidden)


def _point(start: date, end: date, group: str, n: int, total: int, terms: Terms) -> PrivatePoint:
    mean = min(1.0, max(0.0, 0.5 + total / n / STEPS))
    n_noise = terms.count_noise
    mean_noise = (terms.sum_scale * _UNLIKELY / STEPS + abs(mean - 0.5) * n_noise) / n
    return PrivatePoint(start, end, group, n, mean, n_noise, min(1.0, mean_noise))


def _bounded(values: Iterable[Value], cap: int, rng: np.random.Generator) -> Iterable[Value]:
    """At most ``cap`` values of each customer, drawn by chance."""
    by_customer: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        by_customer[value.customer].append(value)
    for theirs in by_customer.values():
        if len(theirs) > cap:
            theirs = [theirs[i] for i in rng.choice(len(theirs), cap, replace=False)]
        yield from theirs


def _noise(scale: float, rng: np.random.Generator) -> int:
    """Two-sided geometric noise: a difference of two geometric numbers; ``scale`` as of Laplace's distribution."""
    p = -math.expm1(-1 / scale)
    return int(rng.geometric(p)) - int(rng.geometric(p))
