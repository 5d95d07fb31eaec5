"""Erasing a customer from the settings page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from csqm_desktop.jobs.backup import BackUp
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.ui.settings.erasure_section import ErasureDialog, ErasureSection

pytestmark = pytest.mark.gui


@pytest.fixture
def section(open_context, qtbot):
    made = ErasureSection(open_context)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_asks_before_it_erases(section, open_context, monkeypatch, tmp_path):
    shown = []
    for path in (tmp_path / "shop.bak", None):
        execute(BackUp(open_context.workspace, path), SilentContext())

    def confirm(dialog):
        shown.extend(fact.text() for fact in dialog.facts)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ErasureDialog, "exec", confirm)
    section.by.set_value("conversation")
    QTest.keyClicks(section.who, "c1")
    QTest.mouseClick(section.look, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()
    assert [text.replace("(s)", "").rstrip("s") for text in shown[:2]] == ["• 1 conversation", "• 4 message"]
    assert open_context.workspace.conversations.totals().conversations == 2
    assert section.who.text() == ""
    assert str(tmp_path / "shop.bak") in shown[-1]
    assert "make a new one" in open_context.notices.history[-1][1]


def test_a_refusal_is_shown_and_cancel_keeps_everything(section, open_context, monkeypatch):
    errors = []
    monkeypatch.setattr(open_context.notices, "error", errors.append)
    monkeypatch.setattr(ErasureDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    for name in ("Nobody", "customer-1"):
        section.who.clear()
        QTest.keyClicks(section.who, name)
        QTest.mouseClick(section.look, Qt.MouseButton.LeftButton)
    assert [error.code for error in errors] == ["erase_unknown"]
    assert open_context.workspace.conversations.totals().conversations == 3


def test_an_erased_customer_can_be_let_in_again(section, open_context, monkeypatch):
    assert not section.erasures.isVisible()
    monkeypatch.setattr(ErasureDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)
    section.by.set_value("conversation")
    QTest.keyClicks(section.who, "c1")
    QTest.mouseClick(section.look, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()
    assert section.erasures.isVisible()
    (found,) = open_context.workspace.erased.list()
    assert section.erasures.currentText().startswith(found.stub)
    monkeypatch.setattr(open_context.notices, "ask", lambda *_words: False)
    QTest.mouseClick(section.lift_button, Qt.MouseButton.LeftButton)
    assert open_context.workspace.erased.list() == [found]
    monkeypatch.setattr(open_context.notices, "ask", lambda *_words: True)
    QTest.mouseClick(section.lift_button, Qt.MouseButton.LeftButton)
    assert open_context.workspace.erased.list() == []
    assert not section.erasures.isVisible()
