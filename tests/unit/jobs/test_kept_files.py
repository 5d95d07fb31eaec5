"""Attached files read back: known by their content, checked, and copied under names that can do no harm."""

import pytest

from csqm_desktop.domain.permissions import PersonRole
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import kept_files
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.store.attachments import Attached
from tests import builders

PDF = b"%PDF-1.7 words"


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w")
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(PDF)
    table = folder / "chat.csv"
    table.write_text(
        "conversation_id,message_id,sent_at,role,sender,text,attachments\n"
        "c,1,2026-09-01T08:00:00Z,customer,Li,see,a.pdf|gone.png\n"
        "c,2,2026-09-01T08:01:00Z,agent,Mei,thanks,\n",
        encoding="utf-8",
    )
    execute(ImportChats(made, table), SilentContext())
    yield made
    made.close()


def files(workspace):
    return [f for group in workspace.attachments.of_conversation(1).values() for f in group]


def test_files_come_by_message_in_order(workspace):
    found = workspace.attachments.of_conversation(1)
    assert [[(f.name, bool(f.path)) for f in group] for group in found.values()] == [
        [("a.pdf", True), ("gone.png", False)]
    ]


def test_what_is_kept_is_read_and_what_is_not_says_so(workspace):
    there, gone = files(workspace)
    assert kept_files.read(workspace, there) == kept_files.Content("pdf", PDF)
    with pytest.raises(CsqmError) as caught:
        kept_files.read(workspace, gone)
    assert caught.value.code == "attachment_missing"
    (workspace.folder / there.path).unlink()
    with pytest.raises(CsqmError) as caught:
        kept_files.read(workspace, there)
    assert caught.value.code == "attachment_missing"


def test_a_changed_copy_is_not_shown(workspace):
    there = files(workspace)[0]
    (workspace.folder / there.path).write_bytes(PDF + b"!")
    with pytest.raises(CsqmError) as caught:
        kept_files.read(workspace, there)
    assert caught.value.code == "attachment_broken"


@pytest.mark.parametrize("path", ["../../etc/passwd", "csqm.sqlite3", "media/../csqm.sqlite3", "/etc/passwd"])
def test_no_place_outside_is_read(workspace, path):
    with pytest.raises(CsqmError) as caught:
        kept_files.read(workspace, Attached(9, 1, "a.pdf", path))
    assert caught.value.code == "attachment_missing"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a.exe", "png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a", "webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a.wav", "audio"),
        (b"\0\0\0\x18ftypM4A ", "a.m4a", "audio"),
        (b"\0\0\0\x18ftypisom", "a.mp4", "video"),
        (b"PK\x03\x04", "bill.xlsx", "table"),
        (b"PK\x03\x04", "bill.png", "zip"),
        (b"MZ\x90", "photo.jpg", "program"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "other"),
        (b"", "a.png", "other"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(data, name, kind):
    assert kept_files.kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("kettle.jpg", "jpeg", "kettle.jpg"),
        ("../../.bashrc", "other", "bashrc"),
        ("C:\\Windows\\a.txt", "other", "a.txt"),
        ("photo\u202egpj.exe", "program", "photo_gpj.exe"),
        ("photo.exe", "png", "photo.exe.png"),
        ("con.txt", "other", "_con.txt"),
        ("a\n<b>?.pdf", "pdf", "a__b__.pdf"),
        ("", "other", "file"),
        ("...", "jpeg", "file.jpeg"),
        ("发票.pdf", "pdf", "发票.pdf"),
    ],
)
def test_names_to_save_under_do_no_harm(name, kind, safe):
    assert kept_files.safe_name(name, kind) == safe


def test_a_long_name_keeps_its_ending():
    name = kept_files.safe_name("x" * 400 + ".png", "png")
    assert len(name) == 120
    assert name.endswith(".png")


def test_a_copy_is_whole_and_noted(workspace, tmp_path):
    target = tmp_path / "copy.pdf"
    target.write_bytes(b"older")
    kept_files.save(workspace, files(workspace)[0], target, "Ann")
    assert target.read_bytes() == PDF
    entry = workspace.database.connection().execute("SELECT * FROM audit_log ORDER BY id DESC").fetchone()
    assert (entry["actor"], entry["action"], entry["subject"]) == ("Ann", "save_attachment", str(target))


def test_a_copy_that_cannot_be_written_says_why(workspace, tmp_path):
    target = tmp_path / "no" / "such" / "copy.pdf"
    with pytest.raises(CsqmError) as caught:
        kept_files.save(workspace, files(workspace)[0], target, "Ann")
    assert caught.value.code == "export_failed"


def test_a_reviewer_who_signed_in_may_not_take_copies(workspace, tmp_path):
    workspace.people.add("Boss", PersonRole.LEAD, "long enough 1")
    workspace.people.sign_in("Boss", "long enough 1")
    workspace.people.add("Rev", PersonRole.REVIEWER, "long enough 2")
    workspace.people.sign_in("Rev", "long enough 2")
    with pytest.raises(CsqmError) as caught:
        kept_files.save(workspace, files(workspace)[0], tmp_path / "copy.pdf", "Rev")
    assert caught.value.code == "not_allowed"
    assert not (tmp_path / "copy.pdf").exists()
