"""The work of one reviewer in one workspace: what is in hand, what comes next, what was decided.

The page shows what this object says and hands it what the reviewer does. Nothing here is a widget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from csqm_desktop.domain.review import ReviewSource, Verdict
from csqm_desktop.domain.scorecard import NOT_APPLICABLE, Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.review_queue import active_version
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import InlineJobRunner
from csqm_desktop.ui.review import loading
from csqm_desktop.ui.review.commands import DecisionCommand, EditCommand
from csqm_desktop.ui.review.draft import Draft, Standing, standing, suggested
from csqm_desktop.ui.review.loading import Batch, Fetch, Overview, ReviewItem, queue_items
from csqm_desktop.ui.review.pace import Pace
from csqm_desktop.ui.review.trail import Entry, Trail
from csqm_desktop.ui.review.writer import ReviewWriter

_T = TypeVar("_T")
BATCH = 30  # entries fetched at a time
LOW_WATER = 15  # open entries ahead that make it fetch more
PREFETCH = 3
READ_AHEAD_MS = 40
_KEPT = 60  # loaded replies that are kept


class Session(QObject):
    """State and actions of the review page."""

    item_changed = Signal()  # another reply is in hand, or none
    draft_changed = Signal()  # its fields changed
    trail_changed = Signal()  # the list at the left changed
    overview_changed = Signal()  # its counts changed
    hint = Signal(str, object)  # code of something to say, its values
    decided = Signal()  # a verdict was given, taken back or brought back
    not_saved = Signal(object)  # CsqmError

    def __init__(self, context: AppContext, workspace: Workspace, reviewer: str, fetch: Fetch = queue_items) -> None:
        super().__init__()
        self.context = context
        self.workspace = workspace
        self.reviewer = reviewer
        self.card: Scorecard = workspace.scorecards.current()
        self.active = active_version(workspace)
        self.trail = Trail()
        self.kind: Verdict | None = None  # None: the replies to review
        self.item: ReviewItem | None = None
        self.draft = Draft()
        self.overview: Overview | None = None
        self.pace = Pace()
        self.decisions = QUndoStack(self)
        self.edits = QUndoStack(self)
        self.writer = ReviewWriter(workspace, isinstance(context.runner, InlineJobRunner), self)
        self.writer.failed.connect(self.not_saved)
        self.loading = False
        self.exhausted = False
        # reading ahead waits until the reply in hand is on screen: both want the interpreter
        self._soon = QTimer(self, singleShot=True, interval=READ_AHEAD_MS)
        self._soon.timeout.connect(self._in_the_meantime)
        self._fetch = fetch
        self._pending_trail = self.trail
        self._cache: dict[int, ReviewItem] = {}
        self._generation = 0
        self._text_before: dict[str, str] = {}

    # -- starting, switching lists, news

    def start(self) -> None:
        """Load the queue; go on where this reviewer stopped."""
        self._load_more(resume=True)
        self.recount()

    def open_list(self, kind: Verdict | None) -> None:
        """Work through the queue (None) or through what was filed under a verdict."""
        self._park()
        self.kind = kind
        if kind is None:
            self.trail = self._pending_trail
            self._show(self.trail.next_open() if self._is_done(self.trail.current) else self.trail.at)
            self._load_more()
            return
        self.trail = trail = Trail()
        self.loading = True
        self._show(None)
        read = partial(loading.load_filed, self.workspace, kind, self.reviewer, self.active)
        self.context.runner.query(self.after_writing(read), partial(self._loaded, trail), self.not_saved.emit, self)

    def open_reply(self, reply_id: int) -> None:
        """Take a certain reply in hand, whatever the queue says."""
        self._park()
        self.kind, self.trail = None, self._pending_trail
        entry = loading.entry_of(self.workspace, reply_id)
        if entry is not None:
            self.trail.insert_here(entry)
            self._show(self.trail.at)

    def news(self, topics: frozenset[str]) -> None:
        """Somebody else wrote: count again, forget what was read ahead; the reply in hand stays."""
        self.active = active_version(self.workspace)
        self._generation += 1
        self._cache.clear()
        if topics & {"scores", "versions", "conversations"}:
            self._pending_trail.forget_ahead()
            self.exhausted = False
            self._load_more()
            self.trail_changed.emit()
        if "conversations" in topics and self._is_gone():
            self.decisions.clear()
            self._drop_current()
        self.recount()

    def _is_gone(self) -> bool:
        return self.item is not None and self.workspace.conversations.of_reply(self.item.reply_id) is None

    def recount(self) -> None:
        """Count what is left and what is filed."""
        read = partial(loading.load_overview, self.workspace, self.reviewer)
        self.context.runner.query(self.after_writing(read), self._counted, None, self)

    def use_card(self, card: Scorecard) -> None:
        """A new edition of the scorecard was published."""
        self.card = card
        self.edits.clear()
        self.draft = self.draft.on_card(card)

    @property
    def busy(self) -> bool:
        """Whether something is being read or written."""
        return self.loading or self.writer.busy

    def close(self) -> None:
        """Store the draft and everything else."""
        self._soon.stop()
        self._park()
        self.writer.close()

    # -- moving

    def go(self, place: int) -> None:
        """Take the entry at a place in hand."""
        if place != self.trail.at or self.item is None:
            self._park()
            self._show(place)

    def step(self, by: int) -> None:
        """The next or previous entry, open or not."""
        place = self.trail.at + by
        if 0 <= place < len(self.trail.entries):
            self.go(place)
        else:
            self.hint.emit("first" if by < 0 else "last", {})

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
        untouched = draft.is_empty or (self.item.mine is not None and draft.same_fields(_filed(self.item)))
        entry = self.trail.current
        shown_id = entry.shown_id if entry else None
        payload = None if untouched else loading.with_shown(draft, self.item.shown, shown_id)
        self.writer.save_draft(self.item.reply_id, self.reviewer, payload)

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
        command.review_id = self.workspace.reviews.submit(review, version)

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

    # -- what is in hand

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
        self.item = None
        while place is not None:
            self.trail.at = place
            entry = self.trail.current
            self.item = self._item(entry) if entry else None
            if self.item is not None or entry is None:
                break
            del self.trail.entries[place]  # the reply is gone
            place = place if place < len(self.trail.entries) else None
        if self.item is not None:
            self._take_in_hand(self.item)
        else:
            self.draft = Draft()
        self.trail_changed.emit()
        self.item_changed.emit()
        self._plan_ahead()

    def _take_in_hand(self, item: ReviewItem) -> None:
        self.draft = item.draft.on_card(self.card)
        self.pace.begin(item.draft.seconds)
        entry = self.trail.current
        assert entry is not None
        entry.shown_id = entry.shown_id or item.shown_id
        if entry.shown is None or entry.recorded or entry.shown_id is not None:
            return
        entry.recorded = True
        self.writer.do(partial(self._record_shown, entry))

    def _record_shown(self, entry: Entry) -> None:
        """In the writer's thread."""
        assert entry.shown is not None
        version = self.workspace.scores.version_id(entry.stored.score.version) if entry.stored else None
        entry.shown_id = self.workspace.reviews.record_shown(entry.reply_id, self.reviewer, entry.shown, version)

    def _item(self, entry: Entry) -> ReviewItem | None:
        known = self._cache.get(entry.reply_id)
        if known is None:
            if self.writer.busy:
                self.writer.flush()
            known = loading.load_item(self.workspace, entry, self.reviewer, self.active)
            if known is not None:
                self._remember(known)
        return known

    def _remember(self, item: ReviewItem) -> None:
        self._cache[item.reply_id] = item
        while len(self._cache) > _KEPT:
            self._cache.pop(next(iter(self._cache)))

    def _drop_current(self) -> None:
        self.item = None
        self.edits.clear()
        if self.trail.current is not None:
            del self.trail.entries[self.trail.at]
            self.trail.at = max(0, self.trail.at - 1)
        self.hint.emit("gone", {})
        self._show(self.trail.next_open())

    def _plan_ahead(self) -> None:
        if not self._soon.isActive():  # not put off by every key, or it would never come
            self._soon.start()

    def _in_the_meantime(self) -> None:
        self._read_ahead()
        self._load_more()

    def _read_ahead(self) -> None:
        for entry in self.trail.entries[self.trail.at + 1 : self.trail.at + 1 + PREFETCH]:
            if entry.verdict is None and entry.reply_id not in self._cache:
                read = partial(loading.load_item, self.workspace, entry, self.reviewer, self.active)
                self.context.runner.query(read, partial(self._read, self._generation), None, self)

    def _read(self, generation: int, item: ReviewItem | None) -> None:
        in_hand = self.item.reply_id if self.item else None
        if item is None or generation != self._generation or item.reply_id in (in_hand, *self._cache):
            return
        self._remember(item)

    # -- the list

    def _load_more(self, resume: bool = False) -> None:
        if self.loading or self.exhausted or self.kind is not None or self._pending_trail.open_ahead >= LOW_WATER:
            return
        self.loading = True
        exclude = self._pending_trail.ids()
        read = partial(loading.load_queue, self.workspace, self._fetch, BATCH, exclude, self.reviewer, resume)
        self.context.runner.query(
            self.after_writing(read), partial(self._loaded, self._pending_trail), self._not_loaded, self
        )

    def _loaded(self, trail: Trail, batch: Batch) -> None:
        self.loading = False
        if batch.resume is not None:
            trail.insert_here(batch.resume)
        added = trail.add(batch.entries)
        if trail is self._pending_trail:
            self.exhausted = added < BATCH
        if trail is not self.trail:
            return
        if self.item is None:
            self._show(trail.at if trail.current and trail.current.verdict is None else trail.next_open())
        else:
            self.trail_changed.emit()
            self._plan_ahead()

    def _not_loaded(self, error: CsqmError) -> None:
        self.loading = False
        self.exhausted = True
        self.not_saved.emit(error)
        self.item_changed.emit()

    def after_writing(self, read: Callable[[], _T]) -> Callable[[], _T]:
        """Let a read see what was decided just before it."""
        last = self.writer.last
        if last is None:
            return read

        def wait_and_read() -> _T:
            last.result()
            return read()

        return wait_and_read

    def _counted(self, overview: Overview) -> None:
        self.overview = overview
        self.overview_changed.emit()

    def _count(self, before: Verdict | None, after: Verdict | None) -> None:
        """Keep the counts right without reading them again."""
        if self.overview is None or before == after:
            return
        filed = dict(self.overview.filed)
        pending = self.overview.pending
        if before is None:
            pending -= 1
        else:
            filed[before] -= 1
        if after is None:
            pending += 1
        else:
            filed[after] += 1
        self.overview = replace(self.overview, pending=max(0, pending), filed=filed)
        self.overview_changed.emit()

    @staticmethod
    def _is_done(entry: Entry | None) -> bool:
        return entry is None or entry.verdict is not None


def _filed(item: ReviewItem) -> Draft:
    assert item.mine is not None
    return Draft.from_review(item.mine.review)
