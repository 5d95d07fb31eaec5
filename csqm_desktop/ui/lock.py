"""Locks the window when nobody has touched it for some minutes, where people sign in."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.signing_in import LockScreen

LOOK_MS = 5000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


_FLOATING = frozenset(
    {Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Tool, Qt.WindowType.Drawer, Qt.WindowType.Sheet}
)


def _floats(widget: QWidget) -> bool:
    """Whether it is a window of its own over the main one: a dialog, a menu, a tip."""
    return widget.isWindow() and (isinstance(widget, QDialog) or widget.windowType() in _FLOATING)


class Lock(QObject):
    """Counts the idle time of a signed-in person; ``lock`` covers the window, ``sign_out`` closes the workspace.

    The person stays signed in while it is locked: running jobs and watched folders go on.
    """

    def __init__(self, context: AppContext, window: QMainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._touched = time.time()  # the wall clock: it also moves while the computer sleeps
        self._filtering = False
        self.screen: LockScreen | None = None
        self._kept: list[QDialog] = []  # put away, and shown again to the same person
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        context.workspace_changed.connect(self._adjust)
        context.settings_changed.connect(self._adjust)

    @property
    def locked(self) -> bool:
        """Whether the window is covered."""
        return self.screen is not None

    def _adjust(self) -> None:
        """Watch only where there is something to lock: every event of the application passes the filter."""
        workspace = self._context.workspace
        signed_in = workspace is not None and workspace.actor is not None
        if not signed_in:
            self._let_go()
            self._uncover()
        wanted = signed_in and (self.locked or self._context.settings.lock_after_minutes > 0)
        application = QApplication.instance()
        if wanted == self._filtering or application is None:
            return
        self._filtering = wanted
        self._touched = time.time()
        if wanted:
            application.installEventFilter(self)
            self._timer.start()
        else:
            application.removeEventFilter(self)
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there; while it is locked: nothing may come up over the lock."""
        if event.type() in _TOUCHES:
            self._touched = time.time()
        elif self.locked and event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and _floats(watched):
            # not at once: a dialog that is hidden before it waits would wait unseen for ever
            watched.setWindowOpacity(0.0)
            QTimer.singleShot(0, watched, partial(self._put_away, watched))
        return False

    def look(self) -> None:
        """Lock when the time is over."""
        self._adjust()  # somebody may have become the first lead meanwhile
        idle = time.time() - self._touched
        if self._filtering and not self.locked and idle >= 60 * self._context.settings.lock_after_minutes:
            self.lock()

    def lock(self) -> None:
        """Cover the window and put open dialogs away."""
        workspace = self._context.workspace
        if workspace is None or workspace.actor is None or self.locked:
            return
        name = workspace.actor.name
        record = partial(workspace.audit.append, name, "lock", name)  # it may have to wait for another writer
        self._context.runner.query(record, lambda _none: None, lambda _error: None, owner=self)
        self._context.notices.hold()
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and _floats(widget):
                self._put_away(widget)
        self._show_content(False)
        self.screen = screen = LockScreen(workspace.actor, self._window)
        self._adjust()

        def attempt(name: str, secret: str) -> None:
            work = partial(workspace.people.sign_in, name, secret)
            self._context.runner.query(work, lambda _actor: self._uncover(), screen.form.refuse, owner=screen)

        screen.form.submitted.connect(attempt)
        screen.sign_out_requested.connect(self.sign_out)

    def _put_away(self, widget: QWidget) -> None:
        """End a question as if it had been cancelled; keep what would be lost by that."""
        if getattr(widget, "kept_when_locked", False) and isinstance(widget, QDialog):
            if widget not in self._kept:
                self._kept.append(widget)
            widget.hide()
        elif isinstance(widget, QDialog):
            widget.reject()
        else:
            widget.close()

    def _let_go(self) -> None:
        """The person is gone: what was kept is not for the next one."""
        for dialog in self._kept:
            dialog.done(QDialog.DialogCode.Rejected)
        self._kept.clear()
        self._context.notices.release(drop=True)

    def _uncover(self) -> None:
        screen, self.screen = self.screen, None
        if screen is None:
            return
        self._touched = time.time()
        self._window.removeEventFilter(screen)
        screen.hide()
        screen.deleteLater()
        self._show_content(True)
        kept, self._kept = self._kept, []
        for dialog in kept:
            dialog.setWindowOpacity(1.0)
            dialog.open()
        self._adjust()
        self._context.notices.release()

    def _show_content(self, shown: bool) -> None:
        content = self._window.centralWidget()
        if content is not None:
            content.setEnabled(shown)
            content.setVisible(shown)

    def sign_out(self) -> None:
        """End the person's work here: the workspace is closed, unless a job still runs."""
        context, workspace = self._context, self._context.workspace
        if workspace is None or workspace.actor is None:
            return
        if context.runner.running():
            text = self.tr("Wait for the running job, or cancel it first.")
            if self.screen is not None:  # notices wait until it is unlocked
                self.screen.form.tell(text)
            else:
                context.notices.toast(text, "ok")
            return
        failed = self.screen.form.refuse if self.screen is not None else context.notices.error
        context.runner.query(workspace.people.sign_out, lambda _none: context.use_workspace(None), failed, owner=self)
