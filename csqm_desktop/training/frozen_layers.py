"""What the layers below the trained ones say, computed once: training then runs only the layers above.

A pass of twelve layers over a thousand labels costs a processor a minute; of the upper four, there and back, less
than that. The states are kept in half precision, a row after the other without padding.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from csqm_desktop.scoring.embedding import length_batches
from csqm_desktop.scoring.network import PairNetwork

log = logging.getLogger(__name__)

MOST_BYTES = 1_500_000_000  # of kept states; a larger training computes the lower layers again each time
_AGREE = 0.02  # largest difference of a vector from kept states, against the size of the vector

Check = Callable[[], None]


class FrozenLayers:
    """The rows of one training by their token numbers. ``vectors`` are the untouched network's, (n, width)."""

    def __init__(self, network: PairNetwork, ids: list[list[int]], check: Check) -> None:
        self._network = network
        self._ids = ids
        self._ends = np.cumsum([len(one) for one in ids]) if ids else np.zeros(0, dtype=np.int64)
        self._states: NDArray[np.float16] | None = None
        self._given: torch.Tensor | None = None
        layers, width = network.layers, network.encoder.width
        tokens = int(self._ends[-1]) if ids else 0
        if layers is not None and network.first > 0 and tokens * width * 2 <= MOST_BYTES:
            self._states = np.zeros((tokens, width), dtype=np.float16)
        self.vectors = self._read(check)
        if self._states is not None and not self._agrees():
            log.warning("the layers of this base model cannot be skipped; training runs all of them")
            self._states = None

    @property
    def kept(self) -> bool:
        """Whether the lower layers are skipped."""
        return self._states is not None

    def _read(self, check: Check) -> NDArray[np.float64]:
        network, layers = self._network, self._network.layers
        out = np.zeros((len(self._ids), network.encoder.width))
        heard: list[torch.Tensor] = []

        def listen(_: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
            heard.append(arguments[0] if arguments else named["hidden_states"])

        hook = None
        if self._states is not None:
            assert layers is not None
            hook = layers[network.first].register_forward_pre_hook(listen, with_kwargs=True)
        network.eval()
        try:
            with torch.inference_mode():
                for batch in length_batches([len(one) for one in self._ids], network.encoder.batch_tokens):
                    check()
                    out[batch] = network.pooled(*network.batch([self._ids[i] for i in batch])).cpu().numpy()
                    if heard:
                        self._keep(batch, heard.pop())
        finally:
            if hook is not None:
                hook.remove()
        return out

    def _keep(self, batch: NDArray[np.intp], states: torch.Tensor) -> None:
        assert self._states is not None
        found = states.float().cpu().numpy()
        for row, i in enumerate(batch):
            size = len(self._ids[i])
            self._states[self._ends[i] - size : self._ends[i]] = found[row, :size]

    def _agrees(self) -> bool:
        """Whether vectors from kept states are those of the whole network; a few rows tell."""
        rows = np.arange(min(3, len(self._ids)))
        try:
            with self.skipped(), torch.no_grad():
                again = self.pooled(rows).cpu().numpy()
        except (RuntimeError, ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
            # an architecture that passes more between its layers than the states
            log.info("skipping layers failed: %s", error)
            return False
        size = float(np.abs(self.vectors[rows]).max()) if len(rows) else 1.0
        return bool(np.abs(again - self.vectors[rows]).max(initial=0.0) <= _AGREE * max(size, 1e-6))

    def pooled(self, rows: Sequence[int] | NDArray[np.intp]) -> torch.Tensor:
        """Vectors of some rows with gradients, (n, width). Within ``skipped`` only the upper layers run."""
        tokens, mask = self._network.batch([self._ids[i] for i in rows])
        self._given = self._padded(rows, tokens.shape[1]) if self._states is not None else None
        return self._network.pooled(tokens, mask)

    def _padded(self, rows: Sequence[int] | NDArray[np.intp], width: int) -> torch.Tensor:
        assert self._states is not None
        out = np.zeros((len(rows), width, self._states.shape[1]), dtype=np.float32)
        for row, i in enumerate(rows):
            size = len(self._ids[i])
            out[row, :size] = self._states[self._ends[i] - size : self._ends[i]]
        return torch.from_numpy(out).to(self._network.encoder.device.torch)

    @contextmanager
    def skipped(self) -> Iterator[None]:
        """Within this, the lower layers hand through what they are given and the kept states take their place."""
        layers, first = self._network.layers, self._network.first
        if self._states is None or layers is None:
            yield
            return
        lower = list(layers[:first])

        def give(_: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
            assert self._given is not None
            if arguments:
                return (self._given, *arguments[1:]), named
            return arguments, named | {"hidden_states": self._given}

        hook = layers[first].register_forward_pre_hook(give, with_kwargs=True)
        try:
            for i, layer in enumerate(lower):
                layers[i] = _HandThrough(layer)
            yield
        finally:
            hook.remove()
            for i, layer in enumerate(lower):
                layers[i] = layer


class _HandThrough(torch.nn.Module):
    """Stands where a layer was. What else the network asks of a layer, such as its kind of attention, is its own."""

    def __init__(self, layer: torch.nn.Module) -> None:
        super().__init__()
        self.__dict__["_stands_for"] = layer

    def __getattr__(self, name: str) -> Any:
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.__dict__["_stands_for"], name)

    def forward(self, hidden_states: torch.Tensor, *_: Any, **__: Any) -> torch.Tensor:
        return hidden_states
