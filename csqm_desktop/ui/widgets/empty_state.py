"""What a page shows instead of nothing: an icon, what this is, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.ui import icons
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label


class EmptyState(QWidget):
    """Icon, title, explanation and up to two buttons, in the middle of the room there is."""

    def __init__(
        self,
        icon: str,
        on_action: Callable[[], object] | None = None,
        on_second: Callable[[], object] | None = None,
        action_icon: str = "",
    ) -> None:
        super().__init__()
        self.badge = _Badge(icon)
        self.title = Label(role="subtitle")
        self.text = Label(role="muted", wrap=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.action = Button("", "primary", action_icon, on_action)
        self.second = Button("", "plain", "", on_second)
        self.action.setVisible(on_action is not None)
        self.second.setVisible(on_second is not None)
        middle = column(
            row(None, self.badge, None),
            SPACE.xs,
            self.title,
            row(None, self.text, None),
            SPACE.sm,
            row(None, self.action, self.second, None),
            spacing=SPACE.sm,
        )
        layout = column(None, middle, None, margins=SPACE.xl)
        self.setLayout(layout)

    def set_texts(self, title: str, text: str = "", action: str = "", second: str = "") -> None:
        """Set what it says."""
        self.text.setFixedWidth(tokens().px(420))
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.action.setText(action)
        self.second.setText(second)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self.badge.icon = icon
        self.badge.update()


class _Badge(QWidget):
    """An icon on a soft disc."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.icon = icon
        side = tokens().px(64)
        self.setFixedSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().color.accent_soft))
        painter.drawEllipse(self.rect())
        size = round(self.width() * 0.44)
        at = (self.width() - size) // 2
        painter.drawPixmap(at, at, icons.pixmap(self.icon, "accent_text", size, self.devicePixelRatioF()))
