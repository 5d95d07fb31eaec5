"""What a model version says about a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csqm_desktop.domain.scorecard import CRITICAL_LINE, Scorecard

Distribution = Sequence[float]  # probability of each level of a criterion, worst first; sums to 1
EVEN = 1e-4  # levels that differ less than this are equally likely: the version has no opinion


def has_opinion(distribution: Distribution) -> bool:
    """Whether a version says anything: one that has seen no label of a criterion finds all levels equally likely."""
    return max(distribution) - min(distribution) > EVEN


@dataclass(frozen=True, slots=True)
class Score:
    """A version's opinion on one reply.

    ``quality`` is the expected reply score in 0..1; ``confidence`` is that of the criterion the version
    is least sure of (``doubtful``), because a reply is as sure as its weakest criterion.
    """

    reply_id: int
    version: str
    distributions: Mapping[str, Distribution]  # by criterion key
    quality: float
    confidence: float
    doubtful: str

    def level(self, criterion: str) -> int:
        """The position of the most probable level."""
        distribution = self.distributions[criterion]
        return max(range(len(distribution)), key=lambda i: distribution[i])

    def confidence_of(self, criterion: str) -> float:
        """The probability of the most probable level of one criterion."""
        return max(self.distributions[criterion])


def expected_quality(scorecard: Scorecard, distributions: Mapping[str, Distribution]) -> float:
    """The expected reply score under independent criteria, over those the version has an opinion on.

    The weighted mean of the criteria's expected values, where a critical criterion contributes its value
    given that it passes, times the probability that every critical criterion passes.
    """
    total = weight = 0.0
    passing = 1.0
    for criterion in scorecard.criteria:
        distribution = distributions.get(criterion.key)
        if distribution is None or not has_opinion(distribution):
            continue
        values = [criterion.value(i) for i in range(len(distribution))]
        expected = sum(p * v for p, v in zip(distribution, values, strict=True))
        if criterion.critical:
            kept = [(p, v) for p, v in zip(distribution, values, strict=True) if v >= CRITICAL_LINE]
            share = sum(p for p, _ in kept)
            passing *= share
            expected = sum(p * v for p, v in kept) / share if share > 0 else 0.0
        total += criterion.weight * expected
        weight += criterion.weight
    return passing * total / weight if weight else 0.0
