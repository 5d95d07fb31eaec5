"""Aliyun's upload form: clock times where there are any, counted from the session's start where not."""

from __future__ import annotations

import json
from pathlib import Path

from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import DATA, messages, turns, write

START = mapping.from_json({"start": "2026-09-02T00:00:00Z"})


def test_dialogues(tmp_path: Path) -> None:
    name = "aliyun_tickets.json"
    expected = [
        ("20260901-1", "customer", "2026-09-01 00:05:03", "13号访客", "你好，我想查快递"),
        ("20260901-1", "agent", "2026-09-01 00:05:07", "小禾", "好的，请问单号是多少？"),
        ("20260901-1", "customer", "2026-09-01 00:05:12", "13号访客", "稍等"),
        ("20260901-2", "agent", "2026-09-02 00:00:02", "小麦", "在的"),
    ]
    assert turns(name, mapping=START) == expected
    assert messages(name, mapping=START)[2].sent_at.microsecond == 500_000
    assert messages(name)[0].channel == "网页"
    tickets = json.loads((DATA / name).read_text(encoding="utf-8"))["tickets"]
    for number, text in enumerate((json.dumps(tickets), "\n".join(map(json.dumps, tickets)))):
        path = write(tmp_path / f"{number}.json", text)
        assert base.recognise(path).format == "aliyun"
        assert turns(path, mapping=START) == expected
