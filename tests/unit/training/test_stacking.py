"""A network gets a say when it adds something where neither has learned, and never shouts the head down."""

from __future__ import annotations

import numpy as np

from csqm_desktop.scoring.calibration import Calibrator, centred, softmax
from csqm_desktop.training.stacking import SHARE, stack


def opinions(seed: int, rows: int = 300):
    """Votes, and what two noisy views make of them."""
    rng = np.random.default_rng(seed)
    truth = centred(rng.normal(size=(rows, 3)))
    votes = np.array([rng.multinomial(19, row) for row in softmax(truth)], dtype=float)
    return votes, *(centred(truth + rng.normal(size=truth.shape)) for _ in range(2))


def test_two_views_are_better_than_one():
    votes, head, network = opinions(0)
    found = stack(Calibrator.identity(3), head, 7.0 * network, votes)  # as loud as it likes
    assert found.weights.shape == (6, 3)
    assert found.hears(1)
    quieter = stack(Calibrator.identity(3), head, network, votes)
    np.testing.assert_allclose(7.0 * found.weights[3:], quieter.weights[3:], rtol=1e-4, atol=1e-9)
    new_votes, *new = opinions(1)
    majority = new_votes.argmax(axis=1)
    both = quieter.apply(np.concatenate(new, axis=1)).argmax(axis=1)
    assert (both == majority).mean() > (new[0].argmax(axis=1) == majority).mean()
    of_head, of_network = quieter.weights[0, 0], quieter.weights[3, 0]
    assert abs(of_network / (of_head + of_network) - SHARE) < 0.05


def test_a_view_that_knows_nothing_gets_no_say():
    votes, head, _ = opinions(0)
    noise = centred(np.random.default_rng(5).normal(size=head.shape))
    kept = Calibrator(2.0 * np.eye(3), np.array([0.1, 0.0, -0.1]))
    for network in (noise, -head, np.zeros_like(head)):
        assert stack(kept, head, network, votes) is kept


def test_without_rows_that_are_new_to_the_network_it_gets_no_say():
    kept = Calibrator.identity(3)
    assert stack(kept, np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, 3))) is kept
