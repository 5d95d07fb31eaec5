"""Rows are saved from a plain database whose list of tables is lost, wherever it was cut."""

import os
import shutil
import sqlite3

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.store import lost_tables, salvage
from csqm_desktop.store.workspace import DATABASE
from tests import builders

PAGE = 4096
TABLES = ("conversations", "messages", "scores", "reviews", "review_levels", "versions")


@pytest.fixture(scope="module")
def databases(tmp_path_factory):
    """As it was made, and rewritten: what an erasure does."""
    folder = tmp_path_factory.mktemp("made")
    made = builders.workspace(folder / "w", *builders.dialogues(120, 10))
    builders.random_scores(made)
    for reply in made.conversations.all_reply_ids()[:20]:
        made.reviews.submit(builders.review(reply))
    made.close()
    plain, rewritten = folder / "w" / DATABASE, folder / "rewritten"
    with sqlite3.connect(plain) as connection:
        connection.execute("VACUUM INTO ?", (str(rewritten),))
    connection.close()
    return {"as made": plain, "rewritten": rewritten}


def rows(path):
    connection = sqlite3.connect(path)
    try:
        return {table: set(connection.execute(f"SELECT * FROM {table}")) for table in TABLES}
    finally:
        connection.close()


def saved(path, tmp_path):
    target = tmp_path / "saved"
    target.unlink(missing_ok=True)
    salvage.salvage(path, target, None)
    left = {p.name for p in tmp_path.iterdir()} - {path.name, path.name + "-wal", path.name + "-shm", target.name}
    assert not left  # nothing lies around
    return rows(target)


def list_pages(path):
    """Where the list of tables lies, its first page left out."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    first = path.read_bytes()[:PAGE]
    assert first[100] == 5  # it has pages of its own
    places = [
        int.from_bytes(first[112 + 2 * n : 114 + 2 * n], "big") for n in range(int.from_bytes(first[103:105], "big"))
    ]
    return [int.from_bytes(first[p : p + 4], "big") for p in places] + [int.from_bytes(first[108:112], "big")]


@pytest.mark.parametrize(("how", "step"), [("as made", 20), ("rewritten", 10)])
def test_a_cut_anywhere_loses_only_what_lay_behind_it(databases, how, step, tmp_path):
    whole = rows(databases[how])
    size, path, counts = databases[how].stat().st_size, tmp_path / "cut", []
    for percent in range(30, 100, step):
        shutil.copyfile(databases[how], path)
        os.truncate(path, size * percent // 100)
        found = saved(path, tmp_path)
        assert all(found[table] <= whole[table] for table in TABLES), percent
        counts.append(len(found["messages"]))
    assert counts == sorted(counts)
    assert counts[-1] == 1200
    assert any(counts[:-2])


def test_a_cut_before_the_messages_is_said(databases, tmp_path):
    path = tmp_path / "cut"
    shutil.copyfile(databases["rewritten"], path)
    os.truncate(path, 3 * PAGE)
    with pytest.raises(CsqmError) as caught:
        saved(path, tmp_path)
    assert caught.value.code == "database_damaged"


@pytest.mark.parametrize("how", ["as made", "rewritten"])
@pytest.mark.parametrize("which", [0, 2, -1])
def test_a_lost_page_of_the_list_loses_nothing_else(databases, how, which, tmp_path):
    path = tmp_path / "holed"
    shutil.copyfile(databases[how], path)
    page = list_pages(path)[which]
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xee" * PAGE)
    assert saved(path, tmp_path) == rows(databases[how])


def test_what_lies_in_the_log_is_saved_too(databases, tmp_path):
    path, cut = tmp_path / "open", tmp_path / "cut"
    shutil.copyfile(databases["rewritten"], path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE reviewers SET name = 'Zoë' WHERE rowid = 1")
    connection.execute("UPDATE messages SET text = 'written last' WHERE id = 1")
    shutil.copyfile(path, cut)
    shutil.copyfile(tmp_path / "open-wal", tmp_path / "cut-wal")
    connection.close()
    for rest in tmp_path.glob("open*"):
        rest.unlink()
    os.truncate(cut, (cut.stat().st_size // PAGE - 3) * PAGE)
    found = saved(cut, tmp_path)
    assert [row for row in found["messages"] if "written last" in row]


@pytest.mark.timeout(20)
def test_a_page_that_leads_back_to_rows_that_were_read_ends_nevertheless(databases, tmp_path):
    path = tmp_path / "circle"
    shutil.copyfile(databases["rewritten"], path)
    connection = sqlite3.connect(path)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages'").fetchone()
    connection.close()
    with path.open("r+b") as file:
        leaves = list(lost_tables._Pages(file).leaves(root))
        file.seek((leaves[0] - 1) * PAGE)
        first = file.read(PAGE)
        file.seek((leaves[3] - 1) * PAGE)
        file.write(first)  # rows from 1 on once more, then a page that cannot be read
        file.seek((leaves[4] - 1) * PAGE)
        file.write(b"\xee" * PAGE)
    found, whole = saved(path, tmp_path), rows(databases["rewritten"])
    assert found["messages"] < whole["messages"]
    assert len(found["messages"]) > 800
