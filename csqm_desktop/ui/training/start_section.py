"""The two ways to train: a quick update of the heads, and a fine-tune of the model by a method of choice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from csqm_desktop.jobs.train_model import METHODS
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.training import words
from csqm_desktop.ui.training.reading import TrainingState
from csqm_desktop.ui.translations import Translatable, error_texts, sentences
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Card, Section
from csqm_desktop.ui.widgets.layouts import column, row
from csqm_desktop.ui.widgets.text import IconLabel, Label

QUICK = "head"
FINE_METHODS = tuple(method for method in METHODS if method != QUICK)


class StartSection(Translatable, Section):
    """``started`` gives the method that a person chose."""

    started = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._state: TrainingState | None = None
        self._running = False
        self.method = FINE_METHODS[0]
        self.quick = Button("", "primary", "spark", lambda: self.started.emit(QUICK))
        self.fine = Button("", "primary", "training", lambda: self.started.emit(self.method))
        self.choose = Button("", "plain", "chevron-down")
        self.menu = QMenu(self.choose)
        self.choose.setMenu(self.menu)
        self._actions = {}
        group = QActionGroup(self.menu)
        for method in FINE_METHODS:
            action = self.menu.addAction("")
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setChecked(method == self.method)
            action.triggered.connect(lambda _=False, m=method: self._choose(m))
            self._actions[method] = action
        self._quick_title, self._quick_text = Label(role="strong"), Label(role="muted", wrap=True)
        self._fine_title, self._fine_text = Label(role="strong"), Label(role="muted", wrap=True)
        self._method_text = Label(role="caption", wrap=True)
        self.reason = Label(role="caption", wrap=True)
        self._why_icon = IconLabel("info", "accent_text", 16)
        quick = Card(self._quick_title, self._quick_text, kind="sunken", spacing=SPACE.xs)
        quick.body.addLayout(row(self.quick, None))
        fine = Card(self._fine_title, self._fine_text, kind="sunken", spacing=SPACE.xs)
        fine.body.addLayout(row(self.fine, self.choose, None))
        fine.body.addWidget(self._method_text)
        for card in (quick, fine):
            card.body.insertSpacing(2, SPACE.xs)
        why = row(self._why_icon, spacing=SPACE.xs)
        why.addWidget(self.reason, 1)
        self._why = Card(kind="bad", margins=SPACE.sm)
        self._why.body.addLayout(why)
        self.body.addLayout(column(quick, fine, self._why, None, spacing=SPACE.md))
        self.retranslate()

    def show_state(self, state: TrainingState, running: bool) -> None:
        """Enable what can be started now."""
        self._state, self._running = state, running
        self.retranslate()

    def _choose(self, method: str) -> None:
        self.method = method
        self.retranslate()

    @property
    def can_start(self) -> bool:
        """Whether training can be started now."""
        return not self._reason() and not self._running

    def retranslate(self) -> None:
        """Write everything again."""
        self.set_texts(
            self.tr("Train"),
            self.tr(
                "A new version counts only if it did no worse than the active one on replies it never learned from."
            ),
        )
        self._quick_title.setText(self.tr("Learn the newest verdicts"))
        self._quick_text.setText(self.tr("Fits the scoring heads again; the model itself stays. Takes seconds."))
        self._fine_title.setText(self.tr("Learn how your shop speaks"))
        self._fine_text.setText(
            self.tr("Adapts the model itself. Takes minutes on this computer, less with a graphics card.")
        )
        self.quick.setText(words.method_name(QUICK))
        self.fine.setText(self.tr("Fine-tune"))
        self.choose.setText(words.method_name(self.method))
        self.choose.setAccessibleName(self.tr("Method: {name}").format(name=words.method_name(self.method)))
        self._method_text.setText(words.method_line(self.method))
        for method, action in self._actions.items():
            action.setText(f"{words.method_name(method)} – {words.method_line(method)}")
            action.setChecked(method == self.method)
        reason = self._reason()
        self.reason.setText(reason)
        self._show_tone("bad" if self._is_broken else "accent")
        self._why.setVisible(bool(reason))
        for button in (self.quick, self.fine):
            button.setEnabled(self.can_start)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)
        self.choose.setEnabled(self.can_start)

    @property
    def _is_broken(self) -> bool:
        """Whether something must be mended; verdicts that are still to come are nothing to be alarmed at."""
        state = self._state
        return state is not None and state.readiness.ready and state.no_base is not None

    def _show_tone(self, tone: str) -> None:
        self.reason.set_tone(tone)
        self._why_icon.set_icon(*{"bad": ("warning", "bad"), "accent": ("info", "accent_text")}[tone])
        self._why.set_kind(tone)

    def _reason(self) -> str:
        state = self._state
        if state is None:
            return ""
        if not state.labelled:
            return self.tr("There is no verdict yet. Review some replies, or import labels.")
        if not state.readiness.ready:
            gaps = [gap for gap in state.readiness.gaps if gap.blocking]
            if gaps:
                return words.gap_sentence(gaps[0], state.scorecard, self._context.translations)
        if state.no_base is not None:
            return sentences(*error_texts(state.no_base))
        return ""
