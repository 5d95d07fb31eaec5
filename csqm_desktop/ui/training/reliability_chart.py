"""How honest a version's confidence is: of the replies it is 80% sure of, how many does it get right?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui import theme
from csqm_desktop.ui.theme import chart_style
from csqm_desktop.ui.tokens import SPACE, tokens


class ReliabilityChart(QWidget):
    """Confidence against accuracy; the diagonal is perfect honesty. Larger discs stand for more replies."""

    def __init__(self) -> None:
        super().__init__()
        self._bins: tuple[Mapping[str, float], ...] = ()
        self._texts = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_bins(self, bins: Sequence[Mapping[str, float]], across: str, up: str) -> None:
        """Show other bins (``confidence``, ``accuracy``, ``n``), and name the axes."""
        self._bins, self._texts = tuple(bins), (across, up)
        lines = [f"{b['confidence']:.0%} → {b['accuracy']:.0%} (n {b['n']:.0f})" for b in bins]
        self.setToolTip("\n".join([f"{across} → {up}", *lines]))
        self.setAccessibleDescription(", ".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        """A small square with room for the axes."""
        return QSize(tokens().px(248), tokens().px(232))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axes, diagonal and discs."""
        style = chart_style()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        metrics = QFontMetrics(theme.font("caption"))
        left = metrics.horizontalAdvance("100%") + SPACE.sm
        field = QRectF(left, metrics.height() + SPACE.sm, 0, 0)
        side = min(self.width() - left - SPACE.sm, self.height() - field.top() - 2 * metrics.height() - SPACE.sm)
        field.setSize(QRectF(0, 0, side, side).size())
        self._axes(painter, field, metrics)
        painter.setPen(QPen(QColor(style.axis), 1, Qt.PenStyle.DashLine))
        painter.drawLine(field.bottomLeft(), field.topRight())
        self._curve(painter, field)

    def _axes(self, painter: QPainter, field: QRectF, metrics: QFontMetrics) -> None:
        style = chart_style()
        for share in (0.0, 0.5, 1.0):
            x, y = field.left() + share * field.width(), field.bottom() - share * field.height()
            painter.setPen(QColor(style.grid))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
            painter.setPen(QColor(style.axis))
            text = f"{share:.0%}"
            width = metrics.horizontalAdvance(text)
            painter.drawText(QPointF(field.left() - width - SPACE.xs, y + metrics.height() / 3), text)
            painter.drawText(QPointF(min(x - width / 2, self.width() - width), field.bottom() + metrics.height()), text)
        across, up = self._texts
        painter.drawText(QPointF(0, metrics.ascent()), up)
        painter.drawText(
            QPointF(field.right() - metrics.horizontalAdvance(across), field.bottom() + 2 * metrics.height()), across
        )

    def _curve(self, painter: QPainter, field: QRectF) -> None:
        style = chart_style()
        most = max((b["n"] for b in self._bins), default=1.0)
        places = [
            QPointF(field.left() + b["confidence"] * field.width(), field.bottom() - b["accuracy"] * field.height())
            for b in self._bins
        ]
        painter.setPen(QPen(QColor(style.series[0]), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.series[0]))
        for place, b in zip(places, self._bins, strict=True):
            radius = 3 + 5 * (b["n"] / most) ** 0.5
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(place, radius, radius)
            self._count(painter, field, place, radius, f"{b['n']:.0f}")

    @staticmethod
    def _count(painter: QPainter, field: QRectF, place: QPointF, radius: float, text: str) -> None:
        """How many replies a disc stands for, beside it where there is room."""
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(text)
        x = place.x() + radius + SPACE.hair
        if x + wide > field.right() + SPACE.sm:
            x = place.x() - radius - SPACE.hair - wide
        y = min(max(place.y() + metrics.ascent() / 2 + radius, field.top() + metrics.ascent()), field.bottom() - 2)
        painter.setPen(QColor(tokens().color.text_muted))
        painter.drawText(QPointF(x, y), text)
