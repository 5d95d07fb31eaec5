"""The dashboard: how quality develops, of whom, where, why, and which replies stand behind each figure."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from csqm_desktop.analytics.trends import Point, Sums
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.dashboard import words
from csqm_desktop.ui.dashboard.bars import Bar, BarList, Row
from csqm_desktop.ui.dashboard.chart_section import ChartSection
from csqm_desktop.ui.dashboard.figures import (
    ROLES,
    CriterionFigure,
    Details,
    Figures,
    Question,
    read_choices,
    read_details,
    read_figures,
)
from csqm_desktop.ui.dashboard.filter_bar import Days, FilterBar
from csqm_desktop.ui.dashboard.replies_behind import behind
from csqm_desktop.ui.dashboard.replies_panel import RepliesPanel
from csqm_desktop.ui.dashboard.tiles import Tiles
from csqm_desktop.ui.dashboard.unscored import Unscored
from csqm_desktop.ui.page import Page
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.empty_state import EmptyState
from csqm_desktop.ui.widgets.layouts import box, column, row, scrolled
from csqm_desktop.ui.widgets.page_header import PageHeader

_OVERALL = ""


class DashboardPage(Page):
    """Trends with their evidence. Reads everything in the background; the newest question wins."""

    topics = frozenset({"conversations", "scores", "reviews", "versions"})
    shown = Signal()  # figures of the newest question are on the screen

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.question = Question()
        self._figures: Figures | None = None
        self._details: Details | None = None
        self._generation = 0
        self._waiting = 0
        self.header = PageHeader()
        self.again = IconButton("refresh", "", self.read)
        self.take_out = Button("", "plain", "export", self.export_data)
        self.header.tools.addWidget(self.take_out)
        self.header.tools.addWidget(self.again)
        self.filters = FilterBar()
        self.tiles = Tiles()
        self.chart = ChartSection(context)
        self.replies = RepliesPanel(context)
        self.replies.hide()
        self.by_criterion = Section(spacing=SPACE.xs)
        self.criteria = BarList(active=True)
        self.by_cause = Section(spacing=SPACE.xs)
        self.causes = BarList(active=False, name_width=232)
        self.nothing = EmptyState("inbox", lambda: context.navigate("import"), action_icon="import")
        self.unscored = Unscored(self._score_now, lambda: context.navigate("training"), self._show_people)
        self.unordered = EmptyState("info", lambda: context.navigate("training"))
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        for section, bars in ((self.by_criterion, self.criteria), (self.by_cause, self.causes)):
            section.body.addWidget(bars)
            section.body.addStretch(1)
        below = row(spacing=SPACE.md)
        below.addWidget(self.by_criterion, 3)
        below.addWidget(self.by_cause, 2)
        self._charts = box(column(self.chart, self.replies, below, spacing=SPACE.md))
        self.unscored.hide()
        self.unordered.hide()
        content = box(
            column(
                self.header,
                self.filters,
                self.tiles,
                self._charts,
                self.unscored,
                self.unordered,
                None,
                spacing=SPACE.md,
                margins=SPACE.xl,
            )
        )
        self._scroll: QScrollArea = scrolled(content)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # large fonts, narrow windows
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.filters.changed.connect(self.ask)
        self.filters.wanted.connect(self._offer_values)
        self.chart.asked.connect(self.ask)
        self.chart.picked.connect(self._list_replies)
        self.replies.closed.connect(self._close_replies)
        self.criteria.chosen.connect(self._choose_criterion)
        self.context.shortcuts.bind(self, "dashboard.refresh", self.read)
        self.context.settings_changed.connect(self._settings_changed)

    # -- reading

    def refresh(self, topics: frozenset[str]) -> None:  # noqa: ARG002 -- all topics mean the same here
        """Read the figures again."""
        self.read()

    def reset(self) -> None:
        """Forget the workspace that was open before."""
        self.question = Question()
        self._figures = self._details = None
        self._close_replies()

    def ask(self, question: Question) -> None:
        """Show the answer to another question."""
        self.question = question
        self._close_replies()
        self.read()

    def read(self) -> None:
        """Answer the question in use, from what is stored now."""
        workspace = self.context.workspace
        if workspace is None:
            return
        self._generation += 1
        generation, question, small = self._generation, self.question, self.context.settings.small_sample
        self._waiting += 2
        query = self.context.runner.query
        query(
            lambda: read_figures(workspace, question, small),
            lambda figures: self._show_figures(figures, generation),
            owner=self,
        )
        query(
            lambda: read_details(workspace, question), lambda found: self._show_details(found, generation), owner=self
        )

    def is_busy(self) -> bool:
        """Whether figures are on their way."""
        return self._waiting > 0 or (self.chart.chart is None and self._has_figures()) or self.replies.model.reading

    def _has_figures(self) -> bool:
        figures = self._figures
        return figures is not None and figures.scorecard.ordered and bool(figures.points)

    def _settings_changed(self) -> None:
        figures = self._figures
        if figures is not None and self.isVisible():
            self.read()

    # -- showing

    def _show_figures(self, figures: Figures, generation: int) -> None:
        self._waiting -= 1
        if generation != self._generation:
            return
        self._figures = figures
        if not figures.totals.replies:
            self._stack.setCurrentWidget(self.nothing)
            self.shown.emit()
            return
        self._stack.setCurrentWidget(self._scroll)
        self.tiles.show_figures(figures)
        self.chart.show_figures(figures)
        unscored = figures.question.source == "model" and figures.version_id is None
        ordered = figures.scorecard.ordered
        self._charts.setVisible(ordered and not unscored)
        self.filters.setVisible(ordered and not unscored)
        self.unscored.setVisible(unscored)
        self.unscored.show_state(figures.can_score, ordered and figures.reviewed > 0)
        self.unordered.setVisible(not ordered and not unscored)
        if ordered and not unscored:
            self.chart.load()
        self.retranslate()
        self.shown.emit()

    def _show_details(self, details: Details, generation: int) -> None:
        self._waiting -= 1
        if generation != self._generation:
            return
        self._details = details
        self._show_bars()

    def retranslate(self) -> None:
        """Set every text that is not set by a part."""
        self.header.set_texts(
            self.tr("Dashboard"),
            self.tr(
                "How good the answers are and what lies behind it. Click a point of the chart to read its replies."
            ),
        )
        self.take_out.setText(self.tr("Export data…"))
        self.take_out.setToolTip(self.tr("Labels, scores or conversations of the chosen replies as a file"))
        self.again.set_name(self.tr("Read the figures again"), self.context.shortcuts.shown("dashboard.refresh"))
        self.nothing.set_texts(
            self.tr("No conversations yet"),
            self.tr("Import an export of your chat system. The charts appear as soon as the replies are scored."),
            self.tr("Import conversations"),
        )
        self.unordered.set_texts(
            self.tr("Classes without an order have no mean score"),
            self.tr(
                "None of this workspace's classes counts as better than another, so there is no quality to chart. How"
                " well the model tells them apart stands on the training page; which reply has which class, in an"
                " export of the scores."
            ),
            self.tr("Go to training"),
        )
        self.by_criterion.set_texts(
            self.tr("By criterion"), self.tr("All chosen days; the thin line is the 95% interval, n the replies.")
        )
        self.by_cause.set_texts(self.tr("Why replies fell short"), self.tr("Root causes that reviewers gave."))
        if self._figures is not None:
            self._retranslate_filters(self._figures)
        self._show_bars()

    def _retranslate_filters(self, figures: Figures) -> None:
        totals = figures.totals
        days = None
        if totals.first_day is not None and totals.last_day is not None:
            days = Days(totals.first_day, totals.last_day)
        count = sum(point.n for point in figures.points)
        self.filters.show_question(
            self.question, days, self.tr("{replies} in the chart").format(replies=words.replies(count))
        )

    def _show_bars(self) -> None:
        details, figures = self._details, self._figures
        if details is None or figures is None:
            return
        text = self.context.translations.text
        names = {c.key: text(c.name) for c in figures.scorecard.criteria}
        rows = [self._criterion_row(figure, names) for figure in details.criteria]
        self.criteria.show_rows(rows, self.question.criterion or _OVERALL)
        causes = {c.key: text(c.name) for c in figures.scorecard.root_causes}
        most = max((n for _, n in details.causes), default=1)
        self.causes.show_rows(
            [
                Row(key, causes.get(key, key), (Bar(n / most, words.number(n)),), f"{causes.get(key, key)}: {n}")
                for key, n in details.causes[:10]
            ]
        )
        self.by_cause.setVisible(bool(details.causes))

    def _criterion_row(self, figure: CriterionFigure, names: dict[str, str]) -> Row:
        key = figure.criterion or _OVERALL
        name = names.get(key) or self.tr("Reply score")
        bars = tuple(_bar(role, figure.by_role[role]) for role in ROLES)
        lines = [f"{words.role_name(role)}: {words.sums_note(figure.by_role[role])}" for role in ROLES]
        return Row(key, name, bars, "\n".join([name, *lines]), strong=figure.criterion is None)

    # -- what a person does

    def _offer_values(self, name: str) -> None:
        workspace, question = self.context.workspace, self.question
        if workspace is not None:
            self.context.runner.query(
                lambda: read_choices(workspace, question, name),
                lambda values: self.filters.offer(name, values),
                owner=self,
            )

    def _choose_criterion(self, key: str) -> None:
        self.ask(Question(self.question.source, key or None, self.question.by, self.question.filters))

    def _list_replies(self, point: Point) -> None:
        if self._figures is None:
            return
        self.replies.show_point(point, behind(point, self._figures.question, self._figures.version_id))
        self.replies.show()
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.replies, 0, SPACE.lg))

    def _close_replies(self) -> None:
        had_focus = self.replies.isAncestorOf(self.focusWidget() or self)
        self.replies.hide()
        self.replies.show_point(None, None)
        if self.chart.chart is not None:
            self.chart.chart.select(None)
            if had_focus:
                self.chart.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_people(self) -> None:
        self.ask(Question("people", self.question.criterion, self.question.by, self.question.filters))

    def _score_now(self) -> None:
        from csqm_desktop.jobs.score_replies import ScoreReplies

        job = ScoreReplies(self.context.open_workspace, self.context.model_process, device=self.context.settings.device)
        handle = self.context.runner.start(job)
        handle.failed.connect(self.context.notices.error)

    def export_data(self) -> None:
        """Offer to take out what is filtered here."""
        from csqm_desktop.store.export_rows import View
        from csqm_desktop.ui.exporting.export_dialog import ExportDialog

        if self.context.workspace is not None:
            view = View(self.question.filters, self.question.criterion)
            ExportDialog(self.context, view, self.window()).exec()

    def chart_widget(self) -> QWidget | None:
        """The chart, once it has been built."""
        return self.chart.chart


def _bar(role: str, sums: Sums) -> Bar:
    if not sums.n:
        return Bar(0.0, "", role=role)
    low, high = sums.interval()
    return Bar(sums.mean, f"{words.points(sums.mean)}   n {words.number(sums.n)}", low, high, role)
