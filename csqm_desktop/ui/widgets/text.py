"""Labels in the roles of the type scale."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csqm_desktop.ui import icons
from csqm_desktop.ui.tokens import tokens
from csqm_desktop.ui.widgets.layouts import set_property


class Label(QLabel):
    """A label with a ``role``: display, title, subtitle, strong, body, reading, muted, caption, overline.

    ``tone`` colours it: good, ok, bad, doubt, accent. Text is plain, never markup: chats must not render.
    """

    def __init__(
        self, text: str = "", role: str = "body", *, tone: str = "", wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        set_property(self, "tone", tone)

    def set_role(self, role: str) -> None:
        """Change the role."""
        set_property(self, "role", role)


class ElidedLabel(Label):
    """One line that gives way when there is no room; the whole text is in the tool tip."""

    def __init__(self, text: str = "", role: str = "body", *, middle: bool = False) -> None:
        super().__init__(text, role)
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)

    def setText(self, text: str, /) -> None:
        """Set the text; line breaks become spaces."""
        super().setText(" ".join(text.split()))
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        """As wide as the text, so that a layout with room shows all of it."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        self.style().drawItemText(
            painter, self.rect(), int(self.alignment()), self.palette(), self.isEnabled(), text, self.foregroundRole()
        )


class IconLabel(QLabel):
    """An icon on its own, tinted by the theme. It has no meaning of its own for a screen reader."""

    def __init__(self, name: str, role: str = "text_muted", size: int = 20) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        side = tokens().px(size)
        self.setFixedSize(side, side)

    def set_icon(self, name: str, role: str | None = None) -> None:
        """Show another icon."""
        self._name, self._role = name, role or self._role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon in the current colour."""
        painter = QPainter(self)
        pixmap = icons.pixmap(self._name, self._role, min(self.width(), self.height()), self.devicePixelRatioF())
        painter.drawPixmap(0, 0, pixmap)


class Chip(QLabel):
    """A short fact on a rounded ground."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
