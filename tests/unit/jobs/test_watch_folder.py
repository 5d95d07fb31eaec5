"""Watched folders: complete files only, each content once, failures with a reason, kill and go on."""

import os
import shutil
import subprocess
import sys
import threading
import time

import pytest

from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.watch_folder import FolderScan, ImportWatched, Watch
from csqm_desktop.store.workspace import Workspace
from tests import builders

HEADER = "conversation_id,message_id,sent_at,role,sender,text\n"
ROW = "{c},{n},2026-09-01T08:{n:02d}:00Z,{role},Li,call 13812345678 about {n}\n"


def chats(conversation="c", count=4):
    return HEADER + "".join(
        ROW.format(c=conversation, n=n, role="bot" if n % 2 else "customer") for n in range(1, count + 1)
    )


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


class Stopper(SilentContext):
    """Cancels when the test says so."""

    def __init__(self):
        self.stop = threading.Event()

    def check_cancelled(self):
        if self.stop.is_set():
            raise Cancelled


def once(workspace, folder, **facts):
    workspace.watched.add(folder, **facts)
    return execute(Watch(workspace, [folder], settle=0.2, once=True), SilentContext())


def test_a_growing_file_is_not_taken_before_it_is_quiet(inbox):
    scan = FolderScan(inbox, settle=0.3)
    path = inbox / "a.csv"
    with path.open("w") as growing:
        for _ in range(4):
            growing.write("x" * 100)
            growing.flush()
            assert scan.ready() == []
            assert scan.pending == 1
            time.sleep(0.1)
    deadline = time.monotonic() + 5
    while not (found := scan.ready()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert found == [path]
    assert scan.ready() == []  # once
    path.write_text("changed")
    scan.ready()
    time.sleep(0.35)
    assert scan.ready() == [path]


def test_unfinished_and_hidden_names_are_left_alone_and_a_finished_one_is_taken_when_renamed(inbox):
    scan = FolderScan(inbox, settle=0.2)
    for name in (".hidden.csv", "~$open.xlsx", "big.csv.part"):
        (inbox / name).write_text("x")
    (inbox / "folder.csv").mkdir()
    (inbox / "link.csv").symlink_to(inbox / ".hidden.csv")
    scan.ready()
    time.sleep(0.25)
    assert scan.ready() == []
    (inbox / "big.csv.part").rename(inbox / "big.csv")
    assert scan.ready() == [inbox / "big.csv"]  # its quiet time under the other name counts


def test_each_content_is_imported_once_and_stays(workspace, inbox):
    (inbox / "a.csv").write_text(chats())
    (inbox / "copy of a.csv").write_text(chats())
    (inbox / "b.csv").write_text(chats("d"))
    result = once(workspace, inbox)
    assert (result.imported, result.known, result.failed, result.added) == (2, 1, 0, 8)
    assert workspace.conversations.totals().messages == 8
    again = once(workspace, inbox)
    assert (again.imported, again.known, again.added) == (0, 3, 0)
    assert {path.name for path in inbox.iterdir()} == {"a.csv", "b.csv", "copy of a.csv"}
    assert [(f.name, f.outcome, f.added) for f in workspace.watched.log()] == [
        ("b.csv", "imported", 4), ("a.csv", "imported", 4),
    ]  # fmt: skip
    assert "13812345678" not in "".join(row[0] for row in workspace.database.connection().execute(
        "SELECT text FROM messages"))  # fmt: skip


def test_files_are_moved_when_wanted_and_failures_say_why(workspace, inbox):
    (inbox / "imported").mkdir()
    (inbox / "imported" / "a.csv").write_text("another one that must not be lost")
    (inbox / "a.csv").write_text(chats())
    (inbox / "bad.pdf").write_bytes(b"%PDF-1.7 not chats")
    (inbox / "useless.csv").write_text(HEADER + "c,1,never,bot,Li,hello\n")
    result = once(workspace, inbox, moves=True)
    assert (result.imported, result.failed) == (1, 2)
    assert (inbox / "imported" / "a-2.csv").read_text() == chats()
    assert (inbox / "imported" / "a.csv").read_text() == "another one that must not be lost"
    assert (inbox / "failed" / "bad.pdf").exists()
    assert "PDF" in (inbox / "failed" / "bad.pdf.reason.txt").read_text()
    failed = {f.name: f for f in workspace.watched.log() if f.outcome == "failed"}
    assert failed["bad.pdf"].code == "import_binary"
    assert failed["useless.csv"].code == "watched_nothing_usable"
    assert failed["useless.csv"].values["rows"] == "1"


def test_a_profile_of_the_folder_is_used_and_failures_can_be_tried_again(workspace, inbox):
    odd = chats().replace(HEADER.split(",")[5].strip(), "w").replace("conversation_id", "k").replace("role", "who")
    (inbox / "odd.csv").write_text(odd)
    assert once(workspace, inbox).failed == 1
    assert once(workspace, inbox).known == 1  # the same failure is not repeated for ever
    workspace.batches.save_profile(
        "odd", {"fields": {"conversation_id": "k", "text": "w", "role": "who", "sent_at": "sent_at"}}
    )
    folder = workspace.watched.add(inbox, profile="odd")
    assert workspace.watched.retry_failed(folder.id) == 1
    assert once(workspace, inbox, profile="odd").added == 4
    with pytest.raises(CsqmError) as caught:
        execute(ImportWatched(workspace, workspace.watched.add(inbox, profile="gone"), _new(inbox)), SilentContext())
    assert caught.value.code == "profile_unknown"


def _new(inbox):
    path = inbox / "new.csv"
    path.write_text(chats("new"))
    return path


def test_a_cancelled_import_is_taken_back_and_taken_again(workspace, inbox):
    folder = workspace.watched.add(inbox)
    path = inbox / "a.csv"
    path.write_text(chats())

    class During(SilentContext):
        looks = 0

        def check_cancelled(self):
            self.looks += 1
            if workspace.batches.history():  # claimed, and the import has begun
                raise Cancelled

    with pytest.raises(Cancelled):
        execute(ImportWatched(workspace, folder, path), During())
    assert workspace.conversations.totals().messages == 0
    assert workspace.watched.log() == []
    assert execute(ImportWatched(workspace, folder, path), SilentContext()).added == 4


def test_watching_goes_on_until_stopped_and_respects_the_pause(workspace, inbox):
    folder = workspace.watched.add(inbox)
    workspace.watched.pause(folder.id, True)
    (inbox / "a.csv").write_text(chats())
    stopper, seen, results = Stopper(), [], []
    job = Watch(workspace, [inbox], settle=0.1, on_file=seen.append)
    thread = threading.Thread(target=lambda: results.append(execute(job, stopper)))
    thread.start()
    time.sleep(1.2)
    assert seen == []
    workspace.watched.pause(folder.id, False)
    deadline = time.monotonic() + 10
    while not seen:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    shutil.rmtree(inbox)  # the drive is unplugged and comes back
    time.sleep(0.6)
    inbox.mkdir()
    (inbox / "b.csv").write_text(chats("b"))
    while len(seen) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    stopper.stop.set()
    thread.join(10)
    assert results[0].imported == 2
    assert workspace.jobs.recent(1, "watch")[0].outcome == "succeeded"


def test_a_claim_of_a_killed_process_is_taken_over_and_one_of_a_living_process_is_not(workspace, inbox):
    folder = workspace.watched.add(inbox)
    script = (
        "import sys, time; from pathlib import Path; from csqm_desktop.store.workspace import Workspace\n"
        "w = Workspace.open(Path(sys.argv[1])); print(w.watched.claim(int(sys.argv[2]), 'a.csv', 1, b'x'), flush=True)"
        "\ntime.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(workspace.folder), str(folder.id)], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline().strip() == "True"
    assert not workspace.watched.claim(folder.id, "a.csv", 1, b"x")
    other.kill()
    other.wait()
    other.stdout.close()
    assert workspace.watched.claim(folder.id, "a.csv", 1, b"x")
    workspace.watched.finish(folder.id, b"x", "imported", 3)
    assert not workspace.watched.claim(folder.id, "a.csv", 1, b"x")


@pytest.mark.skipif(os.name == "nt", reason="uses a POSIX signal")
def test_the_command_watches_until_ctrl_c(workspace, inbox):
    (inbox / "a.csv").write_text(chats())
    command = [sys.executable, "-m", "csqm_desktop", "import", str(inbox), "--watch", "-w", str(workspace.folder)]
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        deadline = time.monotonic() + 60
        while not any(f.outcome for f in workspace.watched.log()):
            assert time.monotonic() < deadline
            assert running.poll() is None
            time.sleep(0.1)
        running.send_signal(2)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert '"imported": 1' in out
    assert Workspace.exists(workspace.folder)
