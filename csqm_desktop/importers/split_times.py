"""Tables with the day in one column and the time of day in another: the two are read as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.records import as_text

_DAY = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?: 00:00:00)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|20\d{6}"
)
_HOUR = re.compile(
    r"(?:上午|下午|凌晨|早上|中午|晚上|AM|PM)?\s?\d{1,2}\s?[:时点]\s?\d{1,2}\s?分?(?:[:]?\s?\d{1,2}(?:\.\d+)?秒?)?\s?(?:AM|PM|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.8

Join = Callable[[list[Any]], list[Any]]


def joiner(header: Sequence[str], samples: Sequence[Sequence[Any]], mapping: ColumnMapping) -> Join | None:
    """What puts the time of day behind the day in the cells of a row; None when one column has both."""
    sent = mapping.fields.get("sent_at", "")
    if sent not in header or not samples:
        return None
    at = list(header).index(sent)
    if not _most(samples, at, _is_day):
        return None
    used = {list(header).index(column) for column in mapping.fields.values() if column in header}
    other = next((place for place in range(len(header)) if place not in used and _most(samples, place, _is_hour)), None)
    if other is None:
        return None
    hours = other

    def join(cells: list[Any]) -> list[Any]:
        if max(at, hours) < len(cells) and _is_day(cells[at]) and _is_hour(cells[hours]):
            return [*cells[:at], f"{_day(cells[at])} {as_text(cells[hours])}", *cells[at + 1 :]]
        return cells

    return join


def _most(samples: Sequence[Sequence[Any]], place: int, fits: Callable[[Any], bool]) -> bool:
    values = [row[place] for row in samples if place < len(row) and row[place] not in ("", None)]
    return bool(values) and sum(map(fits, values)) >= _LEAST_SHARE * len(values)


def _is_day(value: Any) -> bool:
    if isinstance(value, datetime):
        return value.time() == time()
    return _DAY.fullmatch(as_text(value).strip()) is not None


def _is_hour(value: Any) -> bool:
    return isinstance(value, time | timedelta) or _HOUR.fullmatch(as_text(value).strip()) is not None


def _day(value: Any) -> str:
    return as_text(value).strip().removesuffix(" 00:00:00")
