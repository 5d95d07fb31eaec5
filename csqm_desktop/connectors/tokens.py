"""Tokens of other services: in the system's key store, else in the environment or a file that only its owner reads."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from pathlib import Path

from csqm_desktop import paths

log = logging.getLogger(__name__)

_SERVICE = "csqm-desktop connector"
KEY_STORE, FILE, ENVIRONMENT, NOWHERE = "key store", "file", "environment", ""


def variable(name: str) -> str:
    """The environment variable that holds the token of a connector and wins over everything else."""
    return "CSQM_TOKEN_" + re.sub(r"\W", "_", name).upper()


def save(workspace: Path, name: str, token: str) -> str:
    """Keep a token; returns where: ``key store``, or ``file`` on a machine without one."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return _save_file(workspace, name, token)
    try:
        keyring.set_password(_SERVICE, _account(workspace, name), token)
    except (KeyringError, OSError, RuntimeError) as error:
        log.info("no key store: %s", type(error).__name__)
        return _save_file(workspace, name, token)
    _file(workspace, name).unlink(missing_ok=True)
    return KEY_STORE


def find(workspace: Path, name: str) -> tuple[str, str]:
    """A connector's token and where it was found; both empty when there is none."""
    given = os.environ.get(variable(name), "")
    if given:
        return given, ENVIRONMENT
    kept = _from_key_store(workspace, name)
    if kept:
        return kept, KEY_STORE
    path = _file(workspace, name)
    try:
        return path.read_text(encoding="utf-8").strip(), FILE
    except OSError:
        return "", NOWHERE


def forget(workspace: Path, name: str) -> None:
    """Delete a token wherever it is kept by us."""
    _file(workspace, name).unlink(missing_ok=True)
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return
    try:
        keyring.delete_password(_SERVICE, _account(workspace, name))
    except (KeyringError, OSError, RuntimeError):
        log.debug("no token in the key store")


def _from_key_store(workspace: Path, name: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(_SERVICE, _account(workspace, name)) or ""
    except (KeyringError, OSError, RuntimeError):
        return ""


def _account(workspace: Path, name: str) -> str:
    return f"{name} of {workspace.resolve()}"


def _file(workspace: Path, name: str) -> Path:
    """Outside the workspace, so that a copy of the workspace does not take the token along."""
    digest = hashlib.sha256(_account(workspace, name).encode()).hexdigest()[:32]
    return paths.user_data_dir() / "tokens" / digest


def _save_file(workspace: Path, name: str, token: str) -> str:
    path = _file(workspace, name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(token)
    return FILE
