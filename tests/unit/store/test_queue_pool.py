"""What a queue may choose from: even chances, no reviewed reply, scores in the order asked for."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.store import queue_pool
from tests import builders


@pytest.fixture
def shop(tmp_path):
    workspace = builders.workspace(tmp_path / "shop", *builders.dialogues(20, 6))
    yield workspace
    workspace.close()


@pytest.mark.parametrize("walk", [20_000, 0])  # read everything; or draw numbers and look
def test_every_open_reply_has_the_same_chance(shop, monkeypatch, walk):
    monkeypatch.setattr(queue_pool, "_WALK", walk)
    version = builders.random_scores(shop)
    ids, _ = shop.scores.unreviewed(version)
    shop.reviews.submit(builders.review(ids[0]))
    counts = dict.fromkeys(ids, 0)
    for seed in range(300):
        for drawn in shop.queue_pool.drawn(version, 12, seed, exclude=[ids[1]]):
            counts[drawn] += 1
    assert counts.pop(ids[0]) == counts.pop(ids[1]) == 0
    share = np.array(list(counts.values())) / 300
    assert share.sum() == pytest.approx(12)
    assert np.abs(share - 12 / 58).max() < 0.11  # four standard deviations


def test_population_leaves_out_what_was_reviewed(shop):
    version = builders.random_scores(shop)
    ids, _ = shop.scores.unreviewed(version)
    assert shop.queue_pool.population(version) == 60
    shop.reviews.submit(builders.review(ids[0]))
    shop.reviews.submit(builders.review(ids[0], "Li"))
    assert shop.queue_pool.population(version) == 59


def test_scores_come_in_the_order_asked_for(shop):
    version = builders.random_scores(shop)
    ids, probabilities = shop.scores.unreviewed(version)
    found = shop.queue_pool.probabilities(version, [ids[5], 10**9, ids[0]])
    np.testing.assert_allclose(found[[0, 2]], probabilities[[5, 0]])
    assert np.isnan(found[1]).all()


def test_the_version_before_is_the_newest_other_one_with_scores(shop):
    first = builders.random_scores(shop, "v1")
    assert shop.queue_pool.previous_version(first) is None
    second = builders.random_scores(shop, "v2", 1)
    assert shop.queue_pool.previous_version(second) == first
    shop.scores.register_version("v3", shop.scorecards.current_id())
    assert shop.queue_pool.previous_version(second) == first  # v3 never scored anything
