"""Learning curves: the law is found again, and the advice to stop comes where the curve levels off."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.analytics.learning_curve import (
    ADVICE,
    BATCH,
    WORTH,
    Advice,
    LearningCurve,
    Point,
    for_left,
    learning_curve,
    power_law,
    sizes,
)


def curve(n, level: float, drop: float, rate: float):
    return level - drop * np.asarray(n, dtype=float) ** -rate


def plateau(level: float, drop: float, rate: float) -> int:
    """The first multiple of a batch after which a batch really gains less than what is worth it."""
    n = BATCH
    while curve(n + BATCH, level, drop, rate) - curve(n, level, drop, rate) >= WORTH:
        n += BATCH
    return n


def fires(level: float, drop: float, rate: float, seed: int, noise: float = 0.004) -> int:
    """Label batch after batch until the advice says stop."""
    rng = np.random.default_rng(seed)
    n = 2 * BATCH
    while True:
        steps = sizes(n)
        runs = curve(steps, level, drop, rate) + rng.normal(0, noise, size=(6, len(steps)))
        if learning_curve(steps, runs).advice.code == "stop":
            return n
        n += BATCH
        assert n < 3000, "it never said stop"


def test_a_power_law_is_found_again_and_continued():
    n = np.array([25, 50, 100, 200, 400], dtype=float)
    ahead = np.array([450.0, 800.0])
    np.testing.assert_allclose(power_law(n, curve(n, 0.7, 2.0, 0.6), ahead), curve(ahead, 0.7, 2.0, 0.6), atol=0.002)


@pytest.mark.parametrize(("level", "drop", "rate"), [(0.65, 1.5, 0.5), (0.8, 4.0, 0.8), (0.6, 0.9, 0.4)])
def test_advice_to_stop_comes_within_a_batch_of_the_plateau(level, drop, rate):
    right = plateau(level, drop, rate)
    at = [fires(level, drop, rate, seed) for seed in range(8)]
    assert abs(float(np.median(at)) - right) <= BATCH, (right, at)


def test_while_the_curve_rises_it_says_go_on_with_the_gain_that_comes():
    steps = sizes(100)
    runs = np.tile(curve(steps, 0.7, 2.0, 0.5), (6, 1))
    advice = learning_curve(steps, runs).advice
    assert advice.code == "go_on"
    assert advice.gain == pytest.approx(curve(150, 0.7, 2.0, 0.5) - curve(100, 0.7, 2.0, 0.5), abs=0.002)
    assert "50 more labels" in advice.sentence()


def test_a_curve_that_falls_is_flat_and_noise_is_unclear():
    steps = sizes(400)
    falling = np.tile(0.6 - 0.0001 * np.array(steps), (6, 1))
    assert learning_curve(steps, falling).advice.gain == pytest.approx(0, abs=1e-9)
    noisy = np.random.default_rng(1).normal(0.5, 0.12, size=(6, len(steps)))
    noisy[:, -1] += 0.1
    assert learning_curve(steps, noisy).advice.code != "stop"


@pytest.mark.parametrize("now", [0.9, 0.97, 0.995, 1.0])
def test_nothing_above_the_ceiling_is_promised(now):
    steps = sizes(200)
    rng = np.random.default_rng(3)
    rising = now - 0.6 * (np.array(steps[-1] - np.array(steps)) / steps[-1])
    runs = np.clip(rising + rng.normal(0, 0.02, size=(6, len(steps))), 0, 1)
    found = learning_curve(steps, runs)
    advice = found.advice
    assert advice.now + advice.gain + advice.band <= 1 + 1e-9
    assert max(point.high for point in found.fitted) <= 1
    assert advice.gain >= 0
    if now == 1.0:
        assert advice.code == "stop" or advice.now < 0.99


def test_a_promise_that_an_earlier_release_kept_is_bounded_and_shared_out():
    fitted = tuple(Point(n, 0.5 + n / 1000, 0.5, 0.9) for n in (20, 100, 150, 200))
    kept = LearningCurve(fitted[:2], fitted, Advice("go_on", 100, 0.05, 0.2, 0.97))
    bounded = for_left(kept, 1000).advice
    assert bounded.now + bounded.gain + bounded.band == pytest.approx(1)
    assert bounded.gain - bounded.band == pytest.approx(0.05 - 0.2)  # the lower end stays
    low = LearningCurve(fitted[:2], fitted, Advice("go_on", 100, 0.05, 0.01, 0.6))
    some = for_left(low, 25).advice
    assert (some.batch, some.code) == (25, "go_on")
    assert (some.gain, some.band) == (pytest.approx(0.025), pytest.approx(0.005))
    none = for_left(low, 0).advice
    assert (none.code, none.gain) == ("all_labelled", 0.0)
    few = LearningCurve(fitted[:2], (), Advice("too_few", 30))
    assert for_left(few, 5) is few


def test_few_labels_are_said_to_be_few():
    found = learning_curve([20, 40], np.full((3, 2), 0.5))
    assert found.advice.code == "too_few"
    assert [p.n for p in found.measured] == [20, 40]
    assert "40 labels" in found.advice.sentence()


def test_sizes_rise_up_to_all_labels():
    assert sizes(500)[-1] == 500
    assert sizes(500) == sorted(set(sizes(500)))
    assert sizes(15) == [15]


@pytest.mark.parametrize("code", ADVICE)
def test_every_advice_has_a_sentence(code):
    assert "{" not in Advice(code, 100, 0.02, 0.01, 0.6).sentence()
