"""Encrypts fixed-size rows of a file that only grows, so that any rows can be read by themselves.

AES-256 in counter mode over the position in the file, all rows of a call in one pass: a million rows of 768
bytes cost about as much as reading them. A position that is written again after a crash must not meet the
same key stream, therefore each writer begins a segment with a nonce of its own; ``segments.bin`` keeps them.
The rows are secret, not authenticated: they are a cache that is built again, not a record.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.vault.keys import DataKey

_BLOCK = 16
_RECORD = np.dtype([("first_row", "<i8"), ("nonce", "<u8")])
_AT_ONCE = 1 << 16  # blocks in one pass: keeps the counters inside the processor's cache


class RowCipher:
    """Key stream for rows of ``row_bytes`` in one file; ``apply`` seals and opens alike."""

    def __init__(self, segments_file: Path, key: DataKey, purpose: str, row_bytes: int) -> None:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        self._file = segments_file
        self._row_bytes = row_bytes
        self._blocks = -(-row_bytes // _BLOCK)
        # counter mode spelled out: the counters of scattered rows are made here, in one array
        self._cipher = Cipher(algorithms.AES(key.derived(purpose)), modes.ECB())
        raw = segments_file.read_bytes() if segments_file.is_file() else b""
        whole = len(raw) // _RECORD.itemsize * _RECORD.itemsize
        self._segments = np.frombuffer(raw[:whole], dtype=_RECORD).copy()

    def begin_segment(self, first_row: int) -> None:
        """Rows from ``first_row`` on are written by a new writer: give them a key stream never used before."""
        record = np.array([(first_row, secrets.randbits(64))], dtype=_RECORD)
        # what an earlier writer had begun beyond this row is gone
        kept = self._segments[self._segments["first_row"] < first_row]
        self._segments = np.concatenate([kept, record]).astype(_RECORD)
        draft = self._file.with_suffix(".tmp")
        with draft.open("wb") as out:
            out.write(self._segments.tobytes())
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self._file)

    def apply(self, rows: NDArray[np.int64], data: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Seal or open ``data`` (n, row_bytes) that stands in ``rows`` (n,) of the file."""
        out = np.empty((len(rows), self._row_bytes), dtype=np.uint8)
        step = max(1, _AT_ONCE // self._blocks)
        for start in range(0, len(rows), step):
            part = slice(start, start + step)
            np.bitwise_xor(data[part], self._stream(rows[part]), out=out[part])
        return out

    def _stream(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        at = np.searchsorted(self._segments["first_row"], rows, side="right") - 1
        if len(rows) and (not len(self._segments) or at.min() < 0):
            raise ValueError("a row outside of all segments")
        counters = np.empty((len(rows), self._blocks, 2), dtype=">u8")
        counters[:, :, 0] = self._segments["nonce"][at][:, None]
        counters[:, :, 1] = rows[:, None] * self._blocks + np.arange(self._blocks)
        stream = self._cipher.encryptor().update(counters.tobytes())
        return np.frombuffer(stream, dtype=np.uint8).reshape(len(rows), -1)[:, : self._row_bytes]
