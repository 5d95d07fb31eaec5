"""Gorgias: three kinds of messages, rules, HTML bodies, tickets around messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA, messages, turns, write

NAME = "gorgias_messages.json"


def test_messages() -> None:
    assert turns(NAME) == [
        ("901", "customer", "2026-09-01 08:05:03", "Kim", "I got the wrong mug."),
        ("901", "bot", "2026-09-01 08:05:10", "Gorgias Bot", "We got your message and answer within a day."),
        ("901", "agent", "2026-09-01 08:30:00", "Lee", "check the warehouse photo"),
        ("901", "agent", "2026-09-01 09:00:00", "Lee", "Sorry, Kim!\n\nThe right one ships today."),
    ]
    found = messages(NAME)
    assert [message.private for message in found] == [False, False, True, False]
    assert found[0].attachments == ("mug.png",)
    assert found[0].intent == "order/wrong"


@pytest.mark.parametrize("indent", [None, 2])
def test_tickets_with_messages(tmp_path: Path, indent: int | None) -> None:
    inner = json.loads((DATA / NAME).read_text(encoding="utf-8"))["data"]
    bare = [{key: value for key, value in message.items() if key != "ticket_id"} for message in inner]
    ticket = {"id": 901, "channel": "email", "messages": bare, "satisfaction_survey": {"score": 4}}
    for number, document in enumerate(({"data": [ticket]}, [ticket], ticket)):
        path = write(tmp_path / f"{number}.json", json.dumps(document, indent=indent))
        assert base.recognise(path).format == "gorgias", number
        assert turns(path) == turns(NAME), number
        assert messages(path)[0].rating == 4.0
