"""A place to drop a file on, or to press for choosing one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui.tokens import RADIUS, SPACE, tokens
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import IconLabel, Label


class DropZone(QWidget):
    """A dashed frame. ``dropped`` carries the files, ``pressed`` asks for a file dialog."""

    dropped = Signal(object)  # list[Path]
    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._over = False
        self.title = Label(role="subtitle")
        self.text = Label(role="muted", wrap=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icon = IconLabel("import", "accent_text", 32)
        self.setLayout(
            column(None, row(None, icon, None), self.title, self.text, None, spacing=SPACE.sm, margins=SPACE.xl)
        )

    def set_texts(self, title: str, text: str) -> None:
        """Set what it says."""
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def sizeHint(self) -> QSize:
        """Room to aim at."""
        return QSize(480, max(tokens().px(190), super().sizeHint().height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame; stronger while a file hovers over it or it has the focus."""
        color = tokens().color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self._over or self.hasFocus()
        pen = QPen(QColor(color.focus if active else color.border_strong), 2 if active else 1.5)
        if not self.hasFocus() or self._over:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(color.accent_soft if self._over else color.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS.lg, RADIUS.lg)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept local files."""
        if _files(event):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Back to rest."""
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files over."""
        self._set_over(False)
        files = _files(event)
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses a file."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose a file."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus."""
        super().focusOutEvent(event)
        self.update()

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
