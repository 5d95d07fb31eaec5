"""``csqm doctor`` finds what is wrong, and ``--fix`` mends it without touching what people made."""

import os
import sqlite3

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import doctor, encryption, mend
from csqm_desktop.jobs.backup import BackUp, DailyBackup, due
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.registry.versions import VersionStore
from csqm_desktop.store.workspace import DATABASE, Workspace
from tests import builders
from tests.builders import dialogues, review
from tests.unit.jobs.test_backup import rows
from tests.unit.registry.test_versions import make

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def shop(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues(250, 10))
    builders.random_scores(made)
    for reply in made.conversations.all_reply_ids()[:20]:
        made.reviews.submit(review(reply))
    execute(BackUp(made), SilentContext())
    made.close()
    return tmp_path / "w"


def problems(shop):
    return [
        f for f in doctor.examine(shop, with_model=False) if f.area not in ("machine", "base model") and f.level != "ok"
    ]


def change(shop, *statements):
    connection = sqlite3.connect(shop / DATABASE)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def look(shop):
    space = Workspace.open(shop)
    try:
        assert space.database.integrity_problems() == []
        return rows(space)
    finally:
        space.close()


def test_nothing_is_found_and_nothing_changed_in_a_whole_workspace(shop):
    before = look(shop)
    assert problems(shop) == []
    assert mend.mend(shop).done == []
    assert look(shop) == before


def test_orphans_are_let_go(shop):
    change(shop, "DELETE FROM messages WHERE id = 2", "UPDATE messages SET batch_id = 77 WHERE id = 4")
    assert {f.area for f in problems(shop)} >= {"database"}
    done = mend.mend(shop).done
    assert any("reviews" in text for _area, text in done)
    found = look(shop)
    assert 2 not in [row[0] for row in found["messages"]]
    assert 4 in [row[0] for row in found["messages"]]  # only its reference was let go
    assert problems(shop) == []


def test_scores_of_replies_that_are_gone_are_let_go(shop):
    before = look(shop)["scores"]
    change(
        shop,
        "INSERT INTO scores (version_id, reply_id, quality, confidence, doubtful_id, scored_at, probabilities)"
        " SELECT version_id, 99999, quality, confidence, doubtful_id, scored_at, probabilities"
        " FROM scores LIMIT 1",
    )
    assert [f.area for f in problems(shop)] == ["database"]
    mend.mend(shop)
    assert problems(shop) == []
    assert look(shop)["scores"] == before


def test_wrong_sums_are_computed_anew(shop):
    before = look(shop)["rollups"]
    change(shop, "UPDATE rollups SET total = total + 1 WHERE day % 2 = 0")
    assert [f.area for f in problems(shop)] == ["rollups"]
    mend.mend(shop)
    after = look(shop)["rollups"]
    assert [row[:7] for row in after] == [row[:7] for row in before]
    assert [row[7] for row in after] == pytest.approx([row[7] for row in before])
    assert problems(shop) == []


def test_a_broken_search_index_is_made_anew(shop):
    change(shop, "UPDATE message_search_data SET block = x'00112233' WHERE id > 10")
    assert [f.area for f in problems(shop)] == ["search"]
    mend.mend(shop)
    assert problems(shop) == []
    assert look(shop)["messages"]


def test_leftovers_and_interrupted_work_are_cleared(shop):
    scratch = shop / "model_store" / "scratch" / "score-x"
    scratch.mkdir(parents=True)
    (scratch / "items.jsonl").write_text("{}")
    (shop / "backups" / "csqm-1.zip.partial").write_text("half")
    space = Workspace.open(shop)
    space.jobs.start("score", {})
    space.close()
    change(shop, "UPDATE jobs SET pid = 999999 WHERE outcome IS NULL")
    assert {f.area for f in problems(shop)} == {"jobs", "files"}
    mend.mend(shop)
    assert problems(shop) == []
    assert not scratch.exists()
    assert len(list((shop / "backups").iterdir())) == 1


def test_a_version_whose_files_changed_is_found(shop):
    store = VersionStore(shop / "model_store")
    make(store, "v0001-head")
    assert problems(shop) == []
    (store.folder("v0001-head") / "heads.safetensors").write_bytes(b"x")
    (found,) = problems(shop)
    assert found.area == "versions"
    assert "v0001-head" in found.text


@pytest.mark.parametrize(("damage", "encrypted"), [("cut", False), ("cut", True), ("holes", False), ("holes", True)])
def test_a_damaged_database_is_set_aside_and_its_readable_rows_saved(shop, damage, encrypted):
    if encrypted:
        pytest.importorskip("sqlcipher3")
        encryption.encrypt(shop, "correct horse battery")
    before = look(shop)
    path = shop / DATABASE
    size = path.stat().st_size
    if damage == "cut":
        os.truncate(path, size * 6 // 10)
    else:
        with path.open("r+b") as file:
            for page in range(size // 4096 // 2, size // 4096, 9):  # behind the list of tables
                file.seek(page * 4096)
                file.write(b"\xee" * 4096)
    assert problems(shop)[0].area == "database"
    assert "readable" in problems(shop)[0].remedy
    mended = mend.mend(shop)
    assert mended.moved.stat().st_size == (size * 6 // 10 if damage == "cut" else size)
    after = look(shop)
    saved = 0
    for table in ("conversations", "messages", "reviews", "review_levels", "scores", "reviewers", "scorecards"):
        assert set(after[table]) <= set(before[table]), table  # saved rows are the rows that were there
        saved += len(after[table])
    total = sum(len(before[t]) for t in ("conversations", "messages", "reviews", "review_levels", "scores"))
    assert saved > total * 0.2
    assert mended.salvaged.damaged
    assert [f for f in problems(shop) if f.level == "problem"] == []
    if encrypted:
        assert path.read_bytes()[:6] != b"SQLite"


def test_a_file_that_is_no_database_is_left_as_it_is(shop):
    (shop / DATABASE).write_bytes(b"hello" * 5000)
    with pytest.raises(CsqmError) as caught:
        mend.mend(shop)
    assert caught.value.code == "database_damaged"
    assert (shop / DATABASE).read_bytes() == b"hello" * 5000
    assert not list(shop.glob("*.new*"))


def test_the_daily_backup_is_made_once_a_day_and_old_ones_go(shop):
    space = Workspace.open(shop)
    try:
        assert not due(space)  # one of today is there
        (made_by_hand,) = (shop / "backups").iterdir()
        os.utime(made_by_hand, (0, 0))
        assert due(space)
        for day in range(1, 5):
            (shop / "backups" / f"csqm-daily-2026010{day}-080000.zip").write_bytes(b"x")
        result = execute(DailyBackup(space, 3), SilentContext())
        assert not due(space)
        names = sorted(p.name for p in (shop / "backups").iterdir())
        assert names == sorted(
            [made_by_hand.name, "csqm-daily-20260103-080000.zip", "csqm-daily-20260104-080000.zip", result.path.name]
        )
    finally:
        space.close()
