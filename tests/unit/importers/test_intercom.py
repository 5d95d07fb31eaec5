"""Intercom: the opening message and the parts, notes, bots, ratings; JSON in its nestings and the flat table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA, messages, turns, write

SAMPLE = "intercom_conversations.json"


def test_conversations() -> None:
    assert turns(SAMPLE) == [
        ("20310", "customer", "2025-09-01 08:05:03", "Mia Chen", "Hello, can I get a refund for order 1002?\n\nMia"),
        ("20310", "bot", "2025-09-01 08:05:10", "Fin", "I'm Fin, an AI agent. Refunds take 5 days."),
        ("20310", "agent", "2025-09-01 08:06:40", "Lee", "VIP, pay at once"),
        ("20310", "agent", "2025-09-01 08:08:20", "Lee", "Done — it is on its way."),
        ("20311", "customer", "2025-09-02 08:00:00", "l1", "在吗"),
    ]
    found = messages(SAMPLE)
    assert [message.private for message in found] == [False, False, True, False, False]
    assert [message.rating for message in found] == [4.0] * 4 + [None]
    assert found[0].attachments == ("receipt.pdf",)
    assert [message.message_id for message in found] == ["901", "902", "904", "905", "910"]
    assert {message.channel for message in found} == {"email", "conversation"}


@pytest.mark.parametrize("indent", [None, 1])
def test_other_nestings(tmp_path: Path, indent: int | None) -> None:
    conversations = json.loads((DATA / SAMPLE).read_text(encoding="utf-8"))["conversations"]
    one_by_one = [conversation | {"conversation_parts": conversation["conversation_parts"]["conversation_parts"]}
                  for conversation in conversations]  # fmt: skip
    documents = [
        conversations,
        {"type": "list", "data": conversations},
        one_by_one,
        {"data": {"item": conversations[0]}},
    ]
    for number, document in enumerate(documents):
        path = write(tmp_path / f"{number}.json", json.dumps(document, indent=indent))
        assert base.recognise(path).format == "intercom", number
        assert turns(path) == turns(SAMPLE)[: 4 if number == 3 else 5], number
    path = write(tmp_path / "one.json", json.dumps(conversations[0], indent=indent))
    assert turns(path) == turns(SAMPLE)[:4]
    path = write(tmp_path / "lines.jsonl", "\n".join(json.dumps(conversation) for conversation in conversations))
    assert turns(path) == turns(SAMPLE)


def test_the_flat_table_is_in_utc() -> None:
    assert turns("intercom_flat.csv") == [
        ("c-9", "customer", "2017-11-14 21:45:08", "Ola", "Do you ship to Norway?"),
        ("c-9", "agent", "2017-11-14 21:47:00", "Lee", "We do, in 4 days."),
        ("c-9", "agent", "2017-11-14 21:48:00", "Lee", "asks every month"),
    ]
    assert [message.private for message in messages("intercom_flat.csv")] == [False, False, True]
