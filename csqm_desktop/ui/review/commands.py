"""What Ctrl+Z takes back: decisions about replies, across replies, and changes of fields within one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QUndoCommand

from csqm_desktop.domain.review import ReviewSource, Verdict
from csqm_desktop.ui.review.draft import Draft
from csqm_desktop.ui.review.trail import Entry, Trail

if TYPE_CHECKING:
    from csqm_desktop.ui.review.loading import ReviewItem
    from csqm_desktop.ui.review.session import Session


class DecisionCommand(QUndoCommand):
    """A verdict on a reply: written when done, retired when undone, revived when redone."""

    def __init__(
        self, session: Session, item: ReviewItem, before: Draft, decided: Draft, verdict: Verdict, source: ReviewSource
    ) -> None:
        super().__init__(verdict.value)
        entry = session.trail.current
        assert entry is not None
        self.session = session
        self.trail: Trail = session.trail
        self.filed_in: Verdict | None = session.kind
        self.entry: Entry = entry
        self.earlier: Verdict | None = entry.verdict
        self.item = replace(item, draft=before)
        self.before = before  # the fields as they were: what undo brings back
        self.decided = decided
        self.verdict = verdict
        self.source = source
        self.review_id: int | None = None  # known as soon as it is written

    def redo(self) -> None:
        """Store it, or bring it back; go on to the next reply."""
        self.session.apply_decision(self)

    def undo(self) -> None:
        """Take it back; return to the reply with its fields as they were."""
        self.session.revoke_decision(self)


class EditCommand(QUndoCommand):
    """A change of fields of the reply in work."""

    def __init__(self, session: Session, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        super().__init__("edit")
        self._session = session
        self._before = dict(before)
        self._after = dict(after)

    def redo(self) -> None:
        """Set the new values."""
        self._session.set_fields(self._after)

    def undo(self) -> None:
        """Set the old ones."""
        self._session.set_fields(self._before)
