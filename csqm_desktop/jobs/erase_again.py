"""Erases once more, in a restored backup, whom the workspace that was there had erased since."""

from __future__ import annotations

from pathlib import Path

from csqm_desktop.jobs.base import SilentContext
from csqm_desktop.jobs.erase_customer import EraseCustomer, ErasurePreview, findable
from csqm_desktop.store.erased import Carried
from csqm_desktop.store.workspace import Workspace

_REASON = "erased before the backup was restored"


def erase_again(folder: Path, carried: Carried, actor: str) -> int:
    """Apply erasures to the workspace in ``folder``, which nobody else has open; returns the conversations that went.

    Its list of the erased is completed in any case, so that later imports leave the same people out.
    """
    if not carried.rows:
        return 0
    workspace = Workspace.open(folder)
    try:
        workspace.erased.adopt(carried)
        return _erase(workspace, actor)
    finally:
        workspace.close()


def _erase(workspace: Workspace, actor: str) -> int:
    found, store = workspace.erased.find(), workspace.erasure
    if not found.numbers:
        return 0
    names = tuple(name for name in dict.fromkeys((*found.names, *store.source_ids(found.numbers))) if findable(name))
    called = tuple(name for name in names if name in found.names)
    copies = tuple(path for path in workspace.backups.rglob("*") if path.is_file())  # made by a schema step just now
    preview = ErasurePreview(found.numbers, names, called, store.counts(found.numbers, names), (), copies)
    return EraseCustomer(workspace, preview, _REASON, actor).run(SilentContext()).conversations
