"""Tables without times: messages keep their order, and a column that may be a time is asked about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping, undated
from tests.unit.importers.samples import DATA, table, turns, write

START = mapping.from_json({"start": "2026-09-01T08:00:00Z"})
ROWS = (("1", "客户", "在吗"), ("2", "客户", "退货"), ("1", "客服", "在的"))


def test_rows_get_times_in_the_order_of_their_conversation(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table(*ROWS, header=("会话ID", "角色", "内容")))
    found = base.recognise(path)
    assert (found.undated, found.missing) == (True, ())
    assert [entry[:1] + entry[2:3] for entry in turns(path, mapping=START)] == [
        ("1", "2026-09-01 08:00:00"), ("2", "2026-09-01 08:00:00"), ("1", "2026-09-01 08:00:01"),
    ]  # fmt: skip


def test_many_rows_are_read_the_same_way(tmp_path: Path) -> None:
    rows = [(str(n // 40), "user" if n % 2 else "agent", f"text {n}") for n in range(400)]
    path = write(tmp_path / "a.csv", table(*rows, header=("conversation_id", "role", "text")))
    plain = [row for part in base.read(path, mapping=START).plain() if isinstance(part, list) for row in part]
    assert len(plain) == 400
    assert len({row[2] for row in plain}) == 40


def test_records_and_who_answers(tmp_path: Path) -> None:
    records = [{"dialogue_id": "d", "speaker": who, "utterance": "hi"} for who in ("USER", "SYSTEM", "USER")]
    path = write(tmp_path / "a.json", json.dumps(records))
    assert [entry[1] for entry in turns(path)] == ["customer", "bot", "customer"]
    lines = write(tmp_path / "b.jsonl", "\n".join(map(json.dumps, [*records, records[0] | {"speaker": "agent"}])))
    assert [entry[1] for entry in turns(lines)] == ["customer", "system", "customer", "agent"]


@pytest.mark.parametrize("header", ["发生时刻", "Sent on date", "reply_at"])
def test_a_column_that_may_be_a_time_is_asked_about(tmp_path: Path, header: str) -> None:
    rows = [(*row, "just now") for row in ROWS]
    path = write(tmp_path / "a.csv", table(*rows, header=("会话ID", "角色", "内容", header)))
    assert base.recognise(path).missing == ("sent_at",)
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_columns_missing"
    for settled in ({"start": "2026-09-01T08:00:00Z"}, {"fields": {"sent_at": ""}}):
        assert len(turns(path, mapping=mapping.from_json(settled))) == 3


def test_only_the_conversations_met_last_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undated, "OPEN_CONVERSATIONS", 2)
    places = undated.Places()
    assert [places.next(name) for name in "aabcbca"] == [0, 1, 0, 0, 1, 1, 0]


@pytest.mark.parametrize(
    ("name", "undated"),
    [("openai_chats.jsonl", True), ("dialogues_turns.json", True), ("jddc_chat.txt", True), ("neutral.csv", False),
     ("pairs_questions.csv", True), ("chatgpt_conversations.json", False)],
)  # fmt: skip
def test_what_is_made_up_is_known(name: str, undated: bool) -> None:
    assert base.recognise(DATA / name).undated is undated
