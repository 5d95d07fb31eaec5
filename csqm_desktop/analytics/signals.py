"""Signals of a conversation besides its scores: passed on, asked twice, left open, how long people waited, the mood.

Rules over the messages, no model: they work on the first day, and whoever doubts one can read why. How often each is
right is printed by ``tests/benchmarks/signals.py``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from csqm_desktop.analytics.mood import mood
from csqm_desktop.domain.conversation import REPLY_ROLES, Message, Role
from csqm_desktop.domain.signals import Course, Signals

_TRANSFER = re.compile(
    r"转(?:接|交|给|至|到|人工|接人工)|接入人工|人工客服.{0,6}(?:接入|为您|服务)|已为您.{0,4}转|"
    r"\b(?:transferr?(?:ed|ing)|escalat(?:ed|ing)|hand(?:ed|ing) (?:you |this )?over|rerouted|reassigned"
    r"|connect(?:ed|ing) you (?:to|with))\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"谢谢|谢啦|多谢|感谢|好的|好滴|好嘞|好哒|嗯嗯?$|可以了|解决了|知道了|明白了|收到|没(?:有)?(?:问题|事|别的)了|不用了|再见|拜拜|ok\b|"
    r"\b(?:thank(?:s| you)|thx|bye|great|perfect|okay|sounds good|that'?s (?:all|it)|works now|got it|no,? that)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]|吗|呢[。！~]?$|怎么|什么|多久|几天|哪里|如何|能不能|可不可以"
    r"|\b(?:how|what|when|where|why|which|can|could|is there)\b",
    re.IGNORECASE,
)
_LEAST_CHARS = 5  # shorter questions repeat by chance ("在吗")
_ALIKE = 0.6
_STEP = 0.2  # a change of mood that is worth a word
_BAD_MOOD = -0.2


def read_signals(messages: Sequence[Message]) -> Signals:
    """The signals of a conversation, its messages in order of time."""
    spoken = [m for m in messages if not m.private]
    moods = [mood(m.text) for m in spoken if m.role is Role.CUSTOMER and m.text.strip()]
    waits = _waits(spoken)
    return Signals(
        transferred=_transferred(spoken),
        repeated_question=_repeats(spoken),
        unresolved=_unresolved(spoken),
        first_response=waits[0] if waits else None,
        slowest_response=max(waits) if waits else None,
        mood_first=round(_mean(moods[: max(1, len(moods) // 2)]), 3) if moods else None,
        mood_last=round(_mean(moods[-max(1, len(moods) // 2) :]), 3) if moods else None,
        course=_course(moods),
    )


def _transferred(messages: Sequence[Message]) -> bool:
    """Somebody else took over: a line says so, or a person answers after a bot did."""
    bot = False
    for message in messages:
        if message.role in (Role.SYSTEM, *REPLY_ROLES) and _TRANSFER.search(message.text[:400]):
            return True
        if message.role is Role.BOT:
            bot = True
        elif bot and message.role is Role.AGENT:
            return True
    return False


def _repeats(messages: Sequence[Message]) -> bool:
    """The customer says nearly the same again although there was a reply in between."""
    asked: list[tuple[int, frozenset[str]]] = []
    replies = 0
    for message in messages:
        if message.role in REPLY_ROLES:
            replies += 1
        elif message.role is Role.CUSTOMER:
            pairs = _pairs(message.text)
            if len(pairs) < _LEAST_CHARS or _CLOSING.fullmatch(message.text.strip()):
                continue
            if any(before < replies and _alike(pairs, other) for before, other in asked):
                return True
            asked.append((replies, pairs))
    return False


def _pairs(text: str) -> frozenset[str]:
    kept = "".join(c for c in text[:500].casefold() if c.isalnum())
    return frozenset(kept[i : i + 2] for i in range(len(kept) - 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * min(len(one), len(other)) and 2 * min(len(one), len(other)) >= max(
        len(one), len(other)
    )


def _unresolved(messages: Sequence[Message]) -> bool:
    """The conversation ends with a customer who still waits or complains, or was handed over and never answered."""
    last = [m for m in messages if m.role is Role.CUSTOMER and m.text.strip()]
    if not last:
        return False
    text = last[-1].text
    place = next(i for i in range(len(messages) - 1, -1, -1) if messages[i] is last[-1])
    answered = any(m.role in REPLY_ROLES and m.text.strip() for m in messages[place + 1 :])
    feeling = mood(text)
    if feeling <= _BAD_MOOD:
        return True
    if _CLOSING.search(text):
        return False
    return not answered or (_ASKS.search(text) is None and feeling < 0)


def _waits(messages: Sequence[Message]) -> list[float]:
    """Seconds from the first open message of the customer to the reply, for each time one was open."""
    waits: list[float] = []
    since = None
    for message in messages:
        if message.role is Role.CUSTOMER:
            since = since or message.sent_at
        elif message.role in REPLY_ROLES and since is not None:
            waits.append(max(0.0, (message.sent_at - since).total_seconds()))
            since = None
    return waits


def _course(moods: Sequence[float]) -> Course:
    if len(moods) < 2:
        return Course.STEADY
    half = len(moods) // 2
    change = _mean(moods[-half:]) - _mean(moods[:half])
    return Course.BETTER if change >= _STEP else Course.WORSE if change <= -_STEP else Course.STEADY


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
