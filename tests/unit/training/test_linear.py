"""The regression behind the heads against scikit-learn and against its own shortcuts."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from csqm_desktop.scoring.calibration import softmax
from csqm_desktop.training.linear import contrasts, fit, principal_axes


def problem(rows: int = 300, width: int = 6, levels: int = 3, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(rows, width))
    chances = softmax(features @ rng.normal(size=(width, levels)))
    return features, np.array([rng.choice(levels, p=p) for p in chances])


@pytest.mark.parametrize("penalty", [0.3, 3.0, 30.0])
def test_agrees_with_scikit_learn_on_hard_targets(penalty):
    features, truth = problem()
    ours = fit(features, np.eye(3)[truth], penalty)
    theirs = LogisticRegression(C=1 / penalty, max_iter=5000, tol=1e-8).fit(features, truth)
    np.testing.assert_allclose(softmax(ours.logits(features)), theirs.predict_proba(features), atol=5e-3)


def test_soft_targets_equal_repeated_hard_ones():
    features, truth = problem(60)
    soft = 0.75 * np.eye(3)[truth] + 0.25 * np.eye(3)[(truth + 1) % 3]
    twice = np.concatenate([features, features])
    hard = np.eye(3)[np.concatenate([truth, (truth + 1) % 3])]
    weights = np.concatenate([np.full(60, 0.75), np.full(60, 0.25)])
    np.testing.assert_allclose(
        fit(features, soft, 1.0).weights, fit(twice, hard, 1.0, weights=weights).weights, atol=5e-3
    )


def test_axes_of_all_rows_are_exact():
    features, truth = problem(40, 300)
    axes = principal_axes(features)
    assert axes is not None
    assert axes.shape == (40, 300)
    np.testing.assert_allclose(axes @ axes.T, np.eye(40), atol=1e-6)
    plain = fit(features, np.eye(3)[truth], 1.0)
    short = fit(features @ axes.T, np.eye(3)[truth], 1.0)
    np.testing.assert_allclose(axes.T @ short.weights, plain.weights, atol=5e-3)


@pytest.mark.parametrize("rows", [60, 500])
def test_the_axes_kept_are_those_with_most_of_the_spread(rows):
    rng = np.random.default_rng(0)
    features = rng.normal(size=(rows, 300)) * np.where(np.arange(300) < 10, 5.0, 0.01)
    axes = principal_axes(features, 10)
    assert axes.shape == (10, 300)
    assert np.square(features @ axes.T).sum() > 0.999 * np.square(features).sum()
    assert principal_axes(features[:, :200]) is None  # few features need no axes


def test_bends_are_suppressed_and_the_levels_then_stand_in_line():
    features, truth = problem(200, 4)
    straight = fit(features, np.eye(3)[truth], 1.0, bend=1e6).weights
    np.testing.assert_allclose(straight[:, 1], 0, atol=1e-3)
    np.testing.assert_allclose(straight[:, 0], -straight[:, 2], atol=1e-3)


def test_a_start_changes_the_way_not_the_end():
    features, truth = problem()
    cold = fit(features, np.eye(3)[truth], 1.0)
    warm = fit(features, np.eye(3)[truth], 1.0, start=fit(features, np.eye(3)[truth], 10.0))
    np.testing.assert_allclose(warm.weights, cold.weights, atol=5e-3)


@pytest.mark.parametrize("levels", [2, 3, 4, 5])
def test_contrasts_are_orthonormal_and_the_first_one_rises(levels):
    basis = contrasts(levels)
    np.testing.assert_allclose(basis.T @ basis, np.eye(levels - 1), atol=1e-12)
    np.testing.assert_allclose(basis.sum(axis=0), 0, atol=1e-12)
    assert (np.diff(basis[:, 0]) > 0).all()


def test_a_level_that_never_occurs_stays_possible():
    features, truth = problem(50, levels=2)
    chances = softmax(fit(features, np.eye(3)[truth], 1.0).logits(features))
    assert np.isfinite(chances).all()
    assert 0 < chances[:, 2].max() < 0.05
