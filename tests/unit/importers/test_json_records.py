"""JSON arrays: found wherever they are, read element by element, refused when cut off."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, json_text, lines
from tests.unit.importers.samples import write

MESSAGE = {"conversation_id": "c1", "sent_at": "2026-09-01T08:00:00Z", "role": "agent", "text": "您好，“亲”"}


def _rows(path: Path) -> list[base.Item]:
    return list(base.read(path))


@pytest.mark.parametrize(
    "document",
    [
        [MESSAGE, MESSAGE],
        {"messages": [MESSAGE, MESSAGE]},
        {"users": [{"id": 1, "text": "x"}], "data": {"list": [MESSAGE, MESSAGE]}, "more": [1, [2]]},
        {"meta": {"a": {"b": [[], {}, None]}}, "empty": [], "rows": [MESSAGE, MESSAGE]},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_the_array_of_messages_is_found(tmp_path: Path, document: object, indent: int | None) -> None:
    path = write(tmp_path / "a.json", json.dumps(document, ensure_ascii=False, indent=indent))
    assert base.recognise(path).format == "json"
    assert [item.row for item in _rows(path)] == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.json", json.dumps([MESSAGE] * 3, ensure_ascii=False), encoding)
    assert [getattr(item, "text", "") for item in _rows(path)] == ["您好，“亲”"] * 3


def test_elements_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of every size cut numbers, escapes and characters in two."""
    document = [MESSAGE | {"text": f'№{n} "\\ \u00e9 😀\n', "rating": n + 0.25} for n in range(20)]
    path = write(tmp_path / "a.json", json.dumps(document, ensure_ascii=True, indent=1))
    for size in (1, 2, 3, 7, 64, 1000):
        monkeypatch.setattr(lines, "CHUNK_BYTES", size)
        monkeypatch.setattr(json_text, "_CERTAIN", 64)
        items = _rows(path)
        assert [getattr(item, "rating", None) for item in items] == [n + 0.25 for n in range(20)]
        assert getattr(items[7], "text", "") == '№7 "\\ \u00e9 😀\n'


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    element = json.dumps(MESSAGE | {"text": "x" * 1000})
    with path.open("w") as file:
        file.write("[" + element)
        for _ in range(20_000):
            file.write("," + element)
        file.write("]")
    tracemalloc.start()
    try:
        assert sum(1 for _ in base.read(path)) == 20_001
        assert tracemalloc.get_traced_memory()[1] < 12_000_000 < path.stat().st_size
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('[{"a": 1}, {"b": ', "import_json_truncated"),
        ('[{"a": 1}, {"b": "open', "import_json_truncated"),
        ('[{"a": 1}', "import_json_truncated"),
        ('{"messages": [{"a": 1}', "import_json_truncated"),
        ('{"messages"', "import_json_truncated"),
        ('[{"a": 1} {"b": 2}]', "import_json_broken"),
        ('[{"a": 1}, {b: 2}' + " " * 100 + "]", "import_json_broken"),
        ('{"x": 1, y: 2}' + " " * 100, "import_json_broken"),
        ('[{"a": ' + "9" * 5000 + "}]", "import_json_broken"),
        ('[{"a": "' + "x" * 11_000_000 + '"}]', "import_row_too_long"),
        ("true", "import_json_broken"),
    ],
)
def test_broken_files_say_where(tmp_path: Path, content: str, code: str) -> None:
    path = write(tmp_path / "a.json", content)
    with pytest.raises(CsqmError) as caught:
        list(base.read(path, format="json"))
    assert caught.value.code == code
    assert "a.json" in caught.value.what


def test_a_fault_beyond_the_preview_shows_while_reading(tmp_path: Path) -> None:
    elements = ",".join([json.dumps(MESSAGE)] * 5000)
    path = write(tmp_path / "a.json", f"[{elements}, {{oops")
    assert len(base.preview(path).items) == 50
    with pytest.raises(CsqmError) as caught:
        _rows(path)
    assert caught.value.values["row"] == 5001


def test_elements_that_are_no_objects(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", json.dumps([MESSAGE, 7, "x", MESSAGE]))
    assert [getattr(item, "code", "ok") for item in _rows(path)] == ["ok", "row_not_object", "row_not_object", "ok"]


def test_undecodable_bytes_cost_one_element(tmp_path: Path) -> None:
    content = json.dumps([MESSAGE] * 30, ensure_ascii=False).encode().replace("您".encode(), b"\xff", 1)
    codes = [getattr(item, "code", "ok") for item in _rows(write(tmp_path / "a.json", content))]
    assert codes == ["row_bytes"] + ["ok"] * 29


def test_any_array_of_objects_may_be_mapped(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.json", json.dumps({"rows": [{"wo": "c9", "wer": "staff", "wann": 1788220800, "was": "ja"}]})
    )
    assert base.recognise(path).headers == ("wo", "wer", "wann", "was")
    chosen = base.ColumnMapping({"conversation_id": "wo", "role": "wer", "sent_at": "wann", "text": "was"})
    (message,) = base.preview(path, mapping=chosen).messages
    assert message.text == "ja"


@pytest.mark.parametrize("wrap", ["[{}]", '{{"messages": [{}]}}'])
def test_a_record_nested_too_deeply_costs_that_record(tmp_path: Path, wrap: str) -> None:
    said = {"conversation_id": "c", "sent_at": "2026-09-01T08:00:00Z", "role": "user", "text": 'a "]" and a \\'}
    record = json.dumps(said)
    deep = record[:-1] + ', "meta": ' + "[" * 100_000 + "]" * 100_000 + "}"
    path = write(tmp_path / "a.json", wrap.format(", ".join((record, deep, record.replace("and", "or")))))
    items = list(base.read(path))
    assert [getattr(item, "code", "ok") for item in items] == ["ok", "row_json_deep", "ok"]


def test_the_dump_of_a_shops_own_database(tmp_path: Path) -> None:
    row = {"conversation_id": "c", "body": "hi", "created_at": "2026-09-01 08:00:00"}
    rows = [row | {"id": str(n), "sender_type": who} for n, who in enumerate(("customer", "agent"))]
    dump = [
        {"type": "header", "version": "5.2.1", "comment": "Export to JSON plugin for PHPMyAdmin"},
        {"type": "database", "name": "shop"},
        {"type": "table", "name": "users", "database": "shop", "data": [{"id": "1", "name": "Anna"}]},
        {"type": "table", "name": "messages", "database": "shop", "data": rows},
    ]
    path = write(tmp_path / "a.json", json.dumps(dump))
    assert base.recognise(path).format == "json"
    assert [item.role.value for item in base.read(path) if not isinstance(item, RejectedRow)] == ["customer", "agent"]
