"""The line above the conversation that says what the underlined words mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from csqm_desktop.domain.evidence import FACTS
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.review import evidence_finder as finder
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, error_texts, sentences
from csqm_desktop.ui.widgets.buttons import IconButton
from csqm_desktop.ui.widgets.layouts import row
from csqm_desktop.ui.widgets.text import ElidedLabel


class EvidenceBar(Translatable, QWidget):
    """Hidden while evidence is off."""

    closed = Signal()

    def __init__(self, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        self._state, self._criterion, self._any = finder.OFF, "", False
        self._facts: Sequence[tuple[str, float]] = ()
        self._error: CsqmError | None = None
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = ElidedLabel(role="caption")
        self.close_button = IconButton("x", "", self.closed.emit, size=22)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = row(spacing=SPACE.sm, margins=(SPACE.lg, SPACE.xs, SPACE.md, SPACE.xs))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.close_button)
        self.setLayout(layout)
        self.hide()
        self.retranslate()

    def show_state(
        self,
        state: str,
        criterion: str,
        found_any: bool,
        facts: Sequence[tuple[str, float]] = (),
        error: CsqmError | None = None,
    ) -> None:
        """``criterion`` is its name on screen; ``found_any``: whether any word is underlined; ``facts``: what else."""
        self._state, self._criterion, self._any, self._error = state, criterion, found_any, error
        self._facts = facts
        self.setVisible(state != finder.OFF)
        self.retranslate()

    def retranslate(self) -> None:
        """The sentence in the language in use."""
        self.close_button.set_name(self.tr("Stop showing"), self._shortcuts.shown("review.evidence"))
        self.text.setText(self._sentence())

    def _sentence(self) -> str:
        if self._state == finder.ASKING:
            return self.tr("Looking for the words that moved the score…")
        if self._state == finder.BUSY:
            return self.tr("The model is busy with another job. The words are shown when it has finished.")
        if self._state == finder.FAILED and self._error is not None:
            return sentences(*error_texts(self._error))
        if not self._criterion:
            return self.tr("Go to a criterion to see which words moved its score.")
        words = (
            self.tr("words with a full line raised the model's score, words with a dashed line lowered it")
            if self._any
            else self.tr("no single word moved the model's score much")
        )
        facts = [
            (self.tr("raised, because {fact}") if effect > 0 else self.tr("lowered, because {fact}")).format(
                fact=QCoreApplication.translate("evidence", FACTS[name])
            )
            for name, effect in self._facts
        ]
        return self.tr("“{criterion}”: {reasons}.").format(
            criterion=self._criterion, reasons=self.tr("; ").join([*facts, words])
        )
