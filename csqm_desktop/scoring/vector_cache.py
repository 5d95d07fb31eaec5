"""Embeddings kept on disk, so that a text is read by the encoder once.

Two files grow together: ``keys.bin`` (16-byte digests) and ``vectors.bin`` (float16 rows). A row exists when
both files hold it whole; whatever a killed process left beyond that is cut off on the next opening. Vectors
reach the disk before their keys do. The folder may be deleted at any time: it only saves work.

Below an encrypted workspace both files are encrypted row by row (``vault/row_cipher.py``) under names of their own;
rows are decrypted when they are read, so that nothing readable is mapped or written.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from csqm_desktop.scoring.encoding import DIGEST_BYTES
from csqm_desktop.vault import ring
from csqm_desktop.vault.row_cipher import RowCipher

log = logging.getLogger(__name__)

Halves = NDArray[np.float16]
_MISSING = -1


class VectorCache:
    """Rows of ``width`` float16 numbers by digest, in one folder.

    One process writes; another one that opens the same folder meanwhile reads what is there and keeps its
    own additions in memory. With ``folder`` None everything stays in memory. A ``reader`` never asks for the
    right to write and makes no folder.
    """

    def __init__(self, folder: Path | None, width: int, reader: bool = False) -> None:
        self.width = width
        self._folder = folder
        self._lock: FileLock | None = None
        self._keys = np.empty((0, 2), dtype=np.uint64)  # sorted by the first column
        self._rows = np.empty(0, dtype=np.int64)  # row of each sorted key
        self._stored: Halves = np.empty((0, width), dtype=np.float16)
        self._fresh: dict[bytes, int] = {}  # digests added since opening, with their row
        self._extra: Halves = np.empty((0, width), dtype=np.float16)  # rows that could not go to disk
        self._extra_rows = 0
        self._ciphers: tuple[RowCipher, RowCipher] | None = None  # of keys and vectors
        if folder is not None:
            if not reader:
                self._claim(folder)
            self._open(folder)

    def _claim(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "writer.lock")
        try:
            lock.acquire(timeout=0)
            self._lock = lock
        except (Timeout, OSError):
            log.info("embedding cache is being written by another process; additions stay in memory")

    def _open(self, folder: Path) -> None:
        secret = ring.key_for(folder)
        ending = "bin" if secret is None else "sealed"
        self._files = folder / f"keys.{ending}", folder / f"vectors.{ending}"
        if secret is not None:
            self._ciphers = (
                RowCipher(folder / "keys.segments", secret, "cache keys", DIGEST_BYTES),
                RowCipher(folder / "vectors.segments", secret, "cache vectors", 2 * self.width),
            )
        keys_file, vectors_file = self._files
        row_bytes = 2 * self.width
        rows = min(_size(keys_file) // DIGEST_BYTES, _size(vectors_file) // row_bytes)
        if self._lock is not None:
            _truncate(keys_file, rows * DIGEST_BYTES)
            _truncate(vectors_file, rows * row_bytes)
            for cipher in self._ciphers or ():
                cipher.begin_segment(rows)
        if rows == 0:
            return
        with keys_file.open("rb") as source:
            raw = np.frombuffer(source.read(rows * DIGEST_BYTES), dtype=np.uint8).reshape(rows, DIGEST_BYTES)
        if self._ciphers is not None:
            raw = self._ciphers[0].apply(np.arange(rows), raw)
        keys = raw.view("<u8")
        order = np.argsort(keys[:, 0], kind="stable")
        self._keys, self._rows = keys[order], order
        self._map(vectors_file, rows)

    def _map(self, vectors_file: Path, rows: int) -> None:
        self._stored = np.memmap(vectors_file, dtype="<f2", mode="r", shape=(rows, self.width))

    @property
    def open_folder(self) -> Path | None:
        """The folder when this process may write to it and what lies in it is not sealed."""
        return self._folder if self._lock is not None and self._ciphers is None else None

    def __len__(self) -> int:
        return len(self._stored) + self._extra_rows

    def find(self, digests: Sequence[bytes]) -> NDArray[np.int64]:
        """The row of each digest, -1 where there is none: shape (n,)."""
        rows = np.full(len(digests), _MISSING, dtype=np.int64)
        if not digests:
            return rows
        if len(self._keys):
            wanted = np.frombuffer(b"".join(digests), dtype="<u8").reshape(-1, 2)
            at = np.minimum(np.searchsorted(self._keys[:, 0], wanted[:, 0]), len(self._keys) - 1)
            same = (self._keys[at] == wanted).all(axis=1)
            rows[same] = self._rows[at[same]]
        if self._fresh:
            for i in np.flatnonzero(rows == _MISSING).tolist():
                rows[i] = self._fresh.get(digests[i], _MISSING)
        return rows

    def read(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of rows that ``find`` returned: shape (n, width)."""
        out = np.empty((len(rows), self.width), dtype=np.float32)
        old = rows < len(self._stored)
        out[old] = self._opened(rows[old])
        out[~old] = self._extra[rows[~old] - len(self._stored)]
        return out

    def _opened(self, rows: NDArray[np.int64]) -> Halves:
        found: Halves = self._stored[rows]
        if self._ciphers is None:
            return found
        plain: Halves = self._ciphers[1].apply(rows, np.ascontiguousarray(found).view(np.uint8)).view("<f2")
        return plain

    def add(self, digests: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        """Keep new vectors (n, width). A disk that is full costs the saving, not the run."""
        if not digests:
            return
        halves = vectors.astype("<f2")
        start = len(self)
        if not self._write(digests, halves):
            self._hold(halves)
        self._fresh.update((digest, start + i) for i, digest in enumerate(digests))

    def _write(self, digests: Sequence[bytes], halves: Halves) -> bool:
        if self._lock is None or self._folder is None:
            return False
        keys_file, vectors_file = self._files
        keys = np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(len(digests), DIGEST_BYTES)
        vectors = np.ascontiguousarray(halves).view(np.uint8)
        if self._ciphers is not None:
            rows = np.arange(len(self._stored), len(self._stored) + len(halves))
            keys, vectors = self._ciphers[0].apply(rows, keys), self._ciphers[1].apply(rows, vectors)
        try:
            _append(vectors_file, vectors.tobytes())
            _append(keys_file, keys.tobytes())
            self._map(vectors_file, len(self._stored) + len(halves))
        except OSError as error:
            log.warning("embedding cache could not be written (%s); going on without", error.strerror)
            self._lock.release()
            self._lock = None
            return False
        return True

    def _hold(self, halves: Halves) -> None:
        needed = self._extra_rows + len(halves)
        if needed > len(self._extra):
            grown = np.empty((max(1024, 2 * needed), self.width), dtype=np.float16)
            grown[: self._extra_rows] = self._extra[: self._extra_rows]
            self._extra = grown
        self._extra[self._extra_rows : needed] = halves
        self._extra_rows = needed

    def close(self) -> None:
        """Let another process write. Safe to call twice."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        self._stored = np.empty((0, self.width), dtype=np.float16)

    def __enter__(self) -> VectorCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _truncate(path: Path, size: int) -> None:
    if path.is_file() and path.stat().st_size != size:
        os.truncate(path, size)


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
