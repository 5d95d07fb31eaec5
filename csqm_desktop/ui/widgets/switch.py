"""On or off, at once: a check box drawn as a switch, with a tick so that colour is not the only signal."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from csqm_desktop.ui import icons
from csqm_desktop.ui.tokens import tokens


class Switch(QCheckBox):
    """Behaves like a check box without a text; give it an accessible name."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """The track and the focus ring around it."""
        return QSize(tokens().px(40) + 6, tokens().px(22) + 6)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """All of it can be pressed."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, knob, tick and focus ring."""
        color = tokens().color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        radius = track.height() / 2
        on = self.isChecked()
        painter.setPen(QPen(QColor(color.accent if on else color.text_muted), 1.5))
        painter.setBrush(QColor(color.accent if on else color.sunken))
        painter.drawRoundedRect(track, radius, radius)
        side = track.height() - 6
        left = track.right() - side - 3 if on else track.left() + 3
        knob = QRectF(left, track.top() + 3, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color.on_accent if on else color.text_muted))
        painter.drawEllipse(knob)
        if on:
            tick = icons.pixmap("check", "accent", round(side), self.devicePixelRatioF())
            painter.drawPixmap(knob.topLeft().toPoint(), tick)
        if self.hasFocus():
            painter.setPen(QPen(QColor(color.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius + 2, radius + 2)
