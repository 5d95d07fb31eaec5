"""Chatwoot: numbers and words for kinds, bots, notes, surveys; API answers and webhook lines."""

from __future__ import annotations

import json
from pathlib import Path

from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA, messages, turns, write


def test_messages_of_the_api() -> None:
    name = "chatwoot_messages.json"
    assert turns(name) == [
        ("44", "customer", "2026-09-01 08:05:03", "Anna", "我的快递到哪了？"),
        ("44", "bot", "2026-09-01 08:05:10", "小助", "您好，正在查询。"),
        ("44", "system", "2026-09-01 08:05:20", "", "Assigned to Lee by Anna"),
        ("44", "agent", "2026-09-01 08:05:30", "李", "在杭州转运中心，明天送到。"),
        ("44", "agent", "2026-09-01 08:05:40", "李", "催一下承运商"),
        ("44", "system", "2026-09-01 08:06:39", "", "Please rate the conversation"),
    ]
    found = messages(name)
    assert [message.private for message in found] == [False, False, False, False, True, False]
    assert found[0].attachments == ("parcel.png",)
    assert found[-1].rating == 5.0


def test_lines_of_webhooks() -> None:
    name = "chatwoot_webhooks.jsonl"
    assert turns(name) == [
        ("45", "customer", "2026-09-02 09:00:00", "Ben", "Can I still cancel?"),
        ("45", "agent", "2026-09-02 09:01:30", "Lee", "Yes, done. Refund within 3 days."),
        ("45", "bot", "2026-09-03 09:01:30", "", "We miss you! 10% off today."),
    ]
    assert {message.channel for message in messages(name)} == {"WebWidget"}


def test_conversations_that_hold_their_messages(tmp_path: Path) -> None:
    inner = json.loads((DATA / "chatwoot_messages.json").read_text(encoding="utf-8"))["payload"]
    document = {"data": {"meta": {}, "payload": [{"id": 44, "channel": "Channel::Api", "messages": inner}]}}
    assert turns(write(tmp_path / "a.json", json.dumps(document)), format="chatwoot") == turns("chatwoot_messages.json")
    path = write(tmp_path / "b.json", json.dumps(inner))
    assert base.recognise(path).format == "chatwoot"
    assert turns(path) == turns("chatwoot_messages.json")
