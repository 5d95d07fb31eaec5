"""Days of the Persian calendar (1405-03-23), as phones in Iran write them."""

from __future__ import annotations

from datetime import date

_OFFSET = -356033  # between the count of days below and Python's
_EPOCH = 1595  # years that bring the calendar's cycle of 33 years into step
_LONG_MONTHS, _LONG, _SHORT = 6, 31, 30
_SHORTEST_YEAR_END = 29


def from_persian(year: int, month: int, day: int) -> date:
    """The same day in the common calendar, right for the years 1206 to 1498; ``ValueError`` when there is none."""
    leap = _ordinal(year + 1, 1, 1) - _ordinal(year, 1, 1) == 366
    longest = _LONG if month <= _LONG_MONTHS else _SHORT if month < 12 or leap else _SHORTEST_YEAR_END
    if not (1206 <= year <= 1498 and 1 <= month <= 12 and 1 <= day <= longest):
        raise ValueError(f"no such day: {year}-{month}-{day}")
    return date.fromordinal(_ordinal(year, month, day))


def _ordinal(year: int, month: int, day: int) -> int:
    cycle = year + _EPOCH
    before = (month - 1) * _LONG if month <= _LONG_MONTHS else _LONG_MONTHS * _LONG + (month - 7) * _SHORT
    return _OFFSET + 365 * cycle + cycle // 33 * 8 + (cycle % 33 + 3) // 4 + before + day
