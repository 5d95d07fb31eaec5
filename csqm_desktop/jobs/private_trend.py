"""A trend that may be shared outside: noise on counts and means, small groups left out, its cost in the ledger."""

from __future__ import annotations

import csv
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, get_args

import numpy as np

from csqm_desktop.analytics import private, trends
from csqm_desktop.analytics.private import PrivatePoint, Terms, Value
from csqm_desktop.domain import permissions
from csqm_desktop.domain.spreadsheet import escaped
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.shown_version import ShownVersion, shown_version
from csqm_desktop.store.aggregates import Filters
from csqm_desktop.store.workspace import Workspace

COLUMNS = ("start", "end", "group", "n", "mean", "n_noise_95", "mean_noise_95")
PUBLIC_FIELDS = ("all", "role", "channel", "shop", "product", "sender", "bot_version")
"""What a release may be grouped by: lists that the shop sets, not what customers wrote (topics, intents)."""
_ROLES = ("agent", "bot")


@dataclass(frozen=True, slots=True)
class PrivateTrendResult:
    """``epsilon`` is what this release cost, ``spent`` all releases so far together."""

    source: str
    version: str | None
    criterion: str | None
    by: str
    group_by: str
    epsilon: float
    spent: float
    cap: int
    smallest: int
    hidden: int
    points: list[PrivatePoint] = field(default_factory=list)
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which trend: like ``read_trend``."""

    by: str = "month"
    criterion: str | None = None
    group_by: str = "role"
    source: str = "model"
    filters: Filters = field(default_factory=Filters)


class PrivateTrend(Job[PrivateTrendResult]):
    """Make one release. The ledger is written first, so that a crash never hides what was shown."""

    kind: ClassVar[str] = "private_trend"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.EXPORT

    def __init__(
        self,
        workspace: Workspace,
        asked: Asked,
        terms: Terms,
        out: Path | None = None,
        actor: str = "csqm",
        seed: int | None = None,
    ) -> None:
        """``seed`` is for tests: who knows it can take the noise off again."""
        super().__init__(workspace)
        if not 0.01 <= terms.epsilon <= 20:
            raise CsqmError("private_epsilon", epsilon=terms.epsilon)
        self._asked = asked
        self._terms = terms
        self._out = out
        self._actor = actor
        self._seed = secrets.randbits(128) if seed is None else seed
        self._check(asked)

    def parameters(self) -> dict[str, Any]:
        """The terms."""
        return {"epsilon": self._terms.epsilon, "path": str(self._out.absolute()) if self._out else ""}

    def run(self, context: JobContext) -> PrivateTrendResult:
        """Read, add noise, note the cost, write the file if one was named."""
        context.progress(0, 0, "preparing")
        asked, terms = self._asked, self._terms
        shown = shown_version(self.workspace) if asked.source == "model" else ShownVersion(None, None, None)
        days = self._days()
        groups = self._groups()
        by = next(p for p in get_args(trends.By) if p == asked.by)
        what = f"trend of {asked.criterion or 'the reply score'} by {asked.by} and {asked.group_by} ({asked.source})"
        spent = self.workspace.privacy_ledger.spend(self._actor, what, terms.epsilon)
        found = private.release(
            (Value(*row) for row in self._rows(shown.number)),
            days,
            groups,
            by,
            terms,
            np.random.default_rng(self._seed),
        )
        self.workspace.audit.append(self._actor, "private_release", what, {"epsilon": terms.epsilon, "spent": spent})
        if self._out is not None:
            write_csv(self._out, found.points, terms)
        return PrivateTrendResult(
            asked.source, shown.version, asked.criterion, asked.by, asked.group_by, terms.epsilon, spent, terms.cap,
            terms.threshold, found.hidden, found.points, self._out,
        )  # fmt: skip

    def _check(self, asked: Asked) -> None:
        card = self.workspace.scorecards.current()
        if not card.ordered:
            raise CsqmError("figures_unordered")
        keys = [c.key for c in card.criteria]
        if asked.criterion is not None and asked.criterion not in keys:
            raise CsqmError("criterion_unknown", criterion=asked.criterion, known=", ".join(keys))
        if asked.group_by not in PUBLIC_FIELDS:
            raise CsqmError("field_unknown", field=asked.group_by, known=", ".join(PUBLIC_FIELDS))

    def _rows(self, version_id: int | None) -> Any:
        asked, ledger = self._asked, self.workspace.privacy_ledger
        if asked.source == "people":
            return ledger.people_rows(asked.criterion, asked.group_by, asked.filters)
        return ledger.model_rows(version_id, asked.criterion, asked.group_by, asked.filters) if version_id else ()

    def _days(self) -> tuple[int, int]:
        totals, filters = self.workspace.conversations.totals(), self._asked.filters
        first = totals.first_day if filters.first_day is None else filters.first_day
        last = totals.last_day if filters.last_day is None else filters.last_day
        if first is None or last is None:
            raise CsqmError("private_nothing")
        return first, last

    def _groups(self) -> list[str]:
        if self._asked.group_by == "role":
            return list(_ROLES)
        return [""] if self._asked.group_by == "all" else self.workspace.aggregates.choices(self._asked.group_by)


def write_csv(path: Path, points: list[PrivatePoint], terms: Terms) -> None:
    """The release as a table; the last column repeats ε, so that it travels with every row."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow((*COLUMNS, "epsilon"))
            for p in points:
                figures = (p.n, f"{p.mean:.4f}", f"{p.n_noise:.1f}", f"{p.mean_noise:.4f}", terms.epsilon)
                writer.writerow((p.start.isoformat(), p.end.isoformat(), escaped(p.group), *figures))
    except OSError as error:
        raise CsqmError("export_failed", file=str(path), reason=error.strerror or error) from error
