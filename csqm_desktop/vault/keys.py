"""The data key of a workspace and the keys derived from it, one for each use."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hashlib import blake2b

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class DataKey:
    """256 random bits. Not shown by ``repr``, so that no log or traceback can hold it."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")

    @classmethod
    def random(cls) -> DataKey:
        """A new key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def derived(self, purpose: str, salt: bytes = b"") -> bytes:
        """The 32 bytes for one purpose, e.g. ``"database"``; knowing them tells nothing about the others."""
        return blake2b(
            purpose.encode() + b"\0" + salt, key=self.secret, digest_size=KEY_BYTES, person=b"csqm vault"
        ).digest()
