"""Verdicts are kept, retired instead of overwritten, and become labels."""

import pytest

from csqm_desktop.domain.review import Review, ReviewSource, Verdict
from csqm_desktop.store.reviews import Shown
from tests import builders
from tests.builders import dialogues, review


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues())
    yield made
    made.close()


def test_a_review_reads_back_as_it_was(workspace):
    given = review(2, comment="=1+1 好", better_reply="better", root_causes=("tone", "other"), seconds=3.5)
    workspace.reviews.save_draft(2, "Wang", {"tone": 1})
    number = workspace.reviews.submit(given)
    (stored,) = workspace.reviews.live(2)
    assert stored.id == number
    assert stored.review.positions == {"tone": 2, "legal": 1}
    assert (stored.review.comment, stored.review.better_reply) == ("=1+1 好", "better")
    assert set(stored.review.root_causes) == {"tone", "other"}
    assert stored.quality == 1.0
    assert workspace.reviews.draft(2, "Wang") is None


def test_a_second_review_retires_the_first_and_undo_brings_it_back(workspace):
    first = workspace.reviews.submit(review(2, tone=0))
    second = workspace.reviews.submit(review(2, tone=1))
    assert [s.id for s in workspace.reviews.live(2)] == [second]
    workspace.reviews.take_back(second)
    assert [s.id for s in workspace.reviews.live(2)] == [first]
    workspace.reviews.restore(second)
    assert [s.id for s in workspace.reviews.live(2)] == [second]
    assert len(workspace.reviews.history(2)) == 2


def test_undo_of_the_only_review_leaves_none_and_redo_restores_it(workspace):
    number = workspace.reviews.submit(Review(2, "Wang", Verdict.SKIPPED))
    workspace.reviews.take_back(number)
    assert workspace.reviews.live(2) == []
    assert workspace.reviews.counts()[Verdict.SKIPPED] == 0
    workspace.reviews.restore(number)
    assert workspace.reviews.counts()[Verdict.SKIPPED] == 1


def test_several_reviewers_are_several_opinions(workspace):
    for name, tone in (("a", 0), ("b", 2), ("c", 2)):
        workspace.reviews.submit(review(2, name, tone))
    workspace.reviews.submit(Review(2, "d", Verdict.FLAGGED))
    workspace.reviews.submit(Review(4, "a", Verdict.SCORED, {"tone": -1, "legal": 0}))
    labels = {label.reply_id: label for label in workspace.reviews.labels()}
    assert labels[2].counts == {"tone": (1, 0, 2), "legal": (0, 3)}
    assert labels[4].counts == {"legal": (1, 0)}
    assert labels[2].conversation == "c1"


def test_imported_labels_are_added_once_and_merge_by_criterion(workspace):
    edition = workspace.scorecards.current_id()

    def imported(**positions):
        return [(Review(2, "a", Verdict.SCORED, positions, source=ReviewSource.IMPORTED), edition)]

    assert workspace.reviews.import_labels(imported(tone=1)) == (1, 0, 0)
    assert workspace.reviews.import_labels(imported(tone=1)) == (0, 1, 0)
    assert workspace.reviews.import_labels(imported(legal=1)) == (0, 0, 1)
    assert workspace.reviews.live(2)[0].review.positions == {"tone": 1, "legal": 1}


def test_drafts_survive_and_the_newest_is_found(workspace, monkeypatch):
    clock = iter(range(1000, 2000))
    monkeypatch.setattr("csqm_desktop.store.reviews.now_ms", lambda: next(clock))
    workspace.reviews.save_draft(2, "Wang", {"tone": 1})
    workspace.reviews.save_draft(4, "Wang", {"comment": "半句"})
    workspace.reviews.save_draft(2, "Wang", {"tone": 2})
    assert workspace.reviews.newest_draft("Wang") == 2
    assert workspace.reviews.draft(4, "Wang") == {"comment": "半句"}
    workspace.reviews.drop_draft(2, "Wang")
    assert workspace.reviews.newest_draft("Wang") == 4
    assert workspace.reviews.newest_draft("Nobody") is None


def test_what_was_shown_is_recorded_with_its_reason(workspace):
    number = workspace.reviews.record_shown(2, "Wang", Shown("random", "audit", {"share": 0.1}, 0.1), None)
    row = workspace.database.connection().execute("SELECT * FROM shown_items WHERE id = ?", (number,)).fetchone()
    assert (row["strategy"], row["reason"], row["probability"]) == ("random", "audit", 0.1)
