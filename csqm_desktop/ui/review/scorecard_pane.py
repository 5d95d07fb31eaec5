"""The right column: whose opinion is shown, the running total, the form, the buttons."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from csqm_desktop.domain.review import Verdict
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.store.scores import StoredScore
from csqm_desktop.ui.page import letters_as_keys
from csqm_desktop.ui.review import words
from csqm_desktop.ui.review.score_meter import ScoreMeter
from csqm_desktop.ui.review.scorecard_form import ScorecardForm
from csqm_desktop.ui.review.session import Session
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, Translations
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.card import Card
from csqm_desktop.ui.widgets.layouts import box, column, line, row, scrolled
from csqm_desktop.ui.widgets.text import Chip, ElidedLabel, IconLabel, Label

STARTER_MARK = "starter"  # in the name of the version that ships with the app


class ScorecardPane(Translatable, QWidget):
    """Everything a verdict needs. It knows no rule: the session does."""

    action = Signal(str)  # the name of an action of the shortcut table, asked for by a click

    def __init__(self, translations: Translations, shortcuts: Shortcuts) -> None:
        super().__init__()
        self._translations = translations
        self._shortcuts = shortcuts
        self._stored: StoredScore | None = None
        self.form: ScorecardForm | None = None
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model_icon = IconLabel("spark", "doubt", 16)
        self.model_name = ElidedLabel(role="caption")
        self.stale, self.starter = Chip(), Chip()
        self.meter = ScoreMeter()
        self.guideline = IconButton("book", "", lambda: self.action.emit("review.guideline"), size=28)
        self.history = IconButton("history", "", lambda: self.action.emit("review.history"), size=28)
        model = row(self.model_icon, spacing=SPACE.xs)
        model.addWidget(self.model_name, 1)
        for widget in (self.stale, self.starter, self.guideline, self.history):
            model.addWidget(widget)
        head = box(column(model, self.meter, spacing=SPACE.sm, margins=(SPACE.md, SPACE.sm)))
        self._holder = QWidget()
        self._holder.setLayout(column(spacing=0))
        self.area = scrolled(self._holder, "surface")
        letters_as_keys(self.area)
        self.hint_icon = IconLabel("info", "ok", 16)
        self.hint_text = Label(wrap=True)
        self.hint_text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.hint = Card(row(self.hint_icon, self.hint_text, spacing=SPACE.sm), kind="ok", margins=SPACE.sm)
        self.hint.hide()
        self._build_buttons()
        foot = box(
            column(
                self.hint,
                row(self.accept, self.submit, spacing=SPACE.sm),
                row(self.skip, self.flag, self.later, None, self.undo, self.redo, spacing=SPACE.xs),
                spacing=SPACE.sm,
                margins=SPACE.md,
            )
        )
        self.setLayout(column(head, line(), self.area, line(), foot, spacing=0))
        self.retranslate()

    def _build_buttons(self) -> None:
        def button(name: str, variant: str, icon: str) -> Button:
            made = Button("", variant, icon, lambda: self.action.emit(f"review.{name}"))
            made.show_key(self._shortcuts, f"review.{name}")
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            return made

        self.accept = button("accept", "plain", "spark")
        self.submit = button("submit", "primary", "check")
        for wide in (self.accept, self.submit):
            wide.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.skip = button("skip", "ghost", "")
        self.flag = button("flag", "ghost", "")
        self.later = button("later", "ghost", "")
        for dense in (self.skip, self.flag, self.later):
            dense.setProperty("dense", True)
        self.undo = IconButton("undo", "", lambda: self.action.emit("review.undo"), size=28)
        self.redo = IconButton("redo", "", lambda: self.action.emit("review.redo"), size=28)
        for small in (self.undo, self.redo, self.guideline, self.history):
            small.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def retranslate(self) -> None:
        """Names in the language in use."""
        self.setAccessibleName(self.tr("Verdict"))
        self.accept.setText(self.tr("Accept all"))
        self.accept.setToolTip(self.tr("Take the model's levels where you have set none, submit, next"))
        self.submit.setText(self.tr("Submit"))
        self.submit.setToolTip(self.tr("Store your verdict and go on; from a text box with Ctrl+Enter"))
        self.skip.setText(self.tr("Skip"))
        self.flag.setText(self.tr("Flag"))
        self.later.setText(self.tr("Later"))
        self.skip.setToolTip(self.tr("Not worth a verdict: moves to Skipped"))
        self.flag.setToolTip(self.tr("Needs somebody's attention: moves to Flagged"))
        self.later.setToolTip(self.tr("Decide another time: moves to Later"))
        shown = self._shortcuts.shown
        self.undo.set_name(self.tr("Undo"), shown("review.undo"))
        self.redo.set_name(self.tr("Redo"), shown("review.redo"))
        self.guideline.set_name(self.tr("Guideline of the focused criterion"), shown("review.guideline"))
        self.history.set_name(self.tr("History of this reply"), shown("review.history"))
        self.stale.setText(self.tr("old model"))
        self.stale.setToolTip(self.tr("Another version is active now; this score has not been renewed yet"))
        self.starter.setText(self.tr("starter version"))
        self.starter.setToolTip(self.tr("Trained on examples that come with the app, not on your own reviews yet"))
        self._show_model()

    # -- state

    def use_card(self, card: Scorecard) -> ScorecardForm:
        """Build the form of a scorecard."""
        layout = self._holder.layout()
        assert layout is not None
        if self.form is not None:
            layout.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = ScorecardForm(card, self._translations, self._shortcuts)
        layout.addWidget(self.form)
        return self.form

    def show_item(self, session: Session) -> None:
        """Another reply is in hand."""
        assert self.form is not None
        item = session.item
        self.hide_hint()
        self.setEnabled(item is not None)
        if item is None:
            return
        self._stored = item.stored
        self._show_model()
        self.form.show_item(item)
        self.area.verticalScrollBar().setValue(0)
        self.show_draft(session)

    def show_draft(self, session: Session) -> None:
        """Its fields changed."""
        assert self.form is not None
        if session.item is None:
            return
        self.form.show_draft(session)
        expected = self._stored.score.quality if self._stored else None
        standing = session.standing
        self.meter.setVisible(session.card.ordered)  # classes add up to no score
        self.meter.show_standing(standing, session.card.pass_line, expected, session.accepted_score)
        self.accept.setEnabled(bool(session.suggestion))
        self.show_undo(session)
        wanted = self.form.focused_widget(session.draft.focus, session.at_causes)
        if wanted is not None:
            self.area.ensureWidgetVisible(wanted, 0, SPACE.sm)

    def show_undo(self, session: Session) -> None:
        """What can be taken back."""
        self.undo.setEnabled(session.can_undo)
        self.redo.setEnabled(session.can_redo)

    def _show_model(self) -> None:
        stored = self._stored
        self.stale.setVisible(stored is not None and stored.stale)
        self.starter.setVisible(stored is not None and STARTER_MARK in stored.score.version)
        if stored is None:
            self.model_name.setText(self.tr("No model opinion yet: you decide on your own"))
            return
        name = self.tr("Model {version}").format(version=stored.score.version)
        if stored.scored_at > 0:
            age = datetime.now(UTC) - datetime.fromtimestamp(stored.scored_at, UTC)
            name += " · " + self.tr("scored {time} ago").format(time=words.duration(age))
        self.model_name.setText(name)

    # -- hints

    def show_hint(self, text: str, tone: str = "ok") -> None:
        """Say why a key did nothing, right above the buttons."""
        icon = {"ok": "warning", "accent": "info", "bad": "x-circle"}[tone]
        self.hint.set_kind(tone)
        self.hint_icon.set_icon(icon, {"accent": "accent_text"}.get(tone, tone))
        self.hint_text.setText(text)
        self.hint.setAccessibleName(text)
        self.hint.show()

    def hide_hint(self) -> None:
        """Nothing to say."""
        self.hint.hide()


FILED = {"review.skip": Verdict.SKIPPED, "review.flag": Verdict.FLAGGED, "review.later": Verdict.LATER}
