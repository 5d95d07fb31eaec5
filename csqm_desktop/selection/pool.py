"""What a strategy chooses from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.selection.doubt import Blocks, Floats

Vectors = NDArray[np.float32]


def no_vectors() -> Vectors:
    """An array of vectors that holds none."""
    return np.zeros((0, 0), dtype=np.float32)


@dataclass(frozen=True)
class Known:
    """Replies that were reviewed, or are on the reviewer's list already: what a choice should differ from.

    Rows of ``vectors`` (m, D) and ``likeness`` (m, W) as in ``Pool``; ``votes`` (m, L) holds the share of people
    that chose each level, zero where nobody did.
    """

    vectors: Vectors = field(default_factory=no_vectors)
    likeness: Vectors = field(default_factory=no_vectors)
    votes: Floats = field(default_factory=lambda: np.zeros((0, 0)))


@dataclass(frozen=True)
class Pool:
    """n replies that nobody has reviewed.

    ``probabilities`` (n, L) with the columns of each criterion in ``blocks``. ``vectors`` (n, D) place a reply with its
    dialogue where similar ones are near; ``likeness`` (n, W) are unit vectors of the reply alone, whose product says
    how alike two replies read. Both may have no columns: strategies then do without. ``population`` counts all
    replies that could have been in the pool, and ``drawn`` (n,) marks the rows that came in by an even chance (None:
    all); both serve the audit. ``other`` is a second opinion (n, L), NaN where there is none; ``split`` (n, criteria)
    the chance that two people disagree, NaN where nothing is known of it.
    """

    ids: NDArray[np.int64]
    probabilities: Floats
    blocks: Blocks
    vectors: Vectors
    likeness: Vectors
    known: Known = field(default_factory=Known)
    on_list: Known = field(default_factory=Known)
    other: Floats | None = None
    split: Floats | None = None
    population: int = 0
    drawn: NDArray[np.bool_] | None = None
    like_limit: float = 0.97  # two replies above it read alike

    @classmethod
    def of(
        cls,
        ids: Sequence[int],
        probabilities: Floats,
        blocks: Blocks,
        vectors: Vectors | None = None,
        likeness: Vectors | None = None,
        **more: object,
    ) -> Pool:
        """A pool from plain values; vectors may be missing."""
        none = np.zeros((len(ids), 0), dtype=np.float32)
        return cls(
            np.asarray(ids, dtype=np.int64),
            np.asarray(probabilities, dtype=np.float64),
            blocks,
            none if vectors is None else vectors,
            none if likeness is None else likeness,
            **more,  # type: ignore[arg-type]
        )

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def audit_ids(self) -> NDArray[np.int64]:
        """The replies that an audit sample may be drawn from."""
        return self.ids if self.drawn is None else self.ids[self.drawn]

    @property
    def placed(self) -> bool:
        """Whether replies have vectors."""
        return bool(self.vectors.shape[1] > 0)
