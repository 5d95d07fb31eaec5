"""What more labels would bring, measured on a store without any model."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.jobs import label_worth
from tests import builders


@pytest.fixture
def shop(tmp_path):
    rng = np.random.default_rng(0)
    words = (("sorry", "cannot", "wait", "later"), ("gladly", "refunded", "shipped", "today"))
    messages = [
        builders.message(m, f"c{c}", text=" ".join(rng.choice(words[c % 2], 4)) + f" {c}{m}")
        for c in range(60)
        for m in (1, 2, 3, 4)
    ]
    workspace = builders.workspace(tmp_path / "shop", *messages)
    yield workspace
    workspace.close()


def label(shop, count: int) -> None:
    for item in list(shop.conversations.reply_inputs(shop.conversations.all_reply_ids()))[:count]:
        good = int(item.conversation[1:]) % 2
        shop.reviews.submit(builders.review(item.reply_id, tone=2 * good, legal=1))


def test_an_easy_criterion_is_learned_at_once_and_further_labels_bring_nothing(shop, monkeypatch):
    monkeypatch.setattr(label_worth, "REPEATS", 3)
    label(shop, 119)
    worth = label_worth.measure(shop)
    assert set(worth.curves) == {"tone"}  # the other criterion has one level only
    assert worth.curves["tone"].measured[-1].n == 119
    assert worth.curves["tone"].measured[-1].value > 0.6  # two of two levels right, the third never occurs
    assert worth.advice.code == "stop"
    assert label_worth.remembered(shop) == worth
    assert label_worth.current(shop) == worth  # nothing new: not measured again


def test_few_labels_are_told_apart_from_none(shop):
    assert label_worth.remembered(shop) is None
    label(shop, 30)
    worth = label_worth.measure(shop)
    assert worth.curves == {}
    assert worth.advice.code == "too_few"
    assert worth.labels == 30


def test_what_a_later_release_kept_is_measured_again(shop):
    shop.set_fact(label_worth.FACT, '{"labels": 3, "curves": {"tone": {"shape": "unknown"}}}')
    assert label_worth.remembered(shop) is None


def test_nobody_is_told_to_label_more_than_there_is(shop, monkeypatch):
    monkeypatch.setattr(label_worth, "REPEATS", 3)
    label(shop, 110)
    worth = label_worth.measure(shop)
    assert (worth.left, worth.advice.batch) == (10, 10)
    assert "10 more labels" in worth.advice.sentence()
    label(shop, 120)
    done = label_worth.remembered(shop)
    assert (done.left, done.advice.code) == (0, "all_labelled")
    assert "nothing is left to label" in done.advice.sentence()
    builders.add(shop, [builders.message(n, "more") for n in range(1, 201)])
    assert label_worth.remembered(shop).advice.batch == 50
