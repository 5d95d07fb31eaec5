"""“People disagree here” beside “the model is unsure”: two things, both shown, each with an order of the queue."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from csqm_desktop.jobs import review_queue
from csqm_desktop.selection import Pool, select
from tests.ui.review import review_shop

pytestmark = pytest.mark.gui


def known(shop, ids, bytes_):
    version = shop.scores.version_id(review_shop.VERSION)
    probabilities = shop.queue_pool.probabilities(version, ids)
    shop.scores.write(version, ids, probabilities, np.asarray(bytes_, dtype=np.uint8))


def test_a_criterion_shows_both_and_points_out_a_split(shop, show_page):
    first, second = shop.conversations.all_reply_ids()[:2]
    known(shop, [first], [[128, 13, 0, 0, 0, 0]])
    page = show_page(shop)
    page.session.open_reply(first)
    QApplication.processEvents()
    split, agreed = page.scorecard.form.rows[:2]
    assert (split.people.text(), agreed.people.text()) == ("50%", "5%")
    assert split.people.property("tone") == "ok"
    assert "People would disagree here: two reviewers" in split.people.toolTip()
    assert "People would mostly agree" in agreed.people.accessibleName()
    assert split.confidence.isVisible()
    legend = page.scorecard.form.legend
    assert [w.text() for w in (legend.share, legend.people, legend.model) if w.isVisible()] == [
        "share of score", "people may differ", "model is sure",
    ]  # fmt: skip
    page.session.open_reply(second)  # scored by an older release: nothing is claimed
    assert not page.scorecard.form.rows[0].people.isVisible()
    assert not legend.people.isVisible()
    assert legend.model.isVisible()


def test_the_queue_can_begin_where_people_will_disagree(shop):
    ids = [item.reply_id for item in review_queue.next_items(shop, 6, "least_confidence")]
    known(shop, ids[:3], [[10, 0, 0, 0, 0, 0], [0, 0, 150, 0, 0, 0], [90, 0, 0, 0, 0, 0]])
    chosen = review_queue.next_items(shop, 3, "people")
    assert [item.reply_id for item in chosen if item.shown.reason == "people_differ"] == [ids[1], ids[2], ids[0]]
    assert chosen[0].shown.detail == {"criterion": "solution", "chance": round(150 / 255, 4)}


def test_without_any_such_score_the_order_is_that_of_the_widest_opinion():
    chances = np.array([[0.9, 0.1], [0.5, 0.5], [0.7, 0.3]])
    pool = Pool.of([1, 2, 3], chances, {"tone": slice(0, 2)})
    assert [c.reason for c in select("people", pool, 3)] == ["spread_out"] * 3
    assert [c.reply_id for c in select("people", pool, 3)] == [2, 3, 1]
