"""How the model spreads its opinion over the levels of a criterion: one bar, one segment for each level."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui.tokens import tokens


class DistributionBar(QWidget):
    """Segments from worst to best, as wide as they are probable; the most probable one is underlined.

    The accessible description and the tool tip say the same in numbers.
    """

    def __init__(self, height: int = 8) -> None:
        super().__init__()
        self._probabilities: tuple[float, ...] = ()
        self._ordered = True
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(48)

    def set_distribution(self, probabilities: Sequence[float], names: Sequence[str] = (), ordered: bool = True) -> None:
        """Show probabilities, worst level first; ``names`` are the levels' names for the tool tip.

        Levels that are not ``ordered`` are classes, in shades of one colour.
        """
        self._probabilities, self._ordered = tuple(probabilities), ordered
        parts = [f"{name} {p:.0%}" for name, p in zip(names, probabilities, strict=False)]
        self.setToolTip("\n".join(parts))
        self.setAccessibleDescription(", ".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        """A thin bar."""
        return QSize(120, tokens().px(self._height) + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the segments."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = tokens().px(self._height)
        frame = QRectF(0, 0, self.width(), height)
        clip = QPainterPath()
        clip.addRoundedRect(frame, height / 2, height / 2)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(frame, QColor(tokens().color.sunken))
        best = self._segments(painter, height)
        painter.restore()
        if best is not None:
            painter.setPen(QPen(QColor(tokens().color.text), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(int(best[0]) + 2, height + 3, max(int(best[0]) + 3, int(best[1]) - 2), height + 3)

    def _segments(self, painter: QPainter, height: int) -> tuple[float, float] | None:
        count = len(self._probabilities)
        if not any(self._probabilities):  # nothing is the most probable of nothing
            return None
        left, best = 0.0, (0.0, 0.0)
        top = max(range(count), key=lambda i: self._probabilities[i])
        for position, probability in enumerate(self._probabilities):
            width = probability * self.width()
            painter.fillRect(QRectF(left, 0, max(0.0, width - 1.5), height), self._color(position, count))
            if position == top:
                best = (left, left + width)
            left += width
        return best

    def _color(self, position: int, count: int) -> QColor:
        if self._ordered:
            return level_color(position, count)
        color = QColor(tokens().color.accent)
        color.setAlphaF(1.0 - 0.7 * position / count)
        return color


def level_color(position: int, count: int) -> QColor:
    """The fill of a level; levels between the ends differ in strength, so that a five-point scale reads as one."""
    color = QColor(tokens().color.level_fill(position, count))
    if count == 5 and position in (1, 3):
        color = QColor(tokens().color.bad_fill if position == 1 else tokens().color.good_fill)
        color.setAlphaF(0.6)
    elif count == 4 and position == 1:
        color.setAlphaF(0.65)
    return color
