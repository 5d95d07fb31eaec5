"""Labels from a file: rows of one reviewer on one reply become one review; several reviewers stay several."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop import privacy
from csqm_desktop.domain import permissions
from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.domain.review import Review, ReviewSource, Verdict
from csqm_desktop.domain.scorecard import NOT_APPLICABLE, Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import labels as label_files
from csqm_desktop.importers.labels import LabelRow
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.message_reading import masked
from csqm_desktop.jobs.pseudonyms import pseudonyms_of
from csqm_desktop.privacy.pseudonyms import Pseudonyms
from csqm_desktop.store.workspace import Workspace

DEFAULT_REVIEWER = "imported"
_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class LabelResult:
    """What reading a label file did: its ``rows`` and how many of them were ``used``, wholly or in part; the reviews
    (a reviewer's levels on one reply) that these make; and the levels that were ``rejected``.
    """

    path: Path
    rows: int
    added: int
    unchanged: int
    replaced: int
    rejected: int
    seconds: float
    reasons: dict[str, int] = field(default_factory=dict)
    examples: tuple[RejectedRow, ...] = ()
    used: int = 0


class ImportLabels(Job[LabelResult]):
    """Read a label file into the workspace, all or nothing."""

    kind: ClassVar[str] = "label"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.IMPORT

    def __init__(
        self,
        workspace: Workspace,
        path: Path,
        reviewer: str | None = None,
        rows: Sequence[LabelRow | RejectedRow] | None = None,
    ) -> None:
        """``rows``: what the file says, where somebody has read it already."""
        super().__init__(workspace)
        self.path = path
        self._reviewer = reviewer
        self._rows = rows

    def parameters(self) -> dict[str, Any]:
        """The file and the reviewer for rows that name none."""
        return {"path": str(self.path.absolute()), "reviewer": self._reviewer}

    def run(self, context: JobContext) -> LabelResult:
        """Store the labels; ``labels_none_usable`` when no row fits the workspace, ``labels_empty`` without one."""
        started = time.monotonic()
        context.progress(0, 0, "reading")
        found = LabelReader(self.workspace, self._reviewer).read(self.path, context, self._rows)
        if not found.rows:
            raise CsqmError("labels_empty", file=str(self.path))
        if not found.reviews:
            first = found.rejected[0]
            reason = CsqmError(first.code, **first.values).what
            raise CsqmError("labels_none_usable", file=str(self.path), count=found.rows, reason=reason)
        context.check_cancelled()
        added = unchanged = replaced = 0
        with self.workspace.database.transaction():
            for start in range(0, len(found.reviews), _CHUNK):
                done = self.workspace.reviews.import_labels(found.reviews[start : start + _CHUNK])
                added, unchanged, replaced = added + done[0], unchanged + done[1], replaced + done[2]
                context.progress(start, len(found.reviews), "storing")
                context.check_cancelled()
        return LabelResult(
            self.path,
            found.rows,
            added,
            unchanged,
            replaced,
            len(found.rejected),
            time.monotonic() - started,
            dict(Counter(row.code for row in found.rejected)),
            tuple(found.rejected[:50]),
            found.used,
        )


@dataclass
class FoundLabels:
    """A label file matched against a workspace."""

    rows: int = 0
    used: int = 0  # rows that gave at least one level
    reviews: list[tuple[Review, int]] = field(default_factory=list)  # each with its scorecard edition
    rejected: list[RejectedRow] = field(default_factory=list)


class LabelReader:
    """Matches label rows with the workspace's replies and scorecard."""

    def __init__(self, workspace: Workspace, reviewer: str | None = None) -> None:
        self._workspace = workspace
        self._reviewer = reviewer or DEFAULT_REVIEWER
        self._current = workspace.scorecards.current_id()

    def read(
        self, path: Path, context: JobContext, items: Iterable[LabelRow | RejectedRow] | None = None
    ) -> FoundLabels:
        """Read and match a whole file, or what was read of it."""
        found = FoundLabels()
        rows: list[LabelRow] = []
        numbers: set[int] = set()  # a row may hold several levels
        named = self._workspace.scorecards.current().criterion_named
        for item in label_files.read(path, criterion_named=named) if items is None else items:
            numbers.add(item.row)
            found.rows = len(numbers)
            if isinstance(item, RejectedRow):
                found.rejected.append(masked(item))
            else:
                rows.append(self._as_keys(item))
            if found.rows % 20_000 == 0:
                context.check_cancelled()
        replies = self._workspace.conversations.find((r.conversation_id, r.message_id) for r in rows)
        known_replies = self._replies(replies.values())
        signs = pseudonyms_of(self._workspace)
        groups: dict[tuple[int, str, int], _Group] = {}
        used: set[int] = set()
        for row in rows:
            problem = self._check(path.name, row, replies, known_replies)
            if problem is not None:
                found.rejected.append(problem)
                continue
            reply_id = replies[row.conversation_id, row.message_id]
            edition = self._edition(row)
            key = (reply_id, row.reviewer or self._reviewer, edition)
            position = self._position(self._card(edition), row) if row.criterion else None
            groups.setdefault(key, _Group()).add(row, position)
            used.add(row.row)
        found.used = len(used)
        found.reviews = [
            (group.review(reply_id, reviewer, signs), edition)
            for (reply_id, reviewer, edition), group in groups.items()
        ]
        found.rejected.sort(key=lambda rejection: rejection.row)
        return found

    def _as_keys(self, row: LabelRow) -> LabelRow:
        """A row with the keys of criterion and level where it has their names, or other capitals."""
        if not row.criterion:
            return row
        card = self._card(self._edition(row))
        key = card.criterion_named(row.criterion)
        if key is None:
            return row
        return replace(row, criterion=key, level=card.criterion(key).level_named(row.level) or row.level)

    def _replies(self, message_ids: Iterable[int]) -> set[int]:
        wanted = list(message_ids)
        found: set[int] = set()
        for start in range(0, len(wanted), 10_000):
            marks = ",".join(map(str, wanted[start : start + 10_000]))
            found.update(self._workspace.conversations.replies_among(marks))
        return found

    def _edition(self, row: LabelRow) -> int:
        if row.scorecard_version is None:
            return self._current
        card = self._workspace.scorecards.current()
        return self._workspace.scorecards.find(card.key, row.scorecard_version) or self._current

    def _card(self, edition: int) -> Scorecard:
        return self._workspace.scorecards.get(edition)

    def _check(
        self, file: str, row: LabelRow, replies: dict[tuple[str, str], int], known: set[int]
    ) -> RejectedRow | None:
        place = {"file": file, "row": str(row.row)}
        reply_id = replies.get((row.conversation_id, row.message_id))
        names = {"conversation": row.conversation_id[:60], "message": row.message_id[:60]}
        if reply_id is None:
            return RejectedRow(row.row, "label_reply_unknown", {**place, **names})
        if reply_id not in known:
            return RejectedRow(row.row, "label_not_a_reply", {**place, **names})
        card = self._card(self._edition(row))
        keys = [criterion.key for criterion in card.criteria]
        if row.verdict is not Verdict.SCORED and not row.criterion:
            return None
        if row.criterion not in keys:
            values = {**place, "criterion": row.criterion[:60], "known": ", ".join(keys)}
            return RejectedRow(row.row, "label_criterion_unknown", values)
        criterion = card.criterion(row.criterion)
        levels = [level.key for level in criterion.levels]
        if row.level not in levels and not (row.not_applicable and criterion.not_applicable):
            values = {**place, "criterion": row.criterion, "level": row.level[:60], "known": ", ".join(levels)}
            return RejectedRow(row.row, "label_level_unknown", values)
        return None

    @staticmethod
    def _position(card: Scorecard, row: LabelRow) -> int:
        criterion = card.criterion(row.criterion)
        if row.level in (level.key for level in criterion.levels):
            return criterion.position(row.level)
        return NOT_APPLICABLE


class _Group:
    """The rows of one reviewer on one reply."""

    def __init__(self) -> None:
        self._positions: dict[str, int] = {}
        self._comments: list[str] = []
        self._better: list[str] = []
        self._causes: list[str] = []
        self._at: datetime | None = None
        self._verdict, self._source = Verdict.SCORED, ReviewSource.IMPORTED
        self._seconds: float | None = None

    def add(self, row: LabelRow, position: int | None) -> None:
        if position is not None:
            self._positions[row.criterion] = position
        self._verdict, self._source = row.verdict, row.source
        self._seconds = row.seconds if row.seconds is not None else self._seconds
        for texts, text in ((self._comments, row.comment), (self._better, row.better_reply)):
            if text and text not in texts:
                texts.append(text)
        self._causes += [cause for cause in row.root_causes if cause not in self._causes]
        if row.reviewed_at and (self._at is None or row.reviewed_at > self._at):
            self._at = row.reviewed_at

    def review(self, reply_id: int, reviewer: str, signs: Pseudonyms | None = None) -> Review:
        return Review(
            reply_id=reply_id,
            reviewer=reviewer,
            verdict=self._verdict,
            positions=self._positions,
            comment=privacy.redact("\n".join(self._comments), signs)[0],
            better_reply=privacy.redact("\n".join(self._better), signs)[0],
            root_causes=tuple(privacy.redact(cause, signs)[0] for cause in self._causes),
            source=self._source,
            submitted_at=self._at,
            seconds=self._seconds,
        )
