"""Stands where the charts will be until something has scored: offers to score, or to train where nothing can."""

from __future__ import annotations

from collections.abc import Callable

from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.empty_state import EmptyState


class Unscored(Translatable, EmptyState):
    """``score`` is offered where a version can score, ``train`` where the scorecard has none yet."""

    def __init__(
        self, score: Callable[[], object], train: Callable[[], object], show_people: Callable[[], object]
    ) -> None:
        super().__init__("spark", self._act, show_people, action_icon="play")
        self._score, self._train = score, train
        self._can_score = True
        self.retranslate()

    def _act(self) -> None:
        (self._score if self._can_score else self._train)()

    def show_state(self, can_score: bool, has_reviews: bool) -> None:
        """Offer what is possible now."""
        self._can_score = can_score
        self.second.setVisible(has_reviews)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        text = self.tr("The model reads every reply on this computer and gives it a score for each criterion.")
        action = self.tr("Score now")
        if not self._can_score:
            text = self.tr("The model learns this scorecard from people's reviews; then it can score every reply.")
            action = self.tr("Train first")
        self.set_texts(self.tr("Nothing has been scored yet"), text, action, self.tr("Show people's reviews"))
