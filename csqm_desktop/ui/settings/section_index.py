"""The names of a page's sections at its left; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import column

_WIDTH = 188


class SectionIndex(QWidget):
    """``chosen`` gives the section to go to. Sections that are hidden have no line."""

    chosen = Signal(object)

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sections = tuple(sections)
        self.buttons = [Button("", "ghost", "", partial(self.chosen.emit, section)) for section in sections]
        layout = column(*self.buttons, None, spacing=SPACE.hair)
        layout.setContentsMargins(SPACE.lg, SPACE.xl, 0, SPACE.xl)
        self.setLayout(layout)

    def refresh(self) -> None:
        """Names in the language in use; only what is there."""
        for section, button in zip(self._sections, self.buttons, strict=True):
            button.setText(section.heading.text())
            button.setVisible(not section.isHidden())
        self.setFixedWidth(tokens().px(_WIDTH))
