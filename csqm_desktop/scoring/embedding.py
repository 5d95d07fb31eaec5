"""The frozen encoder: texts to vectors, in batches that waste little, each text once.

Any Hugging Face encoder folder works; ``registry.base_model`` knows its prefix and its pooling.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
import transformers
from numpy.typing import NDArray
from safetensors import SafetensorError

from csqm_desktop.errors import CsqmError
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.backends import Subject, choose
from csqm_desktop.scoring.cache_place import TEXT_TOKENS, cache_folder
from csqm_desktop.scoring.device import Device, choose_device
from csqm_desktop.scoring.encoding import text_digest
from csqm_desktop.scoring.padded import PaddedNetwork
from csqm_desktop.scoring.vector_cache import VectorCache

log = logging.getLogger(__name__)

BATCH_TOKENS = {"cpu": 2_048, "mps": 8_192, "cuda": 131_072}  # measured on a CPU: more is slower again
_BATCH_TOKENS_BF16 = 8_192  # half the bytes, and products so fast that each call counts
_TOKENIZE_AT_ONCE = 2_048

Floats = NDArray[np.float32]
Check = Callable[[], None]


class Encoder:
    """A base model with its tokenizer, loaded once. ``network`` and ``tokenizer`` serve fine-tuning too."""

    def __init__(
        self, base: Path, device: Device | None = None, precision: str = "exact", backend: str | None = None
    ) -> None:
        self.base = base
        self.device = device or choose_device()
        info = base_model.describe(base)
        self.fingerprint, self.prefix, self.pooling = info.fingerprint, info.prefix, info.pooling
        self.tokenizer = load_tokenizer(base)
        # on a processor the backends round to 16 bits themselves, each what it likes
        dtype = torch.float32 if self.device.kind == "cpu" else self.device.dtype
        self.network = load_network(base).to(self.device.torch, dtype).eval()
        self.width = int(self.network.config.hidden_size)
        self.batch_tokens = _batch_tokens(self.device)
        pad_id = self.tokenizer.pad_token_id or 0
        subject = Subject(self.network, self.device, self.pooling, pad_id, self.fingerprint, base)
        self.chosen = choose(subject, precision, backend)

    def open_cache(self, folder: Path | None) -> VectorCache:
        """The embedding cache of this encoder below ``folder``; in memory when that is None."""
        if folder is None:
            return VectorCache(None, self.width)
        return VectorCache(cache_folder(folder, base_model.describe(self.base), self.chosen.numeric), self.width)

    def embed(self, texts: Sequence[str], check: Check | None = None) -> Iterator[tuple[NDArray[np.intp], Floats]]:
        """Vectors of unit length, a batch at a time: (positions in ``texts``, (n, width)).

        Batches are cut by length, so they come out of order. ``check`` is called between batches.
        """
        waiting: tuple[NDArray[np.intp], Callable[[], Floats]] | None = None
        for start in range(0, len(texts), _TOKENIZE_AT_ONCE):
            ids = self.token_ids([self.prefix + text for text in texts[start : start + _TOKENIZE_AT_ONCE]])
            for batch in length_batches([len(one) for one in ids], self.batch_tokens):
                if check is not None:
                    check()
                begun = (batch + start, self._embed_batch([ids[i] for i in batch]))
                if waiting is not None:
                    yield waiting[0], waiting[1]()
                waiting = begun
        if waiting is not None:
            yield waiting[0], waiting[1]()

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The token numbers of texts, cut to ``TEXT_TOKENS``, with the tokenizer's special tokens."""
        encoded = self.tokenizer(list(texts), truncation=True, max_length=TEXT_TOKENS, return_attention_mask=False)
        return [list(ids) for ids in encoded["input_ids"]]

    def _embed_batch(self, ids: list[list[int]]) -> Callable[[], Floats]:
        """Begin with a batch; the answer gives its vectors (a GPU works on the next one meanwhile)."""
        backend = self.chosen.backend
        if isinstance(backend, PaddedNetwork):
            return backend.start(ids)
        vectors = backend.vectors(ids)
        return lambda: vectors


class Reader(Protocol):
    """What turns texts into vectors: the frozen encoder, or a network that was tuned."""

    def embed(self, texts: Sequence[str], check: Check | None = None) -> Iterator[tuple[NDArray[np.intp], Floats]]:
        """As ``Encoder.embed``."""
        ...


def embed_cached(
    encoder: Reader,
    cache: VectorCache,
    texts: Sequence[str],
    check: Check | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Floats:
    """The vectors of ``texts`` (n, width): from the cache where it has them, each other text computed once.

    An empty text is the zero vector. What was computed before a cancel or a crash stays in the cache.
    """
    unique: dict[str, int] = {}
    positions = np.array([unique.setdefault(text, len(unique)) if text else -1 for text in texts], dtype=np.int64)
    distinct = list(unique)
    digests = [text_digest(text) for text in distinct]
    rows = cache.find(digests)
    missing = np.flatnonzero(rows < 0)
    done = 0
    pending: list[tuple[NDArray[np.intp], Floats]] = []

    def flush() -> None:
        if pending:
            order = np.concatenate([batch for batch, _ in pending])
            cache.add([digests[missing[i]] for i in order], np.concatenate([vectors for _, vectors in pending]))
            pending.clear()

    try:
        for batch, vectors in encoder.embed([distinct[i] for i in missing], check):
            pending.append((batch, vectors))
            done += len(batch)
            if sum(len(b) for b, _ in pending) >= 256:
                flush()
            if progress is not None:
                progress(done, len(missing))
    finally:
        flush()
    if len(missing):
        rows = cache.find(digests)
    out = np.zeros((len(texts), cache.width), dtype=np.float32)
    filled = positions >= 0
    if filled.any():
        out[filled] = cache.read(rows[positions[filled]])
    return out


def length_batches(lengths: Sequence[int], budget: int) -> Iterator[NDArray[np.intp]]:
    """Cut indexes into batches of like length whose padded size stays within ``budget`` tokens, longest first."""
    order = np.argsort([-length for length in lengths], kind="stable")
    start = 0
    while start < len(order):
        size = max(1, budget // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size


def _batch_tokens(device: Device) -> int:
    return _BATCH_TOKENS_BF16 if device.kind == "cpu" and device.bf16 else BATCH_TOKENS[device.kind]


def load_tokenizer(base: Path) -> Any:
    """The tokenizer of a base model folder. Raises ``CsqmError("base_unusable")``."""
    try:
        return transformers.AutoTokenizer.from_pretrained(base, local_files_only=True, trust_remote_code=False)
    except Exception as error:  # the tokenizers library raises bare Exception for a broken file
        raise CsqmError("base_unusable", path=base, reason=_reason(error)) from error


def load_network(base: Path) -> Any:
    """The network of a base model folder in float32, from safetensors only. Raises ``CsqmError("base_unusable")``."""
    options: dict[str, Any] = {
        "local_files_only": True,
        "trust_remote_code": False,
        "use_safetensors": True,
        "dtype": torch.float32,
    }
    try:
        try:
            return transformers.AutoModel.from_pretrained(base, add_pooling_layer=False, **options)
        except TypeError:  # an architecture without a pooler
            return transformers.AutoModel.from_pretrained(base, **options)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise CsqmError("base_unusable", path=base, reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
