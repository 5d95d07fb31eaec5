"""Labelled replies as a network in training reads them: each text of a batch once, then the features with gradients."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from csqm_desktop.scoring.encoding import EncodedReply
from csqm_desktop.scoring.features import FADE
from csqm_desktop.scoring.network import TextNetwork
from csqm_desktop.scoring.token_states import TokenStates
from csqm_desktop.training.frozen_layers import FrozenLayers

Rows = NDArray[np.intp]
_NOTHING = -1  # an empty text: the zero vector


class TurnRows:
    """The replies of one training by place. ``features.raw_features`` is the same arithmetic without gradients."""

    def __init__(
        self,
        network: TextNetwork,
        replies: Sequence[EncodedReply],
        check: Callable[[], None],
        kept: TokenStates | None = None,
    ) -> None:
        self._device = network.encoder.device.torch
        numbers: dict[str, int] = {}

        def number(text: str) -> int:
            return numbers.setdefault(text, len(numbers)) if text else _NOTHING

        self._said = np.array(
            [[number(r.reply), number(r.reaction), number(r.answer)] for r in replies], dtype=np.intp
        ).reshape(-1, 3)
        self._before = [np.array([number(turn.text) for turn in reversed(r.turns)], dtype=np.intp) for r in replies]
        self._figures = np.array([r.features for r in replies], dtype=np.float32)
        ids = network.token_ids(list(numbers))
        self._sizes = np.array([len(one) for one in ids], dtype=np.intp)
        self.frozen = FrozenLayers(network, ids, check, kept)

    def texts(self, rows: Rows) -> Rows:
        """The numbers of the texts that some replies need, each once."""
        found = np.unique(np.concatenate([self._said[rows].ravel(), *(self._before[i] for i in rows)]))
        return np.asarray(found[found != _NOTHING], dtype=np.intp)

    def tokens(self, rows: Rows) -> int:
        """How many tokens have to be read for some replies."""
        return int(self._sizes[self.texts(rows)].sum())

    def raw(self, rows: Rows) -> torch.Tensor:
        """Features before scaling with gradients, (n, D)."""
        texts = self.texts(rows)
        vectors = torch.nn.functional.normalize(self.frozen.pooled(texts).float(), dim=-1)
        vectors = torch.cat([vectors, vectors.new_zeros(1, vectors.shape[1])])  # the last one is the empty text's

        def places(numbers: Rows) -> NDArray[np.int64]:
            return np.where(numbers == _NOTHING, len(texts), np.searchsorted(texts, numbers)).astype(np.int64)

        shares = np.zeros((len(rows), len(texts) + 1), dtype=np.float32)
        for row, i in enumerate(rows):
            weights = FADE ** np.arange(len(self._before[i]))
            np.add.at(shares[row], places(self._before[i]), weights / max(1e-9, weights.sum()))
        said = [vectors[torch.from_numpy(places(column)).to(self._device)] for column in self._said[rows].T]
        before = torch.from_numpy(shares).to(self._device) @ vectors
        figures = torch.from_numpy(self._figures[rows]).to(self._device)
        return torch.cat([said[0], before, said[1], said[2], figures], dim=1)
