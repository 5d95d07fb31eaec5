"""Dates and times of day in digits, which are no telephone numbers however they are separated."""

from __future__ import annotations

import re
from collections.abc import Iterator

_YEAR, _SHORT_YEAR = r"(?:19|20)\d\d", r"\d\d"
_PART = r"(?:0?[1-9]|[12]\d|3[01])"  # a day or a month: which comes first differs by country
_COMPACT = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?:[:.][0-5]\d){0,2}"
_TO = r"\s?(?:[-~/、]|to|until|till?|and|至|到)\s?"
_CLOCKS = rf"{_CLOCK}(?:{_TO}{_CLOCK})?"
_AT = r"(?:[ ,_()]{1,3}|-|T)"


def _day(separator: str, year: str) -> str:
    """Year, month and day in any order that is in use, with one separator throughout."""
    return rf"(?:{year}{separator}{_PART}{separator}{_PART}|{_PART}{separator}{_PART}{separator}{year})"


def _any(year: str, *separators: str) -> str:
    return "(?:" + "|".join(_day(separator, year) for separator in separators) + ")"


_DAY = _any(_YEAR, "-", "/", r"\.", " - ", " / ", r"\. ", "、", "_")
_SHORT_DAY = _any(_SHORT_YEAR, "-", "/", r"\.")
_SHORT_SPAN = _any(_SHORT_YEAR, "/", r"\.")  # in pairs with dashes some countries write telephone numbers
_MONTHS = "|".join(rf"{_YEAR}{s}{_PART}{_TO}{_YEAR}{s}{_PART}" for s in ("-", "/", r"\."))
_WITHOUT_YEAR = "|".join(rf"{_PART}{s}{_PART}{_TO}{_PART}{s}{_PART}" for s in ("/", r"\."))
_WHEN = "|".join((
    rf"{_DAY}[-_ ](?:[01]\d|2[0-4])([-_])[0-5]\d(?:\1[0-5]\d)?",  # as in names of files
    rf"{_DAY}(?:{_AT}{_CLOCKS})?(?:{_TO}{_DAY}(?:{_AT}{_CLOCKS})?)?",
    # shorter ones look like other numbers, unless there are two of them or a time follows
    rf"{_SHORT_DAY}{_AT}{_CLOCKS}(?:{_TO}{_SHORT_DAY}(?:{_AT}{_CLOCKS})?)?",
    rf"{_SHORT_SPAN}{_TO}{_SHORT_SPAN}",
    rf"{_COMPACT}{_AT}(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?",
    _MONTHS,
    rf"(?:{_WITHOUT_YEAR})",
    rf"{_CLOCK}{_TO}{_CLOCK}",
    r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?",
))  # fmt: skip
# Not cut out of something longer: 138-03-04-2026 and 03-04-2026-5 are no dates.
_DATE = re.compile(rf"(?<!\d)(?<!\d[-./_])(?<!\+)(?:{_WHEN})(?!\d|[-./_]\d)")
_REACH = 40  # characters around a run of digits in which its dates may begin and end: “03/04/2026 10:|00 …”


def dates_within(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where dates and times begin and end that have something to do with the digits from ``start`` to ``end``."""
    for match in _DATE.finditer(plain, max(0, start - _REACH), min(len(plain), end + _REACH)):
        yield match.span()
