"""Take an import back: what it added goes, what it changed is as before; reviewed messages stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from csqm_desktop.domain import permissions
from csqm_desktop.jobs import media
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UndoResult:
    """How many messages are gone, and how many stay because people have reviewed them."""

    batch_id: int
    removed: int
    kept: int = 0


class UndoImport(Job[UndoResult]):
    """Take one import batch back. It cannot be cancelled: half an undo would help nobody."""

    kind: ClassVar[str] = "undo_import"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.UNDO_IMPORT

    def __init__(self, workspace: Workspace, batch_id: int) -> None:
        super().__init__(workspace)
        self._batch_id = batch_id

    def parameters(self) -> dict[str, Any]:
        """The batch."""
        return {"batch_id": self._batch_id}

    def run(self, context: JobContext) -> UndoResult:
        """Take the batch back."""
        context.progress(0, 0, "rolling_back")
        before = self.workspace.conversations.totals().messages
        # first, and also of reviewed messages, which stay
        had_originals = self.workspace.raw_texts.forget_batch(self._batch_id) > 0
        self.workspace.batches.roll_back(self._batch_id, "undone")
        if had_originals:
            self.workspace.raw_texts.rewrite()
        media.sweep(self.workspace)
        removed = before - self.workspace.conversations.totals().messages
        return UndoResult(self._batch_id, removed, self.workspace.batches.messages(self._batch_id))
