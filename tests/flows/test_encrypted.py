"""An encrypted workspace from import to training; a conversion that is killed at any moment."""

import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

pytest.importorskip("sqlcipher3")

from csqm_desktop.jobs import encryption
from csqm_desktop.store.workspace import DATABASE, Workspace
from csqm_desktop.vault import ring, unlock
from tests import builders
from tests.flows.test_kills import big_file
from tests.unit.jobs.test_backup import rows

pytestmark = [pytest.mark.model, pytest.mark.slow]
PASS = "correct horse battery"


def test_the_whole_loop_leaves_no_text_on_the_disk(csqm, tmp_path):
    csqm.environment["CSQM_PASSPHRASE"] = PASS
    shop = tmp_path / "shop"
    csqm.run("init", "-w", shop, "--encrypt")
    csqm.run("import", big_file(tmp_path / "f.csv", 240), "-w", shop)
    process = csqm.start("score", "-w", shop, "--json")
    seen = set()
    while process.poll() is None:  # the files on their way to the worker exist only for a moment
        # os.walk passes over folders that go while it looks
        for path in (Path(folder) / name for folder, _, names in os.walk(shop / "model_store") for name in names):
            if path.suffix in (".jsonl", ".sealed"):
                seen.add(path.suffix)
                try:
                    assert b"reply number" not in path.read_bytes()
                except FileNotFoundError:
                    continue
        time.sleep(0.01)
    _out, err = process.communicate()
    assert process.returncode == 0, err
    assert ".jsonl" in seen
    assert csqm.run("score", "-w", shop)["scored"] == 0
    files = [path for path in shop.rglob("*") if path.is_file()]
    assert any(path.name == "vectors.sealed" for path in files)
    assert not [path for path in files if b"reply number" in path.read_bytes()]
    with sqlite3.connect(shop / DATABASE) as other, pytest.raises(sqlite3.DatabaseError):
        other.execute("SELECT 1 FROM messages")
    other.close()
    csqm.environment["CSQM_PASSPHRASE"] = "not this one"
    assert csqm.run("score", "-w", shop, code=1)["error"]["code"] == "passphrase_wrong"


@pytest.mark.parametrize("way", ["encrypt", "decrypt"])
def test_a_killed_conversion_leaves_one_whole_workspace(csqm, tmp_path, way):
    csqm.environment["CSQM_PASSPHRASE"] = PASS
    shop = tmp_path / "shop"
    space = Workspace.create(shop, builders.scorecard())
    builders.add(space, builders.dialogues(1500, 6))
    before = rows(space)
    space.close()
    if way == "decrypt":
        encryption.encrypt(shop, PASS)
    started = time.monotonic()
    csqm.run("init", "-w", tmp_path / "other")  # how long a start of the program takes on this machine
    start_up = time.monotonic() - started
    chance = random.Random(7)
    for _ in range(2):
        process = csqm.start(way, "-w", shop)
        time.sleep(start_up * 0.8 + chance.random() * 1.5)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        ring.clear()
        if encryption.is_encrypted(shop):
            unlock.with_secret(shop, PASS)
        space = Workspace.open(shop)
        assert space.database.integrity_problems() == []
        assert rows(space)["messages"] == before["messages"]
        space.close()
    if encryption.is_encrypted(shop) == (way == "decrypt"):
        csqm.run(way, "-w", shop)
    assert encryption.is_encrypted(shop) == (way == "encrypt")
    assert not list(shop.glob("*.converting*"))
