"""The figures at the top: how much there is, and how good people and the bot are, each on its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from csqm_desktop.analytics.trends import date_of
from csqm_desktop.ui.dashboard import words
from csqm_desktop.ui.dashboard.figures import ROLES, Figures
from csqm_desktop.ui.dashboard.flow import TileGrid
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.layouts import column
from csqm_desktop.ui.widgets.stat_tile import StatTile


class Tiles(Translatable, QWidget):
    """Five tiles in a row."""

    def __init__(self) -> None:
        super().__init__()
        self._figures: Figures | None = None
        self.replies = StatTile("inbox")
        self.scored = StatTile("spark")
        self.reviewed = StatTile("review")
        self.quality = {role: StatTile(words.ROLE_ICONS[role]) for role in ROLES}
        for tile in (self.replies, self.scored, self.reviewed, *self.quality.values()):
            tile.body.addStretch(1)
        self.setLayout(column(TileGrid((self.replies, self.scored, self.reviewed, *self.quality.values()))))
        self.retranslate()

    def show_figures(self, figures: Figures) -> None:
        """Show other figures."""
        self._figures = figures
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        figures = self._figures
        if figures is None:
            return
        totals = figures.totals
        days = ""
        if totals.first_day is not None and totals.last_day is not None:
            days = words.period(date_of(totals.first_day), date_of(totals.last_day))
        self.replies.set_texts(
            self.tr("Replies"),
            words.number(totals.replies),
            self.tr("in {n} conversations").format(n=words.number(totals.conversations)) + f"\n{days}",
        )
        self._scored(figures)
        share = figures.reviewed / totals.replies if totals.replies else 0
        self.reviewed.set_texts(
            self.tr("Reviewed by people"),
            words.number(figures.reviewed),
            self.tr("of the replies chosen above")
            if _is_filtered(figures)
            else self.tr("{share} of all").format(share=f"{share:.0%}"),
        )
        for tile in self.quality.values():
            tile.setVisible(figures.scorecard.ordered)  # classes have no mean
        for change in figures.changes:
            note, tone = words.change_note(change)
            figure = words.points(change.now.mean) if change.now.n else "–"
            self.quality[change.role].set_texts(words.quality_of(change.role), figure, note, tone)

    def _scored(self, figures: Figures) -> None:
        if figures.version_id is None:
            note, tone = self.tr("No version has scored yet"), "ok"
        elif figures.origin.unscored:
            note, tone = self.tr("by the version before {version}").format(version=figures.origin.unscored), "ok"
        elif figures.waiting > 0:
            note, tone = self.tr("{n} wait for a score").format(n=words.number(figures.waiting)), "ok"
        elif _is_filtered(figures):
            note, tone = self.tr("of the replies chosen above"), ""
        else:
            note, tone = self.tr("all of them"), ""
        if figures.origin.is_starter:
            by_starter = self.tr("by the starter version")
            note = f"{note}\n{by_starter}"
            tone = tone or "doubt"
        self.scored.set_texts(self.tr("Scored by the model"), words.number(figures.scored), note, tone)


def _is_filtered(figures: Figures) -> bool:
    filters = figures.question.filters
    return bool(filters.equal) or filters.first_day is not None
