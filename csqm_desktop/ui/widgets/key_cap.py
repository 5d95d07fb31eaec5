"""A key drawn as a key: on its own, or on a button."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui import theme
from csqm_desktop.ui.tokens import RADIUS, tokens


def key_size(key: str) -> QSize:
    """How large the cap of ``key`` is."""
    metrics = QFontMetrics(theme.font("caption"))
    height = metrics.height() + 2
    return QSize(max(height, metrics.horizontalAdvance(key) + tokens().px(10)), height)


def paint_key(painter: QPainter, where: QRect, key: str, tint: str) -> None:
    """Draw a cap in one colour, so that it fits on any ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QColor(tint)
    edge.setAlphaF(0.45)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS.sm, RADIUS.sm)
    painter.setPen(QColor(tint))
    painter.setFont(theme.font("caption"))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


class KeyCap(QWidget):
    """A key on its own, such as in the shortcut sheet. Set ``key`` as shown text (``Shortcuts.shown``)."""

    def __init__(self, key: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key)

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.setAccessibleName(key)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The size of the cap."""
        return key_size(self._key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        paint_key(QPainter(self), self.rect(), self._key, tokens().color.text_muted)
