"""Compressed exports: what is read, what is refused and why, and that nothing stays unpacked."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import archives, base
from tests.unit.importers.samples import ROW, messages, table

CHAT = "[13.06.2026, 21:25:15] Shop: hello\n[13.06.2026, 21:26:15] Anna: <attached: 00000002-PHOTO-2026.jpg>\n"


@pytest.fixture(autouse=True)
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files; it is empty after each test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def packed(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def refused(path: Path) -> CsqmError:
    with pytest.raises(CsqmError) as caught:
        list(base.read(path))
    return caught.value


@pytest.mark.parametrize(("ending", "compress"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_one_compressed_file(tmp_path: Path, ending: str, compress: Callable[[bytes], bytes]) -> None:
    path = tmp_path / f"chats.csv.{ending}"
    path.write_bytes(compress(table(ROW).encode()))
    assert [message.text for message in messages(path)] == ["在吗"]
    assert base.recognise(path).format == "csv"
    assert base.preview(path).complete


def test_whatsapps_zip_names_the_customer_and_the_day(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "WhatsApp Chat - Anna.zip", **{"_chat.txt": CHAT, "notes.txt": "x", "__MACOSX/_chat.txt": ""}
    )
    found = messages(path)
    assert [(message.role.value, message.sender) for message in found] == [("agent", "Shop"), ("customer", "Anna")]


def test_a_zip_with_one_chat_beside_other_files(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", **{"export/chats.csv": table(ROW), "export/readme.md": "x", ".hidden.csv": "x"})
    assert [message.text for message in messages(path)] == ["在吗"]


def test_made_up_times_begin_on_the_day_of_the_archive(tmp_path: Path) -> None:
    chats = '{"messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "yes"}]}\n'
    path = packed(tmp_path / "a.zip", **{"a.jsonl": chats})
    os.utime(path, (1788249903, 1788249903))
    assert messages(path)[0].sent_at.isoformat()[:10] == "2026-09-01"


def test_several_chats_in_one_format_are_read_one_after_another(tmp_path: Path) -> None:
    second = table(("c2", *ROW[1:]))
    path = packed(tmp_path / "a.zip", **{"jan/chats.csv": table(ROW), "feb/chats.csv": second, "users.json": "[]"})
    reader = base.read(path)
    assert [item.conversation_id for item in reader if isinstance(item, IncomingMessage)] == ["c1", "c2"]
    assert reader.recognition.format == "csv"
    assert reader.bytes_done == reader.bytes_total == path.stat().st_size
    assert base.preview(path, rows=1).complete is False


def test_slacks_zip_has_a_file_for_each_day_of_a_channel(tmp_path: Path) -> None:
    def day(*said: tuple[str, str]) -> str:
        return json.dumps([
            {"type": "message", "user": name, "text": "hi", "ts": ts, "client_msg_id": ts} for ts, name in said
        ])  # fmt: skip

    days = {
        "channels.json": '[{"id": "C1", "name": "help"}]',
        "users.json": '[{"id": "U1", "name": "anna"}]',
        "help/2026-09-01.json": day(("1788249603.000100", "anna"), ("1788249609.000100", "lee")),
        "help/2026-09-02.json": day(("1788336003.000100", "bob"), ("1788336009.000100", "lee")),
        "other/2026-09-01.json": day(("1788249703.000100", "eve")),
    }
    found = messages(packed(tmp_path / "slack.zip", **days))
    assert [(m.sender, m.role.value) for m in found] == [
        ("anna", "customer"), ("lee", "agent"), ("bob", "customer"), ("lee", "agent"), ("eve", "customer"),
    ]  # fmt: skip
    assert len({m.conversation_id for m in found}) == 3


def test_a_file_that_is_no_such_chat_is_left_out_with_its_name(tmp_path: Path) -> None:
    prices = "sku,price\n1,2\n3,4\n"
    path = packed(tmp_path / "a.zip", **{"a.csv": table(ROW), "prices.csv": prices, "b.csv": table(("c2", *ROW[1:]))})
    items = list(base.read(path))
    left_out = [item for item in items if isinstance(item, RejectedRow)]
    assert [(item.code, item.values["name"]) for item in left_out] == [("row_file_left_out", "prices.csv")]
    assert len(items) == 3


def test_chats_in_different_formats_are_not_mixed(tmp_path: Path) -> None:
    lines = '{"conversation_id": "c", "sent_at": "2026-09-01T08:00:00Z", "role": "agent", "text": "t"}\n'
    error = refused(packed(tmp_path / "a.zip", **{"a.csv": table(ROW), "b.jsonl": lines}))
    assert (error.code, error.values["names"]) == ("import_archive_several", "a.csv, b.jsonl")


def test_an_archive_with_too_many_or_too_large_chats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "a.zip", **{"a.csv": table(ROW), "b.csv": table(ROW)})
    monkeypatch.setattr(archives, "MOST_CHATS", 1)
    assert refused(path).code == "import_archive_too_big"


def test_a_zip_without_a_chat_is_what_it_was(tmp_path: Path) -> None:
    assert refused(packed(tmp_path / "a.zip", **{"a.png": b"\x89PNG"})).code == "import_binary"


def test_errors_name_the_archive_and_the_file_in_it(tmp_path: Path) -> None:
    error = refused(packed(tmp_path / "a.zip", **{"a.json": "[]"}))
    assert error.values["file"] == f"{tmp_path / 'a.zip'} (a.json)"
    rows = ",".join(['{"conversation_id":"c","sent_at":"2026-09-01","role":"agent","text":"t"}'] * 60)
    late = refused(packed(tmp_path / "b.zip", **{"a.json": f"[{rows}"}))
    assert (late.code, late.values["file"]) == ("import_json_truncated", f"{tmp_path / 'b.zip'} (a.json)")


def test_damaged_archives(tmp_path: Path) -> None:
    whole = gzip.compress(table(*[ROW] * 500).encode())
    (tmp_path / "a.csv.gz").write_bytes(whole[: len(whole) // 2])
    assert refused(tmp_path / "a.csv.gz").code == "import_archive_broken"
    path = packed(tmp_path / "b.zip", **{"a.csv": table(*[ROW] * 500)})
    content = bytearray(path.read_bytes())
    content[60:70] = bytes(10)
    path.write_bytes(content)
    assert refused(path).code == "import_archive_broken"
    path.write_bytes(bytes(content[:80]))
    assert refused(path).code == "import_binary"


def test_a_locked_archive(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", **{"a.csv": table(ROW)})
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    path.write_bytes(content)
    assert refused(path).code == "import_archive_locked"


def test_a_bomb_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 1_000_000)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(bytes(5_000_000)))
    assert refused(tmp_path / "a.csv.gz").code == "import_archive_too_big"


def test_files_of_messages_are_taken_out_by_their_names_only(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "a.zip",
        **{"_chat.txt": CHAT, "m/a.jpg": b"1", "../b.jpg": b"2", "/c.jpg": b"3", "d.jpg": b"4", "big.jpg": b"0" * 30},
    )
    wanted = ["a.jpg", "../b.jpg", "b.jpg", "/c.jpg", "e.jpg", ""]
    with archives.files_beside(path, tmp_path, wanted) as beside:
        assert beside is not None
        found = {file.relative_to(beside).as_posix(): file.read_bytes() for file in beside.rglob("*") if file.is_file()}
    assert found == {"a.jpg": b"1", "b.jpg": b"2"}
    assert not (tmp_path / "b.jpg").exists()
    with archives.files_beside(tmp_path / "x.csv", tmp_path, wanted) as beside:
        assert beside == tmp_path


@pytest.mark.timeout(20)
def test_many_files_of_messages_are_found_at_once(tmp_path: Path) -> None:
    names = [f"IMG-{number:05}.jpg" for number in range(10_000)]
    path = packed(tmp_path / "a.zip", **dict.fromkeys(names, b""))
    with archives.files_beside(path, tmp_path, names) as beside:
        assert beside is not None
        assert len(list(beside.iterdir())) == len(names)


def test_the_list_of_an_archive_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "a.zip", **{f"{number}.csv": table(ROW) for number in range(40)})
    opened: list[Path] = []
    real = zipfile.ZipFile

    def counted(file: Path) -> zipfile.ZipFile:
        opened.append(file)
        return real(file)

    monkeypatch.setattr(zipfile, "ZipFile", counted)
    assert messages(path)
    assert len(opened) < 8


def test_a_log_is_a_chat_where_nothing_else_is(tmp_path: Path) -> None:
    log = "2026-06-13 21:25:15 <anna> is it in stock?\n2026-06-13 21:25:40 <agent> yes, two of them\n" * 3
    assert base.recognise(packed(tmp_path / "a.zip", **{"shop.log": log})).format == "stamped"
    assert base.recognise(packed(tmp_path / "b.zip", **{"a.csv": table(ROW), "export.log": log})).format == "csv"


@pytest.mark.parametrize("ending", ["bz2", "xz"])
def test_a_damaged_compressed_file_says_so(tmp_path: Path, ending: str) -> None:
    whole = {"bz2": bz2.compress, "xz": lzma.compress}[ending](table(ROW).encode() * 50)
    path = tmp_path / f"chats.csv.{ending}"
    path.write_bytes(whole[:40] + b"damaged" + whole[47:])
    assert refused(path).code == "import_archive_broken"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.timeout(20)
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    os.mkfifo(path)
    with pytest.raises(CsqmError) as problem:
        base.read(path)
    assert problem.value.code == "import_unreadable"
