"""Every shortcut with its key, and a way to give it another one; a key that is taken is refused."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from csqm_desktop.ui import theme
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.shortcuts import ACTIONS, SCOPES
from csqm_desktop.ui.tokens import RADIUS, SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label

_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class ShortcutEditor(Translatable, Section):
    """A row for each action, by place."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.reset_button = Button("", "ghost", "rollback", context.shortcuts.reset)
        self.tools.addWidget(self.reset_button)
        self.rows: dict[str, ShortcutRow] = {}
        self._scopes: dict[str, Label] = {}
        for scope in SCOPES:
            self._scopes[scope] = Label(role="overline")
            self.body.addSpacing(SPACE.xs)
            self.body.addWidget(self._scopes[scope])
            grid = QGridLayout()
            grid.setHorizontalSpacing(SPACE.xxl)
            grid.setVerticalSpacing(SPACE.xs)
            actions = [action for action in ACTIONS if action.scope == scope]
            half = (len(actions) + 1) // 2
            for place, action in enumerate(actions):
                editor = ShortcutRow(context, action.name)
                self.rows[action.name] = editor
                grid.addWidget(editor, place % half, place // half)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
            self.body.addLayout(grid)
        context.shortcuts.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts and keys."""
        self.set_texts(
            self.tr("Keyboard shortcuts"), self.tr("Press a key cap, then the new key. Escape keeps the old one.")
        )
        self.reset_button.setText(self.tr("Reset all"))
        self.reset_button.setEnabled(bool(self._context.shortcuts.custom))
        for scope, label in self._scopes.items():
            label.setText(self._context.shortcuts.scope_text(scope))
        for editor in self.rows.values():
            editor.show_key()


class ShortcutRow(Translatable, QWidget):
    """One action: what it does, its key, what is wrong with a key that was refused."""

    def __init__(self, context: AppContext, name: str) -> None:
        super().__init__()
        self._context = context
        self.name = name
        self.text = Label()
        self.warning = Label(role="caption", tone="bad", wrap=True)
        self.warning.hide()
        self.capture = KeyCapture()
        self.capture.captured.connect(self.rebind)
        self.capture.started.connect(self.warning.hide)
        layout = row(spacing=SPACE.md)
        layout.addLayout(column(self.text, self.warning, spacing=0), 1)
        layout.addWidget(self.capture)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_key(self) -> None:
        """Show text and key as they are now."""
        shortcuts = self._context.shortcuts
        self.text.setText(shortcuts.text(self.name))
        self.capture.set_key(shortcuts.shown(self.name), self.tr("Press a key…"))
        self.capture.setAccessibleName(f"{self.text.text()}: {shortcuts.shown(self.name)}")

    def rebind(self, key: str) -> None:
        """Give the action a key, or say who has it."""
        shortcuts = self._context.shortcuts
        try:
            shortcuts.rebind(self.name, key)
        except ValueError as taken:
            other = shortcuts.text(str(taken))
            self.warning.setText(self.tr("That key is taken by “{action}”.").format(action=other))
            self.warning.show()
            return
        self.warning.hide()


class KeyCapture(QWidget):
    """A key cap that waits for a new key after a click or Enter."""

    captured = Signal(str)
    started = Signal()

    def __init__(self) -> None:
        self.listening = False  # before Qt sends the first event
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._key = ""
        self._prompt = ""

    def set_key(self, key: str, prompt: str) -> None:
        """Show a key; ``prompt`` is shown while waiting for another."""
        self._key, self._prompt = key, prompt
        self._listen(False)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the key or the prompt."""
        metrics = self.fontMetrics()
        text = self._prompt if self.listening else self._key
        return QSize(max(tokens().px(44), metrics.horizontalAdvance(text) + 2 * SPACE.md), metrics.height() + SPACE.sm)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap; the ring shows focus."""
        color = tokens().color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        painter.setPen(QPen(QColor(color.focus if focus else color.border_strong), 2 if focus else 1))
        painter.setBrush(QColor(color.accent_soft if self.listening else color.sunken))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS.sm, RADIUS.sm)
        painter.setPen(QColor(color.accent_text if self.listening else color.text))
        painter.setFont(theme.font("caption"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._prompt if self.listening else self._key)

    def mouseReleaseEvent(self, _event: object) -> None:
        """Begin to wait."""
        self._listen(True)

    def event(self, event: QEvent) -> bool:
        """While waiting, every key is for this widget, shortcuts of the app included."""
        if self.listening and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key, or begin to wait for one."""
        if not self.listening:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self._listen(True)
            else:
                super().keyPressEvent(event)
            return
        if event.key() in _MODIFIERS:
            return
        self._listen(False)
        if event.key() != Qt.Key.Key_Escape:
            self.captured.emit(_portable(event))

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab is a key like any other while waiting."""
        return False if self.listening else super().focusNextPrevChild(_forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up waiting."""
        super().focusOutEvent(event)
        self._listen(False)

    def _listen(self, on: bool) -> None:
        if on and not self.listening:
            self.started.emit()
        self.listening = on
        self.updateGeometry()
        self.update()


def _portable(event: QKeyEvent) -> str:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    if len(text) == 1 and text.isprintable() and not text.isalnum() and text != " ":
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier  # "?" is Shift+/ on some keyboards and Shift+ß on others
    key = Qt.Key(event.key())
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)
