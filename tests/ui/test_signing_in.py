"""Signing in by keys and clicks: a wrong passphrase, the right one, the lock, signing out, a refusal, the list."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from csqm_desktop.domain.permissions import PersonRole
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui import translations
from csqm_desktop.ui.main_window import MainWindow
from csqm_desktop.ui.notices import MessageDialog, Toast
from csqm_desktop.ui.settings.people_section import PeopleSection

LEAD, REVIEWER = "words of Ann", "words of Bo"


@pytest.fixture
def team(workspace: Workspace):
    """A folder whose people are Ann, a lead, and Bo, a reviewer."""
    workspace.people.add("Ann", PersonRole.LEAD, LEAD)
    workspace.people.add("Bo", PersonRole.REVIEWER, REVIEWER)
    folder = workspace.folder
    workspace.close()
    return folder


@pytest.fixture
def window(qtbot, context) -> MainWindow:
    result = MainWindow(context)
    qtbot.addWidget(result)
    result.show()
    return result


@pytest.fixture
def shown(monkeypatch) -> None:
    """Error dialogs do not wait for anybody; ``notices.history`` has their texts."""
    monkeypatch.setattr(MessageDialog, "exec", lambda self: 0)


def sign_in(qtbot, window, folder, name, words):
    window.workspaces.open(folder)
    form = window.workspaces.sign_in_dialog.form
    form.name.set_value(name)
    qtbot.keyClicks(form.edit, words)
    qtbot.keyClick(form.edit, Qt.Key.Key_Return)
    return form


def test_a_wrong_passphrase_shows_nothing_of_the_workspace(qtbot, window, context, team) -> None:
    form = sign_in(qtbot, window, team, "Bo", LEAD)
    assert context.workspace is None
    assert "do not belong together" in form.problem.text()
    form.edit.clear()
    qtbot.keyClicks(form.edit, REVIEWER)
    qtbot.mouseClick(form.confirm, Qt.MouseButton.LeftButton)
    assert context.open_workspace.actor.name == "Bo"
    assert context.reviewer == "Bo"  # not the name in the settings
    assert window.header.person_chip.text == "Bo"


def test_cancelling_leaves_the_workspace_closed(qtbot, window, context, team) -> None:
    window.workspaces.open(team)
    window.workspaces.sign_in_dialog.reject()
    assert context.workspace is None


def test_idle_minutes_lock_and_only_the_passphrase_unlocks(qtbot, window, context, team) -> None:
    sign_in(qtbot, window, team, "Ann", LEAD)
    lock = window.lock
    lock.look()
    assert not lock.locked
    lock._touched = time.time() - 60 * context.settings.lock_after_minutes - 1
    qtbot.keyClick(window, Qt.Key.Key_Shift)  # somebody is there after all
    lock.look()
    assert not lock.locked
    lock._touched = time.time() - 60 * context.settings.lock_after_minutes - 1
    lock.look()
    assert lock.locked
    assert not window.centralWidget().isVisible()
    screen = lock.screen
    qtbot.keyClicks(screen.form.edit, REVIEWER)
    qtbot.keyClick(screen.form.edit, Qt.Key.Key_Return)
    assert lock.locked
    assert screen.form.problem.isVisible()
    screen.form.edit.clear()
    qtbot.keyClicks(screen.form.edit, LEAD)
    qtbot.mouseClick(screen.confirm, Qt.MouseButton.LeftButton)
    assert not lock.locked
    assert window.centralWidget().isVisible()
    context.change_settings(lock_after_minutes=0)
    lock._touched = 0.0
    lock.look()
    assert not lock.locked


def unlock(qtbot, window):
    qtbot.keyClicks(window.lock.screen.form.edit, LEAD)
    qtbot.mouseClick(window.lock.screen.confirm, Qt.MouseButton.LeftButton)
    assert not window.lock.locked


def over_the_window(window):
    """Windows of their own that can be seen beside the main one."""
    return [w for w in QApplication.topLevelWidgets() if w is not window and w.isVisible() and w.windowOpacity() > 0]


@pytest.mark.parametrize("minutes", [0, 10])
def test_nothing_stays_above_the_lock_and_nothing_is_lost(qtbot, window, context, team, minutes) -> None:
    context.change_settings(lock_after_minutes=minutes)
    sign_in(qtbot, window, team, "Ann", LEAD)
    window.show_sheet()
    window.workspaces.show_recovery_code("ABCD-EFGH")
    code = window.workspaces.recovery_dialog
    code.reject()  # Escape is no answer
    menu = window.header.menu
    menu.popup(window.mapToGlobal(window.rect().center()))
    context.notices.toast("a customer's name")
    assert len(over_the_window(window)) >= 3
    window.lock.lock()
    assert over_the_window(window) == []
    assert not [toast for toast in window.findChildren(Toast) if toast.isVisible()]
    unlock(qtbot, window)
    assert over_the_window(window) == [code]
    qtbot.mouseClick(code.done_button, Qt.MouseButton.LeftButton)
    assert over_the_window(window) == []


def test_what_comes_up_while_locked_waits(qtbot, window, context, team, monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(MessageDialog, "exec", lambda self: shown.append(self.accessibleName()))
    sign_in(qtbot, window, team, "Ann", LEAD)
    window.lock.lock()
    context.notices.toast("12 messages of a customer")
    context.notices.error(CsqmError("erase_unknown"))
    assert context.notices.ask("Really?", "", "Yes") is False
    window.workspaces.show_recovery_code("ABCD-EFGH")
    late = QDialog(window)
    QTimer.singleShot(2000, late, late.accept)  # so that a failure does not wait for ever
    assert late.exec() == QDialog.DialogCode.Rejected
    qtbot.waitUntil(lambda: not window.workspaces.recovery_dialog.isVisible())
    assert over_the_window(window) == []
    assert shown == []
    assert not window.findChildren(Toast)
    unlock(qtbot, window)
    assert len(shown) == 1
    assert [toast.accessibleName() for toast in window.findChildren(Toast)] == ["12 messages of a customer"]
    assert over_the_window(window) == [window.workspaces.recovery_dialog]
    window.workspaces.recovery_dialog.accept()


def test_what_waited_is_not_for_the_next_person(qtbot, window, context, team) -> None:
    sign_in(qtbot, window, team, "Ann", LEAD)
    window.workspaces.show_recovery_code("ABCD-EFGH")
    window.lock.lock()
    context.notices.toast("12 messages of a customer")
    qtbot.mouseClick(window.lock.screen.sign_out_button, Qt.MouseButton.LeftButton)
    assert context.workspace is None
    assert over_the_window(window) == []
    assert not window.findChildren(Toast)
    context.notices.toast("welcome")
    assert len(window.findChildren(Toast)) == 1


def test_refusals_name_roles_in_the_language_in_use(qtbot, window, context, team, shown, monkeypatch) -> None:
    sign_in(qtbot, window, team, "Bo", REVIEWER)
    asked = []

    def translate(where, text, *_more):
        asked.append((where, text))
        return {"lead": "LEAD-zh", "reviewer": "REVIEWER-zh"}.get(text, text)

    monkeypatch.setattr(translations.QCoreApplication, "translate", translate)
    with pytest.raises(CsqmError) as caught:
        context.open_workspace.require("erase")
    what, remedy = translations.error_texts(caught.value)
    assert "REVIEWER-zh" in what
    assert "LEAD-zh" in remedy
    assert ("permissions", "erasing a customer") in asked
    assert "erasing a customer" in caught.value.what


def test_signing_out_closes_the_workspace(qtbot, window, context, team) -> None:
    sign_in(qtbot, window, team, "Ann", LEAD)
    window.header.lock_action.trigger()
    qtbot.mouseClick(window.lock.screen.sign_out_button, Qt.MouseButton.LeftButton)
    assert context.workspace is None
    assert not window.lock.locked
    assert window.welcome.isVisible()


def test_a_reviewer_is_told_what_is_not_allowed(qtbot, window, context, team, shown) -> None:
    sign_in(qtbot, window, team, "Bo", REVIEWER)
    assert window.current_page == "review"
    window.show_page("dashboard")
    assert window.current_page == "review"
    assert "does not allow" in context.notices.history[-1][1]
    section = window.page("settings").people
    assert not section.roles
    section.add("Cy", PersonRole.LEAD, "words of Cy")
    assert "changing people and roles" in context.notices.history[-1][1]
    assert "Cy" not in [person.name for person in context.open_workspace.people.list()]


def test_the_first_lead_and_the_list(qtbot, open_context, shown) -> None:
    section = PeopleSection(open_context)
    qtbot.addWidget(section)
    section.show()
    assert section.role.value == "lead"
    section.add("Ann", PersonRole.LEAD, LEAD)
    section.add("Bo", PersonRole.REVIEWER, REVIEWER)
    assert list(section.roles) == ["Ann", "Bo"]
    combo = section.roles["Bo"]
    combo.setCurrentIndex(combo.findData("supervisor"))
    combo.activated.emit(combo.currentIndex())
    people = {person.name: person.role for person in open_context.open_workspace.people.list()}
    assert people["Bo"] is PersonRole.SUPERVISOR
    section.remove("Ann")
    assert "last lead" in open_context.notices.history[-1][1]
    section.remove("Bo")
    assert list(section.roles) == ["Ann"]
