"""Help desks' tickets with what was said in a list: one conversation for each, whatever the list is called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import messages, write

CUSTOMER = {"name": "John Smith", "role": "end-user"}
AGENT = {"name": "Mary Jones", "role": "agent"}


def _file(folder: Path, document: object, name: str = "tickets.json") -> Path:
    return write(folder / name, json.dumps(document, ensure_ascii=False))


def _said(*texts: str, ids: bool = True, **more: Any) -> list[dict[str, Any]]:
    people = (CUSTOMER, AGENT)
    return [
        ({"id": place} if ids else {}) | {"author": people[(place - 1) % 2], "body": text} | more
        for place, text in enumerate(texts, start=1)
    ]


def _told(path: Path, **options: Any) -> list[tuple[str, str, str, str]]:
    return [(m.conversation_id, m.role.value, m.sender, m.text) for m in messages(path, **options)]


@pytest.mark.parametrize("key", ["comments", "replies", "correspondence", "沟通记录"])
@pytest.mark.parametrize("ids", [True, False])
@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("times", [True, False])
def test_each_ticket_is_a_conversation(tmp_path: Path, key: str, ids: bool, wrapped: bool, times: bool) -> None:
    more = {"created_at": "2026-09-01T08:00:00Z"} if times else {}
    tickets = [{"id": number, key: _said(f"help {number}", f"done {number}", ids=ids, **more)} for number in (501, 502)]
    path = _file(tmp_path, {"tickets": tickets} if wrapped else tickets)
    assert _told(path) == [
        ("501", "customer", "John Smith", "help 501"), ("501", "agent", "Mary Jones", "done 501"),
        ("502", "customer", "John Smith", "help 502"), ("502", "agent", "Mary Jones", "done 502"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["ticket", "ticket_id", "ticket_number", "case_number", "number", "工单编号"])
def test_a_ticket_is_known_by_its_number(tmp_path: Path, name: str) -> None:
    tickets = [{name: number, "replies": _said(f"help {number}", "done", ids=False)} for number in (5, 6)]
    assert [told[0] for told in _told(_file(tmp_path, tickets))] == ["5", "5", "6", "6"]


@pytest.mark.parametrize("facts", [1, 6])
def test_a_ticket_may_say_its_number_in_an_object_of_its_own(tmp_path: Path, facts: int) -> None:
    def ticket(number: int) -> dict[str, Any]:
        head = {"id": number} | {f"fact{place}": "x" for place in range(facts)}
        return {"ticket": head, "comments": _said(f"help {number}", "done")}

    found = _told(_file(tmp_path, [ticket(5), ticket(6)])) + _told(_file(tmp_path, ticket(7), "b.json"))
    assert [told[0] for told in found] == ["5", "5", "6", "6", "7", "7"]


@pytest.mark.parametrize("key", ["comments", "replies", "verlauf"])
@pytest.mark.parametrize("ids", [True, False])
def test_tickets_without_any_id_never_meet(tmp_path: Path, key: str, ids: bool) -> None:
    def ticket(text: str) -> dict[str, Any]:
        return {"subject": "tea", key: _said(text, "done", ids=ids)}

    first = _told(_file(tmp_path, [ticket("one"), ticket("two")], "a.json"))
    second = _told(_file(tmp_path, {"tickets": [ticket("three")]}, "b.json"))
    alone = _told(_file(tmp_path, ticket("four"), "c.json"))
    found = [told[0] for told in (*first, *second, *alone)]
    assert len(set(found)) == 4
    assert not {key, "tickets"} & set(found)


def test_a_list_of_any_name_belongs_to_what_it_lies_in(tmp_path: Path) -> None:
    tickets = [{"ticket_id": number, "verlauf": _said(f"help {number}", "done")} for number in (5, 6)]
    assert [told[0] for told in _told(_file(tmp_path, tickets))] == ["5", "5", "6", "6"]
    alone = {"ticket_id": 7, "verlauf": _said("help", "done")}
    assert [told[0] for told in _told(_file(tmp_path, alone, "b.json"))] == ["7", "7"]


def test_lists_under_ids_keep_them(tmp_path: Path) -> None:
    said = [{"speaker": "user", "text": "hi"}, {"speaker": "agent", "text": "hello"}]
    path = _file(tmp_path, {"case-1": said, "case-2": said})
    assert [told[0] for told in _told(path)] == ["case-1", "case-1", "case-2", "case-2"]


def test_notes_are_internal_and_roles_may_stand_under_type(tmp_path: Path) -> None:
    said = [
        {"author": {"name": "John", "type": "customer"}, "body": "help", "public": True},
        {"author": {"name": "Mary", "type": "agent"}, "body": "he is angry", "public": False},
    ]
    found = messages(_file(tmp_path, [{"id": 5, "comments": said}]))
    assert [(m.role.value, m.sender, m.private) for m in found] == [
        ("customer", "John", False), ("agent", "Mary", True)
    ]  # fmt: skip


def test_lists_of_plain_texts_are_no_ticket(tmp_path: Path) -> None:
    row = {"conversation_id": "c", "sent_at": "2026-09-01T08:00:00Z", "role": "agent", "text": "hello"}
    found = messages(_file(tmp_path, [row | {"comments": ["good", "bad"]}]))
    assert [(m.conversation_id, m.text) for m in found] == [("c", "hello")]


TABLE = (
    "conversation_id,sent_at,sender,text\n"
    "c,2026-09-01 08:00:00,Ann,hi\nc,2026-09-01 08:01:00,Bo,hello\nc,2026-09-01 08:02:00,tea bot,rated?\n"
)


def test_a_person_names_the_shops_people_in_a_table_without_roles(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", TABLE)
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_roles_missing"
    assert "--agent" in caught.value.remedy
    given = mapping.with_agents(None, ["bo"])
    assert given is not None
    assert mapping.from_json(given.to_json()) == given
    items = list(base.read(path, mapping=given))
    assert [item.role.value for item in items if isinstance(item, IncomingMessage)] == ["customer", "agent", "bot"]


def test_messages_of_a_chat_service_without_roles(tmp_path: Path) -> None:
    said = [
        {"message_id": n, "channel_url": "support_1", "user": {"user_id": who.lower(), "nickname": who},
         "message": "hi", "created_at": 1788249600000 + n}
        for n, who in enumerate(("Ann", "Bo"))
    ]  # fmt: skip
    path = _file(tmp_path, {"messages": said})
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_roles_missing"
    assert [told[:3] for told in _told(path, mapping=mapping.with_agents(None, ["Bo"]))] == [
        ("support_1", "customer", "Ann"), ("support_1", "agent", "Bo")
    ]  # fmt: skip


def test_a_column_of_roles_stays_where_it_speaks(tmp_path: Path) -> None:
    table = (
        "conversation_id,sent_at,role,sender,text\nc,2026-09-01 08:00:00,system,Ann,x\n"
        "c,2026-09-01 08:01:00,,Bo,y\nc,2026-09-01 08:02:00,,Cy,z\nc,2026-09-01 08:03:00,,,z\n"
    )
    items = list(base.read(write(tmp_path / "a.csv", table), mapping=mapping.with_agents(None, ["Bo"])))
    assert [item.code if isinstance(item, RejectedRow) else item.role.value for item in items] == [
        "system", "agent", "customer", "row_value_missing"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("conversation_id,message_id,criterion,level,reviewer", "import_is_labels"),
        ("conversation_id,message_id,criterion,level,confidence,scored_at", "labels_are_scores"),
    ],
)
def test_labels_are_no_chats(tmp_path: Path, header: str, code: str) -> None:
    cells = ",".join("abcdefgh"[: header.count(",") + 1])
    with pytest.raises(CsqmError) as caught:
        base.read(write(tmp_path / "labels.csv", f"{header}\n{cells}\n"))
    assert caught.value.code == code


def test_label_studio_and_doccano_hold_no_chats(tmp_path: Path) -> None:
    data = {"reply": "soon", "dialogue": [{"author": "customer", "text": "where is it?"}], "conversation_id": "a"}
    annotation = {"id": 1, "result": [], "was_cancelled": False}
    task = {"id": 1, "data": data, "annotations": [annotation], "predictions": []}
    known = {"conversation_id": "a", "message_id": "2", "reviewer": "Li", "verdict": "scored"}
    lines = json.dumps({"text": "soon", "label": ["understanding:missed"], **known})
    for path in (_file(tmp_path, [task]), write(tmp_path / "a.jsonl", lines)):
        with pytest.raises(CsqmError) as caught:
            base.read(path)
        assert caught.value.code == "import_is_labels"
    assert _told(_file(tmp_path, [{"id": 1, "data": data}]))


def test_formats_are_listed_the_nearest_first(tmp_path: Path) -> None:
    with pytest.raises(CsqmError) as caught:
        base.read(write(tmp_path / "a.csv", TABLE), "whatsap")
    lines = caught.value.values["known"].splitlines()
    assert lines[0].startswith("whatsapp")
    assert len(lines) > 3
    assert max(map(len, lines)) <= 100
    rest = ", ".join(lines[1:]).replace(",,", ",").split(", ")
    assert [name.strip(",") for name in rest] == sorted(name.strip(",") for name in rest)


def test_tickets_on_which_nobody_said_anything_are_told(tmp_path: Path) -> None:
    tickets: list[dict[str, Any]] = [
        {"id": 1, "subject": "tea"},
        {"id": 2, "comments": _said("help", "done")},
        {"id": 3, "subject": "cup"},
        {"id": 4, "comments": []},
    ]
    document = {"users": [{"id": 8, "name": "Ann"}], "tickets": tickets}
    items = list(base.read(_file(tmp_path, document)))
    assert [item.code for item in items if isinstance(item, RejectedRow)] == ["row_value_missing"] * 2
    assert sum(isinstance(item, IncomingMessage) for item in items) == 2
