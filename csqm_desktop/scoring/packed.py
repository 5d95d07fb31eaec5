"""A BERT encoder that computes no padding: the tokens of all texts of a batch stand in one row.

Query, key and value are one product; texts of equal length share one attention call, so that nothing has to be
masked. In float32 this reaches the speed of the matrix products themselves. The numbers are those of the
ordinary network, which ``backends`` checks before it is used.

In 16 bits the products are so fast that everything else counts: what follows a product is done with it, and
attention, whose vector code stumbles over odd lengths, reads texts filled up to whole vectors, masked.

With ``int8`` the linear layers are quantised: weights to 7 bits for each output (two products of 8 and 7 bits fit
the 16-bit sums of processors without dedicated instructions), activations to 8 bits while running.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_ARCHITECTURES = frozenset({"bert", "roberta", "xlm-roberta", "camembert"})
_COUNT_FROM_PADDING = frozenset({"roberta", "xlm-roberta", "camembert"})  # their positions start after its number
_WEIGHT_STEPS = 63  # 7 bits
_ENGINES = ("onednn", "x86", "fbgemm")
_VECTOR = 16  # floats in the widest vector; attention in 16 bits is two to three times as fast on whole ones

functional = torch.nn.functional


class _Linear:
    """A linear layer in the network's own format."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor) -> None:
        self.weight, self.bias = weight.contiguous(), bias.contiguous()

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return functional.linear(x, self.weight, self.bias)

    def gelu(self, x: torch.Tensor) -> torch.Tensor:
        """The layer, then GELU."""
        return functional.gelu(self(x))

    def plus(self, x: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        """The layer, then the sum with ``other``."""
        return self(x).add_(other)


class _Linear16(_Linear):
    """A linear layer in 16 bits that does what comes after the product while its result is still in the cache."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor) -> None:
        super().__init__(weight.bfloat16(), bias.bfloat16())

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, "none", [], "")
        return out

    def gelu(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, "gelu", [], "none")
        return out

    def plus(self, x: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = torch.ops.mkldnn._linear_pointwise.binary(x, other, self.weight, self.bias, "add")
        return out


class _Linear8(_Linear):
    """A linear layer with 8-bit products."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor) -> None:
        steps = (weight.abs().amax(dim=1).clamp(min=1e-12) / _WEIGHT_STEPS).double()
        zeros = torch.zeros(len(weight), dtype=torch.long)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # announced for removal; ``int8_works`` notices when it is gone
            quantised = torch.quantize_per_channel(weight.float(), steps, zeros, 0, torch.qint8)
            self._packed = torch.ops.quantized.linear_prepack(quantised, bias.float())

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = torch.ops.quantized.linear_dynamic(x, self._packed, False)
        return out


class _Norm:
    def __init__(self, module: Any, dtype: torch.dtype | None = None) -> None:
        self.shape, self.eps = module.normalized_shape, module.eps
        self.weight, self.bias = module.weight.to(dtype), module.bias.to(dtype)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return functional.layer_norm(x, self.shape, self.weight, self.bias, self.eps)


class _Layer:
    def __init__(self, layer: Any, linear: type[_Linear], dtype: torch.dtype) -> None:
        def made(*modules: Any) -> _Linear:
            weight, bias = (torch.cat([getattr(m, name) for m in modules]) for name in ("weight", "bias"))
            return linear(weight.to(dtype), bias.to(dtype))

        read, out = layer.attention.self, layer.attention.output
        self.qkv = made(read.query, read.key, read.value)
        self.out = made(out.dense)
        self.norm = _Norm(out.LayerNorm, dtype)
        self.up = made(layer.intermediate.dense)
        self.down = made(layer.output.dense)
        self.norm2 = _Norm(layer.output.LayerNorm, dtype)


@dataclass(frozen=True)
class _Span:
    """Texts that share an attention call: their rows, how many they are, tokens of each, and the mask of filling."""

    first: int
    last: int
    texts: int
    length: int
    mask: torch.Tensor | None = None

    def of(self, rows: torch.Tensor) -> torch.Tensor:
        return rows[self.first : self.last]


@dataclass(frozen=True)
class _Places:
    """How the texts of a batch stand: ``spans`` without filling, ``attended`` as attention reads them.

    ``filled`` are the rows to take for that, ``kept`` the way back; None where both are the same.
    """

    spans: list[_Span]
    attended: list[_Span]
    filled: torch.Tensor | None = None
    kept: torch.Tensor | None = None


def _places(lengths: Sequence[int], step: int, dtype: torch.dtype) -> _Places:
    """For texts of these lengths, longest first, filled up to multiples of ``step`` for attention."""
    spans = list(_spans(lengths))
    if step == 1:
        return _Places(spans, spans)
    long = [-(-length // step) * step for length in lengths]
    real, whole = np.asarray(lengths), np.asarray(long)
    starts, offsets = np.cumsum(real) - real, np.cumsum(whole) - whole
    inside = np.arange(whole.sum()) - np.repeat(offsets, whole)
    is_text = inside < np.repeat(real, whole)
    filled = np.repeat(starts, whole) + np.where(is_text, inside, 0)
    hidden = torch.zeros(len(is_text), dtype=dtype).masked_fill_(torch.from_numpy(~is_text), float("-inf"))
    attended = [replace(span, mask=span.of(hidden).view(span.texts, 1, 1, span.length)) for span in _spans(long)]
    return _Places(spans, attended, torch.from_numpy(filled), torch.from_numpy(np.flatnonzero(is_text)))


def _spans(lengths: Sequence[int]) -> Iterator[_Span]:
    start = 0
    for length, same in groupby(lengths):
        count = len(list(same))
        yield _Span(start, start + count * length, count, length)
        start += count * length


class PackedBert:
    """Token numbers to unit vectors on a CPU. ``network`` is a BERT or RoBERTa, ``pooling`` mean or cls.

    ``dtype`` is what the products run in: the network's own, or bfloat16. ``int8`` rounds them to 8 bits instead.
    """

    def __init__(self, network: Any, pooling: str, int8: bool = False, dtype: torch.dtype | None = None) -> None:
        config = network.config
        self.name = "packed int8" if int8 else "packed"
        self._pooling = pooling
        self._heads = int(config.num_attention_heads)
        embeddings = network.embeddings
        self._words = embeddings.word_embeddings.weight
        places = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
        self._positions = places[self.first_position(config) :]
        self._norm = _Norm(embeddings.LayerNorm)
        self._dtype = dtype or self._words.dtype
        short = self._dtype is torch.bfloat16 and not int8
        self._step = _VECTOR if short else 1
        linear = _Linear8 if int8 else _Linear16 if short and _fused_works() else _Linear
        with torch.inference_mode():
            self._layers = [_Layer(layer, linear, self._dtype) for layer in network.encoder.layer]

    @staticmethod
    def fits(network: Any) -> bool:
        """Whether this arithmetic is that of the network."""
        config = network.config
        return (
            config.model_type in _ARCHITECTURES
            and config.hidden_act == "gelu"
            and getattr(config, "position_embedding_type", "absolute") in (None, "absolute")
            and not getattr(config, "is_decoder", False)
        )

    @staticmethod
    def first_position(config: Any) -> int:
        """The number of the first token's place."""
        return int(config.pad_token_id) + 1 if config.model_type in _COUNT_FROM_PADDING else 0

    def vectors(self, ids: Sequence[Sequence[int]]) -> Floats:
        """Vectors of unit length (n, width) of token numbers in any order."""
        with torch.inference_mode():
            return np.asarray(functional.normalize(torch.from_numpy(self.pooled(ids)), dim=-1).numpy())

    def pooled(self, ids: Sequence[Sequence[int]]) -> Floats:
        """Vectors as they are, (n, width)."""
        order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
        with torch.inference_mode():
            found = self._pooled([ids[i] for i in order]).float().numpy()
        out = np.empty_like(found)
        out[order] = found
        return out

    def states(self, ids: Sequence[Sequence[int]], layer: int) -> list[NDArray[np.float16]]:
        """What enters ``layer``: the states of each text's tokens, (tokens, width)."""
        order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
        places = self._places(ids, order)
        with torch.inference_mode():
            x = self._run(self._entering([ids[i] for i in order]), places, 0, layer)
            parts = torch.split(x.half(), [len(ids[i]) for i in order])
        found = dict(zip(order, parts, strict=True))
        return [np.asarray(found[i].numpy()) for i in range(len(ids))]

    def pooled_from(self, states: Sequence[NDArray[np.float16]], layer: int) -> Floats:
        """Vectors as they are (n, width) of texts whose tokens' states enter ``layer``, as ``states`` gives them."""
        order = sorted(range(len(states)), key=lambda i: -len(states[i]))
        places = self._places(states, order)
        with torch.inference_mode():
            x = torch.from_numpy(np.concatenate([states[i] for i in order])).to(self._dtype)
            found = self._pool(self._run(x, places, layer, len(self._layers)), places).float().numpy()
        out = np.empty_like(found)
        out[order] = found
        return out

    def _places(self, texts: Sequence[Sized], order: Sequence[int]) -> _Places:
        return _places([len(texts[i]) for i in order], self._step, self._dtype)

    def _entering(self, ids: list[Sequence[int]]) -> torch.Tensor:
        return self._norm(self._embedded(ids)).to(self._dtype)

    def _run(self, x: torch.Tensor, places: _Places, first: int, last: int) -> torch.Tensor:
        for layer in self._layers[first:last]:
            x = self._through(layer, x, places)
        return x

    def _pooled(self, ids: list[Sequence[int]]) -> torch.Tensor:
        places = self._places(ids, range(len(ids)))
        return self._pool(self._run(self._entering(ids), places, 0, len(self._layers)), places)

    def _pool(self, x: torch.Tensor, places: _Places) -> torch.Tensor:
        rows = []
        for span in places.spans:
            block = span.of(x).view(span.texts, span.length, -1)
            rows.append(block[:, 0].float() if self._pooling == "cls" else block.float().mean(dim=1))
        return torch.cat(rows)

    def _embedded(self, ids: list[Sequence[int]]) -> torch.Tensor:
        lengths = np.fromiter(map(len, ids), dtype=np.int64, count=len(ids))
        flat = np.fromiter((token for one in ids for token in one), dtype=np.int64, count=int(lengths.sum()))
        starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
        places = torch.from_numpy(np.arange(len(flat)) - starts)
        return functional.embedding(torch.from_numpy(flat), self._words).add_(self._positions[places])

    def _through(self, layer: _Layer, x: torch.Tensor, places: _Places) -> torch.Tensor:
        x = layer.norm(layer.out.plus(self._attention(layer, x, places), x))
        return layer.norm2(layer.down.plus(layer.up.gelu(x), x))

    def _attention(self, layer: _Layer, x: torch.Tensor, places: _Places) -> torch.Tensor:
        qkv = layer.qkv(x if places.filled is None else x.index_select(0, places.filled))
        mixed = qkv.new_empty(len(qkv), x.shape[1])
        size = x.shape[1] // self._heads
        for span in places.attended:
            q, k, v = span.of(qkv).view(span.texts, span.length, 3, self._heads, size).permute(2, 0, 3, 1, 4)
            seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=span.mask)
            span.of(mixed).view(span.texts, span.length, self._heads, size).copy_(seen.transpose(1, 2))
        return mixed if places.kept is None else mixed.index_select(0, places.kept)


def _fused_works() -> bool:
    """Whether this torch does what follows a 16-bit product together with it."""
    x, weight, bias = torch.ones(2, 4), torch.eye(4), torch.full((4,), -2.0)
    try:
        layer = _Linear16(weight, bias)
        with torch.inference_mode():
            short = x.bfloat16()
            fused = torch.cat([layer(short), layer.gelu(short), layer.plus(short, short)]).float()
    except (RuntimeError, AttributeError, NotImplementedError, TypeError):
        return False
    expected = torch.cat([x - 2, functional.gelu(x - 2), x - 1])
    return bool(torch.allclose(fused, expected, atol=0.02))


def int8_works() -> bool:
    """Whether this processor and this torch have 8-bit products; chooses the engine for them."""
    engine = next((e for e in _ENGINES if e in torch.backends.quantized.supported_engines), None)
    if engine is None:
        return False
    try:
        torch.backends.quantized.engine = engine
        with torch.inference_mode():
            probe = _Linear8(torch.eye(4), torch.zeros(4))(torch.ones(1, 4))
    except (RuntimeError, AttributeError, NotImplementedError, UserWarning):
        return False
    return bool(torch.allclose(probe, torch.ones(1, 4), atol=0.05))
