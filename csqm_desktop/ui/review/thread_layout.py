"""Which lines a conversation is shown as: day breaks, gaps, groups of one speaker, what is folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from csqm_desktop.domain.conversation import Message, Role

GAP = timedelta(minutes=15)  # a longer silence is written out
KEEP_BEFORE = 8  # messages before the reply that are always shown
KEEP_AFTER = 4
STEP = 60  # how many more a click unfolds


@dataclass(frozen=True, slots=True)
class Fold:
    """Messages that are folded away before (``earlier``) or after the shown part."""

    count: int
    earlier: bool


@dataclass(frozen=True, slots=True)
class DayBreak:
    """The first message of a calendar day follows."""

    message: Message


@dataclass(frozen=True, slots=True)
class Gap:
    """A long silence."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class Turn:
    """A message; ``first`` and ``last`` of those that one speaker wrote without a break."""

    message: Message
    first: bool
    last: bool
    target: bool
    waited: timedelta | None = None  # how long the customer waited, for the target only


Line = Fold | DayBreak | Gap | Turn


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a conversation that is unfolded: messages ``start`` to ``stop`` (exclusive)."""

    start: int
    stop: int


def first_window(messages: Sequence[Message], target: int) -> Window:
    """What is shown at first: the reply with what was said right before and after it."""
    start, stop = target - KEEP_BEFORE, target + KEEP_AFTER + 1
    if start <= 3:  # folding away two or three saves nothing
        start = 0
    if stop >= len(messages) - 2:
        stop = len(messages)
    return Window(max(0, start), min(len(messages), stop))


def unfold(window: Window, messages: Sequence[Message], earlier: bool) -> Window:
    """Some more of what is folded away."""
    if earlier:
        return Window(max(0, window.start - STEP), window.stop)
    return Window(window.start, min(len(messages), window.stop + STEP))


def lines(messages: Sequence[Message], target: int, window: Window) -> list[Line]:
    """The lines to draw, in order. ``target`` is the place of the reply in ``messages``."""
    shown: list[Line] = []
    if window.start > 0:
        shown.append(Fold(window.start, earlier=True))
    for at in range(window.start, window.stop):
        message = messages[at]
        before = messages[at - 1] if at > window.start else None
        after = messages[at + 1] if at + 1 < window.stop else None
        shown += _breaks(before, message)
        shown.append(
            Turn(
                message,
                first=before is None or not _together(before, message) or at - 1 == target or at == target,
                last=after is None or not _together(message, after) or at == target or at + 1 == target,
                target=at == target,
                waited=waited(messages, at) if at == target else None,
            )
        )
    if window.stop < len(messages):
        shown.append(Fold(len(messages) - window.stop, earlier=False))
    return shown


def _breaks(before: Message | None, message: Message) -> list[Line]:
    if before is None or before.sent_at.date() != message.sent_at.date():
        return [DayBreak(message)]
    gap = message.sent_at - before.sent_at
    return [Gap(gap)] if gap >= GAP else []


def _together(one: Message, other: Message) -> bool:
    """Whether two messages in a row are one speaker's, close in time."""
    same = (one.role, one.sender, one.private) == (other.role, other.sender, other.private)
    return same and one.role is not Role.SYSTEM and not _breaks(one, other)


def waited(messages: Sequence[Message], at: int) -> timedelta | None:
    """How long the customer's last message before ``at`` had to wait."""
    for earlier in reversed(messages[:at]):
        if earlier.role is Role.CUSTOMER:
            return messages[at].sent_at - earlier.sent_at
        if earlier.is_reply:
            return None
    return None


def other_reply(messages: Sequence[Message], at: int, step: int) -> int | None:
    """The place of the next (``step`` 1) or previous (-1) reply seen from ``at``."""
    place = at + step
    while 0 <= place < len(messages):
        if messages[place].is_reply:
            return place
        place += step
    return None
