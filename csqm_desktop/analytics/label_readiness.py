"""Whether there are enough labels to train, and what is missing. No torch: the window and the CLI ask too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.errors import QT_TRANSLATE_NOOP

LEAST_REPLIES = 20  # of a criterion; below that a model is worse than always saying the commonest level
LEAST_PER_LEVEL = 5  # of at least two levels; a third level with fewer is learned badly and said so


GAPS: dict[str, str] = {
    "few_replies": QT_TRANSLATE_NOOP("readiness", "“{criterion}” has {have} labelled replies; {need} are needed."),
    "one_level": QT_TRANSLATE_NOOP(
        "readiness", "“{criterion}” needs at least two levels with {need} replies each; “{level}” has {have}."
    ),
    "thin_level": QT_TRANSLATE_NOOP(
        "readiness", "Level “{level}” of “{criterion}” has {have} replies; with fewer than {need} it is learned badly."
    ),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing: a code of ``GAPS`` with its values; ``blocking`` gaps keep a criterion untrained."""

    code: str
    values: Mapping[str, Any]
    blocking: bool


@dataclass(frozen=True, slots=True)
class CriterionReadiness:
    """One criterion: replies by the level most reviewers chose, worst first, and what is missing."""

    key: str
    counts: tuple[int, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def labelled(self) -> int:
        """How many replies are labelled."""
        return sum(self.counts)

    @property
    def ready(self) -> bool:
        """Whether a model can be trained for it."""
        return not any(gap.blocking for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class Readiness:
    """All criteria. Training is offered when at least one of them is ready; the others keep their prior."""

    criteria: tuple[CriterionReadiness, ...] = field(default_factory=tuple)

    @property
    def ready(self) -> bool:
        """Whether there is anything to train."""
        return any(criterion.ready for criterion in self.criteria)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that is missing, blocking gaps first."""
        every = [gap for criterion in self.criteria for gap in criterion.gaps]
        return tuple(sorted(every, key=lambda gap: not gap.blocking))


def majority(counts: Sequence[int]) -> int:
    """The position most reviewers chose; the worse one in a tie, because a missed fault costs more."""
    return max(range(len(counts)), key=lambda i: (counts[i], -i))


def readiness(labels: Iterable[LabelledReply], criteria: Sequence[tuple[str, Sequence[str]]]) -> Readiness:
    """Count labels against what training needs. ``criteria`` holds (key, level keys worst first)."""
    tallies = {key: [0] * len(levels) for key, levels in criteria}
    for label in labels:
        for key, counts in label.counts.items():
            tally = tallies.get(key)
            if tally is not None and len(counts) == len(tally) and sum(counts) > 0:
                tally[majority(counts)] += 1
    return Readiness(tuple(_criterion(key, levels, tallies[key]) for key, levels in criteria))


def _criterion(key: str, levels: Sequence[str], tally: Sequence[int]) -> CriterionReadiness:
    gaps = []
    total = sum(tally)
    if total < LEAST_REPLIES:
        gaps.append(Gap("few_replies", {"criterion": key, "have": total, "need": LEAST_REPLIES}, True))
    if sum(count >= LEAST_PER_LEVEL for count in tally) < 2:
        # name the level that is nearest to being the second one
        second = sorted(range(len(tally)), key=lambda i: (-tally[i], i))[1]
        values = {"criterion": key, "level": levels[second], "have": tally[second], "need": LEAST_PER_LEVEL}
        gaps.append(Gap("one_level", values, True))
    for level, count in zip(levels, tally, strict=True):
        if count < LEAST_PER_LEVEL:
            values = {"criterion": key, "level": level, "have": count, "need": LEAST_PER_LEVEL}
            gaps.append(Gap("thin_level", values, False))
    return CriterionReadiness(key, tuple(tally), tuple(gaps))
