"""Recovery codes: 160 random bits that people can write down, shown once."""

from __future__ import annotations

import base64
import secrets

_BYTES = 20
_LOOKS_LIKE = str.maketrans("018", "OIB")  # digits that base32 does not have, as people write them


def new_code() -> str:
    """Eight groups of four letters and digits, e.g. ``ABCD-…``."""
    text = base64.b32encode(secrets.token_bytes(_BYTES)).decode()
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def normal(code: str) -> str:
    """A code as it was made, however it was typed: case, spaces and dashes do not matter."""
    letters = "".join(c for c in code.upper() if c.isalnum()).translate(_LOOKS_LIKE)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
