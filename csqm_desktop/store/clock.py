"""Times as the store keeps them: milliseconds since the epoch, and local calendar days."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone

_EPOCH_DAY = date(1970, 1, 1)


def now_ms() -> int:
    """The current time."""
    return time.time_ns() // 1_000_000


def to_ms(moment: datetime) -> int:
    """An aware datetime as milliseconds since the epoch."""
    return round(moment.timestamp() * 1000)


def from_ms(value: int, offset_minutes: int = 0) -> datetime:
    """The aware datetime in the given offset."""
    zone = UTC if offset_minutes == 0 else timezone(timedelta(minutes=offset_minutes))
    return datetime.fromtimestamp(value / 1000, tz=zone)


def offset_of(moment: datetime) -> int:
    """The UTC offset of an aware datetime in minutes."""
    delta = moment.utcoffset()
    return int(delta.total_seconds() // 60) if delta else 0


def day_number(moment: datetime) -> int:
    """Days from 1970-01-01 to the local calendar day of a datetime."""
    return (moment.date() - _EPOCH_DAY).days


def date_number(day: date) -> int:
    """Days from 1970-01-01 to a calendar day."""
    return (day - _EPOCH_DAY).days


def day_date(number: int) -> date:
    """The inverse of ``day_number``."""
    return _EPOCH_DAY + timedelta(days=number)
