"""Rule files: what is refused, which replies a rule fits, and a table that matches a count by hand."""

from __future__ import annotations

import pytest

from csqm_desktop.analytics.weak_rules import read_rules, table
from csqm_desktop.domain.conversation import ContextTurn, ReplyInput, Role
from csqm_desktop.errors import CsqmError

LEVELS = {"tone": ["rude", "plain", "warm"], "legal": ["no", "yes"]}


def reply(number: int, text: str, *before: tuple[Role, str], role: Role = Role.AGENT) -> ReplyInput:
    return ReplyInput(number, f"c{number}", role, text, tuple(ContextTurn(r, t) for r, t in before))


def rules(tmp_path, text: str):
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return read_rules(path, LEVELS)


def test_all_conditions_must_hold(tmp_path):
    (rule,) = rules(
        tmp_path,
        "rules: [{criterion: tone, level: warm, any: [亲, dear], all: 谢谢, none: [投诉], regex: '\\d', role: agent,"
        " first: true, last_customer: 退款}]",
    )
    asked = (Role.CUSTOMER, "我要退款")
    assert rule.fits(reply(1, "亲，谢谢 1", asked))
    assert not rule.fits(reply(1, "您好，谢谢 1", asked))
    assert not rule.fits(reply(1, "亲 1", asked))
    assert not rule.fits(reply(1, "亲，谢谢", asked))
    assert not rule.fits(reply(1, "亲，谢谢 1，投诉", asked))
    assert not rule.fits(reply(1, "亲，谢谢 1", asked, role=Role.BOT))
    assert not rule.fits(reply(1, "亲，谢谢 1", (Role.AGENT, "您好"), asked))
    assert not rule.fits(reply(1, "亲，谢谢 1", (Role.CUSTOMER, "你好")))


def test_the_table_matches_a_count_by_hand(tmp_path):
    found = rules(
        tmp_path,
        """
rules:
  - {name: thanks, criterion: tone, level: warm, any: [thank]}
  - {name: refuses, criterion: tone, level: rude, regex: "^no\\\\b"}
  - {criterion: legal, level: "yes", first: true}
""",
    )
    asked = (Role.CUSTOMER, "hi")
    replies = [
        reply(1, "Thank you", asked),  # thanks; people: warm
        reply(2, "no thanks", asked),  # thanks and no: a conflict; people: rude
        reply(3, "Thankful", (Role.AGENT, "x")),  # thanks, not first; nobody labelled it
        reply(4, "fine", (Role.AGENT, "x")),  # nothing
    ]
    tally = table(found, LEVELS, replies, {1: {"tone": 2, "legal": 1}, 2: {"tone": 0, "legal": 0}, 4: {"tone": 1}})
    rows = {row.name: row for row in tally.table()}
    assert (rows["thanks"].covered, rows["thanks"].conflicts) == (3, 1)
    assert (rows["thanks"].checked, rows["thanks"].right, rows["thanks"].accuracy) == (2, 1, 0.5)
    assert (rows["refuses"].covered, rows["refuses"].conflicts, rows["refuses"].accuracy) == (1, 1, 1.0)
    assert (rows["rule 3"].covered, rows["rule 3"].conflicts, rows["rule 3"].accuracy) == (2, 0, 0.5)
    assert (tally.replies, tally.touched) == (4, 3)


def test_a_rule_without_labels_has_no_accuracy(tmp_path):
    found = rules(tmp_path, "rules: [{criterion: tone, level: warm, any: a}]")
    assert table(found, LEVELS, [reply(1, "a")], {}).table()[0].accuracy is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("rules: []", "list"),
        ("- a", "list"),
        ("rules: [{criterion: tone, level: great, any: a}]", "no level"),
        ("rules: [{criterion: tone, level: warm}]", "no condition"),
        ("rules: [{criterion: tone, level: warm, anny: a}]", "unknown key “anny”; known are"),
        ("rules: [{criterion: tone, level: warm, regex: '(a+)+'}]", "rule 1"),
        ("rules: [{criterion: tone, level: warm, role: boss}]", "boss"),
        ("rules: [{criterion: tone, level: warm, any: [[a]]}]", "words"),
        ("rules: [{criterion: tone, level: warm, first: maybe}]", "first"),
        ("rules: [a: b: c", "rule 0"),
    ],
)
def test_a_mistake_is_named(tmp_path, text, reason):
    with pytest.raises(CsqmError) as caught:
        rules(tmp_path, text)
    assert caught.value.code == "rules_unreadable"
    assert reason.lower() in caught.value.what.lower()
