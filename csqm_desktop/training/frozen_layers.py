"""What the layers below the trained ones say, computed once: training then runs only the layers above.

A pass of twelve layers over a thousand labels costs a processor a minute; of the upper four, there and back, less
than that. The states are in half precision, a row after the other without padding, and stay for the next training
(``scoring/token_states.py``). Where the network is a BERT on a processor its layers run unpadded (``packed_layers``);
any other network runs as transformers runs it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from csqm_desktop.scoring.network import TextNetwork
from csqm_desktop.scoring.packed import PackedBert
from csqm_desktop.scoring.token_states import Compute, Halves, TokenStates
from csqm_desktop.training.packed_layers import PackedLayers, Packing

log = logging.getLogger(__name__)

MOST_BYTES = 1_500_000_000  # of kept states; a larger training computes the lower layers again each time
_AGREE = 0.02  # largest difference of a vector from kept states, against the size of the vector

Check = Callable[[], None]


class FrozenLayers:
    """The rows of one training by their token numbers."""

    def __init__(
        self, network: TextNetwork, ids: list[list[int]], check: Check, kept: TokenStates | None = None
    ) -> None:
        self._network = network
        self._kept = kept if kept is not None else TokenStates(None, network.encoder.width)
        self._ids = ids
        self._ends = np.cumsum([len(one) for one in ids]) if ids else np.zeros(0, dtype=np.int64)
        self._states: Halves | None = None
        self._given: torch.Tensor | None = None
        self._packed = PackedLayers(network) if PackedLayers.fits(network) else None
        self._read(check)
        if self._packed is not None and not self._agrees():
            log.warning("the layers of this base model cannot be run unpadded")
            self._packed = None
            self._kept.clear()
            self._read(check)
        if self.kept and not self.packed and not self._agrees():
            log.warning("the layers of this base model cannot be skipped; training runs all of them")
            self._kept.clear()
            self._states = None

    @property
    def kept(self) -> bool:
        """Whether the lower layers are skipped."""
        return self._states is not None

    @property
    def packed(self) -> bool:
        """Whether rows run without padding."""
        return self._packed is not None

    # -- reading the lower layers

    def _read(self, check: Check) -> None:
        network = self._network
        tokens = int(self._ends[-1]) if self._ids else 0
        self._states = None
        self._network.eval()
        if network.layers is None or network.first == 0 or tokens * network.encoder.width * 2 > MOST_BYTES:
            return
        compute = self._packed_states() if self._packed is not None else self._padded_states
        self._states = self._kept.read(self._ids, compute, network.encoder.batch_tokens, check)

    def _packed_states(self) -> Compute:
        # below the trained layers the network is the base model's own
        encoder = self._network.encoder
        lower = PackedBert(encoder.network, encoder.pooling, dtype=encoder.device.dtype)
        return lambda ids: lower.states(ids, self._network.first)

    def _padded_states(self, ids: list[Sequence[int]]) -> list[Halves]:
        network, layers = self._network, self._network.layers
        assert layers is not None
        heard: list[torch.Tensor] = []

        def listen(_: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
            heard.append(arguments[0] if arguments else named["hidden_states"])

        hook = layers[network.first].register_forward_pre_hook(listen, with_kwargs=True)
        try:
            with torch.inference_mode():
                network.pooled(*network.batch([list(one) for one in ids]))
        finally:
            hook.remove()
        found = heard[-1].half().cpu().numpy()
        return [found[row, : len(one)] for row, one in enumerate(ids)]

    def _agrees(self) -> bool:
        """Whether vectors from here are those of the whole network; a few rows tell."""
        by_length = np.argsort([len(one) for one in self._ids], kind="stable")
        rows = by_length[[0, len(by_length) // 4, len(by_length) // 2]] if self._ids else by_length
        try:
            with torch.no_grad():
                whole = self._network.pooled(*self._network.batch([self._ids[i] for i in rows])).cpu().numpy()
                with self.skipped():
                    again = self.pooled(rows).cpu().numpy()
        except (RuntimeError, ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
            # an architecture that passes more between its layers than the states, or names its parts differently
            log.info("running single layers failed: %s", error)
            return False
        size = float(np.abs(whole).max()) if len(rows) else 1.0
        return bool(np.abs(again - whole).max(initial=0.0) <= _AGREE * max(size, 1e-6))

    # -- running the upper layers

    def pooled(self, rows: Sequence[int] | NDArray[np.intp]) -> torch.Tensor:
        """Vectors of some rows with gradients, (n, width). Within ``skipped`` only the upper layers run."""
        if self._packed is not None:
            return self._pooled_packed(self._packed, rows)
        tokens, mask = self._network.batch([self._ids[i] for i in rows])
        self._given = self._padded(rows, tokens.shape[1]) if self._states is not None else None
        return self._network.pooled(tokens, mask)

    def _pooled_packed(self, layers: PackedLayers, rows: Sequence[int] | NDArray[np.intp]) -> torch.Tensor:
        if self._states is None:
            prompt = self._network.prompt
            states, packing = layers.embedded([self._ids[i] for i in rows], prompt)
            return layers.pooled(layers.through(states, packing, 0), packing, 0 if prompt is None else len(prompt))
        packing = Packing.of([len(self._ids[i]) for i in rows])
        ordered = np.asarray(rows)[packing.order]
        parts = [self._states[self._ends[i] - len(self._ids[i]) : self._ends[i]] for i in ordered]
        states = torch.from_numpy(np.concatenate(parts).astype(np.float32))
        return layers.pooled(layers.through(states, packing, self._network.first), packing)

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
        if self._states is None or layers is None or self._packed is not None:
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
