"""Keeping originals from the settings page: in encrypted workspaces, by leads, ended by a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

pytest.importorskip("sqlcipher3")

from csqm_desktop import rubrics
from csqm_desktop.domain.permissions import PersonRole
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.settings.originals_section import OriginalsSection
from csqm_desktop.vault import unlock

pytestmark = pytest.mark.gui


@pytest.fixture
def space(tmp_path):
    keys, key, _code = unlock.new_keys("correct horse battery")
    made = Workspace.create(tmp_path / "shop", rubrics.load("ecommerce"), keys=(keys, key))
    yield made
    made.close()


@pytest.fixture
def section(context, space, qtbot):
    context.use_workspace(space)
    made = OriginalsSection(context)
    qtbot.addWidget(made)
    made.show()
    return made


def take_one(space, tmp_path):
    file = tmp_path / "a.csv"
    text = "conversation_id,role,sender,text,sent_at\na,customer,Ann,call 13812345678,2026-11-01 10:00\n"
    file.write_text(text, encoding="utf-8")
    execute(ImportChats(space, file), SilentContext())


def set_days(section, days):
    section.days.setFocus()
    section.days.selectAll()
    QTest.keyClicks(section.days, str(days))
    QTest.keyClick(section.days, Qt.Key.Key_Return)
    QTest.mouseClick(section.save_button, Qt.MouseButton.LeftButton)


def test_a_plain_workspace_says_what_is_needed(open_context, qtbot):
    section = OriginalsSection(open_context)
    qtbot.addWidget(section)
    section.show()
    assert not section.days.isEnabled()
    assert not section.save_button.isEnabled()
    assert "encrypt it first" in section.state_note.text()


def test_on_shown_shortened_and_off(section, space, context, tmp_path, monkeypatch):
    assert section.days.text() == "never"
    assert not section.save_button.isEnabled()
    set_days(section, 7)
    assert space.raw_texts.days == 7
    assert section.state_note.text() == "None yet."
    take_one(space, tmp_path)
    context.announce({"conversations"})
    assert section.state_note.text().startswith("1 kept now")
    answers = [False, True]
    monkeypatch.setattr(context.notices, "ask", lambda *_words, **_more: answers.pop(0))
    set_days(section, 0)
    assert (space.raw_texts.days, section.days.value(), space.raw_texts.state().kept) == (7, 7, 1)
    set_days(section, 0)
    assert (space.raw_texts.days, space.raw_texts.state().kept) == (0, 0)
    assert "gone at once" in section.state_note.text()


def test_all_are_deleted_by_a_click(section, space, context, tmp_path, monkeypatch):
    set_days(section, 7)
    assert not section.purge_button.isVisible()
    take_one(space, tmp_path)
    context.announce({"conversations"})
    monkeypatch.setattr(context.notices, "ask", lambda *_words, **_more: True)
    QTest.mouseClick(section.purge_button, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()
    assert space.raw_texts.state().kept == 0
    assert space.raw_texts.days == 7
    assert not section.purge_button.isVisible()


def test_only_a_lead_changes_it(section, space, context):
    for name, role in (("Lee", PersonRole.LEAD), ("Sue", PersonRole.SUPERVISOR)):
        space.people.add(name, role, f"words of {name}")
    space.people.sign_in("Sue", "words of Sue")
    context.person_changed()
    assert not section.days.isEnabled()
    assert not section.save_button.isEnabled()
    space.people.sign_in("Lee", "words of Lee")
    context.person_changed()
    assert section.days.isEnabled()
