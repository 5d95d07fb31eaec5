"""The running total of a reply: number, bar with the pass line, pass or fail in words, critical flag."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui.review.draft import Standing
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import IconLabel, Label


class ScoreMeter(Translatable, QWidget):
    """Shows a ``Standing``, and the model's expected score greyed beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._standing: Standing | None = None
        self._line = 0.6
        self._model: float | None = None
        self._accepted: float | None = None
        self.figure = Label("–", "display")
        self.figure.setMinimumWidth(tokens().px(58))
        self.whose = Label(role="caption")
        self.word = Label(role="strong")
        self.icon = IconLabel("dot", "text_muted", 16)
        self.progress = Label(role="caption")
        self.model = Label(role="caption")
        self.spark = IconLabel("spark", "doubt", 13)
        self.bar = _Bar()
        texts = column(
            row(self.icon, self.word, None, self.progress, spacing=SPACE.xs),
            self.bar,
            row(self.spark, self.model, None, spacing=SPACE.xs),
            spacing=SPACE.xs,
        )
        layout = row(spacing=SPACE.md)
        total = column(self.figure, self.whose, spacing=0)
        layout.addLayout(total)
        layout.setAlignment(total, Qt.AlignmentFlag.AlignVCenter)  # no stretch: it would take room from the criteria
        layout.addLayout(texts, 1)
        self.setLayout(layout)
        self.retranslate()

    def show_standing(
        self, standing: Standing, pass_line: float, model: float | None, accepted: float | None = None
    ) -> None:
        """Show where the draft stands; ``model`` is its expected score, ``accepted`` what its likeliest levels give."""
        if (standing, pass_line, model, accepted) == (self._standing, self._line, self._model, self._accepted):
            return
        self._standing, self._line, self._model, self._accepted = standing, pass_line, model, accepted
        self.retranslate()

    @property
    def verdict(self) -> str:
        """``pass``, ``fail``, ``critical`` or empty while nothing is rated."""
        s = self._standing
        if s is None or s.score is None:
            return ""
        if s.critical_failed:
            return "critical"
        return "pass" if s.passed else "fail"

    def retranslate(self) -> None:
        """Words in the language in use."""
        s = self._standing
        line = f"{self._line * 100:.0f}"
        so_far = s is not None and not s.complete
        below = self.tr("Below {line} so far") if so_far else self.tr("Below the pass line of {line}")
        self.whose.setText(self.tr("your score"))
        words = {
            "pass": (
                self.tr("Above {line} so far").format(line=line) if so_far else self.tr("Passes"),
                "check-circle",
                "good",
            ),
            "fail": (below.format(line=line), "x-circle", "bad"),
            "critical": (self.tr("Critical criterion failed"), "shield", "bad"),
            "": (self.tr("Pass line {line}").format(line=line), "target", ""),
        }
        word, icon, tone = words[self.verdict]
        self.word.setText(word)
        self.word.set_tone(tone)
        self.icon.set_icon(icon, tone or "text_muted")
        figure = "–" if s is None or s.score is None else f"{s.score * 100:.0f}"
        self.figure.setText(figure)
        self.figure.set_tone(tone)
        self.figure.setAccessibleName(self.tr("Score {figure} of 100").format(figure=figure))
        if s is not None:
            self.progress.setText(self.tr("{rated} of {total} rated").format(rated=s.rated, total=s.total))
        self.spark.setVisible(self._model is not None)
        if self._model is None:
            self.model.setText(self.tr("The model has no opinion on this reply yet"))
            self.model.setToolTip("")
        else:
            self.model.setText(self._opinion(self._model))
            self.model.setToolTip(
                self.tr(
                    "The model's score is an average over all levels, weighed by how likely it holds each of them."
                    " Accepting takes only the likeliest level of each criterion, and so gives another score."
                )
            )
        self.setAccessibleName(word)
        self.bar.show_values(None if s is None else s.score, self._line, self._model, tone)

    def _opinion(self, expected: float) -> str:
        """The expected score, and the one after accepting where that is another number."""
        figure = f"{expected * 100:.0f}"
        accepted = figure if self._accepted is None else f"{self._accepted * 100:.0f}"
        if accepted == figure:
            return self.tr("Model's score {figure}").format(figure=figure)
        return self.tr("Model's score {figure}; “Accept all” gives {accepted}").format(figure=figure, accepted=accepted)


class _Bar(QWidget):
    """The total as a bar, with marks for the pass line and for the model."""

    def __init__(self) -> None:
        super().__init__()
        self._score: float | None = None
        self._line = 0.6
        self._model: float | None = None
        self._tone = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_values(self, score: float | None, line: float, model: float | None, tone: str) -> None:
        self._score, self._line, self._model, self._tone = score, line, model, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = tokens().color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(0, 4, self.width(), 6)
        painter.setBrush(QColor(color.pressed))
        painter.drawRoundedRect(groove, 3, 3)
        if self._score:
            filled = QRectF(groove)
            filled.setWidth(max(6.0, groove.width() * self._score))
            painter.setBrush(QColor(getattr(color, f"{self._tone}_fill", color.accent)))
            painter.drawRoundedRect(filled, 3, 3)
        at = groove.width() * self._line
        painter.setPen(QPen(QColor(color.text), 2))
        painter.drawLine(QPointF(at, 1), QPointF(at, 13))
        if self._model is not None:
            at = min(groove.width() - 4, max(4.0, groove.width() * self._model))
            painter.setPen(QPen(QColor(color.doubt_fill), 1.5))
            painter.setBrush(QColor(color.surface))
            painter.drawEllipse(QPointF(at, 7), 4, 4)
