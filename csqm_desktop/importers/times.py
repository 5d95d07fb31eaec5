"""Moments as exports write them: ISO 8601, Chinese and spreadsheet notations, unix numbers.

Times without an offset are in the zone that was given, else in this machine's. What cannot be a time, or
lies outside 1990 to 2100, is refused with a reason: a wrong time would silently bend every trend.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from operator import add, itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from csqm_desktop.domain import plain_row
from csqm_desktop.errors import CsqmError

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_UNIX_EARLIEST = datetime(EARLIEST_YEAR, 1, 1, tzinfo=UTC).timestamp()
_UNIX_LATEST = datetime(LATEST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp()
_TO_HOUR, _FROM_HOUR = itemgetter(slice(13)), itemgetter(slice(13, None))
_MOST_HOURS = 100_000  # that are remembered
_EXCEL_EPOCH = datetime(1899, 12, 30)
_SERIALS = (32874, 73416)  # spreadsheet day numbers of 1990-01-01 and 2101-01-01

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d*)?$")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$")
_TIME = (
    r"(?P<half>上午|下午|凌晨|早上|中午|晚上|AM|PM)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{1,2})\s*分?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?\s*秒?)?"
    r"\s*(?P<half2>AM|PM|a\.m\.|p\.m\.)?\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d\d)?)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:\s*(?:周|星期|礼拜)[一二三四五六日天])?(?:[\sT,]*" + _TIME + r")?$",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    r"(?P<first>\d{1,2})[-/.](?P<second_>\d{1,2})[-/.](?P<year>\d{4})(?:[\sT,]+" + _TIME + r")?$", re.IGNORECASE
)
_AFTERNOON = frozenset({"下午", "晚上", "pm", "p.m."})
_MORNING = frozenset({"上午", "凌晨", "早上", "am", "a.m."})


class TimeProblem(ValueError):  # noqa: N818 -- a signal between modules
    """Why a value is not a usable time; ``code`` is a key of ``errors.MESSAGES``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def parse_timezone(text: str | None) -> tzinfo | None:
    """A zone from ``Asia/Shanghai``, ``+08:00``, ``UTC`` or nothing; None stands for this machine's zone."""
    if text is None or not text.strip():
        return None
    name = text.strip()
    offset = _OFFSET.match(name)
    if offset:
        try:
            return _fixed(offset)
        except TimeProblem as error:
            raise CsqmError("import_timezone_unknown", timezone=text) from error
    if name.upper() in ("Z", "UTC", "GMT"):
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CsqmError("import_timezone_unknown", timezone=text) from error


class Times:
    """Reads the times of one file.

    ``day_first`` settles dates such as 03/04/2026; without it such a date is refused unless only one
    reading is possible.
    """

    def __init__(self, zone: tzinfo | None = None, day_first: bool | None = None) -> None:
        self._zone = zone
        self._day_first = day_first
        self._hours: dict[str, timezone] = {}  # offsets by local hour, within which they do not change

    def parse(self, value: object) -> datetime:
        """An aware time with a fixed offset; ``TimeProblem`` when there is none in ``value``."""
        if isinstance(value, str) and len(value) == 19:
            offset = self._hours.get(value[:13])
            if offset is not None and value[13] == ":" == value[16]:
                try:
                    return datetime.fromisoformat(value).replace(tzinfo=offset)
                except ValueError:
                    pass
        try:
            found = self._read(value)
            if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
                raise TimeProblem("row_time_absurd")
            aware = self._aware(found)
        except (OverflowError, OSError) as error:
            raise TimeProblem("row_time_absurd") from error
        if isinstance(value, str) and found.tzinfo is None and len(value) == 19 and value[:13].isascii():
            self._remember(value[:13], found, aware)
        return aware

    def _remember(self, hour: str, found: datetime, aware: datetime) -> None:
        """Keep the offset of an hour as it is written, e.g. ``2026-09-01 08``."""
        if (
            hour == found.isoformat(hour[10])[:13]
            and isinstance(aware.tzinfo, timezone)
            and len(self._hours) < _MOST_HOURS
        ):
            self._hours[hour] = aware.tzinfo

    def _read(self, value: object) -> datetime:
        if isinstance(value, str):
            return self._from_text(value)
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _from_number(float(value))
        raise TimeProblem("row_time_unreadable")

    def _from_text(self, text: str) -> datetime:
        text = text.strip()
        # The two notations that nearly all files use go the short way.
        if len(text) >= 19 and text[4] == "-" and text.isascii():
            try:
                return datetime.fromisoformat(text)
            except ValueError:
                pass
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text).strip()
        if _NUMBER.match(text):
            return _from_digits(text)
        match = _YEAR_FIRST.match(text)
        if match:
            return _from_parts(match, int(match["month"]), int(match["day"]))
        match = _YEAR_LAST.match(text)
        if match:
            dotted = text[match.end("first")] == "."  # no country that writes points puts the month first
            day, month = self._day_and_month(int(match["first"]), int(match["second_"]), dotted)
            return _from_parts(match, month, day)
        return _from_mail(text)

    def _day_and_month(self, first: int, second: int, dotted: bool) -> tuple[int, int]:
        """Which of two numbers is the day."""
        if first == second:
            return first, second
        if self._day_first is not None:
            return (first, second) if self._day_first else (second, first)
        if first > 12 >= second:
            return first, second
        if second > 12 >= first:
            return second, first
        if dotted and first <= 12:
            return first, second
        raise TimeProblem("row_time_ambiguous" if first <= 12 else "row_time_impossible")

    def _aware(self, found: datetime) -> datetime:
        """With a fixed offset, so that differences between times are real seconds."""
        if found.tzinfo is None:
            found = found.astimezone() if self._zone is None else found.replace(tzinfo=self._zone)
        if isinstance(found.tzinfo, timezone):
            return found
        return found.replace(tzinfo=timezone(found.utcoffset() or timedelta()))


class Moments:
    """The times of one file as ``plain_row.moment`` has them, many at once.

    Within an hour as it is written nothing but minutes and seconds changes, so each hour is worked out once.
    """

    def __init__(self, times: Times) -> None:
        self._times = times
        self._hours: dict[str, tuple[int, int, int]] = {}  # hour and what follows the seconds: its begin
        self._within = {
            f":{minute:02d}:{second:02d}": (minute * 60 + second) * 1000 for minute in range(60) for second in range(60)
        }

    def of(self, values: Sequence[Any], odd: set[int]) -> tuple[list[int], list[int], list[int]]:
        """Milliseconds, minutes of offset and days; places of values that are no time go to ``odd``."""
        if _all_plain(values):
            begins: list[Any] = list(map(self._hours.get, map(_TO_HOUR, values)))
            afters: list[Any] = list(map(self._within.get, map(_FROM_HOUR, values)))
        else:
            begins = [self._hours.get(_hour(value)) for value in values]
            afters = [self._within.get(value[13:19]) if isinstance(value, str) else None for value in values]
        if None in begins or None in afters:
            for place, value in enumerate(values):
                if afters[place] is not None:
                    begins[place] = begins[place] or self._hours.get(_hour(value))  # an earlier one may have told it
                if begins[place] is None or afters[place] is None:
                    begins[place], afters[place] = self._one(place, value, afters[place], odd), 0
        if not begins:
            return [], [], []
        starts, offsets, days = zip(*begins, strict=True)
        return list(map(add, starts, afters)), list(offsets), list(days)

    def _one(self, place: int, value: Any, after: int | None, odd: set[int]) -> tuple[int, int, int]:
        if value is None or value == "":
            odd.add(place)
            return 0, 0, 0
        try:
            aware = self._times.parse(value)
        except TimeProblem:
            odd.add(place)
            return 0, 0, 0
        found = plain_row.moment(aware)
        if after is not None and value[:19] == aware.isoformat(value[10])[:19] and len(self._hours) < _MOST_HOURS:
            self._hours[_hour(value)] = (found[0] - after, found[1], found[2])
        return found


def _all_plain(values: Sequence[Any]) -> bool:
    """Whether all are texts of 19 characters: nothing after the seconds."""
    return set(map(type, values)) == {str} and set(map(len, values)) == {19}


def _hour(value: Any) -> str:
    """A time without its minutes and seconds."""
    if not isinstance(value, str):
        return ""
    return value[:13] if len(value) == 19 else value[:13] + value[19:]


def guess_day_first(values: list[str]) -> bool | None:
    """Whether dates such as 13/04/2026 put the day first, from values where it shows; None if it never does."""
    votes = set()
    for value in values:
        match = _YEAR_LAST.match(value.strip())
        if match and int(match["first"]) > 12:
            votes.add(True)
        elif match and int(match["second_"]) > 12:
            votes.add(False)
    return votes.pop() if len(votes) == 1 else None


def _from_parts(match: re.Match[str], month: int, day: int) -> datetime:
    """A time from the groups that both date patterns share."""
    hour, zone = int(match["hour"] or 0), match["zone"]
    half = (match["half"] or match["half2"] or "").lower()
    if half and hour > 12 and half in _MORNING:
        raise TimeProblem("row_time_impossible")
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    micro = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    try:
        found = datetime(
            int(match["year"]), month, day, hour, int(match["minute"] or 0), int(match["second"] or 0), micro
        )
    except ValueError as error:
        raise TimeProblem("row_time_impossible") from error
    if not zone:
        return found
    offset = _OFFSET.match(zone)
    return found.replace(tzinfo=_fixed(offset) if offset else UTC)


def _from_digits(text: str) -> datetime:
    """Digits only: a compact date such as 20260901080503, or a number."""
    compact = _COMPACT.match(text)
    if compact and "19" <= text[:2] <= "21":
        parts = [int(part or 0) for part in compact.groups()]
        try:
            return datetime(*parts)  # type: ignore[arg-type]
        except ValueError as error:
            raise TimeProblem("row_time_impossible") from error
    return _from_number(float(text))


def _from_number(number: float) -> datetime:
    """Unix seconds, milliseconds, microseconds or nanoseconds, or a spreadsheet's day number."""
    if _SERIALS[0] <= number < _SERIALS[1]:
        exact = _EXCEL_EPOCH + timedelta(days=number)
        return (exact + timedelta(milliseconds=500)).replace(microsecond=0)
    for scale in (1, 1e3, 1e6, 1e9):
        if _UNIX_EARLIEST <= number / scale < _UNIX_LATEST:
            return datetime.fromtimestamp(number / scale, UTC)
    raise TimeProblem("row_time_absurd")


def _from_mail(text: str) -> datetime:
    """``Tue, 1 Sep 2026 08:05:03 +0800``, as mail and some help desks write it."""
    if not 10 <= len(text) <= 60:
        raise TimeProblem("row_time_unreadable")
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        raise TimeProblem("row_time_unreadable") from error


def _fixed(match: re.Match[str]) -> timezone:
    """A fixed offset from ``+8``, ``+0800`` or ``+08:00``."""
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 14 or minutes > 59:
        raise TimeProblem("row_time_impossible")
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if match[1] == "-" else delta)
