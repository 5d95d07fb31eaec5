"""The whole page, driven by real keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.review import Review, ReviewSource, Verdict
from csqm_desktop.domain.scorecard import Criterion, Level, LocalizedText, Scorecard
from csqm_desktop.store.workspace import Workspace
from tests.ui.review import review_shop

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CRITERIA = 6
BEST = ("3", "3", "3", "3", "2", "3")  # understanding … sentiment: the best level of each

pytestmark = pytest.mark.gui


def live(page, reply: int) -> Review:
    page.session.writer.flush()
    return page.session.workspace.reviews.live(reply, "Ann")[0].review


def in_hand(page) -> int:
    assert page.session.item is not None
    return page.session.item.reply_id


def counts(page) -> dict[Verdict, int]:
    page.session.writer.flush()
    return page.session.workspace.reviews.counts()


def tab(page, kind) -> int:
    return page.queue.tabs[kind].count


# -- the everyday flow


def test_thirty_replies_without_the_mouse(page, press):
    seen = []
    for number in range(30):
        seen.append(in_hand(page))
        if number % 3 == 0:
            press(*BEST, Key.Key_Return)
        elif number % 3 == 1:
            press("a")
        else:
            press(Key.Key_Down, Key.Key_Down, "2", "a")
    assert len(set(seen)) == 30
    assert counts(page)[Verdict.SCORED] == 30
    assert tab(page, Verdict.SCORED) == 30
    assert tab(page, None) == page.session.overview.replies - 30
    assert page.session.pace.done == 30


def test_digits_set_the_focused_criterion_and_go_down(page, press):
    press("2")
    assert page.session.draft.positions == {"understanding": 1}
    assert page.session.draft.focus == 1
    press(Key.Key_Down, "0")
    assert page.session.draft.positions["solution"] == -1
    press(Key.Key_Up, Key.Key_Up, "3")
    assert page.session.draft.positions["correctness"] == 2
    rows = page.scorecard.form.rows
    assert [r.position for r in rows[:3]] == [1, 2, -1]
    assert [r.focused for r in rows] == [False, False, True, False, False, False]


def test_the_keypad_counts_as_digits(page):
    QTest.keyClick(page, Key.Key_2, Qt.KeyboardModifier.KeypadModifier)
    assert page.session.draft.positions == {"understanding": 1}


def test_a_digit_without_a_level_says_so(page, press):
    press("5")
    assert page.session.draft.positions == {}
    assert "3 levels" in page.scorecard.hint_text.text()
    press("0")  # understanding always applies
    assert page.session.draft.positions == {}


def test_after_the_last_criterion_digits_change_nothing(page, press):
    press(*BEST)
    before = page.session.draft
    press("1")
    assert page.session.draft == before
    assert not page.scorecard.hint.isHidden()


def test_accept_is_stored_as_accepted(page, press):
    reply, levels = in_hand(page), page.session.suggestion
    press("a")
    review = live(page, reply)
    assert review.source is ReviewSource.ACCEPTED
    assert review.positions == levels
    assert review.shown_id is not None
    assert review.seconds is not None
    assert in_hand(page) != reply


def test_correcting_one_level_and_accepting_the_rest_is_a_persons_verdict(page, press):
    reply, levels = in_hand(page), page.session.suggestion
    other = "1" if levels["understanding"] else "3"
    press(other, "a")
    review = live(page, reply)
    assert review.source is ReviewSource.PERSON
    assert review.positions == levels | {"understanding": int(other) - 1}


def test_enter_waits_until_everything_is_rated(page, press):
    reply = in_hand(page)
    press("3", Key.Key_Down, "3", Key.Key_Return)
    assert in_hand(page) == reply
    assert "Correctness" in page.scorecard.hint_text.text()
    assert page.session.draft.focus == 1  # the first that is missing
    assert counts(page)[Verdict.SCORED] == 0


@pytest.mark.parametrize(
    ("key", "verdict"), [(Key.Key_Space, Verdict.SKIPPED), ("f", Verdict.FLAGGED), ("l", Verdict.LATER)]
)
def test_skip_flag_and_later_are_three_lists(page, press, key, verdict):
    reply = in_hand(page)
    press("3", key)
    assert in_hand(page) != reply
    assert {v: n for v, n in counts(page).items() if n} == {verdict: 1}
    assert {v: tab(page, v) for v in Verdict if tab(page, v)} == {verdict: 1}
    page.session.open_list(verdict)
    assert [e.reply_id for e in page.session.trail.entries] == [reply]
    assert page.session.draft.positions == {"understanding": 2}  # what was entered came along
    page.session.open_list(None)
    page.session.trail.forget_ahead()
    assert reply not in [e.reply_id for e in page.session.trail.entries if e.verdict is None]


def test_a_reply_put_off_can_be_finished_from_its_list(page, press):
    reply = in_hand(page)
    press("l")
    page.session.open_list(Verdict.LATER)
    press("a")
    assert {v: n for v, n in counts(page).items() if n} == {Verdict.SCORED: 1}
    assert page.session.item is None
    assert live(page, reply).verdict is Verdict.SCORED
    assert "empty" in page.empty.state.title.text() or page.empty.state.title.text()


# -- undo and redo


def test_undo_and_redo_across_three_submissions_and_a_skip(page, press):
    first = in_hand(page)
    press(*BEST, Key.Key_Return)
    second = in_hand(page)
    press("1", Key.Key_Space)
    third = in_hand(page)
    press("a")
    fourth = in_hand(page)

    press((Key.Key_Z, CTRL))
    assert in_hand(page) == third
    assert page.session.draft.positions == {}  # as before A
    press((Key.Key_Z, CTRL))
    assert in_hand(page) == second
    assert page.session.draft.positions == {"understanding": 0}
    press((Key.Key_Z, CTRL))
    assert in_hand(page) == first
    assert len(page.session.draft.positions) == CRITERIA
    assert not any(counts(page).values())
    assert tab(page, None) == page.session.overview.replies

    press((Key.Key_Y, CTRL), (Key.Key_Y, CTRL), (Key.Key_Y, CTRL))
    assert in_hand(page) == fourth
    assert {v: n for v, n in counts(page).items() if n} == {Verdict.SCORED: 2, Verdict.SKIPPED: 1}
    assert live(page, second).verdict is Verdict.SKIPPED
    assert live(page, third).source is ReviewSource.ACCEPTED
    assert page.session.workspace.reviews.newest_draft("Ann") is None


def test_undo_takes_back_single_fields_first(page, press):
    press("3", "2", (Key.Key_Z, CTRL))
    assert page.session.draft.positions == {"understanding": 2}
    assert page.session.draft.focus == 1
    press((Key.Key_Z, CTRL), (Key.Key_Z, CTRL))
    assert page.session.draft.positions == {}
    assert "nothing to undo" in page.scorecard.hint_text.text()
    press((Key.Key_Y, CTRL), (Key.Key_Y, CTRL))
    assert page.session.draft.positions == {"understanding": 2, "correctness": 1}


def test_a_new_change_after_undo_cannot_be_overwritten_by_redo(page, press):
    reply = in_hand(page)
    press(*BEST, Key.Key_Return, (Key.Key_Z, CTRL))
    press(Key.Key_Up, "1")
    press((Key.Key_Y, CTRL))
    assert in_hand(page) == reply
    assert page.session.draft.positions["sentiment"] == 0
    press(Key.Key_Return)
    assert live(page, reply).positions["sentiment"] == 0


def test_undoing_a_correction_brings_the_earlier_verdict_back(page, press):
    reply = in_hand(page)
    press(*BEST, Key.Key_Return, Key.Key_Left)
    assert in_hand(page) == reply
    press(Key.Key_Up, Key.Key_Up, Key.Key_Up, "1", Key.Key_Return)
    page.session.focus(0)
    assert live(page, reply).positions["solution"] == 2 or live(page, reply).positions["tone"] == 0
    press((Key.Key_Z, CTRL))
    assert live(page, reply).positions == dict.fromkeys(live(page, reply).positions, 2) | {"compliance": 1}


# -- drafts


def test_moving_away_keeps_the_draft(page, press):
    reply = in_hand(page)
    press("2", Key.Key_Right)
    assert in_hand(page) != reply
    press(Key.Key_Left)
    assert in_hand(page) == reply
    assert page.session.draft.positions == {"understanding": 1}
    page.session.writer.flush()
    stored = page.session.workspace.reviews.draft(reply, "Ann")
    assert stored is not None
    assert stored["positions"] == {"understanding": 1}


def test_a_draft_that_was_emptied_again_is_forgotten(page, press):
    reply = in_hand(page)
    press("2", (Key.Key_Z, CTRL))
    page.session.writer.flush()
    assert page.session.workspace.reviews.draft(reply, "Ann") is None


def test_what_others_write_leaves_the_reply_in_hand(page, press, context):
    reply = in_hand(page)
    press("2")
    other = page.session.trail.entries[3].reply_id
    page.session.workspace.reviews.submit(Review(other, "Bo", Verdict.SKIPPED))
    before = tab(page, None)
    context.announce({"reviews"})
    assert in_hand(page) == reply
    assert page.session.draft.positions == {"understanding": 1}
    assert tab(page, None) == before - 1


# -- text boxes, focus, keys that do nothing


def test_the_comment_box_keeps_its_letters(page, press):
    reply = in_hand(page)
    press("c")
    assert QApplication.focusWidget() is page.scorecard.form.comment
    press("a flag? 1 / later", Key.Key_Return, Key.Key_Space, "g")
    assert in_hand(page) == reply
    assert page.session.draft.comment == "a flag? 1 / later\n g"
    assert page.session.draft.positions == {}
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is page
    press("3")
    assert page.session.draft.positions == {"understanding": 2}


def test_ctrl_enter_submits_from_the_comment_box(page, press):
    reply = in_hand(page)
    press(*BEST, "c", "well done", (Key.Key_Return, CTRL))
    assert live(page, reply).comment == "well done"
    assert in_hand(page) != reply
    assert QApplication.focusWidget() is page
    assert page.scorecard.form.comment.toPlainText() == ""


def test_the_comment_is_undone_as_one_step(page, press):
    press("c", "hello", Key.Key_Escape, (Key.Key_Z, CTRL))
    assert page.session.draft.comment == ""
    assert page.scorecard.form.comment.toPlainText() == ""


def test_backspace_does_nothing(page, press):
    reply = in_hand(page)
    press("2", Key.Key_Backspace, Key.Key_Delete)
    assert in_hand(page) == reply
    assert page.session.draft.positions == {"understanding": 1}
    assert not any(counts(page).values())


def test_a_better_reply_is_kept_with_the_original(page, press):
    reply = in_hand(page)
    press(*BEST)
    page.scorecard.form.better_reply.setFocus()
    press("I am sorry about that.", (Key.Key_Return, CTRL))
    assert live(page, reply).better_reply == "I am sorry about that."


def test_space_presses_a_button_that_tab_has_reached(page, press):
    reply = in_hand(page)
    page.scorecard.form.rows[0].buttons[1].setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Space)
    assert in_hand(page) == reply
    assert page.session.draft.positions == {"understanding": 1}


def test_a_click_on_a_level_leaves_the_keys_with_the_page(page, press):
    button = page.scorecard.form.rows[2].buttons[0]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.session.draft.positions == {"solution": 0}
    assert page.session.draft.focus == 2
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.session.draft.positions == {}
    press(Key.Key_Up, "1")
    assert page.session.draft.positions == {"correctness": 0}


# -- the Chinese input method


def test_no_input_method_reaches_the_item_view(page):
    assert not page.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not page.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    for view in (page.conversation.view, page.queue.view, page.scorecard.area):
        assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    box = page.scorecard.form.comment
    assert box.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert box.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)


def test_keys_work_while_a_composition_event_is_about(page, press):
    event = QInputMethodEvent("shi", [])
    QApplication.sendEvent(page, event)
    assert not event.isAccepted()
    press("3")
    assert page.session.draft.positions == {"understanding": 2}


def test_the_comment_box_composes_chinese(page, press):
    press("c")
    event = QInputMethodEvent()
    event.setCommitString("语气很好")
    QApplication.sendEvent(page.scorecard.form.comment, event)
    assert page.session.draft.comment == "语气很好"


# -- low scores and root causes


def test_a_low_score_opens_the_root_causes(page, press):
    press("3", "3")
    assert page.scorecard.form.causes.isHidden()
    press("1")
    assert not page.scorecard.form.causes.isHidden()
    assert page.scorecard.meter.verdict == "pass"


def test_a_required_root_cause_blocks_until_it_is_given(page, press, context):
    context.change_settings(root_cause_required=True)
    reply = in_hand(page)
    press("1", "1", "1", "1", "1", "1", Key.Key_Return)
    assert in_hand(page) == reply
    assert "root cause" in page.scorecard.hint_text.text()
    assert page.session.at_causes
    press("2", "9", Key.Key_Return)
    assert in_hand(page) != reply
    assert live(page, reply).root_causes == ("handover_missing", "missing_knowledge")


def test_accepting_a_low_score_asks_for_the_cause_too(page, press, context):
    context.change_settings(root_cause_required=True)
    reply = in_hand(page)
    press("1", "a")
    assert in_hand(page) == reply
    assert page.session.at_causes
    press("1", Key.Key_Return)
    assert live(page, reply).root_causes == ("misread_question",)


def test_a_cause_in_the_reviewers_own_words(page, press):
    reply = in_hand(page)
    press("1", "1", "1", "1", "1", "1", "0")
    assert QApplication.focusWidget() is page.scorecard.form.causes.words
    press("hung up; twice", Key.Key_Return)
    assert QApplication.focusWidget() is page
    press(Key.Key_Return)
    assert live(page, reply).root_causes == ("other: hung up； twice",)


def test_a_failed_critical_criterion_is_flagged(page, press):
    press("3", "3", "3", "3", "1")
    assert page.scorecard.meter.verdict == "critical"
    assert page.scorecard.meter.figure.text() == "0"


# -- panels, search, jumping


def test_the_guideline_follows_the_focus(page, press):
    press("g")
    assert page.side.content == "guideline"
    assert page.side.guideline._shown.key == "understanding"
    press("3")
    assert page.side.guideline._shown.key == "correctness"
    press("g")
    assert page.side.content == ""


def test_the_history_shows_what_was_taken_back(page, press):
    press(*BEST, Key.Key_Return, (Key.Key_Z, CTRL), "h")
    assert page.side.content == "history"
    assert [p.retired for p in page.side.history._past] == ["undone"]
    press(Key.Key_Escape)
    assert page.side.content == ""


def test_other_peoples_reviews_stay_hidden_until_the_own_verdict(page, press):
    reply = in_hand(page)
    page.session.workspace.reviews.submit(Review(reply, "Bo", Verdict.SCORED, {"understanding": 0}))
    press("h")
    assert page.side.history._past == []
    press(*BEST, Key.Key_Return, Key.Key_Left)
    assert {p.stored.review.reviewer for p in page.side.history._past} == {"Ann", "Bo"}


def test_the_filter_narrows_the_list_and_esc_leaves_it(page, press):
    everything = page.queue.model.rowCount()
    press("/", "pillow")
    assert 0 < page.queue.model.rowCount() < everything
    press(Key.Key_Escape)
    assert page.queue.model.rowCount() == everything
    assert QApplication.focusWidget() is page


# -- the shell's table


def test_a_rebound_key_takes_effect(page, press, context):
    reply = in_hand(page)
    context.shortcuts.rebind("review.accept", "K")
    press("a")
    assert in_hand(page) == reply
    press("k")
    assert in_hand(page) != reply
    assert page.scorecard.accept._key == "K"
    context.shortcuts.reset()


# -- language, names, empty states


def test_a_language_switch_changes_the_scorecard_too(page, press, context):
    press("2")
    context.translations.apply("zh_CN")
    QApplication.processEvents()
    rows = page.scorecard.form.rows
    assert rows[0].name.text() == "语义理解"
    assert rows[0].buttons[1].text() == "部分理解"
    assert page.session.draft.positions == {"understanding": 1}
    press("g")
    assert page.side.guideline._shown.name.get("zh") == "信息准确"


def test_without_scores_people_label_on_their_own(show_page, press, tmp_path):
    workspace = review_shop.shop(tmp_path / "plain")
    page = show_page(workspace)
    assert page.session.item.stored is None
    assert not page.scorecard.accept.isEnabled()
    assert "every kind of reply" in page.queue.order.text()
    reply = in_hand(page)
    press("a")
    assert "no opinion" in page.scorecard.hint_text.text()
    press(*BEST, Key.Key_Return)
    assert live(page, reply).source is ReviewSource.PERSON
    page.leave()
    workspace.close()


def test_an_empty_workspace_says_what_to_do(show_page, tmp_path, qtbot, context):
    workspace = Workspace.create(tmp_path / "empty", tiny_card())
    page = show_page(workspace)
    assert page.empty.state.title.text() == "Nothing to review yet"
    with qtbot.waitSignal(context.navigation_requested) as asked:
        page.empty.state.action.click()
    assert asked.args[0] == "import"
    workspace.close()


def test_when_everything_is_done_it_says_so(show_page, tmp_path, press):
    workspace = Workspace.create(tmp_path / "two", tiny_card())
    review_shop.add(workspace, chat(4))
    page = show_page(workspace)
    press("2", Key.Key_Return, "l")
    assert page.session.item is None
    assert page.empty.state.title.text() == "Nothing left to review"
    assert "Later" in page.empty.state.action.text()
    press((Key.Key_Z, CTRL))
    assert page.session.item is not None
    workspace.close()


def test_verdicts_of_others_are_not_taken_for_ones_own(show_page, tmp_path, press):
    workspace = Workspace.create(tmp_path / "imported", tiny_card())
    review_shop.add(workspace, chat(4))
    for reply in workspace.conversations.all_reply_ids():
        workspace.reviews.submit(Review(reply, "imported", Verdict.SCORED, {"tone": 1}))
    page = show_page(workspace)
    text = page.empty.state.text.text()
    assert text.startswith("2 replies have verdicts, 0 of them by you")
    assert "Train" in text
    workspace.close()


def test_a_reviewer_without_a_name_is_asked_once(show_page, shop, press, context):
    context.change_settings(reviewer="")
    page = show_page(shop)
    assert page.session.item is None
    assert QApplication.focusWidget() is page.name_card.field
    press("Wei", Key.Key_Return)
    assert context.settings.reviewer == "Wei"
    assert page.session.reviewer == "Wei"
    press("a")
    page.session.writer.flush()
    assert shop.reviews.reviewed_reply_ids()


def test_a_long_conversation_opens_at_the_reply(show_page, tmp_path):
    workspace = Workspace.create(tmp_path / "long", tiny_card())
    review_shop.add(workspace, chat(200))
    target = workspace.conversations.all_reply_ids()[60]
    page = show_page(workspace)
    page.open(target)
    assert in_hand(page) == target
    view = page.conversation.view
    assert view.rect().contains(view.target_rect().toRect())
    assert len(view.shown_lines) < 40


def test_a_removed_reply_gives_way_to_the_next(page, context):
    reply = in_hand(page)
    with page.session.workspace.database.transaction() as connection:
        connection.execute("DELETE FROM messages WHERE id = ?", (reply,))
    context.announce({"conversations"})
    assert in_hand(page) != reply


def tiny_card() -> Scorecard:
    levels = (Level("bad", LocalizedText({"en": "Bad"})), Level("good", LocalizedText({"en": "Good"})))
    tone = Criterion("tone", LocalizedText({"en": "Tone"}), LocalizedText({}), levels, 100.0)
    return Scorecard("tiny", LocalizedText({"en": "Tiny"}), 0.6, (tone,))


def chat(messages: int) -> list[IncomingMessage]:
    start = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
    return [
        IncomingMessage(
            row=i + 1,
            conversation_id="c",
            message_id=f"m{i}",
            sent_at=start + timedelta(minutes=i),
            role=Role.AGENT if i % 2 else Role.CUSTOMER,
            sender="Li" if i % 2 else "Mei",
            text=f"message number {i} " * 8,
        )
        for i in range(messages)
    ]


# -- looking for words


def look_for(page, words: str) -> None:
    page.queue.filter.setText(words)
    assert page.queue.search_button.isVisible()
    page.queue.search_button.click()


def test_words_are_looked_for_in_all_messages(page, press):
    space = page.session.workspace
    connection = space.database.connection()
    text = "这里写着凤梨酥三个字"
    asked, reply = connection.execute(
        "SELECT a.id, b.id FROM messages a JOIN messages b ON b.conversation_id = a.conversation_id AND b.id > a.id"
        " WHERE a.role = 'customer' AND b.is_reply = 1 ORDER BY a.id DESC, b.id LIMIT 1"
    ).fetchone()
    with space.database.transaction() as writing:
        writing.execute("UPDATE messages SET text = ? WHERE id = ?", (text, asked))
    look_for(page, "凤梨")
    assert in_hand(page) == reply
    assert [entry.reply_id for entry in page.session.trail.entries] == [reply]
    assert not any(tab.isChecked() for tab in page.queue.tabs.values())
    assert "凤梨" in page.queue.order.text()
    press(*BEST, Key.Key_Return)
    assert live(page, reply).verdict is Verdict.SCORED
    page.queue.tabs[None].click()
    assert page.session.looked_for == ""
    assert page.queue.tabs[None].isChecked()


def test_nothing_found_says_so_and_leads_back(page):
    look_for(page, "xylophone凤梨")
    assert page.session.item is None
    assert "xylophone" in page.empty.state.title.text()
    page.empty.state.action.click()
    assert page.session.item is not None
