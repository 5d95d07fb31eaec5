"""What a reviewer sees next and why: the store's candidates, ordered by a strategy of ``selection``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from csqm_desktop.registry.versions import VersionStore
from csqm_desktop.store.reviews import Shown
from csqm_desktop.store.scores import StoredScore
from csqm_desktop.store.workspace import Workspace

DEFAULT_STRATEGY = "least_confidence"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A reply to review: why it was chosen, and what the model thinks of it (None: not scored yet)."""

    reply_id: int
    shown: Shown
    stored: StoredScore | None


def active_version(workspace: Workspace) -> str | None:
    """The key of the version whose scores count."""
    return VersionStore(workspace.model_store).active()
