"""Takes a chart out of the app: as numbers (CSV), as a picture (PNG, SVG), to the clipboard."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from csqm_desktop.analytics.trends import Point
from csqm_desktop.domain.spreadsheet import escaped
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.dashboard.figures import Question

if TYPE_CHECKING:
    from csqm_desktop.ui.dashboard.trend_chart import TrendChart

COLUMNS = ("start", "end", "source", "criterion", "role", "n", "mean", "low_95", "high_95", "below_share", "hollow")


def write_csv(path: Path, points: Sequence[Point], question: Question) -> None:
    """The points as UTF-8 with a mark at the start, which spreadsheet programs need for Chinese. Figures in 0..1."""
    with _readable_errors(path), path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for point in points:
            writer.writerow(
                (
                    point.start.isoformat(),
                    point.end.isoformat(),
                    question.source,
                    escaped(question.criterion or "overall"),
                    escaped(point.group),
                    point.n,
                    f"{point.mean:.6f}",
                    f"{point.low:.6f}",
                    f"{point.high:.6f}",
                    f"{point.below_share:.6f}",
                    int(point.hollow),
                )
            )


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


@contextmanager
def _readable_errors(path: Path) -> Iterator[None]:
    """Turn an error of the file system into one that can be shown."""
    try:
        yield
    except OSError as error:
        raise CsqmError("export_failed", file=path, reason=error.strerror or str(error)) from error
