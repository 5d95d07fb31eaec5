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
