"""Confidence that means accuracy, and distances between distributions, against plain references."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from csqm_desktop.scoring.calibration import (
    Calibrator,
    centred,
    expected_calibration_error,
    fit_calibrator,
    fit_temperature,
    jsd,
    reliability,
    rnss,
    softmax,
)


def truths(probabilities: np.ndarray, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.array([rng.choice(len(p), p=p) for p in probabilities])


@pytest.mark.parametrize("factor", [0.4, 1.0, 3.0])
def test_temperature_finds_the_factor_that_was_lost(factor):
    honest = np.random.default_rng(1).normal(size=(4000, 3)) * 1.5
    found = fit_temperature(honest / factor, truths(softmax(honest), 2))
    assert found == pytest.approx(factor, rel=0.1)


def test_a_calibrator_makes_an_overconfident_view_honest():
    honest = centred(np.random.default_rng(3).normal(size=(3000, 3)))
    truth = truths(softmax(honest), 4)
    loud = honest * 4
    calibrator = fit_calibrator(loud[:1500], np.eye(3)[truth[:1500]], 1)
    before = expected_calibration_error(softmax(loud[1500:]), truth[1500:])
    after = expected_calibration_error(calibrator.apply(loud[1500:]), truth[1500:])
    assert before > 0.2
    assert after < 0.05


def test_a_calibrator_prefers_the_view_that_knows():
    rng = np.random.default_rng(5)
    good = centred(rng.normal(size=(2000, 2)) * 2)
    truth = truths(softmax(good), 6)
    noise = centred(rng.normal(size=(2000, 2)) * 2)
    calibrator = fit_calibrator(np.concatenate([good, noise], axis=1), np.eye(2)[truth], 2)
    heard = np.ptp(calibrator.weights, axis=1)  # how differently a view speaks for the two levels
    assert heard[2:].max() < 0.2 * heard[:2].min()


def test_few_rows_change_little():
    logits = centred(np.random.default_rng(7).normal(size=(4, 3)))
    calibrator = fit_calibrator(logits, np.eye(3)[[0, 0, 0, 1]], 1, strength=100.0)
    np.testing.assert_allclose(calibrator.weights, np.eye(3), atol=0.05)


def test_a_calibrator_survives_json():
    before = Calibrator(np.random.default_rng(8).normal(size=(6, 3)), np.array([0.1, 0, -0.1]))
    after = Calibrator.from_record(before.to_record())
    np.testing.assert_array_equal(after.weights, before.weights)
    np.testing.assert_allclose(Calibrator.identity(3).apply(np.zeros((1, 3))), 1 / 3)


def test_reliability_bins_add_up():
    probabilities = np.array([[0.9, 0.1], [0.85, 0.15], [0.4, 0.6], [0.5, 0.5]])
    bins = reliability(probabilities, np.array([0, 1, 1, 0]))
    assert [b["n"] for b in bins] == [1, 1, 2]
    assert bins[-1]["confidence"] == pytest.approx(0.875)
    assert bins[-1]["accuracy"] == 0.5
    expected = (abs(0.5 - 1) + abs(0.6 - 1) + 2 * abs(0.875 - 0.5)) / 4
    assert expected_calibration_error(probabilities, np.array([0, 1, 1, 0])) == pytest.approx(expected)


@given(st.integers(2, 5), st.integers(1, 20), st.integers(0, 1000))
def test_distances_agree_with_scipy_and_stay_in_bounds(levels, rows, seed):
    rng = np.random.default_rng(seed)
    predicted = rng.dirichlet(np.ones(levels), rows)
    votes = rng.integers(0, 5, (rows, levels)) + np.eye(levels)[0]
    shares = votes / votes.sum(axis=1, keepdims=True)
    reference = np.mean([jensenshannon(p, q, base=2) ** 2 for p, q in zip(predicted, shares, strict=True)])
    assert jsd(predicted, votes) == pytest.approx(reference, abs=1e-9)
    assert 0 <= rnss(predicted, votes) <= 1
    assert rnss(shares, votes) == pytest.approx(0)


def test_opposite_certainties_are_as_far_apart_as_it_gets():
    assert jsd(np.array([[1.0, 0.0]]), np.array([[0.0, 3.0]])) == pytest.approx(1)
    assert rnss(np.array([[1.0, 0.0]]), np.array([[0.0, 3.0]])) == pytest.approx(1)


def test_nothing_to_measure_is_zero():
    empty = np.empty((0, 3))
    assert jsd(empty, empty) == rnss(empty, empty) == 0
    assert expected_calibration_error(empty, np.empty(0, dtype=int)) == 0
