"""Which replies come first, why, and with which chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csqm_desktop import selection
from csqm_desktop.selection import Known, Pool

BLOCKS = {"tone": slice(0, 3), "legal": slice(3, 5)}


def probabilities(rows: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.dirichlet(np.ones(3), rows), rng.dirichlet(np.ones(2), rows)], axis=1)


def test_least_confidence_ranks_by_the_least_sure_criterion():
    rows = np.array([[0.9, 0.05, 0.05, 0.9, 0.1], [0.8, 0.1, 0.1, 0.45, 0.55], [0.4, 0.3, 0.3, 0.99, 0.01]])
    chosen = selection.select("least_confidence", Pool.of([10, 11, 12], rows, BLOCKS), 2)
    assert [c.reply_id for c in chosen] == [12, 11]
    assert chosen[0].reason == "least_sure"
    assert chosen[0].detail == {"criterion": "tone", "confidence": 0.4}
    assert chosen[1].detail["criterion"] == "legal"
    assert all(c.probability is None for c in chosen)


def test_a_criterion_without_labels_does_not_decide_the_order():
    rows = np.array([[0.9, 0.05, 0.05, 0.5, 0.5], [0.5, 0.3, 0.2, 0.5, 0.5]])
    chosen = selection.select("least_confidence", Pool.of([1, 2], rows, BLOCKS), 2)
    assert [(c.reply_id, c.detail["criterion"]) for c in chosen] == [(2, "tone"), (1, "tone")]


def test_margin_and_entropy_see_different_doubt():
    rows = np.array([[0.49, 0.48, 0.03, 1, 0], [0.42, 0.3, 0.28, 1, 0]], dtype=float)
    assert selection.select("margin", Pool.of([1, 2], rows, BLOCKS), 1)[0].reply_id == 1
    assert selection.select("entropy", Pool.of([1, 2], rows, BLOCKS), 1)[0].reply_id == 2


def placed(rows: int, seed: int = 0, **more) -> Pool:
    """A pool with random places; every second reply reads like the one before it."""
    rng = np.random.default_rng(seed)
    likeness = np.repeat(rng.normal(size=((rows + 1) // 2, 16)), 2, axis=0)[:rows].astype(np.float32)
    likeness /= np.linalg.norm(likeness, axis=1, keepdims=True) if rows else 1
    ids = [100 + i for i in range(rows)]
    vectors = rng.normal(size=(rows, 6)).astype(np.float32)
    return Pool.of(ids, probabilities(rows, seed), BLOCKS, vectors, likeness, **more)


@pytest.mark.parametrize("with_vectors", [False, True])
@pytest.mark.parametrize("strategy", selection.STRATEGIES)
@settings(deadline=None, max_examples=40)
@given(rows=st.integers(0, 30), limit=st.integers(0, 40), seed=st.integers(0, 5))
def test_every_strategy_gives_distinct_known_replies_with_a_sentence(strategy, with_vectors, rows, limit, seed):
    pool = placed(rows, seed)
    if not with_vectors:
        pool = Pool.of(pool.ids, pool.probabilities, BLOCKS)
    chosen = selection.select(strategy, pool, limit, seed)
    assert len(chosen) == min(rows, limit)
    assert len({c.reply_id for c in chosen}) == len(chosen)
    assert {c.reply_id for c in chosen} <= set(pool.ids.tolist())
    for choice in chosen:
        assert choice.reason in selection.REASONS
        assert selection.sentence(choice.reason, choice.detail) != choice.reason


@pytest.mark.parametrize("strategy", [name for name in selection.STRATEGIES if name != "random"])
def test_no_two_of_a_batch_read_alike(strategy):
    pool = placed(300)
    chosen = [c for c in selection.select(strategy, pool, 50, 1) if c.reason != "drawn_at_random"]
    rows = [c.reply_id - 100 for c in chosen]
    alike = pool.likeness[rows] @ pool.likeness[rows].T
    assert np.triu(alike, 1).max() < pool.like_limit


def test_what_reads_like_the_list_in_hand_waits():
    whole = placed(40)
    on_list = Known(whole.vectors[:1], whole.likeness[:1])
    pool = Pool.of(whole.ids, whole.probabilities, BLOCKS, whole.vectors, whole.likeness, on_list=on_list)
    chosen = [c.reply_id for c in selection.select("least_confidence", pool, 19)]
    assert not {100, 101} & set(chosen)
    assert {100, 101} <= {c.reply_id for c in selection.select("least_confidence", pool, 40)}  # never starves


def test_the_hybrid_is_both_doubtful_and_different():
    rng = np.random.default_rng(0)
    vectors = np.concatenate([np.eye(6)[i % 6] * 3 + rng.normal(size=6) * 0.1 for i in range(600)]).reshape(600, 6)
    sure = np.where(np.arange(600) < 300, 0.52, 0.995)
    rows = np.stack([sure, 1 - sure], axis=1)
    pool = Pool.of(range(600), rows, {"tone": slice(0, 2)}, vectors.astype(np.float32))
    taught = [c for c in selection.select("hybrid", pool, 20, 3) if c.reason == "teaches_most"]
    assert np.mean([c.reply_id < 300 for c in taught]) > 0.9
    assert {c.reply_id % 6 for c in taught[:9]} == set(range(6))


def test_the_hybrid_draws_one_in_ten_for_the_audit_with_its_chance():
    pool = placed(200, population=1000, drawn=np.arange(200) % 2 == 0)
    chosen = selection.select("hybrid", pool, 50, 2)
    audit = [c for c in chosen if c.reason == "drawn_at_random"]
    assert [c.probability for c in audit] == [5 / 1000] * 5
    assert all(c.reply_id % 2 == 0 for c in audit)
    assert all(c.probability is None for c in chosen if c.reason != "drawn_at_random")


def test_the_core_set_goes_where_nobody_has_been():
    vectors = np.array([[1, 0], [1, 0.01], [0, 1], [-1, 0]], dtype=np.float32)
    pool = Pool.of(range(4), np.full((4, 5), 0.5), BLOCKS, vectors, known=Known(vectors[:1]))
    assert [c.reply_id for c in selection.select("core_set", pool, 3)][:2] == [3, 2]


def test_disagreement_asks_the_version_before_then_the_neighbours():
    rows = np.array([[0.8, 0.1, 0.1, 1, 0], [0.8, 0.1, 0.1, 1, 0], [0.7, 0.2, 0.1, 1, 0]], dtype=float)
    other = rows.copy()
    other[1, :3] = [0.1, 0.1, 0.8]
    other[2] = np.nan
    first = selection.select("disagreement", Pool.of([1, 2, 3], rows, BLOCKS, other=other), 1)[0]
    assert (first.reply_id, first.reason, first.detail) == (
        2,
        "opinions_differ",
        {"criterion": "tone", "difference": 0.7},
    )
    vectors = np.array([[1, 0], [0, 1], [1, 1]], dtype=np.float32)
    votes = np.array([[0, 0, 1, 0, 0], [1, 0, 0, 0, 0]], dtype=float)  # nobody judged the second criterion
    pool = Pool.of([1, 2, 3], rows, BLOCKS, vectors, known=Known(vectors[:2], votes=votes))
    first = selection.select("disagreement", pool, 1)[0]
    assert (first.reply_id, first.reason, first.detail["criterion"]) == (1, "neighbours_differ", "tone")


def test_random_carries_its_chance_and_does_not_hang_on_the_order_of_the_ids():
    rows = probabilities(40)
    one = selection.select("random", Pool.of(range(40), rows, BLOCKS), 10, seed=3)
    other = selection.select("random", Pool.of(range(39, -1, -1), rows, BLOCKS), 10, seed=3)
    assert [c.reply_id for c in one] == [c.reply_id for c in other]
    assert {c.probability for c in one} == {0.25}
    another = selection.select("random", Pool.of(range(40), rows, BLOCKS), 10, 4)
    assert [c.reply_id for c in one] != [c.reply_id for c in another]


def test_random_reaches_every_reply_equally_often():
    counts = np.zeros(20)
    for seed in range(400):
        for choice in selection.select("random", Pool.of(range(20), probabilities(20), BLOCKS), 5, seed):
            counts[choice.reply_id] += 1
    assert np.abs(counts / 400 - 0.25).max() < 0.09  # four standard deviations


def test_an_unknown_reason_is_shown_as_it_is_and_a_translation_is_used():
    assert selection.sentence("from_the_future", {}) == "from_the_future"
    assert selection.sentence("least_sure", {}) == "least_sure"
    assert (
        selection.sentence("close_call", {"criterion": "语气", "margin": 0.02}, "“{criterion}” {margin:.0%}")
        == "“语气” 2%"
    )
