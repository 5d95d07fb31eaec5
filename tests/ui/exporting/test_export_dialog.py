"""The dialog exports what the page filters, and shows where personal data would leave."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from csqm_desktop.domain.review import Review, Verdict
from csqm_desktop.store.aggregates import Filters
from csqm_desktop.store.export_rows import View
from csqm_desktop.ui.exporting.export_dialog import ExportDialog

pytestmark = pytest.mark.gui
LEVELS = {"understanding": 1, "tone": 2}


@pytest.fixture
def dialog(open_context, qtbot):
    """Opened from a page that shows bots only."""
    open_context.workspace.reviews.submit(Review(2, "Ann", Verdict.SCORED, LEVELS))
    open_context.workspace.reviews.submit(Review(4, "Ann", Verdict.SCORED, LEVELS, comment="ring 13812345678"))
    made = ExportDialog(open_context, View(Filters({"role": "bot"})))
    qtbot.addWidget(made)
    made.show()
    return made


def choose(segmented, value):
    QTest.mouseClick(segmented.button(value), Qt.MouseButton.LeftButton)


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()


def test_it_says_what_is_in_and_what_is_left_out(dialog, qtbot):
    assert dialog.counted.text() == "3 replies in 3 conversations, 1 reviewed. Left out: 3."
    choose(dialog.scope, "everything")
    assert dialog.counted.text() == "6 replies in 3 conversations, 2 reviewed. Left out: 0."
    choose(dialog.reviewed, "not_reviewed")
    assert dialog.counted.text().startswith("4 replies in 2")
    choose(dialog.reviewed, "all")
    QTest.keyClicks(dialog.words, "warehouse")
    qtbot.waitUntil(lambda: dialog.counted.text().startswith("3 replies in 3"))
    assert dialog.view.search == "warehouse"


def test_formats_follow_what_is_exported(dialog):
    names = [dialog.format.itemData(i) for i in range(dialog.format.count())]
    assert "label-studio" in names
    assert "openai" not in names
    choose(dialog.what, "conversations")
    assert "openai" in [dialog.format.itemData(i) for i in range(dialog.format.count())]
    assert not dialog.opinions.isVisible()
    assert dialog.file.text().endswith("conversations.csv")


def test_only_the_filtered_replies_leave(dialog, tmp_path):
    choose(dialog.what, "conversations")
    dialog.file.setText(str(tmp_path / "out.csv"))
    press(dialog.export_button)
    card = json.loads((tmp_path / "out.csv.card.json").read_text("utf-8"))
    assert (card["view"], card["in"]["replies"]) == ({"role": "bot"}, 3)
    assert dialog.result() == 1


def test_personal_data_stops_it_and_a_reason_lets_it_out(dialog, tmp_path, open_context):
    target = tmp_path / "out.csv"
    dialog.file.setText(str(target))
    press(dialog.export_button)
    assert not target.exists()
    assert dialog.isVisible()
    model = dialog.blocked.model
    assert [model.index(0, column).data() for column in (1, 2)] == ["comment", "phone number"]
    assert "13812345678" not in model.index(0, 3).data()
    assert not dialog.override_button.isEnabled()
    QTest.keyClicks(dialog.blocked.reason, "asked by the court")
    press(dialog.override_button)
    assert "13812345678" in target.read_text("utf-8-sig")
    log = open_context.workspace.database.connection().execute("SELECT actor, action FROM audit_log ORDER BY id")
    assert [tuple(entry) for entry in log] == [("Ann", "export_blocked"), ("Ann", "export_override")]


def test_a_finding_leads_to_its_reply(dialog, tmp_path, open_context, qtbot):
    dialog.file.setText(str(tmp_path / "out.csv"))
    press(dialog.export_button)
    with qtbot.waitSignal(open_context.navigation_requested) as asked:
        dialog.blocked.findings.activated.emit(dialog.blocked.model.index(0, 0))
    assert asked.args == ["review", 4]


def test_an_earlier_export_is_not_replaced_unless_somebody_agreed(dialog, tmp_path, open_context, monkeypatch):
    errors = []
    monkeypatch.setattr(open_context.notices, "error", errors.append)
    choose(dialog.what, "conversations")
    mine = tmp_path / "conversations.csv"
    mine.write_text("mine", encoding="utf-8")
    dialog.file.setText(str(mine))
    press(dialog.export_button)
    assert mine.read_text("utf-8") == "mine"
    assert [error.code for error in errors] == ["output_there"]
    assert dialog.isVisible()
    choose(dialog.what, "labels")
    choose(dialog.what, "conversations")  # the same folder: another name is offered
    assert dialog.file.text() == str(tmp_path / "conversations-2.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(mine), ""))  # it asks by itself
    press(dialog.browse)
    press(dialog.export_button)
    assert mine.read_text("utf-8-sig").startswith("conversation_id")
    assert dialog.result() == 1
