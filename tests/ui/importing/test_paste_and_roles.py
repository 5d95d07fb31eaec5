"""Pasting a copied chat, and the rules that say who is who."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.ui.importing.import_page import ImportPage
from csqm_desktop.ui.importing.paste_dialog import PasteDialog
from csqm_desktop.ui.importing.role_changes import ROLE_RULES
from csqm_desktop.ui.importing.role_rules import RoleRulesDialog, mapping_from_fact

CHAT = "张三 10:20\n你好，电话13812345678\n客服小李 10:21\n您好\n"


@pytest.fixture
def page(qtbot, open_context):
    open_context.change_settings(score_after_import=False)
    result = ImportPage(open_context)
    qtbot.addWidget(result)
    result.resize(1200, 900)
    result.show()
    return result


def dialog_of(page, kind):
    return page.findChildren(kind)[-1]


def test_a_pasted_chat_is_previewed_imported_and_its_file_is_gone(page, qtbot):
    QGuiApplication.clipboard().setText(CHAT)
    page.paste_button.click()
    dialog = dialog_of(page, PasteDialog)
    assert dialog.text == CHAT
    dialog.preview_button.click()
    assert page.state == "preview"
    path = page.preview.path
    assert path.exists()
    assert page.preview.recognition.format == "copied"
    page.file_card.import_button.click()
    qtbot.waitUntil(lambda: page.state == "done")
    assert page.summary.result.added == 2
    assert not path.exists()
    batch = page.context.open_workspace.batches.history()[0]
    assert "pasted" in batch.path
    found = page.context.open_workspace.search.find("你好")
    assert "[phone#" in found[0].text


def test_an_empty_paste_cannot_go_on(page):
    QGuiApplication.clipboard().setText("")
    page.paste_button.click()
    dialog = dialog_of(page, PasteDialog)
    assert not dialog.preview_button.isEnabled()
    dialog.cancel_button.click()
    assert page.state == "start"


def test_rules_for_stored_messages_are_checked_then_used(page, qtbot):
    space = page.context.open_workspace
    connection = space.database.connection()
    sender = connection.execute("SELECT sender FROM messages WHERE role = 'agent' LIMIT 1").fetchone()[0]
    query = "SELECT count(*) FROM messages WHERE sender = ? AND role = 'bot'"
    page.roles_button.click()
    dialog = dialog_of(page, RoleRulesDialog)
    line = dialog.editor.rows[0]
    line.role.set_value("bot")
    line.words.setText(sender)
    assert not dialog.use_button.isEnabled()  # first it says what would change
    dialog.check_button.click()
    qtbot.waitUntil(lambda: "Agent → Bot" in dialog.outcome.text())
    assert connection.execute(query, (sender,)).fetchone()[0] == 0
    dialog.use_button.click()
    qtbot.waitUntil(lambda: connection.execute(query, (sender,)).fetchone()[0] > 0)
    assert mapping_from_fact(space.fact(ROLE_RULES)).rules[0].role is Role.BOT
    page.roles_button.click()
    again = dialog_of(page, RoleRulesDialog)
    assert again.editor.rows[0].words.text() == sender
    again.check_button.click()
    qtbot.waitUntil(lambda: again.outcome.text() == "Nothing would change.")


def test_a_pattern_that_cannot_be_used_says_so(qtbot):
    dialog = RoleRulesDialog(ColumnMapping(), stored=False)
    qtbot.addWidget(dialog)
    line = dialog.editor.rows[0]
    line.way.set_value("regex")
    line.words.setText("(a+")
    assert dialog.editor.problem.text()
    assert not dialog.use_button.isEnabled()
    line.words.setText("^客服")
    assert dialog.use_button.isEnabled()
    dialog.editor.notices.setChecked(True)
    assert dialog.mapping.rules[0].pattern == "^客服"
    assert dialog.mapping.notices is True
    line.removed.emit()
    assert dialog.mapping.rules == ()
