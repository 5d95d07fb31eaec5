"""The guideline of the focused criterion: what is asked, and what each level looks like."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from csqm_desktop.domain.scorecard import Criterion
from csqm_desktop.ui.review.plain_text import visible
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, Translations
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.key_cap import KeyCap
from csqm_desktop.ui.widgets.layouts import box, clear, column, row
from csqm_desktop.ui.widgets.text import Label


class GuidelinePanel(Translatable, QWidget):
    """Follows the focus; built anew only while it is in view."""

    def __init__(self, translations: Translations) -> None:
        super().__init__()
        self._translations = translations
        self._criterion: Criterion | None = None
        self._shown: Criterion | None = None
        self._body = column(spacing=SPACE.md, margins=SPACE.md)
        self.setLayout(self._body)

    def show_criterion(self, criterion: Criterion | None) -> None:
        """Explain another criterion."""
        self._criterion = criterion
        if self.isVisible() and criterion is not self._shown:
            self.retranslate()

    def retranslate(self) -> None:
        """Build it in the language in use."""
        clear(self._body)
        criterion = self._shown = self._criterion
        if criterion is None:
            self._body.addWidget(Label(self.tr("Move to a criterion to see what it asks."), "muted", wrap=True))
            self._body.addStretch(1)
            return
        text = self._translations.text
        self._body.addWidget(Label(text(criterion.name), "subtitle", wrap=True))
        if help_text := text(criterion.help):
            self._body.addWidget(Label(help_text, wrap=True))
        for position in reversed(range(len(criterion.levels))):
            self._body.addWidget(self._level(criterion, position))
        if criterion.critical:
            note = self.tr("Critical: below the middle level the whole reply scores 0.")
            self._body.addWidget(Label(note, "caption", tone="bad", wrap=True))
        self._body.addStretch(1)

    def _level(self, criterion: Criterion, position: int) -> QWidget:
        level = criterion.levels[position]
        text = self._translations.text
        head = box(row(KeyCap(str(position + 1)), Label(text(level.name), "strong", wrap=True), spacing=SPACE.sm))
        parts: list[QWidget] = [head]
        if help_text := text(level.help):
            parts.append(Label(help_text, wrap=True))
        if example := text(level.example):
            parts.append(Label(self.tr("For example"), "overline"))
            parts.append(Label(visible(example), "muted", wrap=True))
        return Card(*parts, kind="sunken", margins=SPACE.md, spacing=SPACE.xs)
