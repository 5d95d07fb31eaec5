"""Pseudonyms: the same telephone number, name or account gets the same sign everywhere in a workspace.

``[phone]`` becomes ``[phone#k3v9x2ma]``: a keyed hash of what stood there. The key is random, belongs to one workspace
and never leaves it, so that nobody can try all telephone numbers, and two workspaces cannot be joined. An export can
be given signs of its own (``fresh``).
"""

from __future__ import annotations

import base64
import re
import secrets
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from csqm_desktop.privacy.kinds import PLACEHOLDERS
from csqm_desktop.privacy.normal import normal_form, with_digits

KEY_BYTES = 32
_SIGN_BYTES = 5  # eight letters: two of a million distinct numbers share one in half of all workspaces
_KINDS = "|".join(re.escape(text[1:-1]) for text in PLACEHOLDERS.values())
PLACEHOLDER = re.compile(rf"\[(?:{_KINDS})(?:#[a-z2-7]{{8}})?\]")
_SIGNED = re.compile(rf"\[({_KINDS})#([a-z2-7]{{8}})\]")
_DERIVED = re.compile(r"(?:whatsapp|qianniu)-[0-9a-f]{16}\Z")  # ids that a reader made of a person's name
_NOT_ALNUM = re.compile(r"[\W_]+")
_CHINA = re.compile(r"^(?:00)?86(?=1\d{10}$|0?\d{2,3}\d{7,8}$)")


def new_key() -> bytes:
    """A key for a workspace."""
    return secrets.token_bytes(KEY_BYTES)


def plain(text: str) -> str:
    """A text with bare placeholders: what models read, so that signs mean nothing to them."""
    return _SIGNED.sub(r"[\1]", text) if "#" in text else text


@dataclass(frozen=True)
class Pseudonyms:
    """Signs by one key."""

    key: bytes = field(repr=False)

    def placeholder(self, kind: str, original: str) -> str:
        """What stands for ``original``; however it was written, full-width, spaced or with a country code."""
        text = with_digits(normal_form(original)[0]).casefold()
        value = _NOT_ALNUM.sub("", text) or text
        if kind == "phone":
            value = _CHINA.sub("", value)
        return f"{PLACEHOLDERS[kind][:-1]}#{self._sign(kind, value)}]"

    def conversation(self, source_id: str) -> str:
        """A conversation's id without a hash of a person's name that could be guessed; others as they are."""
        if not _DERIVED.match(source_id):
            return source_id
        start = source_id.index("-") + 1
        return source_id[:start] + blake2b(source_id.encode(), key=self.key, digest_size=8).hexdigest()

    def fresh(self, value: Any) -> Any:
        """The same texts, lists or records with other signs: for an export that must not be joined with another."""
        if isinstance(value, str):
            if _DERIVED.match(value):
                return self.conversation(value)
            return _SIGNED.sub(lambda m: f"[{m[1]}#{self._sign(m[1], m[2])}]", value) if "#" in value else value
        if isinstance(value, dict):
            return {key: self.fresh(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.fresh(item) for item in value]
        return value

    def _sign(self, kind: str, value: str) -> str:
        digest = blake2b(f"{kind}\0{value}".encode("utf-8", "surrogatepass"), key=self.key, digest_size=_SIGN_BYTES)
        return base64.b32encode(digest.digest()).decode().lower()
