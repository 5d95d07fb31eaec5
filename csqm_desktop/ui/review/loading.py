"""Reads what the page shows. Plain functions over a workspace, fit to run off the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from csqm_desktop import selection
from csqm_desktop.domain.conversation import Conversation, Message, Role
from csqm_desktop.domain.review import Verdict
from csqm_desktop.jobs import review_queue
from csqm_desktop.store.attachments import Attached
from csqm_desktop.store.reviews import Shown, StoredReview
from csqm_desktop.store.scores import StoredScore
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.review.draft import Draft
from csqm_desktop.ui.review.plain_text import one_line
from csqm_desktop.ui.review.trail import Entry
from csqm_desktop.ui.review.words import ASKED_FOR, RESUMED

LIST_LIMIT = 2000
FOUND_LIMIT = 500
_INDEXING_SECONDS = 0.5  # what a search gives to the index of an older workspace
_EXCERPT = 160

Fetch = Callable[[Workspace, int, Collection[int]], Sequence[review_queue.QueueItem]]


def queue_items(
    workspace: Workspace, limit: int, exclude: Collection[int], strategy: str = review_queue.DEFAULT_STRATEGY
) -> list[review_queue.QueueItem]:
    """The queue in the order of a strategy; a name of a later release gives the default."""
    known = strategy if strategy in selection.STRATEGIES else review_queue.DEFAULT_STRATEGY
    return review_queue.next_items(workspace, limit, known, exclude, seed=len(exclude))


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A reply with all that is needed to judge it."""

    reply_id: int
    conversation: Conversation
    target: Message
    stored: StoredScore | None
    draft: Draft
    mine: StoredReview | None  # what this reviewer said before
    has_draft: bool
    shown_id: int | None
    shown: Shown | None
    files: Mapping[int, Sequence[Attached]] = field(default_factory=dict)  # attached, by message


def load_item(workspace: Workspace, entry: Entry, reviewer: str, active: str | None) -> ReviewItem | None:
    """Read a reply; None when it has been deleted meanwhile."""
    conversation = workspace.conversations.of_reply(entry.reply_id)
    if conversation is None:
        return None
    target = next(m for m in conversation.messages if m.id == entry.reply_id)
    payload = workspace.reviews.draft(entry.reply_id, reviewer)
    mine = next(iter(workspace.reviews.live(entry.reply_id, reviewer)), None)
    draft = Draft()
    if payload is not None:
        draft = Draft.from_payload(payload)
    elif mine is not None:
        draft = Draft.from_review(mine.review)
    return ReviewItem(
        reply_id=entry.reply_id,
        conversation=conversation,
        target=target,
        stored=workspace.scores.get(entry.reply_id, active),
        draft=draft,
        mine=mine,
        has_draft=payload is not None,
        shown_id=(payload or {}).get("shown_id"),
        shown=_shown(payload or {}) or entry.shown,
        files=workspace.attachments.of_conversation(conversation.id),
    )


def with_shown(draft: Draft, shown: Shown | None, shown_id: int | None) -> dict[str, Any]:
    """A draft as it is stored, with why its reply was shown, so that a restart does not lose that."""
    payload = draft.to_payload()
    if shown is not None:
        payload["shown"] = [shown.strategy, shown.reason, dict(shown.detail), shown.probability]
    if shown_id is not None:
        payload["shown_id"] = shown_id
    return payload


def _shown(payload: dict[str, Any]) -> Shown | None:
    kept = payload.get("shown")
    if not isinstance(kept, list) or len(kept) != 4:
        return None
    return Shown(str(kept[0]), str(kept[1]), dict(kept[2] or {}), kept[3])


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries for a list, and whether there may be more."""

    entries: list[Entry]
    resume: Entry | None = None


def load_queue(
    workspace: Workspace, fetch: Fetch, limit: int, exclude: Collection[int], reviewer: str, resume: bool
) -> Batch:
    """The next entries to review; on a start the one whose draft was touched last comes first."""
    first: Entry | None = None
    if resume:
        newest = workspace.reviews.newest_draft(reviewer)
        if newest is not None and newest not in exclude:
            shown = _shown(workspace.reviews.draft(newest, reviewer) or {}) or Shown(RESUMED, RESUMED, {})
            first = entry_of(workspace, newest, shown)
    items = fetch(workspace, limit, set(exclude) | ({first.reply_id} if first else set()))
    texts = _excerpts(workspace, [item.reply_id for item in items])
    entries = [
        Entry(item.reply_id, *texts[item.reply_id], shown=item.shown, stored=item.stored)
        for item in items
        if item.reply_id in texts
    ]
    return Batch(entries, first)


def load_filed(workspace: Workspace, verdict: Verdict, reviewer: str, active: str | None) -> Batch:
    """A reviewer's own list of one verdict, newest first."""
    found = [s for s in workspace.reviews.with_verdict(verdict, LIST_LIMIT) if s.review.reviewer == reviewer]
    ids = list(dict.fromkeys(s.review.reply_id for s in found))
    when = {s.review.reply_id: s.review.submitted_at for s in reversed(found)}
    texts = _excerpts(workspace, ids)
    version = workspace.scores.version_id(active) if active else None
    scores = workspace.scores.scores_of(version, ids) if version is not None else {}
    entries = [
        Entry(
            reply_id,
            *texts[reply_id],
            shown=None,
            stored=StoredScore(scores[reply_id], 0.0, False) if reply_id in scores else None,
            filed=verdict,
            filed_at=when[reply_id],
        )
        for reply_id in ids
        if reply_id in texts
    ]
    return Batch(entries)


def load_found(workspace: Workspace, text: str, active: str | None) -> Batch:
    """Replies that hold the words, and the replies given to messages that do; newest in the store first."""
    until = time.monotonic() + _INDEXING_SECONDS
    workspace.search.catch_up(lambda: time.monotonic() < until)
    hits = workspace.search.find(text, FOUND_LIMIT)
    answers = workspace.search.answers([hit.message_id for hit in hits if not hit.is_reply])
    ids = [hit.message_id if hit.is_reply else answers.get(hit.message_id, 0) for hit in hits]
    ids = [reply_id for reply_id in dict.fromkeys(ids) if reply_id]
    texts = _excerpts(workspace, ids)
    version = workspace.scores.version_id(active) if active else None
    scores = workspace.scores.scores_of(version, ids) if version is not None else {}
    return Batch(
        [
            Entry(
                reply_id,
                *texts[reply_id],
                shown=Shown(ASKED_FOR, ASKED_FOR, {}),
                stored=StoredScore(scores[reply_id], 0.0, False) if reply_id in scores else None,
            )
            for reply_id in ids
            if reply_id in texts
        ]
    )


def entry_of(workspace: Workspace, reply_id: int, shown: Shown | None = None) -> Entry | None:
    """A single reply as an entry; None when there is no such reply."""
    texts = _excerpts(workspace, [reply_id])
    if reply_id not in texts:
        return None
    stored = workspace.scores.get(reply_id, review_queue.active_version(workspace))
    return Entry(reply_id, *texts[reply_id], shown=shown or Shown(ASKED_FOR, ASKED_FOR, {}), stored=stored)


def _excerpts(workspace: Workspace, ids: Sequence[int]) -> dict[int, tuple[str, Role, str]]:
    return {r.reply_id: (one_line(r.text, _EXCERPT), r.role, "") for r in workspace.conversations.reply_inputs(ids)}


@dataclass(frozen=True, slots=True)
class Overview:
    """What is left and what is filed; for the lists and for the empty states."""

    replies: int
    pending: int
    filed: dict[Verdict, int]  # by this reviewer
    judged: int = 0  # replies that anybody has scored, also in imported labels


def load_overview(workspace: Workspace, reviewer: str) -> Overview:
    """Count what is to do and what this reviewer has filed."""
    totals = workspace.conversations.totals()
    everyone = workspace.reviews.counts()
    pending = totals.replies - len(workspace.reviews.reviewed_reply_ids())
    filed = {}
    for verdict in Verdict:
        listed = workspace.reviews.with_verdict(verdict, LIST_LIMIT)
        mine = sum(s.review.reviewer == reviewer for s in listed)
        filed[verdict] = everyone[verdict] if mine == len(listed) else mine
    return Overview(totals.replies, max(0, pending), filed, everyone[Verdict.SCORED])


@dataclass(frozen=True, slots=True)
class PastReview:
    """One line of the history."""

    stored: StoredReview
    retired: str | None  # why it no longer counts; None: it does


def load_history(workspace: Workspace, reply_id: int, reviewer: str) -> list[PastReview]:
    """Earlier reviews of a reply. Other people's are kept back until this reviewer has given a verdict."""
    history = [PastReview(stored, why) for stored, why in workspace.reviews.history(reply_id)]
    judged = any(p.retired is None and p.stored.review.reviewer == reviewer for p in history)
    return [p for p in history if judged or p.stored.review.reviewer == reviewer]
