"""Signals from the messages of a conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csqm_desktop.analytics.mood import mood
from csqm_desktop.analytics.signals import read_signals
from csqm_desktop.domain.conversation import Message, Role
from csqm_desktop.domain.signals import Course

START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
ROLES = {"c": Role.CUSTOMER, "a": Role.AGENT, "b": Role.BOT, "s": Role.SYSTEM}


def talk(*lines: str, seconds: int = 60) -> list[Message]:
    """``"c:text"`` lines, some seconds apart."""
    return [
        Message(
            i, 1, str(i), START + timedelta(seconds=seconds * i), ROLES[line[0]], ROLES[line[0]].value, line[2:],
        )
        for i, line in enumerate(lines)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("太慢了，我要投诉", -1),
        ("不满意", -1),
        ("This is NOT helpful at all", -1),
        ("still waiting, how long?", -1),
        ("谢谢，太好了", 1),
        ("thanks, that works", 1),
        ("订单号 12345", 0),
        ("I want a blue one", 0),
        ("", 0),
    ],
)
def test_mood_has_the_right_sign(text, sign):
    assert (mood(text) > 0) - (mood(text) < 0) == sign


@given(st.text(max_size=300))
def test_mood_is_bounded(text):
    assert -1 <= mood(text) <= 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["c:hi", "b:hello", "a:I can help"], True),
        (["c:你好", "b:您好", "s:会话已转接人工客服 小林"], True),
        (["c:help", "a:I have transferred you to billing"], True),
        (["c:hi", "b:hello", "c:bye"], False),
        (["c:hi", "a:hello"], False),
    ],
)
def test_passed_on(lines, expected):
    assert read_signals(talk(*lines)).transferred is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["c:怎么取消退货", "b:已提交", "c:我问怎么取消退货"], True),
        (["c:where is my parcel", "b:Orders ship in 2 days.", "c:but where is my parcel??"], True),
        (["c:a", "b:Please check your order page.", "c:which", "b:Please check your order page."], True),
        (["c:枕头退了一周没退款", "b:请耐心等待哦", "c:都说了已经七天"], True),
        (["c:where is my parcel", "c:where is my parcel"], False),  # no reply in between
        (["c:在吗", "b:在的", "c:在吗"], False),
        (["c:is it blue", "b:yes", "c:and how much is shipping"], False),
    ],
)
def test_asked_twice(lines, expected):
    assert read_signals(talk(*lines)).repeated_question is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["c:where is it", "a:On its way.", "c:thanks"], False),
        (["c:where is it"], True),  # nobody answered
        (["c:什么时候退款", "a:查一下，明天回复您"], True),
        (["c:什么时候退款", "a:今天已经退了"], False),
        (["c:hm", "a:ok", "c:那我要投诉你", "a:好"], True),
        (["a:hello"], False),  # the customer said nothing
    ],
)
def test_left_open(lines, expected):
    assert read_signals(talk(*lines)).unresolved is expected


def test_waits_run_from_the_first_open_message():
    signals = read_signals(talk("c:a", "c:b", "a:x", "a:y", "c:c", "a:z", seconds=30))
    assert signals.first_response == 60
    assert signals.slowest_response == 60
    assert read_signals(talk("a:hello")).first_response is None


def test_the_course_of_the_mood():
    better = read_signals(talk("c:太慢了，投诉", "a:马上处理", "c:谢谢，太好了"))
    assert better.course is Course.BETTER
    assert better.mood_first < 0 < better.mood_last
    assert read_signals(talk("c:thanks", "a:x", "c:this is useless")).course is Course.WORSE
    assert read_signals(talk("c:hi")).course is Course.STEADY


def test_internal_notes_do_not_count():
    messages = talk("c:where is it", "a:transferred to billing")
    private = Message(9, 1, "9", START, Role.AGENT, "x", "transferred to billing", private=True)
    assert not read_signals([messages[0], private]).transferred


@given(st.lists(st.tuples(st.sampled_from("cabs"), st.text(max_size=40)), max_size=12))
def test_any_conversation_has_signals(turns):
    signals = read_signals(talk(*(f"{role}:{text}" for role, text in turns)))
    assert signals.mood_last is None or -1 <= signals.mood_last <= 1
