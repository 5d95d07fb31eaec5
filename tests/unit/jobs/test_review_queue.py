"""The queue over a real store: it never starves, says why, and finds what is out of scope. No model process."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop import selection
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import review_queue
from tests import builders

WORDS = ("refund", "parcel", "invoice", "size", "coupon", "delay", "broken", "exchange")


@pytest.fixture
def shop(tmp_path):
    rng = np.random.default_rng(0)
    messages = [
        builders.message(
            m,
            f"c{c}",
            text=" ".join(rng.choice(WORDS, 5)) + f" number {c * 10 + m}",
        )
        for c in range(40)
        for m in range(1, 5)
    ]
    workspace = builders.workspace(tmp_path / "shop", *messages)
    yield workspace
    workspace.close()


def scored(shop) -> int:
    builders.fake_version(shop, "v1")
    return builders.random_scores(shop, "v1")


@pytest.mark.parametrize("strategy", selection.STRATEGIES)
def test_every_strategy_fills_the_batch_and_goes_on_until_nothing_is_left(shop, strategy):
    scored(shop)
    taken: list[int] = []
    while batch := review_queue.next_items(shop, 30, strategy, exclude=taken, seed=len(taken)):
        assert all(item.stored is not None for item in batch)
        assert all(selection.sentence(i.shown.reason, i.shown.detail) != i.shown.reason for i in batch)
        taken += [item.reply_id for item in batch]
    assert len(taken) == len(set(taken)) == 80


def test_without_a_version_the_queue_starts_by_kinds_of_replies(shop):
    items = review_queue.next_items(shop, 25)
    assert len(items) == 25
    assert {item.shown.reason for item in items} == {"typical_of_group"}
    assert all(0 < (item.shown.probability or 0) <= 1 for item in items)


def test_with_one_label_and_no_model_the_queue_still_fills(shop):
    first = review_queue.next_items(shop, 1)[0].reply_id
    shop.reviews.submit(builders.review(first))
    items = review_queue.next_items(shop, 100)
    assert len(items) == 79
    assert first not in {item.reply_id for item in items}


def test_random_choices_carry_the_chance_of_the_whole_store(shop):
    scored(shop)
    items = review_queue.next_items(shop, 20, "random", seed=1)
    assert {item.shown.probability for item in items} == {20 / 80}


def test_the_default_draws_an_audit_share_from_the_whole_store(shop):
    scored(shop)
    items = review_queue.next_items(shop, 30)
    audit = [item for item in items if item.shown.reason == "drawn_at_random"]
    assert [item.shown.probability for item in audit] == [3 / 80] * 3


def test_what_is_out_of_scope_comes_first_and_says_so(shop):
    builders.add(
        shop,
        [
            builders.message(1, "odd", text="hello"),
            builders.message(2, "odd", text="\u200b\u200b"),
            builders.message(4, "odd", text="o\u200bk\u200bo\u200bk\u200b"),
            builders.message(6, "odd", text="log " * 800),
            builders.message(8, "odd", text="您好，这里是客服"),
        ],
    )
    version = scored(shop)
    for reply_id in shop.scores.unreviewed(version)[0][:60]:
        text = next(iter(shop.conversations.reply_inputs([reply_id]))).text
        if text.startswith(WORDS) and len(text) < 200:
            shop.reviews.submit(builders.review(reply_id))
    items = review_queue.next_items(shop, 20)
    found = [item.shown.reason for item in items[:4]]
    assert sorted(found) == ["scope_empty", "scope_language", "scope_long", "scope_odd"]
    assert {item.shown.strategy for item in items[:4]} == {"out_of_scope"}
    assert {item.shown.strategy for item in items[4:]} == {"hybrid"}


def test_what_is_out_of_scope_never_takes_over_the_batch(shop):
    builders.add(shop, [builders.message(2, f"e{i}", text="\u200b" * (i + 1)) for i in range(50)])
    scored(shop)
    items = review_queue.next_items(shop, 30)
    assert sum(item.shown.strategy == "out_of_scope" for item in items) <= 6
    assert len(items) == 30


def test_an_unknown_strategy_is_refused_with_the_known_ones(shop):
    with pytest.raises(CsqmError, match="hybrid"):
        review_queue.next_items(shop, 5, "astrology")
