"""Platforms of bots, further help desks, and calls of messengers: who said what, when, and in which conversation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from csqm_desktop.importers import base
from tests.unit.importers.samples import messages, write


def _at(minute: int) -> str:
    return f"2026-09-01T08:0{minute}:00.000Z"


def _voiceflow(minute: int, kind: str, payload: Any, form: str = "trace") -> dict[str, Any]:
    return {"turnID": f"t{minute}", "type": kind, "payload": payload, "startTime": _at(minute), "format": form}


def _libre(number: int, asks: bool, text: str, **more: Any) -> dict[str, Any]:
    return {"messageId": f"m{number}", "conversationId": "c1", "parentMessageId": f"m{number - 1}", "text": text,
            "isCreatedByUser": asks, "createdAt": _at(number), "sender": "Model"} | more  # fmt: skip


def _easemob(number: int, who: str, to: str, *bodies: Any, **more: Any) -> dict[str, Any]:
    return {"msg_id": f"7{number}", "timestamp": 1788249600000 + 60000 * number, "direction": "outgoing", "from": who,
            "to": to, "chat_type": "chat", "payload": {"bodies": list(bodies), "ext": {}}} | more  # fmt: skip


def _gladly(minute: int, who: str, **content: Any) -> dict[str, Any]:
    return {"id": f"i{minute}", "conversationId": "c1", "timestamp": _at(minute), "content": content,
            "initiator": {"id": "p1", "type": who}}  # fmt: skip


CLOUD = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "9"},
         "contacts": [{"profile": {"name": "Anna"}, "wa_id": "491"}]}  # fmt: skip


def _cloud(**value: Any) -> dict[str, Any]:
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"value": CLOUD | value}]}]}


def _page(sender: str, to: str, minute: int, **message: Any) -> dict[str, Any]:
    call = {"sender": {"id": sender}, "recipient": {"id": to}, "timestamp": 1788249600000 + 60000 * minute}
    return {
        "object": "page",
        "entry": [{"id": "P", "messaging": [call | {"message": {"mid": f"m{minute}"} | message}]}],
    }


FILES: dict[str, tuple[str, Any, list[tuple[Any, ...]]]] = {
    "voiceflow": ("json", [
        _voiceflow(0, "request", {"type": "launch"}, "request"),
        _voiceflow(0, "debug", {"type": "debug", "payload": {"message": "begin"}}),
        _voiceflow(0, "text", {"type": "text", "payload": {"slate": {"content": [{"children": [{"text": "Hi "},
                                                                                             {"text": "there"}]}]}}}),
        _voiceflow(1, "request", {"type": "text", "payload": "the lid?"}, "request"),
        _voiceflow(1, "speak", {"type": "speak", "payload": {"type": "message", "message": "<p>Which one?</p>"}}),
        _voiceflow(1, "choice", {"type": "choice", "payload": {"buttons": [{"name": "Blue"}, {"name": "Red"}]}}),
        _voiceflow(2, "request", {"type": "path-1", "payload": {"label": "Blue"}}, "request"),
        _voiceflow(3, "request", {"type": "intent", "payload": {"query": "bye", "intent": {"name": "x"}}}, "request"),
    ], [("bot", 0, "Hi there"), ("customer", 1, "the lid?"), ("bot", 1, "Which one?"), ("bot", 1, "Blue\nRed"),
        ("customer", 2, "Blue"), ("customer", 3, "bye")]),
    "voiceflow 2": ("json", {"transcript": {"id": "t", "sessionID": "c1", "logs": [
        {"type": "action", "data": {"type": "launch"}, "createdAt": _at(0)},
        {"type": "trace", "data": {"type": "text", "payload": {"message": "Hi"}}, "createdAt": _at(0)},
        {"type": "action", "data": {"type": "text", "payload": "the lid?"}, "createdAt": _at(1)},
    ]}}, [("bot", 0, "Hi"), ("customer", 1, "the lid?")]),
    "librechat": ("json", {"conversationId": "c1", "title": "t", "recursive": False, "messages": [
        _libre(0, True, "the lid?"), _libre(1, False, "", content=[{"type": "text", "text": {"value": "It holds"}}]),
    ]}, [("customer", 0, "the lid?"), ("bot", 1, "It holds")]),
    "librechat 2": ("json", {"conversationId": "c1", "recursive": True, "messagesTree": [
        _libre(0, True, "the lid?", children=[
            _libre(1, False, "It holds", children=[_libre(2, True, "sure?", children=[])]),
            _libre(3, False, "It may not", children=[])]),
    ]}, [("customer", 0, "the lid?"), ("bot", 1, "It holds"), ("customer", 2, "sure?"), ("bot", 3, "It may not")]),
    "botpress": ("json", {"messages": [
        {"id": "m1", "conversationId": "c1", "userId": "u1", "direction": "incoming", "createdAt": _at(0),
         "payload": {"type": "text", "text": "the lid?"}},
        {"id": "m2", "conversationId": "c1", "userId": "b1", "direction": "outgoing", "createdAt": _at(1),
         "payload": {"type": "choice", "text": "Which?", "options": [{"label": "Blue", "value": "b"}]}},
    ], "meta": {}}, [("customer", 0, "the lid?"), ("bot", 1, "Which?\nBlue")]),
    "gladly": ("jsonl", [
        _gladly(0, "CUSTOMER", type="CHAT_MESSAGE", content="the lid?"),
        _gladly(1, "AGENT", type="CONVERSATION_NOTE", body="ask Kim"),
        _gladly(2, "AGENT", type="EMAIL", subject="Your lid", content="<p>It holds</p>"),
        _gladly(3, "SYSTEM", type="CONVERSATION_STATUS_CHANGE", status="CLOSED"),
    ], [("customer", 0, "the lid?"), ("agent", 1, "ask Kim", True), ("agent", 2, "Your lid\nIt holds")]),
    "dixa": ("jsonl", [
        {"id": f"m{n}", "csid": 7, "author_id": f"a{n}", "author_name": "x", "direction": way, "text": text,
         "created_at": _at(n)} for n, (way, text) in enumerate([("inbound", "the lid?"), ("outbound", "It holds")])
    ], [("customer", 0, "the lid?"), ("agent", 1, "It holds")]),
    "salesiq": ("json", {"data": [
        {"sequence_id": str(n), "sender": {"name": "x", "type": who}, "id": f"m{n}", "type": "text",
         "time": str(1788249600000 + 60000 * n), "message": {"text": text}}
        for n, (who, text) in enumerate([("visitor", "the lid?"), ("bot", "One moment"), ("operator", "It holds")])
    ]}, [("customer", 0, "the lid?"), ("bot", 1, "One moment"), ("agent", 2, "It holds")]),
    "zohodesk": ("json", {"data": [
        {"id": "1", "type": "thread", "direction": "in", "content": "<div>the lid?</div>", "createdTime": _at(0),
         "author": {"name": "Anna", "type": "END_USER"}},
        {"id": "2", "type": "comment", "content": "ask Kim", "isPublic": False, "commentedTime": _at(1),
         "commenter": {"name": "Lee", "type": "AGENT"}},
    ]}, [("customer", 0, "the lid?"), ("agent", 1, "ask Kim", True)]),
    "jira": ("json", {"issues": [{"key": "S-1", "fields": {
        "summary": "Lid", "created": _at(0), "reporter": {"accountId": "u1", "displayName": "Anna"},
        "description": {"type": "doc", "content": [{"type": "paragraph", "content": [
            {"type": "text", "text": "the"}, {"type": "text", "text": " lid?"}]}]},
        "comment": {"comments": [
            {"id": "1", "author": {"accountId": "a1", "displayName": "Lee"}, "body": "ask Kim", "created": _at(1),
             "jsdPublic": False},
            {"id": "2", "author": {"accountId": "u1", "displayName": "Anna"}, "body": "hello?", "created": _at(2)}]},
    }}]}, [("customer", 0, "the lid?"), ("agent", 1, "ask Kim", True), ("customer", 2, "hello?")]),
    "easemob": ("jsonl", [
        _easemob(0, "u1", "desk", {"type": "txt", "msg": "在吗"}),
        _easemob(1, "desk", "u1", {"type": "txt", "msg": "在的"}),
        _easemob(2, "u1", "desk", {"type": "img", "filename": "a.jpg", "url": "https://x/a"}),
    ], [("customer", 0, "在吗"), ("agent", 1, "在的"), ("customer", 2, "", False, "a.jpg")]),
    "whatsappcloud": ("jsonl", [
        _cloud(messages=[{"from": "491", "id": "w1", "timestamp": "1788249600", "type": "text",
                          "text": {"body": "the lid?"}}]),
        _cloud(statuses=[{"id": "w0", "status": "read", "timestamp": "1788249601", "recipient_id": "491"}]),
        _cloud(messages=[{"from": "491", "id": "w2", "timestamp": "1788249660", "type": "image",
                          "image": {"id": "i1", "caption": "this one"}}]),
        _cloud(message_echoes=[{"from": "155", "to": "491", "id": "w3", "timestamp": "1788249720", "type": "text",
                                "text": {"body": "It holds"}}]),
    ], [("customer", 0, "the lid?"), ("customer", 1, "this one", False, "i1"), ("agent", 2, "It holds")]),
    "messengerhooks": ("jsonl", [
        _page("U", "P", 0, text="the lid?"), _page("P", "U", 1, text="It holds", is_echo=True),
        _page("P", "U", 2, text="Bye", is_echo=True, app_id=5),
    ], [("customer", 0, "the lid?"), ("agent", 1, "It holds"), ("bot", 2, "Bye")]),
    "linehooks": ("jsonl", [
        {"destination": "x", "events": [{"type": "message", "timestamp": 1788249600000, "replyToken": "r",
                                         "source": {"type": "user", "userId": "U1"},
                                         "message": {"type": "text", "id": "1", "text": "the lid?"}}]},
        {"destination": "x", "events": [{"type": "message", "timestamp": 1788249660000, "replyToken": "r",
                                         "source": {"type": "user", "userId": "U1"},
                                         "message": {"type": "file", "id": "2", "fileName": "a.pdf"}}]},
    ], [("customer", 0, "the lid?"), ("customer", 1, "", False, "a.pdf")]),
}  # fmt: skip


def _file(folder: Path, name: str) -> Path:
    kind, content, _ = FILES[name]
    texts = [json.dumps(each) for each in content] if kind == "jsonl" else [json.dumps(content, indent=1)]
    return write(folder / f"a.{kind}", "\n".join(texts) + "\n")


@pytest.mark.parametrize("name", FILES)
def test_who_said_what(tmp_path: Path, name: str) -> None:
    path = _file(tmp_path, name)
    assert base.recognise(path).format == name.split()[0]
    found = messages(path)
    said = [(m.role.value, m.sent_at.minute, m.text, *([m.private] if m.private or m.attachments else []),
             *m.attachments) for m in found]  # fmt: skip
    assert said == FILES[name][2]
    assert len({m.conversation_id for m in found}) == 1
    assert [m.message_id for m in messages(path)] == [m.message_id for m in found]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("noise", [None, 7, "x", [], {}, [[]], {"a": {"b": 1}}])
def test_any_value_may_be_anything(tmp_path: Path, name: str, noise: object) -> None:
    """A broken record costs itself, never the file with a crash."""
    content = json.loads(json.dumps(FILES[name][1]))
    records = content if isinstance(content, list) else [content]
    for record in records[:1]:
        for key in record:
            record[key] = noise
    path = write(tmp_path / "a.json", json.dumps(content))
    opened = base.read(path, format=name.split()[0]) if len(records) > 1 else None
    assert opened is None or isinstance(list(opened), list)


def test_telephones_are_not_shown_in_ids(tmp_path: Path) -> None:
    assert "491" not in messages(_file(tmp_path, "whatsappcloud"))[0].conversation_id


def test_customer_service_accounts_of_wecom() -> None:
    found = messages("wecomkf_messages.json")
    assert [(m.role.value, m.sender, m.text, m.attachments) for m in found] == [
        ("customer", "", "在吗", ()), ("agent", "lee", "在的", ()), ("customer", "", "", ("image",)),
    ]  # fmt: skip
    assert len({m.conversation_id for m in found}) == 1
    assert "wm1" not in found[0].conversation_id


def test_what_only_looks_like_a_product_is_not_taken_for_it(tmp_path: Path) -> None:
    """Users are the shop's people at Drift and customers everywhere else."""
    said = [
        {"conversationId": "c1", "body": who, "author": {"type": who, "id": who}, "createdAt": _at(minute)}
        for minute, who in enumerate(("user", "agent"))
    ]
    path = write(tmp_path / "a.json", json.dumps(said))
    assert base.recognise(path).format == "json"
    assert [m.role.value for m in messages(path)] == ["customer", "agent"]
    calls = [{"msg": "hi", "chat_id": 1, "user_id": 7, "time": 1788249600, "role": "customer"}]
    assert base.recognise(write(tmp_path / "b.json", json.dumps(calls))).format == "json"
    sms = [
        {"direction": way, "from": "+491", "to": "+492", "body": "hi", "date_sent": _at(minute), "sid": f"s{minute}"}
        for minute, way in enumerate(("incoming", "outgoing"))
    ]
    assert [m.role.value for m in messages(write(tmp_path / "c.json", json.dumps(sms)))] == ["customer", "agent"]
