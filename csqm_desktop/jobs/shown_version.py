"""Whose scores are shown: the active version's, or, until it has scored anything, those of the version before it."""

from __future__ import annotations

from dataclasses import dataclass

from csqm_desktop.registry.versions import VersionStore
from csqm_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """The ``active`` version, the one whose figures are shown, and that one's number in the store."""

    active: str | None
    version: str | None
    number: int | None

    @property
    def is_before(self) -> bool:
        """Whether an earlier version stands in for the active one, which has not scored yet."""
        return self.number is not None and self.version != self.active


def shown_version(workspace: Workspace) -> ShownVersion:
    """The active version where it has scores, else the one that was active last of those that have.

    A training would otherwise empty every chart and list until the next scoring, as if nothing had ever been scored.
    """
    store = VersionStore(workspace.model_store)
    active = store.active()
    if active is None:
        return ShownVersion(None, None, None)
    there = set(store.ids())
    for key in dict.fromkeys([active, *(entry.version for entry in reversed(store.history()))]):
        number = workspace.scores.version_id(key) if key in there else None
        if number is not None and workspace.scores.any_by(number):
            return ShownVersion(active, key, number)
    return ShownVersion(active, active, None)
