"""Exactly the chosen view goes out, and the card says what did."""

import json
from hashlib import sha256

import pytest

from csqm_desktop.store.aggregates import Filters
from csqm_desktop.store.clock import day_number
from csqm_desktop.store.export_rows import View
from tests.builders import START


def rows(result):
    return [json.loads(line) for line in result.path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("view", "replies"),
    [
        (View(), 6),
        (View(Filters({"channel": "web"})), 4),
        (View(Filters({"role": "agent"})), 2),
        (View(Filters({"bot_version": "1"}, first_day=day_number(START) + 2)), 2),
        (View(Filters(last_day=day_number(START) + 1)), 2),
        (View(reviewed=True), 2),
        (View(reviewed=False), 4),
        (View(search="TEXT 2"), 3),
        (View(search="%"), 0),
        (View(Filters({"channel": "web"}), reviewed=True, search="4"), 1),
    ],
)
def test_scores_follow_the_view(workspace, export, view, replies):
    assert workspace.export_rows.counts(view, 1).replies == replies
    result = export("scores", "a.jsonl", view=view)
    assert result.rows == 2 * replies
    card = json.loads(result.card.read_text("utf-8"))
    assert card["in"]["replies"] == replies
    assert card["out"]["replies_outside_the_view"] == 6 - replies


def test_one_criterion(export):
    result = export("labels", "a.jsonl", view=View(criterion="tone"))
    assert {row["criterion"] for row in rows(result)} == {"tone"}
    assert result.rows == 5


def test_conversations_of_a_view_are_whole(export):
    result = export("conversations", "a.jsonl", view=View(Filters({"channel": "app"})))
    assert [row["conversation_id"] for row in rows(result)] == ["c2"] * 4
    assert json.loads(result.card.read_text("utf-8"))["in"]["messages"] == 4


def test_the_card_says_what_is_in_it_and_its_hash_verifies(export):
    result = export("labels", "a.json")
    card = json.loads(result.card.read_text("utf-8"))
    assert [f["name"] for f in card["files"]] == ["a.json", "a.json.config.xml"]
    for file in card["files"]:
        data = (result.path.parent / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), sha256(data).hexdigest())
    labels = card["labels"]
    assert labels["levels"]["tone"] == {"tone0": 2, "tone1": 1, "tone2": 2}
    assert labels["verdicts"] == {"scored": 5, "flagged": 1, "skipped": 1}
    assert labels["how_they_came_about"] == {"person": 6, "accepted": 1}
    agreement = card["agreement"]["tone"]
    assert (agreement["replies_with_several_opinions"], agreement["equal_pairs"]) == (2, 0.25)
    assert card["scorecard"] == {"key": "test", "version": 1, "criteria": ["tone", "legal"]}
    text = result.card.with_name("a.json.card.md").read_text("utf-8")
    assert card["files"][0]["sha256"] in text
    assert "krippendorff alpha ordinal" in text


def test_replaced_verdicts_are_counted_as_left_out(workspace, export):
    from tests.builders import review

    workspace.reviews.submit(review(2, "Li", 0, 0))
    card = json.loads(export("labels", "a.csv").card.read_text("utf-8"))
    assert card["out"]["reviews"] == {"taken back or replaced": 1}
