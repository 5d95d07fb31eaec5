"""Rows of messages column by column, and how they go through a pipe.

Between processes whole columns travel: a million short strings one by one take longer than everything else that is
done with them. A column of strings goes as one string, one of numbers as one array, and one whose values are all the
same as that value.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from csqm_desktop.domain.plain_row import NAMES, Prepared

Columns = list[Sequence[Any]]
"""One sequence for each of ``plain_row.NAMES``, all of one length."""

Packed = tuple[int, list[tuple[str, Any]]]
"""How many rows, and each column with a letter for how it is written: plain values, for ``marshal``."""

_BORDER = "\x1f"  # between strings; a column with one in it goes as it is
_HASH_BYTES = 16


def columns_of(rows: Sequence[Prepared]) -> Columns:
    """Rows as columns."""
    return list(zip(*rows, strict=True)) if rows else [()] * len(NAMES)


def rows_of(columns: Columns) -> list[Prepared]:
    """Columns as rows."""
    return list(zip(*columns, strict=True))


def pack(columns: Columns) -> Packed:
    """Columns for a pipe."""
    return len(columns[0]), [_packed(column) for column in columns]


def unpack(packed: Packed) -> Columns:
    """The inverse of ``pack``."""
    count, columns = packed
    return [_UNPACK[kind](value, count) for kind, value in columns]


def _packed(column: Sequence[Any]) -> tuple[str, Any]:
    first = column[0] if column else None
    if column and column.count(first) == len(column):
        return "same", first
    if isinstance(first, str):
        joined = _BORDER.join(column)
        if joined.count(_BORDER) == len(column) - 1:
            return "strings", joined
    elif isinstance(first, bytes):
        joined_bytes = b"".join(column)
        if len(joined_bytes) == _HASH_BYTES * len(column) and all(len(value) == _HASH_BYTES for value in column):
            return "hashes", joined_bytes
    elif isinstance(first, int):
        return "numbers", array("q", column).tobytes()
    return "values", list(column)


def _hashes(joined: bytes, count: int) -> list[bytes]:
    return [joined[place : place + _HASH_BYTES] for place in range(0, count * _HASH_BYTES, _HASH_BYTES)]


def _numbers(data: bytes, _count: int) -> list[int]:
    numbers = array("q")
    numbers.frombytes(data)
    return numbers.tolist()


_UNPACK: dict[str, Callable[[Any, int], Sequence[Any]]] = {
    "same": lambda value, count: [value] * count,
    "strings": lambda joined, _: joined.split(_BORDER),
    "hashes": _hashes,
    "numbers": _numbers,
    "values": lambda values, _: values,
}
