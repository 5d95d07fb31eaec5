"""How a training goes while it runs: the loss on the left, what is measured on held-back labels on the right.

Imported late, like the trend chart: pyqtgraph takes half a second. A ``metric`` event carries a ``step`` (or
``epoch``) and any numbers; names that end in ``loss`` are drawn on the left, all others on the right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csqm_desktop.ui import theme
from csqm_desktop.ui.theme import chart_style
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label

_ABOUT = ("step", "epoch", "steps", "epochs", "lr", "learning_rate", "seconds")  # numbers that are no curve
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_MARKERS = ("o", "d", "t")

pg.setConfigOptions(antialias=True)


class LossChart(Translatable, QWidget):
    """Two small plots that grow with every event."""

    def __init__(self) -> None:
        super().__init__()
        self.curves: dict[str, tuple[list[float], list[float]]] = {}
        self._plots = {side: pg.PlotWidget() for side in ("loss", "quality")}
        self._titles = {side: Label(role="caption") for side in self._plots}
        self._legends = {side: Label(role="caption") for side in self._plots}
        layout = row(spacing=SPACE.lg)
        for side, plot in self._plots.items():
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setMouseEnabled(x=False, y=False)
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.setFixedHeight(tokens().px(150))
            head = row(self._titles[side], None, self._legends[side])
            layout.addLayout(column(head, plot, spacing=SPACE.xs), 1)
        self.setLayout(layout)
        self.retranslate()

    def clear(self) -> None:
        """Start over."""
        self.curves = {}
        self.redraw()

    def add(self, values: Mapping[str, Any]) -> None:
        """Draw one more ``metric`` event."""
        step = values.get("step", values.get("epoch"))
        for name, value in values.items():
            if name in _ABOUT or isinstance(value, bool) or not isinstance(value, int | float):
                continue
            xs, ys = self.curves.setdefault(name, ([], []))
            xs.append(float(step) if isinstance(step, int | float) else float(len(xs) + 1))
            ys.append(float(value))
        self.redraw()

    def redraw(self) -> None:
        """Draw everything in the colours in use."""
        style = chart_style()
        for side, plot in self._plots.items():
            item = plot.getPlotItem()
            item.clear()
            plot.setBackground(style.background)
            for name in ("bottom", "left"):
                axis = item.getAxis(name)
                axis.setPen(pg.mkPen(style.grid))
                axis.setTextPen(pg.mkPen(style.axis))
                axis.setStyle(tickFont=theme.font("caption"), tickLength=0, tickTextOffset=6)
            item.getAxis("left").setWidth(tokens().px(44))
            shown = [name for name in self.curves if name.endswith("loss") == (side == "loss")]
            for number, name in enumerate(shown):
                color = style.series[number % len(style.series)]
                xs, ys = self.curves[name]
                few = len(xs) < 40
                item.addItem(
                    pg.PlotDataItem(
                        xs,
                        ys,
                        pen=pg.mkPen(color, width=2, style=_DASHES[number % 3]),
                        symbol=_MARKERS[number % 3] if few else None,
                        symbolSize=6,
                        symbolBrush=color,
                        symbolPen=None,
                    )
                )
            last = [
                f"{'─╌┈'[i % 3]} {name.replace('_', ' ')} {self.curves[name][1][-1]:.3f}"
                for i, name in enumerate(shown)
            ]
            self._legends[side].setText("   ".join(last))
            plot.setAccessibleDescription(", ".join(last))

    def retranslate(self) -> None:
        """Set the texts."""
        self._titles["loss"].setText(self.tr("Loss (lower is better)"))
        self._titles["quality"].setText(self.tr("On labels held back (higher is better)"))
        for side, plot in self._plots.items():
            plot.setAccessibleName(self._titles[side].text())
