"""The small card beside a point of a chart that says what it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.text import Label


class ChartTip(Card):
    """A heading and some lines; it keeps inside its parent and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(kind="raised", margins=SPACE.sm, spacing=SPACE.hair, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._heading = Label(role="strong")
        self._text = Label(role="muted")
        self.body.addWidget(self._heading)
        self.body.addWidget(self._text)
        self.hide()

    @property
    def text(self) -> str:
        """All that it says."""
        return f"{self._heading.text()}\n{self._text.text()}"

    def show_lines(self, lines: Sequence[str], where: QPointF) -> None:
        """Show lines above and to the right of a place of the parent, or wherever there is room."""
        self._heading.setText(lines[0])
        self._text.setText("\n".join(lines[1:]))
        self._text.setVisible(len(lines) > 1)
        self.adjustSize()
        parent = self.parentWidget()
        assert parent is not None
        left = where.x() + SPACE.lg
        if left + self.width() > parent.width():
            left = where.x() - self.width() - SPACE.lg
        top = where.y() - self.height() - SPACE.sm
        if top < 0:
            top = where.y() + SPACE.lg
        self.move(max(0, round(left)), max(0, min(round(top), parent.height() - self.height())))
        self.show()
        self.raise_()
