"""Rows built many at once are those that are built one by one."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.domain.plain_row import unsealed
from csqm_desktop.importers import base, mapping
from csqm_desktop.importers.times import Moments, TimeProblem, Times, parse_timezone

COLUMNS = (
    "conversation_id", "message_id", "sent_at", "role", "sender", "text", "channel", "rating", "attachments", "private",
    "order_id",
)  # fmt: skip
PLAIN = ("c1", "", "2026-09-01 08:00:00", "customer", "Li", "在吗", "web", "", "", "", "")
VALUES: tuple[tuple[str, ...], ...] = (
    ("c1", "c1", "c2", " c3 ", "", "c\x014", "1.23E+17"),
    ("1", "2", "3", "", "4 "),
    ("2026-09-01 08:00:00", "2026-09-01T08:59:59", "2026-09-01 08:61:00", "2026/9/1 8:05", "2026-09-01T08:00:00.250Z",
     "2026-09-01T08:00:07+05:30", "yesterday", "1788220800", "2200-01-01 00:00:00", "2026-09-01 25:00:00"),
    ("customer", "agent", "bot", "Agent", "nobody", ""),
    ("Li", " Li", "", "小\u200b禾"),
    ("在吗", "two\nlines", " ", "", "ok\u0085", "a\tb", "x" * 300),
    ("web", "", "app\n"),
    ("", "5", "4.5 星", "very good", "1e400"),
    ("", "a.png", "a.png|b.png"),
    ("", "yes", "no", "perhaps"),
    ("", "20260901", " 7"),
)  # fmt: skip
ROWS = st.lists(st.tuples(*map(st.sampled_from, VALUES)) | st.just(PLAIN), max_size=30)


def both_ways(path: Path, chosen: mapping.ColumnMapping | None = None) -> tuple[list[Any], list[Any]]:
    """What a file gives row by row, and many at once."""
    with base.read(path, mapping=chosen, timezone="Asia/Shanghai") as reader:
        single = [item if isinstance(item, RejectedRow) else unsealed(item) for item in reader]
    with base.read(path, mapping=chosen, timezone="Asia/Shanghai") as other:
        many = [row for item in other.plain() for row in ([item] if isinstance(item, RejectedRow) else item)]
    assert reader.duplicates == other.duplicates
    return single, many


def write_csv(path: Path, rows: list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([PLAIN] * 70)  # the first rows are read one by one in any case
        writer.writerows(rows)
    return path


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_a_table_gives_the_same_both_ways(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    single, many = both_ways(write_csv(tmp_path / "a.csv", rows))
    assert many == single
    assert len(single) >= 70


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, odd=st.lists(st.tuples(st.integers(0, 99), st.sampled_from([
    "{", "[1", "2]", '"x"', "", '{"conversation_id": 7, "sent_at": 1788220800, "role": "bot", "text": 5, "rating": 4}',
    '{"conversation_id": {"a": 1}, "sent_at": null, "role": "bot", "text": null, "private": true}',
    '{"a": 1}, {"b": 2}',
    '{"conversation_id": "c", "sent_at": "2026-09-01 08:00:01", "role": "bot", "text": ["a"], "private": false}',
])), max_size=4))  # fmt: skip
def test_json_lines_give_the_same_both_ways(
    tmp_path: Path, rows: list[tuple[str, ...]], odd: list[tuple[int, str]]
) -> None:
    lines = [json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) for row in [PLAIN] * 70 + rows]
    for place, line in odd:
        lines.insert(60 + place, line)
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    single, many = both_ways(path)
    assert many == single


def test_a_workbook_gives_the_same_both_ways(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, COLUMNS)
    for row in range(1, 120):
        values = [column[row % len(column)].replace("\x01", "") for column in VALUES]
        sheet.write_row(row, 0, values)
        if row % 3:
            sheet.write_number(row, 2, 46266.25 + row / 1440)
            sheet.write_number(row, 7, row % 5)
            sheet.write_boolean(row, 9, row % 2 == 0)
    book.close()
    single, many = both_ways(path)
    assert many == single
    assert any(not isinstance(item, RejectedRow) for item in single[60:])


def test_rules_look_at_whole_rows(tmp_path: Path) -> None:
    chosen = mapping.from_json({"rules": [{"role": "bot", "field": "text", "prefix": ["在"]}]})
    single, many = both_ways(write_csv(tmp_path / "a.csv", [PLAIN]), chosen)
    assert many == single
    assert {row[5] for row in many} == {"bot"}


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Asia/Kolkata"])
def test_moments_are_those_of_the_times(zone: str) -> None:
    values: list[Any] = [
        *VALUES[2],
        "2026-03-08 02:30:00",
        "2026-03-08 03:30:00",
        "2026-11-01 01:30:00",
        "2026-09-01 08:00:30",
        None,
    ]
    odd: set[int] = set()
    found = list(zip(*Moments(Times(parse_timezone(zone))).of(values * 2, odd), strict=True))
    times = Times(parse_timezone(zone))
    for place, value in enumerate(values * 2):
        try:
            sent = times.parse(value)
        except TimeProblem:
            assert place in odd
            continue
        assert found[place][0] == sent.timestamp() * 1000
        assert found[place][1] == sent.utcoffset().total_seconds() / 60  # type: ignore[union-attr]
        assert place not in odd
