"""Message ids already met in a file: which were repeated, and in which row they came first.

A dict of a million ids takes above 100 MB; two arrays with open addressing take about 32 MB, which keeps
an import of millions of messages within the memory of a small machine.
"""

from __future__ import annotations

from array import array

from csqm_desktop.domain.conversation import IncomingMessage

_EMPTY = 0
_LOW = 0xFFFFFFFF


class SeenIds:
    """Remembers (conversation, message id) with the row and a checksum of the content."""

    def __init__(self) -> None:
        self._size = 1 << 10
        self._used = 0
        self._keys = array("Q", bytes(8 * self._size))
        self._values = array("Q", bytes(8 * self._size))

    def check(self, message: IncomingMessage) -> tuple[int, bool] | None:
        """None for a new id, else the row that had it first and whether the content is the same."""
        key = hash((message.conversation_id, message.message_id)) & 0xFFFFFFFFFFFFFFFF or 1
        content = _checksum(message)
        keys, mask = self._keys, self._size - 1
        at = (key ^ key >> 29) & mask  # as in ``_place``, without the call: most ids find an empty place at once
        if keys[at]:
            at = self._place(key)
            if keys[at] == key:
                value = self._values[at]
                return value >> 32, value & _LOW == content
        keys[at] = key
        self._values[at] = (message.row & _LOW) << 32 | content
        self._used += 1
        if self._used * 3 > self._size * 2:
            self._grow()
        return None

    def _place(self, key: int) -> int:
        """Where the key is, or the free place for it."""
        mask = self._size - 1
        keys = self._keys
        at = (key ^ key >> 29) & mask
        while keys[at] != _EMPTY and keys[at] != key:
            at = (at + 1) & mask
        return at

    def _grow(self) -> None:
        old_keys, old_values = self._keys, self._values
        self._size *= 2
        self._keys = array("Q", bytes(8 * self._size))
        self._values = array("Q", bytes(8 * self._size))
        for index, key in enumerate(old_keys):
            if key != _EMPTY:
                at = self._place(key)
                self._keys[at] = key
                self._values[at] = old_values[index]


def _checksum(message: IncomingMessage) -> int:
    content = (
        message.sent_at, message.role._value_, message.sender, message.text, message.channel, message.shop,
        message.product, message.order_id, message.rating, message.attachments, message.bot_version,
        message.intent, message.private,
    )  # fmt: skip
    return hash(content) & _LOW
