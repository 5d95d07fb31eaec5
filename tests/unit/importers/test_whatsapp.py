"""WhatsApp: every way to write a stamp, the order of day and month, who the customer is, what nobody said."""

from __future__ import annotations

from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.importers import base, mapping
from csqm_desktop.importers.shop_names import looks_like_shop
from tests.unit.importers.samples import messages, turns, write

UTC = {"timezone": "UTC"}


def _short(path: str | Path, **options: object) -> list[tuple[str, ...]]:
    return [turn[1:] for turn in turns(path, **(UTC | options))]


def test_an_iphone_export() -> None:
    name = "whatsapp_ios.txt"
    shop = "Blue Kettle Shop"
    assert _short(name) == [
        ("system", "2017-07-11 20:19:02", shop, "Messages and calls are end-to-end encrypted. No one"
         " outside of this chat, not even WhatsApp, can read or listen to them."),
        ("customer", "2017-07-11 20:20:41", "Anna",
         "Hi, is the blue kettle back in stock?\nI asked last week already."),
        ("agent", "2017-07-11 20:22:05", shop, "It is! Shall I hold one for you?"),
        ("customer", "2017-07-11 20:23:10", "Anna", ""),
        ("agent", "2017-07-13 09:01:00", shop, "Thank you for your order!"),
        ("system", "2017-07-13 09:02:00", shop, "You deleted this message."),
    ]  # fmt: skip
    assert messages(name)[3].attachments == ("00000002-kettle.pdf",)
    found = base.recognise(f"{Path(__file__).parents[2]}/data/imports/{name}")
    assert found.mapping.day_first is False
    assert found.evidence == ("[7/11/2017, 8:19:02 PM]",)


def test_a_chinese_android_export() -> None:
    name = "whatsapp_android_zh.txt"
    assert _short(name)[1:] == [
        ("customer", "2026-08-31 23:58:00", "小明", "你好，在吗？"),
        ("agent", "2026-09-01 00:03:00", "青禾旗舰店", "在的亲: 请说"),
        ("customer", "2026-09-01 00:04:00", "小明", ""),
        ("agent", "2026-09-01 09:00:00", "青禾旗舰店", "亲看这个尺码表"),
    ]
    assert _short(name)[0][0] == "system"
    assert messages(name)[-1].attachments == ("IMG-20260901-WA0001.jpg",)


@pytest.mark.parametrize(
    ("stamp", "sent"),
    [
        ("[7/31/2017, 8:20:41 PM] ", "2017-07-31 20:20:41"),
        ("[7/31/2017, 8:20:41\u202fPM] ", "2017-07-31 20:20:41"),
        ("\u200e[31.07.2017, 18:08:08] ", "2017-07-31 18:08:08"),
        ("[13.06.2023, 18:08:08] ~ ", "2023-06-13 18:08:08"),
        ("5/24/19, 14:59 - ", "2019-05-24 14:59:00"),
        ("1/23/23, 3:19 AM - ", "2023-01-23 03:19:00"),
        ("1/23/23, 3:19\u2009AM - ", "2023-01-23 03:19:00"),
        ("1/23/23, 12:19 AM - ", "2023-01-23 00:19:00"),
        ("23/01/2023, 3:19 pm - ", "2023-01-23 15:19:00"),
        ("23/1/23, 3:19 p. m. - ", "2023-01-23 15:19:00"),
        ("23/1/23 15:19 - ", "2023-01-23 15:19:00"),
        ("23/01/2023 à 15:19 - ", "2023-01-23 15:19:00"),
        ("23.01.23, 15:19 - ", "2023-01-23 15:19:00"),
        ("23-01-23 15:19 - ", "2023-01-23 15:19:00"),
        ("09/13/2012 17:03:48: ", "2012-09-13 17:03:48"),
        ("24/3/14, 13:59:59: ", "2014-03-24 13:59:59"),
        ("2023/06/13, 18:08 - ", "2023-06-13 18:08:00"),
        ("2023-06-13 18:08 - ", "2023-06-13 18:08:00"),
        ("[2023/6/13 下午6:08:08] ", "2023-06-13 18:08:08"),
        ("2023/6/13 上午12:08 - ", "2023-06-13 00:08:00"),
        ("2023. 6. 13. 오후 6:08 - ", "2023-06-13 18:08:00"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_stamps(tmp_path: Path, stamp: str, sent: str, end: str) -> None:
    path = write(tmp_path / "chat.txt", f"{stamp}Anna: Hi{end}there{end}{stamp}Lee: Hello{end}")
    assert base.recognise(path).format == "whatsapp"
    assert _short(path) == [("customer", sent, "Anna", "Hi\nthere"), ("agent", sent, "Lee", "Hello")]


@pytest.mark.parametrize(
    ("stamps", "days"),
    [
        (["05/04/23, 10:00 - ", "13/04/23, 10:00 - "], ["04-05", "04-13"]),  # only one reading is possible
        (["04/05/23, 10:00 - ", "04/13/23, 10:00 - "], ["04-05", "04-13"]),
        (["01/12/22, 10:00 - ", "02/12/22, 10:00 - ", "01/01/23, 10:00 - "], ["12-01", "12-02", "01-01"]),
        (["12/01/22, 10:00 - ", "12/02/22, 10:00 - ", "01/01/23, 10:00 - "], ["12-01", "12-02", "01-01"]),
        (["03/04/23, 10:00 - ", "03/05/23, 10:00 - ", "03/06/23, 10:00 - "], ["03-04", "03-05", "03-06"]),  # daily
        (["04/03/23, 10:00 - ", "05/03/23, 10:00 - ", "06/03/23, 10:00 - "], ["03-04", "03-05", "03-06"]),
        (["24/3/14, 10:00 - ", "24/3/15, 10:00 - ", "24/4/1, 10:00 - "], ["03-14", "03-15", "04-01"]),  # year first
        (["03/04/23, 10:00 - "], ["04-03"]),  # custom: a day comes first
        (["3/4/23, 10:00 AM - "], ["03-04"]),  # but not in the United States
    ],
)  # fmt: skip
def test_day_and_month_over_the_whole_file(tmp_path: Path, stamps: list[str], days: list[str]) -> None:
    path = write(tmp_path / "chat.txt", "".join(f"{stamp}Anna: Hi\n" for stamp in stamps))
    assert [turn[1][5:10] for turn in _short(path, format="whatsapp")] == days


def test_a_person_settles_the_order(tmp_path: Path) -> None:
    path = write(tmp_path / "chat.txt", "03/04/23, 10:00 - Anna: Hi\n")
    assert _short(path, mapping=mapping.ColumnMapping(day_first=False))[0][1] == "2023-03-04 10:00:00"


def test_roles_by_file_name_mapping_and_rule(tmp_path: Path) -> None:
    text = "1/23/23, 3:19 AM - Lee: Your parcel is ready.\n1/23/23, 3:20 AM - Anna: Thanks!\n"
    path = write(tmp_path / "WhatsApp Chat with Anna (1).txt", text)
    assert [turn[0] for turn in _short(path)] == ["agent", "customer"]
    plain = write(tmp_path / "chat.txt", text)
    assert [turn[0] for turn in _short(plain)] == ["customer", "agent"]  # whoever writes first asks
    for values in ({"roles": {"Lee": "agent"}}, {"rules": [{"role": "agent", "prefix": "le"}]}):
        assert [turn[0] for turn in _short(plain, mapping=mapping.from_json(values))] == ["agent", "customer"]
    assert messages(path)[0].conversation_id == messages(plain, mapping=mapping.from_json(values))[0].conversation_id


def test_a_customers_number_is_not_the_name_of_the_conversation(tmp_path: Path) -> None:
    path = write(tmp_path / "chat.txt", "1/23/23, 3:19 AM - +44 7700 900123: Hi\n1/23/23, 3:20 AM - Lee: Hello\n")
    assert "7700" not in messages(path)[0].conversation_id


def test_notices_and_impossible_days(tmp_path: Path) -> None:
    text = (
        "cut off\n1/30/23, 10:00 - Anna: Is this end-to-end encrypted?\n"
        "1/30/23, 10:01 - Lee: [Auto-reply] We open at nine.\n"
        "1/30/23, 10:02 - Anna added Ben\n2/30/23, 10:03 - Lee: Hello\n1/31/23, 10:03 - Lee: Hello again\n"
    )
    items = list(base.read(write(tmp_path / "chat.txt", text), timezone="UTC"))
    codes = [item.code if isinstance(item, RejectedRow) else item.role.value for item in items]
    assert codes == ["row_before_first", "customer", "system", "system", "row_time_impossible", "agent"]


SHOP_CHAT = "1/23/23, 3:19 AM - Maria: Where is my parcel?\n1/23/23, 3:20 AM - Nice Shop: It is on its way.\n"


@pytest.mark.parametrize("name", ["_chat.txt", "WhatsApp Chat with Nice Shop.txt", "WhatsApp Chat with Maria.txt"])
@pytest.mark.parametrize("first", ["Maria", "Nice Shop"])
def test_a_customer_may_have_exported_the_chat(tmp_path: Path, name: str, first: str) -> None:
    lines = SHOP_CHAT.splitlines(keepends=True)
    path = write(tmp_path / name, "".join(lines if first == "Maria" else lines[::-1]))
    found = messages(path, mapping=mapping.ColumnMapping(day_first=False))
    assert {message.sender: message.role.value for message in found} == {"Maria": "customer", "Nice Shop": "agent"}
    plain = write(tmp_path / "other.txt", SHOP_CHAT)
    assert found[0].conversation_id == messages(plain)[0].conversation_id


def test_a_person_names_the_shops_people(tmp_path: Path) -> None:
    text = SHOP_CHAT + "1/23/23, 3:21 AM - Ben: Mine too?\n"
    path = write(tmp_path / "WhatsApp Chat with Nice Shop.txt", text)
    found = messages(path, mapping=mapping.with_agents(None, ["Maria"]))
    assert [message.role.value for message in found] == ["agent", "customer", "customer"]
    assert not mapping.with_agents(None, [])


@pytest.mark.parametrize(
    ("name", "shop"),
    [("Nice Shop", True), ("茶语旗舰店", True), ("小王书店", True), ("Tea Support", True), ("Maria", False),
     ("店小二", False), ("Shopping Lisa", False), ("小店客户王", False), ("Store customer Ann", False)],
)  # fmt: skip
def test_names_of_shops(name: str, shop: bool) -> None:
    assert looks_like_shop(name) is shop
