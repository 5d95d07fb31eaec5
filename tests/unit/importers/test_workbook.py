"""Workbooks: sheets, dates, numbers, and files that only look like one."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, workbook
from tests.unit.importers.samples import HEADER, ROW, write


def _book(path: Path, **sheets: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_dates_numbers_and_empty_rows(tmp_path: Path) -> None:
    moment = datetime(2026, 9, 1, 8, 5, 3)
    path = _book(
        tmp_path / "a.xlsx",
        chats=[
            [*HEADER, "order_id", "rating"],
            ["c1", 1, moment, "客户", "小明", "在吗", 260901000123, 4.5],
            [],
            ["c1", 2.0, date(2026, 9, 2), "客服", "小禾", "在的", "", ""],
            [17, 3, 46266.5, "客服", "小禾", 12.5, "", ""],
        ],
    )
    first, second, third = base.preview(path, timezone="+08:00").messages
    zone = timezone(timedelta(hours=8))
    assert first.sent_at == moment.replace(tzinfo=zone)
    assert (first.message_id, first.order_id, first.rating) == ("1", "260901000123", 4.5)
    assert (second.row, second.sent_at) == (4, datetime(2026, 9, 2, tzinfo=zone))
    assert (third.conversation_id, third.text) == ("17", "12.5")
    assert third.sent_at == datetime(2026, 9, 1, 12, tzinfo=zone)


def test_the_sheet_with_messages_is_found_or_named(tmp_path: Path) -> None:
    path = _book(
        tmp_path / "a.xlsx", notes=[["说明"], ["x"]], chats=[list(HEADER), list(ROW)], last=[["a", "b"], [1, 2]]
    )
    found = base.recognise(path)
    assert (found.sheet, found.sheets) == ("chats", ("notes", "chats", "last"))
    assert base.recognise(path, sheet="last").headers == ("a", "b")
    with pytest.raises(CsqmError) as caught:
        base.read(path, sheet="none")
    assert caught.value.code == "import_sheet_missing"
    assert "chats" in caught.value.what


def test_empty_sheets_and_headers(tmp_path: Path) -> None:
    for rows, code in [([], "import_empty"), ([list(HEADER)], "import_header_only")]:
        with pytest.raises(CsqmError) as caught:
            base.read(_book(tmp_path / "a.xlsx", one=rows))
        assert caught.value.code == code


def test_cut_off_anywhere_is_an_error_with_a_name(tmp_path: Path) -> None:
    whole = _book(tmp_path / "a.xlsx", chats=[list(HEADER), list(ROW)]).read_bytes()
    for size in range(1, len(whole), 97):
        path = write(tmp_path / "cut.xlsx", whole[:size])
        with pytest.raises(CsqmError) as caught:
            list(base.read(path))
        assert caught.value.code in ("import_workbook_broken", "import_binary", "import_format_unknown")


def test_damaged_parts(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", chats=[list(HEADER), list(ROW)])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
        damaged = tmp_path / "damaged.xlsx"
        with zipfile.ZipFile(damaged, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content[: len(content) // 2] if name == part else content)
        with pytest.raises(CsqmError) as caught:
            list(base.read(damaged))
        assert caught.value.code in ("import_workbook_broken", "import_columns_missing", "import_empty")


def test_locked_old_and_foreign_files(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
    for content, name, code in [
        (ole + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "import_workbook_locked"),
        (ole, "a.xls", "import_workbook_old"),
        (b"PK\x03\x04" + bytes(100), "a.xlsx", "import_workbook_broken"),
    ]:
        with pytest.raises(CsqmError) as caught:
            base.read(write(tmp_path / name, content))
        assert caught.value.code == code
    foreign = tmp_path / "b.xlsx"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(CsqmError) as caught:
        base.read(foreign)
    assert caught.value.code == "import_workbook_broken"


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", chats=[list(HEADER), list(ROW)])
    assert base.recognise(path.rename(tmp_path / "a.csv")).format == "xlsx"


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write(1_048_575, 16_383, "far away")
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_workbook_too_big"
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(CsqmError) as caught:
        base.read(_book(tmp_path / "a.xlsx", chats=[list(HEADER), list(ROW)]))
    assert caught.value.code == "import_workbook_too_big"
