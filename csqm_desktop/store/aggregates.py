"""Daily sums that trends are made of, and the replies behind a point.

Model figures of one dimension come from the rollups; figures of several filters at once, and people's own
figures, are summed from the rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from csqm_desktop.domain.score_columns import unpack
from csqm_desktop.store.database import Database
from csqm_desktop.store.rollups import DIMENSIONS, OVERALL
from csqm_desktop.store.scorecards import ScorecardStore
from csqm_desktop.store.scores import ScoreStore
from csqm_desktop.store.signals import FIELDS as SIGNAL_FIELDS
from csqm_desktop.store.topics import FIELD as TOPIC_FIELD

_FIELDS = {
    "channel": "c.channel",
    "shop": "c.shop",
    "product": "c.product",
    "sender": "m.sender",
    "bot_version": "m.bot_version",
    "intent": "m.intent",
    "role": "m.role",
    **SIGNAL_FIELDS,
    "topic": TOPIC_FIELD,
}


@dataclass(frozen=True, slots=True)
class DailySum:
    """n values of one group on one local day: sum, sum of squares, how many were below the line."""

    day: int
    role: str
    group: str
    n: int
    total: float
    total_squared: float
    below_line: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What part of the replies is meant: equality on fields, and a range of local days, both ends included."""

    equal: dict[str, str] = field(default_factory=dict)  # field of _FIELDS: value
    first_day: int | None = None
    last_day: int | None = None


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One reply in a drill-down list."""

    reply_id: int
    sent_at: int  # ms
    offset_minutes: int
    role: str
    sender: str
    text: str
    quality: float | None
    confidence: float | None
    human_quality: float | None


class Aggregates:
    """Reads sums for charts and the replies behind them."""

    def __init__(self, database: Database, scorecards: ScorecardStore, scores: ScoreStore) -> None:
        self._database = database
        self._scorecards = scorecards
        self._scores = scores

    def model_daily(
        self,
        version_id: int,
        criterion: str | None = None,
        group_by: str = "all",
        filters: Filters | None = None,
    ) -> list[DailySum]:
        """A version's daily sums, overall or of one criterion, grouped by one field of ``DIMENSIONS``."""
        filters = filters or Filters()
        fields = {key for key in filters.equal if key != "role"}
        dimension = group_by if group_by not in ("all", "role") else (next(iter(fields)) if len(fields) == 1 else "all")
        if fields - {dimension} or dimension not in DIMENSIONS:
            return self._model_daily_from_rows(version_id, criterion, group_by, filters)
        criterion_id = OVERALL if criterion is None else self._scorecards.criterion_id(criterion)
        conditions = ["version_id = ?", "dimension = ?", "criterion_id = ?", "n > 0"]
        values: list[Any] = [version_id, dimension, criterion_id]
        if dimension in filters.equal:
            conditions.append("value = ?")
            values.append(filters.equal[dimension])
        if "role" in filters.equal:
            conditions.append("role = ?")
            values.append(filters.equal["role"])
        _add_range(conditions, values, filters, "day")
        group = "value" if dimension == group_by else "role" if group_by == "role" else "''"
        rows = self._database.connection().execute(
            f"""SELECT day, role, {group} AS grp, sum(n), sum(total), sum(total_squared), sum(below_line) FROM rollups
                WHERE {" AND ".join(conditions)} GROUP BY day, role, grp ORDER BY day""",
            values,
        )
        return [DailySum(*row) for row in rows]

    def _model_daily_from_rows(
        self, version_id: int, criterion: str | None, group_by: str, filters: Filters
    ) -> list[DailySum]:
        conditions, values = reply_conditions(filters)
        group = _FIELDS.get(group_by, "''")
        columns = self._scores.columns(version_id)
        sums: dict[tuple[int, str, str], list[float]] = {}
        line = columns.scorecard.pass_line if criterion is None else 0.5
        cursor = self._database.connection().execute(
            f"""SELECT m.day, m.role, {group}, s.quality, s.probabilities FROM scores s
                JOIN messages m ON m.id = s.reply_id JOIN conversations c ON c.id = m.conversation_id
                WHERE s.version_id = ? AND {" AND ".join(conditions)}""",
            [version_id, *values],
        )
        while rows := cursor.fetchmany(20_000):
            figures = columns.figures(unpack(b"".join(row[4] for row in rows), columns.width))
            if criterion is None:
                shown, measured = figures.any_opinion, figures.quality
            else:
                k = columns.keys.index(criterion)
                shown, measured = figures.opinion[:, k], figures.expected[:, k]
            for row, there, value in zip(rows, shown.tolist(), measured.tolist(), strict=True):
                if not there:
                    continue
                entry = sums.setdefault((row[0], row[1], row[2]), [0, 0.0, 0.0, 0])
                entry[0] += 1
                entry[1] += value
                entry[2] += value * value
                entry[3] += value < line
        return [
            DailySum(day, role, grp, int(e[0]), e[1], e[2], int(e[3])) for (day, role, grp), e in sorted(sums.items())
        ]

    def human_daily(
        self, criterion: str | None = None, group_by: str = "all", filters: Filters | None = None
    ) -> list[DailySum]:
        """People's own daily sums: the mean of the live reviews of each reply counts once."""
        filters = filters or Filters()
        conditions, values = reply_conditions(filters)
        group = _FIELDS.get(group_by, "''")
        if criterion is None:
            value, join = "r.quality", ""
            line = self._scorecards.current().pass_line
            parameters: list[Any] = []
            conditions.append("r.quality IS NOT NULL")
        else:
            steps = len(self._scorecards.current().criterion(criterion).levels) - 1
            value = f"l.position * 1.0 / {steps}"
            join = "JOIN review_levels l ON l.review_id = r.id AND l.criterion_id = ? AND l.position >= 0"
            line = 0.5
            parameters = [self._scorecards.criterion_id(criterion)]
        rows = self._database.connection().execute(
            f"""SELECT day, role, grp, count(*), sum(v), sum(v * v), sum(v < {line}) FROM (
                    SELECT m.day AS day, m.role AS role, {group} AS grp, avg({value}) AS v
                    FROM reviews r {join} JOIN messages m ON m.id = r.reply_id
                    JOIN conversations c ON c.id = m.conversation_id
                    WHERE r.retired_at IS NULL AND r.verdict = 'scored' AND {" AND ".join(conditions)}
                    GROUP BY r.reply_id)
                GROUP BY day, role, grp ORDER BY day""",
            [*parameters, *values],
        )
        return [DailySum(*row) for row in rows]

    def replies(
        self,
        version_id: int | None,
        filters: Filters,
        limit: int = 200,
        after: tuple[float, int] | None = None,
    ) -> list[ReplyRow]:
        """The replies behind a point, worst model score first, read by key: pass the last (quality, id) to go on."""
        conditions, values = reply_conditions(filters)
        if after is not None:
            conditions.append("(coalesce(s.quality, 2), m.id) > (?, ?)")
            values += list(after)
        rows = self._database.connection().execute(
            f"""SELECT m.id, m.sent_at, m.offset_minutes, m.role, m.sender, m.text, s.quality, s.confidence,
                       (SELECT avg(r.quality) FROM reviews r WHERE r.reply_id = m.id AND r.retired_at IS NULL)
                FROM messages m JOIN conversations c ON c.id = m.conversation_id
                LEFT JOIN scores s ON s.reply_id = m.id AND s.version_id = ?
                WHERE {" AND ".join(conditions)} ORDER BY coalesce(s.quality, 2), m.id LIMIT ?""",
            [version_id, *values, limit],
        )
        return [ReplyRow(*row) for row in rows]

    def choices(self, field_name: str) -> list[str]:
        """The values of a field that replies have, most frequent first."""
        column = _FIELDS[field_name]
        rows = self._database.connection().execute(
            f"""SELECT {column} FROM messages m JOIN conversations c ON c.id = m.conversation_id
                WHERE m.is_reply = 1 AND {column} <> '' GROUP BY 1 ORDER BY count(*) DESC LIMIT 200"""
        )
        return [row[0] for row in rows]

    def bot_releases(self) -> list[sqlite3.Row]:
        """Bot versions with the first day they were seen: marks on the trend."""
        return (
            self._database.connection()
            .execute("SELECT sender, version, first_day, note FROM bot_versions ORDER BY first_day")
            .fetchall()
        )

    def human_causes(self, filters: Filters | None = None) -> list[tuple[str, int]]:
        """Root causes that people gave, with how often, most frequent first."""
        conditions, values = reply_conditions(filters or Filters())
        rows = self._database.connection().execute(
            f"""SELECT x.cause, count(*) FROM review_causes x JOIN reviews r ON r.id = x.review_id
                JOIN messages m ON m.id = r.reply_id JOIN conversations c ON c.id = m.conversation_id
                WHERE r.retired_at IS NULL AND {" AND ".join(conditions)} GROUP BY 1 ORDER BY 2 DESC""",
            values,
        )
        return [(row[0], row[1]) for row in rows]


def field_sql(name: str) -> str:
    """A field of replies as SQL over ``messages m`` and ``conversations c``; ``KeyError`` when there is none."""
    return _FIELDS[name]


def reply_conditions(filters: Filters) -> tuple[list[str], list[Any]]:
    """SQL over ``messages m`` and ``conversations c`` for the replies that filters mean, with its values."""
    conditions, values = ["m.is_reply = 1"], []
    for name, value in filters.equal.items():
        conditions.append(f"{_FIELDS[name]} = ?")
        values.append(value)
    _add_range(conditions, values, filters, "m.day")
    return conditions, values


def _add_range(conditions: list[str], values: list[Any], filters: Filters, column: str) -> None:
    if filters.first_day is not None:
        conditions.append(f"{column} >= ?")
        values.append(filters.first_day)
    if filters.last_day is not None:
        conditions.append(f"{column} <= ?")
        values.append(filters.last_day)


def group_fields() -> Sequence[str]:
    """The fields a trend can be grouped by."""
    return ("role", *DIMENSIONS[1:], *SIGNAL_FIELDS, "topic")
