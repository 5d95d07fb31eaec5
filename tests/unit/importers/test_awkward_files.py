"""Files as other programs leave them: nothing is lost without a word, and no small fault blocks a whole file."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.importers import base
from csqm_desktop.importers.times import Times, parse_timezone
from tests.unit.importers.samples import HEADER, messages, table, write

RECORDS = [
    {"conversation_id": "c1", "message_id": name, "sent_at": "2026-09-01T08:00:00Z", "role": role, "text": text}
    for name, role, text in (("m1", "customer", "在吗"), ("m2", "agent", "您好"))
]


def _texts(path: Path) -> list[str]:
    return [message.text for message in messages(path)]


def _renamed(records: list[dict[str, str]], conversation: str) -> list[dict[str, str]]:
    return [record | {"conversation_id": conversation} for record in records]


def test_all_arrays_of_messages_in_an_object_are_read(tmp_path: Path) -> None:
    document = {"c1": RECORDS, "users": [{"id": 1}], "more": {"c2": _renamed(RECORDS, "c2")}, "c3": []}
    found = messages(write(tmp_path / "a.json", json.dumps(document)))
    assert [message.conversation_id for message in found] == ["c1", "c1", "c2", "c2"]


def test_all_documents_of_a_file_are_read(tmp_path: Path) -> None:
    """Pages of an API that were written one after the other."""
    pages = [json.dumps(_renamed(RECORDS, name), indent=1) for name in ("c1", "c2")]
    found = messages(write(tmp_path / "a.json", "\n".join(pages) + ";\n"))
    assert [message.conversation_id for message in found] == ["c1", "c1", "c2", "c2"]


def test_control_characters_and_commas_after_lines(tmp_path: Path) -> None:
    text = "".join(json.dumps(record) + ",\n" for record in RECORDS).replace('"customer"', '"customer", "x": "\x01\t"')
    assert _texts(write(tmp_path / "a.jsonl", text)) == ["在吗", "您好"]


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_zero_byte_in_a_text_is_marked_and_blocks_nothing(tmp_path: Path, ending: str) -> None:
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
    rows = table(*[(*list(record.values())[:4], "", record["text"]) for record in RECORDS])
    content = (rows if ending == "csv" else lines).replace("您好", "您\x00好")
    assert _texts(write(tmp_path / f"a.{ending}", content)) == ["在吗", "您\N{REPLACEMENT CHARACTER}好"]


def test_an_id_that_is_no_number_is_none(tmp_path: Path) -> None:
    found = messages(write(tmp_path / "a.jsonl", json.dumps(RECORDS[0]).replace('"m1"', "NaN") + "\n"))
    assert [message.message_id for message in found] == [""]


@pytest.mark.parametrize("value", ["1.23457E+17", "2E+15", "1,2E+18"])
def test_rounded_ids_are_refused(tmp_path: Path, value: str) -> None:
    """They would make one conversation of many."""
    path = write(tmp_path / "a.csv", table((value, "m1", "2026-09-01T08:00:00Z", "customer", "", "hi")))
    rows = [item for item in base.read(path) if isinstance(item, RejectedRow)]
    assert [(row.code, row.values["value"]) for row in rows] == [("row_id_rounded", value)]


def test_dates_with_points_put_the_day_first() -> None:
    times = Times(parse_timezone("UTC"))
    assert times.parse("03.04.2026 08:00").isoformat() == "2026-04-03T08:00:00+00:00"
    assert times.parse("03.14.2026").isoformat()[:10] == "2026-03-14"


def test_traditional_chinese_headers(tmp_path: Path) -> None:
    text = "會話ID,訊息ID,時間,角色,發送者,內容\nc1,m1,2026-09-01T08:00:00Z,顧客,小明,請問到貨了嗎\n"
    found = messages(write(tmp_path / "a.csv", text, "big5"), encoding="big5")
    assert [(message.role.value, message.text) for message in found] == [("customer", "請問到貨了嗎")]


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        ("日期", "时间", [("2026-09-01", "8:00:05"), ("2026-09-02", "上午9:30")]),
        ("date", "time", [("2026/09/01", "08:00:05"), ("2026/09/02", "9:30 AM")]),
        ("时刻", "日期", [("08:00:05", "2026年9月1日"), ("09:30", "2026年9月2日")]),
    ],
)
def test_day_and_time_in_two_columns(tmp_path: Path, first: str, second: str, rows: list[tuple[str, str]]) -> None:
    lines = [("c1", *row, "客户", f"text {number}") for number, row in enumerate(rows)]
    path = write(tmp_path / "a.csv", table(*lines, header=("会话ID", first, second, "角色", "内容")))
    found = messages(path, timezone="UTC")
    assert [message.sent_at.isoformat()[:19] for message in found] == ["2026-09-01T08:00:05", "2026-09-02T09:30:00"]


def test_day_and_time_in_two_columns_of_a_long_file(tmp_path: Path) -> None:
    lines = [("c1", "2026-09-01", f"08:{number // 60:02}:{number % 60:02}", "客户", "x") for number in range(600)]
    path = write(tmp_path / "a.csv", table(*lines, header=("会话ID", "日期", "时间", "角色", "内容")))
    with base.read(path, timezone="UTC") as reader:
        items = list(reader.plain())
    rows = [row for item in items if isinstance(item, list) for row in item]
    assert len({row[2] for row in rows}) == len(rows) == 600  # milliseconds since the epoch


def _workbook(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    kinds = {
        datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime.time: book.add_format({"num_format": "hh:mm:ss"}),
    }
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, kinds.get(type(cell)))
    book.close()
    return path


def test_day_and_time_in_two_columns_of_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["会话ID", "日期", "时刻", "角色", "内容"]]
    rows += [["c1", datetime.date(2026, 9, 1), datetime.time(8, 0, second), "客户", "在吗"] for second in (5, 6)]
    found = messages(_workbook(tmp_path / "a.xlsx", ("1", rows)), timezone="UTC")
    assert [message.sent_at.isoformat()[:19] for message in found] == ["2026-09-01T08:00:05", "2026-09-01T08:00:06"]


def test_sheets_with_the_same_columns_are_read_together(tmp_path: Path) -> None:
    def rows(*names: str) -> list[list[Any]]:
        return [list(HEADER), *([name, "m1", "2026-09-01T08:00:00Z", "customer", "", "hi"] for name in names)]

    path = _workbook(
        tmp_path / "a.xlsx", ("About", [["September"]]), ("08", rows("c1", "c2")), ("Prices", [["sku", "price"]]),
        ("09", [["title"], *rows("c3")]),
    )  # fmt: skip
    assert [message.conversation_id for message in messages(path)] == ["c1", "c2", "c3"]
    chosen = [item for item in base.read(path, sheet="09") if isinstance(item, IncomingMessage)]
    assert [message.conversation_id for message in chosen] == ["c3"]


def test_a_number_too_long_for_a_workbook_is_refused(tmp_path: Path) -> None:
    rows: list[list[Any]] = [list(HEADER)]
    rows += [[number, "m1", "2026-09-01T08:00:00Z", "customer", "", "hi"] for number in (123456789012345, 1.5e18)]
    items = list(base.read(_workbook(tmp_path / "a.xlsx", ("1", rows))))
    assert [item.code for item in items if isinstance(item, RejectedRow)] == ["row_id_rounded"]
    assert [item.conversation_id for item in items if isinstance(item, IncomingMessage)] == ["123456789012345"]


def test_conversations_of_any_product_that_hold_their_messages(tmp_path: Path) -> None:
    def chat(name: str, *entries: Any) -> dict[str, Any]:
        return {"id": name, "店铺": "青禾", "tags": [{"n": 1}], "created": "2026-01-01", "turns": list(entries)}

    asked = {"speaker": "客户", "text": "在吗", "time": "2026-09-01 08:00:00"}
    reply = {"speaker": "客服", "text": "在的", "time": "2026-09-01 08:00:05"}
    chats = [chat("c1", asked, reply), chat("c2", asked), chat("c3")]
    for path in (
        write(tmp_path / "a.json", json.dumps({"total": 3, "conversations": chats})),
        write(tmp_path / "b.json", json.dumps(chats)),
        write(tmp_path / "c.jsonl", "".join(json.dumps(item) + "\n" for item in chats)),
    ):
        found = messages(path)
        assert [(item.conversation_id, item.role.value, item.text) for item in found] == [
            ("c1", "customer", "在吗"), ("c1", "agent", "在的"), ("c2", "customer", "在吗"),
        ]  # fmt: skip
        assert {item.shop for item in found} == {"青禾"}


def test_what_does_not_fit_into_nested_conversations_is_refused(tmp_path: Path) -> None:
    asked = {"speaker": "客户", "text": "在吗", "time": "2026-09-01 08:00:00"}
    chats = [{"id": name, "turns": [asked]} for name in ("c1", "c2", "c3")]
    odd: list[Any] = [{"id": "c4", "note": "no turns"}, {"id": "c5", "turns": [asked, "text only"]}]
    items = list(base.read(write(tmp_path / "a.json", json.dumps([*chats, *odd]))))
    assert [item.code for item in items if isinstance(item, RejectedRow)] == ["row_value_missing", "row_not_object"]
    assert sum(isinstance(item, IncomingMessage) for item in items) == 4
