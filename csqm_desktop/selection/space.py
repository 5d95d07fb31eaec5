"""Where replies lie among each other: vectors from the embedding cache, or from the letters when there are none."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from csqm_desktop.selection.pool import Vectors

DIMENSIONS = 128  # what is left out is mostly noise, in which everything is equally far apart
LETTER_WIDTH = 256
_VECTOR_SIZE, _FIGURE_SIZE = 3.0, 0.3  # root mean square length of a block of vectors, and of each figure
_MANY = 20_000  # rows beyond which directions are found on a sample


def place(blocks: Sequence[Vectors], figures: Vectors) -> Vectors:
    """A vector (n, at most ``DIMENSIONS``) for a reply with its dialogue.

    ``blocks`` are what the model looks at: vectors (n, W) of the reply and of what was said before and after it. Each
    block and each figure is centred and brought to a size.
    """
    parts = [_sized(block, _VECTOR_SIZE) for block in blocks]
    spread = figures.std(axis=0)
    scale = np.divide(_FIGURE_SIZE, spread, out=np.zeros_like(spread), where=spread > 1e-4)
    parts.append(np.clip((figures - figures.mean(axis=0)) * scale, -1.2, 1.2))
    return _reduced(np.concatenate(parts, axis=1).astype(np.float32))


def _sized(block: Vectors, size: float) -> Vectors:
    centred = np.asarray(block - block.mean(axis=0), dtype=np.float32)
    length = float(np.sqrt(np.einsum("ij,ij->i", centred, centred).mean()))
    centred *= size / length if length > 1e-4 else 0.0
    return centred


def _reduced(rows: Vectors) -> Vectors:
    if rows.shape[1] <= DIMENSIONS:
        return rows
    sample = rows if len(rows) <= _MANY else rows[:: len(rows) // _MANY + 1]
    return np.asarray(rows @ _main_directions(sample), dtype=np.float32)


def _main_directions(rows: Vectors) -> Vectors:
    """Unit vectors (D, ``DIMENSIONS``) along which rows (n, D) differ most, the greatest last."""
    import scipy.linalg  # 0.1 s, and only needed here; numpy would find all directions, which takes four times as long

    width = rows.shape[1]
    with threadpool_limits(1, "blas"):  # here as well: a library that was loaded just now heeds no earlier limit
        wanted = (width - DIMENSIONS, width - 1)
        _, directions = scipy.linalg.eigh(rows.T @ rows, subset_by_index=wanted, overwrite_a=True)
    return np.asarray(directions, dtype=np.float32)


def by_letters(texts: Sequence[str]) -> Vectors:
    """Unit vectors (n, ``LETTER_WIDTH``) from pairs of characters, hashed with signs; an empty text is zero."""
    out = np.zeros((len(texts), LETTER_WIDTH), dtype=np.float32)
    for row, text in enumerate(texts):
        lowered = text.lower()[:400]
        for pair in {lowered[i : i + 2] for i in range(max(1, len(lowered) - 1))} if lowered else ():
            code = zlib.crc32(pair.encode("utf-8", "surrogatepass"))
            out[row, code % LETTER_WIDTH] += 1.0 if code & 0x10000 else -1.0
    return unit(out)


def unit(vectors: Vectors) -> Vectors:
    """Rows of length one; zero rows stay zero."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(length > 1e-9, length, 1.0), dtype=np.float32)
