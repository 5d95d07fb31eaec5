"""What stands between the messages of a plain log: days, and what the program wrote.

IRC programs write ``--- Day changed Tue Sep 01 2026``, ``[10:02] *** Joins: anna``, ``10:02 -!- anna has joined`` or
``* anna waves``; Pidgin begins with ``Conversation with anna at Tue 01 Sep 2026``; others name the file after the day.
"""

from __future__ import annotations

import re
from datetime import datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(" + "|".join(map(str.title, _MONTHS)) + ")[a-z]{0,6}"
_ABOUT = re.compile(
    r"(?:-{3}|\*{4}|Session (?:Start|Time|Close|Ident)|Conversation with\b|Chat with\b|Date\s?:|日期\s?[:：])",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\.? {{1,2}}(\d{{1,2}})\b.{{0,20}}?\b((?:19|20)\d\d)\b")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) {_MONTH}\.? ((?:19|20)\d\d)\b")
_NUMBERS = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/._年]?)(\d{1,2})[-/._月]?(\d{1,2})(?!\d)")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_WRITTEN = re.compile(r"(?:\*{1,3}|-!-|-{1,2}>|<-{1,2}|={1,2}>|=!=|[⇐⇒→←⚡])(?:\s|$)")
_SIGILS = "@+%&~! "


def day_of(line: str) -> str | None:
    """The day that a line about the log names (``2026-09-01``), empty where it names none; None for other lines."""
    if len(line) > 300 or not _ABOUT.match(line):
        return None
    if match := _MONTH_FIRST.search(line):
        return _written(match[3], match[1], match[2])
    if match := _DAY_FIRST.search(line):
        return _written(match[3], match[2], match[1])
    if match := _NUMBERS.search(line):
        return _iso(int(match[1]), int(match[3]), int(match[4]))
    return ""


def day_in_name(stem: str) -> str:
    """The day after which a file is called, empty where it is not."""
    match = _IN_NAME.search(stem)
    return _iso(int(match[1]), int(match[3]), int(match[4])) if match else ""


def is_written(said: str) -> bool:
    """Whether what follows a time was written by the program, not by a person: joins, topics, and what somebody did."""
    return _WRITTEN.match(said) is not None


def nick(name: str) -> str:
    """A name without the sign of its rank."""
    return name.strip(_SIGILS) or name.strip()


def _written(year: str, month: str, day: str) -> str:
    return _iso(int(year), _MONTHS.index(month.lower()) + 1, int(day))


def _iso(year: int, month: int, day: int) -> str:
    try:
        return f"{datetime(year, month, day):%Y-%m-%d}"
    except ValueError:
        return ""
