"""Contact centres, logs of bots, account exports and tweets, by the samples in ``tests/data/imports``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import messages, turns, write

# Conversation, role, time of day in UTC, sender, text, private, names of files.
SAID: dict[str, list[tuple[object, ...]]] = {
    "amazonconnect_chat.json": [
        ("contact-1", "system", "08:00:01", "SYSTEM_MESSAGE", "You are being connected.", False),
        ("contact-1", "customer", "08:00:03", "Anna", "The kettle hums.", False),
        ("contact-1", "agent", "08:00:09", "Lee", "That is normal.", False),
        ("contact-1", "agent", "08:00:12", "Lee", "", False, "manual.pdf"),
    ],
    "botframework_emulator.transcript": [
        ("talk-1", "customer", "08:00:05", "Anna", "Show me the menu", False),
        ("talk-1", "bot", "08:00:06", "Tea", "Teas\nGreen or black?", False),
    ],
    "chatgpt_conversations.json": [
        ("c0ffee", "customer", "08:00:03", "", "Which tea keeps me awake?", False),
        ("c0ffee", "system", "08:00:10", "", 'search("caffeine")', True),
        ("c0ffee", "system", "08:00:11", "", "three results", True),
        ("c0ffee", "bot", "08:00:15", "", "Matcha, most of all.", False),
        ("c0ffee", "customer", "08:00:40", "", "This one?", False, "tin.jpg"),
    ],
    "dialogflow_history.json": [
        ("df-1", "customer", "08:00:01", "", "do you ship abroad", False),
        ("df-1", "bot", "08:00:01", "", "To most countries.", False),
    ],
    "lex_log.jsonl": [
        ("s1", "customer", "08:00:00", "", "where is my parcel", False),
        ("s1", "bot", "08:00:00", "", "Which order?", False),
        ("s1", "customer", "08:00:20", "", "twelve", False),
        ("s1", "bot", "08:00:20", "", "On its way.", False),
    ],
    "liveperson_history.json": [
        ("lp-1", "customer", "08:00:01", "", "Is it dishwasher safe?", False),
        ("lp-1", "agent", "08:00:05", "", "asks every week", True),
        ("lp-1", "agent", "08:00:09", "", "Only the cup.", False),
    ],
    "oasst_trees.jsonl": [
        ("t1", "customer", "08:00:00", "", "What is oolong?", False),
        ("t1", "bot", "08:01:00", "", "A tea between green and black.", False),
        ("t1", "customer", "08:02:00", "", "Thanks", False),
        ("t1-r2", "customer", "08:00:00", "", "What is oolong?", False),
        ("t1-r2", "bot", "08:03:00", "", "A drink.", False),
    ],
    "tweets_support.csv": [
        ("11", "agent", "08:10:47", "TeaShop", "@1001 Sorry to hear that. Which tin?", False),
        ("11", "customer", "08:11:45", "1001", "@TeaShop the green one", False),
        ("11", "customer", "08:05:00", "1001", "@TeaShop my tin came dented", False),
        ("21", "customer", "09:00:00", "1002", "@TeaShop hello?", False),
    ],
    "twilio_messages.json": [
        ("CH1", "customer", "08:00:00", "whatsapp:+15550100", "Is the shop open?", False),
        ("CH1", "agent", "08:00:09", "lee", "Until six.", False, "door.png"),
        ("CH2", "customer", "08:01:00", "anna", "Hello?", False),
        ("CH2", "agent", "08:01:10", "lee", "Hello.", False),
    ],
    "watson_logs.json": [
        ("w-1", "customer", "08:00:00", "", "opening hours", False),
        ("w-1", "bot", "08:00:01", "", "Nine to six.", False),
    ],
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_who_said_what(name: str) -> None:
    found = [
        (m.conversation_id, m.role.value, f"{m.sent_at:%H:%M:%S}", m.sender, m.text, m.private, *m.attachments)
        for m in messages(name)
    ]
    assert found == SAID[name]


def _json(path: Path, document: Any) -> Path:
    return write(path, json.dumps(document))


def test_a_sample_has_intents_and_versions() -> None:
    assert {(m.intent, m.bot_version) for m in messages("lex_log.jsonl")} == {("Track", ""), ("Track", "3")}
    assert {m.intent for m in messages("dialogflow_history.json")} == {"shipping"}
    assert [m.bot_version for m in messages("chatgpt_conversations.json")] == ["", "", "", "gpt-9", ""]
    assert {m.shop for m in messages("tweets_support.csv")} == {"TeaShop", ""}


def test_older_notations(tmp_path: Path) -> None:
    lex = {"messageVersion": "1.0", "botName": "Tea", "botVersion": "7", "userId": "u", "inputTranscript": "hi",
           "botResponse": "hello", "intent": "Greet", "timestamp": "2026-09-01T08:00:00Z"}  # fmt: skip
    assert [entry[1] for entry in turns(_json(tmp_path / "a.json", lex))] == ["customer", "bot"]
    answer = {"responseId": "r", "session": "projects/p/agent/sessions/s1",
              "queryResult": {"queryText": "hi", "fulfillmentText": "hello"}}  # fmt: skip
    found = turns(_json(tmp_path / "b.json", answer))
    assert [entry[:2] + entry[4:] for entry in found] == [("s1", "customer", "hi"), ("s1", "bot", "hello")]
    line = {
        "timeL": 1788249601000,
        "textType": "html",
        "text": "<b>hi</b>",
        "by": "Lee",
        "source": "agent",
        "lineSeq": "1",
    }
    chat = {"interactionHistoryRecords": [{"info": {"engagementId": "e"}, "transcript": {"lines": [line]}}]}
    assert [entry[:2] + entry[3:] for entry in turns(_json(tmp_path / "c.json", chat))] == [("e", "agent", "Lee", "hi")]
    activity = {"type": "message", "timestamp": "2026-09-01T08:00:00Z", "conversation": {"id": "x"}, "text": "hi"}
    old = [activity | {"id": "1", "from": {"id": "u"}}, activity | {"id": "2", "from": {"id": "b"}, "replyToId": "1"}]
    assert [entry[1] for entry in turns(_json(tmp_path / "d.json", old))] == ["customer", "bot"]


def test_short_messages_do_not_show_numbers_in_ids(tmp_path: Path) -> None:
    sent = {"sid": "SM1", "from": "+15550100", "to": "+15550199", "body": "hi", "direction": "inbound",
            "date_sent": "Tue, 01 Sep 2026 08:00:00 +0000"}  # fmt: skip
    back = sent | {"sid": "SM2", "from": "+15550199", "to": "+15550100", "direction": "outbound-api"}
    found = turns(_json(tmp_path / "sms.json", {"messages": [sent, back]}))
    assert [entry[1:3] for entry in found] == [("customer", "2026-09-01 08:00:00"), ("agent", "2026-09-01 08:00:00")]
    assert len({entry[0] for entry in found}) == 1
    assert "5550" not in found[0][0]


def test_a_person_says_who_works_for_the_shop(tmp_path: Path) -> None:
    def said(number: int, author: str) -> dict[str, Any]:
        return {"sid": f"IM{number}", "conversation_sid": "CH", "author": author, "body": "hi", "index": number,
                "date_created": "2026-09-01T08:00:00Z"}  # fmt: skip

    path = _json(tmp_path / "a.json", {"messages": [said(1, "lee"), said(2, "anna")]})
    assert [entry[1] for entry in turns(path)] == ["customer", "agent"]
    given = mapping.from_json({"roles": {"lee": "agent"}})
    assert [entry[1] for entry in turns(path, mapping=given)] == ["agent", "customer"]


def test_a_tree_without_an_open_end_follows_the_newest(tmp_path: Path) -> None:
    def node(name: str, parent: str | None, children: list[str], role: str, text: str) -> dict[str, Any]:
        said = {"id": name, "author": {"role": role}, "create_time": 1788249600, "content": {"parts": [text]}}
        return {"id": name, "message": said, "parent": parent, "children": children}

    nodes = [node("a", None, ["b", "c"], "user", "hi"), node("b", "a", [], "assistant", "old"),
             node("c", "a", ["a"], "assistant", "new")]  # fmt: skip
    path = _json(tmp_path / "a.json", [{"id": "x", "mapping": {each["id"]: each for each in nodes}}])
    assert [entry[4] for entry in turns(path)][-1] == "new"


def test_intercom_tickets(tmp_path: Path) -> None:
    parts = [{"type": "ticket_part", "id": str(n), "part_type": kind, "body": text, "created_at": 1788249700 + n,
              "author": {"type": "admin", "id": "2", "name": "Lee"}}
             for n, (kind, text) in enumerate([("comment", "<p>One is coming</p>"), ("note", "again")])]  # fmt: skip
    ticket = {"type": "ticket", "id": "4", "ticket_attributes": {"_default_description_": "The lid is loose"},
              "contacts": {"contacts": [{"type": "contact", "id": "c"}]}, "created_at": 1788249600,
              "ticket_parts": {"type": "ticket_part.list", "ticket_parts": parts}}  # fmt: skip
    path = _json(tmp_path / "a.json", ticket)
    assert base.recognise(path).format == "intercom"
    assert [(m.role.value, m.text, m.private) for m in messages(path)] == [
        ("customer", "The lid is loose", False), ("agent", "One is coming", False), ("agent", "again", True),
    ]  # fmt: skip


def test_a_kind_of_message_is_no_role(tmp_path: Path) -> None:
    """``payload.type`` holds text or image: the page must ask instead of refusing all rows."""
    said = {
        "id": "1",
        "conversationId": "c",
        "sentOn": "2026-09-01T08:00:00Z",
        "payload": {"type": "text", "text": "hi"},
    }
    assert base.recognise(_json(tmp_path / "a.json", [said, said | {"id": "2"}])).missing == ("role",)


def test_bots_and_cards_of_liveperson(tmp_path: Path) -> None:
    card = {"type": "vertical", "elements": [
        {"type": "text", "text": "Which size?"},
        {"type": "button", "title": "Small", "click": {"actions": [{"type": "publishText", "text": "I want small"}]}},
    ]}  # fmt: skip
    said = {"type": "RICH_CONTENT", "messageData": {"richContent": {"content": json.dumps(card)}}, "messageId": "1",
            "participantId": "9", "timeL": 1788249601000, "sentBy": "Agent"}  # fmt: skip
    record = {"info": {"conversationId": "lp", "csatRate": 5}, "messageRecords": [said],
              "agentParticipants": [{"agentId": "9", "userTypeName": "Bot"}]}  # fmt: skip
    found = messages(_json(tmp_path / "a.json", {"conversationHistoryRecords": [record]}))
    assert [(m.role.value, m.text, m.rating) for m in found] == [("bot", "Which size?\nSmall", 5.0)]
