"""From a secret to an open workspace: passphrase, recovery code, key store, environment."""

from __future__ import annotations

import os
from pathlib import Path

from csqm_desktop.errors import CsqmError
from csqm_desktop.vault import key_store, recovery, ring
from csqm_desktop.vault.key_file import KEY_STORE, PASSPHRASE, RECOVERY, KeyFile, check_passphrase
from csqm_desktop.vault.keys import DataKey

PASSPHRASE_VARIABLE, FILE_VARIABLE = "CSQM_PASSPHRASE", "CSQM_KEY_FILE"


def with_secret(folder: Path, secret: str) -> DataKey:
    """Open with a passphrase or a recovery code and put the key into the ring. Takes some tenths of a second.

    Raises ``CsqmError("passphrase_wrong")``; nothing is changed then.
    """
    key = key_of(KeyFile.read(folder), secret, folder)
    ring.register(folder, key)
    return key


def key_of(keys: KeyFile, secret: str, path: Path) -> DataKey:
    """The data key by a passphrase or a recovery code; raises ``passphrase_wrong`` for what lies at ``path``."""
    key = keys.unwrap(PASSPHRASE, secret) or keys.unwrap(RECOVERY, recovery.normal(secret))
    if key is None:
        raise CsqmError("passphrase_wrong", path=path)
    return key


def without_asking(folder: Path) -> DataKey | None:
    """Open with the environment's passphrase or the system's key store; None when neither has one.

    A passphrase in the environment that is wrong is an error, not a reason to ask.
    """
    secret = from_environment()
    if secret is not None:
        return with_secret(folder, secret)
    keys = KeyFile.read(folder)
    stored = key_store.load(keys.id) if KEY_STORE in keys.slots else None
    key = keys.unwrap(KEY_STORE, stored) if stored else None
    if key is not None:
        ring.register(folder, key)
    return key


def from_environment() -> str | None:
    """The passphrase in ``CSQM_PASSPHRASE``, or in the file that ``CSQM_KEY_FILE`` names."""
    if secret := os.environ.get(PASSPHRASE_VARIABLE):
        return secret
    name = os.environ.get(FILE_VARIABLE)
    if not name:
        return None
    try:
        return Path(name).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CsqmError("passphrase_file", path=name, reason=getattr(error, "strerror", None) or error) from error


def new_keys(passphrase: str) -> tuple[KeyFile, DataKey, str]:
    """A key file for a new data key, the key, and the recovery code that is shown once."""
    check_passphrase(passphrase)
    keys, key, code = KeyFile.new(), DataKey.random(), recovery.new_code()
    keys.wrap(PASSPHRASE, passphrase, key)
    keys.wrap(RECOVERY, code, key)
    return keys, key, code


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Wrap the same data key by another passphrase; ``old`` may be the recovery code."""
    check_passphrase(new)
    key = with_secret(folder, old)
    keys = KeyFile.read(folder)
    keys.wrap(PASSPHRASE, new, key)
    keys.write(folder)


def new_recovery_code(folder: Path, secret: str) -> str:
    """Replace the recovery code; the old one opens nothing any more."""
    key = with_secret(folder, secret)
    keys, code = KeyFile.read(folder), recovery.new_code()
    keys.wrap(RECOVERY, code, key)
    keys.write(folder)
    return code


def remember(folder: Path, key: DataKey) -> None:
    """Let this user of this computer open the workspace without a passphrase, by the system's key store."""
    keys = KeyFile.read(folder)
    keys.wrap(KEY_STORE, key_store.save(keys.id), key)
    keys.write(folder)


def stop_remembering(folder: Path) -> None:
    """Ask for the passphrase again."""
    keys = KeyFile.read(folder)
    key_store.remove(keys.id)
    if keys.slots.pop(KEY_STORE, None) is not None:
        keys.write(folder)
