"""The pseudonyms of a workspace: its key lies in its own database, nowhere else."""

from __future__ import annotations

from csqm_desktop.privacy.pseudonyms import Pseudonyms
from csqm_desktop.store.workspace import PSEUDONYM_KEY, Workspace


def pseudonyms_of(workspace: Workspace) -> Pseudonyms | None:
    """None for a workspace of an earlier release: its texts have bare placeholders, and reading a file again must not
    change them."""
    key = workspace.fact(PSEUDONYM_KEY)
    return Pseudonyms(bytes.fromhex(key)) if key else None
