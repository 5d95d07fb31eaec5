"""JSON lines: one broken line costs one message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import IncomingMessage
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base
from tests.unit.importers.samples import write

MESSAGE = {"conversation_id": "c1", "sent_at": 1788220800, "role": "agent", "text": "您好"}


def _codes(path: Path) -> list[str]:
    return [getattr(item, "code", "ok") for item in base.read(path)]


def _line(**changes: object) -> str:
    return json.dumps(MESSAGE | changes, ensure_ascii=False) + "\n"


def test_each_broken_line_is_one_rejection(tmp_path: Path) -> None:
    content = (
        _line()
        + '{"conversation_id": "c1", "sent_at": 17882\n'
        + "\n"
        + "[1, 2]\n"
        + "[" * 5000
        + "\n"
        + f'{{"rating": {"9" * 5000}}}\n'
        + _line(text="last")
    )
    path = write(tmp_path / "a.jsonl", content)
    assert _codes(path) == ["ok", "row_json", "row_not_object", "row_json_deep", "row_json", "ok"]
    assert list(base.read(path))[-1].row == 7


def test_an_overlong_line_is_skipped(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", _line() + _line(text="x" * 11_000_000) + _line())
    assert _codes(path) == ["ok", "row_too_long", "ok"]


def test_nested_objects_become_columns(tmp_path: Path) -> None:
    row = {
        "session": {"id": "s1"},
        "from": {"name": "小禾", "role": "staff"},
        "body": "好的",
        "created_at": 1788220800000,
    }
    path = write(tmp_path / "a.jsonl", json.dumps(row) + "\n" + json.dumps(row) + "\n")
    found = base.recognise(path)
    assert "from.role" in found.headers
    chosen = base.ColumnMapping({"conversation_id": "session.id", "sender": "from.name", "role": "from.role"})
    (first, _) = base.preview(path, mapping=chosen).messages
    assert (first.conversation_id, first.sender, first.role, first.text) == ("s1", "小禾", "agent", "好的")


def test_half_surrogates_and_nul_cannot_reach_the_store(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps(MESSAGE | {"text": "cut \ud83d and \x00", "sender": "\udc00"}) + "\n")
    (message,) = base.preview(path).messages
    assert message.text == "cut \N{REPLACEMENT CHARACTER} and \N{REPLACEMENT CHARACTER}"
    message.sender.encode()


def test_undecodable_bytes_name_the_line(tmp_path: Path) -> None:
    lines = [_line(text=f"第{n}句话").encode() for n in range(30)]
    lines[3] = lines[3].replace("句".encode(), b"\xe5\xff")
    codes = _codes(write(tmp_path / "a.jsonl", b"".join(lines)))
    assert codes[3] == "row_bytes"
    assert codes.count("ok") == 29


def test_escaped_low_surrogates_are_no_damage(tmp_path: Path) -> None:
    """The character that marks bad bytes may also be written as an escape."""
    path = write(tmp_path / "a.jsonl", _line() + '{"conversation_id":"c","sent_at":1,"role":"x","text":"\\udcff"}\n')
    assert _codes(path) == ["ok", "row_time_absurd"]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", '"many"', "true", "[5]"])
def test_odd_ratings_are_rejected(tmp_path: Path, value: str) -> None:
    line = json.dumps(MESSAGE)[:-1] + f', "rating": {value}}}\n'
    assert _codes(write(tmp_path / "a.jsonl", _line() + line)) == ["ok", "row_rating"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"conversation_id": "  "}, "row_value_missing"),
        ({"conversation_id": None}, "row_value_missing"),
        ({"role": ""}, "row_value_missing"),
        ({"role": "boss"}, "row_role_unknown"),
        ({"text": " \n"}, "row_value_missing"),
        ({"sent_at": ""}, "row_value_missing"),
        ({"sent_at": {"day": 1}}, "row_value_missing"),
        ({"sent_at": {"$date": 1}}, "row_time_absurd"),
        ({"sent_at": [1]}, "row_time_unreadable"),
        ({"sent_at": True}, "row_time_unreadable"),
        ({"sent_at": 1e300}, "row_time_absurd"),
        ({"private": "perhaps"}, "row_private"),
    ],
)
def test_values_that_cannot_be_used(tmp_path: Path, changes: dict[str, object], code: str) -> None:
    path = write(tmp_path / "a.jsonl", _line() + _line(**changes))
    assert _codes(path) == ["ok", code]


def test_values_of_other_types_are_read_as_people_mean_them(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl",
        _line(conversation_id=0, message_id=17.0, rating=4, private=True, attachments=["a.png", 3])
        + _line(rating="4.5 星"),
    )
    first, second = base.preview(path).messages
    assert (first.conversation_id, first.message_id, first.rating, first.private) == ("0", "17", 4.0, True)
    assert first.attachments == ("a.png", "3")
    assert second.rating == 4.5


def test_attachments_stand_in_for_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", _line(text="", attachments='["https://a/1.png;x", "b"]'))
    (message,) = base.preview(path).messages
    assert isinstance(message, IncomingMessage)
    assert message.attachments == ("https://a/1.png;x", "b")


def test_a_file_of_nothing_but_broken_lines(tmp_path: Path) -> None:
    with pytest.raises(CsqmError) as caught:
        base.read(write(tmp_path / "a.jsonl", "{broken\n" * 5), format="jsonl")
    assert caught.value.code == "import_json_no_records"
