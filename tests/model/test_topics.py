"""Topics of a workspace, from the vectors that reading its openings left in the cache."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SilentContext
from csqm_desktop.jobs.find_topics import FindTopics
from csqm_desktop.jobs.read_trend import read_trend
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.cache_place import cache_folder
from csqm_desktop.scoring.encoding import text_digest
from csqm_desktop.scoring.vector_cache import VectorCache
from tests import builders
from tests.builders import message

KINDS = ("refund", "parcel", "invoice", "charger", "coupon", "size")


@pytest.fixture
def shop(tmp_path, base, monkeypatch):
    monkeypatch.setenv("CSQM_MODEL_STORE", str(base.parent))
    lines = [
        line
        for i in range(60)
        for line in (
            message(1, f"c{i}", text=f"my {KINDS[i % 6]} question {i}"),
            message(2, f"c{i}", role=Role.AGENT, text="let me look"),
        )
    ]
    made = builders.workspace(tmp_path / "w", *lines)
    builders.fake_version(made)
    builders.random_scores(made)
    yield made
    made.close()


def read_openings(shop, count: int) -> None:
    info = base_model.describe(Versions(shop).base())
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(len(KINDS), info.hidden_size))
    with VectorCache(cache_folder(Versions(shop).cache(), info), info.hidden_size) as cache:
        texts = [f"my {KINDS[i % 6]} question {i}" for i in range(count)]
        noise = rng.normal(scale=0.1, size=(count, info.hidden_size))
        cache.add([text_digest(t) for t in texts], (centres[np.arange(count) % 6] + noise).astype(np.float32))


def test_topics_are_found_renamed_and_new_conversations_join(shop):
    read_openings(shop, 54)
    result = FindTopics(shop).run(SilentContext())
    assert (result.topics, result.assigned, result.unread) == (6, 54, 6)
    assert sorted(t.name for t in shop.topics.all()) == sorted(KINDS)
    first = shop.topics.all()[0]
    shop.topics.rename(first.id, "Money")
    read_openings(shop, 60)
    again = FindTopics(shop, anew=False).run(SilentContext())
    assert (again.topics, again.assigned, again.unread) == (6, 6, 0)
    found = {t.name: t.conversations for t in shop.topics.all()}
    assert found == {**dict.fromkeys({*KINDS, "Money"} - {first.name}, 10)}
    groups = {p.group: p.n for p in read_trend(shop, "month", group_by="topic").points}
    assert groups == found


def test_without_enough_openings_it_says_so(shop):
    read_openings(shop, 10)
    with pytest.raises(CsqmError, match="10") as caught:
        FindTopics(shop).run(SilentContext())
    assert caught.value.code == "too_few_openings"
