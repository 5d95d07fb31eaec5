"""What the app says: toasts, questions, errors with what to do, and crashes."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.notices import MessageDialog, Notices, Toast
from csqm_desktop.ui.widgets.buttons import Button


@pytest.fixture
def notices(qtbot) -> Notices:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    result = Notices()
    result.attach(window)
    return result


def _in_dialog(act) -> None:
    """Do something with the dialog that is about to open."""

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, MessageDialog):
            act(dialog)
        else:
            QTimer.singleShot(10, when_open)

    QTimer.singleShot(0, when_open)


def _button(dialog: MessageDialog, text: str) -> Button:
    return next(b for b in dialog.findChildren(Button) if b.text() == text)


def test_a_toast_stands_over_the_lower_edge_and_its_action_closes_it(qtbot, notices: Notices) -> None:
    done: list[str] = []
    notices.toast("Scored.", "good", "Show", lambda: done.append("show"))
    toast = notices._window.findChild(Toast)
    assert toast.isVisible()
    assert 300 < toast.y() < 600
    qtbot.mouseClick(next(b for b in toast.findChildren(Button) if b.text() == "Show"), Qt.MouseButton.LeftButton)
    assert done == ["show"]
    assert notices._toasts == []


@pytest.mark.parametrize(("text", "answer"), [("Delete", True), ("Cancel", False)])
def test_a_question_is_answered_by_its_buttons(qtbot, notices: Notices, text: str, answer: bool) -> None:
    _in_dialog(lambda dialog: qtbot.mouseClick(_button(dialog, text), Qt.MouseButton.LeftButton))
    assert notices.ask("Delete it?", "It is gone then.", "Delete", danger=True) is answer


def test_escape_means_no(qtbot, notices: Notices) -> None:
    _in_dialog(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert notices.ask("Delete it?", "", "Delete") is False


def test_an_error_says_what_and_what_to_do(qtbot, notices: Notices) -> None:
    seen: list[str] = []

    def look(dialog: MessageDialog) -> None:
        seen.append(dialog.accessibleName())
        qtbot.mouseClick(_button(dialog, "Close"), Qt.MouseButton.LeftButton)

    _in_dialog(look)
    notices.error(CsqmError("workspace_missing", path="/x"))
    assert seen == ["There is no workspace in /x."]


def test_a_crash_shows_its_details_and_the_log(qtbot, notices: Notices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_a: None)
    seen: list[str] = []

    def look(dialog: MessageDialog) -> None:
        qtbot.mouseClick(_button(dialog, "Details"), Qt.MouseButton.LeftButton)
        box = dialog.findChild(QPlainTextEdit)
        assert box.isVisible()
        seen.append(box.toPlainText())
        qtbot.mouseClick(_button(dialog, "Close"), Qt.MouseButton.LeftButton)

    notices.catch_crashes()
    _in_dialog(look)
    try:
        raise RuntimeError("a bug of ours")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(seen), timeout=3000)
    assert "a bug of ours" in seen[0]


def test_a_question_is_as_high_as_its_text(qtbot, notices: Notices) -> None:
    """Qt guesses the height of wrapped text; gaps between title, text and buttons were the result."""
    for title, text in (("Short?", "Short."), ("A title " * 12, "A sentence that goes on and on. " * 12)):
        dialog = notices.question(title, text, "Yes")
        qtbot.addWidget(dialog)
        dialog.show()
        for label in (dialog._heading, dialog._message):
            assert label.height() >= label.heightForWidth(label.width())
            assert label.height() - label.heightForWidth(label.width()) <= label.fontMetrics().lineSpacing()
        gap = dialog._message.y() - dialog._heading.geometry().bottom()
        assert 0 < gap <= 16
