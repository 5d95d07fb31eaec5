"""Companies' messengers and more help desks, by the samples in ``tests/data/imports``; who is who over many talks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers import base
from csqm_desktop.importers.casts import Casts
from tests.unit.importers.samples import messages, write

# Conversation, role, minute after 08:00 UTC, sender, text, private, names of files.
SAID: dict[str, list[tuple[object, ...]]] = {
    "drift_messages.json": [
        ("7", "customer", 0, "1", "Is it dishwasher safe?", False), ("7", "agent", 1, "2", "Only the cup.", False),
        ("7", "agent", 2, "3", "asks every week", True),
    ],
    "facebook_conversations.json": [
        ("t_1", "agent", 1, "Tea shop", "We do.", False), ("t_1", "customer", 0, "Anna", "Do you ship?", False),
        ("t_2", "customer", 4, "Bob", "Too late?", False),
        ("t_2", "agent", 3, "Tea shop", "Your order is here.", False),
    ],
    "feishu_messages.json": [
        ("oc_1", "customer", 0, "ou_anna", "杯子裂了", False), ("oc_1", "agent", 1, "ou_lee", "给您补发", False),
        ("oc_1", "bot", 2, "cli_1", "请评价", False),
    ],
    "googlechat_messages.json": [
        ("t1", "customer", 0, "Anna", "Is my order packed?", False),
        ("t1", "agent", 1, "Lee", "This afternoon.", False), ("t1", "bot", 2, "Desk", "Rate us!", False),
    ],
    "jivo_chat.json": [
        ("7", "customer", 0, "Anna", "Is it vegan?", False), ("7", "agent", 1, "1", "Yes.", False),
    ],
    "kustomer_messages.json": [
        ("c1", "customer", 0, "", "Where is it?", False), ("c1", "agent", 1, "", "On its way.", False),
    ],
    "livehelperchat_messages.json": [
        ("5", "customer", 0, "", "Any news?", False), ("5", "bot", 1, "", "One moment.", False),
        ("5", "agent", 2, "Lee", "Tomorrow.", False), ("5", "system", 3, "", "Lee has closed the chat", False),
    ],
    "mattermost_bulk.jsonl": [
        ("help-1788249600000", "customer", 0, "anna", "The lid broke.", False),
        ("help-1788249600000", "agent", 1, "lee", "One is coming.", False),
        ("help-1788249720000", "customer", 2, "bob", "Open on Sunday?", False),
        ("help-1788249720000", "agent", 3, "lee", "No.", False),
    ],
    "papercups_messages.json": [
        ("c1", "customer", 0, "Anna", "Is it vegan?", False), ("c1", "agent", 1, "Lee", "Yes.", False),
        ("c1", "agent", 2, "Lee", "asks often", True),
    ],
    "tiledesk_messages.json": [
        ("support-group-1", "customer", 0, "Anna", "Hello?", False),
        ("support-group-1", "bot", 1, "Guide", "Which topic?", False),
        ("support-group-1", "agent", 2, "Lee", "Hi Anna", False),
        ("support-group-1", "system", 3, "Bot", "Lee joined", False),
    ],
    "zulip_messages.json": [
        ("zulip-3-late parcel", "customer", 0, "Anna", "Where is it?", False),
        ("zulip-3-late parcel", "agent", 1, "Lee", "On its way.", False),
        ("zulip-3-greeting", "customer", 2, "Bob", "Hello", False),
        ("zulip-3-greeting", "agent", 3, "Lee", "Hi", False),
    ],
    "matrix_export.json": [
        ("!r1:example.com", "customer", 0, "anna", "The lid broke.", False),
        ("!r1:example.com", "agent", 1, "lee", "Send a photo?", False),
        ("!r1:example.com", "customer", 2, "anna", "", False, "lid.jpg"),
    ],
    "olark_transcript.json": [
        ("o1", "customer", 0, "Anna", "Hello?", False), ("o1", "agent", 1, "Lee", "Hello.", False),
    ],
    "qiyu_messages.json": [
        ("77", "customer", 0, "安娜", "在吗", False), ("77", "bot", 1, "", "您好", False),
        ("77", "agent", 2, "小禾", "在的", False), ("77", "customer", 3, "安娜", "", False, "lid.jpg"),
    ],
    "reamaze_messages.json": [
        ("late-parcel", "customer", 0, "Anna", "Late!", False), ("late-parcel", "agent", 1, "Lee", "Sorry.", False),
        ("late-parcel", "agent", 2, "Lee", "third time", True),
    ],
    "rocketchat_messages.json": [
        ("r1", "customer", 0, "Anna", "Any news?", False), ("r1", "agent", 1, "Lee", "Tomorrow.", False),
        ("r1", "system", 2, "Lee", "Lee joined", False), ("r2", "customer", 3, "Bob", "Hi", False),
        ("r2", "agent", 4, "Lee", "Hello", False),
    ],
    "skype_export.json": [
        ("8:anna", "system", 2, "Anna", "call", False), ("8:anna", "agent", 1, "shop", "It is dry.", False),
        ("8:anna", "customer", 0, "Anna", "Is the tea fresh?", False),
    ],
    "teams_messages.json": [
        ("19:c1", "agent", 1, "Lee", "Until six.", False), ("19:c1", "customer", 0, "Anna", "Are you open?", False),
        ("19:c2", "agent", 4, "Lee", "Hi", False), ("19:c2", "customer", 3, "Bob", "Hello?", False),
    ],
    "telegrambot_updates.json": [
        ("5", "customer", 0, "Anna", "menu", False), ("5", "bot", 1, "Tea", "Green or black?", False),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SAID))
def test_who_said_what(name: str) -> None:
    found = [
        (m.conversation_id, m.role.value, m.sent_at.minute, m.sender, m.text, m.private, *m.attachments)
        for m in messages(name)
    ]
    assert sorted(found, key=str) == sorted(SAID[name], key=str)
    assert {f"{m.sent_at:%Y-%m-%d %H}" for m in messages(name)} == {"2026-09-01 08"}


def test_who_takes_part_in_several_conversations_works_for_the_shop() -> None:
    casts = Casts({"Kim": Role.AGENT})
    for conversation, name in (("1", "Lee"), ("1", "Anna"), ("2", "Lee"), ("2", "Kim"), ("2", "Bob"), ("3", "Eve")):
        casts.met(conversation, name)
    assert [casts.role("1", name) for name in ("Lee", "Anna")] == [Role.AGENT, Role.CUSTOMER]
    assert [casts.role("2", name) for name in ("Lee", "Kim", "Bob")] == [Role.AGENT, Role.AGENT, Role.CUSTOMER]
    assert casts.role("3", "Eve") is Role.CUSTOMER
    assert casts.role("4", "nobody") is Role.AGENT


def test_where_all_take_part_in_several_the_first_asks() -> None:
    casts = Casts({})
    for conversation, name, when in (("1", "Lee", "2"), ("1", "Anna", "1"), ("2", "Anna", "3"), ("2", "Lee", "4")):
        casts.met(conversation, name, when)
    assert [casts.role("1", name) for name in ("Anna", "Lee")] == [Role.CUSTOMER, Role.AGENT]


def test_who_speaks_is_not_guessed_where_it_may_be_told(tmp_path: Path) -> None:
    """A person says which column it is."""
    turns = [
        {"text": "hi", "writer": {"name": "Anna"}, "creator_name": "Anna"},
        {"text": "hello", "creator_name": "Lee"},
    ]
    path = write(tmp_path / "a.json", json.dumps({"id": "x", "utterances": turns}))
    assert base.recognise(path).missing


def test_tickets_with_their_answers(tmp_path: Path) -> None:
    rows = "Ticket ID,Ticket Type,Ticket Description,Resolution,Customer Satisfaction Rating\n7,Refund,Broken,Sent,4\n"
    found = messages(write(tmp_path / "a.csv", rows))
    assert [(m.conversation_id, m.role.value, m.text, m.intent, m.rating) for m in found] == [
        ("7", "customer", "Broken", "Refund", 4.0), ("7", "agent", "Sent", "Refund", 4.0),
    ]  # fmt: skip
    typed = write(tmp_path / "b.csv", "subject,body,answer,type\nLid,It is loose,One is coming,Incident\n")
    assert [(m.role.value, m.text) for m in messages(typed)] == [("customer", "It is loose"), ("bot", "One is coming")]


def test_turns_that_only_say_whether_it_was_the_agent(tmp_path: Path) -> None:
    turns = [{"is_agent": False, "sentences": ["my phone", "is broken"]}, {"is_agent": True, "sentences": ["which?"]}]
    path = write(tmp_path / "a.json", json.dumps([{"conversation_id": "x", "dialog": {"turns": turns}}]))
    assert [(m.role.value, m.text) for m in messages(path)] == [
        ("customer", "my phone is broken"), ("agent", "which?"),
    ]  # fmt: skip
