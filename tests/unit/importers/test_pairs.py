"""Questions with their answers: two messages a row, from any kind of table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.importers import base, mapping
from csqm_desktop.importers.pairs import sides_of
from tests.unit.importers.samples import messages, table, turns, write

START = mapping.from_json({"start": "2026-09-01T08:00:00Z"})


def test_a_row_is_a_conversation() -> None:
    found = messages("pairs_questions.csv", mapping=START)
    assert [(m.role.value, m.sent_at.second, m.text, m.intent) for m in found] == [
        ("customer", 0, "When do you open?", "hours"), ("bot", 1, "At nine in the morning.", "hours"),
        ("customer", 0, "Can I return an opened tin, please?", "returns"), ("bot", 1, "Within 30 days.", "returns"),
    ]  # fmt: skip
    assert len({m.conversation_id for m in found}) == 2


def test_instructions_with_what_they_are_about_and_what_came_before() -> None:
    assert [entry[1:2] + entry[4:] for entry in turns("pairs_instructions.json")] == [
        ("customer", "Answer as the shop.\n白茶有货吗？"), ("bot", "有的，两款。"),
        ("customer", "Do you have oolong?"), ("bot", "Yes."), ("customer", "And black tea?"), ("bot", "Three kinds."),
    ]  # fmt: skip


def test_rounds_of_the_conversation_that_they_name(tmp_path: Path) -> None:
    rows = [("a", "2026-09-01 08:00:00", "在吗", "在的"), ("a", "2026-09-01 08:02:00", "能退吗", "能")]
    path = write(tmp_path / "a.csv", table(*rows, header=("会话ID", "时间", "用户问题", "客服回复")))
    found = messages(path, timezone="UTC")
    assert [(m.role.value, str(m.sent_at)[14:19], m.message_id) for m in found] == [
        ("customer", "00:00", "1"), ("agent", "00:01", "2"), ("customer", "02:00", "3"), ("agent", "02:01", "4"),
    ]  # fmt: skip
    assert {m.conversation_id for m in found} == {"a"}


def test_the_same_pair_twice_is_one_conversation(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table(("q", "a"), ("q", "a"), header=("question", "answer")))
    reader = base.read(path)
    assert len(list(reader)) == 2
    assert reader.duplicates == 2


def test_parquet(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"prompt": ["hi", "bye"], "completion": ["hello", "see you"]}), path)
    assert [entry[1:2] + entry[4:] for entry in turns(path)] == [
        ("customer", "hi"), ("bot", "hello"), ("customer", "bye"), ("bot", "see you"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "record",
    [
        {"conversation_id": "c", "role": "user", "time": "2026-09-01T08:00:00Z", "question": "q", "response": "a"},
        {"prompt": [{"role": "user", "content": "hi"}], "chosen": [{"role": "assistant", "content": "hello"}]},
        {"question": "q", "score": 3},
    ],
)
def test_what_is_no_pair_of_texts_is_left_to_others(tmp_path: Path, record: object) -> None:
    path = write(tmp_path / "a.json", json.dumps([record, record]))
    assert base.recognise(path).format != "pairs"


def test_columns_by_name() -> None:
    assert sides_of(["Flags", "Instruction", "Response"]) == ("Instruction", "Response", "bot")
    assert sides_of(["买家问题", "卖家回复"]) == ("买家问题", "卖家回复", "agent")
    assert sides_of(["question", "rating"]) is None
