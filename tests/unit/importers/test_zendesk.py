"""Zendesk: who asked, who answered, what is internal; the usual nestings and the flat table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA, messages, turns, write


def test_tickets_with_comments_one_on_each_line() -> None:
    name = "zendesk_tickets.jsonl"
    assert turns(name) == [
        ("3501", "customer", "2026-09-01 08:05:03", "9001", "Hi, I ordered the rain jacket in M but got an L."),
        (
            "3501",
            "agent",
            "2026-09-01 08:20:41",
            "501",
            "Sorry about that, Mia!\nI'll send an M & a return label today.",
        ),
        ("3501", "agent", "2026-09-01 08:30:00", "502", "Third mix-up with this SKU, tell the warehouse."),
        ("3501", "system", "2026-09-02 09:00:00", "-1", "This ticket was solved automatically after 24 hours."),
        ("3502", "customer", "2026-09-03 10:00:00", "9002", "Ich brauche eine Rechnung für die Bestellung."),
    ]
    found = messages(name)
    assert [message.private for message in found] == [False, False, True, False, False]
    assert [message.message_id for message in found] == ["88001", "88002", "88003", "88004", "description"]
    assert found[0].attachments == ("label.jpg",)
    assert [message.rating for message in found] == [5.0] * 4 + [None]
    assert [message.channel for message in found] == ["web"] * 4 + ["email"]
    assert [message.row for message in found] == [1, 1, 1, 1, 2]


def test_an_api_page_with_comments_and_users_beside_the_tickets() -> None:
    assert sorted(turns("zendesk_api.json")) == [
        ("71", "agent", "2026-09-04 12:04:00", "Lee", "It left Leeds this morning."),
        ("71", "customer", "2026-09-04 12:00:00", "Anna Ortiz", "Where is my parcel?"),
        ("71", "customer", "2026-09-04 12:10:00", "Ben", "I share the flat, it has not come."),
        ("72", "customer", "2026-09-04 13:00:00", "12", "Is the scarf dark green?"),
    ]
    assert {message.rating for message in messages("zendesk_api.json") if message.conversation_id == "71"} == {1.0}


def test_the_comments_of_one_ticket_are_named_by_their_file() -> None:
    assert turns("zendesk_comments.json") == [
        ("zendesk_comments", "customer", "2026-09-05 07:00:00", "31", "Can I change the address?"),
        ("zendesk_comments", "agent", "2026-09-05 07:03:00", "32", "Yes, until it ships. Which one?"),
    ]


def test_the_flat_table_finds_the_requester_by_the_description() -> None:
    assert turns("zendesk_flat.csv") == [
        ("410", "agent", "2026-09-06 10:12:00", "care@shop.example", "We can refund it, no questions."),
        ("410", "customer", "2026-09-06 10:00:00", "Kim@mail.example", "My kettle leaks."),
        ("410", "customer", "2026-09-06 10:20:00", "kim@mail.example", "Great, thank you"),
        ("411", "customer", "2026-09-06 11:00:00", "leo@mail.example", "Do you ship to Malta?"),
    ]
    assert turns("zendesk_flat.csv", timezone="+02:00")[1][2] == "2026-09-06 08:00:00"


def _tickets() -> list[dict[str, object]]:
    return [json.loads(line) for line in (DATA / "zendesk_tickets.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("indent", [None, 2])
def test_other_nestings_give_the_same_messages(tmp_path: Path, indent: int | None) -> None:
    tickets = _tickets()
    for number, document in enumerate([
        tickets,
        {"tickets": tickets},
        {"data": {"tickets": tickets}, "end_time": 1},
        [{"tickets": tickets[:1], "count": 1}, {"tickets": tickets[1:], "count": 1}],
        [{"ticket": ticket} for ticket in tickets],
    ]):  # fmt: skip
        path = write(tmp_path / f"{number}.json", json.dumps(document, indent=indent))
        assert base.recognise(path).format == "zendesk", number
        assert turns(path) == turns("zendesk_tickets.jsonl"), number


@pytest.mark.parametrize("indent", [None, 2])
def test_one_ticket_with_its_comments_beside_it(tmp_path: Path, indent: int | None) -> None:
    ticket = _tickets()[0]
    comments = ticket.pop("comments")
    for number, document in enumerate([
        {"ticket": ticket, "comments": comments},
        {"comments": comments, "ticket": ticket},
        ticket | {"comments": comments},
    ]):  # fmt: skip
        path = write(tmp_path / f"{number}.json", json.dumps(document, indent=indent))
        assert base.recognise(path).format == "zendesk", number
        assert turns(path) == turns("zendesk_tickets.jsonl")[:4], number


def test_long_lines_are_still_one_ticket_each(tmp_path: Path) -> None:
    tickets = _tickets()
    tickets[0]["custom_fields"] = [{"id": number, "value": "x" * 1000} for number in range(400)]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, tickets)))
    assert base.recognise(path).format == "zendesk"
    assert turns(path) == turns("zendesk_tickets.jsonl")


def test_comments_of_nobody_knows_which_ticket_are_refused(tmp_path: Path) -> None:
    page = json.loads((DATA / "zendesk_api.json").read_text(encoding="utf-8"))
    for comment in page["comments"]:
        del comment["ticket_id"]
    items = list(base.read(write(tmp_path / "a.json", json.dumps(page, indent=1))))
    codes = [item.values.get("field") if isinstance(item, RejectedRow) else item.message_id for item in items]
    assert codes == ["description", "description", *["conversation_id"] * 3]
