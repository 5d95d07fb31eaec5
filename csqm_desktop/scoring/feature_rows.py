"""The finished features of every reply on disk, so that a new version rescores a store without reading a text.

Two files grow together below the folder of the embedding cache: ``index.bin`` (reply, change count, both 8 bytes)
and ``rows.bin`` (float16). A row exists when both hold it whole. A reply's newest row counts, and only while the
workspace knows no change of its input with a higher number than the row's change count (``store``:
``changed_inputs``). The folder may be deleted at any time: it only saves work. Rows are not sealed, so an encrypted
workspace keeps none.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.scoring.encoding import ENCODING_VERSION, FEATURES

log = logging.getLogger(__name__)

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Halves = NDArray[np.float16]

BLOCKS = 4  # vectors in a row, see ``features``
_ENTRY = np.dtype([("reply", "<i8"), ("stamp", "<i8")])
AT_ONCE = 512  # rows that are read together: 2 MB stay in the processor's cache
_GAPS = 4  # a span of the file is read whole when it holds at most this many rows for each wanted one


@dataclass(frozen=True)
class Known:
    """Replies that have a usable row, in the order of the rows, and the others, in the order they were asked for."""

    replies: Ints
    rows: Ints
    left: Ints


class FeatureRows:
    """Rows of one feature layout, ``width`` numbers each."""

    def __init__(self, folder: Path, width: int) -> None:
        self.width = width
        self._folder = folder / f"rows-{ENCODING_VERSION}-{width}"

    @classmethod
    def of_encoder(cls, folder: Path, width: int) -> FeatureRows:
        """The rows made with vectors of ``width`` numbers."""
        return cls(folder, BLOCKS * width + len(FEATURES))

    def add(self, replies: Ints, stamp: int, features: Floats) -> None:
        """Append rows (n, width) whose input was read at change count ``stamp``. A full disk costs the saving only."""
        entries = np.empty(len(replies), dtype=_ENTRY)
        entries["reply"], entries["stamp"] = replies, stamp
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._settle()
            with (self._folder / "rows.bin").open("ab") as rows, (self._folder / "index.bin").open("ab") as index:
                rows.write(features.astype("<f2").tobytes())
                rows.flush()
                index.write(entries.tobytes())
        except OSError as error:
            log.warning("features could not be kept (%s); going on without", error.strerror)

    def _settle(self) -> None:
        """Cut off what a killed process left behind the last whole row."""
        whole = self._count()
        for name, size in (("index.bin", _ENTRY.itemsize), ("rows.bin", 2 * self.width)):
            path = self._folder / name
            if path.is_file() and path.stat().st_size != whole * size:
                os.truncate(path, whole * size)

    def _count(self) -> int:
        index, rows = self._folder / "index.bin", self._folder / "rows.bin"
        if not index.is_file() or not rows.is_file():
            return 0
        return min(index.stat().st_size // _ENTRY.itemsize, rows.stat().st_size // (2 * self.width))

    def find(self, wanted: Ints, count: int, changed: Ints) -> Known:
        """Which ``wanted`` have a row that holds after ``count`` changes; ``changed`` (m, 2) each one's last."""
        total = self._count()
        if not total:
            return Known(np.empty(0, np.int64), np.empty(0, np.int64), wanted)
        entries = np.fromfile(self._folder / "index.bin", dtype=_ENTRY, count=total)
        newest, at = np.unique(entries["reply"][::-1], return_index=True)
        rows = total - 1 - at
        stamps = entries["stamp"][rows]
        good = stamps <= count  # a higher one was written for a later state of the workspace
        if len(changed):
            order = np.argsort(changed[:, 0])
            replies, numbers = changed[order].T
            place = np.minimum(np.searchsorted(replies, newest), len(replies) - 1)
            good &= ~((replies[place] == newest) & (numbers[place] > stamps))
        newest, rows = newest[good], rows[good]
        if not len(newest):
            return Known(np.empty(0, np.int64), np.empty(0, np.int64), wanted)
        place = np.minimum(np.searchsorted(newest, wanted), len(newest) - 1)
        has = newest[place] == wanted
        found, rows = wanted[has], rows[place[has]]
        order = np.argsort(rows, kind="stable")
        return Known(found[order], rows[order], wanted[~has])

    def blocks(self, rows: Ints) -> Iterator[Halves]:
        """Rows of the file, in rising order of ``rows``, ``AT_ONCE`` at a time; each block lies where the last one did.

        The file is read, not mapped: mapped pages would count as this process's memory.
        """
        span: Halves = np.empty((min(len(rows), AT_ONCE), self.width), dtype="<f2")
        with (self._folder / "rows.bin").open("rb", buffering=0) as source:
            for start in range(0, len(rows), AT_ONCE):
                part = rows[start : start + AT_ONCE]
                reach = int(part[-1] - part[0]) + 1
                if reach > _GAPS * len(part):
                    yield self._scattered(source, part)
                    continue
                if reach > len(span):
                    span = np.empty((reach, self.width), dtype="<f2")
                yield self._near(source, part, span[:reach])

    def _near(self, source: IO[bytes], rows: Ints, span: Halves) -> Halves:
        """Rows that lie close to each other, by reading all from the first to the last into ``span``."""
        size = 2 * self.width
        source.seek(int(rows[0]) * size)
        got = source.readinto(span.data.cast("B"))  # type: ignore[attr-defined]
        span = span[: got // size]
        return span if len(span) == len(rows) else span[rows - rows[0]]

    def _scattered(self, source: IO[bytes], rows: Ints) -> Halves:
        size = 2 * self.width
        out = np.empty((len(rows), self.width), dtype="<f2")
        for place, row in enumerate(rows.tolist()):
            source.seek(row * size)
            out[place] = np.frombuffer(source.read(size), dtype="<f2")
        return out
