"""How sure the model is: a bar, a number and a word; never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui import theme
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable

SURE, FAIR = 0.8, 0.6


class ConfidenceBadge(Translatable, QWidget):
    """A small pill. ``set_confidence(None)`` stands for "no score yet"."""

    def __init__(self, confidence: float | None = None, compact: bool = False) -> None:
        super().__init__()
        self._confidence = confidence
        self._compact = compact
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def set_confidence(self, confidence: float | None) -> None:
        """Show another confidence in 0..1."""
        self._confidence = confidence
        self.retranslate()

    def retranslate(self) -> None:
        """Word and number in the language in use."""
        words = {"good": self.tr("sure"), "ok": self.tr("fairly sure"), "doubt": self.tr("unsure")}
        if self._confidence is None:
            self._text = self.tr("no score")
        elif self._compact:
            self._text = f"{self._confidence:.0%}"
        else:
            self._text = f"{self._confidence:.0%} {words[meaning(self._confidence)]}"
        if self._confidence is None:
            described = self._text
        else:
            described = self.tr("Confidence {share}, {word}").format(
                share=f"{self._confidence:.0%}", word=words[meaning(self._confidence)]
            )
        self.setAccessibleName(described)
        self.setToolTip(described)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Bar, gap, text and padding."""
        metrics = QFontMetrics(theme.font("caption"))
        return QSize(metrics.horizontalAdvance(self._text) + self._bar() + 3 * SPACE.sm, metrics.height() + 6)

    def _bar(self) -> int:
        return tokens().px(28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill, its bar and its text."""
        color = tokens().color
        kind = meaning(self._confidence)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(color, f"{kind}_soft") if kind else color.sunken))
        radius = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        groove = QRectF(SPACE.sm, self.height() / 2 - 2, self._bar(), 4)
        tint = QColor(getattr(color, kind) if kind else color.text_muted)
        faint = QColor(tint)
        faint.setAlphaF(0.25)
        painter.setBrush(faint)
        painter.drawRoundedRect(groove, 2, 2)
        if self._confidence is not None:
            groove.setWidth(max(4.0, groove.width() * self._confidence))
            painter.setBrush(tint)
            painter.drawRoundedRect(groove, 2, 2)
        painter.setPen(tint)
        painter.setFont(theme.font("caption"))
        text_at = self.rect().adjusted(self._bar() + 2 * SPACE.sm, 0, 0, 0)
        painter.drawText(text_at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)


def meaning(confidence: float | None) -> str:
    """``good``, ``ok`` or ``doubt`` for a confidence; empty for none."""
    if confidence is None:
        return ""
    return "good" if confidence >= SURE else "ok" if confidence >= FAIR else "doubt"
