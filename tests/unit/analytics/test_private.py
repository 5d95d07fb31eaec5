"""Noise has the promised scale, one customer changes little, small groups are hidden."""

import math
from datetime import date

import numpy as np
import pytest

from csqm_desktop.analytics.private import STEPS, Terms, Value, _bounded, _noise, release
from csqm_desktop.analytics.trends import day_of

DAYS = (day_of(date(2026, 9, 1)), day_of(date(2026, 9, 30)))


def rng(seed=0):
    return np.random.default_rng(seed)


def values(customers=400, each=2, value=0.8, group="bot"):
    return [Value(f"c{c}", DAYS[0] + c % 30, group, value) for c in range(customers) for _ in range(each)]


def test_the_noise_is_two_sided_geometric_with_the_scale_of_laplace():
    """Against the exact distribution: P(|X| >= t) = 2 a^t / (1 + a) with a = exp(-1/scale)."""
    scale, source = 4.0, rng()
    drawn = np.array([_noise(scale, source) for _ in range(40_000)])
    alpha = math.exp(-1 / scale)
    assert drawn.mean() == pytest.approx(0, abs=0.15)
    for t in (1, 4, 10, 20):
        expected = 2 * alpha**t / (1 + alpha)
        assert (abs(drawn) >= t).mean() == pytest.approx(expected, abs=5 * math.sqrt(expected / 40_000))


def test_the_chance_of_a_figure_hardly_depends_on_one_customer():
    """The definition itself, measured: ε bounds the odds of any count with and without a customer."""
    terms = Terms(1.0, cap=5)
    source = rng()
    with_them = np.array([100 + 5 + _noise(terms.count_scale, source) for _ in range(60_000)])
    without = np.array([100 + _noise(terms.count_scale, source) for _ in range(60_000)])
    for edge in (80, 95, 100, 105, 115, 130):
        one, other = (with_them >= edge).mean(), (without >= edge).mean()
        assert one / other <= math.exp(terms.epsilon / 2) * 1.05
        assert (1 - other + 1e-9) / (1 - one + 1e-9) <= math.exp(terms.epsilon / 2) * 1.2


def test_no_customer_counts_more_than_the_cap():
    many = [Value("loud", DAYS[0], "bot", 0.0)] * 1000 + values(50, 1)
    assert len(list(_bounded(many, 5, rng()))) == 55
    loud = release(many, DAYS, ["bot"], "month", Terms(20, cap=5, smallest=1), rng()).points[0]
    assert loud.n < 75


def test_figures_are_near_and_their_noise_is_told():
    found = release(values(), DAYS, ["agent", "bot"], "month", Terms(2.0), rng(3))
    assert [point.group for point in found.points] == ["bot"]
    point = found.points[0]
    assert abs(point.n - 800) <= 2 * point.n_noise
    assert abs(point.mean - 0.8) <= 2 * point.mean_noise
    assert point.n_noise == pytest.approx(2 * 5 / 2.0 * math.log(20))
    assert (found.hidden, point.start, point.end) == (1, date(2026, 9, 1), date(2026, 9, 30))


def test_noise_covers_nineteen_in_twenty():
    terms = Terms(1.0, smallest=1)
    inside = []
    for seed in range(200):
        point = release(values(300, 1), DAYS, ["bot"], "month", terms, rng(seed)).points[0]
        inside.append(abs(point.n - 300) <= point.n_noise)
    assert 0.88 <= np.mean(inside) <= 0.99


def test_small_groups_are_hidden_and_empty_ones_get_noise_too():
    few = values(3, 1, group="agent") + values(400, 2)
    found = release(few, DAYS, ["agent", "bot", "nobody"], "month", Terms(20.0, smallest=30), rng())
    assert [point.group for point in found.points] == ["bot"]
    assert found.hidden == 2


def test_nothing_is_shown_that_is_smaller_than_its_noise():
    assert Terms(1.0, smallest=1).threshold == 30
    assert Terms(20.0, smallest=30).threshold == 30


def test_groups_that_are_not_on_the_public_list_never_show():
    found = release(values(400, 2, group="secret"), DAYS, ["bot"], "month", Terms(5.0), rng())
    assert all(point.group == "bot" for point in found.points)


def test_values_outside_are_clipped():
    wild = [Value(f"c{i}", DAYS[0], "bot", 9.0) for i in range(500)]
    assert release(wild, DAYS, ["bot"], "month", Terms(10.0), rng()).points[0].mean <= 1.0
    assert STEPS == 1000
