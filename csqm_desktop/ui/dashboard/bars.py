"""Rows of bars: criteria by role with their intervals, and root causes with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from csqm_desktop.ui import theme
from csqm_desktop.ui.dashboard.chart_look import LOOKS, draw_marker
from csqm_desktop.ui.theme import chart_style
from csqm_desktop.ui.tokens import RADIUS, SPACE, tokens
from csqm_desktop.ui.widgets.layouts import clear, column

_NAME, _TEXT, _LINE = 128, 96, 20  # pixels at 100 %: name column, figure column, height of one bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how long (0..1), the interval if there is one, what is written beside it, whose it is."""

    value: float
    text: str
    low: float | None = None
    high: float | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A name with its bars; ``described`` is what the tool tip and a screen reader say."""

    key: str
    name: str
    bars: tuple[Bar, ...]
    described: str
    strong: bool = False


class BarList(QWidget):
    """Rows under each other. ``chosen`` gives the key of the row that a person pressed, where that does something."""

    chosen = Signal(str)

    def __init__(self, active: bool, name_width: int = _NAME) -> None:
        super().__init__()
        self._active = active
        self._name_width = name_width
        self._layout = column(spacing=0)
        self.setLayout(self._layout)
        self.rows: dict[str, BarRow] = {}

    def show_rows(self, rows: Sequence[Row], selected: str | None = None) -> None:
        """Show other rows."""
        if list(self.rows) == [row.key for row in rows]:
            for row in rows:
                self.rows[row.key].show_row(row, row.key == selected)
            return
        clear(self._layout)
        self.rows = {}
        for row in rows:
            widget = BarRow(self._active, self._name_width)
            widget.show_row(row, row.key == selected)
            widget.clicked.connect(lambda _=False, key=row.key: self.chosen.emit(key))
            self.rows[row.key] = widget
            self._layout.addWidget(widget)


class BarRow(QAbstractButton):
    """One row; a button where pressing it does something."""

    def __init__(self, active: bool, name_width: int) -> None:
        super().__init__()
        self._name_width = name_width
        self._row = Row("", "", (), "")
        self._selected = False
        self._active = active
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if active else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if active:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_row(self, row: Row, selected: bool) -> None:
        """Show other bars."""
        self._row, self._selected = row, selected
        self.setAccessibleName(row.name)
        self.setAccessibleDescription(row.described)
        self.setToolTip(row.described)
        self.updateGeometry()
        self.update()

    @property
    def row(self) -> Row:
        """What it shows."""
        return self._row

    def sizeHint(self) -> QSize:
        """A line for each bar."""
        return QSize(tokens().px(320), tokens().px(_LINE) * max(1, len(self._row.bars)) + SPACE.sm)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, name and bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        look = tokens()
        name = self.rect().adjusted(SPACE.sm, 0, 0, 0)
        name.setWidth(look.px(self._name_width))
        font = theme.font("body", bold=self._row.strong or self._selected)
        painter.setFont(font)
        painter.setPen(QColor(look.color.accent_text if self._selected else look.color.text))
        text = QFontMetrics(font).elidedText(self._row.name, Qt.TextElideMode.ElideRight, name.width() - SPACE.sm)
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), text)
        for index, bar in enumerate(self._row.bars):
            self._bar(painter, bar, SPACE.xs + index * look.px(_LINE), name.right())

    def _ground(self, painter: QPainter) -> None:
        color = tokens().color
        hovered = self._active and self.underMouse()
        if self._selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color.accent_soft if self._selected else color.hover))
            painter.drawRoundedRect(self.rect(), RADIUS.md, RADIUS.md)
        if self.hasFocus():
            painter.setPen(QPen(QColor(color.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS.md, RADIUS.md)

    def _bar(self, painter: QPainter, bar: Bar, top: int, left: int) -> None:
        look, style = tokens(), chart_style()
        height = look.px(_LINE)
        middle = top + height / 2
        tint = QColor(style.series[LOOKS[bar.role].color] if bar.role in LOOKS else style.doubt)
        if bar.role in LOOKS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            draw_marker(painter, LOOKS[bar.role].symbol, QPointF(left + SPACE.sm, middle), look.px(3.6))
            left += 2 * SPACE.sm + SPACE.xs
        track = QRectF(left, middle - look.px(4), self.width() - left - look.px(_TEXT), look.px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.color.sunken))
        painter.drawRoundedRect(track, 4, 4)
        painter.setBrush(tint)
        filled = QRectF(track)
        filled.setWidth(max(2.0, track.width() * bar.value))
        if bar.text:
            painter.drawRoundedRect(filled, 4, 4)
        if bar.low is not None and bar.high is not None:
            _whisker(painter, track, bar.low, bar.high, middle)
        where = QRect(round(track.right()) + SPACE.sm, top, look.px(_TEXT) - 2 * SPACE.sm, height)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(look.color.text_muted))
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), bar.text or "–")


def _whisker(painter: QPainter, track: QRectF, low: float, high: float, middle: float) -> None:
    painter.setPen(QPen(QColor(tokens().color.text), 1.2))
    left, right = track.left() + low * track.width(), track.left() + high * track.width()
    painter.drawLine(QPointF(left, middle), QPointF(right, middle))
    for x in (left, right):
        painter.drawLine(QPointF(x, middle - 3), QPointF(x, middle + 3))
