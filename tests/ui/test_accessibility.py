"""Everything that can be pressed or filled in has a name for a screen reader and can be reached by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QSpinBox, QWidget

from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.importing.import_page import ImportPage
from csqm_desktop.ui.main_window import MainWindow
from csqm_desktop.ui.new_workspace_dialog import NewWorkspaceDialog
from csqm_desktop.ui.settings.settings_page import SettingsPage
from csqm_desktop.ui.shortcut_sheet import ShortcutSheet

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QAbstractItemView)
SCREENS = [MainWindow, ImportPage, SettingsPage, NewWorkspaceDialog, ShortcutSheet]


def _own(widget: QWidget) -> bool:
    """Not a part that Qt builds into another control."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, CONTROLS):
            return False
        parent = parent.parentWidget()
    return not widget.objectName().startswith("qt_")


@pytest.mark.parametrize("screen", SCREENS)
def test_every_control_has_a_name(qtbot, context: AppContext, screen: type[QWidget]) -> None:
    root = screen(context)  # type: ignore[call-arg]
    qtbot.addWidget(root)
    root.show()
    nameless = []
    for widget in root.findChildren(QWidget):
        if isinstance(widget, CONTROLS) and _own(widget) and widget.isVisible():
            interface = QAccessible.queryAccessibleInterface(widget)
            if not interface.text(QAccessible.Text.Name).strip():
                nameless.append(widget)
    assert nameless == []


@pytest.mark.parametrize("screen", SCREENS)
def test_every_control_can_be_reached_by_key(qtbot, context: AppContext, screen: type[QWidget]) -> None:
    root = screen(context)  # type: ignore[call-arg]
    qtbot.addWidget(root)
    root.show()
    deaf = [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and _own(widget)
        and widget.isVisible()
        and widget.isEnabled()
        and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.property("variant") != "segment"  # arrows move within the control
    ]
    assert deaf == []


def test_letters_are_keys_in_item_views_and_text_in_boxes(qtbot, open_context: AppContext) -> None:
    page = ImportPage(open_context)
    qtbot.addWidget(page)
    for view in page.findChildren(QAbstractItemView):
        if _own(view):
            assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    edit = QLineEdit()
    qtbot.addWidget(edit)
    assert edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
