"""What was said about a reply before: by this reviewer, and after the verdict also by others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from csqm_desktop.domain.review import ReviewSource, Verdict
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.loading import PastReview
from csqm_desktop.ui.review.plain_text import visible
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, Translations, listed
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import clear, column, row
from csqm_desktop.ui.widgets.text import IconLabel, Label


class HistoryPanel(Translatable, QWidget):
    """One card for each earlier review, newest first."""

    def __init__(self, translations: Translations) -> None:
        super().__init__()
        self._translations = translations
        self._past: Sequence[PastReview] = ()
        self._card: Scorecard | None = None
        self._body = column(spacing=SPACE.md, margins=SPACE.md)
        self.setLayout(self._body)

    def show_past(self, past: Sequence[PastReview], card: Scorecard) -> None:
        """Show the history of a reply."""
        self._past, self._card = past, card
        self.retranslate()

    def retranslate(self) -> None:
        """Build it in the language in use."""
        clear(self._body)
        if not self._past:
            self._body.addWidget(Label(self.tr("You have not reviewed this reply before."), "muted", wrap=True))
        for past in self._past:
            self._body.addWidget(self._entry(past))
        note = self.tr("Other people's reviews appear here once you have given yours.")
        self._body.addWidget(Label(note, "caption", wrap=True))
        self._body.addStretch(1)

    def _entry(self, past: PastReview) -> QWidget:
        review = past.stored.review
        head = row(IconLabel(words.VERDICT_ICONS[review.verdict], "text_muted", 16), spacing=SPACE.xs)
        head.addWidget(Label(words.verdict_name(review.verdict), "strong"))
        head.addStretch(1)
        if review.verdict is Verdict.SCORED and past.stored.quality is not None:
            head.addWidget(Label(f"{past.stored.quality * 100:.0f}", "strong"))
        card = Card(head, kind="sunken", margins=SPACE.md, spacing=SPACE.xs)
        when = words.day_and_time(review.submitted_at.astimezone()) if review.submitted_at else ""
        card.body.addWidget(Label(f"{visible(review.reviewer)} · {when}", "caption", wrap=True))
        for line in self._lines(past):
            card.body.addWidget(Label(line, wrap=True))
        if past.retired is not None:
            gone = self.tr("Taken back") if past.retired == "undone" else self.tr("Replaced by a later one")
            card.body.addWidget(Label(gone, "caption", tone="ok"))
        elif review.source is ReviewSource.ACCEPTED:
            card.body.addWidget(Label(self.tr("The model's levels were accepted as they were"), "caption", wrap=True))
        return card

    def _lines(self, past: PastReview) -> list[str]:
        assert self._card is not None
        text = self._translations.text
        lines = []
        for criterion in self._card.criteria:
            position = past.stored.review.positions.get(criterion.key)
            if position is None or position >= len(criterion.levels):
                continue
            level = self.tr("N/A") if position < 0 else text(criterion.levels[position].name)
            lines.append(f"{text(criterion.name)}: {level}")
        causes = {c.key: text(c.name) for c in self._card.root_causes}
        if past.stored.review.root_causes:
            named = listed(visible(causes.get(c, c)) for c in past.stored.review.root_causes)
            lines.append(self.tr("Causes: {causes}").format(causes=named))
        if past.stored.review.comment:
            lines.append(f"“{visible(past.stored.review.comment)}”")
        return lines
