"""What several reviewers together say: the majority, or that there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csqm_desktop.domain.exported import NOT_APPLICABLE_WORD, Opinion
from csqm_desktop.domain.review import Verdict
from csqm_desktop.domain.scorecard import Criterion


@dataclass(frozen=True, slots=True)
class Vote:
    """The opinions on one criterion of one reply. ``level`` is empty when several levels have most votes: ``tied``."""

    level: str
    votes: Mapping[str, int]  # worst level first, n/a last; only levels with votes
    tied: tuple[str, ...] = ()

    @property
    def reviewers(self) -> int:
        """How many people gave an opinion."""
        return sum(self.votes.values())

    @property
    def share(self) -> float:
        """The share of the most frequent level, 0..1."""
        return max(self.votes.values()) / self.reviewers


def vote(criterion: Criterion, opinions: Sequence[Opinion]) -> Vote | None:
    """The majority on a criterion; None when nobody judged it. A tie is stated, never broken by chance."""
    given = Counter(
        o.levels[criterion.key] for o in opinions if o.verdict is Verdict.SCORED and criterion.key in o.levels
    )
    if not given:
        return None
    order = [*(level.key for level in criterion.levels), NOT_APPLICABLE_WORD]
    order += sorted(given.keys() - set(order))  # levels of an earlier edition of the scorecard
    votes = {level: given[level] for level in order if given[level]}
    most = max(votes.values())
    best = tuple(level for level, n in votes.items() if n == most)
    return Vote(best[0], votes) if len(best) == 1 else Vote("", votes, best)
