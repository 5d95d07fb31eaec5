"""Columns to fields: guessed, checked, kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import mapping, words
from csqm_desktop.importers.mapping import ColumnMapping
from tests.unit.importers.samples import DATA, HEADER, write

TIME = "2026-09-01 08:00:00"


@pytest.mark.parametrize(
    ("headers", "row", "expected"),
    [
        (HEADER, (), dict(zip(HEADER, HEADER, strict=True))),
        (
            ("会话编号", "发送时间", "发送人角色", "昵称", "聊天内容", "店铺名称", "满意度"),
            (),
            {"conversation_id": "会话编号", "sent_at": "发送时间", "role": "发送人角色", "sender": "昵称",
             "text": "聊天内容", "shop": "店铺名称", "rating": "满意度"},
        ),
        (
            ("Session ID", "Created At", "Author Type", "Body", "CSAT"),
            (),
            {"conversation_id": "Session ID", "sent_at": "Created At", "role": "Author Type", "text": "Body",
             "rating": "CSAT"},
        ),
        (
            ("id", "conversation_id", "created_at", "message_type", "content", "sender_type"),
            ("1", "c1", TIME, "text", "hello", "user"),
            {"conversation_id": "conversation_id", "message_id": "id", "sent_at": "created_at", "role": "sender_type",
             "text": "content"},
        ),
        (
            ("会话ID", "时间", "发送人", "内容"),
            ("c1", TIME, "客服", "您好"),
            {"conversation_id": "会话ID", "sent_at": "时间", "role": "发送人", "sender": "发送人", "text": "内容"},
        ),
        (
            ("会话ID", "类型", "时刻", "内容"),
            ("c1", "图片", TIME, "您好"),
            {"conversation_id": "会话ID", "sent_at": "时刻", "text": "内容"},
        ),
        (("id", "text", "name", "weather"), (), {"text": "text", "sender": "name"}),
    ],
)  # fmt: skip
def test_guesses(headers: tuple[str, ...], row: tuple[str, ...], expected: dict[str, str]) -> None:
    found = mapping.guess(headers, [row] if row else ())
    assert dict(found.fields) == expected


def test_the_first_headers_are_the_neutral_layout() -> None:
    for field, headers in words.HEADERS.items():
        assert headers[0] == field
        assert mapping.guess([field]).fields.get(field) == field or field == "message_id"


def test_no_word_belongs_to_two_fields() -> None:
    owners: dict[str, str] = {}
    for field, headers in words.HEADERS.items():
        for header in headers:
            assert owners.setdefault(words.normal(header), field) == field, header


@pytest.mark.parametrize(
    ("value", "role"),
    [
        ("客户", Role.CUSTOMER), ("买家", Role.CUSTOMER), ("User", Role.CUSTOMER), ("end-user", Role.CUSTOMER),
        ("客服", Role.AGENT), ("坐席", Role.AGENT), ("STAFF", Role.AGENT), (" 人工客服 ", Role.AGENT),
        ("human_agent", Role.AGENT), ("机器人", Role.BOT), ("智能客服", Role.BOT), ("assistant", Role.BOT),
        ("系统", Role.SYSTEM), ("system", Role.SYSTEM), ("【客服】", Role.AGENT),
    ],
)  # fmt: skip
def test_role_words(value: str, role: Role) -> None:
    assert ColumnMapping().role_words()[words.normal(value)] is role


def test_own_role_words_win() -> None:
    assert ColumnMapping(roles={"Assistant": Role.AGENT}).role_words()["assistant"] is Role.AGENT


def test_given_fields_win_and_the_rest_is_guessed() -> None:
    headers = ["session", "time", "type", "words", "text"]
    given = ColumnMapping({"text": "words", "role": ""})
    found = mapping.complete(given, mapping.guess(headers), headers)
    assert dict(found.fields) == {"conversation_id": "session", "sent_at": "time", "text": "words"}
    assert found.missing == ("role",)


def test_round_trip(tmp_path: Path) -> None:
    chosen = ColumnMapping({"text": "内容", "role": "谁"}, {"掌柜": Role.AGENT}, "Asia/Shanghai", day_first=True)
    mapping.save(chosen, tmp_path / "m.json")
    assert mapping.load(tmp_path / "m.json") == chosen
    assert mapping.load(DATA / "mapping.json").roles["来客"] is Role.CUSTOMER
    with pytest.raises(CsqmError) as caught:
        mapping.save(chosen, tmp_path / "none" / "m.json")
    assert caught.value.code == "import_mapping_not_saved"


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", '{"fields": []}', '{"fields": {"text": 5}}', '{"fields": {"colour": "x"}}', '{"more": 1}',
        '{"roles": {"a": "boss"}}', '{"roles": ["a"]}', '{"timezone": 8}', '{"day_first": "yes"}', "[" * 100_000,
        '{"fields": {"text": "' + "x" * 1_100_000 + '"}}', '{"roles": {"a": ["agent"]}}',
    ],
)  # fmt: skip
def test_bad_mapping_files_are_explained(tmp_path: Path, content: str) -> None:
    path = write(tmp_path / "m.json", content)
    with pytest.raises(CsqmError) as caught:
        mapping.load(path)
    assert caught.value.code == "import_mapping_file"
    assert "m.json" in caught.value.what


def test_missing_mapping_file_and_wrong_bytes(tmp_path: Path) -> None:
    for path in (write(tmp_path / "m.json", b"\xff\xff"), tmp_path):
        with pytest.raises(CsqmError) as caught:
            mapping.load(path)
        assert caught.value.code == "import_mapping_file"
    with pytest.raises(CsqmError) as caught:
        mapping.load(tmp_path / "none.json")
    assert caught.value.code == "import_mapping_missing"
    with pytest.raises(CsqmError) as caught:
        mapping.load(write(tmp_path / "z.json", json.dumps({"timezone": "Mars"})))
    assert caught.value.code == "import_timezone_unknown"
