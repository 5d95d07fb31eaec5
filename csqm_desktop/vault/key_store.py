"""The operating system's key store, where there is one (keyring): a random secret for each workspace."""

from __future__ import annotations

import secrets

from csqm_desktop.errors import CsqmError

_SERVICE = "csqm-desktop workspace"


def save(workspace_id: str) -> str:
    """Put a new secret into the key store and return it; raises ``key_store_missing``."""
    try:
        import keyring

        secret = secrets.token_urlsafe(32)
        keyring.set_password(_SERVICE, workspace_id, secret)
        if keyring.get_password(_SERVICE, workspace_id) != secret:
            raise RuntimeError("it does not give back what it was given")
    except ImportError as error:
        raise CsqmError("key_store_missing", reason="keyring is not installed") from error
    except Exception as error:  # backends raise what they like
        raise CsqmError(
            "key_store_missing", reason=str(error).splitlines()[0] if str(error) else type(error).__name__
        ) from error
    return secret


def load(workspace_id: str) -> str | None:
    """The secret of a workspace; None when there is none or no key store."""
    try:
        import keyring

        return keyring.get_password(_SERVICE, workspace_id)
    except Exception:  # noqa: BLE001 -- a missing or locked key store only means: ask for the passphrase
        return None


def remove(workspace_id: str) -> None:
    """Take the secret out of the key store; nothing happens when it is not there."""
    try:
        import keyring

        keyring.delete_password(_SERVICE, workspace_id)
    except Exception:  # noqa: BLE001 -- see load
        return
