"""A full disk, a locked file, a folder or file that cannot be written to: a clear sentence, and nothing lost."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.store.workspace import DATABASE, Workspace
from tests import builders
from tests.flows.test_kills import big_file
from tests.unit.jobs.test_backup import rows

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.slow


def limited(megabytes):
    """No file of the program may grow beyond this: what a full disk does, for everybody and without a mount."""

    def apply():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = int(megabytes * 1024 * 1024)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return apply


def told(process):
    _out, err = process.communicate(timeout=120)
    assert process.returncode == 1, err
    assert "Traceback" not in err
    return err


def look(shop):
    space = Workspace.open(shop)
    try:
        assert space.database.integrity_problems() == []
        return rows(space)
    finally:
        space.close()


def messages(found):
    return {row[0]: row for row in found["messages"]}


def test_a_disk_that_fills_up_during_an_import(csqm, tmp_path):
    shop = tmp_path / "shop"
    csqm.run("init", "-w", shop)
    csqm.run("import", big_file(tmp_path / "first.csv", 600), "-w", shop)
    before = look(shop)
    second = big_file(tmp_path / "second.csv", 30_000)
    size = (shop / DATABASE).stat().st_size / 1024**2
    err = told(csqm.start("import", second, "-w", shop, preexec_fn=limited(size + 1)))
    assert "is full or failed while writing" in err
    assert "Free some space" in err
    after = look(shop)
    assert messages(before).items() <= messages(after).items()
    assert csqm.run("import", second, "-w", shop)["files"][0]["rejected"] == 0  # with space again, all of it
    assert len(look(shop)["messages"]) == 30_000  # the first 600 are the same messages


def test_a_disk_that_fills_up_during_a_backup(csqm, tmp_path):
    shop = tmp_path / "shop"
    space = builders.workspace(shop, *builders.dialogues(200, 10))
    before = rows(space)
    space.close()
    err = told(csqm.start("backup", "-w", shop, preexec_fn=limited(0.2)))
    assert "full" in err or "could not be written" in err
    assert [p.name for p in (shop / "backups").iterdir()] == []
    assert look(shop)["messages"] == before["messages"]


@pytest.fixture
def somebody(monkeypatch):
    """A place and a user without the right to write everywhere; as root, one is borrowed."""
    place = Path(tempfile.mkdtemp(prefix="csqm-adversity-"))
    root = os.geteuid() == 0
    try:
        yield place, (_nobody if root else contextlib.nullcontext)
    finally:
        for path in (place, *place.rglob("*")):
            with contextlib.suppress(OSError):
                path.chmod(0o700)
        shutil.rmtree(place)


@contextlib.contextmanager
def _nobody():
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="permissions are others there")
@pytest.mark.parametrize("what", ["folder", "database"])
def test_what_cannot_be_written_to_is_said_so(somebody, what):
    place, user = somebody
    shop = place / "shop"
    builders.workspace(shop, *builders.dialogues(2, 4)).close()
    before = (shop / DATABASE).read_bytes()
    place.chmod(0o755)
    shop.chmod(0o555 if what == "folder" else 0o777)
    (shop / DATABASE).chmod(0o444)
    with user(), pytest.raises(CsqmError) as caught:
        Workspace.open(shop)
    assert caught.value.code == "workspace_not_writable"
    assert str(shop) in str(caught.value)
    assert (shop / DATABASE).read_bytes() == before


def test_another_program_that_holds_the_file_exclusively(tmp_path, monkeypatch):
    monkeypatch.setattr("csqm_desktop.store.connect.BUSY_SECONDS", 0.2)
    shop = tmp_path / "shop"
    builders.workspace(shop, *builders.dialogues(2, 4)).close()
    script = f"""
import sqlite3, sys
c = sqlite3.connect({str(shop / DATABASE)!r}, isolation_level=None)
c.execute("PRAGMA locking_mode = EXCLUSIVE"); c.execute("BEGIN EXCLUSIVE"); c.execute("DELETE FROM messages")
print("held", flush=True); sys.stdin.read()
"""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(CsqmError) as caught:
            Workspace.open(shop)
        assert caught.value.code == "database_busy"
        other.kill()  # its half deletion is taken back
    assert len(look(shop)["messages"]) == 8
