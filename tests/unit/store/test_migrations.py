"""Every schema step has a test from the schema before it, with data in it."""

import sqlite3

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.store import migrations
from csqm_desktop.store.database import Database


def at_step(path, count):
    migrations.apply(path, count)
    return sqlite3.connect(path)


def insert(connection, table, **values):
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def conversation(connection, sender="Bot", version="2"):
    insert(connection, "scorecards", id=1, key="k", version=1, definition="{}", published_at=1)
    insert(connection, "conversations", id=1, source_id="c", channel="", shop="", product="", order_id="")
    for number, day in ((1, 7), (2, 5)):
        insert(
            connection, "messages", id=number, conversation_id=1, source_id=str(number), sent_at=1, offset_minutes=0,
            day=day, role="bot", sender=sender, text="hello", private=0, is_reply=1, intent="", bot_version=version,
            content_hash=b"x", derived_id=0,
        )  # fmt: skip
    connection.commit()


def test_each_step_has_a_test():
    steps = {step.__name__.split("_")[0] for step in migrations.STEPS}
    tested = {name.split("_")[1] for name in globals() if name.startswith("test_m0")}
    assert steps == tested


def test_m001_gives_an_empty_database_its_tables(tmp_path):
    connection = at_step(tmp_path / "d", 1)
    conversation(connection)
    assert connection.execute("SELECT count(*) FROM messages").fetchone() == (2,)
    with pytest.raises(sqlite3.IntegrityError):
        conversation(connection)
    connection.close()


def test_m002_keeps_conversations_and_takes_reviews(tmp_path):
    connection = at_step(tmp_path / "d", 1)
    conversation(connection)
    connection.close()
    connection = at_step(tmp_path / "d", 2)
    insert(connection, "reviewers", id=1, name="a")
    review = {
        "reply_id": 1, "reviewer_id": 1, "scorecard_id": 1, "verdict": "scored", "source": "person", "comment": "",
        "better_reply": "", "submitted_at": 1,
    }  # fmt: skip
    insert(connection, "reviews", **review)
    with pytest.raises(sqlite3.IntegrityError):  # one live review of a reviewer for a reply
        insert(connection, "reviews", **review)
    insert(connection, "reviews", **review, retired_at=2)
    assert connection.execute("SELECT text FROM messages").fetchall() == [("hello",), ("hello",)]
    connection.close()


def test_m003_keeps_reviews_and_takes_scores(tmp_path):
    connection = at_step(tmp_path / "d", 2)
    conversation(connection)
    insert(connection, "versions", id=1, key="v1", scorecard_id=1, columns="[]", created_at=1)
    connection.commit()
    connection.close()
    connection = at_step(tmp_path / "d", 3)
    insert(connection, "scores", version_id=1, reply_id=1, quality=0.5, confidence=0.5, doubtful_id=1, scored_at=1,
           probabilities=b"")  # fmt: skip
    assert connection.execute("SELECT count(*) FROM versions").fetchone() == (1,)
    connection.close()


def test_m004_finds_the_bot_releases_that_are_there_already(tmp_path):
    connection = at_step(tmp_path / "d", 3)
    conversation(connection)
    connection.close()
    connection = at_step(tmp_path / "d", 4)
    assert connection.execute("SELECT sender, version, first_day FROM bot_versions").fetchall() == [("Bot", "2", 5)]
    connection.close()


def test_m005_keeps_what_is_there_and_takes_each_content_of_a_folder_once(tmp_path):
    connection = at_step(tmp_path / "d", 4)
    conversation(connection)
    connection.close()
    connection = at_step(tmp_path / "d", 5)
    assert connection.execute("SELECT text FROM messages").fetchall() == [("hello",), ("hello",)]
    insert(connection, "watched_folders", id=1, path="/in", format="auto", profile="", timezone="", moves=0, added_at=1)
    file = {"folder_id": 1, "name": "a.csv", "size": 1, "content_hash": b"x", "pid": 1, "process_started": 1, "at": 1}
    insert(connection, "watched_files", **file)
    with pytest.raises(sqlite3.IntegrityError):
        insert(connection, "watched_files", **(file | {"name": "copy.csv"}))
    insert(connection, "intake_tokens", name="shop", kind="api", hash=b"h", created_at=1)
    insert(connection, "connectors", name="desk", kind="zendesk", settings="{}", added_at=1)
    assert connection.execute("SELECT cursor, outcome FROM connectors").fetchall() == [("{}", "")]
    connection.close()


def test_m006_leaves_old_messages_to_be_indexed_and_notes_what_changes(tmp_path):
    connection = at_step(tmp_path / "d", 5)
    conversation(connection)
    connection.close()
    connection = at_step(tmp_path / "d", 6)
    assert connection.execute("SELECT indexed_upto FROM search_state").fetchall() == [(0,)]
    connection.execute("UPDATE messages SET text = 'bye' WHERE id = 1")
    connection.execute("UPDATE messages SET sender = 'x' WHERE id = 2")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM messages WHERE id = 2")
    assert connection.execute("SELECT message_id, text FROM search_changes").fetchall() == [(1, "hello"), (2, "hello")]
    connection.close()


def test_m007_forgets_the_signals_of_a_conversation_that_changes_or_goes(tmp_path):
    connection = at_step(tmp_path / "d", 6)
    conversation(connection)
    connection.close()
    connection = at_step(tmp_path / "d", 7)
    connection.execute("PRAGMA foreign_keys = ON")
    assert connection.execute("SELECT count(*) FROM messages").fetchone() == (2,)
    facts = {
        "messages": 2,
        "last_message": 2,
        "transferred": 0,
        "repeated_question": 0,
        "unresolved": 0,
        "course": "steady",
    }
    for change in ("UPDATE messages SET text = 'bye' WHERE id = 1", "DELETE FROM conversations"):
        insert(connection, "conversation_signals", conversation_id=1, **facts)
        connection.execute("UPDATE messages SET sender = 'x'")
        assert connection.execute("SELECT count(*) FROM conversation_signals").fetchone() == (1,)
        connection.execute(change)
        assert connection.execute("SELECT count(*) FROM conversation_signals").fetchone() == (0,)
    connection.close()


def test_m009_forgets_a_file_when_a_message_of_it_changes(tmp_path):
    connection = at_step(tmp_path / "d", 8)
    conversation(connection)
    batch = {"path": "x", "file_size": 1, "format": "csv", "encoding": "", "mapping": "", "started_at": 1}
    for number in (1, 2, 3):
        insert(connection, "import_batches", id=number, file_hash="h", **batch)
    connection.execute("UPDATE messages SET batch_id = id")
    connection.commit()
    connection.close()
    connection = at_step(tmp_path / "d", 9)
    connection.execute("UPDATE messages SET role = 'agent' WHERE id = 2")
    assert connection.execute("SELECT file_hash FROM import_batches ORDER BY id").fetchall() == [("h",), ("",), ("h",)]
    connection.execute("UPDATE conversations SET rating = 2")
    assert connection.execute("SELECT file_hash FROM import_batches ORDER BY id").fetchall() == [("",), ("",), ("h",)]
    connection.execute("UPDATE messages SET batch_id = 3")
    connection.execute("DELETE FROM messages WHERE id = 1")
    assert connection.execute("SELECT file_hash FROM import_batches ORDER BY id").fetchall() == [("",), ("",), ("",)]
    connection.close()


def test_m010_lets_topics_go_with_their_conversations_and_the_other_way_round(tmp_path):
    connection = at_step(tmp_path / "d", 9)
    conversation(connection)
    connection.close()
    connection = at_step(tmp_path / "d", 10)
    connection.execute("PRAGMA foreign_keys = ON")
    insert(connection, "topics", id=1, name="size", base="b", centre=b"")
    insert(connection, "conversation_topics", conversation_id=1, topic_id=1)
    connection.execute("DELETE FROM topics")
    assert connection.execute("SELECT count(*) FROM conversation_topics").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM messages").fetchone() == (2,)
    connection.close()


def test_m011_keeps_what_is_there_and_takes_releases_that_cost_something(tmp_path):
    connection = at_step(tmp_path / "d", 10)
    conversation(connection)
    connection.close()
    connection = at_step(tmp_path / "d", 11)
    insert(connection, "privacy_ledger", at=1, actor="Li", what="trend", epsilon=0.5)
    with pytest.raises(sqlite3.IntegrityError):
        insert(connection, "privacy_ledger", at=1, actor="Li", what="trend", epsilon=0.0)
    assert connection.execute("SELECT count(*) FROM messages").fetchone() == (2,)
    connection.close()


@pytest.mark.parametrize("count", range(1, len(migrations.STEPS)))
def test_an_older_database_is_copied_then_brought_up_to_date(tmp_path, count):
    path = tmp_path / "csqm.sqlite3"
    connection = at_step(path, count)
    conversation(connection)
    connection.close()
    database = Database.open(path)
    assert migrations.pending(database.connection()) == []
    assert database.connection().execute("SELECT count(*) FROM messages").fetchone()[0] == 2
    database.close()
    (copy,) = (tmp_path / "backups").iterdir()
    old = sqlite3.connect(copy)
    assert len(migrations.applied(old)) == count
    assert old.execute("SELECT count(*) FROM messages").fetchone() == (2,)
    old.close()


def test_a_failing_step_changes_nothing(tmp_path, monkeypatch):
    path = tmp_path / "csqm.sqlite3"
    connection = at_step(path, 3)
    conversation(connection)
    connection.close()

    def m004_room(db):
        db.conn.execute("DELETE FROM messages")
        raise ZeroDivisionError

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS[:3], m004_room))
    with pytest.raises(ZeroDivisionError):
        Database.open(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM messages").fetchone() == (2,)
    assert len(migrations.applied(connection)) == 3
    connection.close()


def test_a_database_of_a_newer_release_is_refused_untouched(tmp_path):
    path = tmp_path / "csqm.sqlite3"
    connection = at_step(path, None)
    insert(connection, "_sqlite_migrations", migration_set="csqm", name="m999_future", applied_at="now")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CsqmError) as caught:
        Database.open(path)
    assert caught.value.code == "database_newer"
    assert "m999_future" in str(caught.value)
    assert path.read_bytes() == before


def test_m008_keeps_reviewers_and_drops_raw_texts_with_their_messages(tmp_path):
    path = tmp_path / "csqm.sqlite3"
    connection = at_step(path, 7)
    conversation(connection)
    insert(connection, "reviewers", id=4, name="Ann", role="reviewer")
    connection.commit()
    connection.close()
    database = Database.open(path)
    row = database.connection().execute("SELECT name, role, secret, retired_at FROM reviewers").fetchone()
    assert tuple(row) == ("Ann", "reviewer", "", None)
    with database.transaction() as writing:
        writing.execute("INSERT INTO raw_texts SELECT id, x'00', 1 FROM messages")
        writing.execute("DELETE FROM conversations")
    assert database.connection().execute("SELECT count(*) FROM raw_texts").fetchone()[0] == 0
    database.close()


def test_m012_counts_changes_from_none_and_keeps_messages(tmp_path):
    path = tmp_path / "csqm.sqlite3"
    connection = at_step(path, 11)
    conversation(connection)
    connection.commit()
    connection.close()
    database = Database.open(path)
    rows = database.connection().execute("SELECT * FROM changed_inputs").fetchall()
    assert rows == []
    assert database.connection().execute("SELECT count(*) FROM messages").fetchone()[0] == 2
    database.close()


def test_m013_drops_an_original_with_its_text_and_counts_nothing_left_out(tmp_path):
    path = tmp_path / "csqm.sqlite3"
    connection = at_step(path, 12)
    conversation(connection)
    connection.execute("INSERT INTO raw_texts SELECT id, x'00', 1 FROM messages")
    insert(
        connection, "import_batches", id=5, path="a.csv", file_size=1, format="csv", encoding="", mapping="{}",
        started_at=1, added=2,
    )  # fmt: skip
    connection.commit()
    connection.close()
    database = Database.open(path)
    assert tuple(database.connection().execute("SELECT added, left_out FROM import_batches").fetchone()) == (2, 0)
    assert database.connection().execute("SELECT count(*) FROM erased").fetchone()[0] == 0
    with database.transaction() as writing:
        writing.execute("UPDATE messages SET text = 'other' WHERE id = 1")
        writing.execute("UPDATE messages SET text = 'hello', sender = 'x' WHERE id = 2")
    assert [row[0] for row in database.connection().execute("SELECT message_id FROM raw_texts")] == [2]
    database.close()


def test_m014_keeps_scores_and_deletes_them_with_their_messages(tmp_path):
    path = tmp_path / "csqm.sqlite3"
    connection = at_step(path, 13)
    conversation(connection)
    for version in (1, 2):
        insert(connection, "versions", id=version, key=f"v{version}", scorecard_id=1, columns="[]", created_at=1)
        for reply in (1, 2):
            insert(
                connection, "scores", version_id=version, reply_id=reply, quality=0.25, confidence=reply / 4,
                doubtful_id=3, scored_at=7, probabilities=bytes([version, reply]),
            )  # fmt: skip
    connection.commit()
    before = connection.execute("SELECT * FROM scores ORDER BY version_id, reply_id").fetchall()
    connection.close()
    database = Database.open(path)
    after = [tuple(row) for row in database.connection().execute("SELECT * FROM scores ORDER BY version_id, reply_id")]
    assert [row[:7] for row in after] == before
    with database.transaction() as writing:
        writing.execute("DELETE FROM messages WHERE id = 1")
    left = database.connection().execute("SELECT version_id, reply_id FROM scores ORDER BY 1").fetchall()
    assert [tuple(row) for row in left] == [(1, 2), (2, 2)]
    database.close()


def test_m015_keeps_scores_whose_disagreement_nobody_knows(tmp_path):
    path = tmp_path / "csqm.sqlite3"
    connection = at_step(path, 14)
    conversation(connection)
    insert(connection, "versions", id=1, key="v1", scorecard_id=1, columns="[]", created_at=1)
    insert(
        connection, "scores", version_id=1, reply_id=2, quality=0.25, confidence=0.5, doubtful_id=3, scored_at=7,
        probabilities=b"ab",
    )  # fmt: skip
    connection.commit()
    connection.close()
    database = Database.open(path)
    row = tuple(database.connection().execute("SELECT * FROM scores").fetchone())
    assert row == (1, 2, 0.25, 0.5, 3, 7, b"ab", None)
    database.close()
