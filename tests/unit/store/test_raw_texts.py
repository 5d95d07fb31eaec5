"""Originals: sealed by the day, bound to their message, and gone from every byte when their days are over."""

import random

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.store import raw_texts
from csqm_desktop.store.raw_texts import DAY_MS
from csqm_desktop.vault import ring
from csqm_desktop.vault.day_keys import DayKeys
from csqm_desktop.vault.keys import DataKey
from tests import builders

NOW = 1_790_000_000_000 // DAY_MS * DAY_MS + DAY_MS // 2  # noon


@pytest.fixture
def clock(monkeypatch):
    """Days that pass when told to."""

    class Clock:
        now = NOW

        def days(self, count):
            self.now += round(count * DAY_MS)

    made = Clock()
    monkeypatch.setattr(raw_texts, "now_ms", lambda: made.now)
    return made


@pytest.fixture
def space(tmp_path):
    """A plain database, whose pages a test can search, beside a key: a real workspace with originals is encrypted."""
    made = builders.workspace(tmp_path / "w", *builders.dialogues(20, 10))
    ring.register(made.folder, DataKey.random())
    made.set_fact("raw_text_days", "3")
    yield made
    made.close()


def originals(space, ids, size=60):
    rng = random.Random(3)
    marks = ",".join(map(str, ids))
    rows = space.database.connection().execute(
        "SELECT c.source_id, m.content_hash, m.id FROM messages m JOIN conversations c ON c.id = m.conversation_id"
        f" WHERE m.id IN ({marks}) ORDER BY m.id"
    )
    return [(row[0], row[1], f"call 1390000{row[2]:04d} " + "x" * rng.randrange(size)) for row in rows]


def sealed_rows(space):
    return dict(space.database.connection().execute("SELECT message_id, content FROM raw_texts").fetchall())


def parts(content):
    return [content[start : start + 16] for start in range(0, len(content) - 15, 300)]


def bytes_of(folder):
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_only_a_batchs_own_messages_are_kept_and_read_back(space, clock):
    assert space.raw_texts.keep(1, originals(space, range(1, 6))) == 5
    assert space.raw_texts.keep(99, originals(space, range(6, 9))) == 0  # that batch brought none of them
    assert space.raw_texts.read(3).startswith("call 13900000003")
    assert space.raw_texts.read(7) is None
    assert space.raw_texts.among([2, 5, 7]) == {2, 5}
    assert b"1390000" not in bytes_of(space.folder)
    clock.days(2.9)
    assert space.raw_texts.read(3)
    clock.days(0.2)
    assert space.raw_texts.read(3) is None  # also before anything was purged
    assert space.raw_texts.among([2, 5]) == set()


def test_a_row_opens_for_its_own_message_only(space, clock):
    space.raw_texts.keep(1, originals(space, (1, 2)))
    with space.database.transaction() as writing:
        writing.execute("UPDATE raw_texts SET content = (SELECT content FROM raw_texts WHERE message_id = 2)")
    assert space.raw_texts.read(2)
    assert space.raw_texts.read(1) is None


def test_after_their_days_no_byte_is_left_of_them_and_the_rest_stays(space, clock):
    """Rows of many sizes in many pages, some with overflow, deleted here and there before: slack is what could stay."""
    space.raw_texts.keep(1, originals(space, range(1, 101), 6000))
    clock.days(2)
    space.raw_texts.keep(1, originals(space, range(50, 151), 2000))
    with space.database.transaction() as writing:
        writing.execute("DELETE FROM messages WHERE id IN (30, 31, 60, 140)")
    clock.days(1.5)
    before = sealed_rows(space)
    old = [content for number, content in before.items() if number < 50]
    young = {number: content for number, content in before.items() if number >= 50}
    assert len(old) == 47
    assert len(young) == 99
    assert old[0][:16] in bytes_of(space.folder)
    assert space.raw_texts.due()
    assert space.raw_texts.purge() == 47
    assert not space.raw_texts.due()
    found = bytes_of(space.folder)
    assert [part for content in old for part in parts(content) if part in found] == []
    assert sealed_rows(space) == young
    assert space.raw_texts.read(55).startswith("call 13900000055")
    assert list(DayKeys(space.folder).read()) == [(NOW + 2 * DAY_MS) // DAY_MS]
    assert space.database.integrity_problems() == []
    assert space.database.connection().execute("PRAGMA foreign_keys").fetchone()[0] == 1
    clock.days(30)
    assert space.raw_texts.purge() == 99
    found = bytes_of(space.folder)
    assert [part for content in young.values() for part in parts(content) if part in found] == []
    assert DayKeys(space.folder).read() == {}


def test_without_its_days_key_a_copy_says_nothing(space, clock):
    space.raw_texts.keep(1, originals(space, (1,)))
    kept = sealed_rows(space)
    clock.days(10)
    space.raw_texts.purge()
    with space.database.transaction() as writing:  # a row from an old copy, with the time of now
        writing.execute("INSERT INTO raw_texts VALUES (1, ?, ?)", (kept[1], clock.now))
    assert space.raw_texts.read(1) is None


def test_a_changed_message_loses_its_old_original(space, clock):
    space.raw_texts.keep(1, originals(space, (1, 2)))
    with space.database.transaction() as writing:
        writing.execute("UPDATE messages SET text = 'another' WHERE id = 1")
    assert space.raw_texts.among([1, 2]) == {2}


def test_what_may_be_set(space):
    assert space.raw_texts.days == 3
    for days, code in ((7, "raw_text_plain"), (366, "raw_text_days"), (-1, "raw_text_days")):
        with pytest.raises(CsqmError) as caught:
            space.raw_texts.set_days(days)
        assert caught.value.code == code
    space.raw_texts.set_days(0)
    assert space.raw_texts.state() == raw_texts.RawState(0, 0, None)


def test_day_keys(tmp_path):
    keys = DayKeys(tmp_path)
    with pytest.raises(CsqmError) as caught:  # never in a plain file
        keys.of(5)
    assert caught.value.code == "workspace_locked"
    assert list(tmp_path.glob("*.keys")) == []
    ring.register(tmp_path, DataKey.random())
    five, six = keys.of(5), keys.of(6)
    assert DayKeys(tmp_path).of(5) == five
    before = keys.path.read_bytes()
    keys.drop_until(5)
    assert DayKeys(tmp_path).read() == {6: six}
    assert keys.path.read_bytes() != before
    assert keys.of(5) != five
    keys.destroy()
    keys.destroy()
    assert keys.read() == {}
