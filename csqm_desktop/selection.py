"""Which replies a person sees next, and why. Pure calculation over arrays.

A strategy answers with choices in review order. Each choice carries a reason code with values, for which
``REASONS`` has the sentence, and its chance of being chosen where chance decided (None: a rule did).
Only replies chosen with a known chance may serve as an audit sample.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.errors import QT_TRANSLATE_NOOP

Floats = NDArray[np.float64]
Blocks = Mapping[str, slice]  # the columns of each criterion

_SAME = 1e-4  # a criterion whose distribution differs less than this between replies says nothing


REASONS: dict[str, str] = {
    "least_sure": QT_TRANSLATE_NOOP(
        "selection", "The model is only {confidence:.0%} sure about “{criterion}”, less than about other replies."
    ),
    "close_call": QT_TRANSLATE_NOOP(
        "selection", "Two levels of “{criterion}” are almost equally likely ({margin:.0%} apart)."
    ),
    "spread_out": QT_TRANSLATE_NOOP(
        "selection", "The model spreads its opinion on “{criterion}” over several levels ({entropy:.0%} of the most)."
    ),
    "drawn_at_random": QT_TRANSLATE_NOOP(
        "selection", "Drawn at random ({probability:.2%} chance), so that quality can be estimated without bias."
    ),
    "first_of_conversation": QT_TRANSLATE_NOOP(
        "selection", "Not scored yet; drawn at random from a conversation that nobody has reviewed."
    ),
    "more_of_conversation": QT_TRANSLATE_NOOP(
        "selection", "Not scored yet; every conversation has been offered once already."
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A reply to review: why (``reason`` with the values in ``detail``) and with which chance."""

    reply_id: int
    reason: str
    detail: Mapping[str, Any]
    probability: float | None = None


def sentence(reason: str, detail: Mapping[str, Any], template: str | None = None) -> str:
    """The reason as an English sentence; ``template`` is its translation. Unknown codes give themselves."""
    try:
        return (template or REASONS[reason]).format_map(detail)
    except (KeyError, ValueError, IndexError):
        return reason


def confidence(probabilities: Floats, blocks: Blocks) -> Floats:
    """How sure the model is of each criterion: (n, L) to (n, criteria), the probability of the likeliest level."""
    return _by_criterion(probabilities, blocks, lambda block: np.asarray(block.max(axis=1)))


def margin(probabilities: Floats, blocks: Blocks) -> Floats:
    """The distance between the two likeliest levels of each criterion: (n, criteria)."""

    def gap(block: Floats) -> Floats:
        best = np.sort(block, axis=1)
        return np.asarray(best[:, -1] - best[:, -2])

    return _by_criterion(probabilities, blocks, gap)


def entropy(probabilities: Floats, blocks: Blocks) -> Floats:
    """The entropy of each criterion as a share of its maximum: (n, criteria), 1 when all levels are as likely."""

    def share(block: Floats) -> Floats:
        logs = np.log(np.clip(block, 1e-12, 1))
        return np.asarray(-(block * logs).sum(axis=1) / np.log(block.shape[1]))

    return _by_criterion(probabilities, blocks, share)


def _by_criterion(probabilities: Floats, blocks: Blocks, measure: Callable[[Floats], Floats]) -> Floats:
    return np.stack([measure(probabilities[:, block]) for block in blocks.values()], axis=1)


def _telling(probabilities: Floats, blocks: Blocks) -> dict[str, slice]:
    """The criteria that tell replies apart; one without labels has the same distribution everywhere."""
    told = {key: s for key, s in blocks.items() if np.ptp(probabilities[:, s], axis=0).max() > _SAME}
    return told or dict(blocks)


def _ranked(
    ids: Sequence[int], doubt: Floats, shown: Floats, keys: list[str], limit: int, reason: str, value: str
) -> list[Choice]:
    """The most doubtful first; equal doubt by id, so that the order is stable."""
    worst = doubt.argmax(axis=1)
    rows = np.arange(len(ids))
    order = np.lexsort((np.asarray(ids), -doubt[rows, worst]))[:limit]
    return [
        Choice(int(ids[i]), reason, {"criterion": keys[worst[i]], value: round(float(shown[i, worst[i]]), 4)})
        for i in order
    ]


def least_confidence(
    ids: Sequence[int], probabilities: Floats, blocks: Blocks, limit: int, _seed: int = 0
) -> list[Choice]:
    """Lowest confidence first, where a reply is as sure as the criterion the model is least sure of."""
    told = _telling(probabilities, blocks)
    sure = confidence(probabilities, told)
    return _ranked(ids, 1 - sure, sure, list(told), limit, "least_sure", "confidence")


def smallest_margin(
    ids: Sequence[int], probabilities: Floats, blocks: Blocks, limit: int, _seed: int = 0
) -> list[Choice]:
    """Closest call between two levels first."""
    told = _telling(probabilities, blocks)
    gap = margin(probabilities, told)
    return _ranked(ids, 1 - gap, gap, list(told), limit, "close_call", "margin")


def highest_entropy(
    ids: Sequence[int], probabilities: Floats, blocks: Blocks, limit: int, _seed: int = 0
) -> list[Choice]:
    """Widest opinion first."""
    told = _telling(probabilities, blocks)
    wide = entropy(probabilities, told)
    return _ranked(ids, wide, wide, list(told), limit, "spread_out", "entropy")


def random_audit(
    ids: Sequence[int], _probabilities: Floats, _blocks: Blocks, limit: int, seed: int = 0
) -> list[Choice]:
    """A simple random sample with its known chance."""
    chance = min(1.0, limit / len(ids)) if len(ids) else 0.0
    # drawn from sorted ids, so that the sample does not hang on the order in which the store read them
    drawn = np.random.default_rng(seed).permutation(np.sort(np.asarray(ids, dtype=np.int64)))[:limit]
    return [Choice(int(i), "drawn_at_random", {"probability": chance}, chance) for i in drawn]


Strategy = Callable[[Sequence[int], Floats, Blocks, int, int], list[Choice]]

STRATEGIES: dict[str, Strategy] = {
    "least_confidence": least_confidence,
    "margin": smallest_margin,
    "entropy": highest_entropy,
    "random": random_audit,
}


def select(
    strategy: str, ids: Sequence[int], probabilities: Floats, blocks: Blocks, limit: int, seed: int = 0
) -> list[Choice]:
    """At most ``limit`` choices in review order. ``probabilities`` is (n, L), a row for each id.

    ``KeyError`` for a strategy that ``STRATEGIES`` does not hold.
    """
    chosen = STRATEGIES[strategy]
    if not len(ids) or limit <= 0:
        return []
    return chosen(ids, np.asarray(probabilities, dtype=np.float64), blocks, limit, seed)


def cold_start(ids: Sequence[int], conversations: Sequence[Any], limit: int, seed: int = 0) -> list[Choice]:
    """A random order without scores that offers one reply of every conversation before a second of any.

    The chance is known as long as no conversation gives a second reply; later choices carry None.
    """
    if not len(ids) or limit <= 0:
        return []
    groups: dict[Any, list[int]] = {}
    for reply, conversation in sorted(zip(ids, conversations, strict=True), key=lambda pair: pair[0]):
        groups.setdefault(conversation, []).append(int(reply))
    rng = np.random.default_rng(seed)
    shuffled = [[members[i] for i in rng.permutation(len(members))] for members in groups.values()]
    order = [shuffled[i] for i in rng.permutation(len(shuffled))]
    share = min(1.0, limit / len(order))
    choices = [Choice(m[0], "first_of_conversation", {}, share / len(m)) for m in order]
    depth = 1
    while len(choices) < limit and any(len(m) > depth for m in order):
        choices += [Choice(m[depth], "more_of_conversation", {}) for m in order if len(m) > depth]
        depth += 1
    return choices[:limit]
