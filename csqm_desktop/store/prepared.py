"""A message as rows of the store: plain values, computed once, by whichever process has read the message.

The order of the values is that of ``NAMES``. Plain tuples, because a million of them go from process to process.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from csqm_desktop.domain.conversation import REPLY_ROLES, IncomingMessage
from csqm_desktop.store.clock import offset_of

NAMES = (
    "conversation", "source_id", "sent_at", "offset_minutes", "day", "role", "sender", "text", "private", "is_reply",
    "intent", "bot_version", "content_hash", "attachments", "channel", "shop", "product", "order_id", "rating",
)  # fmt: skip
"""``conversation`` and ``source_id`` are the source's own identifiers, the latter empty when it has none."""

_EPOCH_DAY = 719163  # 1970-01-01
_REPLIES = frozenset(role.value for role in REPLY_ROLES)

Prepared = tuple[
    str, str, int, int, int, str, str, str, int, int, str, str, bytes, tuple[str, ...], str, str, str, str, float | None
]


def prepare(message: IncomingMessage) -> Prepared:
    """The values of a message that is already redacted."""
    return sealed(unsealed(message), message.text, message.sender)


def unsealed(message: IncomingMessage) -> Prepared:
    """The values of a message that is still to be redacted: what it is known by is missing."""
    sent, role, private = message.sent_at, message.role._value_, message.private
    return (
        message.conversation_id,
        message.message_id,
        round(sent.timestamp() * 1000),
        offset_of(sent),
        sent.toordinal() - _EPOCH_DAY,
        role,
        message.sender,
        message.text,
        1 if private else 0,
        1 if role in _REPLIES and not private else 0,
        message.intent,
        message.bot_version,
        b"",
        message.attachments,
        message.channel,
        message.shop,
        message.product,
        message.order_id,
        message.rating,
    )


def sealed(row: Prepared, text: str, sender: str) -> Prepared:
    """The values of a message with its redacted text and sender, and what it is known by."""
    digest = content_hash(row[2], row[5], sender, text, row[8] == 1, row[10], row[11], row[13])
    return (*row[:6], sender, text, *row[8:12], digest, *row[13:])


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
