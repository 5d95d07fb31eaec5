"""What the dashboard shows, read from the store in one go and off the window's thread. No widgets here."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from csqm_desktop.analytics.trends import By, Difference, Point, Sums, combined, compare, day_of, series
from csqm_desktop.domain.conversation import Role
from csqm_desktop.domain.permissions import SEE_FIGURES
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.domain.signals import NAMES as SIGNAL_NAMES
from csqm_desktop.jobs.refresh_signals import refresh_for
from csqm_desktop.store.aggregates import DailySum, Filters
from csqm_desktop.store.conversations import Totals
from csqm_desktop.store.workspace import Workspace

Source = Literal["model", "people"]
ROLES = (Role.AGENT.value, Role.BOT.value)  # two figures, never one: they are not the same service
FIELDS = ("role", "channel", "shop", "product", "sender", "bot_version", "intent", *SIGNAL_NAMES)
RECENT_DAYS = 28  # what "lately" means for the tiles, whatever the grain of the chart


@dataclass(frozen=True)
class Question:
    """What a person asked the dashboard: whose figures, of what, how fine, of which replies."""

    source: Source = "model"
    criterion: str | None = None
    by: By = "week"
    filters: Filters = field(default_factory=Filters)

    def with_filter(self, name: str, value: str | None) -> Question:
        """The same question with one filter set, or taken away."""
        equal = {key: kept for key, kept in self.filters.equal.items() if key != name}
        if value is not None:
            equal[name] = value
        return replace(self, filters=replace(self.filters, equal=equal))

    def with_days(self, first: int | None, last: int | None) -> Question:
        """The same question about other days."""
        return replace(self, filters=replace(self.filters, first_day=first, last_day=last))


@dataclass(frozen=True)
class Change:
    """The figure of one role lately, and against the time before."""

    role: str
    days: int
    now: Sums
    difference: Difference | None  # None: nothing lately or nothing before


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day and may explain a step: a bot release or another active version."""

    day: int
    kind: Literal["release", "version"]
    label: str
    lines: tuple[str, ...]  # who or what exactly, one line each


@dataclass(frozen=True)
class CriterionFigure:
    """One criterion in the chosen period, by role; ``None`` is the reply score as a whole."""

    criterion: str | None
    by_role: dict[str, Sums]


@dataclass(frozen=True)
class Origin:
    """Where the model's figures come from: the version, and whether people have checked it.

    ``unscored`` is the active version where it has not scored yet, so that ``version`` is the one before it.
    """

    version: str | None
    is_starter: bool = False
    checked_on: int = 0  # labels of the holdout that it was measured on
    verdict: str = ""
    unscored: str | None = None


@dataclass(frozen=True)
class Figures:
    """Everything above the fold: tiles, the trend, its marks."""

    question: Question
    scorecard: Scorecard
    totals: Totals
    origin: Origin
    version_id: int | None
    scored: int  # by the version that is shown, of the replies asked about
    waiting: int  # replies of the workspace without a score by the active version
    reviewed: int  # by people, of the replies asked about
    changes: tuple[Change, ...]
    points: tuple[Point, ...]
    marks: tuple[Mark, ...]
    can_score: bool = True  # there is a version, or scoring sets up the starter


@dataclass(frozen=True)
class Details:
    """What stands below the trend: criteria and root causes of the same replies."""

    criteria: tuple[CriterionFigure, ...]
    causes: tuple[tuple[str, int], ...]


def read_figures(workspace: Workspace, question: Question, small: int) -> Figures:
    """Answer a question: the tiles and the trend."""
    workspace.require(SEE_FIGURES)
    refresh_for(workspace, question.filters.equal)
    origin, version_id = read_origin(workspace)
    totals = workspace.conversations.totals()
    model = _daily(workspace, replace(question, source="model", criterion=None), version_id)
    people = _daily(workspace, replace(question, source="people", criterion=None), version_id)
    if question.criterion is None:
        daily = model if question.source == "model" else people
    else:
        daily = _daily(workspace, question, version_id)
    return Figures(
        question=question,
        scorecard=workspace.scorecards.current(),
        totals=totals,
        origin=origin,
        version_id=version_id,
        scored=combined(model).n,
        waiting=totals.replies - (workspace.scores.count(version_id) if version_id and not origin.unscored else 0),
        reviewed=combined(people).n,
        changes=tuple(_changes(workspace, question, totals, version_id)),
        points=tuple(series(daily, question.by, "role", small)),
        marks=tuple(_marks(workspace)),
        can_score=origin.version is not None or _has_starter(workspace),
    )


def _has_starter(workspace: Workspace) -> bool:
    """Whether scoring a workspace without an active version sets up the starter version."""
    from csqm_desktop.jobs import starter
    from csqm_desktop.jobs.version_folders import Versions

    return not Versions(workspace).store.list() and starter.matches(workspace.scorecards.current())


def read_details(workspace: Workspace, question: Question) -> Details:
    """The criteria and root causes of the replies asked about."""
    workspace.require(SEE_FIGURES)
    _, version_id = read_origin(workspace)
    keys: list[str | None] = [None, *(c.key for c in workspace.scorecards.current().criteria)]
    criteria = []
    for key in keys:
        daily = _daily(workspace, replace(question, criterion=key), version_id)
        criteria.append(CriterionFigure(key, by_role(daily)))
    return Details(tuple(criteria), tuple(workspace.aggregates.human_causes(question.filters)))


def read_choices(workspace: Workspace, question: Question, name: str) -> list[tuple[str, int]]:
    """The values of a field with how many replies have each, under the other filters, most frequent first."""
    refresh_for(workspace, (name,))
    _, version_id = read_origin(workspace)
    others = question.with_filter(name, None)
    if question.source == "people" or version_id is None:
        daily = workspace.aggregates.human_daily(None, name, others.filters)
    else:
        daily = workspace.aggregates.model_daily(version_id, None, name, others.filters)
    counts: dict[str, int] = {}
    for item in daily:
        counts[item.group] = counts.get(item.group, 0) + item.n
    found = sorted(((value, n) for value, n in counts.items() if value), key=lambda pair: (-pair[1], pair[0]))
    if not found and name != "role":
        return [(value, 0) for value in workspace.aggregates.choices(name)]
    return found


def read_origin(workspace: Workspace) -> tuple[Origin, int | None]:
    """The version whose scores are shown, what is known about it, and its number in the store (None: no scores yet)."""
    from csqm_desktop.jobs.shown_version import shown_version
    from csqm_desktop.jobs.version_folders import Versions

    shown = shown_version(workspace)
    if shown.version is None:
        return Origin(None), None
    card = Versions(workspace).card(shown.version)
    unscored = shown.active if shown.is_before else None
    verdict = str(card.gate.get("verdict", ""))
    return Origin(shown.version, card.is_starter, holdout_size(card.metrics), verdict, unscored), shown.number


def holdout_size(metrics: Mapping[str, Any]) -> int:
    """How many replies a version was measured on, by the metrics of its card; 0 when it never was."""
    return int(metrics.get("holdout_replies") or metrics.get("replies") or 0)


def by_role(daily: Iterable[DailySum]) -> dict[str, Sums]:
    """All days together, for each role."""
    found = {role: Sums() for role in ROLES}
    for item in daily:
        if item.role in found:
            found[item.role] += combined([item])
    return found


def _daily(workspace: Workspace, question: Question, version_id: int | None) -> list[DailySum]:
    aggregates = workspace.aggregates
    if question.source == "people":
        return aggregates.human_daily(question.criterion, "all", question.filters)
    if version_id is None or not _answers(workspace, version_id, question.criterion):
        return []
    return aggregates.model_daily(version_id, question.criterion, "all", question.filters)


def _answers(workspace: Workspace, version_id: int, criterion: str | None) -> bool:
    """Whether a version scores a criterion: an older one may not know one that was added since."""
    return criterion is None or criterion in workspace.scores.columns(version_id).keys


def _changes(workspace: Workspace, question: Question, totals: Totals, version_id: int | None) -> Iterable[Change]:
    """Lately against before. The days before may lie outside of those asked about."""
    filters = question.filters
    last = filters.last_day if filters.last_day is not None else totals.last_day
    days = RECENT_DAYS
    daily: list[DailySum] = []
    if last is not None:
        if filters.first_day is not None:
            days = max(1, min(days, last - filters.first_day + 1))
        daily = _daily(workspace, question.with_days(last - 2 * days + 1, last), version_id)
    for role in ROLES:
        mine = [item for item in daily if item.role == role]
        if last is None:
            yield Change(role, days, Sums(), None)
            continue
        now = combined(item for item in mine if last - days < item.day <= last)
        before = combined(item for item in mine if last - 2 * days < item.day <= last - days)
        yield Change(role, days, now, compare(before, now))


def _marks(workspace: Workspace) -> Iterable[Mark]:
    yield from _releases(workspace)
    yield from _version_changes(workspace)


def _version_changes(workspace: Workspace) -> Iterable[Mark]:
    """Days on which another model version became active; the first one changed nothing."""
    from csqm_desktop.jobs.version_folders import Versions

    history = Versions(workspace).store.history()
    for before, entry in itertools.pairwise(history):
        moment = datetime.fromtimestamp(entry.at).astimezone().date()
        yield Mark(day_of(moment), "version", entry.version, (f"{before.version} → {entry.version}",))


def _releases(workspace: Workspace) -> Iterable[Mark]:
    """Bot releases by day. A bot's first version is not a change, so it has no mark."""
    known: set[str] = set()
    by_day: dict[int, list[tuple[str, str, str]]] = {}
    seen: dict[str, int] = {}  # one release often serves several shops or languages: its first day counts
    for row in workspace.aggregates.bot_releases():
        if row["sender"] in known and seen.setdefault(row["version"], row["first_day"]) == row["first_day"]:
            by_day.setdefault(row["first_day"], []).append((row["version"], row["sender"], row["note"]))
        known.add(row["sender"])
    for day, found in by_day.items():
        label = " · ".join(dict.fromkeys(version for version, _, _ in found))
        lines = tuple(f"{sender} {version}" + (f": {note}" if note else "") for version, sender, note in found)
        yield Mark(day, "release", label, lines)
