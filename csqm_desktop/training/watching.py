"""Which pass of a fine-tune stays: the last one, unless the conversations that only watch say that it is clearly worse.

Some sixty replies watch where labels are few, and by their mean alone every second training was given up after one
pass, before its rate had come down: macro-F1 on other conversations was then lower than after all passes. So what
chance explains is no reason to stop; with many labels the rule becomes as sharp as the mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_CLEARLY = 1.64  # standard errors of the mean difference: one chance in twenty


@dataclass(frozen=True)
class Pass:
    """A pass with the losses (n,) of the watched replies after it and the weights that it ended with."""

    number: int
    losses: Floats
    weights: list[torch.Tensor]

    @property
    def loss(self) -> float:
        """Mean over the watched replies."""
        return float(self.losses.mean()) if len(self.losses) else 0.0


class Passes:
    """Told of each pass in order; ``kept`` is the one to end with, None before the first."""

    def __init__(self, patience: int) -> None:
        self.kept: Pass | None = None
        self._lowest: Pass | None = None
        self._patience = patience
        self._waiting = 0

    def offer(self, new: Pass) -> bool:
        """Take note of a pass; returns whether to stop, after ``patience`` clearly worse ones."""
        if self._lowest is None or new.loss < self._lowest.loss:
            self._lowest = new
        if clearly_worse(new.losses, self._lowest.losses):
            self.kept = self._lowest
            self._waiting += 1
        else:
            self.kept = new
            self._waiting = 0
        return self._waiting >= self._patience


def clearly_worse(losses: Floats, others: Floats) -> bool:
    """Whether losses (n,) are higher than others of the same replies by more than chance explains."""
    more = losses - others
    if len(more) < 2:
        return bool((more > 0).any())
    return bool(more.mean() > _CLEARLY * more.std(ddof=1) / np.sqrt(len(more)))
