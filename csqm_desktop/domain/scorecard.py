"""Scorecards: criteria with ordered levels, their weights, and the arithmetic from levels to a score.

Level value = position / (number of levels - 1). Reply score = weighted mean over rated criteria; a
criterion that does not apply drops out and its weight is shared out. A critical criterion below 0.5
makes the reply score 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NOT_APPLICABLE = -1  # the position that stands for "does not apply"
CRITICAL_LINE = 0.5


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text in several languages, keyed by ``en`` and ``zh``."""

    texts: Mapping[str, str]

    def get(self, language: str) -> str:
        """The text in ``language`` (``zh_CN`` counts as ``zh``), else in English, else any."""
        short = language.split("_")[0].split("-")[0].lower()
        return self.texts.get(short) or self.texts.get("en") or next(iter(self.texts.values()), "")


def _named(said: str, things: Sequence[Level] | Sequence[Criterion]) -> str | None:
    """The key of what somebody calls by its key or name, in capitals or not; None where nothing or two things fit."""
    if any(thing.key == said for thing in things):
        return said
    plain = said.strip().casefold()
    found = {t.key for t in things if plain in {word.casefold() for word in (t.key, *t.name.texts.values())}}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a criterion's scale."""

    key: str
    name: LocalizedText
    help: LocalizedText = field(default_factory=lambda: LocalizedText({}))
    example: LocalizedText = field(default_factory=lambda: LocalizedText({}))


@dataclass(frozen=True, slots=True)
class RootCause:
    """A reason that a reviewer can give for a low score."""

    key: str
    name: LocalizedText


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of a scorecard with its levels, worst first.

    Where it is not ``ordered`` its levels are classes, none better than another: nobody is shown a mean of them.
    """

    key: str
    name: LocalizedText
    help: LocalizedText
    levels: tuple[Level, ...]
    weight: float
    critical: bool = False
    not_applicable: bool = False
    ordered: bool = True

    def value(self, position: int) -> float:
        """The value in 0..1 of the level at ``position``."""
        return position / (len(self.levels) - 1)

    def level_named(self, said: str) -> str | None:
        """The key of the level that somebody calls by key or name; None where none or several fit."""
        return _named(said, self.levels)

    def position(self, level_key: str) -> int:
        """The position of a level by its key; ``KeyError`` when there is none."""
        for index, level in enumerate(self.levels):
            if level.key == level_key:
                return index
        raise KeyError(level_key)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A scorecard; ``version`` counts its published editions, 1 for the first."""

    key: str
    name: LocalizedText
    pass_line: float
    criteria: tuple[Criterion, ...]
    root_causes: tuple[RootCause, ...] = ()
    version: int = 1

    def criterion_named(self, said: str) -> str | None:
        """The key of the criterion that somebody calls by key or name; None where none or several fit."""
        return _named(said, self.criteria)

    @property
    def ordered(self) -> bool:
        """Whether levels are better or worse, so that means of scores say something."""
        return all(criterion.ordered for criterion in self.criteria)

    def criterion(self, key: str) -> Criterion:
        """The criterion with this key; ``KeyError`` when there is none."""
        for criterion in self.criteria:
            if criterion.key == key:
                return criterion
        raise KeyError(key)

    def reply_score(self, positions: Mapping[str, int]) -> float | None:
        """The score in 0..1 of rated levels, by criterion key; None when nothing is rated."""
        total = weight = 0.0
        failed_critical = False
        for criterion in self.criteria:
            position = positions.get(criterion.key, NOT_APPLICABLE)
            if position == NOT_APPLICABLE:
                continue
            value = criterion.value(position)
            failed_critical |= criterion.critical and value < CRITICAL_LINE
            total += criterion.weight * value
            weight += criterion.weight
        if weight == 0:
            return None
        return 0.0 if failed_critical else total / weight
