"""OpenAI-style and ShareGPT chats: roles, made up times, ids by content."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import DATA, messages, turns, write

START = mapping.from_json({"start": "2026-09-01T08:00:00+08:00"})


def test_openai() -> None:
    name = "openai_chats.jsonl"
    found = messages(name, mapping=START)
    assert [(m.role.value, m.sent_at.isoformat()[11:19], m.text) for m in found] == [
        ("system", "08:00:00", "You work for a tea shop."),
        ("customer", "08:00:01", "Do you have oolong?"),
        ("bot", "08:00:02", "Yes, two kinds: light and roasted."),
        ("customer", "08:00:03", "Which is this?"),
        ("system", "08:00:04", "look({})"),
        ("system", "08:00:05", '{"kind": "roasted"}'),
        ("bot", "08:00:06", "The roasted one."),
        ("customer", "08:00:00", "几天能到？"),
        ("bot", "08:00:01", "三天左右。"),
    ]
    assert [m.private for m in found] == [True, False, False, False, True, True, False, False, False]
    assert found[3].attachments == ("tin.jpg",)
    assert {m.sender for m in found} == {""}
    assert len({m.conversation_id for m in found}) == 2
    assert [m.message_id for m in found] == ["1", "2", "3", "4", "5.1", "6", "7", "1", "2"]


def test_sharegpt() -> None:
    assert turns("sharegpt_chats.json", mapping=START) == [
        ("shop_1", "system", "2026-09-01 00:00:00", "", "你是客服。"),
        ("shop_1", "customer", "2026-09-01 00:00:01", "", "有优惠券吗？"),
        ("shop_1", "bot", "2026-09-01 00:00:02", "", "满 200 减 20。"),
        ("sharegpt_chats-7", "customer", "2026-09-01 08:00:00", "", "Can I pay later?"),
        ("sharegpt_chats-7", "bot", "2026-09-01 08:00:01", "", "Yes, within 30 days."),
    ]
    assert [m.bot_version for m in messages("sharegpt_chats.json")] == ["", "", "", "", "bot-2"]
    assert [turn[1:2] + turn[3:] for turn in turns("sharegpt_rounds.jsonl")] == [
        ("customer", "", "什么时候发货？"), ("bot", "", "今天下午。"),
        ("customer", "", "谢谢"), ("bot", "", "不客气。"),
    ]  # fmt: skip


def test_times_are_the_day_of_the_file_and_the_same_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", (DATA / "openai_chats.jsonl").read_bytes())
    os.utime(path, (1788249903, 1788249903))
    first = turns(path)
    assert first[0][2] == "2026-09-01 00:00:00"
    copy = write(tmp_path / "b.jsonl", path.read_bytes())
    os.utime(copy, (1788253503, 1788253503))
    assert turns(copy) == first  # an hour later, another name: the same conversations


CHAT = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]
GPT = [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "hello"}]


@pytest.mark.parametrize(
    ("document", "format"),
    [
        ({"messages": CHAT}, "openai"),
        ([{"messages": CHAT}, {"messages": CHAT[:1]}], "openai"),
        ({"custom_id": "a", "method": "POST", "body": {"model": "m", "messages": CHAT}}, "openai"),
        (CHAT, "openai"),
        ({"data": [{"messages": CHAT}]}, "openai"),
        ({"conversations": GPT}, "sharegpt"),
        ([{"conversations": GPT}], "sharegpt"),
        ([{"conversations": CHAT}], "sharegpt"),
        ([{"conversation": [{"human": "hi", "assistant": "hello"}]}], "sharegpt"),
        ([{"conversations": [{"from": "user", "value": "hi"}, {"from": "assistant", "value": "hello"}]}], "sharegpt"),
        ({"data": [{"conversations": GPT}]}, "sharegpt"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("indent", [None, 1])
def test_variants(tmp_path: Path, document: object, format: str, indent: int | None) -> None:
    path = write(tmp_path / "a.json", json.dumps(document, indent=indent))
    assert base.recognise(path).format == format
    assert [(turn[1], turn[4]) for turn in turns(path)][:2] == [("customer", "hi"), ("bot", "hello")]


def test_a_flat_table_of_messages_is_left_to_the_table_reader(tmp_path: Path) -> None:
    rows = [{"conversation_id": "c", "time": "2026-09-01T08:00:00Z", "role": "user", "content": "hi"}] * 2
    path = write(tmp_path / "a.json", json.dumps({"messages": rows}))
    assert base.recognise(path).format == "json"


def test_a_start_that_is_no_time_is_explained(tmp_path: Path) -> None:
    with pytest.raises(CsqmError) as caught:
        mapping.load(write(tmp_path / "m.json", '{"start": "soon"}'))
    assert caught.value.code == "import_mapping_file"
