"""Imports are idempotent, ids are derived safely, context is what was said before."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csqm_desktop.domain.conversation import Role
from tests import builders
from tests.builders import START, add, dialogues, message


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w")
    yield made
    made.close()


def texts(workspace, number=1):
    return [m.text for m in workspace.conversations.get(number).messages]


def test_same_rows_again_add_nothing(workspace):
    rows = dialogues()
    assert add(workspace, rows)[1].added == 12
    _, again = add(workspace, rows)
    assert (again.added, again.unchanged, again.updated) == (0, 12, 0)


def test_without_ids_an_overlapping_export_adds_only_what_is_new(workspace):
    rows = [message(i, message_id="") for i in range(1, 7)]
    add(workspace, rows[:4])
    _, counts = add(workspace, rows[2:])
    assert (counts.added, counts.unchanged) == (2, 2)
    assert texts(workspace) == [f"text {i}" for i in range(1, 7)]
    assert [m.source_id for m in workspace.conversations.get(1).messages] == ["1", "2", "3", "4", "5", "6"]


def test_two_equal_messages_without_ids_are_two(workspace):
    same = message(1, message_id="")
    assert add(workspace, [same, same])[1].added == 2
    assert add(workspace, [same, same])[1].unchanged == 2


@pytest.mark.parametrize("apart", [False, True])
def test_a_derived_id_gives_way_to_the_same_id_of_the_source(workspace, apart):
    derived, own = message(1, message_id=""), message(2, message_id="1")
    if apart:
        add(workspace, [derived])
        add(workspace, [own])
    else:
        add(workspace, [derived, own])
    assert sorted(texts(workspace)) == ["text 1", "text 2"]
    assert add(workspace, [derived, own])[1].unchanged == 2


def numbered(rows):
    """Rows as our own exports give them: each with its position for an id."""
    return [replace(row, message_id=str(place)) for place, row in enumerate(rows, 1)]


def test_positions_in_our_own_export_are_the_messages_without_ids(workspace):
    rows = [message(i, message_id="") for i in (1, 2, 2, 3)]
    add(workspace, rows)
    for _ in range(2):
        assert add(workspace, numbered(rows))[1].unchanged == 4
    assert add(workspace, rows)[1].unchanged == 4
    assert texts(workspace) == ["text 1", "text 2", "text 2", "text 3"]


def test_messages_that_an_export_brought_are_known_when_their_source_comes(workspace):
    rows = [message(i, message_id="") for i in (1, 2, 2)]
    add(workspace, numbered(rows))
    for _ in range(2):
        assert add(workspace, rows)[1].unchanged == 3
    assert add(workspace, [*rows, rows[2]])[1].added == 1


@pytest.mark.parametrize("own_id", ["", "m1"])
def test_a_format_with_fewer_facts_takes_none_away(workspace, own_id):
    full = message(1, message_id=own_id, intent="refund", sender="Ann", attachments=("a.png",))
    add(workspace, [full])
    fewer = replace(full, message_id=own_id or "1", intent="", attachments=())
    assert add(workspace, [fewer])[1].unchanged == 1
    assert workspace.conversations.get(1).messages[0].intent == "refund"
    assert add(workspace, [full])[1].unchanged == 1


def test_another_fact_of_a_message_with_an_id_replaces_the_one_before(workspace):
    add(workspace, [message(1, intent="refund")])
    assert add(workspace, [message(1, intent="delivery")])[1].updated == 1
    assert add(workspace, [message(1, intent="delivery", private=True)])[1].updated == 1


def test_positions_that_have_moved_neither_add_nor_overwrite(workspace):
    derived, own = message(1, message_id=""), message(2, message_id="1")
    add(workspace, [derived])
    before = numbered([derived])
    add(workspace, [own])  # which takes the position
    assert add(workspace, before)[1].unchanged == 1
    after = [own, replace(derived, message_id="2")]
    assert add(workspace, after)[1].unchanged == 2
    assert sorted(texts(workspace)) == ["text 1", "text 2"]


def test_other_messages_with_small_numbers_for_ids_are_new(workspace):
    rows = [message(i, message_id="") for i in (1, 2)]
    add(workspace, rows)
    own = [message(3, message_id="1"), message(4, message_id="2"), message(1, message_id="m1")]
    assert add(workspace, own)[1].added == 3
    assert add(workspace, [*own, *rows])[1].unchanged == 5


def test_more_of_the_same_content_than_was_there_is_new(workspace):
    row = message(1, message_id="")
    add(workspace, [row, row])
    assert add(workspace, numbered([row] * 3))[1].added == 1


def test_within_an_import_a_row_with_an_id_and_one_without_are_two(workspace):
    rows = [message(1, message_id=""), message(1, message_id="1")]
    batch = workspace.batches.start(None, Path("f.csv"), "csv", "utf-8", {})
    writer = workspace.writer(batch)
    assert [writer.write([row]).added for row in rows] == [1, 1]
    assert add(workspace, rows)[1].unchanged == 2


def test_changed_text_updates_and_drops_the_scores_it_concerns(workspace):
    rows = [message(i) for i in range(1, 11)]
    add(workspace, rows)
    version = builders.random_scores(workspace)
    batch, counts = add(workspace, [replace(rows[5], text="corrected")])
    assert counts.updated == 1
    # 4 heard it as the answer, 6 is it, 8 and 10 were said after it; 2 was over before
    assert {i for ids, _ in workspace.scores.read_all(version) for i in ids} == {2}
    workspace.batches.roll_back(batch, "cancelled")
    assert texts(workspace)[5] == "text 6"


def test_roll_back_leaves_nothing_but_what_people_reviewed(workspace):
    add(workspace, [message(1), message(2)])
    batch, _ = add(workspace, dialogues(4, 6))
    builders.random_scores(workspace)
    reply = workspace.conversations.find([("c4", "2")])["c4", "2"]
    workspace.reviews.submit(builders.review(reply))
    workspace.batches.roll_back(batch, "cancelled")
    assert workspace.conversations.totals().messages == 3
    assert workspace.reviews.live(reply)
    version = workspace.scores.version_id("v1")
    assert sum(d.n for d in workspace.aggregates.model_daily(version)) == workspace.scores.count(version)
    assert workspace.database.integrity_problems() == []


def test_context_is_what_was_said_before_without_private_notes(workspace):
    rows = [message(1), message(2, private=True), message(3), message(4)]
    add(workspace, rows)
    (reply,) = workspace.conversations.reply_inputs([4])
    assert [turn.text for turn in reply.context] == ["text 1", "text 3"]
    assert reply.seconds_waited == 60
    assert workspace.conversations.all_reply_ids() == [4]


def test_what_follows_a_reply_ends_with_the_shops_answer_to_the_reaction(workspace):
    roles = [Role.CUSTOMER, Role.AGENT, Role.BOT, Role.CUSTOMER, Role.CUSTOMER, Role.AGENT, Role.CUSTOMER, Role.AGENT]
    add(workspace, [message(i, role=role) for i, role in enumerate(roles, 1)])
    ids = [workspace.conversations.find([("c1", str(i))])["c1", str(i)] for i in (2, 3, 6, 8)]
    first, second, third, last = workspace.conversations.reply_inputs(ids)
    assert [turn.text for turn in first.following] == [f"text {i}" for i in (3, 4, 5, 6)]
    assert [turn.text for turn in second.following] == [f"text {i}" for i in (4, 5, 6)]
    assert (first.continued, second.continued, third.continued) == (True, True, False)
    assert [turn.text for turn in third.following] == ["text 7", "text 8"]
    assert last.following == ()


def scored(workspace, version: int) -> set[str]:
    ids = [i for found, _ in workspace.scores.read_all(version) for i in found]
    return {source for _, source in workspace.conversations.source_ids(ids).values()}


def test_a_reaction_makes_only_the_scores_stale_whose_window_it_falls_in(workspace):
    rows = [message(i) for i in range(1, 11)]  # customer and shop in turn; replies are the even ones
    add(workspace, rows[:6])
    version = builders.random_scores(workspace)
    assert scored(workspace, version) == {"2", "4", "6"}
    add(workspace, rows[6:7])
    # 6 hears the reaction, and 4, answered by 6, that the customer goes on
    assert scored(workspace, version) == {"2"}
    add(workspace, rows[7:])
    assert scored(workspace, version) == {"2"}  # nothing more can change what was said about it


def test_private_notes_and_undo_keep_scores_true(workspace):
    rows = [message(i) for i in range(1, 5)]
    add(workspace, rows[:2])
    version = builders.random_scores(workspace)
    batch, _ = add(workspace, rows[2:3])
    assert scored(workspace, version) == set()
    builders.random_scores(workspace)
    workspace.batches.roll_back(batch, "cancelled")
    assert scored(workspace, version) == set()  # the reaction it was scored with is gone


def test_order_is_by_time_whatever_the_order_of_the_file(workspace):
    add(workspace, [message(i, sent_at=START - timedelta(minutes=i)) for i in range(1, 5)])
    assert texts(workspace) == ["text 4", "text 3", "text 2", "text 1"]


def test_late_facts_of_a_conversation_are_filled_in(workspace):
    add(workspace, [message(1), message(2, rating=2.0, product="lamp")])
    add(workspace, [message(3, rating=5.0, product="chair")])
    conversation = workspace.conversations.get(1)
    assert (conversation.rating, conversation.product) == (5.0, "lamp")


def test_bot_versions_are_noted_with_their_first_day(workspace):
    add(workspace, [message(2, role=Role.BOT, bot_version="2", sent_at=START + timedelta(days=3))])
    add(workspace, [message(4, role=Role.BOT, bot_version="2", sent_at=START)])
    (release,) = workspace.aggregates.bot_releases()
    assert (release["version"], release["first_day"]) == ("2", (START.date() - START.date().fromordinal(719163)).days)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "1", "2", "3"]), st.sampled_from("xyz"))), st.data()
)
def test_any_split_of_a_file_stores_the_same(tmp_path_factory, rows, data):
    """Reading a file in one go, in pieces, or twice gives the same messages."""
    seen = set()
    messages = []
    for number, (conversation, identifier, body) in enumerate(rows):
        if identifier and (conversation, identifier) in seen:
            continue  # importers refuse these
        seen.add((conversation, identifier))
        messages.append(message(number, conversation, message_id=identifier, text=body, sent_at=START))
    cut = data.draw(st.integers(0, len(messages)))

    def stored(*parts):
        made = builders.workspace(tmp_path_factory.mktemp("split") / "w")
        for part in parts:
            if part:
                add(made, part)
        found = sorted(
            (c.source_id, m.text, m.sent_at)
            for i in range(1, made.conversations.totals().conversations + 1)
            if (c := made.conversations.get(i))
            for m in c.messages
        )
        made.close()
        return found

    whole = stored(messages)
    assert len(whole) == len(messages)
    assert stored(messages, messages) == whole
    if all(m.message_id for m in messages) or cut == 0:
        assert stored(messages[:cut], messages[cut:]) == whole
