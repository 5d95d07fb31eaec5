"""Layouts that give way on narrow windows and with large fonts: chips that wrap, tiles that change their columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QPushButton, QWidget

from csqm_desktop.ui import theme
from csqm_desktop.ui.tokens import SPACE, tokens


class FlowLayout(QLayout):
    """Items next to each other, on as many lines as they need."""

    def __init__(self, *widgets: QWidget, spacing: int = SPACE.xs) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Part of the interface of layouts."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """An item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All on one line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest item on its own."""
        result = QSize()
        for item in self._items:
            if not item.isEmpty():
                result = result.expandedTo(item.minimumSize())
        return result

    def _place(self, rect: QRect, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()


class ChipButton(QPushButton):
    """A chip that can be on; wide enough for its text in the heavier type that it then has."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("variant", "chip")

    def sizeHint(self) -> QSize:
        """Room for the text when it is on."""
        size = super().sizeHint()
        text = QFontMetrics(theme.font("caption", bold=True)).horizontalAdvance(self.text())
        return QSize(max(size.width(), text + 28), size.height())

    def minimumSizeHint(self) -> QSize:
        """Never cut the text off."""
        return self.sizeHint()


class TileGrid(QWidget):
    """Tiles side by side, as many as fit."""

    def __init__(self, tiles: Sequence[QWidget], least: int = 180) -> None:
        super().__init__()
        self._tiles = tuple(tiles)
        self._least = least
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE.md)
        self._arrange(len(self._tiles))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change the number of columns."""
        super().resizeEvent(event)
        count = len(self._tiles)
        fits = max(1, self.width() // (tokens().px(self._least) + SPACE.md))
        lines = -(-count // min(count, fits))
        self._arrange(-(-count // lines))

    def minimumSizeHint(self) -> QSize:
        """One tile wide, so that a narrow window may ask for fewer columns."""
        return QSize(tokens().px(self._least), super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(len(self._tiles)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
