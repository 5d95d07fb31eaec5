"""A message as plain values in a tuple: what a million of them go from reader to store as.

The order of the values is that of ``NAMES``. ``Prepared`` until it is redacted, and from then on.
"""

from __future__ import annotations

from datetime import datetime

from csqm_desktop.domain.conversation import REPLY_ROLES, IncomingMessage

NAMES = (
    "conversation", "source_id", "sent_at", "offset_minutes", "day", "role", "sender", "text", "private", "is_reply",
    "intent", "bot_version", "content_hash", "attachments", "channel", "shop", "product", "order_id", "rating",
)  # fmt: skip
"""``conversation`` and ``source_id`` are the source's own identifiers, the latter empty when it has none."""

Prepared = tuple[
    str, str, int, int, int, str, str, str, int, int, str, str, bytes, tuple[str, ...], str, str, str, str, float | None
]

_EPOCH_DAY = 719163  # 1970-01-01
REPLIES = frozenset(role.value for role in REPLY_ROLES)


def moment(sent: datetime) -> tuple[int, int, int]:
    """An aware time as milliseconds since the epoch, minutes of offset, and local day since 1970-01-01."""
    delta = sent.utcoffset()
    offset = int(delta.total_seconds() // 60) if delta else 0
    return round(sent.timestamp() * 1000), offset, sent.toordinal() - _EPOCH_DAY


def unsealed(message: IncomingMessage) -> Prepared:
    """The values of a message that is still to be redacted: what it is known by is missing."""
    role, private = message.role._value_, message.private
    return (
        message.conversation_id,
        message.message_id,
        *moment(message.sent_at),
        role,
        message.sender,
        message.text,
        1 if private else 0,
        1 if role in REPLIES and not private else 0,
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
