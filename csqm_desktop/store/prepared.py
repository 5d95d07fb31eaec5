"""A message as rows of the store (``domain.plain_row``), computed once, by whichever process has read the message."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from csqm_desktop.domain.conversation import IncomingMessage
from csqm_desktop.domain.plain_row import NAMES, Prepared, unsealed

__all__ = ["Prepared", "content_hash", "content_hashes", "prepare", "sealed", "unsealed"]

_CONTENT = tuple(
    map(NAMES.index, ("sent_at", "role", "sender", "text", "private", "intent", "bot_version", "attachments"))
)

_CODEC = ("utf-8", "surrogatepass")


def prepare(message: IncomingMessage) -> Prepared:
    """The values of a message that is already redacted."""
    return sealed(unsealed(message), message.text, message.sender)


def sealed(row: Prepared, text: str, sender: str) -> Prepared:
    """The values of a message with its redacted text and sender, and what it is known by."""
    digest = content_hash(row[2], row[5], sender, text, row[8] == 1, row[10], row[11], row[13])
    return (*row[:6], sender, text, *row[8:12], digest, *row[13:])


def content_hashes(columns: Sequence[Sequence[Any]]) -> list[bytes]:
    """The ``content_hash`` of many messages, in columns by the order of ``NAMES``."""
    sent_at, role, sender, text, private, intent, version, attachments = (columns[place] for place in _CONTENT)
    if any(attachments):
        of_each = zip(sent_at, role, sender, text, map(bool, private), intent, version, attachments, strict=True)
        return [content_hash(*values) for values in of_each]
    # without attachments, a call less for each of a million messages
    return [
        blake2b(
            f"{t}\x1f{r}\x1f{s}\x1f{x}\x1f{'1' if p else ''}\x1f{i}\x1f{v}".encode(*_CODEC), digest_size=16
        ).digest()
        for t, r, s, x, p, i, v in zip(sent_at, role, sender, text, private, intent, version, strict=True)
    ]


def content_hash(
    sent_at: int,
    role: str,
    sender: str,
    text: str,
    private: bool,
    intent: str,
    bot_version: str,
    attachments: Sequence[str],
) -> bytes:
    """What makes two messages the same message, in 16 bytes. Stable: it is stored."""
    parts = f"{sent_at}\x1f{role}\x1f{sender}\x1f{text}\x1f{'1' if private else ''}\x1f{intent}\x1f{bot_version}"
    if attachments:
        parts = "\x1f".join((parts, *attachments))
    return blake2b(parts.encode(*_CODEC), digest_size=16).digest()
