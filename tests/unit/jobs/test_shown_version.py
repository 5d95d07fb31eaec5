"""A new version that has not scored yet does not empty what is shown."""

import pytest

from csqm_desktop.jobs import review_queue
from csqm_desktop.jobs.read_trend import read_trend
from csqm_desktop.jobs.shown_version import ShownVersion, shown_version
from csqm_desktop.registry.versions import VersionStore
from tests import builders
from tests.builders import dialogues, review


@pytest.fixture
def shop(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues())
    yield made
    made.close()


def test_without_a_version_there_is_none(shop):
    assert shown_version(shop) == ShownVersion(None, None, None)
    assert not shown_version(shop).is_before


def test_the_version_before_stands_in_until_the_new_one_has_scored(shop):
    builders.fake_version(shop, "one")
    assert shown_version(shop) == ShownVersion("one", "one", None)
    number = builders.random_scores(shop, "one")
    before = read_trend(shop)
    builders.fake_version(shop, "two")
    builders.fake_version(shop, "three")
    assert shown_version(shop) == ShownVersion("three", "one", number)
    shown = read_trend(shop)
    assert (shown.version, shown.unscored, shown.points) == ("one", "three", before.points)
    newer = builders.random_scores(shop, "three", seed=1)
    assert shown_version(shop) == ShownVersion("three", "three", newer)
    assert read_trend(shop).unscored is None
    assert read_trend(shop).points != before.points


def test_a_version_whose_files_are_gone_shows_nothing(shop):
    builders.fake_version(shop, "one")
    builders.random_scores(shop, "one")
    builders.fake_version(shop, "two")
    store = VersionStore(shop.model_store)
    for path in sorted(store.folder("one").rglob("*"), reverse=True):
        path.unlink()
    store.folder("one").rmdir()
    assert shown_version(shop) == ShownVersion("two", "two", None)


def test_the_queue_still_knows_what_is_worth_a_look(shop):
    builders.fake_version(shop, "one")
    builders.random_scores(shop, "one")
    first = [item.reply_id for item in review_queue.next_items(shop, 3)]
    builders.fake_version(shop, "two")
    items = review_queue.next_items(shop, 3)
    assert [item.reply_id for item in items] == first
    assert all(item.stored is not None and item.stored.stale for item in items)
    shop.reviews.submit(review(first[0]))
    every = [item.reply_id for item in review_queue.next_items(shop, 100)]
    assert len(every) == len(set(every)) == 5  # each open reply once, scored or not
