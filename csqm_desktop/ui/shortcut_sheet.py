"""The sheet of all shortcuts, opened with ``?``."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.shortcuts import ACTIONS, SCOPES, shown_key
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.key_cap import KeyCap
from csqm_desktop.ui.widgets.layouts import box, clear, column, row, scrolled
from csqm_desktop.ui.widgets.text import Label


class ShortcutSheet(Translatable, QDialog):
    """Every action with its key, by place; ``?`` or Escape closes it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.title = Label(role="title")
        self.note = Label(role="muted")
        self._columns = row(spacing=SPACE.xxl)
        self.close_button = Button("", "primary", "", self.accept)
        content = box(column(self._columns, None))
        layout = column(self.title, self.note, spacing=SPACE.xs, margins=SPACE.xl)
        layout.addSpacing(SPACE.md)
        layout.addWidget(scrolled(content), 1)
        layout.addSpacing(SPACE.md)
        layout.addLayout(row(None, self.close_button))
        self.setLayout(layout)
        self.resize(tokens().px(880), tokens().px(760))
        QShortcut(QKeySequence("?"), self, self.accept)
        self.retranslate()

    def retranslate(self) -> None:
        """Fill in the keys and their meaning."""
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.title.setText(self.tr("Keyboard shortcuts"))
        self.note.setText(self.tr("Change any of them in Settings."))
        self.close_button.setText(self.tr("Close"))
        clear(self._columns)
        first, second = QVBoxLayout(), QVBoxLayout()
        for side in (first, second):
            side.setSpacing(SPACE.lg)
            self._columns.addLayout(side, 1)
        for scope in SCOPES:
            (first if scope == "review" else second).addLayout(self._group(scope))
        first.addStretch(1)
        second.addStretch(1)

    def _group(self, scope: str) -> QVBoxLayout:
        shortcuts = self._context.shortcuts
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.md)
        grid.setVerticalSpacing(SPACE.xs)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, tokens().px(148))
        for line, action in enumerate(a for a in ACTIONS if a.scope == scope):
            keys = [shortcuts.shown(action.name), *map(shown_key, action.extra)]
            caps = row(*(KeyCap(key) for key in dict.fromkeys(keys) if key), None, spacing=SPACE.xs)
            grid.addLayout(caps, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(shortcuts.text(action.name), wrap=True), line, 1)
        return column(Label(shortcuts.scope_text(scope), "overline"), grid, spacing=SPACE.sm)
