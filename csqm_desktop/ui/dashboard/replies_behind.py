"""The replies behind a point: exactly those that the point counts, worst first. No widgets here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from csqm_desktop.analytics.trends import Point, day_of
from csqm_desktop.domain.score import Score
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.store.aggregates import Filters, ReplyRow
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.dashboard.figures import Question

PAGE = 200
_CHUNK = 2000
_SORTED_WHOLE = 20_000  # up to here a list by one criterion, or of people's figures, is sorted by that figure


@dataclass(frozen=True, slots=True)
class Behind:
    """What a list of replies is about: a question narrowed to one point."""

    question: Question
    role: str
    start: date
    end: date
    n: int
    version_id: int | None

    def filters(self) -> Filters:
        """The question's filters, the point's role, and those of its days that were asked about."""
        asked = self.question.filters
        first, last = day_of(self.start), day_of(self.end)
        if asked.first_day is not None:
            first = max(first, asked.first_day)
        if asked.last_day is not None:
            last = min(last, asked.last_day)
        return replace(asked, equal={**asked.equal, "role": self.role}, first_day=first, last_day=last)

    @property
    def read_by_key(self) -> bool:
        """Whether the list is read page by page, in the store's own order: by the reply score."""
        by_figure = self.question.source == "people" or self.question.criterion is not None
        return not by_figure or self.n > _SORTED_WHOLE


@dataclass(frozen=True, slots=True)
class BehindRow:
    """A reply with the figure that the point averages over (0..1)."""

    reply: ReplyRow
    figure: float | None


def behind(point: Point, question: Question, version_id: int | None) -> Behind:
    """What a point stands for."""
    return Behind(question, point.group, point.start, point.end, point.n, version_id)


def read_page(workspace: Workspace, about: Behind, after: tuple[float, int] | None) -> list[BehindRow]:
    """The next rows. Lists that are not read by key come whole, at the first call."""
    if not about.read_by_key:
        return sorted(_all(workspace, about), key=_worst_first) if after is None else []
    rows = workspace.aggregates.replies(about.version_id, about.filters(), PAGE, after)
    counted = [row for row in rows if row.quality is not None]  # those without a score come last
    figures = _criterion_figures(workspace, about, counted)
    return [BehindRow(row, figures(row)) for row in counted]


def key_of(row: BehindRow) -> tuple[float, int]:
    """Where ``read_page`` goes on after a row."""
    quality = row.reply.quality
    return (2.0 if quality is None else quality, row.reply.reply_id)


def _worst_first(row: BehindRow) -> tuple[float, int]:
    return (2.0 if row.figure is None else row.figure, row.reply.reply_id)


def _all(workspace: Workspace, about: Behind) -> Iterator[BehindRow]:
    people = _people_figures(workspace, about.question.criterion) if about.question.source == "people" else None
    after: tuple[float, int] | None = None
    while rows := workspace.aggregates.replies(about.version_id, about.filters(), _CHUNK, after):
        if people is None:
            scored = [row for row in rows if row.quality is not None]
            figures = _criterion_figures(workspace, about, scored)
            yield from (BehindRow(row, figures(row)) for row in scored)
            if len(scored) < len(rows):
                return
        else:
            yield from (BehindRow(row, figure) for row in rows if (figure := people(row)) is not None)
        last = rows[-1]
        after = (2.0 if last.quality is None else last.quality, last.reply_id)


def _people_figures(workspace: Workspace, criterion: str | None) -> Callable[[ReplyRow], float | None]:
    if criterion is None:
        return lambda row: row.human_quality
    means: dict[int, float] = {}
    for label in workspace.reviews.labels():
        counts = label.counts.get(criterion)
        if counts:
            steps = len(counts) - 1
            means[label.reply_id] = sum(i * n for i, n in enumerate(counts)) / (steps * sum(counts))
    return lambda row: means.get(row.reply_id)


def _criterion_figures(workspace: Workspace, about: Behind, rows: list[ReplyRow]) -> Callable[[ReplyRow], float | None]:
    criterion = about.question.criterion
    if criterion is None or about.version_id is None:
        return lambda row: row.quality
    scorecard = workspace.scores.columns(about.version_id).scorecard
    scores = workspace.scores.scores_of(about.version_id, [row.reply_id for row in rows])
    values = {reply_id: expected(score, criterion, scorecard) for reply_id, score in scores.items()}
    return lambda row: values.get(row.reply_id)


def expected(score: Score, criterion: str, scorecard: Scorecard) -> float:
    """The expected value of one criterion in 0..1."""
    levels = scorecard.criterion(criterion)
    return sum(p * levels.value(i) for i, p in enumerate(score.distributions[criterion]))
