"""What another version changed: replies that crossed the pass line or got another level, and the biggest movers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.score_columns import Figures, ScoreColumns, unpack
from csqm_desktop.store.workspace import Workspace

MOVERS = 10
FEWEST = 10  # replies of a part that is worth a line
DIMENSIONS = ("topic", "channel", "week")


@dataclass(frozen=True, slots=True)
class Mover:
    """A reply and its score (0..1) before and after; ``conversation`` and ``message`` are the source's ids of it."""

    reply_id: int
    before: float
    after: float
    conversation: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class PartMove:
    """A topic, a channel or a week (its Monday, ISO date) with its mean score (0..1) before and after."""

    dimension: str
    part: str
    replies: int
    before: float
    after: float


@dataclass
class Moved:
    """Two versions over the replies that both have scored; counts of replies."""

    before: str
    after: str
    compared: int = 0
    now_passing: int = 0
    now_failing: int = 0
    better: dict[str, int] = field(default_factory=dict)  # criterion: got a higher level
    worse: dict[str, int] = field(default_factory=dict)
    failing_by_sender: list[tuple[str, int]] = field(default_factory=list)  # of those now failing, most first
    movers: list[Mover] = field(default_factory=list)  # biggest change of the score first
    parts: list[PartMove] = field(default_factory=list)  # by dimension; biggest change of the mean first


Sums = dict[tuple[str, str], list[float]]  # dimension and part: replies, sums of the scores before and after
_EPOCH = date(1970, 1, 1).toordinal()


def what_moved(workspace: Workspace, after: str, before: str | None = None) -> Moved | None:
    """What ``after`` says differently from ``before``, by default the version that scored last before it.

    None when there is nothing to compare: no earlier scores, or a scorecard with other criteria or levels, or one
    of classes without an order, where nothing gets better or worse.
    """
    store = workspace.scores
    new = store.version_id(after)
    earlier = store.scored_before(new) if new is not None and before is None else before
    old = store.version_id(earlier) if earlier else None
    if new is None or old is None or earlier is None:
        return None
    columns = store.columns(new)
    if store.columns(old).to_json() != columns.to_json() or not columns.scorecard.ordered:
        return None
    found = Moved(earlier, after, better=dict.fromkeys(columns.keys, 0), worse=dict.fromkeys(columns.keys, 0))
    failing: list[int] = []
    sums: Sums = {}
    for ids, was, now in store.pairs(old, new):
        first, second = (columns.figures(unpack(data, columns.width)) for data in (was, now))
        failing += _count(found, columns, np.array(ids), first, second)
        _add_up(sums, workspace, ids, first, second)
    found.parts = _parts(sums)
    source = workspace.conversations.source_ids([mover.reply_id for mover in found.movers])
    found.movers = [replace(m, conversation=source[m.reply_id][0], message=source[m.reply_id][1]) for m in found.movers]
    found.failing_by_sender = store.senders(failing)[:MOVERS]
    return found if found.compared else None


def _add_up(sums: Sums, workspace: Workspace, ids: Sequence[int], first: Figures, second: Figures) -> None:
    rated = first.any_opinion & second.any_opinion
    places = workspace.conversations.places(ids)
    for i in map(int, np.flatnonzero(rated)):
        place = places.get(ids[i])
        if place is None:
            continue
        day = date.fromordinal(_EPOCH + place.day)
        week = (day - timedelta(days=day.weekday())).isoformat()
        for dimension, part in zip(DIMENSIONS, (place.topic, place.channel, week), strict=True):
            total = sums.setdefault((dimension, part), [0.0, 0.0, 0.0])
            total[0] += 1
            total[1] += float(first.quality[i])
            total[2] += float(second.quality[i])


def _parts(sums: Sums) -> list[PartMove]:
    """Parts with a name and enough replies; a dimension with one part says nothing that the whole does not."""
    found = [
        PartMove(dimension, part, int(n), before / n, after / n)
        for (dimension, part), (n, before, after) in sums.items()
        if part and n >= FEWEST
    ]
    several = {d for d in DIMENSIONS if sum(move.dimension == d for move in found) > 1}
    found = [move for move in found if move.dimension in several]
    return sorted(found, key=lambda m: (DIMENSIONS.index(m.dimension), -abs(m.after - m.before), m.part))


def _count(
    found: Moved, columns: ScoreColumns, ids: NDArray[np.int64], first: Figures, second: Figures
) -> Sequence[int]:
    line = columns.scorecard.pass_line
    rated = first.any_opinion & second.any_opinion
    passed, passes = first.quality >= line, second.quality >= line
    found.compared += len(ids)
    found.now_passing += int((rated & ~passed & passes).sum())
    found.now_failing += int((rated & passed & ~passes).sum())
    both = first.opinion & second.opinion
    for k, key in enumerate(columns.keys):
        found.better[key] += int((both[:, k] & (second.level[:, k] > first.level[:, k])).sum())
        found.worse[key] += int((both[:, k] & (second.level[:, k] < first.level[:, k])).sum())
    step = np.where(rated, np.abs(second.quality - first.quality), 0.0)
    for i in np.argsort(-step, kind="stable")[:MOVERS]:
        if step[i] > 0:
            found.movers.append(Mover(int(ids[i]), float(first.quality[i]), float(second.quality[i])))
    found.movers = sorted(found.movers, key=lambda m: -abs(m.after - m.before))[:MOVERS]
    return [int(i) for i in ids[rated & passed & ~passes]]
