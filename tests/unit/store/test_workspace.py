"""Opening, creating, and what is wrong with the disk or the file."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.store.database import Database
from csqm_desktop.store.workspace import Workspace
from tests import builders
from tests.builders import dialogues


def code_of(function, *arguments):
    with pytest.raises(CsqmError) as caught:
        function(*arguments)
    assert str(caught.value)  # its sentences can be filled
    return caught.value.code


def test_create_then_open(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues())
    made.set_fact("language", "zh")
    made.close()
    again = Workspace.open(tmp_path / "w")
    assert again.conversations.totals().conversations == 3
    assert again.scorecards.current().key == "test"
    assert again.fact("language") == "zh"
    assert sorted(p.name for p in (tmp_path / "w").iterdir() if p.is_dir()) == [
        "backups", "exports", "media", "model_store",
    ]  # fmt: skip
    again.close()


def test_a_second_workspace_in_one_folder_is_refused(tmp_path):
    builders.workspace(tmp_path / "w").close()
    assert code_of(Workspace.create, tmp_path / "w", builders.scorecard()) == "workspace_exists"


def test_no_workspace_there(tmp_path):
    assert code_of(Workspace.open, tmp_path) == "workspace_missing"


@pytest.mark.parametrize("content", [b"", b"not a database at all " * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_what_is_no_database_is_said_so_and_left_alone(tmp_path, content):
    (tmp_path / "csqm.sqlite3").write_bytes(content)
    assert code_of(Workspace.open, tmp_path) == "database_damaged"
    assert (tmp_path / "csqm.sqlite3").read_bytes() == content


def test_a_database_cut_off_in_the_middle_is_noticed(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues(200, 10))
    made.close()
    path = tmp_path / "w" / "csqm.sqlite3"
    os.truncate(path, path.stat().st_size // 2)

    def use():
        opened = Workspace.open(tmp_path / "w")
        try:
            if opened.database.integrity_problems():
                raise CsqmError("database_damaged", path=path, reason="integrity")
        finally:
            opened.close()

    assert code_of(use) == "database_damaged"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_said_so(tmp_path):
    builders.workspace(tmp_path / "w").close()
    (tmp_path / "w").chmod(0o500)
    try:
        assert code_of(Workspace.open, tmp_path / "w") == "workspace_not_writable"
    finally:
        (tmp_path / "w").chmod(0o700)


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "w").write_text("x")
    assert code_of(Workspace.create, tmp_path / "w", builders.scorecard()) == "workspace_is_file"
    assert (tmp_path / "w").read_text() == "x"


def test_a_database_that_another_program_keeps_busy(tmp_path, monkeypatch):
    monkeypatch.setattr("csqm_desktop.store.connect.BUSY_SECONDS", 0.2)
    made = builders.workspace(tmp_path / "w")
    other = sqlite3.connect(tmp_path / "w" / "csqm.sqlite3")
    other.execute("BEGIN IMMEDIATE")
    assert code_of(made.set_fact, "a", "b") == "database_busy"
    other.rollback()
    other.close()
    made.set_fact("a", "b")
    made.close()


def test_many_threads_write_without_a_lock_error(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues(2, 20))
    replies = made.conversations.all_reply_ids()
    problems = []

    def label(name):
        try:
            for reply in replies:
                made.reviews.submit(builders.review(reply, name))
        except Exception as error:  # noqa: BLE001 -- the test reports whatever it was
            problems.append(error)

    threads = [threading.Thread(target=label, args=(f"r{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(made.reviews.labels()) == len(replies)
    assert all(sum(label.counts["tone"]) == 4 for label in made.reviews.labels())
    made.close()


def test_an_error_inside_a_transaction_takes_everything_back(tmp_path):
    made = builders.workspace(tmp_path / "w")

    def fail_half_way():
        with made.database.transaction():
            made.set_fact("a", "b")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert made.fact("a") == ""
    made.close()


def test_a_copy_is_whole_while_somebody_writes(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues(50, 10))
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            made.set_fact("n", str(number := number + 1))

    thread = threading.Thread(target=write)
    thread.start()
    copy = made.database.copy_to(tmp_path / "copy.sqlite3")
    stop.set()
    thread.join()
    opened = Database(copy)
    assert opened.integrity_problems() == []
    assert opened.connection().execute("SELECT count(*) FROM messages").fetchone()[0] == 500
    opened.close()
    made.close()


KILLED = """
import sys
from pathlib import Path
from tests import builders
from csqm_desktop.store.workspace import Workspace
w = Workspace.open(Path(sys.argv[1]))
batch = w.batches.start(None, Path(sys.argv[1]) / "csqm.sqlite3", "csv", "utf-8", {})
writer = w.writer(batch)
job = w.jobs.start("import", {"path": "chats.csv"})
for start in range(1, 10**6, 50):
    writer.write([builders.message(i, f"c{i // 10}") for i in range(start, start + 50)])
    print(start + 49, flush=True)
"""


def test_kill_9_in_the_middle_of_writing_keeps_every_confirmed_row(tmp_path):
    from csqm_desktop.jobs.base import recover

    builders.workspace(tmp_path / "w").close()
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / "w")], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    confirmed = 0
    for line in process.stdout:
        confirmed = int(line)
        if confirmed >= 1000:
            process.kill()
            break
    confirmed = max([confirmed, *(int(line) for line in process.stdout if line.endswith("\n"))])
    process.wait()
    process.stdout.close()
    again = Workspace.open(tmp_path / "w")
    assert again.conversations.totals().messages >= confirmed
    assert again.database.integrity_problems() == []
    (interruption,) = recover(again)
    assert (interruption.kind, interruption.subject) == ("import", "chats.csv")
    assert again.batches.unfinished() == []
    assert recover(again)[0].job_id == interruption.job_id  # told until somebody has seen it
    again.jobs.acknowledge(interruption.job_id)
    assert recover(again) == []
    again.close()


def test_the_audit_log_shows_a_later_edit(tmp_path):
    made = builders.workspace(tmp_path / "w")
    for number in range(3):
        made.audit.append("Li", "activate", f"v{number}")
    assert made.audit.first_broken() is None
    made.database.connection().execute("UPDATE audit_log SET subject = 'other' WHERE id = 2")
    assert made.audit.first_broken() == 2
    made.close()


def test_a_scorecard_keeps_whether_its_levels_have_an_order(tmp_path):
    for name, ordered in (("a", True), ("b", False)):
        space = builders.workspace(
            tmp_path / name, card=builders.scorecard(builders.criterion("tone", ordered=ordered))
        )
        definition = space.database.connection().execute("SELECT definition FROM scorecards").fetchone()[0]
        assert ('"ordered"' in definition) is not ordered  # editions of earlier releases have no such word
        space.close()
        space = Workspace.open(tmp_path / name)
        assert space.scorecards.current().ordered is ordered
        space.close()
