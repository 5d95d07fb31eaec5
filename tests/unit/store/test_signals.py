"""Signals are kept, go out of date with their conversation, and narrow trends down."""

from __future__ import annotations

import pytest

from csqm_desktop.domain.conversation import Role
from csqm_desktop.jobs.read_trend import read_trend
from csqm_desktop.jobs.refresh_signals import refresh_signals
from csqm_desktop.store.aggregates import Filters
from tests import builders
from tests.builders import message


def talk(conversation: str, *texts: str):
    roles = (Role.CUSTOMER, Role.AGENT)
    return [
        message(i, conversation, role=roles[(i + 1) % 2], text=text, sender=roles[(i + 1) % 2].value)
        for i, text in enumerate(texts, start=1)
    ]


@pytest.fixture
def shop(tmp_path):
    made = builders.workspace(
        tmp_path / "w", *talk("happy", "where is it", "on its way", "thanks"), *talk("open", "where is it", "no idea")
    )
    builders.fake_version(made)
    builders.random_scores(made)
    yield made
    made.close()


def signals(shop, conversation: str):
    number = shop.conversations.find([(conversation, "1")])[conversation, "1"]
    return shop.signals.get(shop.conversations.of_reply(number).id)


def test_only_what_is_new_or_changed_is_read_again(shop):
    assert signals(shop, "happy") is None
    assert refresh_signals(shop) == 2
    assert refresh_signals(shop) == 0
    assert shop.signals.counts()["conversations"] == 2
    assert not signals(shop, "happy").unresolved
    builders.add(shop, [message(4, "happy", role=Role.AGENT, text="bye"), message(5, "happy", text="this is useless")])
    assert refresh_signals(shop) == 1
    assert signals(shop, "happy").unresolved
    builders.add(shop, [message(5, "happy", text="thanks a lot")])  # another text under the same id
    assert refresh_signals(shop) == 1
    assert not signals(shop, "happy").unresolved


def test_trends_are_grouped_and_filtered_by_a_signal_without_being_asked_to_read_first(shop):
    builders.add(shop, [message(3, "open", text="useless, I will complain")])
    builders.random_scores(shop)  # what the customer wrote made the reply's score stale
    trend = read_trend(shop, "month", group_by="unresolved")
    assert {(p.group, p.n) for p in trend.points} == {("no", 1), ("yes", 1)}
    trend = read_trend(shop, "month", group_by="all", filters=Filters({"unresolved": "yes"}))
    assert [p.n for p in trend.points] == [1]


def test_waits_are_listed_in_order(shop):
    refresh_signals(shop)
    assert shop.signals.response_seconds() == [60.0, 60.0]
