"""The calibrator's choice of level: rare levels are helped, within a bound."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.training.head import _rarity, fit_decision
from csqm_desktop.training.metrics import class_figures, confusion, macro


@pytest.mark.parametrize(
    ("counts", "most", "ratio"),
    [
        ((900, 50, 50), 1.5, 1.5),  # one level rules: up to the bound
        ((40, 30, 30), 1.5, 41 / 31),  # about even: as much as it takes, no more
        ((90, 10, 0), 2.0, 2.0),  # a level that nobody chose has no weight to give
        ((90, 10), 1.0, 1.0),
        ((50, 50), 1.5, 1.0),
        ((7, 0), 1.5, 1.0),
    ],
)
def test_rare_levels_count_more_within_a_bound(counts: tuple[int, ...], most: float, ratio: float) -> None:
    weights = _rarity(np.repeat(np.arange(len(counts)), counts), len(counts), most)
    assert weights.max() / weights.min() == pytest.approx(ratio)


def _weak_signal(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits that say little beyond how frequent each of three about even levels is, and one vote a row."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(3, rows, p=(0.28, 0.42, 0.30))
    logits = np.log((0.28, 0.42, 0.30)) + 0.12 * np.eye(3)[truth] + rng.normal(0, 0.12, (rows, 3))
    return logits - logits.mean(axis=1, keepdims=True), np.eye(3)[truth]


def test_with_a_weak_signal_not_every_reply_gets_the_most_frequent_level() -> None:
    logits, votes = _weak_signal(150, 1)
    asked, truth = _weak_signal(2000, 2)
    found = fit_decision([logits], votes).apply(asked)
    matrix = confusion(truth.argmax(axis=1), found.argmax(axis=1), 3)
    plain = confusion(truth.argmax(axis=1), asked.argmax(axis=1), 3)
    assert macro(class_figures(matrix)["f1"], matrix) > macro(class_figures(plain)["f1"], plain) + 0.1
    # and its confidence is still about its accuracy
    right = found.argmax(axis=1) == truth.argmax(axis=1)
    assert abs(found.max(axis=1).mean() - right.mean()) < 0.08
