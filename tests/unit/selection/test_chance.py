"""The start without scores: every conversation, every kind of reply, and chances that come true."""

from __future__ import annotations

import numpy as np

from csqm_desktop import selection
from csqm_desktop.selection.chance import allotment, kinds


def crowd(groups: int, size: int, width: int = 12, seed: int = 0) -> np.ndarray:
    """``groups`` heaps of vectors far apart, ``size`` in each; the first heap has twenty times as many."""
    rng = np.random.default_rng(seed)
    centres = np.linalg.qr(rng.normal(size=(max(groups, width), max(groups, width))))[0][:groups] * 5
    owners = np.concatenate([np.zeros(size * 20, dtype=int), np.repeat(np.arange(1, groups), size)])
    return (centres[owners] + rng.normal(size=(len(owners), centres.shape[1])) * 0.1).astype(np.float32), owners


def test_cold_start_offers_every_conversation_before_a_second_reply_of_any():
    conversations = ["a"] * 5 + ["b"] * 2 + ["c"]
    chosen = selection.cold_start(range(8), conversations, 8, seed=1)
    first = [conversations[c.reply_id] for c in chosen[:3]]
    assert sorted(first) == ["a", "b", "c"]
    assert {c.reply_id for c in chosen} == set(range(8))
    assert [c.probability is None for c in chosen] == [False] * 3 + [True] * 5
    assert {conversations[c.reply_id]: c.probability for c in chosen[:3]} == {"a": 0.2, "b": 0.5, "c": 1.0}


def test_cold_start_chance_is_what_happens():
    seen = np.zeros(6)
    conversations = ["a", "a", "a", "b", "c", "d"]
    chance = {}
    for seed in range(1500):
        for choice in selection.cold_start(range(6), conversations, 2, seed):
            seen[choice.reply_id] += 1
            chance[choice.reply_id] = choice.probability
    assert np.abs(seen / 1500 - [chance[i] for i in range(6)]).max() < 0.06


def test_the_first_twenty_cover_the_kinds_although_one_is_twenty_times_as_common():
    vectors, owners = crowd(18, 10)
    by_chance = []
    for seed in range(5):
        ids = range(1000, 1000 + len(vectors))
        chosen = selection.cold_start(ids, range(len(vectors)), 30, seed, vectors)
        first = {owners[c.reply_id - 1000] for c in chosen[:20]}
        assert len(first) >= 15
        assert len(chosen) == 30
        assert all(c.reason == "typical_of_group" for c in chosen)
        plain = selection.cold_start(ids, range(len(vectors)), 30, seed)
        by_chance.append(len({owners[c.reply_id - 1000] for c in plain[:20]}))
    assert max(by_chance) < 15  # so the clusters did it, not luck


def test_chances_of_a_start_by_kinds_add_up_to_the_plan():
    vectors, _ = crowd(6, 10)
    seen = np.zeros(len(vectors))
    hoped = np.zeros(len(vectors))
    runs = 300
    for seed in range(runs):
        for choice in selection.cold_start(range(len(vectors)), range(len(vectors)), 25, seed, vectors):
            seen[choice.reply_id] += 1
            hoped[choice.reply_id] += 1 / choice.probability
    # the mean of 1/chance over the drawn estimates the number of replies without bias
    assert abs(hoped.sum() / runs - len(vectors)) < 1
    assert seen.min() > 0


def test_allotment_is_in_proportion_and_leaves_nobody_out():
    assert allotment(np.array([80, 15, 5]), 20).tolist() == [16, 3, 1]
    assert allotment(np.array([1000, 1, 1]), 10).tolist() == [8, 1, 1]
    assert allotment(np.array([2, 3]), 10).tolist() == [2, 3]


def test_kinds_of_equal_vectors_are_one_kind():
    assert set(kinds(np.ones((10, 4), dtype=np.float32), 5, np.random.default_rng(0)).tolist()) == {0}
