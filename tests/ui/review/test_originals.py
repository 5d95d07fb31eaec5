"""Showing a masked message as it came in: who may, why, for how long, and where the text never goes."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QWidget

pytest.importorskip("sqlcipher3")

from csqm_desktop import rubrics
from csqm_desktop.domain.permissions import PersonRole
from csqm_desktop.jobs import raw_texts
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.registry.versions import ACTIVE_FILE
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.main_window import MainWindow
from csqm_desktop.ui.notices import MessageDialog
from csqm_desktop.ui.review.originals import SHOWN_SECONDS
from csqm_desktop.vault import unlock
from tests.ui.review import review_shop
from tests.unit.jobs.test_backup import rows

pytestmark = pytest.mark.gui
PHONE = "13812345678"
TEXT = f"please call me at {PHONE}"
REASON = "the customer asked to be called back"


@pytest.fixture
def space(tmp_path):
    """An encrypted shop that keeps originals: two conversations, in each a masked message before the reply."""
    keys, key, _code = unlock.new_keys("correct horse battery")
    made = Workspace.create(tmp_path / "shop", rubrics.load("ecommerce"), keys=(keys, key))
    raw_texts.keep_for(made, 7)
    lines = ["conversation_id,message_id,sent_at,role,sender,text"]
    for name in ("a", "b", "c"):
        text = TEXT if name != "c" else "no number here"
        lines.append(f"{name},1,2026-11-01T10:00:00Z,customer,Ann,{text}")
        lines.append(f"{name},2,2026-11-01T10:01:00Z,agent,Shop,we will call you")
    (tmp_path / "chats.csv").write_text("\n".join(lines), encoding="utf-8")
    execute(ImportChats(made, tmp_path / "chats.csv"), SilentContext())
    review_shop.activate(made)
    review_shop.score(made)
    yield made
    made.close()


@pytest.fixture
def page(show_page, space):
    """The reply of the first conversation is in hand."""
    made = show_page(space)
    made.open(2)
    made.setFocus()
    return made


def reveal(page, qtbot, press, reason=REASON):
    press("r")
    answer(page, qtbot, reason)


def answer(page, qtbot, reason=REASON):
    dialog = page.conversation.originals.dialog
    assert not dialog.confirm.isEnabled()
    qtbot.keyClicks(dialog.reason, reason)
    qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)


def on_screen(window: QWidget) -> str:
    """Every text that a label or an accessible description of the window holds."""
    widgets = [window, *window.findChildren(QWidget)]
    labels = [widget.text() for widget in widgets if isinstance(widget, QLabel)]
    return "\n".join([*labels, *(w.accessibleDescription() + w.accessibleName() + w.toolTip() for w in widgets)])


def entries(space):
    rows = space.database.connection().execute("SELECT actor, action, subject, detail FROM audit_log").fetchall()
    return [tuple(row) for row in rows if row[1] in ("reveal", "refused")]


def test_a_key_a_reason_and_a_minute(page, space, qtbot, press):
    originals = page.conversation.originals
    assert originals.button.isVisible()
    reveal(page, qtbot, press)
    assert originals.bar.isVisible()
    assert originals.bar.text.text() == TEXT
    (entry,) = entries(space)
    assert entry[:3] == ("Ann", "reveal", f"message {originals.bar.shows}")
    assert json.loads(entry[3]) == {"reason": REASON}
    assert str(SHOWN_SECONDS) in originals.bar.countdown.text()
    for _ in range(SHOWN_SECONDS - 1):
        originals.bar.tick()
    assert originals.bar.isVisible()
    originals.bar.tick()
    assert not originals.bar.isVisible()
    assert PHONE not in on_screen(page)
    assert len(entries(space)) == 1
    assert space.audit.first_broken() is None


def test_without_a_reason_nothing_is_shown_or_written(page, space, qtbot, press):
    qtbot.mouseClick(page.conversation.originals.button, Qt.MouseButton.LeftButton)
    dialog = page.conversation.originals.dialog
    qtbot.keyClicks(dialog.reason, "  x ")
    assert not dialog.confirm.isEnabled()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Escape)
    assert page.conversation.originals.dialog is None
    assert not page.conversation.originals.bar.isVisible()
    assert entries(space) == []


@pytest.mark.parametrize("way", ["button", "next", "leave the page", "other workspace"])
def test_it_is_gone_with(page, space, context, qtbot, press, way):
    reveal(page, qtbot, press)
    bar = page.conversation.originals.bar
    assert PHONE in on_screen(page)
    if way == "button":
        qtbot.mouseClick(bar.hide_button, Qt.MouseButton.LeftButton)
    elif way == "next":
        press(Qt.Key.Key_Right)
    elif way == "leave the page":
        page.hide()
        page.show()
    else:
        context.use_workspace(None)
    assert not bar.isVisible()
    assert bar.shows is None
    assert PHONE not in on_screen(page)


def test_it_cannot_be_taken_away(page, space, qtbot, press):
    reveal(page, qtbot, press)
    bar = page.conversation.originals.bar
    QGuiApplication.clipboard().setText("before")
    qtbot.mouseDClick(bar.text, Qt.MouseButton.LeftButton)
    qtbot.keyClick(bar.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    press((Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier))
    assert QGuiApplication.clipboard().text() == "before"
    assert bar.text.selectedText() == ""
    page.leave()
    assert PHONE not in str(rows(space))


def test_a_conversation_without_one_offers_none(page, context, qtbot, press):
    page.open(6)
    page.setFocus()
    assert page.session.item.conversation.source_id == "c"
    assert not page.conversation.originals.button.isVisible()
    press("r")
    assert page.conversation.originals.dialog is None
    assert "kept as it came in" in context.notices.history[-1][1]


def test_a_reviewer_is_offered_none_and_refused(show_page, space, context, press, monkeypatch):
    monkeypatch.setattr(MessageDialog, "exec", lambda self: 0)
    for name, role in (("Lee", PersonRole.LEAD), ("Rev", PersonRole.REVIEWER)):
        space.people.add(name, role, f"words of {name}")
    space.people.sign_in("Rev", "words of Rev")
    page = show_page(space)
    page.open(2)
    page.setFocus()
    assert not page.conversation.originals.button.isVisible()
    press("r")
    assert page.conversation.originals.dialog is None
    assert "does not allow this: seeing originals" in context.notices.history[-1][1]
    assert [entry[:3] for entry in entries(space)] == [("Rev", "refused", "reveal")]


def test_what_ends_while_the_dialog_is_open_is_not_shown(page, space, context, qtbot, press, monkeypatch):
    monkeypatch.setattr(MessageDialog, "exec", lambda self: 0)
    press("r")
    dialog = page.conversation.originals.dialog
    assert isinstance(dialog, QDialog)
    raw_texts.end_all(space)
    qtbot.keyClicks(dialog.reason, REASON)
    qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert not page.conversation.originals.bar.isVisible()
    assert "no original" in context.notices.history[-1][1]
    assert entries(space) == []


def test_the_lock_ends_what_is_shown_and_what_is_asked(qtbot, context, space):
    (space.model_store / ACTIVE_FILE).unlink()  # a version without files is enough for the page, not for the window
    space.people.add("Lee", PersonRole.LEAD, "words of Lee")
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    context.use_workspace(space)
    page = window.page("review")
    page.open(2)
    originals = page.conversation.originals
    originals.ask()
    answer(page, qtbot)
    assert PHONE in on_screen(window)
    window.lock.lock()
    assert PHONE not in on_screen(window)
    qtbot.keyClicks(window.lock.screen.form.edit, "words of Lee")
    qtbot.mouseClick(window.lock.screen.confirm, Qt.MouseButton.LeftButton)
    assert not originals.bar.isVisible()
    originals.ask()
    window.lock.lock()
    assert originals.dialog is None
