"""WeCom's archive: who is outside, recalls, files, chats among staff."""

from __future__ import annotations

from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base
from tests.unit.importers.samples import messages, turns, write

CUSTOMER = "wmAbcdEFghIJklMNopQRst"


def test_an_archive() -> None:
    name = "wecom_archive.jsonl"
    pair = f"XiaoHe|{CUSTOMER}"
    assert turns(name) == [
        (pair, "customer", "2026-09-01 08:05:03", CUSTOMER, "你好，鞋子偏码吗？"),
        (pair, "agent", "2026-09-01 08:05:10", "XiaoHe", "正码的，按平时拍"),
        (pair, "agent", "2026-09-01 08:05:20", "XiaoHe", ""),
        (pair, "system", "2026-09-01 08:05:30", "XiaoHe", "revoke 103_1788249920_external"),
        ("XiaoHe|XiaoMai", "agent", "2026-09-01 08:05:40", "XiaoHe", "这个客户问了三次了"),
        ("wrRoomABC", "customer", "2026-09-01 08:05:50", CUSTOMER, "发票"),
    ]
    found = messages(name)
    assert [message.private for message in found] == [False, False, False, False, True, False]
    assert found[2].attachments == ("50de8e5ae8ffe4f1df7a93841f71993a.jpg",)
    assert found[5].attachments == ("368b6c18c82e6441bfd89b343e9d2429.jpg",)


def test_an_encrypted_archive_is_explained(tmp_path: Path) -> None:
    text = '{"errcode":0,"errmsg":"ok","chatdata":[{"seq":1,"msgid":"1_external","publickey_ver":3,'
    text += '"encrypt_random_key":"ftJ+uz3n","encrypt_chat_msg":"898WSfGMnIeytTsea7"}]}'
    with pytest.raises(CsqmError) as caught:
        base.read(write(tmp_path / "a.json", text))
    assert caught.value.code == "import_encrypted"
