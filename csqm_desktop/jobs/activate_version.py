"""Making a version active, or going back: one small file changes, scores of other versions stay."""

from __future__ import annotations

from csqm_desktop.domain.permissions import ACTIVATE
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.workspace import Workspace


def activate(workspace: Workspace, version: str, reason: str, actor: str) -> None:
    """Make ``version`` active. One that the gate refused needs a reason; it is kept in the audit log."""
    workspace.require(ACTIVATE)
    versions = Versions(workspace)
    if version not in {card.id for card in versions.store.list()}:
        raise CsqmError("version_unknown", version=version)
    verdict = str(versions.card(version).gate.get("verdict", ""))
    if not verdict.startswith("passed") and not versions.card(version).is_starter and not reason.strip():
        raise CsqmError("override_needs_reason", version=version)
    versions.store.activate(version, reason=reason or "chosen")
    workspace.audit.append(actor, "activate", version, {"reason": reason, "verdict": verdict})


def roll_back(workspace: Workspace, actor: str) -> str:
    """Make the version active that was active before; returns its id."""
    workspace.require(ACTIVATE)
    version = Versions(workspace).store.rollback()
    workspace.audit.append(actor, "rollback", version)
    return version
