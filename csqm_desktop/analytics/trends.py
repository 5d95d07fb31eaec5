"""Quality over time, with how many replies stand behind each figure and how far it can be trusted.

Input are daily sums of values in 0..1 (the store's ``DailySum``, or anything with its fields); output are
points by day, week or month, and differences between two sets of replies. Nothing here knows the store.

**The interval.** A mean of n values in 0..1 gets a 95 % Wilson score interval in which n is replaced by an
*effective* sample size. Of all variables in 0..1 with mean m, one that is only ever 0 or 1 has the largest
variance, m(1-m). The share of it that the data use, ``φ = (S + c) / (n·m(1-m) + c)`` with S the sum of squared
deviations (Bessel-corrected), makes n/φ the number of yes-no answers that would be as informative. Student's t
with n-1 degrees of freedom (at least 1) stands in for the normal quantile. So:

- yes-no values give the Wilson interval, and 10 of 10 is [0.66, 1], not a band without width;
- many graded values give Student's interval, as ``c`` fades against n;
- the interval holds the mean, stays inside 0..1, and one or two replies span nearly all of it.

**The difference** of two means combines the two intervals (Newcombe's square-and-add), both taken at Student's t
with Welch's degrees of freedom. It stays inside -1..1 and never has zero width.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

By = Literal["day", "week", "month"]
Split = Literal["all", "role", "group"]
PERIODS: tuple[By, ...] = ("day", "week", "month")

_EPOCH = date(1970, 1, 1)
_EPOCH_WEEKDAY = 3  # a Thursday, counted from Monday
_NORMAL = 1.959963984540054  # two-sided 95 %
_T_SMALL = (12.706205, 4.302653, 3.182446, 2.776445, 2.570582)  # 95 %, 1 to 5 degrees of freedom
_DAMPING = 0.1  # c above: how much spread is assumed before any was seen


class Daily(Protocol):
    """What a daily sum has: see ``store.aggregates.DailySum``. Values lie in 0..1."""

    @property
    def day(self) -> int:
        """Days since 1970-01-01."""

    @property
    def role(self) -> str:
        """``agent`` or ``bot``."""

    @property
    def group(self) -> str:
        """The value of the field that was grouped by."""

    @property
    def n(self) -> int:
        """How many values."""

    @property
    def total(self) -> float:
        """Their sum."""

    @property
    def total_squared(self) -> float:
        """The sum of their squares."""

    @property
    def below_line(self) -> int:
        """How many are below the line."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What any number of values in 0..1 adds up to; enough for a mean and its interval."""

    n: int = 0
    total: float = 0.0
    total_squared: float = 0.0
    below: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.n + other.n,
            self.total + other.total,
            self.total_squared + other.total_squared,
            self.below + other.below,
        )

    @property
    def mean(self) -> float:
        """The mean; 0 when there is nothing."""
        return min(1.0, max(0.0, self.total / self.n)) if self.n else 0.0

    @property
    def below_share(self) -> float:
        """The share below the line; 0 when there is nothing."""
        return self.below / self.n if self.n else 0.0

    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the mean; the whole of 0..1 when there is nothing."""
        return _interval(self, student_t(self.n - 1)) if self.n else (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a trend: a period (both dates included), a group, n replies and their mean.

    ``hollow``: too few replies to read anything into it.
    """

    start: date
    end: date
    group: str
    n: int
    mean: float
    low: float
    high: float
    below_share: float
    hollow: bool
    sums: Sums


@dataclass(frozen=True, slots=True)
class Difference:
    """``after`` minus ``before`` with its 95 % interval; ``clear`` when the interval leaves out zero."""

    before: Sums
    after: Sums
    difference: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the data tell the direction."""
        return self.low > 0 or self.high < 0


def series(daily: Iterable[Daily], by: By = "week", split: Split = "all", small: int = 20) -> list[Point]:
    """Points in order of group and time. A period without replies has no point: gaps stay gaps.

    ``split`` says what a line is: everything, each role, or each value of the daily sums' group. A point with
    fewer than ``small`` replies is hollow.
    """
    sums: dict[tuple[str, date], Sums] = {}
    for item in daily:
        group = "" if split == "all" else item.role if split == "role" else item.group
        key = (group, period_of(item.day, by)[0])
        sums[key] = sums.get(key, Sums()) + of(item)
    return [_point(start, group, by, value, small) for (group, start), value in sorted(sums.items()) if value.n > 0]


def of(item: Daily) -> Sums:
    """A daily sum as ``Sums``."""
    return Sums(item.n, item.total, item.total_squared, item.below_line)


def combined(daily: Iterable[Daily]) -> Sums:
    """All daily sums together."""
    result = Sums()
    for item in daily:
        result += of(item)
    return result


def compare(before: Sums, after: Sums) -> Difference | None:
    """How much ``after`` is above ``before``; None when one of them is empty."""
    if not before.n or not after.n:
        return None
    t = student_t(_welch_freedom(before, after))
    low_b, high_b = _interval(before, t)
    low_a, high_a = _interval(after, t)
    difference = after.mean - before.mean
    down = math.hypot(after.mean - low_a, high_b - before.mean)
    up = math.hypot(high_a - after.mean, before.mean - low_b)
    return Difference(before, after, difference, max(-1.0, difference - down), min(1.0, difference + up))


def runs(points: Sequence[Point]) -> list[list[Point]]:
    """Points of one group cut where a period is missing, so that a chart draws no line across a gap."""
    found: list[list[Point]] = []
    for point in points:
        if found and found[-1][-1].end + timedelta(days=1) == point.start:
            found[-1].append(point)
        else:
            found.append([point])
    return found


# -- calendar


def period_of(day: int, by: By) -> tuple[date, date]:
    """First and last date of the period that holds a day (days since 1970-01-01). Weeks start on Monday."""
    if by == "day":
        return date_of(day), date_of(day)
    if by == "week":
        start = date_of(day - (day + _EPOCH_WEEKDAY) % 7)
        return start, start + timedelta(days=6)
    start = date_of(day).replace(day=1)
    return start, _next_month(start) - timedelta(days=1)


def date_of(day: int) -> date:
    """The date of a day number."""
    return _EPOCH + timedelta(days=day)


def day_of(moment: date) -> int:
    """The inverse of ``date_of``."""
    return (moment - _EPOCH).days


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


# -- arithmetic


def _point(start: date, group: str, by: By, sums: Sums, small: int) -> Point:
    low, high = sums.interval()
    end = period_of(day_of(start), by)[1]
    return Point(start, end, group, sums.n, sums.mean, low, high, sums.below_share, sums.n < small, sums)


def _spread(sums: Sums) -> float:
    """The share of the largest possible variance that the data use: φ above, in (0, 1]."""
    n, mean = sums.n, sums.mean
    deviations = max(0.0, sums.total_squared - n * mean * mean)
    if n > 1:
        deviations *= n / (n - 1)
    return min(1.0, (deviations + _DAMPING) / (n * mean * (1 - mean) + _DAMPING))


def _interval(sums: Sums, t: float) -> tuple[float, float]:
    n = sums.n / _spread(sums)
    mean, ratio = sums.mean, t * t / n
    middle = (mean + ratio / 2) / (1 + ratio)
    half = math.sqrt(ratio * (mean * (1 - mean) + ratio / 4)) / (1 + ratio)
    return max(0.0, min(mean, middle - half)), min(1.0, max(mean, middle + half))


def _welch_freedom(one: Sums, other: Sums) -> float:
    parts = []
    for sums in (one, other):
        mean = (sums.total + 0.5) / (sums.n + 1)  # a mean of exactly 0 or 1 has some variance, too
        parts.append((_spread(sums) * mean * (1 - mean) / sums.n, max(1, sums.n - 1)))
    return float(sum(v for v, _ in parts) ** 2 / sum(v * v / freedom for v, freedom in parts))


def student_t(freedom: float) -> float:
    """The two-sided 95 % quantile of Student's t; below 1 degree of freedom that of 1.

    A table up to 5 degrees, interpolated in their inverse, then the Cornish-Fisher series (error below 0.001).
    """
    freedom = max(1.0, freedom)
    if freedom < len(_T_SMALL):
        below = int(freedom)
        share = (1 / below - 1 / freedom) / (1 / below - 1 / (below + 1))
        return _T_SMALL[below - 1] + share * (_T_SMALL[below] - _T_SMALL[below - 1])
    z, inverse = _NORMAL, 1 / freedom
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term * inverse**power for power, term in enumerate(terms, 1))
