"""The key file beside an encrypted database: the data key, wrapped several ways. Without a secret it is worthless.

Each way is a slot: Argon2id turns a secret into a wrapping key, AES-256-GCM wraps the data key with it. Changing
the passphrase writes one slot anew and touches nothing else.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.vault.keys import KEY_BYTES, DataKey
from csqm_desktop.vault.slow_hash import COST, Cost, slow_hash

NAME = "csqm.keys.json"
PASSPHRASE, RECOVERY, KEY_STORE = "passphrase", "recovery", "key_store"
LEAST_PASSPHRASE = 8  # characters
_FORMAT = "csqm-keys"


@dataclass
class KeyFile:
    """The slots of one workspace. ``id`` names the workspace in the system's key store."""

    id: str
    slots: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def new(cls) -> KeyFile:
        """A key file without slots."""
        return cls(secrets.token_hex(8))

    @classmethod
    def read(cls, folder: Path) -> KeyFile:
        """Read it; raises ``key_file_missing`` or ``key_file_broken``."""
        path = folder / NAME
        try:
            return cls.parse(path.read_text(encoding="utf-8"), path)
        except FileNotFoundError as error:
            raise CsqmError("key_file_missing", path=path) from error
        except (OSError, UnicodeDecodeError) as error:
            raise CsqmError("key_file_broken", path=path, reason=error) from error

    @classmethod
    def parse(cls, text: str, path: Path) -> KeyFile:
        """What a key file says; ``path`` is for the error ``key_file_broken``."""
        try:
            values = json.loads(text)
            if values["format"] != _FORMAT or values["version"] != 1:
                raise ValueError("written by another release")
            return cls(str(values["id"]), {str(slot["kind"]): dict(slot) for slot in values["slots"]})
        except (ValueError, KeyError, TypeError) as error:
            raise CsqmError("key_file_broken", path=path, reason=error) from error

    def write(self, folder: Path) -> None:
        """Write it in one step: the old or the new one is there, never half of one."""
        path = folder / NAME
        draft = path.with_suffix(".tmp")
        text = json.dumps(
            {"format": _FORMAT, "version": 1, "id": self.id, "slots": list(self.slots.values())}, indent=1
        )
        try:
            with draft.open("w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(path)
        except OSError as error:
            raise CsqmError("workspace_not_writable", path=folder, reason=error.strerror or error) from error

    def wrap(self, kind: str, secret: str, key: DataKey) -> None:
        """Make or replace a slot: from now on ``secret`` opens ``key``."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        wrapped = AESGCM(slow_hash(secret, salt, COST, KEY_BYTES)).encrypt(nonce, key.secret, self._bound(kind))
        self.slots[kind] = {
            "kind": kind,
            "kdf": "argon2id",
            **COST.to_dict(),
            "salt": _text(salt),
            "nonce": _text(nonce),
            "wrapped": _text(wrapped),
        }

    def unwrap(self, kind: str, secret: str) -> DataKey | None:
        """The data key, None when the secret does not open this slot or there is no such slot."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        slot = self.slots.get(kind)
        if slot is None:
            return None
        try:
            wrapping = slow_hash(secret, _bytes(slot["salt"]), Cost.from_dict(slot), KEY_BYTES)
            plain = AESGCM(wrapping).decrypt(_bytes(slot["nonce"]), _bytes(slot["wrapped"]), self._bound(kind))
        except InvalidTag:
            return None
        except (KeyError, ValueError, TypeError) as error:
            raise CsqmError("key_file_broken", path=NAME, reason=error) from error
        return DataKey(plain)

    def _bound(self, kind: str) -> bytes:
        return f"{_FORMAT} {self.id} {kind}".encode()


def exists(folder: Path) -> bool:
    """Whether a folder has a key file."""
    return (folder / NAME).is_file()


def check_passphrase(passphrase: str) -> None:
    """Refuse what is too short to protect anything."""
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise CsqmError("passphrase_short", least=LEAST_PASSPHRASE)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
