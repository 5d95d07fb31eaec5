"""What a fine-tuned network says about replies, each asked once: kept beside the embeddings, by network and text.

A head that is fitted anew on top of the same network, the gate that asks the active version again, and a rescore find
the answers here instead of reading every dialogue again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.registry.files import sha256_of
from csqm_desktop.scoring.cache_place import network_folder
from csqm_desktop.scoring.embedding import Encoder
from csqm_desktop.scoring.encoding import EncodedReply, text_digest
from csqm_desktop.scoring.network import PAIR_TOKENS, PairNetwork
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.scoring.version import CriterionSpec, level_slices

Floats = NDArray[np.float64]
_AT_ONCE = 256  # replies that are kept together, and are therefore safe together


class TunedNetwork:
    """A stored network with its kept answers. Answers are those of half precision, whether kept or new."""

    def __init__(
        self, folder: Path, encoder: Encoder, criteria: Sequence[CriterionSpec], cache_root: Path | None
    ) -> None:
        self._network = PairNetwork.load(folder, encoder, criteria)
        self._levels = level_slices(criteria)[-1].stop
        files = [[path.name, sha256_of(path)] for path in sorted(folder.glob("*.safetensors"))]
        how = [encoder.fingerprint, files, PAIR_TOKENS, encoder.prefix, str(encoder.device.dtype)]
        self._place = text_digest(json.dumps(how)).hex()[:16]
        self._cache = self._open(cache_root)

    def _open(self, root: Path | None) -> VectorCache:
        return VectorCache(None if root is None else network_folder(root, self._place), self._levels)

    def use_cache(self, root: Path | None) -> None:
        """Keep answers below another folder, or in memory only."""
        self._cache.close()
        self._cache = self._open(root)

    def close(self) -> None:
        """Let another process write."""
        self._cache.close()

    def logits(self, replies: Sequence[EncodedReply], check: Callable[[], None], keep: bool = True) -> Floats:
        """The network's logits of all levels: (n, L). ``check`` is called between batches."""
        if not keep:
            return _halves(self._network.logits(replies, check))
        keys = [text_digest(f"{reply.reply}\n{reply.context}") for reply in replies]
        first: dict[bytes, int] = {}
        for place, key in enumerate(keys):
            first.setdefault(key, place)
        rows = self._cache.find(list(first))
        missing = [item for item, row in zip(first.items(), rows, strict=True) if row < 0]
        # of like length together, so that a block of few is no more padding than the whole
        missing.sort(key=lambda item: len(replies[item[1]].reply) + len(replies[item[1]].context))
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            found = self._network.logits([replies[place] for _, place in part], check)
            self._cache.add([key for key, _ in part], found.astype(np.float32))
        return np.asarray(self._cache.read(self._cache.find(keys)), dtype=np.float64)


def _halves(logits: Floats) -> Floats:
    return np.asarray(logits.astype(np.float16), dtype=np.float64)
