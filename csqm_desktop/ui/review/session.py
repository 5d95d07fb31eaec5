"""What a reviewer does with the reply in hand: fill in fields, decide, take back.

The page shows what this object says and hands it what the reviewer does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoStack

from csqm_desktop.domain.review import ReviewSource, Verdict
from csqm_desktop.domain.scorecard import NOT_APPLICABLE, Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.review_texts import masked_review
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.review import loading
from csqm_desktop.ui.review.commands import DecisionCommand, EditCommand
from csqm_desktop.ui.review.draft import Draft, Standing, standing, suggested
from csqm_desktop.ui.review.loading import Fetch
from csqm_desktop.ui.review.worklist import WorkList


class Session(WorkList):
    """The work of one reviewer in one workspace."""

    draft_changed = Signal()  # fields of the reply in hand changed
    decided = Signal()  # a verdict was given, taken back or brought back

    def __init__(self, context: AppContext, workspace: Workspace, reviewer: str, fetch: Fetch | None = None) -> None:
        super().__init__(context, workspace, reviewer, fetch)
        self.decisions = QUndoStack(self)
        self.edits = QUndoStack(self)
        self._text_before: dict[str, str] = {}

    # -- fields

    @property
    def standing(self) -> Standing:
        """Where the draft stands."""
        return standing(self.card, self.draft)

    @property
    def suggestion(self) -> dict[str, int]:
        """The model's levels."""
        stored = self.item.stored if self.item else None
        return suggested(self.card, stored.score if stored else None)

    @property
    def accepted_score(self) -> float | None:
        """The score that the model's levels alone give."""
        return standing(self.card, Draft(positions=self.suggestion)).score if self.suggestion else None

    @property
    def at_causes(self) -> bool:
        """Whether digits go to the root causes: they come after the last criterion of a low score."""
        return self.draft.focus >= len(self.card.criteria) and self.standing.low

    def choose(self, position: int) -> None:
        """Set the level of the focused criterion and go down."""
        if self.item is None:
            return
        if self.draft.focus >= len(self.card.criteria):
            self.hint.emit("ready", {})
            return
        criterion = self.card.criteria[self.draft.focus]
        if position == NOT_APPLICABLE and not criterion.not_applicable:
            self.hint.emit("no_na", {"criterion": criterion})
            return
        if position >= len(criterion.levels):
            self.hint.emit("no_level", {"criterion": criterion, "count": len(criterion.levels)})
            return
        positions = self.draft.with_level(criterion.key, position).positions
        self.edit(positions=positions, focus=self._below(self.draft.focus, positions))

    def choose_in(self, criterion: str, position: int | None) -> None:
        """Set or take away the level of any criterion, by mouse."""
        if self.item is not None:
            self.edit(positions=self.draft.with_level(criterion, position).positions)

    def _below(self, focus: int, positions: Mapping[str, int]) -> int:
        if focus + 1 < len(self.card.criteria):
            return focus + 1
        left = [i for i, c in enumerate(self.card.criteria) if c.key not in positions]
        return left[0] if left else len(self.card.criteria)

    def focus(self, place: int) -> None:
        """Move the focus to a criterion; one below the last are the causes, or nothing left to do."""
        place = min(max(place, 0), len(self.card.criteria))
        if self.item is not None and place != self.draft.focus:
            self.set_fields({"focus": place})

    def toggle_cause(self, key: str) -> None:
        """Tick or untick a root cause."""
        if self.item is not None:
            changed = self.draft.with_cause(key, key not in self.draft.causes)
            self.edit(causes=changed.causes, other=changed.other)

    def write_text(self, name: str, text: str) -> None:
        """A text box changed. Its undo step is made when it is left."""
        if self.item is None or getattr(self.draft, name) == text:
            return
        self._text_before.setdefault(name, getattr(self.draft, name))
        self.set_fields({name: text})

    def leave_text(self) -> None:
        """A text box was left: what was written becomes one step of undo."""
        before, self._text_before = self._text_before, {}
        after = {name: getattr(self.draft, name) for name in before}
        if self.item is not None and after != before:
            self.edits.push(EditCommand(self, before, after))
            self._forget_redo()

    def edit(self, **after: Any) -> None:
        """Change fields as one step of undo."""
        before = {name: getattr(self.draft, name) for name in after}
        if before != after:
            self.edits.push(EditCommand(self, before, after))
            self._forget_redo()

    def set_fields(self, fields: Mapping[str, Any]) -> None:
        """Set fields and keep the draft; every key stroke passes here."""
        before = self.draft
        self.draft = replace(self.draft, **fields)
        if self.draft != before:
            self.pace.touch()
            self.save_draft()
            self.draft_changed.emit()

    def save_draft(self) -> None:
        """Store the draft, behind the writes before it."""
        if self.item is None:
            return
        draft = replace(self.draft, seconds=self.pace.seconds())
        untouched = draft.is_empty or (
            self.item.mine is not None and draft.same_fields(Draft.from_review(self.item.mine.review))
        )
        entry = self.trail.current
        shown_id = entry.shown_id if entry else None
        payload = None if untouched else loading.with_shown(draft, self.item.shown, shown_id)
        self.writer.save_draft(self.item.reply_id, self.reviewer, payload)

    def use_card(self, card: Scorecard) -> None:
        """A new edition of the scorecard was published."""
        self.card = card
        self.edits.clear()
        self.draft = self.draft.on_card(card)

    # -- deciding

    def accept(self) -> bool:
        """Take the model's levels where the reviewer gave none, submit, go on."""
        levels = self.suggestion
        if self.item is None:
            return False
        if not levels:
            self.hint.emit("no_opinion", {})
            return False
        before = self.draft
        filled = {**levels, **self.draft.positions}
        source = ReviewSource.ACCEPTED if filled == levels else ReviewSource.PERSON
        self.draft = replace(self.draft, positions=filled)
        if self.objection() is None:
            return self._decide(Verdict.SCORED, source, before)
        self.draft = before
        self.edit(positions=filled, focus=len(self.card.criteria))
        return self._object()

    def submit(self) -> bool:
        """Store the verdict and go on, if it is complete."""
        self.leave_text()
        if self.item is None or self._object():
            return False
        return self._decide(Verdict.SCORED, ReviewSource.PERSON, self.draft)

    def file(self, verdict: Verdict) -> bool:
        """Skip, flag or put off the reply; what was entered stays with it."""
        self.leave_text()
        if self.item is None:
            return False
        return self._decide(verdict, ReviewSource.PERSON, self.draft)

    def objection(self) -> str | None:
        """Why the draft cannot be submitted: ``missing``, ``cause``, or None."""
        if self.draft.missing(self.card):
            return "missing"
        causeless = not self.draft.root_causes()
        if self.context.settings.root_cause_required and self.standing.low and causeless:
            return "cause"
        return None

    def _object(self) -> bool:
        why = self.objection()
        if why == "missing":
            missing = self.draft.missing(self.card)
            self.focus(next(i for i, c in enumerate(self.card.criteria) if c is missing[0]))
            self.hint.emit("missing", {"criteria": missing})
        elif why == "cause":
            self.focus(len(self.card.criteria))
            self.hint.emit("cause", {})
        return why is not None

    def _decide(self, verdict: Verdict, source: ReviewSource, before: Draft) -> bool:
        assert self.item is not None
        self.edits.clear()
        self._text_before.clear()
        seconds = self.pace.seconds()
        decided = replace(self.draft, seconds=seconds)
        command = DecisionCommand(self, self.item, replace(before, seconds=seconds), decided, verdict, source)
        self._forget_redo()
        self.decisions.push(command)
        return True

    def apply_decision(self, command: DecisionCommand) -> None:
        """Write a verdict (or revive it) and go on to the next reply."""
        self.writer.do(partial(self._write, command), partial(self._failed, command))
        self.pace.decided(command.decided.seconds)
        command.entry.verdict = command.verdict
        self._count(command.earlier or command.entry.filed, command.verdict)
        self._cache.pop(command.item.reply_id, None)
        self.kind, self.trail = command.filed_in, command.trail
        self.trail.at = self.trail.find(command.item.reply_id) or 0
        self.item = None
        self.decided.emit()
        following = self.trail.next_open()
        self._show(following)
        if following is None:
            self._load_more()
        else:
            self._plan_ahead()

    def revoke_decision(self, command: DecisionCommand) -> None:
        """Take a verdict back and return to its reply, with the fields as they were."""
        self._park()
        reply_id, payload = (
            command.item.reply_id,
            loading.with_shown(command.before, command.item.shown, command.entry.shown_id),
        )
        self.writer.do(partial(self._take_back, command))
        if not command.before.is_empty:
            self.writer.save_draft(reply_id, self.reviewer, payload)
        self.pace.revoked()
        command.entry.verdict = command.earlier
        self._count(command.verdict, command.earlier or command.entry.filed)
        self.kind, self.trail = command.filed_in, command.trail
        self.trail.insert_here(command.entry)
        self._cache[reply_id] = command.item
        self.item = None
        self.decided.emit()
        self._show(self.trail.at)

    def _write(self, command: DecisionCommand) -> None:
        """In the writer's thread."""
        if command.review_id is not None:
            self.workspace.reviews.restore(command.review_id)
            self.workspace.reviews.drop_draft(command.item.reply_id, self.reviewer)
            return
        review = command.decided.to_review(
            command.item.reply_id, self.reviewer, command.verdict, command.source, command.entry.shown_id
        )
        stored = command.item.stored
        version = self.workspace.scores.version_id(stored.score.version) if stored else None
        command.review_id = self.workspace.reviews.submit(masked_review(self.workspace, review), version)

    def _take_back(self, command: DecisionCommand) -> None:
        """In the writer's thread."""
        if command.review_id is not None:
            self.workspace.reviews.take_back(command.review_id)

    def _failed(self, command: DecisionCommand, _error: CsqmError) -> None:
        """The verdict could not be stored: the reply is open again, and nothing entered is lost."""
        command.setObsolete(True)
        command.entry.verdict = command.earlier
        self._count(command.verdict, command.earlier or command.entry.filed)
        self._cache[command.item.reply_id] = replace(command.item, draft=command.decided)
        self.trail_changed.emit()

    # -- undo

    def undo(self) -> None:
        """Take back the last change of a field, else the last decision."""
        self.leave_text()
        if self.edits.canUndo():
            self.edits.undo()
        elif self.decisions.canUndo():
            self.decisions.undo()
        else:
            self.hint.emit("nothing_to_undo", {})

    def redo(self) -> None:
        """Do again what was taken back."""
        self.leave_text()
        if self.edits.canRedo():
            self.edits.redo()
        elif self._redoable():
            self.decisions.redo()
        else:
            self.hint.emit("nothing_to_redo", {})

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self.edits.canUndo() or self.decisions.canUndo()

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return self.edits.canRedo() or self._redoable()

    def _redoable(self) -> bool:
        return self.decisions.canRedo() and not self.decisions.command(self.decisions.index()).isObsolete()

    def _forget_redo(self) -> None:
        """A new change makes the decisions that were taken back unreachable, as everywhere."""
        for place in range(self.decisions.index(), self.decisions.count()):
            self.decisions.command(place).setObsolete(True)

    def _park(self) -> None:
        """Leave the reply in hand: its draft is stored and remembered."""
        self.leave_text()
        if self.item is None:
            return
        self.draft = replace(self.draft, seconds=self.pace.seconds())
        if not self.draft.is_empty:
            self.save_draft()
        self._cache[self.item.reply_id] = replace(self.item, draft=self.draft)
        self.edits.clear()

    def _show(self, place: int | None) -> None:
        self._text_before.clear()
        self.edits.clear()
        super()._show(place)

    def _forget_decisions(self) -> None:
        self.decisions.clear()
