"""JDDC: seven fields, tabs in texts, sessions that are mixed."""

from __future__ import annotations

from pathlib import Path

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import DATA, messages, turns, write

START = mapping.from_json({"start": "2026-09-01T00:00:00Z"})


def test_sessions() -> None:
    name = "jddc_chat.txt"
    first, second = "00015e2ee2be7e2", "0002f8ee1c0e1a1"
    assert turns(name, mapping=START) == [
        (first, "customer", "2026-09-01 00:00:00", "U_10001", "你好，订单ORDERID_10001什么时候发货"),
        (first, "agent", "2026-09-01 00:00:01", "", "您好，请稍等\t正在为您查询"),
        (first, "agent", "2026-09-01 00:00:02", "", "预计今天发出哦~O(∩_∩)O~"),
        (second, "customer", "2026-09-01 00:00:00", "U_10002", '"可以改地址吗'),
    ]
    assert messages(name)[2].product == "1022456"


def test_a_header_mixed_sessions_and_a_broken_line(tmp_path: Path) -> None:
    lines = (DATA / "jddc_chat.txt").read_text(encoding="utf-8").splitlines()
    header = "session_id\tuser_id\twaiter_send\tis_transfer\tis_repeat\tsku\tcontent"
    text = "\n".join([header, lines[0], lines[3], lines[1], *lines * 4, "cut\toff", lines[2]])
    items = list(base.read(write(tmp_path / "a.txt", text), mapping=START))
    assert [item.row for item in items if isinstance(item, RejectedRow)] == [21]
    ids = [item.message_id for item in items if not isinstance(item, RejectedRow)]
    assert ids[:3] == ["1", "1", "2"]
    assert len(items) == 21
