"""Message ids already met in a file: which were repeated, and in which row they came first.

A dict of a million ids takes above 100 MB; two arrays with open addressing take about 32 MB, which keeps
an import of millions of messages within the memory of a small machine.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from csqm_desktop.domain.plain_row import Prepared

if TYPE_CHECKING:
    import numpy as np

    _Array = np.ndarray[Any, np.dtype[np.uint64]]

_MOST_AT_ONCE = 1 << 19  # places taken before there are ids for them: 8 MB
_LOW, _ALL = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF
_MANY = 200  # rows for which it pays to look at all of them at once
_MOVED_AT_ONCE = 1 << 15  # places, into a larger table: what is worked out for them takes 60 bytes each
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
        keys = [hash(_ID(row)) & _ALL or 1 for row in rows]
        contents = [(hash(row[5:]) ^ row[2]) & _LOW for row in rows]  # with the moment, but not how it was written
        while (self._used + len(rows)) * 2 > self._size:  # fuller, the search for a free place takes longer
            self._grow()
        if len(rows) < _MANY or not all(map(itemgetter(1), rows)) or len(set(keys)) < len(rows):
            return self._one_by_one(numbers, rows, keys, contents)
        return self._at_once(numbers, keys, contents)

    def _one_by_one(
        self, numbers: Sequence[int], rows: Sequence[Prepared], hashes: Sequence[int], contents: Sequence[int]
    ) -> Iterator[tuple[int, int, bool]]:
        keys, values, mask = self._keys, self._values, self._size - 1
        for place, (number, key, content) in enumerate(zip(numbers, hashes, contents, strict=True)):
            if not rows[place][1]:
                continue
            at = (key ^ key >> 29) & mask
            while keys[at] and keys[at] != key:
                at = (at + 1) & mask
            if keys[at]:
                yield place, values[at] >> 32, values[at] & _LOW == content
            else:
                keys[at] = key
                values[at] = (number & _LOW) << 32 | content
                self._used += 1

    def _at_once(
        self, numbers: Sequence[int], hashes: Sequence[int], contents: Sequence[int]
    ) -> Iterator[tuple[int, int, bool]]:
        """The same for many rows with ids of which no two are the same."""
        import numpy as np

        news = np.array(numbers, np.uint64) << np.uint64(32) | np.array(contents, np.uint64)
        known = _placed(self._keys, self._values, np.array(hashes, np.uint64), news)
        self._used += len(hashes) - len(known)
        values = self._values
        for place, at in sorted(known):
            yield place, values[at] >> 32, values[at] & _LOW == contents[place]

    def _grow(self) -> None:
        import numpy as np

        keys, values = (np.frombuffer(old, np.uint64) for old in (self._keys, self._values))
        self._size *= 2
        self._keys = array("Q", bytes(8 * self._size))
        self._values = array("Q", bytes(8 * self._size))
        for start in range(0, len(keys), _MOVED_AT_ONCE):
            part = slice(start, start + _MOVED_AT_ONCE)
            used = keys[part] != 0
            _placed(self._keys, self._values, keys[part][used], values[part][used])


def _placed(keys: array[int], values: array[int], new: _Array, content: _Array) -> list[tuple[int, int]]:
    """Put distinct keys and their values into the table; gives those that are there, by their place in ``new``, and
    where.

    All look at a place each; who finds it free writes the key there, and sees by reading it again who came last.
    """
    import numpy as np

    table, contents, mask = np.frombuffer(keys, np.uint64), np.frombuffer(values, np.uint64), np.uint64(len(keys) - 1)
    at = ((new ^ new >> np.uint64(29)) & mask).astype(np.int64)
    known: list[tuple[int, int]] = []
    looking = np.arange(len(new))
    while len(looking):
        there = table[at[looking]]
        same = there == new[looking]
        known += zip(looking[same].tolist(), at[looking[same]].tolist(), strict=True)
        free = looking[there == 0]
        table[at[free]] = new[free]
        mine = table[at[free]] == new[free]
        contents[at[free[mine]]] = content[free[mine]]
        looking = np.concatenate([looking[~same & (there != 0)], free[~mine]])
        at[looking] = (at[looking] + 1) & int(mask)
    return known
