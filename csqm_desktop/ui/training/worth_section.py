"""What more verdicts would bring: the advice in a sentence, and the learning curve with its band."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.analytics.learning_curve import ADVICE, LearningCurve, Point
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.theme import font
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.training.reading import TrainingState
from csqm_desktop.ui.translations import Translatable, core_text, sentences
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import row
from csqm_desktop.ui.widgets.text import IconLabel, Label

_TONES = {"go_on": "ok", "unclear": "ok", "stop": "good", "too_few": "text_muted"}


class WorthSection(Translatable, Section):
    """``asked`` says that somebody wants it measured again."""

    asked = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._state: TrainingState | None = None
        self._running = False
        self.advice = Label(wrap=True)
        self.measure = Button("", "plain", "gauge", self.asked.emit)
        self.chart = CurveChart()
        line = row(IconLabel("gauge", "text_muted", 16), spacing=SPACE.sm)
        line.addWidget(self.advice, 1)
        line.addWidget(self.measure, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.body.addWidget(self.chart)
        self.retranslate()

    def show_state(self, state: TrainingState) -> None:
        """Show what was measured last."""
        self._state = state
        self.retranslate()

    def set_running(self, running: bool) -> None:
        """Say that it is being measured."""
        self._running = running
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        self.set_texts(self.tr("What more verdicts would bring"))
        self.measure.setText(self.tr("Measuring…") if self._running else self.tr("Measure"))
        state = self._state
        self.measure.setEnabled(not self._running and state is not None and state.labelled > 0)
        worth = state.worth if state is not None else None
        if state is None or worth is None:
            self.advice.setText(self.tr("Learn from parts of the verdicts to see how the model grows with them."))
            self.chart.hide()
            return
        key, curve = worth.widest
        advice = curve.advice if curve is not None and worth.left else worth.advice
        said = advice.sentence(core_text("learning_curve", ADVICE[advice.code]))
        keys = {criterion.key for criterion in state.scorecard.criteria}
        if curve is not None and worth.left and len(keys) > 1 and key in keys:
            name = self._context.translations.text(state.scorecard.criterion(key).name)
            said = self.tr("{criterion}: {advice}").format(criterion=name, advice=said)
        if worth.labels != state.labelled:
            said = sentences(said, self.tr("Measured with {n} verdicts.").format(n=worth.labels))
        self.advice.setText(said)
        self.chart.setVisible(curve is not None)
        if curve is not None:
            self.chart.show_curve(curve)
            self.chart.setAccessibleName(said)


class CurveChart(QWidget):
    """Measured points, the fitted line with its band; dashed beyond the labels there are."""

    def __init__(self) -> None:
        super().__init__()
        self._curve: LearningCurve | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_curve(self, curve: LearningCurve) -> None:
        """Draw another curve."""
        self._curve = curve
        self.update()

    def sizeHint(self) -> QSize:
        """Low and wide."""
        return QSize(320, tokens().px(150))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw band, line, points and the two axes' ends."""
        curve = self._curve
        points = [*curve.measured, *curve.fitted] if curve else []
        if curve is None or not points:
            return
        color = tokens().color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("caption"))
        height = painter.fontMetrics().height()
        frame = QRectF(self.rect()).adjusted(tokens().px(40), SPACE.sm, -SPACE.md, -(height + SPACE.sm))
        place, low, high = _scale(points, frame)
        painter.setPen(QPen(QColor(color.border), 1))
        painter.drawLine(frame.bottomLeft(), frame.bottomRight())
        painter.drawLine(frame.topLeft(), frame.bottomLeft())
        if curve.fitted:
            self._band(painter, curve, place)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color.accent))
        for point in curve.measured:
            painter.drawEllipse(place(point.n, point.value), 3.5, 3.5)
        painter.setPen(QColor(color.text_muted))
        right, middle = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
        for value, y in ((high, frame.top()), (low, frame.bottom())):
            area = QRectF(0, y - height / 2, frame.left() - SPACE.xs, height)
            painter.drawText(area, right | middle, f"{value:.2f}")
        for n in sorted({curve.measured[0].n, curve.measured[-1].n, points[-1].n}):
            area = QRectF(place(n, low).x() - 60, frame.bottom() + SPACE.xs, 120, height)
            if area.right() > self.width():
                area.moveRight(self.width() + 60 - SPACE.lg)
            painter.drawText(area, Qt.AlignmentFlag.AlignHCenter, self.locale().toString(n))

    @staticmethod
    def _band(painter: QPainter, curve: LearningCurve, place: Callable[[float, float], QPointF]) -> None:
        color = tokens().color
        soft = QColor(color.accent)
        soft.setAlphaF(0.18)
        edge = [place(p.n, p.high) for p in curve.fitted] + [place(p.n, p.low) for p in reversed(curve.fitted)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawPolygon(QPolygonF(edge))
        now = curve.measured[-1].n
        painter.setBrush(Qt.BrushStyle.NoBrush)
        parts = ([p for p in curve.fitted if p.n <= now], [p for p in curve.fitted if p.n >= now])
        for part, style in zip(parts, (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine), strict=True):
            painter.setPen(QPen(QColor(color.accent), 2, style))
            painter.drawPolyline(QPolygonF([place(p.n, p.value) for p in part]))


def _scale(points: Sequence[Point], frame: QRectF) -> tuple[Callable[[float, float], QPointF], float, float]:
    most = max(p.n for p in points)
    low, high = min(p.low for p in points), max(p.high for p in points)
    low, high = max(0.0, low - 0.02), min(1.0, high + 0.02)

    def place(n: float, value: float) -> QPointF:
        x = frame.left() + frame.width() * n / most
        return QPointF(x, frame.bottom() - frame.height() * (value - low) / max(high - low, 1e-9))

    return place, low, high
