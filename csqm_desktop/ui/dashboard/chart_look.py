"""How the lines of a chart are told apart: colour, marker and dash for each role, and swatches for legends."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui.theme import chart_style
from csqm_desktop.ui.tokens import tokens


@dataclass(frozen=True, slots=True)
class Look:
    """A line: index into ``chart_style().series``, pyqtgraph's marker, its size, the dash of the line."""

    color: int
    symbol: str
    size: int
    dash: Qt.PenStyle


LOOKS: dict[str, Look] = {
    "agent": Look(0, "o", 10, Qt.PenStyle.SolidLine),
    "bot": Look(1, "d", 12, Qt.PenStyle.DashLine),
}


class Swatch(QWidget):
    """A piece of a line with its marker, as legends show it. ``kind``: a role, ``hollow``, ``band`` or ``mark``."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        return QSize(tokens().px(26), tokens().px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the colours in use."""
        style = chart_style()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        if self._kind in LOOKS:
            look = LOOKS[self._kind]
            color = QColor(style.series[look.color])
            painter.setPen(QPen(color, 2, look.dash))
            painter.drawLine(QPointF(0, middle.y()), QPointF(self.width(), middle.y()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            draw_marker(painter, look.symbol, middle, 5)
        elif self._kind == "hollow":
            painter.setPen(QPen(QColor(style.axis), 2))
            draw_marker(painter, "o", middle, 4.5)
        elif self._kind == "band":
            color = QColor(style.axis)
            color.setAlpha(style.band_alpha + 20)
            painter.fillRect(QRectF(2, middle.y() - 6, self.width() - 4, 12), color)
        else:
            painter.setPen(QPen(QColor(style.axis), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), self.height()))


def draw_marker(painter: QPainter, symbol: str, where: QPointF, radius: float) -> None:
    """Draw a marker with the painter's pen and brush."""
    if symbol == "o":
        painter.drawEllipse(where, radius, radius)
        return
    corners = [(0.0, -radius - 1), (radius + 1, 0.0), (0.0, radius + 1), (-radius - 1, 0.0)]
    painter.drawPolygon(QPolygonF([where + QPointF(x, y) for x, y in corners]))
