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
    r"谢谢|谢啦|多谢|感谢|辛苦|好的|好滴|好嘞|好哒|好吧|行吧|嗯嗯?$|可以了|解决了|知道了|明白了|收到|到了|没(?:有)?(?:问题|事|别的)了|不用了|再见|拜拜"
    r"|ok\b|[😂👌👍❤🙏😴]"
    r"|\b(?:thank(?:s| you)|tysm|thx|ty|bye|great|perfect|okay|yes|wow|fair|good (?:enough|night)|sounds good"
    r"|that'?s (?:all|it|fine)"
    r"|works|got it|no,? that|lovely|you are very kind)\b",
    re.IGNORECASE,
)
_INSISTS = re.compile(
    r"都说了|说了(?:多少|几)遍|我(?:说|问)的(?:是|不是)|不是(?:这个|问这)|[?？!！]{3,}|听不懂|答非所问|又来"
    r"|\b(?:i (?:already|just) (?:said|told|asked)|as i said|i said|not what i asked|not a .{1,30}\. i want|i meant"
    r"|again\?)",
    re.IGNORECASE,
)
_PUTS_OFF = re.compile(
    r"(?:明天|稍后|稍候|晚点|尽快|及时|会有).{0,12}(?:回复|联系|反馈|处理|答复|核实)|(?:反馈|上报|转达).{0,8}(?:部门|同事|相关)|敬请等待|耐心等"
    r"|\b(?:someone will|will (?:get back|look into|be in touch|contact you)|as soon as possible|raise a ticket"
    r"|pass(?:ed)? (?:it|this) on)\b",
    re.IGNORECASE,
)
_LEAST_PAIRS = 3  # shorter questions repeat by chance ("在吗")
_ALIKE = 0.5
_LEAST_ANSWER = 12  # characters: "好的" may be said twice
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
    """The customer had to say it again: nearly the same words, words of insisting, or twice the same answer to it."""
    asked: list[frozenset[str]] = []
    answers: set[str] = set()
    open_since_answer: list[frozenset[str]] = []
    for message in messages:
        text = message.text.strip()
        if message.role in REPLY_ROLES and text:
            if open_since_answer and len(text) > _LEAST_ANSWER and text in answers:
                return True
            answers.add(text)
            asked += open_since_answer
            open_since_answer = []
        elif message.role is Role.CUSTOMER and text:
            pairs = _pairs(text)
            if asked and (_INSISTS.search(text) or any(_alike(pairs, other) for other in asked)):
                return True
            open_since_answer.append(pairs)
    return False


def _pairs(text: str) -> frozenset[str]:
    kept = "".join(c for c in text[:500].casefold() if c.isalnum())
    return frozenset(kept[i : i + 2] for i in range(len(kept) - 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    least = min(len(one), len(other))
    return least >= _LEAST_PAIRS and len(one & other) >= _ALIKE * least


def _unresolved(messages: Sequence[Message]) -> bool:
    """The conversation ends with a customer who still waits or complains, or was handed over and never answered."""
    last = [m for m in messages if m.role is Role.CUSTOMER and m.text.strip()]
    if not last:
        return False
    text = last[-1].text
    place = next(i for i in range(len(messages) - 1, -1, -1) if messages[i] is last[-1])
    answers = [m.text for m in messages[place + 1 :] if m.role in REPLY_ROLES and m.text.strip()]
    if mood(text) <= _BAD_MOOD:
        return True
    if _CLOSING.search(text):
        return False
    return not answers or any(map(_PUTS_OFF.search, answers))


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
