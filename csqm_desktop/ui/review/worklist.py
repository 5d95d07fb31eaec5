"""The list that is worked through: which replies, in which order, the one in hand, and those read ahead.

``Session`` adds what the reviewer does with the reply in hand. Nothing here is a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from csqm_desktop.domain.review import Verdict
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.review_queue import active_version
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import InlineJobRunner
from csqm_desktop.ui.review import loading
from csqm_desktop.ui.review.draft import Draft
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


class WorkList(QObject):
    """Where the reviewer is, in which list."""

    item_changed = Signal()  # another reply is in hand, or none
    trail_changed = Signal()  # the list at the left changed
    overview_changed = Signal()  # its counts changed
    hint = Signal(str, object)  # code of something to say, its values
    not_saved = Signal(object)  # CsqmError

    def __init__(self, context: AppContext, workspace: Workspace, reviewer: str, fetch: Fetch | None = None) -> None:
        super().__init__()
        self.context = context
        self.workspace = workspace
        self.reviewer = reviewer
        self.card: Scorecard = workspace.scorecards.current()
        self.active = active_version(workspace)
        self.trail = Trail()
        self.kind: Verdict | None = None  # None: the replies to review
        self.looked_for = ""  # the words, while what was found is worked through
        self.item: ReviewItem | None = None
        self.draft = Draft()
        self.overview: Overview | None = None
        self.pace = Pace()
        self.writer = ReviewWriter(workspace, isinstance(context.runner, InlineJobRunner), self)
        self.writer.failed.connect(self.not_saved)
        self.exhausted = False
        # reading ahead waits until the reply in hand is on screen: both want the interpreter
        self._soon = QTimer(self, singleShot=True, interval=READ_AHEAD_MS)
        self._soon.timeout.connect(self._in_the_meantime)
        self._fetch = fetch
        self._fetching = False
        self._listing = False
        self._pending_trail = self.trail
        self._cache: dict[int, ReviewItem] = {}
        self._generation = 0

    # -- for the session

    def _park(self) -> None:
        """Leave the reply in hand. Override."""

    def _forget_decisions(self) -> None:
        """What was decided cannot be taken back any more. Override."""

    # -- starting, switching lists, news

    def start(self) -> None:
        """Load the queue; go on where this reviewer stopped."""
        self._load_more(resume=True)
        self.recount()

    def open_list(self, kind: Verdict | None) -> None:
        """Work through the queue (None) or through what was filed under a verdict."""
        self._park()
        self.kind, self.looked_for = kind, ""
        if kind is None:
            self.trail = self._pending_trail
            self._show(self.trail.next_open() if self._is_done(self.trail.current) else self.trail.at)
            self._load_more()
            return
        self.trail = trail = Trail()
        self._listing = True
        self._show(None)
        read = partial(loading.load_filed, self.workspace, kind, self.reviewer, self.active)
        self.context.runner.query(self.after_writing(read), partial(self._listed, trail), self.not_saved.emit, self)

    def open_found(self, text: str) -> None:
        """Work through the replies that hold some words, or answer messages that do."""
        self._park()
        self.kind, self.looked_for = None, text
        self.trail = trail = Trail()
        self._listing = True
        self._show(None)
        read = partial(loading.load_found, self.workspace, text, self.active)
        self.context.runner.query(self.after_writing(read), partial(self._listed, trail), self.not_saved.emit, self)

    def open_reply(self, reply_id: int) -> None:
        """Take a certain reply in hand, whatever the queue says."""
        self._park()
        self.kind, self.looked_for, self.trail = None, "", self._pending_trail
        entry = loading.entry_of(self.workspace, reply_id)
        if entry is not None:
            self.trail.insert_here(entry)
            self._show(self.trail.at)

    def reorder(self) -> None:
        """Choose again what comes next: the order was changed. What was looked at stays."""
        self._pending_trail.forget_ahead()
        self.exhausted = False
        self._load_more()
        self.trail_changed.emit()

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
            self._forget_decisions()
            self._drop_current()
        self.recount()

    def _is_gone(self) -> bool:
        return self.item is not None and self.workspace.conversations.of_reply(self.item.reply_id) is None

    def recount(self) -> None:
        """Count what is left and what is filed."""
        read = partial(loading.load_overview, self.workspace, self.reviewer)
        self.context.runner.query(self.after_writing(read), self._counted, None, self)

    @property
    def loading(self) -> bool:
        """Whether entries of the list in work are being read."""
        return self._listing if self.kind is not None or self.looked_for else self._fetching

    @property
    def busy(self) -> bool:
        """Whether something is being read or written."""
        return self._fetching or self._listing or self.writer.busy or self._soon.isActive()

    def close(self) -> None:
        """Store the draft and everything else."""
        self._soon.stop()
        self._park()
        self.writer.close()

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

    # -- what is in hand

    def _show(self, place: int | None) -> None:
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
        if self._fetching or self.exhausted or self.kind is not None or self._pending_trail.open_ahead >= LOW_WATER:
            return
        self._fetching = True
        exclude = self._pending_trail.ids()
        fetch = self._fetch or partial(queue_items, strategy=self.context.settings.strategy)
        read = partial(loading.load_queue, self.workspace, fetch, BATCH, exclude, self.reviewer, resume)
        self.context.runner.query(
            self.after_writing(read), partial(self._loaded, self._pending_trail), self._not_loaded, self
        )

    def _loaded(self, trail: Trail, batch: Batch) -> None:
        self._fetching = False
        if batch.resume is not None:
            trail.insert_here(batch.resume)
        self.exhausted = trail.add(batch.entries) < BATCH
        self._welcome(trail)

    def _listed(self, trail: Trail, batch: Batch) -> None:
        self._listing = False
        trail.add(batch.entries)
        self._welcome(trail)

    def _welcome(self, trail: Trail) -> None:
        """Entries came: take the first in hand if there was none."""
        if trail is not self.trail:
            return
        if self.item is None:
            self._show(trail.next_open() if self._is_done(trail.current) else trail.at)
        else:
            self.trail_changed.emit()
            self._plan_ahead()

    def _not_loaded(self, error: CsqmError) -> None:
        self._fetching = False
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
