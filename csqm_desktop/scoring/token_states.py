"""What the lower layers of the base model say of texts that are learned from, kept from one training to the next.

A network that is tuned on its upper layers only is the base model below them, whatever it has learned: the states that
enter its lowest tuned layer are the same for every such network. A week of labels then reads the week's texts through
the lower layers, not those of all weeks before, and what watches and what judges is found here too.

Two files grow together: ``index.bin`` (digest of the token numbers, how many they are) and ``states.bin`` (float16, a
row for each token). A text exists when both hold it whole; what a killed process left beyond that is cut off. The
folder may be deleted at any time: it only saves work. Rows are not sealed, so an encrypted workspace keeps them in
memory only.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.scoring.embedding import length_batches

log = logging.getLogger(__name__)

MOST_BYTES = 500_000_000  # of states that are kept: some 7,000 labelled replies
_DIGEST_BYTES = 16
_ENTRY = np.dtype([("digest", f"V{_DIGEST_BYTES}"), ("tokens", "<i8")])

Halves = NDArray[np.float16]
Ids = Sequence[Sequence[int]]
Compute = Callable[[list[Sequence[int]]], Sequence[Halves]]


class TokenStates:
    """The states that enter one layer of one base model, ``width`` numbers a token; in memory without ``folder``."""

    def __init__(self, folder: Path | None, width: int, most: int = MOST_BYTES) -> None:
        self._width, self._most = width, most
        self._files = _Files(folder, width) if folder is not None else None
        self._held: dict[bytes, Halves] = {}

    def __len__(self) -> int:
        return len(self._held) + (len(self._files.places) if self._files is not None else 0)

    def read(self, ids: Ids, compute: Compute, batch_tokens: int, check: Callable[[], None]) -> Halves:
        """The states of all tokens of some texts, one text after the other: (tokens, width).

        Those that are not here come from ``compute`` (one array a text, in the order it was given) and are kept.
        """
        digests = [_digest(one) for one in ids]
        ends = np.cumsum([len(one) for one in ids], dtype=np.int64)
        out: Halves = np.empty((int(ends[-1]) if len(ends) else 0, self._width), dtype=np.float16)
        parts = [out[end - len(one) : end] for end, one in zip(ends.tolist(), ids, strict=True)]
        waiting = self._fill(digests, parts)
        for batch in length_batches([len(ids[i]) for i in waiting], batch_tokens):
            check()
            chosen = [waiting[i] for i in batch]
            found = compute([ids[i] for i in chosen])
            for i, states in zip(chosen, found, strict=True):
                parts[i][:] = states
            self._keep({digests[i]: parts[i] for i in chosen})
        return out

    def clear(self) -> None:
        """Drop everything, because it turned out to be wrong."""
        self._held.clear()
        if self._files is not None:
            self._files.clear()

    def _fill(self, digests: Sequence[bytes], parts: Sequence[Halves]) -> list[int]:
        """Copy what is here to ``parts``; returns the positions of what is not."""
        stored, waiting = [], []
        for i, digest in enumerate(digests):
            if digest in self._held:
                parts[i][:] = self._held[digest]
            elif self._files is not None and digest in self._files.places:
                stored.append(i)
            else:
                waiting.append(i)
        if stored and self._files is not None:
            self._files.read([digests[i] for i in stored], [parts[i] for i in stored])
        return waiting

    def _keep(self, fresh: dict[bytes, Halves]) -> None:
        """Remember new texts. Too many begin anew; a disk that is full costs the saving, not the run."""
        size = sum(one.nbytes for one in fresh.values())
        if self._files is not None:
            if self._files.size + size > self._most:
                self._files.clear()
            if self._files.add(fresh):
                return
            self._files = None
        if sum(one.nbytes for one in self._held.values()) + size > self._most:
            self._held.clear()
        self._held |= {digest: one.copy() for digest, one in fresh.items()}


class _Files:
    """The two files of one folder; ``places`` has the first row and the number of rows of each text."""

    def __init__(self, folder: Path, width: int) -> None:
        self.places: dict[bytes, tuple[int, int]] = {}
        self._index, self._states = folder / "index.bin", folder / "states.bin"
        self._width, self._rows = width, 0
        if self._index.is_file() and self._states.is_file():
            self._open()

    @property
    def size(self) -> int:
        """Of all states here."""
        return 2 * self._width * self._rows

    def _open(self) -> None:
        entries = np.fromfile(self._index, dtype=_ENTRY)
        ends = np.cumsum(entries["tokens"])
        whole = int(np.searchsorted(ends, self._states.stat().st_size // (2 * self._width), side="right"))
        for digest, end, tokens in zip(
            entries["digest"].tolist()[:whole], ends.tolist(), entries["tokens"].tolist(), strict=False
        ):
            self.places[digest] = (end - tokens, tokens)
        self._rows = int(ends[whole - 1]) if whole else 0
        self._cut(whole)

    def _cut(self, texts: int) -> None:
        for path, size in ((self._index, texts * _ENTRY.itemsize), (self._states, self.size)):
            if path.is_file() and path.stat().st_size != size:
                os.truncate(path, size)

    def read(self, digests: Sequence[bytes], parts: Sequence[Halves]) -> None:
        """Copy the states of texts that are here to ``parts``."""
        with self._states.open("rb") as source:
            for (first, _), part in sorted(
                zip((self.places[d] for d in digests), parts, strict=True), key=lambda found: found[0]
            ):
                source.seek(2 * self._width * first)
                part[:] = np.frombuffer(source.read(part.nbytes), dtype="<f2").reshape(part.shape)

    def add(self, fresh: dict[bytes, Halves]) -> bool:
        """Append new texts; whether that worked."""
        entries = np.empty(len(fresh), dtype=_ENTRY)
        entries["digest"] = np.frombuffer(b"".join(fresh), dtype=f"V{_DIGEST_BYTES}")
        entries["tokens"] = [len(one) for one in fresh.values()]
        try:
            self._index.parent.mkdir(parents=True, exist_ok=True)
            with self._states.open("ab") as states, self._index.open("ab") as index:
                states.write(np.concatenate(list(fresh.values())).astype("<f2").tobytes())
                states.flush()
                index.write(entries.tobytes())
        except OSError as error:
            log.warning("states of the lower layers could not be kept (%s); going on without", error.strerror)
            return False
        for digest, one in fresh.items():
            self.places[digest] = (self._rows, len(one))
            self._rows += len(one)
        return True

    def clear(self) -> None:
        """Begin anew: what is trained next finds most of what it needs among the texts of this training."""
        self.places.clear()
        self._rows = 0
        self._index.unlink(missing_ok=True)
        self._states.unlink(missing_ok=True)


def _digest(ids: Sequence[int]) -> bytes:
    return hashlib.blake2b(np.asarray(ids, dtype="<i4").tobytes(), digest_size=_DIGEST_BYTES).digest()
