"""Attached files: copied once from beside the export, never from elsewhere, and gone when nothing refers to them."""

import base64
import json
import os
import sys
import zipfile

import pytest
from typer.testing import CliRunner

from csqm_desktop.cli import app
from csqm_desktop.errors import Cancelled
from csqm_desktop.jobs import doctor, encryption, erase_customer, media
from csqm_desktop.jobs.backup import BackUp, restore
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.jobs.undo_import import UndoImport
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault import sealed, unlock
from tests import builders

PNG = base64.b64decode(  # one red pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
)
HEADER = "conversation_id,message_id,sent_at,role,sender,text,attachments\n"


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w")
    yield made
    made.close()


def load(workspace, tmp_path, *names, conversation="c", context=None):
    folder = tmp_path / "export"
    folder.mkdir(exist_ok=True)
    path = folder / f"{conversation}.csv"
    lines = [
        f"{conversation}{n},{n},2026-09-01T08:00:00Z,customer,Li{conversation}{n},see,{x}\n"
        for n, x in enumerate(names)
    ]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return execute(ImportChats(workspace, path), context or SilentContext())


def put(tmp_path, name, data=PNG):
    path = tmp_path / "export" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def kept(folder):
    return sorted(p for p in (folder / "media").rglob("*") if p.is_file())


def test_the_same_content_is_kept_once_and_what_is_not_there_is_counted(workspace, tmp_path):
    put(tmp_path, "a.png")
    put(tmp_path, "media/b.png")
    put(tmp_path, "deep/c.pdf", b"%PDF-1.7")
    result = load(workspace, tmp_path, "a.png", "b.png", "deep/c.pdf", "gone.png", "https://example.org/a.png")
    assert result.attachments == {"copied": 3, "missing": 2}
    assert sorted(path.read_bytes() for path in kept(workspace.folder)) == sorted([PNG, b"%PDF-1.7"])
    assert media.lost(workspace) == [] == media.orphans(workspace)


def test_a_whatsapp_export_brings_its_pictures(workspace, tmp_path):
    put(tmp_path, "IMG-1.jpg")
    path = tmp_path / "export" / "WhatsApp Chat with Li.txt"
    lines = [
        "01/09/2026, 08:00 - Li: hello",
        "01/09/2026, 08:01 - Shop: hi",
        "01/09/2026, 08:02 - Li: <attached: IMG-1.jpg>",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert execute(ImportChats(workspace, path, "whatsapp"), SilentContext()).attachments == {"copied": 1}


@pytest.mark.parametrize(
    "name", ["../secret.txt", "..\\secret.txt", "/etc/hostname", "C:\\secret.txt", "a/../../secret.txt"]
)
def test_a_name_does_not_leave_the_folder(workspace, tmp_path, name):
    (tmp_path / "secret.txt").write_text("secret")
    assert load(workspace, tmp_path, name).attachments == {"refused": 1, "refused_path": 1}
    assert kept(workspace.folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")
def test_links_pipes_folders_and_large_files_are_refused(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(media, "LARGEST", 100)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.png").write_bytes(PNG)
    put(tmp_path, "large.bin", b"x" * 101)
    put(tmp_path, "fits.bin", b"x" * 100)
    export = tmp_path / "export"
    (export / "link.png").symlink_to(tmp_path / "outside" / "x.png")
    (export / "linked").symlink_to(tmp_path / "outside")
    os.mkfifo(export / "pipe")
    (export / "folder.png").mkdir()
    names = ("link.png", "linked/x.png", "pipe", "folder.png", "large.bin", "fits.bin")
    assert load(workspace, tmp_path, *names).attachments == {
        "copied": 1, "refused": 5, "refused_link": 2, "refused_not_a_file": 2, "refused_too_large": 1
    }  # fmt: skip


def test_undo_and_cancelling_remove_only_what_nothing_else_refers_to(workspace, tmp_path):
    put(tmp_path, "a.png")
    put(tmp_path, "b.png", PNG + b"b")
    load(workspace, tmp_path, "a.png", conversation="x")
    second = load(workspace, tmp_path, "a.png", "b.png", conversation="y")
    assert len(kept(workspace.folder)) == 2
    execute(UndoImport(workspace, second.batch_id), SilentContext())
    assert [p.read_bytes() for p in kept(workspace.folder)] == [PNG]

    class Stops(SilentContext):
        def progress(self, done, total, stage):
            if stage == "copying" and done == 1:
                raise Cancelled

    with pytest.raises(Cancelled):
        load(workspace, tmp_path, "b.png", "a.png", conversation="z", context=Stops())
    assert [p.read_bytes() for p in kept(workspace.folder)] == [PNG]


def test_erasing_a_customer_removes_their_file(workspace, tmp_path):
    put(tmp_path, "a.png")
    put(tmp_path, "b.png", PNG + b"b")
    load(workspace, tmp_path, "a.png", "b.png")
    found = erase_customer.preview(workspace, erase_customer.Subject(conversations=("c1",)))
    assert execute(erase_customer.EraseCustomer(workspace, found), SilentContext()).files == 1
    assert [p.read_bytes() for p in kept(workspace.folder)] == [PNG]


def test_doctor_names_missing_files_and_leftovers(workspace, tmp_path):
    put(tmp_path, "a.png")
    load(workspace, tmp_path, "a.png")
    kept(workspace.folder)[0].unlink()
    (workspace.folder / "media" / "stray").write_bytes(b"x")
    texts = [finding.text for finding in doctor.examine(workspace.folder, with_model=False)]
    assert "1 attached files are missing from media/" in texts
    assert "1 leftovers of interrupted work" in texts


def test_sealed_where_encrypted_there_and_back_with_backups(workspace, tmp_path):
    pytest.importorskip("sqlcipher3")
    put(tmp_path, "a.png")
    load(workspace, tmp_path, "a.png")
    backup = execute(BackUp(workspace), SilentContext()).path
    folder = workspace.folder
    workspace.close()
    encryption.encrypt(folder, "correct horse battery")
    again = Workspace.open(folder)
    put(tmp_path, "b.png", PNG + b"b")
    assert load(again, tmp_path, "b.png", conversation="e").attachments == {"copied": 1}
    again.close()
    for path in kept(folder):
        assert sealed.is_sealed(path)
        assert PNG not in path.read_bytes()
        with sealed.open_reader(path) as file:
            assert file.read().startswith(PNG)
    restore(backup, tmp_path / "r", unlock_it=lambda place: unlock.with_secret(place, "correct horse battery"))
    assert [sealed.is_sealed(path) for path in kept(tmp_path / "r")] == [True]
    encryption.decrypt(folder, "correct horse battery")
    assert sorted(path.read_bytes() for path in kept(folder)) == [PNG, PNG + b"b"]


def test_the_command_counts_them(workspace, tmp_path):
    put(tmp_path, "a.png")
    path = tmp_path / "export" / "cli.csv"
    path.write_text(HEADER + "k,1,2026-09-01T08:00:00Z,customer,Li,see,a.png\nk,2,2026-09-01T08:00:00Z,bot,B,x,b.png\n")
    result = CliRunner().invoke(app, ["import", str(path), "-w", str(workspace.folder), "--json"])
    assert json.loads(result.stdout)["files"][0]["attachments"] == {"copied": 1, "missing": 1}


def test_files_in_the_archive_of_a_chat_are_kept(workspace, tmp_path):
    path = tmp_path / "WhatsApp Chat - Anna.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", "[13.06.2026, 21:25:15] Anna: \u200e<attached: 1-PHOTO.png>\n")
        archive.writestr("1-PHOTO.png", PNG)
    result = execute(ImportChats(workspace, path), SilentContext())
    assert result.attachments == {"copied": 1}
    assert len(kept(workspace.folder)) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == [path.name, "w"]
