"""Who may do what cannot be done with the workspace open: restoring, mending, changing its keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from csqm_desktop.errors import CsqmError
from csqm_desktop.store.database import environment_errors
from csqm_desktop.store.workspace import Workspace

SignIn = Callable[[Workspace], None]  # says who does it, to the workspace opened for the question
Unlock = Callable[[Path], object]

UNREADABLE = frozenset(
    {
        "database_damaged", "database_newer", "key_file_missing", "key_file_broken", "passphrase_wrong",
        "workspace_locked",
    }
)  # fmt: skip
"""Why a workspace may have nobody to ask."""


def ask(
    folder: Path,
    action: str,
    sign_in: SignIn | None,
    unlock: Unlock | None = None,
    then: Callable[[Workspace], object] | None = None,
) -> str:
    """Raise unless whoever ``sign_in`` signs in may do it, do ``then``; returns the name for the audit log.

    ``unlock`` opens an encrypted workspace whose key this process does not have.
    """
    workspace = _opened(folder, unlock)
    try:
        name = ask_opened(workspace, action, sign_in)
        if then is not None:
            then(workspace)
        return name
    finally:
        workspace.close()


def ask_opened(workspace: Workspace, action: str, sign_in: SignIn | None) -> str:
    """The same of a workspace that is open."""
    with environment_errors(workspace.database.path):  # a damaged one may only now show it
        if sign_in is not None:
            sign_in(workspace)
        workspace.require(action)
    return workspace.actor.name if workspace.actor else "csqm"


def ask_if_readable(
    folder: Path,
    action: str,
    sign_in: SignIn | None,
    unlock: Unlock | None = None,
    then: Callable[[Workspace], object] | None = None,
) -> str | None:
    """The same; None when there is no workspace, or none that could be asked: what can be done then is to save it."""
    if not Workspace.exists(folder):
        return None
    try:
        return ask(folder, action, sign_in, unlock, then)
    except CsqmError as error:
        if error.code not in UNREADABLE:
            raise
        return None


def note(folder: Path, actor: str, action: str, subject: str) -> None:
    """Write it into the audit log, once it is done."""
    workspace = Workspace.open(folder)
    try:
        workspace.audit.append(actor, action, subject)
    finally:
        workspace.close()


def _opened(folder: Path, unlock: Unlock | None) -> Workspace:
    try:
        return Workspace.open(folder)
    except CsqmError as error:
        if error.code != "workspace_locked" or unlock is None:
            raise
    unlock(folder)
    return Workspace.open(folder)
