"""The labels that training would learn from: how many for each level, what is missing, what is new."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from csqm_desktop.analytics.label_readiness import CriterionReadiness
from csqm_desktop.domain.scorecard import Criterion
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.training import words
from csqm_desktop.ui.training.reading import TrainingState
from csqm_desktop.ui.translations import Translatable, sentences
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.distribution_bar import DistributionBar
from csqm_desktop.ui.widgets.layouts import clear, column, row
from csqm_desktop.ui.widgets.text import IconLabel, Label

_ICONS = {"good": "check-circle", "ok": "warning", "": "clock"}  # by tone; without one: still to go


class LabelSection(Translatable, Section):
    """One line for each criterion."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._state: TrainingState | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.lg)
        self._grid.setVerticalSpacing(SPACE.md)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.statuses: dict[str, Label] = {}
        self.retranslate()

    def show_state(self, state: TrainingState) -> None:
        """Show other labels."""
        self._state = state
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        state = self._state
        if state is None:
            self.set_texts(self.tr("Verdicts to learn from"))
            return
        news = self.tr("{n} replies have a verdict.").format(n=state.labelled)
        if state.trained_before:
            fresh = self.tr("{n} of them are new since the last training.").format(n=state.since_last)
            news = sentences(news, fresh)
        self.set_texts(self.tr("Verdicts to learn from"), news)
        clear(self._grid)
        self.statuses = {}
        # sentences of what is missing need more room than "enough to train"
        plenty = all(not found.gaps for found in state.readiness.criteria)
        self._grid.setColumnMinimumWidth(2, tokens().px(130 if plenty else 236))
        for number, found in enumerate(state.readiness.criteria):
            self._add(number, state.scorecard.criterion(found.key), found)

    def _add(self, number: int, criterion: Criterion, found: CriterionReadiness) -> None:
        text = self._context.translations.text
        names = [text(level.name) for level in criterion.levels]
        bar = DistributionBar()
        total = max(1, found.labelled)
        bar.set_distribution([count / total for count in found.counts], names, criterion.ordered)
        counts = " · ".join(f"{name} {count}" for name, count in zip(names, found.counts, strict=True))
        bar.setToolTip(counts)
        bar.setAccessibleDescription(counts)
        said, tone = words.status(found, dict(zip((level.key for level in criterion.levels), names, strict=True)))
        status = Label(said, "caption", tone=tone, wrap=True)
        self.statuses[criterion.key] = status
        line = row(spacing=SPACE.xs)
        line.addWidget(IconLabel(_ICONS[tone], tone or "text_muted", 16), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(status, 1)
        self._grid.addWidget(Label(text(criterion.name), "strong"), number, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addLayout(column(bar, Label(counts, "caption"), spacing=SPACE.hair), number, 1)
        self._grid.addLayout(line, number, 2, Qt.AlignmentFlag.AlignVCenter)
