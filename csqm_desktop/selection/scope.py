"""Replies that the model should not be trusted with: unlike anything that people have reviewed.

What counts as unusual follows from the reviewed replies themselves: a shop whose people have judged many pictures
without words does not get them flagged. Vectors are those of the reply and of the dialogue before it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.selection.pool import Vectors
from csqm_desktop.selection.space import unit

NEAREST = 3
LEAST_LABELLED = 30  # below that nobody knows what is usual
LONG = 1_500  # characters; the encoder reads far fewer
ODD_SHARE = 0.2
_FAMILIAR = 5  # reviewed replies of a kind that make it usual
_FAMILIAR_SHARE = 0.01
_RARE = 0.005  # the share of reviewed replies that may look strange to the others
_ODD = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_JOINER = "\u200d"  # also makes one family out of several emoji
_STACKED = 3  # marks on one letter


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a reply is out of scope: a code of ``choices.REASONS`` with its values; ``strength`` sorts findings."""

    reason: str
    detail: Mapping[str, Any]
    strength: float


@dataclass(frozen=True, slots=True)
class Look:
    """What can be said of a text without a model."""

    text: str
    language: str


@dataclass(frozen=True)
class Scope:
    """What is usual: unit ``vectors`` (m, W) of reviewed replies, the similarity usual among them and the lowest.

    Vectors are not centred: what all reviewed replies share, such as their language, is what a stranger lacks.
    """

    vectors: Vectors
    usual: float
    lowest: float
    languages: frozenset[str]
    kinds: frozenset[str]

    @classmethod
    def of(cls, vectors: Vectors, looks: Sequence[Look], groups: Sequence[object] = ()) -> Scope:
        """From reviewed replies. Those of one conversation (``groups``) do not make each other usual."""
        known = len(looks) >= LEAST_LABELLED
        languages = _familiar(Counter(look.language for look in looks), len(looks)) if known else frozenset()
        kinds = _familiar(Counter(f.reason for look in looks if (f := oddity(look.text))), len(looks))
        if not known or not vectors.shape[1]:
            return cls(vectors[:0], 0.0, -1.0, languages, kinds)
        own = unit(vectors)
        near = own @ own.T
        names = np.unique([str(g) for g in groups], return_inverse=True)[1] if len(groups) else np.arange(len(own))
        near[names[:, None] == names[None, :]] = -1.0
        similarity = _top(near)
        middle, low = np.quantile(similarity, [0.5, _RARE])
        return cls(own, float(middle), float(low), languages, kinds)

    def similarity(self, vectors: Vectors) -> NDArray[np.float64]:
        """Mean similarity (n,) to the nearest reviewed replies, about -1..1; 1 when nothing was reviewed."""
        if not len(self.vectors):
            return np.ones(len(vectors))
        return _top(unit(vectors) @ self.vectors.T)

    def findings(self, vectors: Vectors, looks: Sequence[Look]) -> list[Finding | None]:
        """What is out of scope, for each reply; None for those that are like the others."""
        alike = self.similarity(vectors)
        return [self._finding(look, float(alike[row])) for row, look in enumerate(looks)]

    def _finding(self, look: Look, alike: float) -> Finding | None:
        odd = oddity(look.text)
        if odd is not None and odd.reason not in self.kinds:
            return odd
        if self.languages and look.language not in self.languages and look.text:
            return Finding("scope_language", {"language": look.language}, 1.0 - alike)
        if alike < self.lowest:
            values = {"similarity": round(max(0.0, alike), 4), "usual": round(max(0.0, self.lowest), 4)}
            return Finding("scope_unlike", values, self.lowest - alike)
        return None


def oddity(text: str) -> Finding | None:
    """What is wrong with a text by itself: no words, unusual characters, or far too long."""
    if not any(char.isalnum() for char in text):
        return Finding("scope_empty", {}, 2.0)
    share = odd_share(text)
    if share >= ODD_SHARE:
        return Finding("scope_odd", {"share": round(share, 4)}, 3.0 + share)
    if len(text) > LONG:
        return Finding("scope_long", {"characters": len(text)}, 2.5)
    return None


def odd_share(text: str) -> float:
    """The share of characters that are invisible, unassigned, stacked on others or no text at all, 0..1."""
    odd = stacked = 0
    before = ""
    for char in text:
        if char.isascii():
            odd += char < " " and char not in "\t\n\r"
            stacked, before = 0, ""
            continue
        category = unicodedata.category(char)
        stacked = stacked + 1 if category in ("Mn", "Me") else 0
        joins_emoji = char == _JOINER and before in ("So", "Sk", "Mn")
        odd += (category in _ODD and not joins_emoji) or char == "\ufffd" or stacked >= _STACKED
        before = category
    return odd / len(text) if text else 0.0


def _familiar(counts: Counter[str], total: int) -> frozenset[str]:
    least = max(_FAMILIAR, _FAMILIAR_SHARE * total)
    return frozenset(name for name, count in counts.items() if count >= least)


def _top(near: NDArray[np.floating]) -> NDArray[np.float64]:
    count = min(NEAREST, near.shape[1])
    best = np.partition(near, near.shape[1] - count, axis=1)[:, -count:]
    return np.asarray(best.mean(axis=1), dtype=np.float64)
