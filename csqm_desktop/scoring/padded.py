"""Any encoder as transformers runs it, on padded batches; on a GPU with pinned, asynchronous copies."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from csqm_desktop.scoring.device import Device

Floats = NDArray[np.float32]


class PaddedNetwork:
    """Token numbers to unit vectors on any device, for every architecture."""

    name = "torch"

    def __init__(self, network: Any, device: Device, pooling: str, pad_id: int) -> None:
        short = next(network.parameters()).dtype is not device.dtype
        self._network = copy.deepcopy(network).to(device.dtype) if short else network
        self._device, self._pooling, self._pad_id = device, pooling, pad_id

    def vectors(self, ids: Sequence[Sequence[int]]) -> Floats:
        """Vectors of unit length (n, width)."""
        return self.start(ids)()

    def start(self, ids: Sequence[Sequence[int]]) -> Callable[[], Floats]:
        """Begin with a batch and return what waits for its vectors, so that a GPU is never idle between batches."""
        with torch.inference_mode():
            tokens, mask = pad(ids, self._pad_id)
            tokens, mask = self._moved(tokens), self._moved(mask)
            states = self._network(input_ids=tokens, attention_mask=mask).last_hidden_state
            unit = torch.nn.functional.normalize(pool(states.float(), mask, self._pooling), dim=-1)
            if self._device.kind != "cuda":
                return lambda: np.asarray(unit.cpu().numpy(), dtype=np.float32)
            return self._fetch(unit)

    def _moved(self, tensor: torch.Tensor) -> torch.Tensor:
        if self._device.kind == "cuda":
            return tensor.pin_memory().to(self._device.torch, non_blocking=True)
        return tensor.to(self._device.torch)

    @staticmethod
    def _fetch(unit: torch.Tensor) -> Callable[[], Floats]:
        target = torch.empty(unit.shape, dtype=unit.dtype, pin_memory=True)
        target.copy_(unit, non_blocking=True)
        arrived = torch.cuda.Event()  # type: ignore[no-untyped-call]
        arrived.record()

        def wait() -> Floats:
            arrived.synchronize()
            return np.array(target.numpy(), dtype=np.float32)

        return wait


def pad(ids: Sequence[Sequence[int]], pad_id: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Token numbers and attention mask, both (n, longest)."""
    width = max(1, max((len(one) for one in ids), default=1))
    tokens = np.full((len(ids), width), pad_id, dtype=np.int64)
    mask = np.zeros((len(ids), width), dtype=np.int64)
    for row, one in enumerate(ids):
        tokens[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return torch.from_numpy(tokens), torch.from_numpy(mask)


def pool(states: torch.Tensor, mask: torch.Tensor, pooling: str) -> torch.Tensor:
    """One vector for each sequence: (n, tokens, width) to (n, width)."""
    if pooling == "cls":
        return states[:, 0]
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)
