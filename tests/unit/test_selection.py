"""Which replies come first, why, and with which chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csqm_desktop import selection

BLOCKS = {"tone": slice(0, 3), "legal": slice(3, 5)}


def probabilities(rows: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.dirichlet(np.ones(3), rows), rng.dirichlet(np.ones(2), rows)], axis=1)


def test_least_confidence_ranks_by_the_least_sure_criterion():
    rows = np.array([[0.9, 0.05, 0.05, 0.9, 0.1], [0.8, 0.1, 0.1, 0.45, 0.55], [0.4, 0.3, 0.3, 0.99, 0.01]])
    chosen = selection.select("least_confidence", [10, 11, 12], rows, BLOCKS, 2)
    assert [c.reply_id for c in chosen] == [12, 11]
    assert chosen[0].reason == "least_sure"
    assert chosen[0].detail == {"criterion": "tone", "confidence": 0.4}
    assert chosen[1].detail["criterion"] == "legal"
    assert all(c.probability is None for c in chosen)


def test_a_criterion_without_labels_does_not_decide_the_order():
    rows = np.array([[0.9, 0.05, 0.05, 0.5, 0.5], [0.5, 0.3, 0.2, 0.5, 0.5]])
    chosen = selection.select("least_confidence", [1, 2], rows, BLOCKS, 2)
    assert [(c.reply_id, c.detail["criterion"]) for c in chosen] == [(2, "tone"), (1, "tone")]


def test_margin_and_entropy_see_different_doubt():
    rows = np.array([[0.49, 0.48, 0.03, 1, 0], [0.42, 0.3, 0.28, 1, 0]], dtype=float)
    assert selection.select("margin", [1, 2], rows, BLOCKS, 1)[0].reply_id == 1
    assert selection.select("entropy", [1, 2], rows, BLOCKS, 1)[0].reply_id == 2


@pytest.mark.parametrize("strategy", selection.STRATEGIES)
@given(rows=st.integers(0, 30), limit=st.integers(0, 40), seed=st.integers(0, 5))
def test_every_strategy_gives_distinct_known_replies_with_a_sentence(strategy, rows, limit, seed):
    ids = [100 + i for i in range(rows)]
    chosen = selection.select(strategy, ids, probabilities(rows, seed), BLOCKS, limit, seed)
    assert len(chosen) == min(rows, limit)
    assert len({c.reply_id for c in chosen}) == len(chosen)
    assert {c.reply_id for c in chosen} <= set(ids)
    for choice in chosen:
        assert choice.reason in selection.REASONS
        assert selection.sentence(choice.reason, choice.detail) != choice.reason


def test_random_carries_its_chance_and_does_not_hang_on_the_order_of_the_ids():
    rows = probabilities(40)
    one = selection.select("random", range(40), rows, BLOCKS, 10, seed=3)
    other = selection.select("random", list(reversed(range(40))), rows, BLOCKS, 10, seed=3)
    assert [c.reply_id for c in one] == [c.reply_id for c in other]
    assert {c.probability for c in one} == {0.25}
    assert [c.reply_id for c in one] != [c.reply_id for c in selection.select("random", range(40), rows, BLOCKS, 10, 4)]


def test_random_reaches_every_reply_equally_often():
    counts = np.zeros(20)
    for seed in range(400):
        for choice in selection.select("random", range(20), probabilities(20), BLOCKS, 5, seed):
            counts[choice.reply_id] += 1
    assert np.abs(counts / 400 - 0.25).max() < 0.09  # four standard deviations


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


def test_an_unknown_reason_is_shown_as_it_is_and_a_translation_is_used():
    assert selection.sentence("from_the_future", {}) == "from_the_future"
    assert selection.sentence("least_sure", {}) == "least_sure"
    assert (
        selection.sentence("close_call", {"criterion": "语气", "margin": 0.02}, "“{criterion}” {margin:.0%}")
        == "“语气” 2%"
    )
