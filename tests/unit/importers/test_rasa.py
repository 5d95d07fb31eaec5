"""Rasa's tracker store: the same conversation from JSON and SQLite; a store is never written to."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA, messages, turns, write


@pytest.mark.parametrize("name", ["rasa_tracker.json", "rasa_store.db"])
def test_a_conversation(name: str) -> None:
    assert turns(name) == [
        ("web-7", "customer", "2026-09-01 08:05:03", "web-7", "Where is my order?"),
        ("web-7", "bot", "2026-09-01 08:05:03", "", "What is your order number?"),
        ("web-7", "customer", "2026-09-01 08:05:10", "web-7", "thanks"),
        ("web-7", "bot", "2026-09-01 08:05:10", "", "Track a parcel\nTalk to a person"),
    ]
    found = messages(name)
    assert [message.intent for message in found] == ["order_status", "", "thank", ""]
    assert [message.message_id for message in found] == ["a1b2", "", "a1b3", ""]
    assert found[1].bot_version == "m-2026"
    assert found[3].attachments == ("map.png",)
    assert found[0].channel == "rest"


def test_events_of_several_people() -> None:
    assert turns("rasa_events.jsonl") == [
        ("w1", "customer", "2026-09-01 08:05:04", "w1", "退货怎么办"),
        ("w1", "bot", "2026-09-01 08:05:05", "", "七天内可以退。"),
    ]


def test_lists_of_trackers_and_of_events(tmp_path: Path) -> None:
    tracker = json.loads((DATA / "rasa_tracker.json").read_text(encoding="utf-8"))
    events = [event | {"sender_id": "web-7"} for event in tracker["events"]]
    for number, document in enumerate(([tracker], {"conversations": [tracker]}, events)):
        path = write(tmp_path / f"{number}.json", json.dumps(document))
        assert base.recognise(path).format == "rasa"
        assert turns(path) == turns("rasa_tracker.json")


def test_the_store_is_only_read(tmp_path: Path) -> None:
    path = write(tmp_path / "t.db", (DATA / "rasa_store.db").read_bytes())
    path.chmod(0o444)
    assert len(turns(path)) == 4
    assert [entry.name for entry in tmp_path.iterdir()] == ["t.db"]
    assert path.read_bytes() == (DATA / "rasa_store.db").read_bytes()


def _store(path: Path, *statements: str) -> Path:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def test_broken_rows_and_other_databases(tmp_path: Path) -> None:
    table = (
        "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id, type_name, timestamp, intent_name, action_name, data)"
    )
    rows = [
        "INSERT INTO events VALUES (1, 'a', 'user', 1788249903, '', '', '{broken')",
        "INSERT INTO events VALUES (2, 'a', 'user', 1788249903, '', '', '[]')",
        "INSERT INTO events VALUES (3, 'a', 'user', 1788249903, '', '', NULL)",
        "INSERT INTO events VALUES (4, 'a', 'user', 1788249903, '', '', '{\"event\": \"user\", \"text\": \"hi\"}')",
    ]
    items = list(base.read(_store(tmp_path / "rows.db", table, *rows)))
    codes = [item.code if isinstance(item, RejectedRow) else item.text for item in items]
    assert codes == ["row_json", "row_not_object", "row_json", "hi"]
    for number, statement in enumerate((
        "CREATE TABLE other (a)",
        "CREATE TABLE events (id, data)",
        "CREATE VIEW events AS SELECT 1 AS id, 2 AS sender_id, 'user' AS type_name, 4 AS timestamp, '{}' AS data",
    )):  # fmt: skip
        path = _store(tmp_path / f"{number}.db", statement)
        for format, code in (("auto", "import_binary"), ("rasa", "import_no_messages")):
            with pytest.raises(CsqmError) as caught:
                base.read(path, format=format)
            assert caught.value.code == code
    with pytest.raises(CsqmError) as caught:
        base.read(_store(tmp_path / "empty.db", table))
    assert caught.value.code == "import_no_messages"
