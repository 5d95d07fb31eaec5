"""Originals of masked messages: whether they are kept, their end, and showing one to somebody who may see it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import ClassVar

from csqm_desktop import privacy
from csqm_desktop.domain.permissions import CHANGE_SETTINGS, REVEAL
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.store.workspace import Workspace

LEAST_REASON = 3  # characters: "x" is no reason
_LOOK_SECONDS = 3600.0


def keep_for(workspace: Workspace, days: int, actor: str = "csqm") -> int:
    """Keep originals for ``days`` from now on, 0 for never; what is older ends at once. Returns how many that were.

    Raises ``raw_text_plain`` in a workspace that is not encrypted, ``raw_text_days`` beyond a year.
    """
    workspace.require(CHANGE_SETTINGS)
    before = workspace.raw_texts.days
    with workspace.database.transaction():
        workspace.raw_texts.set_days(days)
        if days != before:
            workspace.audit.append(actor, "raw_text_days", workspace.folder.name, {"before": before, "days": days})
    return end_due(workspace, actor) if days else end_all(workspace, actor)


def end_due(workspace: Workspace, actor: str = "csqm") -> int:
    """End the originals that are older than they may be; cheap when there are none."""
    return _noted(workspace, actor, workspace.raw_texts.purge()) if workspace.raw_texts.due() else 0


def end_all(workspace: Workspace, actor: str = "csqm") -> int:
    """End all originals."""
    return _noted(workspace, actor, workspace.raw_texts.purge(everything=True))


def _noted(workspace: Workspace, actor: str, ended: int) -> int:
    if ended:
        workspace.audit.append(actor, "purge_raw", workspace.folder.name, {"ended": ended})
    return ended


def drop_all(workspace: Workspace) -> None:
    """Keep none from now on and end all: a workspace without encryption has no originals."""
    actor = workspace.actor.name if workspace.actor else "csqm"
    workspace.raw_texts.set_days(0)
    end_all(workspace, actor)


class Ending:
    """For programs that run for days: ``look`` as often as one likes, it does something once an hour."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._next = 0.0

    def look(self) -> None:
        """End what is due."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _LOOK_SECONDS
            end_due(self._workspace)


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """How many originals are gone, and how many are still within their days."""

    ended: int
    kept: int


class PurgeRawTexts(Job[PurgeResult]):
    """End originals: those that are older than they may be, which needs no role, or all, which needs a lead."""

    kind: ClassVar[str] = "purge_raw"
    lane: ClassVar[str] = "quick"

    def __init__(self, workspace: Workspace, everything: bool = False, actor: str = "csqm") -> None:
        super().__init__(workspace)
        self._everything = everything
        self._actor = actor

    def parameters(self) -> dict[str, object]:
        """Which."""
        return {"everything": self._everything}

    def run(self, context: JobContext) -> PurgeResult:
        """Do it; it cannot be cancelled."""
        context.progress(0, 0, "erasing")
        if self._everything:
            self.workspace.require(CHANGE_SETTINGS)
            ended = end_all(self.workspace, self._actor)
        else:
            ended = end_due(self.workspace, self._actor)
        return PurgeResult(ended, self.workspace.raw_texts.state().kept)


def reveal(workspace: Workspace, message_id: int, reason: str, actor: str = "csqm") -> str:
    """A message as it came in, for somebody who may see it and says why.

    The audit log names the message by its number here, so that it tells nothing after an erasure; it is written before
    the text is given out. Raises ``not_allowed``, ``reveal_reason``, ``raw_text_gone`` or
    ``raw_texts_not_kept``. This is no job on purpose: what a job gives back is kept.
    """
    workspace.require(REVEAL)
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise CsqmError("reveal_reason", least=LEAST_REASON)
    text = workspace.raw_texts.read(message_id)
    if text is None:
        days = workspace.raw_texts.days
        raise CsqmError("raw_text_gone", days=days) if days else CsqmError("raw_texts_not_kept")
    workspace.audit.append(actor, "reveal", f"message {message_id}", {"reason": privacy.redact(reason)[0]})
    return text


def revealable(workspace: Workspace, message_ids: list[int]) -> frozenset[int]:
    """The messages whose original whoever is signed in may ask for."""
    if not workspace.people.may(REVEAL):
        return frozenset()
    return frozenset(workspace.raw_texts.among(message_ids))
