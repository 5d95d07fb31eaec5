"""A short fact with an icon on a rounded ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui import icons, theme
from csqm_desktop.ui.tokens import SPACE, tokens


class StatusChip(QWidget):
    """Icon and text. ``tone`` is the token of their colour: text_muted, good, ok, bad, doubt, accent_text."""

    def __init__(self, icon: str, tone: str = "text_muted", text: str = "") -> None:
        super().__init__()
        self._icon, self._tone, self._text = icon, tone, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str, tip: str = "") -> None:
        """Set the text and what the tool tip explains."""
        self._text = text
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self._tone = tone
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, gap, text and padding."""
        metrics = QFontMetrics(theme.font("caption"))
        side = tokens().px(14)
        width = SPACE.sm + side + SPACE.xs + metrics.horizontalAdvance(self._text) + SPACE.sm + 2
        return QSize(width, metrics.height() + 2 * SPACE.xs)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        color = tokens().color
        soft = {"good": color.good_soft, "ok": color.ok_soft, "bad": color.bad_soft, "doubt": color.doubt_soft}
        ground = soft.get(self._tone, color.accent_soft if self._tone == "accent_text" else color.sunken)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        side = tokens().px(14)
        painter.drawPixmap(
            SPACE.sm,
            (self.height() - side) // 2,
            icons.pixmap(self._icon, self._tone, side, self.devicePixelRatioF()),
        )
        painter.setPen(QColor(getattr(color, self._tone)))
        painter.setFont(theme.font("caption"))
        room = self.rect().adjusted(SPACE.sm + side + SPACE.xs, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)
