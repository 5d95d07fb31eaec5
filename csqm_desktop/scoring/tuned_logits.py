"""What a fine-tuned network says about replies: it reads each text once, and its vectors are kept like the encoder's.

A head that is fitted anew on top of the same network, the gate that asks the active version again, and a rescore find
the vectors here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.registry.files import sha256_of
from csqm_desktop.scoring.cache_place import TEXT_TOKENS
from csqm_desktop.scoring.embedding import Encoder
from csqm_desktop.scoring.encoding import EncodedReply, text_digest
from csqm_desktop.scoring.features import raw_features
from csqm_desktop.scoring.network import HEADS_FILE, TextNetwork
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.scoring.version import CriterionSpec

Floats = NDArray[np.float64]


class TunedNetwork:
    """A stored network with its kept vectors, below ``cache_root`` or in memory."""

    def __init__(
        self, folder: Path, encoder: Encoder, criteria: Sequence[CriterionSpec], cache_root: Path | None
    ) -> None:
        self._network = TextNetwork.load(folder, encoder, criteria)
        changed = [[p.name, sha256_of(p)] for p in sorted(folder.glob("*.safetensors")) if p.name != HEADS_FILE]
        how = [encoder.fingerprint, changed, TEXT_TOKENS, encoder.prefix, encoder.pooling, str(encoder.device.dtype)]
        self._place = "network-" + text_digest(json.dumps(how)).hex()[:16]
        self._cache = self._open(cache_root)

    def _open(self, root: Path | None) -> VectorCache:
        return VectorCache(None if root is None else root / self._place, self._network.width)

    def use_cache(self, root: Path | None) -> None:
        """Keep vectors below another folder, or in memory only."""
        self._cache.close()
        self._cache = self._open(root)

    def close(self) -> None:
        """Let another process write."""
        self._cache.close()

    def logits(self, replies: Sequence[EncodedReply], check: Callable[[], None], keep: bool = True) -> Floats:
        """The network's logits of all levels: (n, L). ``check`` is called between batches."""
        cache = self._cache if keep else VectorCache(None, self._network.width)
        return self._network.judge(raw_features(self._network, cache, replies, check))
