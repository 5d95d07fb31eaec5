"""Backups come back row by row; a broken one touches nothing."""

import zipfile

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import doctor, encryption
from csqm_desktop.jobs.backup import BackUp, restore
from csqm_desktop.jobs.base import SilentContext, execute, recover
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault import ring
from tests import builders
from tests.builders import dialogues, review


def rows(workspace):
    connection = workspace.database.connection()
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    tables = [r[0] for r in connection.execute(names)]
    return {t: [tuple(r) for r in connection.execute(f"SELECT * FROM {t}")] for t in tables if t != "jobs"}


def restored_rows(workspace):
    """The rows of a restored workspace without what restoring itself wrote down."""
    found = rows(workspace)
    assert found["audit_log"].pop()[3] == "restore"
    return found


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues(5, 6))
    builders.random_scores(made)
    made.reviews.submit(review(2))
    (made.model_store / "versions" / "v1").mkdir(parents=True)
    (made.model_store / "versions" / "v1" / "card.json").write_text("{}")
    (made.model_store / "cache").mkdir()
    (made.model_store / "cache" / "big").write_text("x")
    yield made
    made.close()


def test_every_row_and_file_comes_back(workspace, tmp_path):
    before = rows(workspace)
    result = execute(BackUp(workspace), SilentContext())
    assert result.path.parent == workspace.backups
    restore(result.path, tmp_path / "again")
    again = Workspace.open(tmp_path / "again")
    assert restored_rows(again) == before
    assert (again.model_store / "versions" / "v1" / "card.json").is_file()
    assert not (again.model_store / "cache" / "big").exists()
    assert recover(again) == []  # the backup itself is not reported as interrupted
    again.close()


def test_a_workspace_in_the_way_is_moved_aside(workspace, tmp_path):
    path = execute(BackUp(workspace, tmp_path / "b.zip"), SilentContext()).path
    workspace.close()
    result = restore(path, tmp_path / "w")
    (old,) = tmp_path.glob("w-before-restore-*")
    assert result.moved == old
    assert Workspace.exists(old)
    assert Workspace.exists(tmp_path / "w")


@pytest.mark.parametrize("damage", ["cut", "text", "none", "escape", "empty"])
def test_a_broken_backup_is_refused_and_touches_nothing(workspace, tmp_path, damage):
    path = execute(BackUp(workspace, tmp_path / "b.zip"), SilentContext()).path
    if damage == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif damage == "text":
        path.write_text("hello")
    elif damage == "none":
        path.unlink()
    elif damage == "escape":
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("../evil.txt", "x")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("other.txt", "x")
    with pytest.raises(CsqmError) as caught:
        restore(path, tmp_path / "new")
    assert caught.value.code == "backup_broken"
    assert "b.zip" in str(caught.value)
    assert not (tmp_path / "new").exists()
    assert not (tmp_path.parent / "evil.txt").exists()
    assert list(tmp_path.glob(".new*")) == []


def test_a_backup_under_another_passphrase_takes_the_place_of_a_locked_workspace(workspace, tmp_path, monkeypatch):
    """Scripts have one passphrase to give: that of the backup."""
    pytest.importorskip("sqlcipher3")
    workspace.close()
    encryption.encrypt(tmp_path / "w", "words of then")
    unlocked = Workspace.open(tmp_path / "w")
    path = execute(BackUp(unlocked, tmp_path / "b.zip"), SilentContext()).path
    unlocked.close()
    encryption.decrypt(tmp_path / "w", "words of then")
    encryption.encrypt(tmp_path / "w", "words of now")
    for secret, code in (("words of now", "backup_locked"), ("words of then", "")):
        ring.clear()
        monkeypatch.setenv("CSQM_PASSPHRASE", secret)
        if code:
            with pytest.raises(CsqmError) as caught:
                restore(path, tmp_path / "w")
            assert caught.value.code == code
        else:
            restore(path, tmp_path / "w")
    restored = Workspace.open(tmp_path / "w")
    assert restored.conversations.totals().messages == 30
    restored.close()


def test_the_doctor_knows_a_backup_that_was_made_elsewhere(workspace, tmp_path):
    def said():
        found = [f for f in doctor.examine(workspace.folder, with_model=False) if f.area == "backups"]
        return [(f.level, f.text) for f in found]

    assert said() == [("warning", "there is none")]
    out = tmp_path / "elsewhere" / "b.zip"
    execute(BackUp(workspace, out), SilentContext())
    ((level, text),) = said()
    assert level == "ok"
    assert str(out) in text
    out.unlink()
    ((level, text),) = said()
    assert level == "warning"
    assert "is not there now" in text
    execute(BackUp(workspace), SilentContext())
    assert said()[0][1].startswith("the newest is csqm-")
