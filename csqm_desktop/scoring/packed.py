"""A BERT encoder that computes no padding: the tokens of all texts of a batch stand in one row.

Query, key and value are one product; texts of equal length share one attention call, so that nothing has to be
masked. In float32 this reaches the speed of the matrix products themselves. The numbers are those of the
ordinary network, which ``backends`` checks before it is used.

With ``int8`` the linear layers are quantised: weights to 7 bits for each output (two products of 8 and 7 bits fit
the 16-bit sums of processors without dedicated instructions), activations to 8 bits while running.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
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

functional = torch.nn.functional


class _Linear:
    """A linear layer in the network's own format."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor) -> None:
        self.weight, self.bias = weight.contiguous(), bias.contiguous()

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return functional.linear(x, self.weight, self.bias)


class _Linear8:
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
    def __init__(self, module: Any) -> None:
        self.shape, self.weight, self.bias, self.eps = module.normalized_shape, module.weight, module.bias, module.eps

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return functional.layer_norm(x, self.shape, self.weight, self.bias, self.eps)


class _Layer:
    def __init__(self, layer: Any, int8: bool) -> None:
        linear = _Linear8 if int8 else _Linear
        read, out = layer.attention.self, layer.attention.output
        parts = (read.query, read.key, read.value)
        self.qkv = linear(torch.cat([p.weight for p in parts]), torch.cat([p.bias for p in parts]))
        self.out = linear(out.dense.weight, out.dense.bias)
        self.norm = _Norm(out.LayerNorm)
        self.up = linear(layer.intermediate.dense.weight, layer.intermediate.dense.bias)
        self.down = linear(layer.output.dense.weight, layer.output.dense.bias)
        self.norm2 = _Norm(layer.output.LayerNorm)


class PackedBert:
    """Token numbers to unit vectors on a CPU. ``network`` is a BERT or RoBERTa, ``pooling`` mean or cls."""

    def __init__(self, network: Any, pooling: str, int8: bool = False) -> None:
        config = network.config
        self.name = "packed int8" if int8 else "packed"
        self._pooling = pooling
        self._heads = int(config.num_attention_heads)
        embeddings = network.embeddings
        self._words = embeddings.word_embeddings.weight
        places = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
        self._positions = places[self.first_position(config) :]
        self._norm = _Norm(embeddings.LayerNorm)
        with torch.inference_mode():
            self._layers = [_Layer(layer, int8) for layer in network.encoder.layer]

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

    def states(self, ids: Sequence[Sequence[int]], layer: int) -> tuple[list[int], torch.Tensor]:
        """What enters ``layer``: the order of the texts, and their tokens' states in that order, (tokens, width)."""
        order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
        with torch.inference_mode():
            return order, self._run([ids[i] for i in order], layer)[0]

    def _run(self, ids: list[Sequence[int]], layers: int) -> tuple[torch.Tensor, list[tuple[int, int, int, int]]]:
        groups = []  # first token, last token, texts, tokens of each
        start = 0
        for length, same in groupby(map(len, ids)):
            count = len(list(same))
            groups.append((start, start + count * length, count, length))
            start += count * length
        x = self._norm(self._embedded(ids))
        for layer in self._layers[:layers]:
            x = self._through(layer, x, groups)
        return x, groups

    def _pooled(self, ids: list[Sequence[int]]) -> torch.Tensor:
        x, groups = self._run(ids, len(self._layers))
        rows = []
        for a, b, count, length in groups:
            block = x[a:b].view(count, length, -1)
            rows.append(block[:, 0].float() if self._pooling == "cls" else block.float().mean(dim=1))
        return torch.cat(rows)

    def _embedded(self, ids: list[Sequence[int]]) -> torch.Tensor:
        lengths = np.fromiter(map(len, ids), dtype=np.int64, count=len(ids))
        flat = np.fromiter((token for one in ids for token in one), dtype=np.int64, count=int(lengths.sum()))
        starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
        places = torch.from_numpy(np.arange(len(flat)) - starts)
        return functional.embedding(torch.from_numpy(flat), self._words).add_(self._positions[places])

    def _through(self, layer: _Layer, x: torch.Tensor, groups: list[tuple[int, int, int, int]]) -> torch.Tensor:
        qkv = layer.qkv(x)
        mixed = torch.empty_like(x)
        size = x.shape[1] // self._heads
        for a, b, count, length in groups:
            q, k, v = qkv[a:b].view(count, length, 3, self._heads, size).permute(2, 0, 3, 1, 4)
            seen = functional.scaled_dot_product_attention(q, k, v)
            mixed[a:b].view(count, length, self._heads, size).copy_(seen.transpose(1, 2))
        x = layer.norm(layer.out(mixed).add_(x))
        return layer.norm2(layer.down(functional.gelu(layer.up(x))).add_(x))


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
