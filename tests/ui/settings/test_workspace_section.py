"""The workspace on the settings page: backup, check-up and encryption by clicks; encrypted ones ask when opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

pytest.importorskip("sqlcipher3")

from csqm_desktop.jobs import encryption
from csqm_desktop.jobs.backup import BackUp
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.new_workspace_dialog import NewWorkspaceDialog
from csqm_desktop.ui.passphrase_dialogs import RecoveryDialog
from csqm_desktop.ui.settings.workspace_section import WorkspaceSection
from csqm_desktop.ui.workspaces import Workspaces
from csqm_desktop.vault import ring, unlock

PASS, OTHER = "correct horse battery", "words of another time"


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
    monkeypatch.setattr(RecoveryDialog, "open", lambda self: codes.append(self.windowTitle()))
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


def encrypted_backup(folder, tmp_path, scorecard) -> Path:
    """A backup of another workspace, made under its own passphrase."""
    keys, key, _code = unlock.new_keys(OTHER)
    other = Workspace.create(tmp_path / "other", scorecard, keys=(keys, key))
    path = execute(BackUp(other, tmp_path / "other.zip"), SilentContext()).path
    other.close()
    ring.forget(tmp_path / "other")
    return path


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_backup_under_another_key_asks_for_its_passphrase(
    qtbot, section, open_context, monkeypatch, tmp_path, scorecard, encrypted
) -> None:
    monkeypatch.setattr(RecoveryDialog, "open", lambda self: None)
    if encrypted:
        section.encrypt(PASS)
    file = encrypted_backup(open_context.open_workspace.folder, tmp_path, scorecard)
    monkeypatch.setattr(open_context.notices, "ask", lambda *_words, **_more: True)
    section.restore(file)
    dialog = section.backup_dialog
    assert open_context.open_workspace.conversations.totals().messages == 12
    qtbot.keyClicks(dialog.edit, PASS)
    qtbot.mouseClick(dialog.confirm, Qt.MouseButton.LeftButton)
    assert "does not open" in dialog.problem.text()
    dialog.edit.clear()
    qtbot.keyClicks(dialog.edit, OTHER)
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert open_context.open_workspace.conversations.totals().messages == 0
    assert open_context.open_workspace.encrypted
    assert not dialog.isVisible()


def test_a_backup_of_this_workspace_needs_no_passphrase(section, open_context, monkeypatch) -> None:
    monkeypatch.setattr(RecoveryDialog, "open", lambda self: None)
    section.encrypt(PASS)
    workspace = open_context.open_workspace
    file = execute(BackUp(workspace), SilentContext()).path  # where they lie: it moves away with the folder
    with workspace.database.transaction() as connection:
        connection.execute("DELETE FROM conversations WHERE id = 1")
    monkeypatch.setattr(open_context.notices, "ask", lambda *_words, **_more: True)
    section.restore(file)
    assert open_context.open_workspace.conversations.totals().messages == 12
    assert open_context.notices.history[-1] == ("toast", "The backup is in place.")
