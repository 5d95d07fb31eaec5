"""LiveChat: chats, threads and events; who may see what; ratings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA, messages, turns, write

NAME = "livechat_archive.json"


def test_a_chat() -> None:
    assert [turn[1:] for turn in turns(NAME)] == [
        ("customer", "2026-09-01 08:05:03", "Thomas", "Hello <3, is the lamp dimmable?"),
        ("bot", "2026-09-01 08:05:04", "ChatBot", "Lamp L1\ndimmable\nBuy"),
        ("system", "2026-09-01 08:05:20", "", "Lee has joined the chat"),
        ("agent", "2026-09-01 08:05:30", "Lee", "asked before"),
        ("agent", "2026-09-01 08:05:40", "Lee", "It is, down to 5 %."),
        ("agent", "2026-09-01 08:06:00", "Lee", ""),
    ]
    found = messages(NAME)
    assert [message.private for message in found] == [False, False, False, True, False, False]
    assert found[-1].attachments == ("manual.pdf",)
    assert {message.rating for message in found} == {5.0}
    assert {message.conversation_id for message in found} == {"PJ0MRSHTDG"}
    assert found[0].sent_at.microsecond == 119_000


@pytest.mark.parametrize("indent", [None, 2])
def test_other_nestings(tmp_path: Path, indent: int | None) -> None:
    chat = json.loads((DATA / NAME).read_text(encoding="utf-8"))["chats"][0]
    archived = {key: value for key, value in chat.items() if key != "threads"} | {"thread": chat["threads"][0]}
    for number, document in enumerate((chat, [chat], {"chats": [archived]}, {"chat": chat})):
        path = write(tmp_path / f"{number}.json", json.dumps(document, indent=indent))
        assert base.recognise(path).format == "livechat", number
        assert turns(path) == turns(NAME), number
