"""The panel that opens beside the scorecard: guideline or history, one key away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from csqm_desktop.ui.page import letters_as_keys
from csqm_desktop.ui.review.guideline_panel import GuidelinePanel
from csqm_desktop.ui.review.history_panel import HistoryPanel
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, Translations
from csqm_desktop.ui.widgets.buttons import IconButton
from csqm_desktop.ui.widgets.layouts import box, column, line, row, scrolled
from csqm_desktop.ui.widgets.text import Label

GUIDELINE, HISTORY = "guideline", "history"


class SidePanel(Translatable, QWidget):
    """Shows one of its two contents, or is closed."""

    toggled = Signal()

    def __init__(self, translations: Translations, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.guideline = GuidelinePanel(translations)
        self.history = HistoryPanel(translations)
        self.title = Label(role="strong")
        self.close_button = IconButton("x", "", self.close_panel, size=26)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stack = QStackedWidget()
        self._areas: dict[str, QScrollArea] = {}
        for name, content in ((GUIDELINE, self.guideline), (HISTORY, self.history)):
            area = scrolled(content, "surface")
            letters_as_keys(area)
            self._areas[name] = area
            self._stack.addWidget(area)
        head = box(row(self.title, None, self.close_button, margins=(SPACE.md, SPACE.xs)))
        self.setLayout(column(head, line(), self._stack, spacing=0))
        self.hide()
        self.retranslate()

    @property
    def content(self) -> str:
        """What is shown: ``guideline``, ``history``, or empty when closed."""
        if self.isHidden():
            return ""
        return next(n for n, area in self._areas.items() if area is self._stack.currentWidget())

    def toggle(self, name: str) -> None:
        """Open a content, or close it when it is open."""
        if self.content == name:
            self.close_panel()
            return
        self._stack.setCurrentWidget(self._areas[name])
        self.show()
        self.retranslate()
        self.toggled.emit()

    def close_panel(self) -> None:
        """Close it."""
        self.hide()
        self.toggled.emit()

    def retranslate(self) -> None:
        """Titles in the language in use."""
        history = self.content == HISTORY
        self.title.setText(self.tr("History") if history else self.tr("Guideline"))
        self.setAccessibleName(self.title.text())
        key = self._shortcuts.shown("review.history" if history else "review.guideline")
        self.close_button.set_name(self.tr("Close"), key)
