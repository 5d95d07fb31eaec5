"""The sheet of all shortcuts, opened with ``?``."""

from __future__ import annotations

from collections.abc import Iterator

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

_LEVELS = "review.level_"  # actions of the same kind, one for each level


class ShortcutSheet(Translatable, QDialog):
    """Every action with its key, by place; ``?`` or Escape closes it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.title = Label(role="title")
        self.note = Label(role="muted")
        self._columns = row(spacing=SPACE.xxl)
        self.close_button = Button("", "primary", "", self.accept)
        self._content = box(column(self._columns, None))
        self._area = scrolled(self._content)
        layout = column(self.title, self.note, spacing=SPACE.xs, margins=SPACE.xl)
        layout.addSpacing(SPACE.md)
        layout.addWidget(self._area, 1)
        layout.addSpacing(SPACE.md)
        layout.addLayout(row(None, self.close_button))
        self.setLayout(layout)
        QShortcut(QKeySequence("?"), self, self.accept)
        self.retranslate()
        self.resize(tokens().px(880), self._height(layout.sizeHint().height()))

    def _height(self, hinted: int) -> int:
        """As tall as everything it lists, so that no row is cut; on a small screen it scrolls."""
        room = int(0.92 * self.screen().availableGeometry().height())
        whole = hinted - self._area.sizeHint().height() + self._content.sizeHint().height() + SPACE.sm
        return min(whole, max(room, tokens().px(760)))

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
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.md)
        grid.setVerticalSpacing(SPACE.xs)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, tokens().px(148))
        for line, (keys, text) in enumerate(self._lines(scope)):
            caps = row(*(KeyCap(key) for key in dict.fromkeys(keys) if key), None, spacing=SPACE.xs)
            grid.addLayout(caps, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(text, wrap=True), line, 1)
        return column(Label(self._context.shortcuts.scope_text(scope), "overline"), grid, spacing=SPACE.sm)

    def _lines(self, scope: str) -> Iterator[tuple[list[str], str]]:
        """Keys with what they do; the keys of all levels share a line."""
        shortcuts = self._context.shortcuts
        actions = [action for action in ACTIONS if action.scope == scope]
        levels = [shortcuts.shown(action.name) for action in actions if action.name.startswith(_LEVELS)]
        if levels:
            yield levels, self.tr("Set the level, go to the next criterion")
        for action in actions:
            if not action.name.startswith(_LEVELS):
                keys = [shortcuts.shown(action.name), *map(shown_key, action.extra)]
                yield keys, shortcuts.text(action.name)
