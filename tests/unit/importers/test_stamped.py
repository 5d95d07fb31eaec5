"""Plain logs of chats: stamps in any notation, days that are missing, roles, and what is no chat."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import DATA, turns, write


def test_times_without_a_day_go_on(tmp_path: Path) -> None:
    path = write(tmp_path / "chat.log", (DATA / "stamped_chat.log").read_bytes())
    os.utime(path, (1788249903, 1788249903))  # 1 September 2026
    found = turns(path, timezone="UTC")
    assert [entry[1:3] for entry in found] == [
        ("customer", "2026-09-01 10:02:00"), ("agent", "2026-09-01 10:03:00"), ("customer", "2026-09-01 10:05:00"),
        ("agent", "2026-09-01 23:58:00"), ("customer", "2026-09-02 00:01:00"),
    ]  # fmt: skip
    assert found[1][4] == "Since when?\nWhich tin is it?"


@pytest.mark.parametrize(
    ("first", "second", "at"),
    [
        ("(10:02:11 AM) anna: hi", "(10:03:11 AM) lee: hello", "10:02:11"),
        ("[10:02] <anna> hi", "[10:03] <lee> hello", "10:02:00"),
        ("10:02:11 Anna: hi", "10:03:11 Lee: hello", "10:02:11"),
        ("Anna (10:02:11): hi", "Lee (10:03:11): hello", "10:02:11"),
        ("2026-09-01T10:02:11Z Anna: hi", "2026-09-01T10:03:11Z Lee: hello", "10:02:11"),
        ("2026-09-01 10:02:11 安娜：在吗", "2026-09-01 10:03:11 小禾：在的", "10:02:11"),
        ("【10:02】安娜：在吗", "【10:03】小禾：在的", "10:02:00"),
        ("2026-09-01 10:02:11 | Anna | hi", "2026-09-01 10:03:11 | Lee | hello", "10:02:11"),
        ("2026-09-01 18:02:11+08:00 Anna: hi", "2026-09-01 18:03:11+08:00 Lee: hello", "10:02:11"),
    ],
)
def test_notations(tmp_path: Path, first: str, second: str, at: str) -> None:
    path = write(tmp_path / "a.txt", f"{first}\n{second}\n{first}\n")
    found = turns(path, format="stamped", timezone="UTC")
    assert [entry[1] for entry in found] == ["customer", "agent", "customer"]
    assert found[0][2].endswith(at)


def test_a_role_before_the_name(tmp_path: Path) -> None:
    lines = "2026-09-01 10:02:11 [Agent] Lee: hello\n2026-09-01 10:03:11 [Customer] Anna: hi\n"
    path = write(tmp_path / "a.txt", lines)
    assert [entry[1] for entry in turns(path)] == ["agent", "customer"]
    assert base.recognise(path).format == "stamped"


def test_days_are_read_as_the_file_shows(tmp_path: Path) -> None:
    lines = "01.09.2026 10:02 Anna: hi\n01.09.2026 10:03 Lee: hello\n13.09.2026 10:04 Anna: bye\n"
    found = turns(write(tmp_path / "a.txt", lines), timezone="UTC", format="stamped")
    assert [entry[2][:10] for entry in found] == ["2026-09-01", "2026-09-01", "2026-09-13"]


def test_a_person_says_who_works_for_the_shop(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "[10:02] Lee: hello\n[10:03] Anna: hi\n")
    given = mapping.from_json({"roles": {"Lee": "agent"}})
    assert [entry[1] for entry in turns(path, mapping=given)] == ["agent", "customer"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-01 10:02:11 ERROR: disk\n2026-09-01 10:02:12 INFO: fine\n2026-09-01 10:02:13 ERROR: disk\n",
        "10:00 Opening: doors\n11:00 Talks: hall\n12:00 Lunch: garden\n13:00 Workshop: room 2\n",
        "name: shop\nport: 80\nhost: localhost\n",
    ],
)
def test_logs_of_programs_and_agendas_are_no_chats(tmp_path: Path, text: str) -> None:
    with pytest.raises(CsqmError):
        base.read(write(tmp_path / "a.log", text))


IRSSI = """--- Log opened Tue Sep 01 10:00:00 2026
10:00 -!- anna [~a@host] has joined #shop
10:01 <anna> is the lid loose?
10:02 <@lee> yes
10:03  * lee looks
--- Day changed Wed Sep 02 2026
09:00 < anna> thanks
"""
WEECHAT = """2026-09-01 10:00:00\t-->\tanna (~a@host) has joined #shop
2026-09-01 10:01:00\tanna\tis the lid loose?
2026-09-01 10:02:00\t@lee\tyes
2026-09-01 10:03:00\t *\tlee looks
2026-09-02 09:00:00\tanna\tthanks
"""
SAID = [
    ("customer", "2026-09-01 10:01:00", "anna", "is the lid loose?"), ("agent", "2026-09-01 10:02:00", "lee", "yes"),
    ("customer", "2026-09-02 09:00:00", "anna", "thanks"),
]  # fmt: skip


@pytest.mark.parametrize("text", [IRSSI, WEECHAT])
def test_what_irc_programs_write_is_nobodys(tmp_path: Path, text: str) -> None:
    found = turns(write(tmp_path / "a.log", text), timezone="UTC")
    assert [entry[1:] for entry in found if entry[1] != "system"] == SAID
    assert [entry[3] for entry in found if entry[1] == "system"] == ["", ""]


def test_who_joins_is_not_who_asks(tmp_path: Path) -> None:
    lines = "[10:00:00] *** Joins: lee (l@host)\n[10:00:10] <anna> hi\n[10:00:20] <lee> hello\n[10:00:30] <anna> ok\n"
    found = turns(write(tmp_path / "2026-09-01.log", lines), timezone="UTC")
    assert [entry[1:3] for entry in found] == [
        ("system", "2026-09-01 10:00:00"), ("customer", "2026-09-01 10:00:10"), ("agent", "2026-09-01 10:00:20"),
        ("customer", "2026-09-01 10:00:30"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        "Conversation with anna at Tue 01 Sep 2026 10:00:00 AM CEST on shop (jabber)",
        "Session Start: Tue Sep 01 10:00:00 2026",
        "**** BEGIN LOGGING AT Tue Sep  1 10:00:00 2026",
        "Date: 2026-09-01",
    ],
)
def test_the_day_of_a_log_stands_in_its_head(tmp_path: Path, head: str) -> None:
    path = write(tmp_path / "a.txt", f"{head}\n(10:02:11 AM) anna: hi\n(10:03:11 AM) lee: hello\n")
    assert [entry[2] for entry in turns(path, timezone="UTC")] == ["2026-09-01 10:02:11", "2026-09-01 10:03:11"]


@pytest.mark.parametrize(("first", "second"), [("00:00:05", "00:01:02"), ("00:05", "01:02"), ("0:05", "1:02")])
def test_times_of_a_call_count_from_its_beginning(tmp_path: Path, first: str, second: str) -> None:
    path = write(tmp_path / "a.txt", f"[{first}] Agent: hello\n[{second}] Customer: hi\n[{second}] System: on hold\n")
    found = turns(path, mapping=mapping.from_json({"start": "2026-09-01T08:00:00Z"}), format="stamped")
    assert [entry[1:3] for entry in found] == [
        ("agent", "2026-09-01 08:00:05"), ("customer", "2026-09-01 08:01:02"), ("system", "2026-09-01 08:01:02"),
    ]  # fmt: skip


def test_voices_are_nobody_until_a_person_says_who_they_are(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Speaker 1 (00:05): hello\nSpeaker 2 (00:12): hi\nSpeaker 1 (00:20): yes\n")
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_voices"
    assert '{"roles": {"Speaker 1": "agent"}}' in str(caught.value)
    given = mapping.from_json({"roles": {"Speaker 1": "agent"}})
    assert [entry[1] for entry in turns(path, mapping=given)] == ["agent", "customer", "agent"]
