"""Quality over time on pyqtgraph: one line for each role, bands, hollow points, marks, hover, click and keys.

Only ``chart_section`` imports this module, and late: pyqtgraph takes half a second. The x axis counts days since
1970-01-01, the y axis is quality from 0 to 100. Roles differ by colour, marker and dash, so that a print in grey
still reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QGraphicsPolygonItem, QVBoxLayout

from csqm_desktop.analytics.trends import By, Point, date_of, day_of, period_of, runs
from csqm_desktop.ui import theme
from csqm_desktop.ui.dashboard import words
from csqm_desktop.ui.dashboard.chart_look import LOOKS, Look
from csqm_desktop.ui.dashboard.chart_tip import ChartTip
from csqm_desktop.ui.dashboard.figures import Mark
from csqm_desktop.ui.theme import chart_style
from csqm_desktop.ui.tokens import tokens

_REACH = 22.0  # pixels around a point in which the mouse means it
_MARGIN_DAYS = 2.0
_MANY = 150  # points of a line above which markers shrink and dashes, slow to paint, go

pg.setConfigOptions(antialias=True)


class PeriodAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks at the starts of periods, written in the language in use."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.by: By = "week"

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Starts of periods in view, as many as there is room for."""
        starts = _starts(low, high, self.by)
        room = max(1, int(size / tokens().px(84)))
        step = -(-len(starts) // room)
        return [(1.0, [float(start) for start in starts[::step]])]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        """Each period by its first day, or its name for a month."""
        name = words.month if self.by == "month" else words.short_day
        return [name(period_of(int(value), self.by)[0]) for value in values]


def _starts(low: float, high: float, by: By) -> list[int]:
    day = day_of(period_of(max(-700_000, int(low)), by)[0])
    found: list[int] = []
    while day <= high and len(found) < 4000:
        if day >= low:
            found.append(day)
        day = day_of(period_of(day, by)[1]) + 1
    return found


class TrendChart(QFrame):
    """Shows points of a trend. ``picked`` gives the point that a person clicked or pressed Enter on."""

    picked = Signal(object)  # Point
    zoomed = Signal(bool)  # whether some points are out of view

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._axis = PeriodAxis()
        self.plot = pg.PlotWidget(axisItems={"bottom": self._axis})
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.disableAutoRange()
        self.plot.getViewBox().setMouseEnabled(x=True, y=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self._tip = ChartTip(self)
        self._points: list[Point] = []
        self._marks: tuple[Mark, ...] = ()
        self._selected: Point | None = None
        self._current: Point | None = None  # under the mouse or the keys
        self._rings = pg.ScatterPlotItem()
        self.plot.scene().sigMouseMoved.connect(self._moved)
        self.plot.scene().sigMouseClicked.connect(self._clicked)
        self.plot.getViewBox().sigXRangeChanged.connect(lambda *_: self.zoomed.emit(self.is_zoomed))

    # -- data

    def show_points(self, points: Iterable[Point], marks: Iterable[Mark], by: By) -> None:
        """Show another trend, all of it."""
        self._points = list(points)
        self._marks = tuple(marks)
        self._axis.by = by
        self._selected = self._current = None
        self._tip.hide()
        self.redraw()
        self.reset_view()
        self._describe()

    @property
    def points(self) -> Sequence[Point]:
        """The points on show."""
        return self._points

    def select(self, point: Point | None) -> None:
        """Ring a point, or none."""
        self._selected = point
        if point is None:
            self._current = None
            self._tip.hide()
        self._ring()

    def reset_view(self) -> None:
        """Show all points again after zooming."""
        if self._points:
            low = min(place(p) for p in self._points) - _MARGIN_DAYS
            last = max(place(p) for p in self._points)
            # up to the next period's first day, whose name would stand below nothing
            high = max(max(day_of(p.end) for p in self._points) + 0.9, last + 0.02 * (last - low))
            view = self.plot.getViewBox()
            view.setLimits(xMin=low - 60, xMax=high + 60, minXRange=3)
            view.setXRange(low, high, padding=0.0)
        self.plot.setYRange(0, 105, padding=0.0)  # all of it: a cut axis makes every fall look larger

    @property
    def is_zoomed(self) -> bool:
        """Whether some points are out of view."""
        low, high = self.plot.getViewBox().viewRange()[0]
        return any(not low <= place(p) <= high for p in self._points)

    # -- drawing

    def redraw(self) -> None:
        """Draw everything again in the colours and fonts in use."""
        style = chart_style()
        item = self.plot.getPlotItem()
        item.clear()
        self.plot.setBackground(style.background)
        self._dress(item)
        for role, look in LOOKS.items():
            mine = [p for p in self._points if p.group == role]
            color = QColor(style.series[look.color])
            for run in runs(mine):
                self._draw_run(item, run, look, color, style.band_alpha)
            self._draw_markers(item, mine, look, color)
        shown: Mark | None = None
        for number, mark in enumerate(self._marks):
            repeated = shown is not None and shown.label == mark.label and mark.day - shown.day <= 7
            self._draw_mark(item, mark, number, "" if repeated else mark.label)
            shown = mark
        self._rings = pg.ScatterPlotItem()
        item.addItem(self._rings, ignoreBounds=True)
        self._ring()

    def _dress(self, item: Any) -> None:
        style = chart_style()
        for name in ("bottom", "left"):
            axis = item.getAxis(name)
            axis.setPen(pg.mkPen(style.grid))
            axis.setTextPen(pg.mkPen(style.axis))
            axis.setTickPen(pg.mkPen(style.grid))
            axis.setStyle(tickFont=theme.font("caption"), tickLength=0, tickTextOffset=8)
        item.getAxis("left").setWidth(tokens().px(40))
        item.getAxis("left").setTickSpacing(20, 20)
        item.getAxis("bottom").setHeight(tokens().px(30))
        for height in range(0, 101, 20):
            line = pg.InfiniteLine(height, angle=0, pen=pg.mkPen(style.grid))
            line.setZValue(-30)
            item.addItem(line, ignoreBounds=True)

    def _draw_run(self, item: Any, run: list[Point], look: Look, color: QColor, alpha: int) -> None:
        shade, stroke = QColor(color), QColor(color)
        if sum(p.hollow for p in run) > 0.6 * len(run):  # mostly guesswork: step back
            stroke.setAlpha(130)
            alpha = round(0.6 * alpha)
        shade.setAlpha(alpha)
        xs = [place(p) for p in run]
        if len(run) == 1:
            bar = pg.PlotCurveItem(
                xs * 2, [100 * run[0].low, 100 * run[0].high], pen=pg.mkPen(shade, width=tokens().px(8))
            )
            bar.setZValue(-10)
            item.addItem(bar, ignoreBounds=True)
            return
        outline = [QPointF(x, 100 * p.high) for x, p in zip(xs, run, strict=True)]
        outline += [QPointF(x, 100 * p.low) for x, p in reversed(list(zip(xs, run, strict=True)))]
        band = QGraphicsPolygonItem(QPolygonF(outline))
        band.setPen(QPen(Qt.PenStyle.NoPen))
        band.setBrush(shade)
        band.setZValue(-10)
        item.addItem(band, ignoreBounds=True)
        dash = look.dash if len(run) <= _MANY else Qt.PenStyle.SolidLine
        width = 2 if len(run) <= _MANY else 1  # wide lines are slow to paint
        line = pg.PlotCurveItem(xs, [100 * p.mean for p in run], pen=pg.mkPen(stroke, width=width, style=dash))
        item.addItem(line, ignoreBounds=True)

    def _draw_markers(self, item: Any, mine: list[Point], look: Look, color: QColor) -> None:
        ground = QColor(chart_style().background)
        size = look.size if len(mine) <= _MANY else round(0.6 * look.size)
        for hollow in (False, True):
            some = [p for p in mine if p.hollow == hollow]
            item.addItem(
                pg.ScatterPlotItem(
                    [place(p) for p in some],
                    [100 * p.mean for p in some],
                    symbol=look.symbol,
                    size=size,
                    brush=pg.mkBrush(ground if hollow else color),
                    pen=pg.mkPen(color, width=2),
                ),
                ignoreBounds=True,
            )

    def _ring(self) -> None:
        """Put rings around the chosen point and the one under the mouse or the keys."""
        style = chart_style()
        rings = [p for p in (self._current, self._selected) if p is not None]
        self._rings.setData(
            [place(p) for p in rings],
            [100 * p.mean for p in rings],
            symbol="o",
            size=[18 if p == self._selected else 16 for p in rings],
            pen=[pg.mkPen(style.text if p == self._selected else style.axis, width=2) for p in rings],
            brush=None,
        )

    def _draw_mark(self, item: Any, mark: Mark, number: int, label: str) -> None:
        style = chart_style()
        color = style.axis if mark.kind == "release" else style.accent
        sign = "▼" if mark.kind == "release" else "★"
        line = pg.InfiniteLine(
            mark.day,
            angle=90,
            pen=pg.mkPen(color, width=1, style=Qt.PenStyle.DashLine),
            label=f"{sign} {label}" if label else None,
            labelOpts={
                "position": 0.96 - 0.08 * (number % 2),
                "color": style.text,
                "movable": False,
                "anchors": [(1, 0.5), (1, 0.5)],
            },
        )
        if label:
            line.label.setFont(theme.font("caption"))
        line.setZValue(-5)
        item.addItem(line, ignoreBounds=True)

    # -- mouse and keys

    def _moved(self, where: QPointF) -> None:
        point = self.point_at(where)
        if point is not None:
            self._hover(point)
            return
        if self._current is not None:
            self._current = None
            self._ring()
        mark = self.mark_at(where)
        if mark is None:
            self._tip.hide()
        else:
            self._tip.show_lines((words.day(date_of(mark.day)), *mark.lines), self._place(where))
        self.plot.setCursor(Qt.CursorShape.ArrowCursor)

    def _hover(self, point: Point) -> None:
        if point != self._current:
            self._current = point
            self._ring()
        self._tip.show_lines(words.point_lines(point), self._place(self.scene_position(point)))
        self.plot.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription(". ".join(words.point_lines(point)))

    def _clicked(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = self.point_at(event.scenePos())
        if point is not None:
            event.accept()
            self._pick(point)

    def _pick(self, point: Point) -> None:
        self.select(point)
        self.picked.emit(point)

    def point_at(self, where: QPointF) -> Point | None:
        """The nearest point within reach of a place in the scene."""
        if not self.plot.getViewBox().sceneBoundingRect().contains(where):
            return None
        best, distance = None, _REACH
        here = self.plot.getViewBox().mapSceneToView(where).x()
        reach = _REACH * self.plot.getViewBox().viewPixelSize()[0]
        for point in self._points:
            if abs(place(point) - here) > reach:
                continue
            offset = self.scene_position(point) - where
            length = float((offset.x() ** 2 + offset.y() ** 2) ** 0.5)
            if length < distance:
                best, distance = point, length
        return best

    def mark_at(self, where: QPointF) -> Mark | None:
        """The mark whose line is under a place in the scene."""
        view = self.plot.getViewBox()
        if not view.sceneBoundingRect().contains(where):
            return None
        for mark in self._marks:
            if abs(view.mapViewToScene(QPointF(mark.day, 0)).x() - where.x()) <= 6:
                return mark
        return None

    def scene_position(self, point: Point) -> QPointF:
        """Where a point is in the scene of the plot."""
        found: QPointF = self.plot.getViewBox().mapViewToScene(QPointF(place(point), 100 * point.mean))
        return found

    def _place(self, where: QPointF) -> QPointF:
        return QPointF(self.plot.mapTo(self, self.plot.mapFromScene(where)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk along a line, up and down change lines, Enter lists the replies, Escape zooms out."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._change_line()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self._pick(self._current)
        elif key == Qt.Key.Key_Escape and self.is_zoomed:
            self.reset_view()
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        if not self._points:
            return
        if self._current is None:
            self._hover(self._points[-1])
            return
        line = [p for p in self._points if p.group == self._current.group]
        index = line.index(self._current) + step
        self._hover(line[max(0, min(len(line) - 1, index))])

    def _change_line(self) -> None:
        if self._current is None:
            self._walk(1)
            return
        here = self._current
        others = [p for p in self._points if p.group != here.group]
        if others:
            self._hover(min(others, key=lambda p: abs((p.start - here.start).days)))

    def _describe(self) -> None:
        lines = []
        for role in LOOKS:
            mine = [p for p in self._points if p.group == role]
            if mine:
                means = f"{words.points(mine[0].mean)} … {words.points(mine[-1].mean)}"
                lines.append(f"{words.role_name(role)}: {words.period(mine[0].start, mine[-1].end)}, {means}")
        self.setAccessibleDescription(". ".join(lines))

    def leaveEvent(self, event: Any) -> None:
        """Hide the tip."""
        super().leaveEvent(event)
        self._tip.hide()

    # -- export

    def image(self, ratio: float = 2.0) -> QImage:
        """The chart as a picture, sharper than the screen."""
        size = self.size() * ratio
        image = QImage(QSize(size.width(), size.height()), QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(chart_style().background))
        painter = QPainter(image)
        self.paint_to(painter, QRectF(0, 0, self.width(), self.height()))
        painter.end()
        return image

    def paint_to(self, painter: QPainter, where: QRectF) -> None:
        """Draw the chart without what only the mouse shows, for a picture or a vector file."""
        self._tip.hide()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.plot.render(painter, where)


def place(point: Point) -> int:
    """Where a point lies on the axis of days: on its period's first day, which the axis names below it."""
    return day_of(point.start)
