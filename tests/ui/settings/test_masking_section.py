"""Masking the stored texts again from the window: the settings, a stopped export, the hint after an upgrade."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from csqm_desktop.domain.permissions import PersonRole
from csqm_desktop.jobs.backup import BackUp
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.store.export_rows import View
from csqm_desktop.ui.exporting.export_dialog import ExportDialog
from csqm_desktop.ui.settings.masking_section import MaskingSection
from csqm_desktop.ui.settings.settings_page import SettingsPage

pytestmark = pytest.mark.gui
PHONE = "13812345678"


@pytest.fixture
def older(open_context, monkeypatch):
    """A workspace that an earlier release has masked; every question is answered with yes."""
    workspace = open_context.workspace
    with workspace.database.transaction() as connection:
        connection.execute("UPDATE messages SET text = text || ? WHERE id = 2", (f" Ring {PHONE}",))
    workspace.set_fact("masked_by", "0")
    asked = []
    monkeypatch.setattr(open_context.notices, "ask", lambda title, *_more, **_options: asked.append(title) or True)
    open_context.asked = asked
    open_context.change_settings(score_after_import=False)
    return open_context


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    for _turn in range(3):
        QCoreApplication.processEvents()


def stored(context):
    return context.workspace.database.connection().execute("SELECT text FROM messages WHERE id = 2").fetchone()[0]


def test_the_section_masks_again_and_names_copies(older, qtbot):
    execute(BackUp(older.workspace), SilentContext())
    section = MaskingSection(older)
    qtbot.addWidget(section)
    section.show()
    assert "earlier release" in section.state_note.text()
    press(section.again_button)
    assert older.asked == ["Mask the stored texts again?"]
    assert PHONE not in stored(older)
    assert section.state_note.text() == "All texts were masked by the rules of this release."
    assert "1 of 12 messages" in older.notices.history[-1][1]
    assert section.copies.isVisible()
    assert str(older.workspace.backups) in section.copies.text()
    press(section.again_button)
    assert "Nothing was left to mask in 12 messages" in older.notices.history[-1][1]
    assert not section.copies.isVisible()


def test_a_stopped_export_is_masked_and_goes_out(older, qtbot, tmp_path):
    dialog = ExportDialog(older, View())
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.what.button("conversations"), Qt.MouseButton.LeftButton)
    dialog.file.setText(str(tmp_path / "out.csv"))
    press(dialog.export_button)
    assert dialog.blocked.again.isVisible()
    assert not (tmp_path / "out.csv").exists()
    press(dialog.blocked.mask_button)
    qtbot.waitUntil(lambda: (tmp_path / "out.csv").exists())
    assert PHONE not in (tmp_path / "out.csv").read_text("utf-8-sig")
    assert dialog.result() == 1


def test_it_is_not_offered_where_the_rules_are_the_same(older, qtbot, tmp_path):
    older.workspace.set_fact("masked_by", "1000")
    dialog = ExportDialog(older, View())
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.what.button("conversations"), Qt.MouseButton.LeftButton)
    dialog.file.setText(str(tmp_path / "out.csv"))
    press(dialog.export_button)
    assert dialog.blocked.isVisible()
    assert not dialog.blocked.again.isVisible()


def test_a_supervisor_is_sent_to_a_lead(older, qtbot):
    people = older.workspace.people
    people.add("Lead", PersonRole.LEAD, "lead words here")
    people.sign_in("Lead", "lead words here")
    people.add("Wu", PersonRole.SUPERVISOR, "supervisor words")
    people.sign_in("Wu", "supervisor words")
    section = MaskingSection(older)
    qtbot.addWidget(section)
    section.show()
    assert not section.again_button.isEnabled()
    assert "A lead can" in section.state_note.text()


def test_the_settings_open_at_the_section(older, qtbot):
    page = SettingsPage(older)
    qtbot.addWidget(page)
    page.resize(1000, 400)
    page.show()
    QCoreApplication.processEvents()
    page.open("masking")
    assert page._area.verticalScrollBar().value() > 0
