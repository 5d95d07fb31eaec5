"""千牛: clean turns out of what a person copied, with recalls, read marks, transfers and product cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import messages, turns, write

HE, MAI = "青禾旗舰店:小禾", "青禾旗舰店:小麦"


def test_a_copied_window() -> None:
    name = "qianniu_clipboard.txt"
    assert [turn[1:] for turn in turns(name)] == [
        ("customer", "2026-09-01 00:05:03", "小明tb",
         "在吗？这件偏小吗\nhttps://item.taobao.com/item.htm?id=6912345678"),
        ("agent", "2026-09-01 00:05:40", HE, "亲，建议拍大一码哦"),
        ("system", "2026-09-01 00:06:00", "", "当前用户来自 商品详情页\n青禾外套 A12\n¥129.00"),
        ("customer", "2026-09-01 00:06:30", "小明tb", "好的"),
        ("system", "2026-09-01 00:06:30", "", f"{HE}撤回了一条消息"),
        ("system", "2026-09-01 00:06:30", "", f"由 服务助手 转交给 {MAI}\n原因：【离线留言自动分配】"),
        ("system", "2026-09-01 00:07:00", "店小蜜", "自动回复：亲，客服稍后回来"),
        ("agent", "2026-09-01 00:09:12", MAI, "我来接着为您服务\n价格是\n¥129"),
    ]  # fmt: skip
    found = messages(name)
    assert found[0].product == "6912345678"
    assert len({message.conversation_id for message in found}) == 1
    assert "小明" not in found[0].conversation_id


def test_turns_that_name_both_sides_make_several_conversations() -> None:
    found = turns("qianniu_arrows.txt")
    assert [turn[1:] for turn in found] == [
        ("customer", "2026-09-02 02:00:01", "小明tb", "发货了吗"),
        ("agent", "2026-09-02 02:00:30", HE, "今天下午发，订单创建时间：\n2026-09-01 08:00:00"),
        ("customer", "2026-09-02 02:01:00", "买家乙", "可以开发票吗？"),
    ]
    assert found[0][0] == found[1][0] != found[2][0]


@pytest.mark.parametrize(
    "header",
    ["小明 2026-9-1 8:05:03", "小明2026-9-1 8:05:03", "小明\n2026-9-1 8:05:03", "小明  (2026-09-01 08:05:03):",
     "小明 2026/09/01 08:05:03",
     "小明 2026-9-1 8:05:03 已读", "\u200e小明 2026-9-1 8:05:03", "小明\n\n2026-9-1 8:05:03\n"],
)  # fmt: skip
def test_headers(tmp_path: Path, header: str) -> None:
    path = write(
        tmp_path / "a.txt", f"{header}\n有货吗\n青禾旗舰店:小禾 2026-9-1 8:06:00\n有的\n".replace("\n", "\r\n")
    )
    assert base.recognise(path).format == "qianniu"
    assert [turn[1:] for turn in turns(path)] == [
        ("customer", "2026-09-01 00:05:03", "小明", "有货吗"), ("agent", "2026-09-01 00:06:00", HE, "有的"),
    ]  # fmt: skip


def test_digits_before_a_glued_time_belong_to_the_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "tb20262026-9-1 8:05:03\n有货吗\n已读\n")
    assert turns(path)[0][1:] == ("customer", "2026-09-01 00:05:03", "tb2026", "有货吗")


def test_a_mapping_says_who_works_for_the_shop(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "小禾 2026-9-1 8:05:03\n有什么可以帮您\n已读\n小明 2026-9-1 8:06:03\n尺码\n")
    chosen = mapping.from_json({"rules": [{"role": "agent", "is": ["小禾"]}], "timezone": "UTC"})
    assert [turn[1:3] for turn in turns(path, mapping=chosen)] == [
        ("agent", "2026-09-01 08:05:03"), ("customer", "2026-09-01 08:06:03"),
    ]  # fmt: skip


def test_gb18030(tmp_path: Path) -> None:
    text = "小明 2026-9-1 8:05:03\n请问这个商品还有货吗，什么时候可以发货\n已读\n"
    assert turns(write(tmp_path / "a.txt", text, "gb18030"))[0][3:] == (
        "小明",
        "请问这个商品还有货吗，什么时候可以发货",
    )
