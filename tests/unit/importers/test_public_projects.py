"""Shapes in which small public projects store their chats; the words are ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import messages, table, turns, write

ASK = {"role": "user", "content": "is the lid loose?"}
REPLY = {"role": "assistant", "content": "it is not"}
AT = {"timestamp": "2026-09-01T08:00:00Z"}, {"timestamp": "2026-09-01T08:01:00Z"}
SAID = [ASK | AT[0], REPLY | AT[1]]


def _json(path: Path, document: object) -> Path:
    return write(path, json.dumps(document, ensure_ascii=False, indent=1))


def _lines(path: Path, *records: object) -> Path:
    return write(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def _said(path: Path, **options: Any) -> list[tuple[str, str, str, str]]:
    """Conversation, first letter of the role, minute, text."""
    return [(t[0], t[1][0], t[2][11:16], t[4]) for t in turns(path, **options)]


EXPECTED = [("c1", "c", "08:00", "is the lid loose?"), ("c1", "b", "08:01", "it is not")]


@pytest.mark.parametrize(
    "document",
    [
        {"conversations": [{"id": "9", "session_id": "c1", "messages": json.dumps(SAID), "intent": "x"},
                           {"id": "8", "session_id": "c2", "messages": "[]"}]},
        {"c1": SAID},
        {"c1": {"messages": SAID, "status": "open"}},
        [{"id": "c1", "chat": {"id": "", "title": "t", "messages": SAID}}],
        {"chats": {"c1": {"messages": {"-Na1": SAID[0], "-Na2": SAID[1]}, "members": {"u1": True}}}},
        {"messages": {"c1": {"-Na1": SAID[0], "-Na2": SAID[1]}}},
        {"__collections__": {"chats": {"c1": {"user": "Anna", "__collections__": {"messages": {
            f"m{n}": said | {"timestamp": {"__datatype__": "timestamp", "value": {"_seconds": 1788249600 + 60 * n}}}
            for n, said in enumerate((ASK, REPLY))}}}}}},
        [{"id": "c1", "created_at": "2026-09-01T07:59:00Z",
          "messages": [ASK | {"time": "8:00 AM"}, REPLY | {"time": "8:01 AM"}]}],
        [{"_id": {"$oid": "c1"}, "messages": [ASK | {"at": "1", "timestamp": {"$date": "2026-09-01T08:00:00Z"}},
                                              REPLY | {"timestamp": {"$date": "2026-09-01T08:01:00Z"}}]}],
        [{"phone": "c1", "name": None, "messages": [
            {"direction": "inbound", "sender": "customer", "text": ASK["content"]} | AT[0],
            {"direction": "outbound", "sender": "bot", "text": REPLY["content"]} | AT[1]]}],
        [{"chatId": "c1", "obj": who, "value": [{"type": "text", "text": {"content": said["content"]}}]} | at
         for who, said, at in zip(("Human", "AI"), (ASK, REPLY), AT, strict=True)],
        [{"_index": "chat", "_id": str(n), "_score": 1, "_source": said | {"conversation_id": "c1"}}
         for n, said in enumerate(SAID)],
        [{"Item": {"conversationId": {"S": "c1"}, "role": {"S": said["role"]}, "content": {"S": said["content"]},
                   "timestamp": {"N": str(1788249600 + 60 * n)}}} for n, said in enumerate((ASK, REPLY))],
    ],
)  # fmt: skip
def test_who_said_what(tmp_path: Path, document: Any) -> None:
    assert _said(_json(tmp_path / "a.json", document), timezone="UTC") == EXPECTED
    assert {message.rating for message in messages(tmp_path / "a.json", timezone="UTC")} == {None}


def test_times_of_the_day_go_on_after_midnight(tmp_path: Path) -> None:
    said = [ASK | {"time": "23:59"}, REPLY | {"time": "00:01"}]
    path = _json(tmp_path / "a.json", [{"id": "c1", "created_at": "2026-09-01T20:00:00Z", "messages": said}])
    assert [t[2] for t in turns(path)] == ["2026-09-01 23:59:00", "2026-09-02 00:01:00"]


def test_the_ids_of_training_data_are_kept_however_they_are_written(tmp_path: Path) -> None:
    path = _json(tmp_path / "a.json", [{"conversationId": f"c{n}", "messages": [ASK, REPLY]} for n in (1, 2)])
    assert base.recognise(path).format == "openai"
    assert [m.conversation_id for m in messages(path)] == ["c1", "c1", "c2", "c2"]


def test_what_a_database_of_phones_holds_beside_chats_is_no_message(tmp_path: Path) -> None:
    last = {"lastMessage": {"text": "it is not", "senderId": "shop"} | AT[1]}
    chats = {
        f"-N{name}": last | {"messages": {"-Na1": {"senderId": f"u{name}", "text": "hi"} | AT[0],
                                          "-Na2": {"senderId": "support", "text": "hello"} | AT[1]}}
        for name in "12"
    }  # fmt: skip
    users = {"u1": {"name": "Anna", "token": "t1"}, "u2": {"name": "Bea", "token": "t2"}}
    found = turns(_json(tmp_path / "a.json", {"users": users, "chats": chats}))
    assert [(t[0], t[1], t[4]) for t in found] == [
        ("-N1", "customer", "hi"), ("-N1", "agent", "hello"), ("-N2", "customer", "hi"), ("-N2", "agent", "hello"),
    ]  # fmt: skip


def test_a_long_database_of_phones_is_read_a_conversation_at_a_time(tmp_path: Path) -> None:
    chats = {f"-N{n}": {"messages": {f"-M{n}{k}": SAID[k] for k in (0, 1)}} for n in range(3000)}
    path = write(tmp_path / "a.json", json.dumps({"chats": chats}))
    assert path.stat().st_size > 500_000
    found = messages(path)
    assert len(found) == 6000
    assert len({message.conversation_id for message in found}) == 3000


def test_several_conversations_of_rounds_are_not_one(tmp_path: Path) -> None:
    rounds = [{"id": f"m{n}", "conversation_id": f"c{n % 2}", "query": f"q{n}", "answer": f"a{n}"} for n in range(4)]
    found = turns(_json(tmp_path / "a.json", {"limit": 20, "data": rounds}))
    assert [(t[0], t[4]) for t in found if t[0] == "c1"] == [("c1", "q1"), ("c1", "a1"), ("c1", "q3"), ("c1", "a3")]


def test_a_file_that_is_one_conversation_can_be_said_to_be(tmp_path: Path) -> None:
    said = [
        {"kind": "x", "sender": {"type": who}, "message": each["content"]} | at
        for who, each, at in zip(("visitor", "bot"), (ASK, REPLY), AT, strict=True)
    ]
    path = _json(tmp_path / "anna.json", said)
    with pytest.raises(CsqmError) as caught:
        base.read(path, format="json")
    assert caught.value.code == "import_conversation_missing"
    assert '{"one_conversation": true}' in str(caught.value)
    given = mapping.from_json({"one_conversation": True})
    assert mapping.from_json(given.to_json()) == given
    found = messages(path, format="json", mapping=given)
    assert [(m.conversation_id, m.role.value) for m in found] == [("anna", "customer"), ("anna", "bot")]
    plain = [row for item in base.read(path, format="json", mapping=given).plain() for row in item]
    assert len(plain) == 2


def test_one_conversation_in_a_long_table(tmp_path: Path) -> None:
    rows = "".join(
        f"2026-09-01 08:{n // 60:02}:{n % 60:02},{'user' if n % 2 else 'bot'},text {n}\n" for n in range(300)
    )
    path = write(tmp_path / "anna.csv", "time,role,text\n" + rows)
    reader = base.read(path, mapping=mapping.from_json({"one_conversation": True}), timezone="UTC")
    found = [row for item in reader.plain() if not isinstance(item, RejectedRow) for row in item]
    assert len(found) == 300
    assert {row[0] for row in found} == {"anna"}


def _deepseek(name: str, parent: str | None, *parts: tuple[str, str]) -> dict[str, Any]:
    message = {"inserted_at": "2026-09-01T08:00:00Z", "model": "m",
               "fragments": [{"type": kind, "content": text} for kind, text in parts]}  # fmt: skip
    return {"id": name, "parent": parent, "children": [], "message": message}


LANGCHAIN = [
    [{"type": "human", "content": "hi"}, {"type": "ai", "content": "hello", "tool_calls": []}],
    [{"lc": 1, "type": "constructor", "id": ["langchain_core", "messages", name], "kwargs": {"content": text}}
     for name, text in (("HumanMessage", "hi"), ("AIMessageChunk", "hello"))],
    [{"type": kind, "data": {"content": text, "type": kind}} for kind, text in (("human", "hi"), ("ai", "hello"))],
]  # fmt: skip


@pytest.mark.parametrize("said", LANGCHAIN)
@pytest.mark.parametrize("around", [True, False])
def test_langchain(tmp_path: Path, said: list[Any], around: bool) -> None:
    path = _json(tmp_path / "a.json", {"messages": said} if around else said)
    assert base.recognise(path).format == "openai"
    assert [(t[1], t[4]) for t in turns(path)] == [("customer", "hi"), ("bot", "hello")]


def test_deepseek(tmp_path: Path) -> None:
    nodes = [_deepseek("1", None, ("REQUEST", "hi")), _deepseek("2", "1", ("THINK", "hm"), ("RESPONSE", "hello"))]
    nodes[0]["children"] = ["2"]
    chat = {"id": "c1", "inserted_at": "2026-09-01T08:00:00Z", "mapping": {node["id"]: node for node in nodes}}
    found = messages(_json(tmp_path / "a.json", [chat]))
    assert [(m.role.value, m.text, m.private) for m in found] == [
        ("customer", "hi", False), ("system", "hm", True), ("bot", "hello", False),
    ]  # fmt: skip


def test_help_scout_and_its_kin_list_conversations_in_pages(tmp_path: Path) -> None:
    thread = {"id": 17, "type": "customer", "state": "published", "body": "hi", "createdAt": "2026-09-01T08:00:00Z",
              "createdBy": {"id": 1, "type": "customer", "firstName": "Anna"}}  # fmt: skip
    talks = [{"id": n, "number": n, "type": "email", "mailboxId": 1, "createdAt": "2026-09-01T07:00:00Z",
              "createdBy": {"id": 1, "type": "customer"}, "_embedded": {"threads": [thread | {"id": n}]}}
             for n in (1, 2)]  # fmt: skip
    path = _json(tmp_path / "a.json", {"_embedded": {"conversations": talks}, "page": {"number": 1}})
    assert [(m.conversation_id, m.text) for m in messages(path)] == [("1", "hi"), ("2", "hi")]


def test_calls_of_zendesk_messaging(tmp_path: Path) -> None:
    def call(who: str, text: str, minute: int) -> dict[str, Any]:
        message = {"id": f"m{minute}", "received": f"2026-09-01T08:0{minute}:00Z", "author": {"type": who},
                   "content": {"type": "text", "text": text}}  # fmt: skip
        load = {"conversation": {"id": "c1"}, "message": message}
        return {"app": {"id": "a"}, "events": [{"id": "e", "type": "conversation:message", "payload": load}]}

    path = _lines(tmp_path / "a.jsonl", call("user", "hi", 0), call("business", "hello", 1))
    assert _said(path) == [("c1", "c", "08:00", "hi"), ("c1", "a", "08:01", "hello")]


def test_an_organisation_of_zulip(tmp_path: Path) -> None:
    said = [
        {"id": n, "sender": who, "recipient": 20, "subject": "lid", "content": text, "date_sent": 1788249600.5 + 60 * n,
         "rendered_content": f"<p>{text}</p>"}
        for n, (who, text) in enumerate([(8, "hi"), (9, "hello")])
    ]  # fmt: skip
    found = messages(_json(tmp_path / "a.json", {"zerver_message": said, "zerver_usermessage": []}))
    assert [(m.conversation_id, m.role.value, m.sender, m.text) for m in found] == [
        ("zulip-20-lid", "customer", "8", "hi"), ("zulip-20-lid", "agent", "9", "hello"),
    ]  # fmt: skip


def test_copilot_studio_keeps_activities_in_a_cell(tmp_path: Path) -> None:
    activities = [{"type": "trace", "valueType": "x", "value": {}}] + [
        {
            "type": "message",
            "id": f"a{n}",
            "timestamp": 1788249600 + 60 * n,
            "from": {"id": "f", "role": role},
            "text": text,
        }
        for n, (role, text) in enumerate([(1, "hi"), (0, "hello")])
    ]
    cell = json.dumps({"activities": activities})
    header = ("conversationtranscriptid", "content", "conversationstarttime", "metadata")
    path = write(tmp_path / "a.csv", table(("c1", cell, "2026-09-01 08:00", "{}"), header=header))
    assert _said(path) == [("c1", "c", "08:00", "hi"), ("c1", "b", "08:01", "hello")]


def _telegram(name: str, number: int, *said: tuple[str, str]) -> dict[str, Any]:
    return {"name": name, "type": "personal_chat", "id": number, "messages": [
        {"id": n, "type": "message", "date": f"2026-09-01T08:0{n}:00", "date_unixtime": str(1788249600 + 60 * n),
         "from": who, "from_id": f"user{who}", "text": text} for n, (who, text) in enumerate(said)]}  # fmt: skip


def test_all_chats_of_a_telegram_account(tmp_path: Path) -> None:
    chats = [
        _telegram("Anna", 1, ("Anna", "hi"), ("Shop", "hello")),
        _telegram("Bea", 2, ("Shop", "your lid came"), ("Bea", "thanks")),
        _telegram("Deleted", 3),
    ]
    account = {"about": "x", "personal_information": {"user_id": 9}, "chats": {"about": "y", "list": chats}}
    path = _json(tmp_path / "result.json", account)
    assert base.recognise(path).format == "telegram"
    found = messages(path)
    assert [(m.role.value, m.text) for m in found] == [
        ("customer", "hi"), ("agent", "hello"), ("agent", "your lid came"), ("customer", "thanks"),
    ]  # fmt: skip
    assert len({m.conversation_id for m in found}) == 2
    alone = messages(_json(tmp_path / "one.json", chats[1]))
    assert alone[0].conversation_id == found[2].conversation_id


def test_a_telegram_account_longer_than_what_one_record_may_be(tmp_path: Path) -> None:
    said = [("Anna", "x" * 3000)] * 2000
    chats = [_telegram(name, n, *said) for n, name in enumerate(("Anna", "Bea"))]
    path = write(tmp_path / "result.json", json.dumps({"chats": {"list": chats}}))
    assert path.stat().st_size > 11 * 1024**2
    found = list(base.read(path))
    assert len(found) == 4000
    assert not any(isinstance(item, RejectedRow) for item in found)


def test_messages_to_and_from_telephones(tmp_path: Path) -> None:
    """What only says in or out is told apart by whose telephone it is."""
    said = [
        {"id": n, "direction": ("incoming", "outgoing")[n % 2], "number": f"49{n // 2}@c.us", "content": f"text {n}",
         "timestamp": f"2026-09-01T08:0{n}:00Z"} for n in range(4)
    ]  # fmt: skip
    found = messages(_json(tmp_path / "a.json", said))
    assert [(m.conversation_id, m.role.value) for m in found] == [
        ("490@c.us", "customer"), ("490@c.us", "agent"), ("491@c.us", "customer"), ("491@c.us", "agent"),
    ]  # fmt: skip
    alone = [each | {"number": f"49{n}@c.us"} for n, each in enumerate(said)]
    with pytest.raises(CsqmError) as caught:
        base.read(_json(tmp_path / "b.json", alone))
    assert caught.value.code == "import_conversation_missing"


def test_a_comma_that_moved_the_cells_of_a_row_refuses_it(tmp_path: Path) -> None:
    rows = ["session_id,time,user_msg,bot_reply,intent", "c1,2026-09-01 08:00,hi,I'm sorry, what?,x",
            "c2,2026-09-01 08:01,a,b,x"]  # fmt: skip
    items = list(base.read(write(tmp_path / "a.csv", "\n".join(rows)), timezone="UTC"))
    assert [getattr(item, "code", "") or item.text for item in items] == ["row_cells", "a", "b"]


PAIR = '{"question": "q", "answer": "a"}'
TALK = 'c1,"Customer: hi\nAgent: yes"'


@pytest.mark.parametrize(
    ("name", "content", "lost"),
    [
        ("a.jsonl", f'{PAIR}\n{PAIR}\n{PAIR}\n{{"note": "x"}}\n{{"question": "", "answer": "", "id": 7}}\n', 2),
        ("a.json", f'[{PAIR}, {PAIR}, {{"note": "x"}}]', 1),
        ("a.json", f'{{"version": "1", "faqs": [{PAIR}]}}', 0),
        ("a.csv", f"chat_id,transcript\n{TALK}\n{TALK}\nc2,all went well\nc3,\n", 1),
        ("a.csv", "id,question,answer\n1,q,a\n2,,\n3,q,\n", 1),
    ],
)
def test_rows_without_words_are_told(tmp_path: Path, name: str, content: str, lost: int) -> None:
    items = list(base.read(write(tmp_path / name, content)))
    refused = [item for item in items if isinstance(item, RejectedRow)]
    assert len(items) > len(refused) == lost
    assert {item.code for item in refused} <= {"row_value_missing"}
