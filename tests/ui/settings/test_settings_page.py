"""The settings page: every field is there, changes take effect and are kept, shortcuts are edited by key."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSpinBox

from csqm_desktop import settings
from csqm_desktop.settings import Settings
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.settings.fields import GROUPS, HIDDEN
from csqm_desktop.ui.settings.settings_page import SettingsPage
from csqm_desktop.ui.tokens import tokens
from csqm_desktop.ui.widgets.segmented import Segmented
from csqm_desktop.ui.widgets.switch import Switch


@pytest.fixture
def page(qtbot, context: AppContext) -> SettingsPage:
    result = SettingsPage(context)
    qtbot.addWidget(result)
    result.resize(1000, 900)
    result.show()
    qtbot.waitExposed(result)
    return result


def test_every_setting_is_on_the_page_or_hidden_on_purpose() -> None:
    shown = {field.name for group in GROUPS for field in group.fields}
    assert shown | HIDDEN == {f.name for f in fields(Settings)}
    assert not shown & HIDDEN


def test_clicks_take_effect_and_are_kept(qtbot, page: SettingsPage, context: AppContext) -> None:
    theme, device, low = page.controls["theme"], page.controls["device"], page.controls["low_priority"]
    assert isinstance(theme, Segmented)
    assert isinstance(device, Segmented)
    assert isinstance(low, Switch)
    qtbot.mouseClick(theme.button("dark"), Qt.MouseButton.LeftButton)
    assert context.theme.dark
    qtbot.mouseClick(device.button("cpu"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(low, Qt.MouseButton.LeftButton)
    kept = settings.load()
    assert (kept.theme, kept.device, kept.low_priority) == ("dark", "cpu", False)


def test_font_size_scales_the_type(page: SettingsPage) -> None:
    spin = page.controls["font_scale"]
    assert isinstance(spin, QSpinBox)
    spin.setValue(200)
    assert tokens().type.body == 26
    assert settings.load().font_scale == 200


def test_the_name_is_typed_and_kept(qtbot, page: SettingsPage, context: AppContext) -> None:
    edit = page.controls["reviewer"]
    assert isinstance(edit, QLineEdit)
    edit.clear()
    qtbot.keyClicks(edit, "Bea")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert context.reviewer == "Bea"
    assert settings.load().reviewer == "Bea"


def test_arrow_keys_move_a_choice(qtbot, page: SettingsPage, context: AppContext) -> None:
    theme = page.controls["theme"]
    assert isinstance(theme, Segmented)
    qtbot.keyClick(theme.button("light"), Qt.Key.Key_Right)
    assert context.settings.theme == "dark"


def test_a_shortcut_is_rebound_by_pressing_a_key_and_kept(qtbot, page: SettingsPage, context: AppContext) -> None:
    row = page.shortcuts.rows["review.skip"]
    qtbot.mouseClick(row.capture, Qt.MouseButton.LeftButton)
    assert row.capture.listening
    qtbot.keyClick(row.capture, Qt.Key.Key_S)
    assert context.shortcuts.key("review.skip") == "S"
    assert settings.load().shortcuts == {"review.skip": "S"}
    qtbot.mouseClick(page.shortcuts.reset_button, Qt.MouseButton.LeftButton)
    assert context.shortcuts.key("review.skip") == "Space"
    assert settings.load().shortcuts == {}


def test_a_taken_key_is_refused_and_its_owner_named(qtbot, page: SettingsPage, context: AppContext) -> None:
    row = page.shortcuts.rows["review.skip"]
    qtbot.mouseClick(row.capture, Qt.MouseButton.LeftButton)
    qtbot.keyClick(row.capture, Qt.Key.Key_F)
    assert context.shortcuts.key("review.skip") == "Space"
    assert row.warning.isVisible()
    assert "Flag" in row.warning.text()


def test_escape_keeps_the_old_key(qtbot, page: SettingsPage, context: AppContext) -> None:
    row = page.shortcuts.rows["review.flag"]
    qtbot.mouseClick(row.capture, Qt.MouseButton.LeftButton)
    qtbot.keyClick(row.capture, Qt.Key.Key_Escape)
    assert not row.capture.listening
    assert context.shortcuts.key("review.flag") == "F"
