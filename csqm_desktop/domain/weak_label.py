"""A guess about a reply that no person made: by a rule, or by a model that is sure of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from csqm_desktop.domain.conversation import ReplyInput

SURE = 0.9  # calibrated confidence from which a score may teach


class WeakSource(StrEnum):
    """Who guessed."""

    RULES = "rules"  # a rule that a person wrote
    SCORES = "scores"  # the active version, sure of its score: a pseudo-label


@dataclass(frozen=True, slots=True)
class WeakLabel:
    """A guess about one criterion. It helps to fit a head and does nothing else: it is never counted, calibrated
    or measured with, nor exported. ``spread`` has a share for each level, worst first, and sums to 1; ``origin`` names
    the rule file or the version."""

    reply: ReplyInput
    criterion: str
    spread: tuple[float, ...]
    source: WeakSource
    origin: str = ""


def unanimous(positions: Iterable[int], levels: int) -> tuple[float, ...] | None:
    """The spread of several guesses that agree on a position; None when they contradict each other or are none."""
    said = set(positions)
    if len(said) != 1:
        return None
    (position,) = said
    return tuple(float(level == position) for level in range(levels))
