"""Signing in by keys and clicks: a wrong passphrase, the right one, the lock, signing out, a refusal, the list."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt

from csqm_desktop.domain.permissions import PersonRole
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.main_window import MainWindow
from csqm_desktop.ui.notices import MessageDialog
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
    assert "manage_people" in context.notices.history[-1][1]
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
