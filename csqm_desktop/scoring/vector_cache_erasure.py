"""Takes single vectors out of an embedding cache for good, e.g. because the person who wrote the texts is erased."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import numpy as np
from filelock import FileLock

from csqm_desktop.scoring.encoding import DIGEST_BYTES

_CHUNK = 50_000  # rows copied at a time
_WAIT = 5.0


def forget(folder: Path, digests: Collection[bytes]) -> int:
    """Drop the vectors of texts from one cache folder; returns how many rows are gone.

    An encrypted cache is dropped as a whole: its rows are bound to their places. A crash half-way leaves an empty
    cache, which only costs work. ``filelock.Timeout`` while another process writes the cache.
    """
    with FileLock(folder / "writer.lock", timeout=_WAIT):
        # made from the texts, see ``feature_rows`` and ``token_states``; kept again when next scored or learned
        for kept in (*folder.glob("rows-*"), *folder.glob("states-*")):
            shutil.rmtree(kept)
        sealed = folder / "keys.sealed"
        if sealed.is_file():
            rows = sealed.stat().st_size // DIGEST_BYTES
            for file in (sealed, *folder.glob("*.segments"), folder / "vectors.sealed"):
                file.unlink(missing_ok=True)
            return rows
        return _forget_plain(folder, digests)


def _forget_plain(folder: Path, digests: Collection[bytes]) -> int:
    keys_file, vectors_file = folder / "keys.bin", folder / "vectors.bin"
    if not keys_file.is_file() or not vectors_file.is_file():
        return 0
    raw = np.fromfile(keys_file, dtype=f"V{DIGEST_BYTES}")
    gone = np.isin(raw, np.array(list(digests), dtype=f"V{DIGEST_BYTES}"))
    if not gone.any():
        return 0
    row_bytes = vectors_file.stat().st_size // len(raw)
    vectors = np.memmap(vectors_file, dtype=np.uint8, mode="r")[: len(raw) * row_bytes].reshape(len(raw), row_bytes)
    draft = folder / "vectors.new"
    kept = np.flatnonzero(~gone)
    with draft.open("wb") as out:
        for start in range(0, len(kept), _CHUNK):
            out.write(vectors[kept[start : start + _CHUNK]].tobytes())
    del vectors
    keys_file.unlink()  # from here until the end the cache counts as empty
    draft.replace(vectors_file)
    draft = folder / "keys.new"
    draft.write_bytes(raw[kept].tobytes())
    draft.replace(keys_file)
    return int(gone.sum())
