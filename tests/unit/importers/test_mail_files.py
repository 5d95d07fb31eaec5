"""Mailboxes and single mails: threads, who is who, own words and files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.importers import base, mail_files, mapping
from csqm_desktop.importers.source import SourceFile
from tests.unit.importers.samples import messages, turns, write

MAIL = """From: {who}
To: {to}
Subject: {subject}
Date: Tue, 01 Sep 2026 10:0{minute}:00 +0200
Message-ID: <{own}>
{more}
{text}
"""


def _mail(minute: int, who: str, to: str, subject: str = "Lid", text: str = "hi", more: str = "") -> str:
    return MAIL.format(minute=minute, who=who, to=to, subject=subject, text=text, own=f"{minute}@x", more=more)


def _box(*mails: str) -> str:
    return "".join(f"From x Tue Sep  1 10:00:00 2026\n{mail}\n" for mail in mails)


def test_a_mailbox() -> None:
    found = messages("mail_support.mbox")
    assert [(m.role.value, m.sender, m.text, m.attachments) for m in found] == [
        ("customer", "Anna B", "Loose lid\nThe lid is loose.", ()),
        ("agent", "Tea Shop ☕", "We send a new one.", ("label.pdf",)),
        ("customer", "anna@example.org", "Thank you.\nFrom my garden, Anna", ()),
        ("customer", "Bea", "Open?\nUntil when?", ()),
        ("agent", "Lee", "Until six.", ()),
        ("bot", "noreply@shop.example", "How did we do?", ()),
    ]
    assert [m.conversation_id == found[0].conversation_id for m in found] == [True] * 3 + [False] * 3
    assert f"{found[0].sent_at:%Y-%m-%d %H:%M %z}" == "2026-09-01 10:00 +0200"


def test_one_mail_and_many_in_a_zip(tmp_path: Path) -> None:
    first = _mail(0, "anna@x.org", "support@y.org")
    second = _mail(1, "support@y.org", "anna@x.org", "Re: Lid", "hello", "In-Reply-To: <0@x>\n")
    path = write(tmp_path / "a.eml", first.replace("\n", "\r\n"))
    assert [(t[1], t[4]) for t in turns(path)] == [("customer", "Lid\nhi")]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.eml", first)
        archive.writestr("2.eml", second)
    found = turns(tmp_path / "a.zip")
    assert [(t[1], t[4]) for t in found] == [("customer", "Lid\nhi"), ("agent", "hello")]
    assert found[0][0] == found[1][0] == turns(path)[0][0]


def test_who_answers_several_works_for_the_shop(tmp_path: Path) -> None:
    box = _box(
        _mail(0, "lee@y.org", "anna@x.org", "Your lid"),
        _mail(1, "anna@x.org", "lee@y.org", "Re: Your lid"),
        _mail(2, "lee@y.org", "bea@x.org", "Your cup"),
    )
    path = write(tmp_path / "a.mbox", box)
    assert [t[1] for t in turns(path)] == ["agent", "customer", "agent"]
    given = mapping.from_json({"roles": {"lee@y.org": "bot"}})
    assert [t[1] for t in turns(path, mapping=given)] == ["bot", "customer", "bot"]


def test_the_newest_first_is_the_same(tmp_path: Path) -> None:
    mails = [
        _mail(1, "support@y.org", "anna@x.org", "Re: Lid", "hello", "References: <0@x>\n"),
        _mail(0, "anna@x.org", "support@y.org"),
    ]
    found = turns(write(tmp_path / "a.mbox", _box(*mails)))
    assert [t[1] for t in found] == ["agent", "customer"]
    assert found[0][0] == found[1][0]


def test_a_broken_mail_costs_itself(tmp_path: Path) -> None:
    box = _box(
        _mail(0, "anna@x.org", "support@y.org"), "no headers here\n\njust text\n", _mail(1, "b@x.org", "support@y.org")
    )
    items = list(base.read(write(tmp_path / "a.mbox", box)))
    assert [isinstance(item, RejectedRow) for item in items] == [False, True, False]


@pytest.mark.parametrize("text", ["From: the shop\nTo: you\nSubject: x\n", "From here to 10:00 there\nall is well\n"])
def test_what_only_looks_like_mail(tmp_path: Path, text: str) -> None:
    assert mail_files.IMPORTER.sniff(SourceFile.open(write(tmp_path / "a.txt", text))).confidence == 0
