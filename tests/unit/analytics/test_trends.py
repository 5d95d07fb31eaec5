"""Trends: the calendar, the intervals (against simulation, the bootstrap and known ones), the differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csqm_desktop.analytics import trends
from csqm_desktop.analytics.trends import Sums, combined, compare, date_of, day_of, period_of, runs, series, student_t


@dataclass(frozen=True)
class Day:
    """A daily sum as the store gives it."""

    day: int
    role: str = "bot"
    group: str = ""
    n: int = 0
    total: float = 0.0
    total_squared: float = 0.0
    below_line: int = 0


def day(at: date, values: list[float], role: str = "bot", group: str = "", line: float = 0.6) -> Day:
    array = np.asarray(values)
    return Day(
        day_of(at),
        role,
        group,
        len(values),
        float(array.sum()),
        float((array**2).sum()),
        int((array < line).sum()),
    )


def sums(values: object) -> Sums:
    array = np.asarray(values, dtype=float)
    return Sums(len(array), float(array.sum()), float((array**2).sum()), int((array < 0.6).sum()))


values_in_range = st.lists(st.floats(0, 1), min_size=1, max_size=60)


# -- calendar


def test_week_starts_on_monday() -> None:
    assert period_of(day_of(date(2026, 10, 4)), "week") == (date(2026, 9, 28), date(2026, 10, 4))
    assert period_of(day_of(date(2026, 10, 5)), "week") == (date(2026, 10, 5), date(2026, 10, 11))


def test_month_ends_on_its_last_day() -> None:
    assert period_of(day_of(date(2028, 2, 11)), "month") == (date(2028, 2, 1), date(2028, 2, 29))
    assert period_of(day_of(date(2026, 12, 31)), "month") == (date(2026, 12, 1), date(2026, 12, 31))


@given(st.dates(date(1960, 1, 1), date(2100, 1, 1)), st.sampled_from(trends.PERIODS))
def test_every_day_is_in_its_period(at: date, by: trends.By) -> None:
    start, end = period_of(day_of(at), by)
    assert start <= at <= end
    assert period_of(day_of(start), by) == period_of(day_of(end), by) == (start, end)
    assert by != "week" or (start.weekday() == 0 and (end - start).days == 6)
    assert date_of(day_of(at)) == at


# -- series


def test_points_hold_what_the_days_hold() -> None:
    monday = date(2026, 9, 7)
    daily = [day(monday, [0.5, 0.7]), day(monday + timedelta(days=6), [0.9]), day(monday + timedelta(days=7), [0.2])]
    first, second = series(daily, "week")
    assert (first.start, first.end, first.n) == (monday, monday + timedelta(days=6), 3)
    assert first.mean == pytest.approx(0.7)
    assert first.below_share == pytest.approx(1 / 3)
    assert (second.n, second.mean) == (1, pytest.approx(0.2))
    assert series(daily, "month")[0].n == 4


def test_roles_and_groups_are_lines_of_their_own() -> None:
    at = date(2026, 9, 7)
    daily = [day(at, [0.1] * 2, "bot", "web"), day(at, [0.9] * 3, "agent", "web"), day(at, [0.5] * 4, "bot", "app")]
    assert {p.group: p.n for p in series(daily, "day", "role")} == {"bot": 6, "agent": 3}
    assert {p.group: p.n for p in series(daily, "day", "group")} == {"web": 5, "app": 4}
    assert [p.n for p in series(daily, "day")] == [9]
    assert combined(daily).n == 9


def test_gaps_stay_gaps_and_cut_the_line() -> None:
    start = date(2026, 9, 7)
    points = series([day(start + timedelta(weeks=w), [0.5] * 30) for w in (0, 1, 3)], "week")
    assert [p.start for p in points] == [start, start + timedelta(weeks=1), start + timedelta(weeks=3)]
    assert [len(run) for run in runs(points)] == [2, 1]


def test_few_replies_are_hollow() -> None:
    at = date(2026, 9, 7)
    assert series([day(at, [0.5] * 3)])[0].hollow
    assert not series([day(at, [0.5] * 20)])[0].hollow
    assert not series([day(at, [0.5] * 3)], small=3)[0].hollow


def test_an_empty_sum_has_no_point() -> None:
    assert series([]) == []
    assert series([Day(20_000)]) == []


@given(
    st.lists(st.tuples(st.integers(20_000, 20_100), st.sampled_from(["bot", "agent"]), values_in_range), max_size=20)
)
def test_no_reply_is_lost(rows: list[tuple[int, str, list[float]]]) -> None:
    daily = [day(date_of(at), values, role) for at, role, values in rows]
    for by in trends.PERIODS:
        points = series(daily, by, "role")
        assert sum(p.n for p in points) == combined(daily).n
        assert sum(p.sums.total for p in points) == pytest.approx(combined(daily).total)
        assert len({(p.group, p.start) for p in points}) == len(points)


# -- intervals


@given(values_in_range)
def test_interval_holds_the_mean_inside_the_range(values: list[float]) -> None:
    low, high = sums(values).interval()
    assert 0 <= low <= np.mean(values) + 1e-9
    assert np.mean(values) - 1e-9 <= high <= 1
    assert high - low > 1e-3  # never without width


@pytest.mark.parametrize("value", [0.0, 0.3, 0.5, 1.0])
def test_one_or_two_replies_say_almost_nothing(value: float) -> None:
    for n in (1, 2):
        low, high = sums([value] * n).interval()
        assert high - low > 0.7


def test_ten_of_ten_is_not_certain() -> None:
    low, high = sums([1.0] * 10).interval()
    assert low == pytest.approx(0.66, abs=0.02)  # the exact binomial bound is 0.69
    assert high == 1.0


def test_matches_wilson_for_many_yes_no_values() -> None:
    low, high = sums([1.0] * 900 + [0.0] * 100).interval()
    assert low == pytest.approx(0.8798, abs=0.001)  # Wilson, 900 of 1000
    assert high == pytest.approx(0.9171, abs=0.001)


@pytest.mark.parametrize(("a", "b"), [(8, 3), (2, 2), (20, 2)])
def test_matches_the_bootstrap(a: float, b: float) -> None:
    random = np.random.default_rng(7)
    values = random.beta(a, b, 200)
    low, high = sums(values).interval()
    means = random.choice(values, (4000, 200)).mean(axis=1)
    b_low, b_high = np.quantile(means, [0.025, 0.975])
    assert low == pytest.approx(b_low, abs=0.2 * (b_high - b_low))
    assert high == pytest.approx(b_high, abs=0.2 * (b_high - b_low))


@pytest.mark.parametrize("n", [2, 5, 20, 100])
@pytest.mark.parametrize("kind", ["graded", "yes-no", "mostly-yes", "three-level"])
def test_covers_the_truth_about_95_times_in_100(n: int, kind: str) -> None:
    random = np.random.default_rng(11)
    draw = {
        "graded": lambda: random.beta(6, 3, (2000, n)),
        "yes-no": lambda: (random.random((2000, n)) < 0.6).astype(float),
        "mostly-yes": lambda: (random.random((2000, n)) < 0.93).astype(float),
        "three-level": lambda: random.choice([0, 0.5, 1], (2000, n), p=[0.1, 0.3, 0.6]),
    }[kind]
    truth = {"graded": 6 / 9, "yes-no": 0.6, "mostly-yes": 0.93, "three-level": 0.75}[kind]
    inside = 0
    for row in draw():
        low, high = sums(row).interval()
        inside += low <= truth <= high
    assert inside / 2000 > 0.93


@given(values_in_range)
def test_more_of_the_same_narrows(values: list[float]) -> None:
    one, four = sums(values).interval(), sums(values * 4).interval()
    assert four[1] - four[0] < one[1] - one[0]


def test_student_t_is_right() -> None:
    known = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 10: 2.228, 30: 2.042, 1000: 1.962}
    for freedom, value in known.items():
        assert student_t(freedom) == pytest.approx(value, abs=0.001)
    assert student_t(0) == student_t(1)
    assert student_t(1.5) < student_t(1)


@given(st.floats(1, 500))
def test_student_t_falls(freedom: float) -> None:
    assert student_t(freedom + 0.5) < student_t(freedom)


# -- differences


def test_a_clear_drop_is_clear() -> None:
    random = np.random.default_rng(3)
    found = compare(sums(random.beta(8, 2, 200)), sums(random.beta(5, 4, 200)))
    assert found is not None
    assert found.clear
    assert found.high < 0
    assert found.difference == pytest.approx(-0.245, abs=0.05)


def test_few_replies_are_not_clear() -> None:
    found = compare(sums([1.0, 1.0]), sums([0.0, 0.5]))
    assert found is not None
    assert not found.clear


def test_nothing_to_compare() -> None:
    assert compare(Sums(), sums([1.0])) is None
    assert compare(sums([1.0]), Sums()) is None


@given(values_in_range, values_in_range)
def test_difference_is_antisymmetric_and_bounded(one: list[float], other: list[float]) -> None:
    there, back = compare(sums(one), sums(other)), compare(sums(other), sums(one))
    assert there is not None
    assert back is not None
    assert there.difference == pytest.approx(-back.difference)
    assert there.low == pytest.approx(-back.high)
    assert -1 <= there.low <= there.difference + 1e-9
    assert there.difference - 1e-9 <= there.high <= 1
    assert there.high - there.low > 1e-3


def test_difference_covers_the_truth() -> None:
    random = np.random.default_rng(5)
    inside = 0
    for _ in range(2000):
        found = compare(sums(random.beta(6, 2, 15)), sums(random.choice([0, 0.5, 1], 40, p=[0.2, 0.2, 0.6])))
        assert found is not None
        inside += found.low <= 0.7 - 0.75 <= found.high
    assert inside / 2000 > 0.93


def test_difference_matches_welch_for_many_values() -> None:
    random = np.random.default_rng(9)
    one, other = random.beta(4, 3, 150), random.beta(5, 3, 90)
    found = compare(sums(one), sums(other))
    assert found is not None
    half = 1.98 * float(np.sqrt(one.var(ddof=1) / 150 + other.var(ddof=1) / 90))
    assert found.low == pytest.approx(other.mean() - one.mean() - half, abs=0.1 * half)
    assert found.high == pytest.approx(other.mean() - one.mean() + half, abs=0.1 * half)
