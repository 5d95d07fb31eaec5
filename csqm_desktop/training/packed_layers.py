"""Layers of a BERT run without padding and with gradients: the modules are the network's own, adapters included.

The tokens of all rows of a batch stand in one row, longest first, and rows of equal length share one attention call.
A training batch of random rows is a fifth padding otherwise, and every layer pays for it there and back.

On processors with 16-bit products these run in 16 bits, and so does what stands between them, but for attention: back
through it, 16 bits take four times as long as 32. Trained weights and their gradients stay in 32.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from peft.tuners.lora.layer import Linear as LoraLinear

from csqm_desktop.scoring import adapters
from csqm_desktop.scoring.network import TextNetwork
from csqm_desktop.scoring.packed import PackedBert

functional = torch.nn.functional


@dataclass(frozen=True)
class Packing:
    """How rows stand one after the other: ``order`` of the rows, and spans (first, last, rows, tokens of each)."""

    order: NDArray[np.intp]
    spans: list[tuple[int, int, int, int]]

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Packing:
        """Longest first."""
        order = np.argsort([-length for length in lengths], kind="stable")
        spans, start = [], 0
        for length, same in groupby(lengths[i] for i in order):
            count = len(list(same))
            spans.append((start, start + count * length, count, length))
            start += count * length
        return cls(order, spans)

    def restored(self, rows: torch.Tensor) -> torch.Tensor:
        """Rows in packed order put back into the given one."""
        back = np.empty(len(self.order), dtype=np.int64)
        back[self.order] = np.arange(len(self.order))
        return rows[torch.from_numpy(back)]


class PackedLayers:
    """The body of a network on a processor, see ``fits``."""

    def __init__(self, network: TextNetwork) -> None:
        self._network = network
        self._base: Any = adapters.base_of(network.body)
        self._heads = int(self._base.config.num_attention_heads)
        self._dtype = network.encoder.device.dtype
        self._rounded: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}  # weight and bias by module

    @staticmethod
    def fits(network: TextNetwork) -> bool:
        """Whether this arithmetic is that of the network; it is checked against the network's own before use."""
        return network.encoder.device.kind == "cpu" and PackedBert.fits(adapters.base_of(network.body))

    def embedded(
        self, ids: Sequence[Sequence[int]], prompt: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, Packing]:
        """What enters the first layer: (tokens, width). ``prompt`` (p, width) stands before each row."""
        packing = Packing.of([len(one) for one in ids])
        rows = [ids[i] for i in packing.order]
        if prompt is not None:
            return self._prompted(rows, prompt, packing)
        flat = torch.tensor([token for one in rows for token in one])
        places = self._places(rows, 0)
        return self._base.embeddings(input_ids=flat[None], position_ids=places[None])[0], packing

    def _prompted(
        self, rows: list[Sequence[int]], prompt: torch.Tensor, packing: Packing
    ) -> tuple[torch.Tensor, Packing]:
        words = self._base.get_input_embeddings()
        pieces = [piece for one in rows for piece in (prompt, words(torch.tensor(list(one))))]
        places = self._places(rows, len(prompt))
        longer = Packing.of([len(one) + len(prompt) for one in rows])
        states = self._base.embeddings(inputs_embeds=torch.cat(pieces)[None], position_ids=places[None])[0]
        return states, Packing(packing.order, longer.spans)

    def _places(self, rows: list[Sequence[int]], before: int) -> torch.Tensor:
        first = PackedBert.first_position(self._base.config)
        return torch.cat([torch.arange(first, first + before + len(one)) for one in rows])

    def through(self, x: torch.Tensor, packing: Packing, first: int) -> torch.Tensor:
        """From what enters layer ``first`` to what leaves the last one, both (tokens, width)."""
        layers = self._network.layers
        assert layers is not None
        x = x.to(self._dtype)
        with torch.autocast("cpu", enabled=False):
            for layer in list(layers)[first:]:
                x = self._layer(layer, x, packing)
        return x

    def _layer(self, layer: Any, x: torch.Tensor, packing: Packing) -> torch.Tensor:
        read, out = layer.attention.self, layer.attention.output
        sizes = [b - a for a, b, _, _ in packing.spans]
        # split, not slices: the gradient of a slice is as large as the whole
        sides = [torch.split(self._linear(part, x).float(), sizes) for part in (read.query, read.key, read.value)]
        mixed = []
        for (_, _, count, length), *parts in zip(packing.spans, *sides, strict=True):
            q, k, v = (part.view(count, length, self._heads, -1).transpose(1, 2) for part in parts)
            seen = functional.scaled_dot_product_attention(q, k, v)
            mixed.append(seen.transpose(1, 2).reshape(count * length, -1))
        x = _norm(out.LayerNorm, self._linear(out.dense, torch.cat(mixed).to(self._dtype)).add_(x))
        inner = functional.gelu(self._linear(layer.intermediate.dense, x))
        return _norm(layer.output.LayerNorm, self._linear(layer.output.dense, inner).add_(x))

    def _linear(self, module: Any, x: torch.Tensor) -> torch.Tensor:
        """A linear layer, adapted or not; LoRA's by an arithmetic of its own."""
        if type(module) is LoraLinear:
            adapter = module.active_adapters[0]
            down, up = module.lora_A[adapter].weight, module.lora_B[adapter].weight
            arguments = (x, *self._weights(module.get_base_layer()), down, up, module.scaling[adapter])
            out: torch.Tensor = _LoraProduct.apply(*arguments)  # type: ignore[no-untyped-call]
            return out
        if type(module) is torch.nn.Linear:
            return functional.linear(x, *self._weights(module))
        with torch.autocast("cpu", dtype=self._dtype, enabled=self._dtype is torch.bfloat16):
            return module(x).to(self._dtype)  # type: ignore[no-any-return]

    def _weights(self, module: torch.nn.Linear) -> tuple[torch.Tensor, torch.Tensor]:
        """Weight and bias in the format of the products; rounded once where they are not trained."""
        if module.weight.requires_grad or self._dtype is module.weight.dtype:
            return module.weight.to(self._dtype), module.bias.to(self._dtype)
        if id(module) not in self._rounded:
            self._rounded[id(module)] = module.weight.detach().to(self._dtype), module.bias.detach().to(self._dtype)
        return self._rounded[id(module)]

    def pooled(self, x: torch.Tensor, packing: Packing, without: int = 0) -> torch.Tensor:
        """One vector for each row in the order that was given, (n, width), ``without`` its first tokens."""
        found = []
        parts = torch.split(x, [b - a for a, b, _, _ in packing.spans])
        for (_, _, count, length), part in zip(packing.spans, parts, strict=True):
            block = part.view(count, length, -1)[:, without:].float()
            found.append(block[:, 0] if self._network.encoder.pooling == "cls" else block.mean(dim=1))
        return packing.restored(torch.cat(found))


def _norm(module: Any, x: torch.Tensor) -> torch.Tensor:
    return functional.layer_norm(x, module.normalized_shape, module.weight, module.bias, module.eps)


class _LoraProduct(torch.autograd.Function):
    """``x W^T + b + s (x A^T) B^T``, adapters without dropout.

    A LoRA layer as it is usually written takes half as long again as the layer without it, for a twentieth more of
    arithmetic: thin matrix products are slow when they are laid out unkindly. Laid out kindly it is a seventh.
    """

    @staticmethod
    def forward(
        ctx: Any,
        x: torch.Tensor,
        weight: torch.Tensor,
        bias: torch.Tensor,
        down: torch.Tensor,
        up: torch.Tensor,
        scaling: float,
    ) -> torch.Tensor:
        down, scaled = down.to(x.dtype), (up.T * scaling).to(x.dtype).contiguous()
        thin = x @ down.T
        ctx.save_for_backward(x, weight, down, scaled, thin)
        ctx.scaling = scaling
        return functional.linear(x, weight, bias).addmm_(thin, scaled)

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        x, weight, down, scaled, thin = ctx.saved_tensors
        of_out = gradients[0].contiguous()
        of_thin = of_out @ scaled.T
        of_x = (of_out @ weight).addmm_(of_thin, down) if ctx.needs_input_grad[0] else None
        of_up = (thin.T @ of_out).T.float() * ctx.scaling
        return of_x, None, None, (of_thin.T @ x).float(), of_up, None
