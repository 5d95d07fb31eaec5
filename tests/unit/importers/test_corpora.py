"""Notations of public collections of dialogues; the words are ours."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from csqm_desktop.importers import base, talk_tables
from tests.unit.importers.samples import messages, table, turns, write

MEDICAL = """id=1
https://example.com/1
Description
a loose lid

Dialogue
{asks}:
The lid is loose: look.
{answers}:
Since when?

id=2
Dialogue
{asks}:
It fell.
{answers}:
It holds.
"""
NUMBERED = """1 your persona: i sell lids.
2 hi\thello , which lid ?\t\tyes|no
3 the blue one\tit holds\t\tyes|no
1 <SILENCE>\tgood day
2 a lid please\tapi_call lid
"""


@pytest.mark.parametrize(("asks", "answers"), [("Patient", "Doctor"), ("病人", "医生")])
def test_names_on_lines_of_their_own_and_several_conversations(tmp_path: Path, asks: str, answers: str) -> None:
    found = turns(write(tmp_path / "a.txt", MEDICAL.format(asks=asks, answers=answers)))
    assert [(t[1], t[4]) for t in found] == [
        ("customer", "The lid is loose: look."), ("agent", "Since when?"), ("customer", "It fell."),
        ("agent", "It holds."),
    ]  # fmt: skip
    assert len({t[0] for t in found}) == 2


def test_numbered_rounds(tmp_path: Path) -> None:
    found = turns(write(tmp_path / "a.txt", NUMBERED))
    assert [(t[1], t[4]) for t in found] == [
        ("customer", "hi"), ("bot", "hello , which lid ?"), ("customer", "the blue one"), ("bot", "it holds"),
        ("bot", "good day"), ("customer", "a lid please"), ("bot", "api_call lid"),
    ]  # fmt: skip
    assert len({t[0] for t in found}) == 2


def test_objects_as_python_prints_them(tmp_path: Path) -> None:
    rows = [{"asin": "a1", "question": "isn't it loose?", "answer": 'It "holds"'}, {"question": "why?", "answer": "so"}]
    path = write(tmp_path / "qa.json", "".join(f"{row}\n" for row in rows) + "{'question': open('x')}\n")
    items = list(base.read(path))
    assert [getattr(item, "text", "refused") for item in items] == [
        "isn't it loose?", 'It "holds"', "why?", "so", "refused",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "record",
    [
        {"kind": "QA", "input": "hi", "target": "hello"},
        {"question": "hi", "human_answers": ["hello", "hey"], "chatgpt_answers": ["As a model"]},
        {"questions": [["hi", "hey"]], "answers": ["hello"]},
        {"text": "<human>: hi\n<bot>: hello"},
        {"topic": "x", "input": "[|Human|] hi\n[|AI|] hello"},
        {"chat": {f"turn_{n}": {"Human": f"<|Human|>: {ask}<eoh>\n", "MOSS": f"<|MOSS|>: {reply}<eom>\n"}
                  for n, (ask, reply) in enumerate([("hi", "")])} | {"turn_2": {"Human": "", "MOSS": "hello"}}},
        {"prompt": "Customer: hi\n\nAgent:", "completion": "hello"},
    ],
)  # fmt: skip
def test_data_for_language_models(tmp_path: Path, record: object) -> None:
    found = turns(write(tmp_path / "a.jsonl", json.dumps(record) + "\n"))
    assert [(t[1] == "customer", t[4]) for t in found] == [(True, "hi"), (False, "hello")]


@pytest.mark.parametrize(
    "cell", ["['it is\\'nt loose' \"it's fine\"\n 'yes']", '["it is\'nt loose" "it\'s fine" "yes"]']
)
def test_arrays_as_they_are_printed(tmp_path: Path, cell: str) -> None:
    path = write(tmp_path / "a.csv", table((cell, "[0 1 0]"), header=("dialog", "act")))
    assert [t[4].replace("\\", "") for t in turns(path)] == ["it is'nt loose", "it's fine", "yes"]


@pytest.mark.parametrize(
    "text", ["['" + "a' 'b" * 40_000, "['" + "\\" * 90_000, "[" + "'a' " * 50_000, "[" + " " * 190_000]
)
def test_no_cell_keeps_it_busy(text: str) -> None:
    started = time.perf_counter()
    talk_tables._literal(text)
    assert time.perf_counter() - started < 2


def test_a_call_has_its_day_and_its_words_without_quotes(tmp_path: Path) -> None:
    header = ("call_id", "transcript", "call_date", "call_time")
    said = 'Agent: "Hello."\nCustomer: "The lid!"'
    rows = [("c1", said, "2026-09-01", "14:05"), ("c2", said, "22/10/26", "9:45")]
    path = write(tmp_path / "a.csv", table(*rows, header=header))
    found = messages(path, timezone="UTC")
    assert [m.text for m in found] == ["Hello.", "The lid!"] * 2
    assert f"{found[0].sent_at:%Y-%m-%d %H:%M:%S}" == "2026-09-01 14:05:00"
    assert base.recognise(path).undated  # two digits of a year may be read in two ways


def test_a_greeting_of_freshdesk_that_nobody_wrote(tmp_path: Path) -> None:
    def said(number: int, incoming: bool, who: int | None) -> dict[str, object]:
        return {"id": number, "body_text": f"text {number}", "incoming": incoming, "private": False, "user_id": who,
                "created_at": f"2026-09-01T08:0{number}:00Z"}  # fmt: skip

    ticket = {"id": 1, "requester_id": 5, "responder_id": 7, "source": 15, "created_at": "2026-09-01T08:00:00Z",
              "description_text": "the lid"}  # fmt: skip
    document = {"ticket": ticket, "conversations": [said(1, False, None), said(2, True, 5), said(3, False, 7)]}
    found = turns(write(tmp_path / "a.json", json.dumps(document)))
    assert [t[1] for t in found] == ["customer", "bot", "customer", "agent"]
