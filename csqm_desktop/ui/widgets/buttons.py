"""Buttons: with a look, an icon, and the key that does the same."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QToolButton, QWidget

from csqm_desktop.ui import icons
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.widgets.key_cap import key_size, paint_key


class Button(QPushButton):
    """A push button. ``variant``: plain, primary (one a page), ghost, danger, link.

    ``show_key(context.shortcuts, "review.accept")`` draws the key on it and keeps it up to date.
    """

    def __init__(
        self,
        text: str = "",
        variant: str = "plain",
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("variant", variant)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._key = ""
        self._icon_name = icon
        if icon:
            role = {"primary": "on_accent", "danger": "bad", "link": "accent_text"}.get(variant, "text_muted")
            icons.assign(self, icon, role, gap=SPACE.xs)
            self.setIconSize(QSize(tokens().px(16) + SPACE.xs, tokens().px(16)))
        self._on_click = on_click
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        if self._on_click is not None:
            self._on_click()

    def show_key(self, shortcuts: Shortcuts, name: str) -> Button:
        """Draw the key of an action on the button. Clicking and the key are wired by the page."""

        def update() -> None:
            self._key = shortcuts.shown(name)
            self.updateGeometry()
            self.update()

        shortcuts.changed.connect(update)
        update()
        return self

    def sizeHint(self) -> QSize:
        """The usual size plus the key cap."""
        size = super().sizeHint()
        if self._key:
            size.setWidth(size.width() + key_size(self._key).width() + SPACE.sm)
        return size

    def minimumSizeHint(self) -> QSize:
        """Never cut the text off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the key cap to the right of its text."""
        if not self._key:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        style = self.style()
        style.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        cap = key_size(self._key)
        room: QRect = style.subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        option.rect = room.adjusted(0, 0, -(cap.width() + SPACE.sm), 0)
        style.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option, painter, self)
        where = QRect(room.right() - cap.width() + 1, self.rect().center().y() - cap.height() // 2 + 1, *cap.toTuple())
        color = tokens().color
        tint = color.text_muted if self.isEnabled() else color.text_disabled
        on_accent = self.property("variant") == "primary" and self.isEnabled()
        paint_key(painter, where, self._key, color.on_accent if on_accent else tint)


class IconButton(QToolButton):
    """A square button with an icon only; ``name`` is what a screen reader and the tool tip say."""

    def __init__(
        self,
        icon: str,
        name: str = "",
        on_click: Callable[[], object] | None = None,
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("variant", "icon")
        icons.assign(self, icon)
        side = tokens().px(size)
        self.setFixedSize(side, side)
        self.setIconSize(QSize(round(side * 0.58), round(side * 0.58)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._size = size
        self.set_name(name)
        self._on_click = on_click
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        if self._on_click is not None:
            self._on_click()

    def set_name(self, name: str, key: str = "") -> None:
        """Set the accessible name and the tool tip, with the key that does the same."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({key})" if key else name)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        icons.assign(self, icon)

    def changeEvent(self, event: QEvent) -> None:
        """Grow and shrink with the font size."""
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            side = tokens().px(self._size)
            self.setFixedSize(side, side)
            self.setIconSize(QSize(round(side * 0.58), round(side * 0.58)))
        super().changeEvent(event)
