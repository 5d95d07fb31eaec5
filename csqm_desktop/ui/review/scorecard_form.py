"""The scrolling part of the scorecard: criteria, root causes, comment, better reply."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csqm_desktop.domain.score import has_opinion
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.ui.review.cause_picker import CausePicker
from csqm_desktop.ui.review.criterion_row import CriterionRow
from csqm_desktop.ui.review.draft import Draft
from csqm_desktop.ui.review.legend import Legend
from csqm_desktop.ui.review.loading import ReviewItem
from csqm_desktop.ui.review.session import Session
from csqm_desktop.ui.review.text_boxes import NoteBox
from csqm_desktop.ui.shortcuts import Shortcuts
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable, Translations
from csqm_desktop.ui.widgets.key_cap import KeyCap
from csqm_desktop.ui.widgets.layouts import box, column, row
from csqm_desktop.ui.widgets.text import Label


class ScorecardForm(Translatable, QWidget):
    """Built once for a scorecard; showing another reply only changes its state."""

    level_chosen = Signal(str, object)  # criterion, position or None
    row_entered = Signal(int)
    cause_toggled = Signal(str)
    text_written = Signal(str, str)  # field, text
    text_left = Signal()
    leave_asked = Signal()  # Enter in a one-line box

    def __init__(self, card: Scorecard, translations: Translations, shortcuts: Shortcuts) -> None:
        super().__init__()
        self.card = card
        self._shortcuts = shortcuts
        total = sum(c.weight for c in card.criteria) or 1.0
        self.rows = [CriterionRow(c, c.weight / total, shortcuts, translations) for c in card.criteria]
        for place, criterion_row in enumerate(self.rows):
            key = criterion_row.criterion.key
            criterion_row.chosen.connect(lambda position, k=key: self.level_chosen.emit(k, position))
            criterion_row.wants_focus.connect(lambda p=place: self.row_entered.emit(p))
        self.legend = Legend()
        self.causes = CausePicker(card.root_causes, translations)
        self.causes.toggled.connect(lambda key, _on: self.cause_toggled.emit(key))
        self.causes.words_changed.connect(lambda text: self.text_written.emit("other", text))
        self.causes.words.left.connect(self.text_left)
        self.causes.words.done.connect(self.leave_asked)
        self.comment, self.better_reply = NoteBox(), NoteBox()
        self.comment_label, self.better_label = Label(role="caption"), Label(role="caption")
        self.comment_key = KeyCap()
        for name, box_ in (("comment", self.comment), ("better_reply", self.better_reply)):
            box_.textChanged.connect(lambda n=name, b=box_: self.text_written.emit(n, b.toPlainText()))
            box_.left.connect(self.text_left)
        notes = box(
            column(
                row(self.comment_label, self.comment_key, None, spacing=SPACE.xs),
                self.comment,
                SPACE.xs,
                self.better_label,
                self.better_reply,
                spacing=SPACE.xs,
                margins=(SPACE.md, 0),
            )
        )
        parts = (self.legend, *self.rows, self.causes, notes)
        self.setLayout(column(*parts, None, spacing=SPACE.xs, margins=(SPACE.xs, SPACE.xs)))
        shortcuts.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Labels in the language in use."""
        self.setAccessibleName(self.tr("Scorecard"))
        self.comment_label.setText(self.tr("Comment"))
        self.better_label.setText(self.tr("A better reply"))
        self.comment_key.set_key(self._shortcuts.shown("review.comment"))
        self.comment.setPlaceholderText(self.tr("What should the agent know?"))
        self.better_reply.setPlaceholderText(self.tr("How would you have answered?"))
        self.better_reply.setToolTip(self.tr("Kept with the original as a pair"))
        self.comment.setAccessibleName(self.comment_label.text())
        self.better_reply.setAccessibleName(self.better_label.text())

    # -- state

    def show_item(self, item: ReviewItem) -> None:
        """Show the model's opinion on another reply."""
        distributions = item.stored.score.distributions if item.stored else {}
        differing = item.stored.disagreement if item.stored else {}
        for criterion_row in self.rows:
            criterion = criterion_row.criterion
            found = distributions.get(criterion.key)
            fits = found is not None and len(found) == len(criterion.levels)
            differ = differing.get(criterion.key) if fits and found and has_opinion(found) else None
            criterion_row.set_opinion(found if fits else None, differ)
        shown = [criterion_row.shows for criterion_row in self.rows]
        self.legend.show_parts(any(people for people, _ in shown), any(model for _, model in shown))

    def show_draft(self, session: Session) -> None:
        """Show the reviewer's answers and where the focus is."""
        draft = session.draft
        for place, criterion_row in enumerate(self.rows):
            criterion_row.set_position(draft.positions.get(criterion_row.criterion.key))
            criterion_row.set_focused(place == draft.focus)
        low = session.standing.low
        ticked = bool(draft.causes or draft.other)
        self.causes.setVisible(low or ticked)
        required = session.context.settings.root_cause_required and low and not draft.root_causes()
        self.causes.show_draft(draft, required)
        self.causes.set_focused(session.at_causes)
        self._show_texts(draft)

    def _show_texts(self, draft: Draft) -> None:
        for box_, text in ((self.comment, draft.comment), (self.better_reply, draft.better_reply)):
            if box_.toPlainText() != text:
                box_.blockSignals(True)
                box_.setPlainText(text)
                box_.blockSignals(False)
                box_.fit()

    def focused_widget(self, focus: int, at_causes: bool) -> QWidget | None:
        """What must be in view for a place of the focus."""
        if focus < len(self.rows):
            return self.rows[focus]
        return self.causes if at_causes else None

    def text_boxes(self) -> list[QWidget]:
        """All boxes that take letters."""
        return [self.comment, self.better_reply, self.causes.words]
