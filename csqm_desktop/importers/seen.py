"""Message ids already met in a file: which were repeated, and in which row they came first.

A dict of a million ids takes above 100 MB; two arrays with open addressing take about 32 MB, which keeps
an import of millions of messages within the memory of a small machine.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from operator import itemgetter

from csqm_desktop.domain.plain_row import Prepared

_MOST_AT_ONCE = 1 << 19  # places taken before there are ids for them: 8 MB
_LOW = 0xFFFFFFFF
_ID = itemgetter(0, 1)


class SeenIds:
    """Remembers (conversation, message id) with the row and a checksum of the content."""

    def __init__(self, expected: int = 0) -> None:
        """``expected`` ids find room at once; there may be more or fewer."""
        self._size = 1 << max(10, min(expected * 2, _MOST_AT_ONCE).bit_length())
        self._used = 0
        self._keys = array("Q", bytes(8 * self._size))
        self._values = array("Q", bytes(8 * self._size))

    def check(self, number: int, row: Prepared) -> tuple[int, bool] | None:
        """None for a new id, else the number of the row that had it first and whether the content is the same."""
        return next(((first, same) for _, first, same in self.repeated([number], [row])), None)

    def repeated(self, numbers: Sequence[int], rows: Sequence[Prepared]) -> Iterator[tuple[int, int, bool]]:
        """Rows whose id came before, by their place in ``rows``: its number then, whether the content is the same."""
        keys, values, mask = self._keys, self._values, self._size - 1
        for place, (number, key, row) in enumerate(zip(numbers, map(hash, map(_ID, rows)), rows, strict=True)):
            if not row[1]:
                continue
            key = key & 0xFFFFFFFFFFFFFFFF or 1
            at = (key ^ key >> 29) & mask
            while keys[at] and keys[at] != key:
                at = (at + 1) & mask
            content = (hash(row[5:]) ^ row[2]) & _LOW  # with the moment, but not how it was written
            if keys[at]:
                yield place, values[at] >> 32, values[at] & _LOW == content
                continue
            keys[at] = key
            values[at] = (number & _LOW) << 32 | content
            self._used += 1
            if self._used * 2 > mask:  # fuller, the search for a free place takes longer
                self._grow()
                keys, values, mask = self._keys, self._values, self._size - 1

    def _grow(self) -> None:
        old_keys, old_values = self._keys, self._values
        self._size *= 2
        self._keys = array("Q", bytes(8 * self._size))
        self._values = array("Q", bytes(8 * self._size))
        keys, values, mask = self._keys, self._values, self._size - 1
        for key, value in zip(old_keys, old_values, strict=True):
            if key:
                at = (key ^ key >> 29) & mask
                while keys[at]:
                    at = (at + 1) & mask
                keys[at] = key
                values[at] = value
