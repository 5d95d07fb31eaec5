"""Role rules: who is who, and the lines that nobody wrote."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping, patterns, roles
from tests.unit.importers.samples import table, write

ROWS = [
    ("c1", "", "2026-09-01T08:00:00Z", "user", "tb_1024", "有货吗"),
    ("c1", "", "2026-09-01T08:00:01Z", "user", "青禾旗舰店:小禾", "有的"),
    ("c1", "", "2026-09-01T08:00:02Z", "user", "auto-7", "亲，在的"),
    ("c1", "", "2026-09-01T08:00:03Z", "agent", "青禾旗舰店:小禾", "由 小禾 转交给 小麦"),
    ("c1", "", "2026-09-01T08:00:04Z", "agent", "Ms. Lin", "[Auto-reply] We are closed."),
]


def _mapping(**values: Any) -> mapping.ColumnMapping:
    return mapping.from_json(values)


def _roles(tmp_path: Path, chosen: mapping.ColumnMapping) -> list[str]:
    items = list(base.read(write(tmp_path / "a.csv", table(*ROWS)), mapping=chosen))
    return [item.role.value if isinstance(item, IncomingMessage) else item.code for item in items]


def test_rules_decide_before_the_role_column_and_the_first_one_wins(tmp_path: Path) -> None:
    rules = [
        {"role": "bot", "field": "sender", "prefix": "AUTO-"},
        {"role": "agent", "field": "sender", "regex": r"旗舰店[:：]"},
        {"role": "customer", "field": "sender", "is": ["青禾旗舰店：小禾", "ms lin"]},
    ]
    assert _roles(tmp_path, _mapping(rules=rules)) == ["customer", "agent", "bot", "agent", "agent"]
    assert _roles(tmp_path, _mapping(rules=rules[2:])) == ["customer", "customer", "customer", "customer", "agent"]


def test_notices_are_system_lines_only_when_asked_for(tmp_path: Path) -> None:
    assert _roles(tmp_path, _mapping())[3:] == ["agent", "agent"]
    assert _roles(tmp_path, _mapping(notices=True))[3:] == ["system", "system"]


def test_rules_stand_for_a_missing_role_column(tmp_path: Path) -> None:
    text = table(
        *[row[:3] + row[4:] for row in ROWS], header=("conversation_id", "message_id", "sent_at", "who", "text")
    )
    rules = [{"role": "customer", "is": "tb_1024"}, {"role": "bot", "prefix": "auto"}]
    chosen = _mapping(fields={"sender": "who", "role": ""}, rules=rules)
    items = list(base.read(write(tmp_path / "a.csv", text), mapping=chosen))
    found = [item.role.value if isinstance(item, IncomingMessage) else item.code for item in items]
    assert found == ["customer", "row_value_missing", "bot", "row_value_missing", "row_value_missing"]


def test_rules_survive_a_file(tmp_path: Path) -> None:
    plain = {
        "fields": {"text": "内容"}, "roles": {"小二": "agent"}, "timezone": "+08:00", "day_first": True,
        "rules": [
            {"role": "agent", "field": "sender", "is": ["小禾", "小麦"]},
            {"role": "system", "field": "text", "regex": "^撤回"},
            {"role": "bot", "field": "role", "prefix": ["auto"]},
        ],
        "notices": False, "start": "2026-09-01T08:00:00+08:00",
    }  # fmt: skip
    path = write(tmp_path / "m.json", json.dumps(plain))
    chosen = mapping.load(path)
    assert chosen.to_json() == plain
    mapping.save(chosen, path)
    assert mapping.load(path) == chosen


@pytest.mark.parametrize(
    "rules",
    [
        {}, ["x"], [{}], [{"role": "boss", "is": "x"}], [{"role": "agent"}], [{"role": "agent", "is": []}],
        [{"role": "agent", "is": "x", "prefix": "y"}], [{"role": "agent", "is": [1]}],
        [{"role": "agent", "is": "x", "a": 1}],
        [{"role": "agent", "field": "private", "is": "x"}], [{"role": "agent", "regex": "("}],
        [{"role": "agent", "regex": 5}], [{"role": ["agent"], "is": "x"}], [{"role": "agent", "is": "x"}] * 201,
        [{"role": "agent", "regex": "x" * 201}], [{"role": "agent", "regex": "(a+)+$"}],
    ],
)  # fmt: skip
def test_bad_rules_are_explained(tmp_path: Path, rules: object) -> None:
    path = write(tmp_path / "m.json", json.dumps({"rules": rules}))
    with pytest.raises(CsqmError) as caught:
        mapping.load(path)
    assert caught.value.code == "import_mapping_file"


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a*)*b", "(a|a)*b", "(a|aa)+$", "((a)+)+", "(?:a?){50}", r"(\w+\s?)*$", "(a{1,50}){1,50}x",
     r"(a)\1+", "a*a*a*a*b", "(?P<x>a)(?P=x)", "a{2000}", "([a-z]+)*", r"(?:[\]]+)+", "(?:x|y)+z", "(?:(?:a+))+"],
)  # fmt: skip
def test_patterns_that_could_run_away_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        patterns.compile_safely(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "^小禾$",
        r"(?:客服|店长)\d+",
        "^(bot|auto)[-_]",
        r"旗舰店[:：].+",
        r"[^\]]*x",
        r"\(.*\)",
        "a{3}",
        "[(*+]+",
        "a??b",
        r"\*+",
    ],
)
def test_ordinary_patterns_are_taken(pattern: str) -> None:
    assert patterns.compile_safely(pattern)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab()*+?{}|[]^\\.,12"), max_size=14))
def test_whatever_is_taken_is_fast(pattern: str) -> None:
    try:
        compiled = patterns.compile_safely(pattern)
    except ValueError:
        return
    started = time.perf_counter()
    for text in ("a" * 400, "ab" * 200, "a" * 299 + "!"):
        compiled.search(text, 0, patterns.MAX_SEARCHED_CHARS)
    assert time.perf_counter() - started < 3


def test_a_pattern_that_keeps_being_slow_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "SLOW_SECONDS", 0.0)
    with pytest.raises(CsqmError) as caught:
        _roles(tmp_path, _mapping(rules=[{"role": "bot", "regex": "x.*y"}]))
    assert caught.value.code == "import_rule_slow"


@pytest.mark.parametrize(
    "text",
    ["由 服务助手 转交给 小禾", "会话由小麦转接给小禾", "正在为您转接人工客服，请稍候", "小禾撤回了一条消息",
     "系统自动回复：您好", "[自动回复]亲，欢迎光临", "【自动回复】本店 9 点上班", "会话已结束",
     "Chat transferred to Billing",
     "Lee has joined the chat",
     "Auto-reply: we are closed", "[Automatic response] Thanks for your message",
     "You are being transferred to an agent"],
)  # fmt: skip
def test_notices(text: str) -> None:
    assert roles.is_notice(text)


@pytest.mark.parametrize(
    "text",
    ["Ticket was closed by mistake, I have reopened it.", "You ended up with two, sorry",
     "亲，我帮您转接一下售后可以吗？", "您好，欢迎光临", "这个不是自动回复哦", "请问会话怎么结束",
     "I can transfer you to billing, shall I?",
     "Our auto-reply was wrong, sorry.", "撤回了吗", "", "转人工",
     "The ticket was closed by mistake, I reopened it for you, sorry!" * 3],
)  # fmt: skip
def test_replies_are_no_notices(text: str) -> None:
    assert not roles.is_notice(text)


def test_the_cast_of_a_chat() -> None:
    assert roles.cast(["小明", "青禾旗舰店:小禾", "店小蜜"]) == {
        "小明": Role.CUSTOMER, "青禾旗舰店:小禾": Role.AGENT, "店小蜜": Role.BOT,
    }  # fmt: skip
    assert roles.cast(["青禾旗舰店:小禾", "小明"])["小明"] == Role.CUSTOMER
    assert roles.cast(["Lee", "Anna"], customer="anna") == {"Lee": Role.AGENT, "Anna": Role.CUSTOMER}
    assert roles.cast(["Lee"], customer="Anna") == {"Lee": Role.AGENT}
    assert roles.cast(["Lee", "Anna"], known={"lee": Role.AGENT}) == {"Lee": Role.AGENT, "Anna": Role.CUSTOMER}
