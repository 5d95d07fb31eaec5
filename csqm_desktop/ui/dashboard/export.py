"""Takes a chart out of the app: as numbers (CSV), as a picture (PNG, SVG), to the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from csqm_desktop.analytics.trends import Point
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import trend_table
from csqm_desktop.ui.dashboard.figures import Question

if TYPE_CHECKING:
    from csqm_desktop.ui.dashboard.trend_chart import TrendChart


def write_csv(path: Path, points: Sequence[Point], question: Question) -> None:
    """The points that are shown."""
    trend_table.write_csv(path, points, question.source, question.criterion)


def write_png(path: Path, chart: TrendChart) -> None:
    """The chart as a picture at twice the screen's sharpness."""
    if not chart.image(2.0).save(str(path), "PNG"):  # type: ignore[call-overload]
        raise CsqmError("export_failed", file=path, reason="PNG")


def write_svg(path: Path, chart: TrendChart) -> None:
    """The chart as a vector drawing."""
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(QSize(chart.width(), chart.height()))
    generator.setViewBox(QRectF(0, 0, chart.width(), chart.height()))
    generator.setTitle("csqm")
    painter = QPainter()
    if not painter.begin(generator):
        raise CsqmError("export_failed", file=path, reason="SVG")
    chart.paint_to(painter, QRectF(0, 0, chart.width(), chart.height()))
    painter.end()
