"""The strip at the bottom: what is running, how far it is, how long it will take, and a way to stop it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from csqm_desktop.errors import QT_TRANSLATE_NOOP, CsqmError
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import JobHandle
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable, stage_text
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.layouts import row
from csqm_desktop.ui.widgets.text import ElidedLabel, IconLabel, Label

KIND_TEXTS = {
    "import": QT_TRANSLATE_NOOP("JobStrip", "Import"),
    "watch": QT_TRANSLATE_NOOP("JobStrip", "Watching folders"),
    "serve": QT_TRANSLATE_NOOP("JobStrip", "Taking messages over HTTP"),
    "pull": QT_TRANSLATE_NOOP("JobStrip", "Fetching from a service"),
    "undo_import": QT_TRANSLATE_NOOP("JobStrip", "Taking an import back"),
    "roles": QT_TRANSLATE_NOOP("JobStrip", "Deciding roles again"),
    "topics": QT_TRANSLATE_NOOP("JobStrip", "Finding topics"),
    "label": QT_TRANSLATE_NOOP("JobStrip", "Import of labels"),
    "label_worth": QT_TRANSLATE_NOOP("JobStrip", "What more verdicts would bring"),
    "check_rules": QT_TRANSLATE_NOOP("JobStrip", "Checking rules"),
    "score": QT_TRANSLATE_NOOP("JobStrip", "Scoring"),
    "train": QT_TRANSLATE_NOOP("JobStrip", "Training"),
    "evaluate": QT_TRANSLATE_NOOP("JobStrip", "Measuring a version"),
    "export": QT_TRANSLATE_NOOP("JobStrip", "Export"),
    "private_trend": QT_TRANSLATE_NOOP("JobStrip", "Figures with noise"),
    "demo": QT_TRANSLATE_NOOP("JobStrip", "Demo workspace"),
    "mask_again": QT_TRANSLATE_NOOP("JobStrip", "Masking the texts again"),
    "erase": QT_TRANSLATE_NOOP("JobStrip", "Erasing a customer"),
    "purge_raw": QT_TRANSLATE_NOOP("JobStrip", "Deleting originals"),
    "backup": QT_TRANSLATE_NOOP("JobStrip", "Backup"),
    "daily_backup": QT_TRANSLATE_NOOP("JobStrip", "Daily backup"),
}
LINGER_MS = 8000


class JobStrip(Translatable, QWidget):
    """Shows the job that has run longest; hides when nothing runs and the last outcome has been up a while."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("jobStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._handle: JobHandle | None = None
        self._outcome: tuple[str, str, CsqmError | None] | None = None  # state, kind, error
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.timeout.connect(self._fade)
        self.icon = IconLabel("refresh", "accent_text", 18)
        self.title = Label(role="strong")
        self.stage = ElidedLabel(role="muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(tokens().px(220))
        self.share = Label(role="caption")
        self.left = Label(role="caption")
        self.cancel_button = Button("", "ghost", "", self.cancel)
        self.details_button = Button("", "ghost", "", self._show_error)
        self.close_button = IconButton("x", "", self._fade, size=26)
        for button in (self.cancel_button, self.details_button):
            button.setProperty("dense", True)
        layout = row(self.icon, self.title, spacing=SPACE.md, margins=(SPACE.lg, SPACE.xs))
        layout.addWidget(self.stage, 1)
        for widget in (self.share, self.bar, self.left, self.details_button, self.cancel_button, self.close_button):
            layout.addWidget(widget)
        self.setLayout(layout)
        self.setMinimumHeight(tokens().px(40))
        context.runner.job_started.connect(self._follow)
        context.runner.job_finished.connect(self._finished)
        self.hide()
        self.retranslate()

    # -- following

    def _follow(self, handle: JobHandle) -> None:
        handle.started.connect(self.retranslate)
        handle.progressed.connect(self._progressed)
        self._linger.stop()
        self._outcome = None
        if self._handle is None or self._handle.is_over:
            self._handle = handle
        self.retranslate()
        self.show()

    def _progressed(self, *_at: Any) -> None:
        self.retranslate()

    def _finished(self, handle: JobHandle) -> None:
        waiting = self._context.runner.running()
        self._outcome = (handle.state, handle.kind, handle.error)
        self._handle = waiting[0] if waiting else None
        self.retranslate()
        if self._handle is None and handle.state != "failed":
            self._linger.start(LINGER_MS)

    def cancel(self) -> None:
        """Ask the shown job to stop."""
        if self._handle is not None:
            self._handle.cancel()
            self.retranslate()

    def _fade(self) -> None:
        self._outcome = None
        if self._handle is None:
            self.hide()

    def _show_error(self) -> None:
        if self._outcome and self._outcome[2] is not None:
            self._context.notices.error(self._outcome[2])

    # -- what is shown

    def retranslate(self) -> None:
        """Show the state in the language in use."""
        self.cancel_button.setText(self.tr("Cancel"))
        self.details_button.setText(self.tr("What to do"))
        self.close_button.set_name(self.tr("Close"))
        running = self._handle is not None
        for widget in (self.bar, self.share, self.left, self.cancel_button):
            widget.setVisible(running)
        self.close_button.setVisible(not running)
        self.details_button.setVisible(not running and bool(self._outcome and self._outcome[2]))
        if self._handle is not None:
            self._show_running(self._handle)
        elif self._outcome is not None:
            self._show_outcome(*self._outcome)

    def _show_running(self, handle: JobHandle) -> None:
        self.icon.set_icon("refresh", "accent_text")
        self.title.setText(self._kind(handle.kind))
        if handle.cancel_requested.is_set():
            stage = self.tr("Stopping at the next safe point…")
        elif handle.state == "waiting":
            stage = self.tr("Waiting for its turn")
        else:
            stage = stage_text(handle.stage)
        others = len(self._context.runner.running()) - 1
        if others > 0:
            waiting = self.tr("%n more waiting", "", others)
            stage = f"{stage}  ·  {waiting}"
        self.stage.setText(stage)
        self.cancel_button.setEnabled(not handle.cancel_requested.is_set())
        known = handle.total > 0
        self.bar.setRange(0, 1000 if known else 0)
        if known:
            self.bar.setValue(round(1000 * handle.done / handle.total))
        self.share.setText(f"{handle.done / handle.total:.0%}" if known else "")
        self.left.setText(self._time_left(handle.seconds_left()))
        self.bar.setAccessibleName(self.title.text())

    def _show_outcome(self, state: str, kind: str, _error: CsqmError | None) -> None:
        texts = {
            "succeeded": ("check-circle", "good", self.tr("Finished")),
            "failed": ("x-circle", "bad", self.tr("Could not be finished. Everything stored before is safe.")),
            "cancelled": ("info", "text_muted", self.tr("Cancelled")),
        }
        icon, tint, text = texts[state]
        self.icon.set_icon(icon, tint)
        self.title.setText(self._kind(kind))
        self.stage.setText(text)

    def _kind(self, kind: str) -> str:
        return self.tr(KIND_TEXTS[kind]) if kind in KIND_TEXTS else kind

    def _time_left(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if seconds < 60:
            return self.tr("less than a minute left")
        return self.tr("about %n minute(s) left", "", round(seconds / 60))
