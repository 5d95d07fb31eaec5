"""An encrypted workspace: plain SQLite cannot read it, no text is found in its bytes, and every way there and back."""

import json
import sqlite3
import subprocess
import sys
import zipfile

import numpy as np
import pytest

pytest.importorskip("sqlcipher3")

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import encryption
from csqm_desktop.jobs.backup import BackUp, restore
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.scoring.encoding import text_digest
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.store import migrations
from csqm_desktop.store.workspace import DATABASE, Workspace
from csqm_desktop.vault import key_file, ring, unlock
from tests import builders
from tests.builders import dialogues, review, scorecard
from tests.unit.jobs.test_backup import restored_rows, rows

PASS = "correct horse battery"
MARK = "where is my parcel 七天无理由"


def fill(workspace):
    builders.add(workspace, [builders.message(1, "c0", text=MARK), *dialogues(5, 6)])
    builders.random_scores(workspace)
    workspace.reviews.submit(review(2))


@pytest.fixture
def plain(tmp_path):
    made = Workspace.create(tmp_path / "w", scorecard())
    fill(made)
    before = rows(made)
    made.close()
    return tmp_path / "w", before


def hits(folder):
    space = Workspace.open(folder)
    query = "SELECT count(*) FROM message_search WHERE message_search MATCH 'parcel'"
    try:
        return space.database.connection().execute(query).fetchone()[0]
    finally:
        space.close()


def bytes_with(folder, text=MARK):
    """Files below a folder that hold the text; ours are also looked into when they are archives."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            parts = [path.read_bytes()]
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    parts += [archive.read(name) for name in archive.namelist()]
            if any(t in part for part in parts for t in (text.encode(), text.split()[-1].encode())):
                found.append(path.name)
    return found


def test_a_workspace_is_made_encrypted(tmp_path):
    keys, key, _code = unlock.new_keys(PASS)
    folder = tmp_path / "w"
    made = Workspace.create(folder, scorecard(), keys=(keys, key))
    assert made.encrypted
    fill(made)
    before = rows(made)
    with sqlite3.connect(folder / DATABASE) as other, pytest.raises(sqlite3.DatabaseError, match="not a database"):
        other.execute("SELECT * FROM messages")
    other.close()
    assert bytes_with(folder) == []  # with the write-ahead log still there
    made.close()
    assert bytes_with(folder) == []
    ring.clear()
    with pytest.raises(CsqmError) as caught:
        Workspace.open(folder)
    assert caught.value.code == "workspace_locked"
    unlock.with_secret(folder, PASS)
    again = Workspace.open(folder)
    assert rows(again) == before
    assert again.database.integrity_problems() == []
    again.close()


def test_there_and_back_with_every_row(plain):
    folder, before = plain
    space = Workspace.open(folder)
    execute(BackUp(space), SilentContext())
    space.database.copy_to(folder / "backups" / "before-m002-x.sqlite3")
    space.close()
    (folder / "model_store" / "cache").mkdir()
    (folder / "model_store" / "cache" / "vectors.bin").write_bytes(MARK.encode())
    assert len(bytes_with(folder)) == 4  # the search does find what is plain
    result = encryption.encrypt(folder, PASS)
    assert result.backups == 2
    assert bytes_with(folder) == []
    space = Workspace.open(folder)
    found = rows(space)
    assert {t: r for t, r in found.items() if t != "audit_log"} == {t: r for t, r in before.items() if t != "audit_log"}
    space.close()

    assert hits(folder) == 1

    encryption.decrypt(folder, result.recovery_code)
    assert not key_file.exists(folder)
    ring.clear()
    space = Workspace.open(folder)
    assert not space.encrypted
    after = rows(space)
    assert {t: r for t, r in after.items() if t != "audit_log"} == {t: r for t, r in before.items() if t != "audit_log"}
    assert [r[3] for r in after["audit_log"]] == ["encrypt", "decrypt"]
    assert space.audit.first_broken() is None
    space.close()
    (zipped,) = (folder / "backups").glob("*.zip")
    restore(zipped, folder.parent / "again")
    again = Workspace.open(folder.parent / "again")
    assert rows(again)["messages"] == before["messages"]
    again.close()


def test_a_database_in_use_is_not_converted(plain):
    folder, _before = plain
    space = Workspace.open(folder)
    try:
        with pytest.raises(CsqmError) as caught:
            encryption.encrypt(folder, PASS)
        assert caught.value.code == "database_busy"
        assert space.conversations.totals().messages == 31
    finally:
        space.close()
    assert not list(folder.glob("*.converting*"))
    assert encryption.is_encrypted(folder) is False


def test_another_program_that_has_it_open_is_waited_for_and_told(plain, monkeypatch):
    folder, _before = plain
    monkeypatch.setattr(encryption.conversion, "_PATIENCE_MS", 100)
    script = f"""
import sqlite3, sys
c = sqlite3.connect({str(folder / DATABASE)!r})
c.execute("PRAGMA journal_mode = WAL"); c.execute("SELECT count(*) FROM messages").fetchone()
print("open", flush=True); sys.stdin.read()
"""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(CsqmError) as caught:
            encryption.encrypt(folder, PASS)
        assert caught.value.code == "database_busy"
    assert encryption.encrypt(folder, PASS).encrypted


def test_what_a_kill_left_is_finished_by_the_next_call(plain):
    folder, _before = plain
    space = Workspace.open(folder)
    plain_backup = execute(BackUp(space), SilentContext()).path.read_bytes()
    space.close()
    encryption.encrypt(folder, PASS)
    (folder / "backups" / "late.zip").write_bytes(plain_backup)  # as if the kill had come before it
    assert [p.name for p in encryption.plain_backups(folder)] == ["late.zip"]
    assert encryption.encrypt(folder, PASS).backups == 1
    assert bytes_with(folder) == []
    with pytest.raises(CsqmError) as caught:
        encryption.encrypt(folder, PASS)
    assert caught.value.code == "encrypted_already"
    # the other way: the database is plain, the key file is still there
    key = unlock.with_secret(folder, PASS)
    encryption.conversion.convert(folder / DATABASE, key, None, lambda done, total: None)
    ring.clear()
    space = Workspace.open(folder)  # opens as it is: the key file counts for nothing
    assert not space.encrypted
    space.close()
    encryption.decrypt(folder, PASS)
    assert not key_file.exists(folder)


def test_a_copy_that_differs_is_thrown_away(plain, monkeypatch):
    folder, before = plain
    original = encryption.conversion._export

    def lossy(source, draft, key):
        original(source, draft, key)
        from csqm_desktop.store.connect import connect

        connection = connect(draft, key)
        connection.execute("UPDATE messages SET text = 'x' WHERE id = 3")
        connection.close()

    monkeypatch.setattr(encryption.conversion, "_export", lossy)
    with pytest.raises(CsqmError) as caught:
        encryption.encrypt(folder, PASS)
    assert caught.value.code == "conversion_differs"
    assert caught.value.values["table"] == "messages"
    space = Workspace.open(folder)
    assert rows(space) == before
    space.close()


def test_backups_of_an_encrypted_workspace_open_with_its_passphrase_only(plain, monkeypatch):
    folder, _before = plain
    encryption.encrypt(folder, PASS)
    space = Workspace.open(folder)
    before = rows(space)
    away = folder.parent / "away" / "b.zip"
    execute(BackUp(space, away), SilentContext())
    space.close()
    assert bytes_with(away.parent) == []
    ring.clear()
    for secret in ("", "wrong wrong"):
        monkeypatch.setenv("CSQM_PASSPHRASE", secret)
        with pytest.raises(CsqmError) as caught:
            restore(away, folder.parent / "again")
        assert caught.value.code == "backup_locked"
        assert "b.zip" in str(caught.value)
    assert not (folder.parent / "again").exists()
    monkeypatch.setenv("CSQM_PASSPHRASE", PASS)
    restore(away, folder.parent / "again")
    again = Workspace.open(folder.parent / "again")
    assert restored_rows(again) == before
    again.close()


def test_schema_steps_work_over_an_encrypted_database(tmp_path):
    folder = tmp_path / "w"
    folder.mkdir()
    keys, key, _code = unlock.new_keys(PASS)
    keys.write(folder)
    ring.register(folder, key)
    migrations.apply(folder / DATABASE, upto=2, key=key)
    space = Workspace.open(folder)
    try:
        assert migrations.pending(space.database.connection()) == []
        (copy,) = (folder / "backups").glob("before-*.sqlite3")
        assert copy.read_bytes()[:6] != b"SQLite"
    finally:
        space.close()


def test_the_embedding_cache_is_sealed_and_found_again(tmp_path):
    keys, key, _code = unlock.new_keys(PASS)
    Workspace.create(tmp_path / "w", scorecard(), keys=(keys, key)).close()
    folder = tmp_path / "w" / "model_store" / "cache" / "x"
    vectors = np.random.default_rng(0).normal(size=(200, 24)).astype(np.float16).astype(np.float32)
    digests = [text_digest(f"text {i}") for i in range(200)]
    with VectorCache(folder, 24) as cache:
        cache.add(digests[:100], vectors[:100])
    with VectorCache(folder, 24) as cache:
        cache.add(digests[100:], vectors[100:])
        np.testing.assert_array_equal(cache.read(cache.find(digests)), vectors)
    with VectorCache(folder, 24) as cache:
        order = np.random.default_rng(1).permutation(200)
        np.testing.assert_array_equal(cache.read(cache.find([digests[i] for i in order])), vectors[order])
    raw = b"".join(p.read_bytes() for p in folder.iterdir())
    assert digests[7] not in raw
    assert vectors.astype("<f2")[7].tobytes() not in raw
    ring.clear()
    with VectorCache(folder, 24) as cache:  # without the key: empty, not nonsense
        assert (cache.find(digests) == -1).all()


def test_the_wrong_passphrase_on_the_command_line(plain, monkeypatch, capsys):
    from csqm_desktop import cli

    folder, _before = plain
    encryption.encrypt(folder, PASS)
    ring.clear()

    def run(*words):
        monkeypatch.setattr("sys.argv", ["csqm", *words, "--json"])
        code = cli.main()
        return code, json.loads(capsys.readouterr().out)

    code, out = run("trend", "-w", str(folder))
    assert (code, out["error"]["code"]) == (1, "workspace_locked")
    monkeypatch.setenv("CSQM_PASSPHRASE", "wrong wrong wrong")
    code, out = run("trend", "-w", str(folder))
    assert (code, out["error"]["code"]) == (1, "passphrase_wrong")
    monkeypatch.setenv("CSQM_PASSPHRASE", PASS)
    monkeypatch.setenv("CSQM_NEW_PASSPHRASE", "quite another one")
    assert run("passphrase", "-w", str(folder))[0] == 0
    ring.clear()
    monkeypatch.setenv("CSQM_PASSPHRASE", "quite another one")
    assert run("trend", "-w", str(folder))[0] == 0
    assert run("decrypt", "-w", str(folder))[1]["encrypted"] is False
    assert run("init", "-w", str(folder.parent / "n"), "--encrypt")[1]["recovery_code"].count("-") == 7
