"""What moved: counted by hand on a few replies, and silent where there is nothing to compare."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.jobs.what_moved import what_moved
from tests import builders
from tests.builders import dialogues

GOOD, FAIR, BAD = [0.0, 0.1, 0.9], [0.1, 0.8, 0.1], [0.9, 0.1, 0.0]
LEGAL = [0.02, 0.98]
EVEN = [1 / 3, 1 / 3, 1 / 3]


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues(6, 6))
    yield made
    made.close()


def score(workspace, key, ids, tones):
    version = workspace.scores.register_version(key, 1)
    workspace.scores.write(version, ids, np.array([[*tone, *LEGAL] for tone in tones]))


def test_levels_lines_senders_and_movers_are_counted(workspace):
    ids = workspace.conversations.all_reply_ids()[:5]
    score(workspace, "one", ids, [GOOD, GOOD, BAD, FAIR, EVEN])
    score(workspace, "two", ids[:4], [GOOD, BAD, GOOD, GOOD])
    moved = what_moved(workspace, "two")
    assert (moved.before, moved.after, moved.compared) == ("one", "two", 4)
    assert moved.better == {"tone": 2, "legal": 0}
    assert moved.worse == {"tone": 1, "legal": 0}
    first, second = (workspace.scores.scores_of(workspace.scores.version_id(k), ids) for k in ("one", "two"))
    line = workspace.scorecards.current().pass_line
    up = [i for i in ids[:4] if first[i].quality < line <= second[i].quality]
    down = [i for i in ids[:4] if second[i].quality < line <= first[i].quality]
    assert (moved.now_passing, moved.now_failing) == (len(up), len(down))
    assert down == [ids[1]]
    assert sum(n for _, n in moved.failing_by_sender) == 1
    assert {m.reply_id for m in moved.movers} == set(ids[1:4])  # the one that stayed is no mover
    names = workspace.conversations.source_ids(ids)
    assert [(m.conversation, m.message) for m in moved.movers] == [names[m.reply_id] for m in moved.movers]
    steps = [abs(m.after - m.before) for m in moved.movers]
    assert steps == sorted(steps, reverse=True)
    assert moved.movers[0].before == pytest.approx(first[moved.movers[0].reply_id].quality, abs=1e-4)


def test_a_version_without_opinion_moves_nothing(workspace):
    ids = workspace.conversations.all_reply_ids()[:2]
    score(workspace, "one", ids, [EVEN, EVEN])
    score(workspace, "two", ids, [GOOD, BAD])
    moved = what_moved(workspace, "two")
    assert moved.better["tone"] == moved.worse["tone"] == 0


def test_nothing_to_compare_says_nothing(workspace):
    ids = workspace.conversations.all_reply_ids()[:4]
    assert what_moved(workspace, "never") is None
    score(workspace, "one", ids[:2], [GOOD, GOOD])
    assert what_moved(workspace, "one") is None
    score(workspace, "two", ids[2:], [GOOD, GOOD])
    assert what_moved(workspace, "two") is None  # other replies


def test_any_two_versions_can_be_named(workspace):
    ids = workspace.conversations.all_reply_ids()[:2]
    for key, tones in (("one", [GOOD, GOOD]), ("two", [BAD, BAD]), ("three", [GOOD, GOOD])):
        score(workspace, key, ids, tones)
    assert what_moved(workspace, "three").better["tone"] == 2
    assert what_moved(workspace, "three", "one").better["tone"] == 0


def test_parts_say_where_the_mean_score_went(tmp_path):
    space = builders.workspace(tmp_path / "many", *dialogues(24, 4))  # two replies each, web and app in turn
    ids = space.conversations.all_reply_ids()
    places = space.conversations.places(ids)
    web = [places[i].channel == "web" for i in ids]
    score(space, "one", ids, [FAIR for _ in ids])
    score(space, "two", ids, [GOOD if on_web else FAIR for on_web in web])
    first, second = (space.scores.scores_of(space.scores.version_id(key), ids) for key in ("one", "two"))
    moved = what_moved(space, "two")
    parts = {(p.dimension, p.part): p for p in moved.parts}
    found = parts["channel", "web"]
    on_web = [i for i, yes in zip(ids, web, strict=True) if yes]
    assert found.replies == len(on_web) == 24
    assert found.before == pytest.approx(np.mean([first[i].quality for i in on_web]), abs=1e-4)
    assert found.after == pytest.approx(np.mean([second[i].quality for i in on_web]), abs=1e-4)
    assert parts["channel", "app"].after == pytest.approx(parts["channel", "app"].before)
    assert [p.part for p in moved.parts if p.dimension == "channel"] == ["web", "app"]
    weeks = [p for p in moved.parts if p.dimension == "week"]
    assert all(np.datetime64(p.part).astype("datetime64[D]").item().weekday() == 0 for p in weeks)
    assert sum(p.replies for p in weeks) <= len(ids)
    assert all(p.replies >= 10 for p in moved.parts)
    assert not [p for p in moved.parts if p.dimension == "topic"]  # none was found yet
    space.close()
