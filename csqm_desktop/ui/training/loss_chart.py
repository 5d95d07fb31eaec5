"""How a training goes while it runs: losses on the left, what is measured on left-out labels on the right.

Imported late, like the trend chart: pyqtgraph takes half a second. A ``metric`` event is one point of a curve:
``{"series", "step", "value"}``, the series named ``figure`` or ``figure/criterion``; or several figures of one
step by name. Figures that end in ``loss`` are drawn on the left. Final figures of the holdout are no curve.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui import theme
from csqm_desktop.ui.dashboard.flow import FlowLayout
from csqm_desktop.ui.theme import chart_style
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.training import words
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.layouts import box, clear, column, row
from csqm_desktop.ui.widgets.text import Label

_ABOUT = ("step", "epoch", "lr", "learning_rate", "seconds", "penalty", "series")  # numbers that are no curve
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)

pg.setConfigOptions(antialias=True)

_TICKS = 8  # at most, along the steps


def step_between_ticks(last: float) -> int:
    """Whole steps only: there is no half a step."""
    return max(1, math.ceil(last / _TICKS))


class LossChart(Translatable, QWidget):
    """Two small plots that grow with every event; one without curves stays away."""

    def __init__(self) -> None:
        super().__init__()
        self.names: Mapping[str, str] = {}  # of criteria, by key
        self.curves: dict[str, tuple[list[float], list[float]]] = {}
        self._plots = {side: pg.PlotWidget() for side in ("loss", "quality")}
        self._titles = {side: Label(role="caption") for side in self._plots}
        self._legends = {side: FlowLayout(spacing=SPACE.md) for side in self._plots}
        self._sides = {}
        layout = row(spacing=SPACE.lg)
        for side, plot in self._plots.items():
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setMouseEnabled(x=False, y=False)
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.setFixedHeight(tokens().px(150))
            self._sides[side] = box(column(self._titles[side], plot, self._legends[side], spacing=SPACE.xs))
            layout.addWidget(self._sides[side], 1)
        self.setLayout(layout)
        self.retranslate()

    def clear(self) -> None:
        """Start over."""
        self.curves = {}
        self.redraw()

    def add(self, values: Mapping[str, Any]) -> None:
        """Draw one more ``metric`` event."""
        step = values.get("step", values.get("epoch"))
        for name, value in _figures(values):
            xs, ys = self.curves.setdefault(name, ([], []))
            xs.append(float(step) if isinstance(step, int | float) else float(len(xs) + 1))
            ys.append(value)
        self.redraw()

    def redraw(self) -> None:
        """Draw everything in the colours in use."""
        for side, plot in self._plots.items():
            shown = [name for name in self.curves if name.partition("/")[0].endswith("loss") == (side == "loss")]
            self._sides[side].setVisible(bool(shown))
            self._dress(plot)
            last = max((self.curves[name][0][-1] for name in shown), default=1.0)
            every = step_between_ticks(last)
            plot.getPlotItem().getAxis("bottom").setTickSpacing(every, every)
            for number, name in enumerate(shown):
                self._draw(plot.getPlotItem(), number, *self.curves[name])
            self._legend(side, shown)

    @staticmethod
    def _dress(plot: Any) -> None:
        style = chart_style()
        item = plot.getPlotItem()
        item.clear()
        plot.setBackground(style.background)
        for name in ("bottom", "left"):
            axis = item.getAxis(name)
            axis.setPen(pg.mkPen(style.grid))
            axis.setTextPen(pg.mkPen(style.axis))
            axis.setStyle(tickFont=theme.font("caption"), tickLength=0, tickTextOffset=6)
        item.getAxis("left").setWidth(tokens().px(44))

    @staticmethod
    def _draw(item: Any, number: int, xs: list[float], ys: list[float]) -> None:
        color = _color(number)
        few = len(xs) < 40
        item.addItem(
            pg.PlotDataItem(
                xs,
                ys,
                pen=pg.mkPen(color, width=2, style=_DASHES[number % len(_DASHES)]),
                symbol="o" if few else None,
                symbolSize=5,
                symbolBrush=color,
                symbolPen=None,
            )
        )

    def _legend(self, side: str, shown: list[str]) -> None:
        clear(self._legends[side])
        said = []
        for number, name in enumerate(shown):
            text = f"{words.curve_name(name, self.names)} {self.curves[name][1][-1]:.3f}"
            said.append(text)
            self._legends[side].addWidget(box(row(_Dash(number), Label(text, "caption"), spacing=SPACE.xs)))
        self._plots[side].setAccessibleDescription(", ".join(said))

    def retranslate(self) -> None:
        """Set the texts."""
        self._titles["loss"].setText(self.tr("Loss (lower is better)"))
        self._titles["quality"].setText(self.tr("On labels left out (higher is better)"))
        for side, plot in self._plots.items():
            plot.setAccessibleName(self._titles[side].text())
        self.redraw()


class _Dash(QWidget):
    """A piece of a curve."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        return QSize(tokens().px(18), tokens().px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the colours in use."""
        painter = QPainter(self)
        painter.setPen(QPen(QColor(_color(self._number)), 2, _DASHES[self._number % len(_DASHES)]))
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))


def _color(number: int) -> str:
    series = chart_style().series
    return series[number % len(series)]


def _figures(values: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    if "series" in values:
        series, value = str(values["series"]), values.get("value")
        if not series.startswith("holdout") and isinstance(value, int | float):
            yield series, float(value)
        return
    for name, value in values.items():
        if name not in _ABOUT and isinstance(value, int | float) and not isinstance(value, bool):
            yield name, float(value)
