"""Moments in every notation, and those that do not exist."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.times import TimeProblem, Times, guess_day_first, parse_timezone

CHINA = timezone(timedelta(hours=8))
MOMENT = datetime(2026, 9, 1, 8, 5, 3, tzinfo=CHINA)


@pytest.mark.parametrize(
    "value",
    [
        "2026-09-01T08:05:03+08:00", "2026-09-01T00:05:03Z", "2026-09-01 08:05:03", "2026-09-01 08:05:03 +0800",
        "2026/9/1 8:05:03", "2026/09/01 08:05:03", "2026.9.1 8:05:03", "2026年9月1日 08:05:03", "2026年9月1日8时5分3秒",
        "2026年9月1日 星期二 上午8:05:03", "2026-9-1 08：05：03", "２０２６-０９-０１ ０８:０５:０３", "20260901080503",
        "2026/9/1 8:05:03 AM", "Tue, 1 Sep 2026 08:05:03 +0800", "1788221103", "1788221103000", 1788221103,
        1788221103000, 1788221103.0, "1788221103000000", " 2026-09-01 08:05:03 ", "2026-09-01 00:05:03 UTC",
        "2026-09-01T08:05:03.000+08:00", datetime(2026, 9, 1, 8, 5, 3), datetime(2026, 9, 1, 0, 5, 3, tzinfo=UTC),
        "2026-08-31T17:05:03-07:00", "1/9/2026 08:05:03", "2026-09-01 08:05:03 GMT+8", 46266.33684027778,
    ],
)  # fmt: skip
def test_notations_of_one_moment(value: object) -> None:
    found = Times(CHINA, day_first=True).parse(value)
    assert found == MOMENT
    assert isinstance(found.tzinfo, timezone)


@pytest.mark.parametrize(
    ("value", "hour"),
    [("下午3:00", 15), ("晚上 9:00", 21), ("上午12:00", 0), ("中午12:00", 12), ("03:00 PM", 15), ("12:00 p.m.", 12)],
)
def test_halves_of_the_day(value: str, hour: int) -> None:
    assert Times(CHINA).parse(f"2026-09-01 {value}") == datetime(2026, 9, 1, hour, tzinfo=CHINA)


def test_dates_alone_and_minutes_alone() -> None:
    times = Times(CHINA)
    for value in ("2026-09-01", "2026年9月1日", "20260901", date(2026, 9, 1), "2026/9/1"):
        assert times.parse(value) == datetime(2026, 9, 1, tzinfo=CHINA)
    assert times.parse("2026年9月1日 08:05") == datetime(2026, 9, 1, 8, 5, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-09-32 08:00:00", "row_time_impossible"), ("2026-02-29", "row_time_impossible"),
        ("2026-13-01", "row_time_impossible"), ("2026-09-01 25:00", "row_time_impossible"),
        ("0000-01-01 00:00:00", "row_time_impossible"), ("20261301", "row_time_impossible"),
        ("32/13/2026", "row_time_impossible"), ("2026-09-01 15:00 上午", "row_time_unreadable"),
        ("2026-09-01 下午 25:00", "row_time_impossible"), ("2026-09-01 08:00 +99:00", "row_time_impossible"),
        ("0001-01-01T00:00:00", "row_time_absurd"), ("9999-12-31T23:59:59", "row_time_absurd"),
        ("9999-12-31T23:59:59-12:00", "row_time_absurd"), ("1970-01-01 00:00:00", "row_time_absurd"),
        (0, "row_time_absurd"), (-5, "row_time_absurd"), (float("nan"), "row_time_absurd"),
        (float("inf"), "row_time_absurd"), ("99999999999999999999999", "row_time_absurd"), (10**400, "row_time_absurd"),
        ("3/4/2026", "row_time_ambiguous"), ("yesterday", "row_time_unreadable"), ("", "row_time_unreadable"),
        ("08:05:03", "row_time_unreadable"), (None, "row_time_unreadable"), ([], "row_time_unreadable"),
        (True, "row_time_unreadable"), ("2026-09-01T08:05:03+08:00 and more", "row_time_unreadable"),
        ("Tue, 99 Foo 2026 08:05:03", "row_time_unreadable"), ("9" * 5000, "row_time_absurd"),
    ],
)  # fmt: skip
def test_what_is_no_time_says_why(value: object, code: str) -> None:
    with pytest.raises(TimeProblem) as caught:
        Times(CHINA).parse(value)
    assert caught.value.code == code


def test_day_and_month_order() -> None:
    assert Times(UTC).parse("13/4/2026") == datetime(2026, 4, 13, tzinfo=UTC)
    assert Times(UTC).parse("4/13/2026") == datetime(2026, 4, 13, tzinfo=UTC)
    assert Times(UTC, day_first=True).parse("3/4/2026") == datetime(2026, 4, 3, tzinfo=UTC)
    assert Times(UTC, day_first=False).parse("3/4/2026 1:00 PM") == datetime(2026, 3, 4, 13, tzinfo=UTC)
    assert guess_day_first(["3/4/2026", "13/4/2026 08:00"]) is True
    assert guess_day_first(["3/4/2026", "4/13/2026"]) is False
    assert guess_day_first(["13/4/2026", "4/13/2026"]) is None
    assert guess_day_first(["2026-09-01"]) is None


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of this machine cannot be changed here")
def test_without_a_zone_times_are_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert Times().parse("2026-09-01 08:05:03") == MOMENT
    finally:
        monkeypatch.undo()
        time.tzset()


def test_zones_with_summer_time_give_the_offset_of_the_day() -> None:
    times = Times(parse_timezone("Europe/Berlin"))
    assert times.parse("2026-07-01 12:00:00").utcoffset() == timedelta(hours=2)
    assert times.parse("2026-12-01 12:00:00").utcoffset() == timedelta(hours=1)


def test_timezone_names() -> None:
    for name in ("+08:00", "+0800", "+8", "UTC+8", "GMT+08:00"):
        assert parse_timezone(name) == CHINA
    assert parse_timezone("-03:30") == timezone(-timedelta(hours=3, minutes=30))
    assert parse_timezone("utc") == UTC
    assert parse_timezone(None) is None
    assert parse_timezone(" ") is None
    for name in ("Nowhere/Town", "+25:00", "/etc/localtime", "x" * 1000, "a\x00"):
        with pytest.raises(CsqmError) as caught:
            parse_timezone(name)
        assert caught.value.code == "import_timezone_unknown"
