"""Everything the app says to a person outside its pages: toasts, questions, errors, the crash dialog.

No other module opens a message box. Tests replace ``Notices.ask`` and read ``Notices.history``.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from functools import partial
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from csqm_desktop import logs
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import error_texts
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import IconLabel, Label

_log = logging.getLogger(__name__)
_ICONS = {"good": "check-circle", "accent": "info", "ok": "warning", "bad": "x-circle", "doubt": "question"}
_TINTS = {"good": "good", "accent": "accent_text", "ok": "ok", "bad": "bad", "doubt": "doubt"}


class Notices(QObject):
    """The one door to the user. ``attach`` gives it the window whose middle and corner it uses."""

    _crashed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._toasts: list[Toast] = []
        self._held: list[Callable[[], None]] | None = None  # what is said once the window is unlocked
        self.history: list[tuple[str, str]] = []  # (kind, text) of everything that was said
        self._crashed.connect(self._show_crash, Qt.ConnectionType.QueuedConnection)

    def attach(self, window: QWidget) -> None:
        """Show everything in and over this window from now on."""
        self._window = window

    def hold(self) -> None:
        """Show nothing from now on, and nothing of what is shown: the window is locked."""
        if self._held is None:
            self._held = []
        for toast in list(self._toasts):
            self._forget(toast)

    def release(self, drop: bool = False) -> None:
        """Say what was held back; ``drop`` it when it was meant for somebody who is gone."""
        held, self._held = self._held, None
        for say in held if held and not drop else ():
            say()

    def toast(
        self, text: str, tone: str = "accent", action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Say something that needs no answer; it goes away by itself. ``tone``: good, accent, ok, bad."""
        self.history.append(("toast", text))
        if self._held is not None:
            self._held.append(partial(self._toast, text, tone, action, on_action))
        else:
            self._toast(text, tone, action, on_action)

    def _toast(self, text: str, tone: str, action: str, on_action: Callable[[], object] | None) -> None:
        if self._window is None:
            return
        toast = Toast(self._window, text, tone, action, on_action)
        toast.closed.connect(self._forget)
        self._toasts.append(toast)
        self.arrange()
        toast.show()
        toast.raise_()

    def ask(self, title: str, text: str, confirm: str, cancel: str = "", danger: bool = False) -> bool:
        """Ask a yes-or-no question; True when the person confirmed. Escape means no, and so does a locked window."""
        self.history.append(("question", title))
        if self._held is not None:
            return False
        return self.question(title, text, confirm, cancel, danger).exec() == QDialog.DialogCode.Accepted

    def question(self, title: str, text: str, confirm: str, cancel: str = "", danger: bool = False) -> MessageDialog:
        """The dialog of a yes-or-no question."""
        icon, tone = ("warning", "ok") if danger else ("question", "accent")
        dialog = MessageDialog(self._window, title, text, icon, tone)
        dialog.add_button(cancel or QCoreApplication.translate("Notices", "Cancel"), "plain", dialog.reject)
        confirm_button = dialog.add_button(confirm, "danger" if danger else "primary", dialog.accept)
        if not danger:
            confirm_button.setDefault(True)
        return dialog

    def error(self, error: CsqmError) -> None:
        """Show an expected error: what happened and what to do."""
        what, remedy = error_texts(error)
        self.history.append(("error", what))
        _log.warning("shown to the user: %s %s", error.code, error.values)
        if self._held is not None:
            self._held.append(partial(self._show_error, error, what, remedy))
        else:
            self._show_error(error, what, remedy)

    def _show_error(self, error: CsqmError, what: str, remedy: str) -> None:
        dialog = MessageDialog(self._window, what, remedy, "x-circle", "bad")
        if error.code == "unexpected":
            dialog.add_details(str(error.values.get("reason", "")))
        dialog.add_button(QCoreApplication.translate("Notices", "Close"), "primary", dialog.accept).setDefault(True)
        dialog.exec()

    # -- crashes

    def catch_crashes(self) -> None:
        """Send what nobody caught to the log and to a dialog instead of to nowhere."""
        sys.excepthook = self._excepthook

    def _excepthook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        _log.critical("uncaught", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        self._crashed.emit("".join(traceback.format_exception(kind, error, trace)))

    def _show_crash(self, details: str) -> None:
        self.history.append(("crash", details))
        if self._held is not None:
            self._held.append(partial(self._say_crash, details))
        else:
            self._say_crash(details)

    def _say_crash(self, details: str) -> None:
        dialog = MessageDialog(
            self._window,
            QCoreApplication.translate("Notices", "Something went wrong that should not have"),
            QCoreApplication.translate(
                "Notices", "Everything you confirmed before is saved. The log file has the details: {log}"
            ).format(log=logs.log_file()),
            "warning",
            "bad",
        )
        dialog.add_details(details)
        dialog.add_button(
            QCoreApplication.translate("Notices", "Copy details"),
            "plain",
            lambda: QGuiApplication.clipboard().setText(details),
        )
        dialog.add_button(QCoreApplication.translate("Notices", "Close"), "primary", dialog.accept).setDefault(True)
        dialog.exec()

    # -- toasts

    def _forget(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
        toast.hide()
        toast.deleteLater()
        self.arrange()

    def arrange(self) -> None:
        """Put the toasts over the window's lower edge."""
        if self._window is None:
            return
        bottom = self._window.height() - SPACE.xxl - SPACE.xl
        for toast in reversed(self._toasts):
            toast.adjustSize()
            bottom -= toast.height()
            toast.move((self._window.width() - toast.width()) // 2, bottom)
            bottom -= SPACE.sm


class Toast(Card):
    """A short message over the window's lower edge."""

    closed = Signal(object)

    def __init__(
        self, window: QWidget, text: str, tone: str, action: str, on_action: Callable[[], object] | None
    ) -> None:
        super().__init__(kind="raised", margins=SPACE.sm)
        self.setParent(window)
        self.setAccessibleName(text)
        message = Label(text)
        message.setMaximumWidth(tokens().px(560))
        close = IconButton("x", QCoreApplication.translate("Notices", "Close"), lambda: self.closed.emit(self), size=24)
        line = row(SPACE.xs, IconLabel(_ICONS[tone], _TINTS[tone], 18), message, spacing=SPACE.sm)
        if action and on_action is not None:
            button = Button(action, "link", "", on_action)
            button.clicked.connect(lambda: self.closed.emit(self))
            line.addWidget(button)
        line.addWidget(close)
        self.body.addLayout(line)
        QTimer.singleShot(9000 if action else 5000, self, lambda: self.closed.emit(self))


class MessageDialog(QDialog):
    """Icon, title, text, buttons; details on demand."""

    def __init__(self, parent: QWidget | None, title: str, text: str, icon: str, tone: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("csqm")
        self.setModal(True)
        self.setAccessibleName(title)
        heading = self._heading = Label(title, "subtitle", wrap=True)
        message = self._message = Label(text, "muted", wrap=True)
        message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._texts = column(heading, message, None, spacing=SPACE.sm)
        self._buttons = row(None)
        head = row(spacing=SPACE.lg)
        head.addWidget(IconLabel(icon, _TINTS[tone], 28), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(self._texts, 1)
        self.setLayout(column(head, self._buttons, spacing=SPACE.xl, margins=SPACE.xl))
        self.setMinimumWidth(tokens().px(460))
        self._fit()

    def _fit(self) -> None:
        """As high as the wrapped text is at its width: Qt guesses from another one, and leaves gaps in between."""
        room = self.minimumWidth() - 2 * SPACE.xl - SPACE.lg - tokens().px(28)
        for label in (self._heading, self._message):
            label.ensurePolished()
            label.setFixedHeight(label.heightForWidth(room))

    def add_button(self, text: str, variant: str, on_click: Callable[[], object]) -> Button:
        """Add a button at the right."""
        button = Button(text, variant, "", on_click)
        self._buttons.addWidget(button)
        return button

    def add_details(self, text: str) -> None:
        """Add details that open with a button."""
        box = QPlainTextEdit(text)
        box.setReadOnly(True)
        box.setAccessibleName(QCoreApplication.translate("Notices", "Details"))
        box.setMinimumSize(tokens().px(460), tokens().px(180))
        box.hide()

        def toggle_details() -> None:
            box.setVisible(not box.isVisible())
            self.adjustSize()

        toggle = Button(QCoreApplication.translate("Notices", "Details"), "link", "", toggle_details)
        self._texts.addWidget(toggle)
        self._texts.addWidget(box)
