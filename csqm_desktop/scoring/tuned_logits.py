"""What a fine-tuned network says about replies: it reads each text once, and its vectors are kept like the encoder's.

A head that is fitted anew on top of the same network, the gate that asks the active version again, and a rescore find
the vectors here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.registry.files import sha256_of
from csqm_desktop.scoring.cache_place import TEXT_TOKENS
from csqm_desktop.scoring.embedding import Encoder, Reader
from csqm_desktop.scoring.encoding import EncodedReply, text_digest
from csqm_desktop.scoring.features import raw_features
from csqm_desktop.scoring.network import HEADS_FILE, TextNetwork
from csqm_desktop.scoring.token_states import TokenStates
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

    @property
    def first(self) -> int:
        """The lowest layer in which this network is not the base model; 0 when that is all of it."""
        return self._network.first

    def logits(
        self,
        replies: Sequence[EncodedReply],
        check: Callable[[], None],
        keep: bool = True,
        states: TokenStates | None = None,
    ) -> Floats:
        """The network's logits of all levels: (n, L). ``check`` is called between batches.

        ``states`` are those that enter layer ``first``, for texts that are learned from or judged on.
        """
        cache = self._cache if keep else VectorCache(None, self._network.width)
        reader: Reader = self._network if states is None else _Learned(self._network, states)
        return self._network.judge(raw_features(reader, cache, replies, check))


class _Learned:
    """Reads texts through the upper layers only, as far as the states of the lower ones are kept."""

    def __init__(self, network: TextNetwork, states: TokenStates) -> None:
        self._network, self._states = network, states

    def embed(
        self, texts: Sequence[str], check: Callable[[], None] | None = None
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
        return self._network.embed_learned(texts, self._states, check or (lambda: None))
