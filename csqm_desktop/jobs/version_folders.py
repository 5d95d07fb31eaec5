"""Where a workspace's versions, their base models and the embedding cache lie."""

from __future__ import annotations

from pathlib import Path

from csqm_desktop import paths
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SCRATCH
from csqm_desktop.registry import base_model
from csqm_desktop.registry.versions import Card, VersionStore
from csqm_desktop.store.workspace import Workspace


class Versions:
    """The registry of one workspace as jobs use it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.store = VersionStore(workspace.model_store)

    def active(self) -> str | None:
        """The version whose scores count."""
        return self.store.active()

    def folder(self, version: str) -> Path:
        """The files of a version."""
        return self.store.folder(version)

    def card(self, version: str) -> Card:
        """What is known about a version."""
        return self.store.card(version)

    def scorecard_id(self, version: str) -> int:
        """The scorecard edition a version answers, by its card."""
        card = self.card(version)
        found = self._workspace.scorecards.find(card.scorecard_key, card.scorecard_version)
        return found if found is not None else self._workspace.scorecards.current_id()

    def base(self) -> Path:
        """The base model that new versions are trained on: the one chosen for this workspace, else the default."""
        chosen = self._workspace.fact("base_model")
        return self._checked(base_model.folder(paths.shared_model_store(), chosen or None))

    def base_of(self, version: str) -> Path:
        """The base model that a version was trained on."""
        fingerprint = self.card(version).base_fingerprint
        for folder in base_model.available(paths.shared_model_store()):
            if base_model.describe(folder).fingerprint == fingerprint:
                return folder
        raise CsqmError("base_missing", version=version)

    @staticmethod
    def _checked(folder: Path) -> Path:
        if not (folder / "config.json").is_file():
            raise CsqmError("base_not_provisioned", path=folder)
        return folder

    def cache(self) -> Path:
        """The embedding cache; may be deleted at any time, it is then built again."""
        folder = self._workspace.model_store / "cache"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def scratch(self) -> Path:
        """A place for a job's temporary files, inside the workspace because they hold message text."""
        folder = self._workspace.model_store / SCRATCH
        folder.mkdir(parents=True, exist_ok=True)
        return folder
