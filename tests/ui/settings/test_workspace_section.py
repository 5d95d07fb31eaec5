"""The workspace on the settings page: backup, check-up and encryption by clicks; encrypted ones ask when opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

pytest.importorskip("sqlcipher3")

from csqm_desktop.jobs import encryption
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.new_workspace_dialog import NewWorkspaceDialog
from csqm_desktop.ui.passphrase_dialogs import RecoveryDialog
from csqm_desktop.ui.settings.workspace_section import WorkspaceSection
from csqm_desktop.ui.workspaces import Workspaces
from csqm_desktop.vault import ring

PASS = "correct horse battery"


@pytest.fixture
def section(qtbot, open_context: AppContext) -> WorkspaceSection:
    result = WorkspaceSection(open_context)
    qtbot.addWidget(result)
    result.show()
    return result


def test_a_backup_by_click(qtbot, section, open_context) -> None:
    qtbot.mouseClick(section.backup_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("Backed up" in text for _kind, text in open_context.notices.history))
    assert len(list(open_context.open_workspace.backups.glob("*.zip"))) == 1


def test_the_check_up_tells_and_mends(qtbot, section, open_context) -> None:
    qtbot.mouseClick(section.check_button, Qt.MouseButton.LeftButton)
    assert section.findings.text() == "Nothing is wrong."
    assert not section.mend_button.isVisible()
    connection = open_context.open_workspace.database.connection()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM conversations WHERE id = 1")
    qtbot.mouseClick(section.check_button, Qt.MouseButton.LeftButton)
    assert "messages" in section.findings.text()
    qtbot.mouseClick(section.mend_button, Qt.MouseButton.LeftButton)
    assert open_context.open_workspace.conversations.totals().conversations == 2
    qtbot.mouseClick(section.check_button, Qt.MouseButton.LeftButton)
    assert section.findings.text() == "Nothing is wrong."


def test_encrypting_the_open_workspace_shows_the_code_once(qtbot, section, open_context, monkeypatch) -> None:
    codes: list[str] = []
    monkeypatch.setattr(RecoveryDialog, "exec", lambda self: codes.append(self.windowTitle()))
    section.encrypt(PASS)
    assert len(codes) == 1
    assert open_context.open_workspace.encrypted
    assert section.encrypt_button.text() == "Decrypt…"
    assert open_context.open_workspace.conversations.totals().messages == 12


def test_an_encrypted_workspace_asks_when_it_is_opened(qtbot, context, workspace) -> None:
    folder = workspace.folder
    workspace.close()
    encryption.encrypt(folder, PASS)
    ring.clear()
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    spaces = Workspaces(context, window)
    spaces.open(folder)
    dialog = spaces.unlock_dialog
    assert context.workspace is None
    qtbot.keyClicks(dialog.edit, "wrong one")
    qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert "does not open" in dialog.problem.text()
    assert context.workspace is None
    dialog.edit.clear()
    qtbot.keyClicks(dialog.edit, PASS)
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert context.workspace is not None
    assert context.workspace.encrypted


def test_a_new_workspace_is_made_encrypted(qtbot, context, tmp_path) -> None:
    dialog = NewWorkspaceDialog(context)
    qtbot.addWidget(dialog)
    dialog.folder_edit.setText(str(tmp_path / "new"))
    dialog.encrypt_switch.setChecked(True)
    assert not dialog.create_button.isEnabled()
    qtbot.keyClicks(dialog.passphrase_fields.first, PASS)
    assert not dialog.create_button.isEnabled()
    qtbot.keyClicks(dialog.passphrase_fields.again, PASS)
    assert dialog.create_button.isEnabled()
    assert dialog.passphrase == PASS
