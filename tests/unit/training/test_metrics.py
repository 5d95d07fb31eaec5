"""Figures against scikit-learn, and intervals that behave."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as reference

from csqm_desktop.training.metrics import (
    Judged,
    auroc,
    by_slice,
    class_figures,
    confusion,
    headline,
    headlines,
    log_loss,
    report,
)


def judged(rows: int, levels: int, seed: int) -> Judged:
    rng = np.random.default_rng(seed)
    probabilities = rng.dirichlet(np.ones(levels), rows)
    votes = np.eye(levels)[rng.integers(0, levels, rows)] * 3
    return Judged(probabilities, probabilities, votes, rng.integers(0, max(2, rows // 3), rows))


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(2, 5), st.integers(0, 10_000))
def test_figures_agree_with_scikit_learn(rows, levels, seed):
    data = judged(rows, levels, seed)
    figures = headline(data)
    for average in ("macro", "weighted"):
        p, r, f, _ = reference.precision_recall_fscore_support(
            data.truth, data.predicted, average=average, zero_division=0
        )
        assert figures[f"{average}_precision"] == pytest.approx(p)
        assert figures[f"{average}_recall"] == pytest.approx(r)
        assert figures[f"{average}_f1"] == pytest.approx(f)
    assert figures["accuracy"] == pytest.approx(reference.accuracy_score(data.truth, data.predicted))
    assert figures["mae"] == pytest.approx(reference.mean_absolute_error(data.truth, data.predicted))
    if len(set(data.truth) | set(data.predicted)) > 1:
        expected = reference.cohen_kappa_score(
            data.truth, data.predicted, weights="quadratic", labels=list(range(levels))
        )
        assert figures["qwk"] == pytest.approx(expected)


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.2, 0.5, 0.9]), st.booleans()), min_size=2, max_size=40))
def test_auroc_agrees_with_scikit_learn_also_with_ties(pairs):
    scores, positive = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    if positive.all() or not positive.any():
        assert auroc(scores, positive) is None
    else:
        assert auroc(scores, positive) == pytest.approx(reference.roc_auc_score(positive, scores))


def test_classes_and_confusion():
    matrix = confusion(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 1]), 3)
    assert matrix.tolist() == [[1, 1, 0], [0, 1, 0], [0, 1, 0]]
    assert class_figures(matrix)["recall"].tolist() == [0.5, 1.0, 0.0]


def test_the_worse_level_is_the_truth_in_a_tie():
    data = Judged(np.array([[0.2, 0.8]]), np.array([[0.2, 0.8]]), np.array([[2.0, 2.0]]), np.array([0]))
    assert data.truth.tolist() == [0]


def test_a_wrong_certainty_does_not_make_the_loss_infinite():
    assert log_loss(np.array([[1.0, 0.0]]), np.array([1])) == pytest.approx(-np.log(1e-4))


def test_intervals_hold_the_figure_and_shrink_with_more_data():
    small, large = report(judged(60, 3, 1), bootstraps=200), report(judged(2000, 3, 1), bootstraps=200)
    for table in (small, large):
        low, high = table["intervals"]["accuracy"]
        assert low <= table["accuracy"] <= high
    width = [t["intervals"]["accuracy"][1] - t["intervals"]["accuracy"][0] for t in (small, large)]
    assert width[1] < width[0] / 3


def test_intervals_resample_conversations_not_replies():
    rng = np.random.default_rng(2)
    right = np.repeat(rng.random(20) < 0.5, 20)  # a conversation is all right or all wrong
    votes = np.eye(2)[np.zeros(400, dtype=int)]
    probabilities = np.where(right[:, None], [[0.9, 0.1]], [[0.1, 0.9]])
    grouped = Judged(probabilities, probabilities, votes, np.repeat(np.arange(20), 20))
    alone = Judged(probabilities, probabilities, votes, np.arange(400))
    widths = [np.ptp(report(j, bootstraps=200)["intervals"]["accuracy"]) for j in (grouped, alone)]
    assert widths[0] > 3 * widths[1]


def test_the_same_seed_gives_the_same_report():
    assert report(judged(50, 3, 1), seed=4) == report(judged(50, 3, 1), seed=4)


def test_nothing_labelled_is_no_error():
    assert report(judged(5, 3, 1).take(np.array([], dtype=int))) == {"n": 0}


def test_slices_with_few_replies_are_left_out():
    data = judged(60, 3, 3)
    parts = by_slice(data, {"language": ["zh"] * 50 + ["en"] * 10, "channel": [""] * 60})
    assert list(parts) == ["language"]
    assert list(parts["language"]) == ["zh"]
    assert parts["language"]["zh"]["n"] == 50


@settings(deadline=None)
@given(st.integers(2, 40), st.integers(2, 4), st.integers(0, 10_000))
def test_resamples_as_weights_are_the_figures_of_the_copied_rows(rows, levels, seed):
    data = judged(rows, levels, seed)
    picks = np.random.default_rng(seed).integers(0, rows, size=(5, rows))
    weights = np.stack([np.bincount(pick, minlength=rows) for pick in picks]).astype(float)
    many = headlines(data, weights)
    for at, pick in enumerate(picks):
        one = headline(data.take(pick))
        assert many.keys() == one.keys()
        for name, value in one.items():
            assert many[name][at] == pytest.approx(np.nan if value is None else value, abs=1e-9, nan_ok=True), name
