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
import torch
from numpy.typing import NDArray

from csqm_desktop.scoring.calibration import Calibrator
from csqm_desktop.scoring.encoding import ENCODING_VERSION, FEATURES
from csqm_desktop.scoring.features import Scaling
from csqm_desktop.scoring.version import Head, Version

log = logging.getLogger(__name__)

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Halves = NDArray[np.float16]

_ENTRY = np.dtype([("reply", "<i8"), ("stamp", "<i8")])
_AT_ONCE = 4_096  # rows that are read together
_IN_CACHE = 512  # rows in one product: 3 MB in float32 stay in the processor's cache
_GAPS = 4  # a span of the file is read whole when it holds at most this many rows for each wanted one
BLOCK = 65_536  # rows that are answered, and stored, together


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

    def predict(self, version: Version, known: Known) -> Iterator[tuple[Ints, Floats]]:
        """Probabilities of all known replies, a block at a time in the order of the rows: ids and (n, L).

        The file is read, not mapped: mapped pages would count as this process's memory.
        """
        if not len(known.rows):
            return
        fused = Fused(version)
        with (self._folder / "rows.bin").open("rb", buffering=0) as source:
            for start in range(0, len(known.rows), BLOCK):
                rows = known.rows[start : start + BLOCK]
                parts = [rows[i : i + _AT_ONCE] for i in range(0, len(rows), _AT_ONCE)]
                found = [fused.probabilities(self._read(source, part)) for part in parts]
                yield known.replies[start : start + BLOCK], np.concatenate(found)

    def _read(self, source: IO[bytes], rows: Ints) -> Halves:
        first, size = int(rows[0]), 2 * self.width
        if int(rows[-1]) - first < _GAPS * len(rows):
            source.seek(first * size)
            span: Halves = np.empty((int(rows[-1]) - first + 1, self.width), dtype="<f2")
            got = source.readinto(span.data.cast("B"))  # type: ignore[attr-defined]
            span = span[: got // size]
            return span if len(span) == len(rows) else span[rows - first]
        out = np.empty((len(rows), self.width), dtype="<f2")
        for place, row in enumerate(rows.tolist()):
            source.seek(row * size)
            out[place] = np.frombuffer(source.read(size), dtype="<f2")
        return out


class Fused:
    """A version's heads as one matrix product over unscaled features: the same numbers, each row read once.

    Scaling, centring and calibration are linear too, so what is left of a head is its softmax.
    """

    def __init__(self, version: Version) -> None:
        self._version = version
        self._trained = [(head, cols) for head, cols in zip(version.heads, version.slices, strict=True) if head.trained]
        self._figures = len(FEATURES)
        self._checked = not self._trained  # a version without a trained head has nothing to fuse
        self._plain = self._checked
        if self._plain:
            return
        parts = [_folded(head) for head, _ in self._trained]
        weights = np.concatenate([weights for weights, _ in parts], axis=1)
        bias = np.concatenate([bias for _, bias in parts])
        scaling, tail = version.scaling, -self._figures
        scaled = scaling.scale[:tail, None].astype(np.float64) * weights[:tail]
        # (levels, D) in one piece: the product with few columns is twice as quick that way round
        self._weights = torch.from_numpy(np.ascontiguousarray(scaled.T, dtype=np.float32))
        self._bias = torch.from_numpy((bias - scaling.mean[:tail].astype(np.float64) @ scaled).astype(np.float32))
        self._tail = Scaling(scaling.mean[tail:], scaling.scale[tail:])
        self._tail_weights = weights[tail:].astype(np.float32)

    def probabilities(self, halves: Halves) -> Floats:
        """(n, L) of rows (n, D)."""
        if not self._checked:
            self._check(halves[:64])
        if self._plain:
            return self._version.predict(halves.astype(np.float32)).probabilities.astype(np.float32)
        return self._fused(halves)

    def _check(self, halves: Halves) -> None:
        """Whether this is still what the version itself computes; the slow way is always right."""
        own = self._version.predict(halves.astype(np.float32)).probabilities
        self._plain = not np.allclose(self._fused(halves), own, atol=1e-4)
        self._checked = True
        if self._plain:
            log.warning("heads could not be joined; scoring one by one")

    def _fused(self, halves: Halves) -> Floats:
        cut = halves.shape[1] - self._figures
        logits = torch.empty((len(halves), len(self._bias)))
        with torch.inference_mode():
            rows = torch.from_numpy(np.require(halves, requirements="W"))
            for start in range(0, len(rows), _IN_CACHE):
                part = rows[start : start + _IN_CACHE, :cut].float()
                logits[start : start + _IN_CACHE] = torch.nn.functional.linear(part, self._weights, self._bias)
            figures = self._tail.apply(halves[:, cut:].astype(np.float32))
            logits += torch.from_numpy(figures @ self._tail_weights)
            return self._softmax(logits)

    def _softmax(self, logits: torch.Tensor) -> Floats:
        out = np.empty((len(logits), self._version.slices[-1].stop), dtype=np.float32)
        for head, columns in zip(self._version.heads, self._version.slices, strict=True):
            if not head.trained:
                out[:, columns] = head.prior
        at = 0
        for head, columns in self._trained:
            after = at + len(head.spec.levels)
            out[:, columns] = torch.softmax(logits[:, at:after], dim=1).numpy()
            at = after
        return out


def _folded(head: Head) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights (D, K) and bias (K,) of scaled features to what goes into a head's last softmax."""
    assert head.weights is not None
    assert head.bias is not None
    levels = len(head.spec.levels)
    calibrator = head.calibrator or Calibrator.identity(levels)
    after = (np.eye(levels) - 1 / levels) @ calibrator.weights
    return np.asarray(head.weights, dtype=np.float64) @ after, head.bias @ after + calibrator.bias
