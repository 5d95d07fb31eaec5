"""What reads texts on this computer: known after the model was used, or asked for with a button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.ask_engine import Engine, ask_engine
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, error_texts, listed, sentences
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import Label

_MODEL_JOBS = ("train", "score", "evaluate")


class EngineRow(Translatable, QWidget):
    """A line of the settings page."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._engine: Engine | None = None
        self._error: CsqmError | None = None
        self._asking = False
        self.title, self.note = Label(), Label(role="caption", wrap=True)
        self.ask_button = Button("", "plain", "chip", self.ask)
        layout = row(spacing=SPACE.xl)
        layout.addLayout(column(self.title, self.note, spacing=SPACE.hair), 1)
        layout.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
        context.settings_changed.connect(self._settings_changed)
        context.runner.job_finished.connect(lambda _handle: self._look())
        self._chosen = (context.settings.device, context.settings.precision)
        self.retranslate()

    def ask(self) -> None:
        """Ask the model process, off the window's thread, unless it is at work."""
        if self._asking or any(self._context.runner.running(kind) for kind in _MODEL_JOBS):
            return
        self._asking, self._error = True, None
        self.retranslate()
        device = self._context.settings.device
        work = partial(ask_engine, self._context.model_process, device)
        self._context.runner.query(work, self._found, self._failed, owner=self)

    def _found(self, engine: Engine) -> None:
        self._asking, self._engine = False, engine
        self.retranslate()

    def _failed(self, error: CsqmError) -> None:
        self._asking, self._error = False, error
        self.retranslate()

    def _settings_changed(self) -> None:
        chosen = (self._context.settings.device, self._context.settings.precision)
        if chosen != self._chosen:  # another device or precision may mean other code
            self._chosen, self._engine, self._error = chosen, None, None
            self.retranslate()

    def _look(self) -> None:
        """Take over what a job has found out by the way."""
        known = self._context.known_engine
        if known.get("backend") and (self._engine is None or self._engine.backend != known["backend"]):
            self._engine = Engine(str(known["backend"]), str(known.get("device_name") or ""))
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """The model may have been used meanwhile."""
        super().showEvent(event)
        self._look()

    def retranslate(self) -> None:
        """All texts."""
        self.title.setText(self.tr("In use now"))
        self.ask_button.setText(self.tr("Asking…") if self._asking else self.tr("Find out"))
        self.ask_button.setEnabled(not self._asking)
        self.note.setText(self._said())

    def _said(self) -> str:
        if self._error is not None:
            return sentences(*error_texts(self._error))
        engine = self._engine
        if engine is None:
            return self.tr("What reads the texts on this computer is known once the model has been used.")
        said = self.tr("Texts are read by “{backend}” on {device}.").format(
            backend=engine.backend, device=engine.device_name or self.tr("this computer")
        )
        speeds = sorted(engine.tokens_per_second.items(), key=lambda pair: -pair[1])
        if speeds:
            table = listed(f"{name} {speed:,.0f}" for name, speed in speeds)
            said = sentences(said, self.tr("Tokens per second, measured here: {table}.").format(table=table))
        return said
