"""Conversations, messages and replies as every other module sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


REPLY_ROLES = frozenset({Role.AGENT, Role.BOT})
FOLLOWING_MESSAGES = 12  # after a reply, as far as a model looks


@dataclass(slots=True)  # not frozen: an import makes a million, and a frozen one takes three times as long
class IncomingMessage:
    """One message as an importer reads it from a source, before redaction and before it is stored. Never changed.

    ``row`` is the place in the source (line, row or record, counted from 1) for error reports.
    ``message_id`` may be empty: the store then derives one from the position in the conversation.
    """

    row: int
    conversation_id: str
    message_id: str
    sent_at: datetime  # aware
    role: Role
    sender: str
    text: str
    channel: str = ""
    shop: str = ""
    product: str = ""
    order_id: str = ""
    rating: float | None = None
    attachments: tuple[str, ...] = ()
    bot_version: str = ""
    intent: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not become a message: where, why (a code of ``errors.MESSAGES``), and the values."""

    row: int
    code: str
    values: dict[str, str]
    excerpt: str = ""  # the start of the row, redacted before it is stored


@dataclass(frozen=True, slots=True)
class Message:
    """A stored message."""

    id: int
    conversation_id: int
    source_id: str
    sent_at: datetime  # aware, in the offset it was sent in
    role: Role
    sender: str
    text: str
    private: bool = False
    intent: str = ""
    bot_version: str = ""
    attachments: tuple[str, ...] = ()

    @property
    def is_reply(self) -> bool:
        """Whether this message is scored: public, by a person of the shop or its bot."""
        return self.role in REPLY_ROLES and not self.private


@dataclass(frozen=True, slots=True)
class Conversation:
    """A stored conversation with its messages in order."""

    id: int
    source_id: str
    channel: str
    shop: str
    product: str
    order_id: str
    rating: float | None
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ContextTurn:
    """A message before or after a reply as the model sees it."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class ReplyInput:
    """A reply with what was said around it: the unit that is encoded, scored and trained on.

    ``context`` is in order, oldest first, and ends right before the reply. ``following`` is what came after it, in
    order, up to the shop's answer to the customer's reaction (see ``following_window``); ``continued`` says whether
    the customer wrote once more after that. ``conversation`` groups replies for splits that must not cut a conversation
    in two; it is the source's own identifier, so that a split stays the same in another workspace.
    """

    reply_id: int
    conversation: str
    role: Role
    text: str
    context: tuple[ContextTurn, ...]
    channel: str = ""
    seconds_waited: float | None = None  # since the customer message it answers
    following: tuple[ContextTurn, ...] = ()
    continued: bool = False


def following_window(roles: Sequence[Role]) -> tuple[int, bool]:
    """How many of the messages after a reply belong to its window, and whether the customer wrote again after them.

    ``roles`` are those of the public messages after the reply, in order: its own side going on, the customer's
    reaction, and the shop's answer to that. The window ends there, or after ``FOLLOWING_MESSAGES``; what comes later
    never changes what a model says about the reply.
    """
    reacted = answered = False
    for count, role in enumerate(roles):
        if answered and role is Role.CUSTOMER:
            return count, True
        if count == FOLLOWING_MESSAGES:
            return count, False
        reacted |= role is Role.CUSTOMER
        answered |= reacted and role in REPLY_ROLES
    return len(roles), False


def window_open(roles: Sequence[Role]) -> bool:
    """Whether one more message after ``roles`` would still change the window of the reply before them."""
    size, closed = following_window(roles)
    return size == len(roles) and not closed
