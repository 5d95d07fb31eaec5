"""Scores, the queue's order, and rollups that always equal the rows behind them."""

import numpy as np
import pytest

from csqm_desktop.store.aggregates import Filters
from tests import builders
from tests.builders import dialogues, review


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues(6, 6))
    yield made
    made.close()


def totals(daily):
    return {(d.day, d.role, d.group): (d.n, round(d.total, 6), round(d.total_squared, 6), d.below_line) for d in daily}


def test_queue_is_in_order_of_doubt_without_what_is_reviewed(workspace):
    version = builders.random_scores(workspace)
    ids, probabilities = workspace.scores.unreviewed(version)
    confidence = workspace.scores.columns(version).figures(probabilities).confidence
    assert list(confidence) == sorted(confidence)
    workspace.reviews.submit(review(ids[0]))
    assert workspace.scores.unreviewed(version, 3)[0] == ids[1:4]
    assert workspace.scores.unreviewed(version, 2, exclude=[ids[1]])[0] == ids[2:4]


def test_what_people_would_say_is_kept_beside_what_the_majority_would(workspace):
    version = workspace.scores.register_version("v1", workspace.scorecards.current_id())
    ids = workspace.conversations.all_reply_ids()
    same = np.tile([0.2, 0.3, 0.5, 0.1, 0.9], (2, 1))
    workspace.scores.write(version, ids[:2], same, np.array([[102, 0], [0, 255]], dtype=np.uint8))
    workspace.scores.write(version, ids[2:4], same)  # by an older release
    assert workspace.scores.disagreements(version, ids) == {
        ids[0]: {"tone": pytest.approx(0.4), "legal": 0.0}, ids[1]: {"tone": 0.0, "legal": 1.0},
    }  # fmt: skip
    assert workspace.scores.get(ids[0], "v1").disagreement == {"tone": pytest.approx(0.4), "legal": 0.0}
    assert workspace.scores.get(ids[2], "v1").disagreement == {}
    workspace.scores.write(version, [999, ids[1]], same, np.array([[9, 9], [51, 0]], dtype=np.uint8))  # one is gone
    assert workspace.scores.disagreements(version, [ids[1]])[ids[1]]["tone"] == pytest.approx(0.2)


@pytest.mark.parametrize("group", ["all", "role", "channel", "sender", "bot_version"])
@pytest.mark.parametrize("criterion", [None, "tone", "legal"])
def test_rollups_equal_the_rows_behind_them(workspace, group, criterion):
    version = builders.random_scores(workspace)
    ids = workspace.conversations.all_reply_ids()
    workspace.scores.write(version, ids[:5], np.tile([0.2, 0.3, 0.5, 0.1, 0.9], (5, 1)))  # replaced
    workspace.scores.forget(ids[5:8])
    workspace.scores.write(version, ids[8:10], np.tile([1 / 3, 1 / 3, 1 / 3, 0.1, 0.9], (2, 1)))  # no opinion on tone
    rollup = workspace.aggregates.model_daily(version, criterion, group)
    rows = workspace.aggregates._model_daily_from_rows(version, criterion, group, Filters())
    by_hand = {k: v for k, v in totals(rows).items() if group in ("all", "role") or k[2]}
    assert {k: v for k, v in totals(rollup).items() if v[0]} == by_hand
    before = totals(rollup)
    workspace.scores.rebuild_rollups(version)
    assert totals(workspace.aggregates.model_daily(version, criterion, group)) == before


def test_filters_narrow_and_several_fields_work(workspace):
    version = builders.random_scores(workspace)
    every = sum(d.n for d in workspace.aggregates.model_daily(version))
    web = sum(d.n for d in workspace.aggregates.model_daily(version, filters=Filters({"channel": "web"})))
    app = sum(d.n for d in workspace.aggregates.model_daily(version, filters=Filters({"channel": "app"})))
    assert web + app == every == 18
    both = Filters({"channel": "web", "role": "bot", "sender": "Li"})
    assert sum(d.n for d in workspace.aggregates.model_daily(version, filters=both)) == web
    assert len(workspace.aggregates.replies(version, both)) == web


def test_a_drill_down_reads_on_by_key(workspace):
    version = builders.random_scores(workspace)
    first = workspace.aggregates.replies(version, Filters(), limit=10)
    rest = workspace.aggregates.replies(version, Filters(), limit=10, after=(first[-1].quality, first[-1].reply_id))
    rows = first + rest
    assert [r.quality for r in rows] == sorted(r.quality for r in rows)
    assert len({r.reply_id for r in rows}) == 18


def test_a_newer_version_makes_old_scores_stale_not_gone(workspace):
    builders.random_scores(workspace, "v1")
    assert workspace.scores.get(2, "v1").stale is False
    old = workspace.scores.get(2, "v2")
    assert (old.stale, old.score.version) == (True, "v1")
    builders.random_scores(workspace, "v2", seed=1)
    assert workspace.scores.get(2, "v2").stale is False
    assert workspace.scores.get(2, "v1").score == old.score  # going back gives the same figures, bit for bit


def test_deleted_replies_are_passed_over(workspace):
    version = workspace.scores.register_version("v1", 1)
    workspace.scores.write(version, [2, 999], np.tile([0.2, 0.3, 0.5, 0.1, 0.9], (2, 1)))
    assert workspace.scores.count(version) == 1
    assert len(workspace.scores.unscored(version)) == 17


def test_people_count_each_reply_once(workspace):
    workspace.reviews.submit(review(2, "a", tone=0))
    workspace.reviews.submit(review(2, "b", tone=2))
    (day,) = workspace.aggregates.human_daily()
    assert (day.n, day.total) == (1, 0.75)
    (day,) = workspace.aggregates.human_daily("tone")
    assert (day.n, day.total) == (1, 0.5)


def test_changes_of_an_input_are_counted_for_what_was_made_from_it(workspace):
    count, changed = workspace.scores.changed_inputs()
    assert (count, changed.shape) == (0, (0, 2))
    workspace.scores.forget([4, 6])
    workspace.scores.forget([4])
    count, changed = workspace.scores.changed_inputs()
    assert count == 3
    assert {tuple(row) for row in changed.tolist()} == {(4, 3), (6, 2)}


def test_a_block_of_scores_is_what_single_writes_are(workspace):
    from csqm_desktop.domain.score_columns import pack

    ids = workspace.conversations.all_reply_ids()
    rng = np.random.default_rng(4)
    rows = np.hstack([rng.dirichlet(np.ones(3), len(ids)), rng.dirichlet(np.ones(2), len(ids))])
    one, two = (workspace.scores.register_version(key, 1) for key in ("one", "two"))
    for reply, row in zip(ids, rows, strict=True):
        workspace.scores.write(one, [reply], row[None])
    shuffled = rng.permutation(len(ids))
    workspace.scores.write_packed(
        two, np.array(ids)[shuffled], np.frombuffer(pack(rows[shuffled]), dtype="<u2").reshape(len(ids), -1)
    )
    for group in ("all", "role", "channel", "sender"):
        first, second = (totals(workspace.aggregates.model_daily(v, "tone", group)) for v in (one, two))
        assert first == second
        assert first
    assert workspace.scores.unreviewed(one)[0] == workspace.scores.unreviewed(two)[0]


def test_names_with_marks_and_line_breaks_are_kept_apart_in_the_rollups(tmp_path):
    odd = ["a\x1e", "\x1eb", "c,d", "e\nf", "g\x1fh", "'\"%?1"]
    made = builders.workspace(tmp_path / "w", *dialogues(6, 2))
    with made.database.transaction() as connection:
        for row, name in enumerate(odd):
            connection.execute("UPDATE conversations SET channel = ? WHERE id = ?", (name, row + 1))
            connection.execute("UPDATE messages SET sender = ? || 's' WHERE conversation_id = ?", (name, row + 1))
    version = builders.random_scores(made)
    for group, ending in (("channel", ""), ("sender", "s")):
        found = {d.group: d.n for d in made.aggregates.model_daily(version, None, group)}
        assert found == {name + ending: len(made.conversations.all_reply_ids()) // 6 for name in odd}
    made.close()
