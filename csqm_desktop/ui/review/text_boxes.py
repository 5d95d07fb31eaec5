"""Text boxes of the review page: they keep their letters and their input method; Esc and Ctrl+Enter pass through."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from csqm_desktop.ui.tokens import RADIUS, tokens

_WITH_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def _is_writing(event: QEvent) -> bool:
    """Whether a key belongs to the text and not to a shortcut of the page."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.modifiers() & _WITH_KEYS:
        return False
    return event.key() != Qt.Key.Key_Escape and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35


class NoteBox(QPlainTextEdit):
    """A few lines of text; grows while it is written in."""

    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.fit)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Keep letters, digits, Space and Enter."""
        if _is_writing(event):
            event.accept()
            return True
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and not self.hasFocus():
            self._paint_frame()
        return done

    def _paint_frame(self) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().color.border_strong), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS.md, RADIUS.md)

    def fit(self) -> None:
        """As tall as the text, within reason."""
        lines = min(6, max(1, self.document().size().toSize().height()))
        if self.hasFocus():
            lines = max(3, lines)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines >= 6 else policy.ScrollBarAlwaysOff)
        height = max(self.fontMetrics().lineSpacing() * lines + 26, tokens().px(30) + 16)
        if height != self.height():
            self.setFixedHeight(height)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Grow."""
        super().focusInEvent(event)
        self.fit()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Shrink, and tell that the writing is over."""
        super().focusOutEvent(event)
        self.fit()
        self.left.emit()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(120, self.height())


class LineBox(QLineEdit):
    """One line of text; Enter ends it like Esc."""

    entered = Signal()
    left = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.returnPressed.connect(self.done)

    def event(self, event: QEvent) -> bool:
        """Keep letters, digits, Space and Enter."""
        if _is_writing(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that writing begins."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it is over."""
        super().focusOutEvent(event)
        self.left.emit()


def is_text_box(widget: QWidget | None) -> bool:
    """Whether a widget takes letters as text."""
    return isinstance(widget, QPlainTextEdit | QLineEdit)
