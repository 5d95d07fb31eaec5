"""The series that a trend chart shows: sums from the store, points and intervals from analytics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from csqm_desktop.analytics import trends
from csqm_desktop.domain.permissions import SEE_FIGURES
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.refresh_signals import refresh_for
from csqm_desktop.jobs.shown_version import ShownVersion, shown_version
from csqm_desktop.store.aggregates import DailySum, Filters, group_fields
from csqm_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Trend:
    """A series: whose scores (``model`` or ``people``), by which version, grouped how.

    ``unscored`` is the active version where it has not scored yet and an earlier one's figures stand in for it.
    """

    source: str
    version: str | None
    criterion: str | None
    by: str
    group_by: str
    points: list[trends.Point]
    unscored: str | None = None


def read_trend(
    workspace: Workspace,
    by: str = "week",
    criterion: str | None = None,
    group_by: str = "role",
    source: str = "model",
    filters: Filters | None = None,
    small: int = 20,
) -> Trend:
    """Read one trend. ``group_by`` is ``all``, ``role`` or a field of ``aggregates.group_fields()``."""
    workspace.require(SEE_FIGURES)
    card = workspace.scorecards.current()
    if not card.ordered:
        raise CsqmError("figures_unordered")
    keys = [c.key for c in card.criteria]
    if criterion is not None and criterion not in keys:
        raise CsqmError("criterion_unknown", criterion=criterion, known=", ".join(keys))
    if group_by not in ("all", *group_fields()):
        raise CsqmError("field_unknown", field=group_by, known=", ".join(("all", *group_fields())))
    refresh_for(workspace, (group_by, *(filters.equal if filters else ())))
    shown = shown_version(workspace) if source == "model" else ShownVersion(None, None, None)
    daily = _daily(workspace, shown.number, criterion, group_by, source, filters)
    period = next(p for p in get_args(trends.By) if p == by)
    split: trends.Split = "all" if group_by == "all" else "role" if group_by == "role" else "group"
    points = trends.series(daily, period, split, small)
    unscored = shown.active if shown.is_before else None
    return Trend(source, shown.version, criterion, by, group_by, points, unscored)


def _daily(
    workspace: Workspace,
    version_id: int | None,
    criterion: str | None,
    group_by: str,
    source: str,
    filters: Filters | None,
) -> list[DailySum]:
    if source == "people":
        return workspace.aggregates.human_daily(criterion, group_by, filters)
    if version_id is None or (criterion is not None and criterion not in workspace.scores.columns(version_id).keys):
        return []  # nothing scored, or by a version from before the criterion came
    return workspace.aggregates.model_daily(version_id, criterion, group_by, filters)
