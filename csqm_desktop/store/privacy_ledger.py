"""What was released with noise, and how much privacy that has cost so far; and the rows such a release is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from csqm_desktop.domain.score_columns import unpack
from csqm_desktop.store.aggregates import Filters, field_sql, reply_conditions
from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.scorecards import ScorecardStore
from csqm_desktop.store.scores import ScoreStore

_CHUNK = 20_000

Row = tuple[str, int, str, float]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One release."""

    id: int
    at: int  # ms
    actor: str
    what: str
    epsilon: float


class PrivacyLedger:
    """An append-only list of releases; their ε add up."""

    def __init__(self, database: Database, scorecards: ScorecardStore, scores: ScoreStore) -> None:
        self._database = database
        self._scorecards = scorecards
        self._scores = scores

    def spend(self, actor: str, what: str, epsilon: float) -> float:
        """Note a release before it is shown; returns all ε spent so far, this one included."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO privacy_ledger (at, actor, what, epsilon) VALUES (?, ?, ?, ?)",
                (now_ms(), actor, what, epsilon),
            )
        return self.spent()

    def spent(self) -> float:
        """All ε spent so far."""
        row = self._database.connection().execute("SELECT coalesce(sum(epsilon), 0) FROM privacy_ledger").fetchone()
        return float(row[0])

    def entries(self) -> list[LedgerEntry]:
        """All releases, oldest first."""
        rows = self._database.connection().execute(
            "SELECT id, at, actor, what, epsilon FROM privacy_ledger ORDER BY id"
        )
        return [LedgerEntry(*row) for row in rows]

    # -- rows: (customer, day, group, value in 0..1)

    def model_rows(self, version_id: int, criterion: str | None, group_by: str, filters: Filters) -> Iterator[Row]:
        """What a version thinks of each reply that it has an opinion on."""
        columns = self._scores.columns(version_id)
        conditions, values = reply_conditions(filters)
        cursor = self._database.connection().execute(
            f"""SELECT {_CUSTOMER}, m.day, {_group(group_by)}, s.probabilities FROM scores s
                JOIN messages m ON m.id = s.reply_id JOIN conversations c ON c.id = m.conversation_id
                WHERE s.version_id = ? AND {" AND ".join(conditions)}""",
            [version_id, *values],
        )
        while rows := cursor.fetchmany(_CHUNK):
            figures = columns.figures(unpack(b"".join(row[3] for row in rows), columns.width))
            if criterion is None:
                there, measured = figures.any_opinion, figures.quality
            else:
                k = columns.keys.index(criterion)
                there, measured = figures.opinion[:, k], figures.expected[:, k]
            for row, known, value in zip(rows, there.tolist(), measured.tolist(), strict=True):
                if known:
                    yield row[0], row[1], row[2], value

    def people_rows(
        self, criterion: str | None, group_by: str, filters: Filters
    ) -> Iterator[tuple[str, int, str, float]]:
        """The mean of people's live reviews of each reply."""
        conditions, values = reply_conditions(filters)
        parameters: list[Any] = []
        value, join = "r.quality", ""
        if criterion is not None:
            steps = len(self._scorecards.current().criterion(criterion).levels) - 1
            value = f"l.position * 1.0 / {steps}"
            join = "JOIN review_levels l ON l.review_id = r.id AND l.criterion_id = ? AND l.position >= 0"
            parameters = [self._scorecards.criterion_id(criterion)]
        else:
            conditions.append("r.quality IS NOT NULL")
        rows = self._database.connection().execute(
            f"""SELECT {_CUSTOMER}, m.day, {_group(group_by)}, avg({value}) FROM reviews r {join}
                JOIN messages m ON m.id = r.reply_id JOIN conversations c ON c.id = m.conversation_id
                WHERE r.retired_at IS NULL AND r.verdict = 'scored' AND {" AND ".join(conditions)}
                GROUP BY r.reply_id""",
            [*parameters, *values],
        )
        yield from (tuple(row) for row in rows)


# Whose reply it is: the name that the customer goes by; without a name of its own, or with one that is only a
# placeholder, the conversation counts as the customer.
_CUSTOMER = (
    "coalesce((SELECT x.sender FROM messages x WHERE x.conversation_id = c.id AND x.role = 'customer'"
    " AND x.sender <> '' AND x.sender NOT LIKE '[%]' ORDER BY x.sent_at, x.id LIMIT 1), 'conversation ' || c.id)"
)


def _group(group_by: str) -> str:
    return "m.role" if group_by == "role" else "''" if group_by == "all" else field_sql(group_by)
