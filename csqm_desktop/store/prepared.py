"""A message as rows of the store (``domain.plain_row``), computed once, by whichever process has read the message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from csqm_desktop.domain.conversation import IncomingMessage
from csqm_desktop.domain.plain_row import Prepared, unsealed

__all__ = ["Prepared", "content_hash", "prepare", "sealed", "sealed_all", "unsealed"]


def prepare(message: IncomingMessage) -> Prepared:
    """The values of a message that is already redacted."""
    return sealed(unsealed(message), message.text, message.sender)


def sealed(row: Prepared, text: str, sender: str) -> Prepared:
    """The values of a message with its redacted text and sender, and what it is known by."""
    digest = content_hash(row[2], row[5], sender, text, row[8] == 1, row[10], row[11], row[13])
    return (*row[:6], sender, text, *row[8:12], digest, *row[13:])


def sealed_all(rows: Iterable[Prepared], texts: Iterable[str], senders: Iterable[str]) -> list[Prepared]:
    """``sealed`` for many rows, each with its text and sender."""
    return [
        (*row[:6], sender, text, *row[8:12], _digest(row, text, sender), *row[13:])
        for row, text, sender in zip(rows, texts, senders, strict=True)
    ]


def _digest(row: Prepared, text: str, sender: str) -> bytes:
    """The ``content_hash`` of a row; a call less for each of a million rows without attachments."""
    if row[13]:
        return content_hash(row[2], row[5], sender, text, row[8] == 1, row[10], row[11], row[13])
    parts = f"{row[2]}\x1f{row[5]}\x1f{sender}\x1f{text}\x1f{'1' if row[8] == 1 else ''}\x1f{row[10]}\x1f{row[11]}"
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).digest()


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
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).digest()
