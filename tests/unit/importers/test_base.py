"""Recognise, preview and read: the way in that jobs and pages use."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow, Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import DATA, HEADER, ROW, table, write

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("name", "format", "encoding", "reason", "count"),
    [
        ("neutral.csv", "csv", "utf-8", "headers", 6),
        ("neutral.jsonl", "jsonl", "utf-8", "json_lines", 6),
        ("neutral.json", "json", "utf-8", "json_records", 6),
        ("chinese_excel_gb18030.csv", "csv", "gb18030", "headers", 5),
        ("unicode_text_utf16.txt", "csv", "utf-16-le", "headers", 5),
        ("utf16_without_mark.csv", "csv", "utf-16-le", "headers", 5),
        ("report.xlsx", "xlsx", "", "workbook", 5),
    ],
)
def test_every_sample_is_recognised_and_read_whole(
    name: str, format: str, encoding: str, reason: str, count: int
) -> None:
    with base.read(DATA / name, timezone="+08:00") as reader:
        items = list(reader)
        found = reader.recognition
        assert reader.bytes_done == reader.bytes_total == (DATA / name).stat().st_size
    assert (found.format, found.encoding, found.reason) == (format, encoding, reason)
    assert found.confidence > 0.8
    assert found.candidates[0][0] == format
    assert all(isinstance(item, IncomingMessage) for item in items)
    assert len(items) == count


def test_the_neutral_layouts_give_the_same_messages() -> None:
    """One conversation written three ways comes out as one."""
    one, two, three = (list(base.read(DATA / name)) for name in ("neutral.csv", "neutral.jsonl", "neutral.json"))

    def content(items: list[base.Item]) -> list[str]:
        return [repr(item).replace(f"row={item.row},", "") for item in items]

    assert content(one) == content(two) == content(three)
    note = one[-1]
    assert isinstance(note, IncomingMessage)
    assert note.private
    photo = one[3]
    assert isinstance(photo, IncomingMessage)
    assert photo.attachments == ("photo-1.jpg", "photo-2.jpg")
    assert photo.rating == 2.0


def test_chinese_workbook_has_roles_and_times() -> None:
    messages = base.preview(DATA / "report.xlsx", timezone="+08:00").messages
    assert [message.role for message in messages] == [
        Role.CUSTOMER, Role.BOT, Role.AGENT, Role.CUSTOMER, Role.AGENT,
    ]  # fmt: skip
    assert messages[0].sent_at == datetime(2026, 9, 1, 8, 5, 3, tzinfo=CHINA)
    assert messages[0].row == 4  # as Excel shows it, below a title and an empty row
    assert messages[0].rating == 5.0


def test_broken_rows_cost_only_themselves() -> None:
    preview = base.preview(DATA / "broken_rows.csv", timezone="+08:00")
    assert [(row.row, row.code) for row in preview.rejected] == [
        (3, "row_quotes"), (5, "row_time_impossible"), (6, "row_role_unknown"),
    ]  # fmt: skip
    assert [message.text for message in preview.messages] == ["你好", "您好", "还在吗"]
    assert preview.complete


def test_rejections_have_sentences_that_name_file_and_row() -> None:
    for row in base.preview(DATA / "broken_rows.csv").rejected:
        error = CsqmError(row.code, **row.values)
        assert "broken_rows.csv" in error.what
        assert str(row.row) in error.what
        assert error.remedy


def test_preview_shows_columns_that_are_not_known_yet_and_read_refuses_them() -> None:
    path = DATA / "needs_mapping.csv"
    preview = base.preview(path)
    assert preview.items == ()
    assert preview.recognition.headers == ("单据", "何时", "谁", "说了什么")
    assert preview.recognition.sample_rows[0] == ("A1", "2026-09-01 08:00", "来客", "有货吗")
    assert set(preview.recognition.missing) == {"conversation_id", "role", "text"}
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_columns_missing"
    assert "说了什么" in caught.value.what
    assert "conversation_id" in caught.value.what


def test_a_saved_mapping_reads_the_file() -> None:
    chosen = mapping.load(DATA / "mapping.json")
    messages = base.preview(DATA / "needs_mapping.csv", mapping=chosen).messages
    assert [(message.role, message.text) for message in messages] == [(Role.CUSTOMER, "有货吗"), (Role.AGENT, "有的")]
    assert messages[0].sent_at.utcoffset() == timedelta(hours=8)


def test_the_given_timezone_wins_over_the_mapping() -> None:
    chosen = mapping.load(DATA / "mapping.json")
    message = base.preview(DATA / "needs_mapping.csv", mapping=chosen, timezone="UTC").messages[0]
    assert message.sent_at.utcoffset() == timedelta(0)


def test_preview_stops_at_fifty_rows(tmp_path: Path) -> None:
    rows = [("c1", f"m{n}", "2026-09-01T08:00:00+08:00", "agent", "a", f"text {n}") for n in range(200)]
    path = write(tmp_path / "many.csv", table(*rows))
    preview = base.preview(path)
    assert len(preview.items) == len(preview.recognition.sample_rows) == 50
    assert not preview.complete
    assert len(list(base.read(path))) == 200


def test_preview_of_a_large_file_reads_only_its_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("c1", f"m{n}", "2026-09-01T08:00:00+08:00", "agent", "a", "您好" * 50) for n in range(20_000)]
    path = write(tmp_path / "large.csv", table(*rows))
    seen: list[int] = []
    original = base.Reader.close

    def close(reader: base.Reader) -> None:
        seen.append(reader.bytes_done)
        original(reader)

    monkeypatch.setattr(base.Reader, "close", close)
    base.preview(path)
    assert path.stat().st_size > 5_000_000
    assert seen[0] < 1_000_000


def test_repeated_ids_are_told_apart(tmp_path: Path) -> None:
    other = (*ROW[:5], "something else")
    path = write(tmp_path / "twice.csv", table(ROW, ROW, other, ("c2", *ROW[1:])))
    with base.read(path) as reader:
        items = list(reader)
        assert reader.duplicates == 1
    assert [type(item) for item in items] == [IncomingMessage, RejectedRow, IncomingMessage]
    rejection = items[1]
    assert isinstance(rejection, RejectedRow)
    assert (rejection.row, rejection.code) == (4, "row_id_repeated")
    assert rejection.values["first_row"] == "2"


def test_messages_without_ids_may_be_equal(tmp_path: Path) -> None:
    row = ("c1", "", *ROW[2:])
    assert len(list(base.read(write(tmp_path / "a.csv", table(row, row))))) == 2


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "import_empty"),
        (b"\xef\xbb\xbf\r\n  \n", "a.csv", "import_empty"),
        (table().encode(), "a.csv", "import_header_only"),
        (b"just some words\nand more of them\n", "notes.txt", "import_format_unknown"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.csv", "import_binary"),
        (b"MZ\x90\x00\x03" + bytes(99), "a.csv", "import_binary"),
        (b"SQLite format 3\x00" + bytes(99), "a.csv", "import_binary"),
        (b"PK\x03\x04" + bytes(99), "a.csv", "import_binary"),
        (b"a,b\x00\x01\x02\xff\xfe\xfd,c\n" * 9, "a.csv", "import_binary"),
        (b"<!DOCTYPE html><html></html>", "a.xls", "import_is_html"),
        (b"not a workbook at all, really", "a.xlsx", "import_format_unknown"),
        (b'{"a": 1, "b": [', "a.json", "import_json_truncated"),
        (b'{"a": 1, "b": ]}', "a.json", "import_json_broken"),
        (b"[" * 100_000, "a.json", "import_json_deep"),
        (b'{"a":' * 100_000, "a.json", "import_json_deep"),
        (b'[{"a":' + b"[" * 100_000, "a.json", "import_json_deep"),
        (b"[1, 2, 3]", "a.json", "import_json_no_records"),
        (b"[]", "a.json", "import_json_no_records"),
        (b'{"a": 1}', "a.json", "import_columns_missing"),
    ],
)
def test_bad_files_are_explained(tmp_path: Path, content: bytes, name: str, code: str) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(CsqmError) as caught:
        list(base.read(path))
    assert caught.value.code == code
    assert name in caught.value.what
    assert caught.value.remedy


def test_missing_file_folder_and_names(tmp_path: Path) -> None:
    for path, code in [
        (tmp_path / "none.csv", "import_missing"),
        (tmp_path / "none" / "a.csv", "import_missing"),
        (tmp_path, "import_is_folder"),
        (Path("a\x00b.csv"), "import_unreadable"),
    ]:
        with pytest.raises(CsqmError) as caught:
            base.read(path)
        assert caught.value.code == code


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table(ROW))
    path.chmod(0)
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_no_permission"


def test_permission_errors_become_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.csv", table(ROW))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_no_permission"


def test_devices_are_not_read() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no such device here")
    with pytest.raises(CsqmError) as caught:
        base.read("/dev/zero")
    assert caught.value.code == "import_unreadable"


def test_unknown_choices_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table(ROW))
    for options, code in [
        ({"format": "feather"}, "import_format_name"),
        ({"encoding": "klingon"}, "import_encoding_name"),
        ({"encoding": "rot13"}, "import_encoding_name"),
        ({"encoding": "punycode"}, "import_encoding_name"),
        ({"timezone": "Mars/Olympus"}, "import_timezone_unknown"),
        ({"timezone": "+99:00"}, "import_timezone_unknown"),
        ({"timezone": "../etc/passwd"}, "import_timezone_unknown"),
        ({"mapping": mapping.ColumnMapping({"text": "nowhere"})}, "import_mapping_column"),
    ]:
        with pytest.raises(CsqmError) as caught:
            base.read(path, **options)  # type: ignore[arg-type]
        assert caught.value.code == code


def test_a_named_format_is_used(tmp_path: Path) -> None:
    path = write(tmp_path / "a.weird", table(ROW))
    assert base.recognise(path, format="csv").reason == "chosen"
    with pytest.raises(CsqmError) as caught:
        base.read(path, format="xlsx")
    assert caught.value.code == "import_workbook_broken"


def test_every_format_has_a_name_of_its_own() -> None:
    names = base.format_names()
    assert len(set(names)) == len(names)
    assert {"csv", "jsonl", "json", "xlsx"} <= set(names)


def test_reading_closes_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table(ROW))
    with base.read(path) as reader:
        next(iter(reader))
    path.unlink()  # Windows refuses this while the file is open; an unclosed file warns elsewhere
    assert HEADER
