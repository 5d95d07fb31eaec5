"""What an export reads: the chosen part of the workspace, conversation by conversation, in constant memory.

Read by key in short statements, so that a long export never holds a snapshot against writers.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, NamedTuple

from csqm_desktop.domain.conversation import Conversation, Message
from csqm_desktop.domain.exported import NOT_APPLICABLE_WORD, ExportUnit, Opinion, Prediction, ReplyFacts
from csqm_desktop.domain.review import HUMAN_SOURCES, Verdict
from csqm_desktop.domain.scorecard import NOT_APPLICABLE, Scorecard
from csqm_desktop.store.aggregates import Filters, reply_conditions
from csqm_desktop.store.clock import from_ms
from csqm_desktop.store.conversations import stored_message
from csqm_desktop.store.database import Database
from csqm_desktop.store.scorecards import ScorecardStore
from csqm_desktop.store.scores import ScoreStore
from csqm_desktop.store.search import Search

CONVERSATIONS = 200  # read at a time
_HUMAN = ", ".join(f"'{source.value}'" for source in HUMAN_SOURCES)
_LIVE = f"SELECT 1 FROM reviews r WHERE r.reply_id = m.id AND r.retired_at IS NULL AND r.source IN ({_HUMAN})"
_JUDGED = f"EXISTS ({_LIVE})"
_REVIEWED = f"EXISTS ({_LIVE} AND r.verdict = 'scored')"


@dataclass(frozen=True, slots=True)
class View:
    """Which replies are meant: the dashboard's filters, one criterion or all, reviewed or not, words in the reply.

    ``search`` means what it means everywhere: see ``store/search.py``.
    """

    filters: Filters = field(default_factory=Filters)
    criterion: str | None = None
    reviewed: bool | None = None
    search: str = ""

    @property
    def everything(self) -> bool:
        """Whether no reply is left out."""
        narrow = self.filters.equal or self.filters.first_day is not None or self.filters.last_day is not None
        return not narrow and self.reviewed is None and not self.search


@dataclass(frozen=True, slots=True)
class ViewCounts:
    """How much is in a view; of the replies, how many people have scored and how many the version has."""

    conversations: int
    replies: int
    reviewed: int
    scored: int


class _Where(NamedTuple):
    """Conditions over ``messages m`` and ``conversations c`` with their values."""

    sql: str
    values: list[Any]


class ExportRows:
    """Reads views."""

    def __init__(self, database: Database, scorecards: ScorecardStore, scores: ScoreStore) -> None:
        self._database = database
        self._scorecards = scorecards
        self._scores = scores

    def counts(self, view: View, version_id: int | None) -> ViewCounts:
        """How much a view holds."""
        where = self._where(view)
        row = (
            self._database.connection()
            .execute(
                f"""SELECT count(DISTINCT m.conversation_id), count(*), coalesce(sum({_REVIEWED}), 0), coalesce(sum(
                           EXISTS (SELECT 1 FROM scores s WHERE s.version_id = ? AND s.reply_id = m.id)), 0)
                    FROM messages m JOIN conversations c ON c.id = m.conversation_id
                    WHERE {where.sql}""",
                [version_id, *where.values],
            )
            .fetchone()
        )
        return ViewCounts(*row)

    def not_exported(self) -> dict[str, int]:
        """Reviews that never leave: taken back or replaced ones, and those that no person made, by source."""
        rows = self._database.connection().execute(
            f"""SELECT CASE WHEN source NOT IN ({_HUMAN}) THEN 'not by a person: ' || source
                            ELSE 'taken back or replaced' END, count(*)
                FROM reviews WHERE retired_at IS NOT NULL OR source NOT IN ({_HUMAN}) GROUP BY 1"""
        )
        return {row[0]: row[1] for row in rows}

    def masked_at_import(self) -> dict[str, int]:
        """How much personal data of each kind imports have masked."""
        rows = self._database.connection().execute(
            "SELECT kind, sum(count) FROM redactions GROUP BY kind ORDER BY kind"
        )
        return {row[0]: row[1] for row in rows}

    def units(self, view: View, kind: str, version_id: int | None = None) -> Iterator[ExportUnit]:
        """Conversations in order of their number, with those of the view's replies that ``kind`` is about.

        ``labels``: replies that people gave a verdict on; ``scores``: replies that the version has scored;
        ``conversations``: all replies of the view, and for the whole workspace also conversations without any.
        """
        where = self._where(view)
        if kind == "labels":
            where = _Where(f"{where.sql} AND {_JUDGED}", where.values)
        elif kind == "scores":
            scored = "EXISTS (SELECT 1 FROM scores s WHERE s.version_id = ? AND s.reply_id = m.id)"
            where = _Where(f"{where.sql} AND {scored}", [*where.values, version_id])
        after = -1
        while True:
            numbers = self._next(where, after, kind == "conversations" and view.everything)
            if not numbers:
                return
            yield from self._units(where, numbers, version_id, kind == "labels")
            after = numbers[-1]

    def _where(self, view: View) -> _Where:
        conditions, values = reply_conditions(view.filters)
        if view.reviewed is not None:
            conditions.append(_REVIEWED if view.reviewed else f"NOT {_REVIEWED}")
        if view.search:
            hits = Search(self._database).find(view.search, limit=sys.maxsize, replies_only=True)
            conditions.append("m.id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps([hit.message_id for hit in hits]))
        return _Where(" AND ".join(conditions), values)

    def _next(self, where: _Where, after: int, all_of_them: bool) -> list[int]:
        query = f"""SELECT DISTINCT m.conversation_id FROM messages m JOIN conversations c
                    ON c.id = m.conversation_id WHERE m.conversation_id > ? AND {where.sql}
                    ORDER BY m.conversation_id LIMIT ?"""
        values = [after, *where.values, CONVERSATIONS]
        if all_of_them:
            query, values = "SELECT id FROM conversations WHERE id > ? ORDER BY id LIMIT ?", [after, CONVERSATIONS]
        return [row[0] for row in self._database.connection().execute(query, values)]

    def _units(
        self, where: _Where, numbers: Sequence[int], version_id: int | None, opinions: bool
    ) -> Iterator[ExportUnit]:
        marks = ",".join(map(str, numbers))
        chosen = self._chosen(where, marks)
        said = self._opinions(chosen) if opinions else {}
        predicted = self._predictions(version_id, chosen) if version_id is not None else {}
        for conversation in self._conversations(marks):
            yield ExportUnit(
                conversation,
                tuple(
                    ReplyFacts(place, tuple(said.get(m.id, ())), predicted.get(m.id))
                    for place, m in enumerate(conversation.messages)
                    if m.id in chosen
                ),
            )

    def _chosen(self, where: _Where, marks: str) -> set[int]:
        rows = self._database.connection().execute(
            f"""SELECT m.id FROM messages m JOIN conversations c ON c.id = m.conversation_id
                WHERE m.conversation_id IN ({marks}) AND {where.sql}""",
            where.values,
        )
        return {row[0] for row in rows}

    def _conversations(self, marks: str) -> Iterator[Conversation]:
        connection = self._database.connection()
        attached: dict[int, list[str]] = defaultdict(list)
        for number, name in connection.execute(
            "SELECT a.message_id, a.name FROM attachments a JOIN messages m ON m.id = a.message_id"
            f" WHERE m.conversation_id IN ({marks}) ORDER BY a.id"
        ):
            attached[number].append(name)
        messages: dict[int, list[Message]] = defaultdict(list)
        for row in connection.execute(
            f"SELECT * FROM messages WHERE conversation_id IN ({marks}) ORDER BY conversation_id, sent_at, id"
        ):
            messages[row["conversation_id"]].append(stored_message(row, tuple(attached.get(row["id"], ()))))
        for row in connection.execute(f"SELECT * FROM conversations WHERE id IN ({marks}) ORDER BY id").fetchall():
            yield Conversation(
                row["id"], row["source_id"], row["channel"], row["shop"], row["product"], row["order_id"],
                row["rating"], tuple(messages[row["id"]]),
            )  # fmt: skip

    def _opinions(self, replies: set[int]) -> dict[int, list[Opinion]]:
        marks = ",".join(map(str, replies))
        rows = self._database.connection().execute(
            f"""SELECT r.*, p.name AS reviewer,
                       (SELECT json_group_object(k.key, l.position) FROM review_levels l
                        JOIN criteria k ON k.id = l.criterion_id WHERE l.review_id = r.id) AS levels,
                       (SELECT json_group_array(cause) FROM (SELECT cause FROM review_causes x
                        WHERE x.review_id = r.id ORDER BY cause)) AS causes
                FROM reviews r JOIN reviewers p ON p.id = r.reviewer_id
                WHERE r.retired_at IS NULL AND r.source IN ({_HUMAN}) AND r.reply_id IN ({marks}) ORDER BY r.id"""
        )
        found: dict[int, list[Opinion]] = defaultdict(list)
        for row in rows.fetchall():
            found[row["reply_id"]].append(_opinion(row, self._scorecards.get(row["scorecard_id"])))
        return found

    def _predictions(self, version_id: int, replies: set[int]) -> dict[int, Prediction]:
        numbers = sorted(replies)
        card = self._scores.columns(version_id).scorecard
        scores = self._scores.scores_of(version_id, numbers)
        times = self._scores.scored_at(version_id, numbers)
        differ = self._scores.disagreements(version_id, numbers)
        return {
            number: Prediction(
                version=score.version,
                scored_at=from_ms(times[number]),
                distributions={
                    c.key: {
                        level.key: p for level, p in zip(c.levels, score.distributions[c.key], strict=True)
                    }
                    for c in card.criteria
                },
                quality=score.quality,
                confidence=score.confidence,
                disagreement=differ.get(number, {}),
            )
            for number, score in scores.items()
        }  # fmt: skip


def _opinion(row: sqlite3.Row, card: Scorecard) -> Opinion:
    positions: dict[str, int] = json.loads(row["levels"])
    levels = {
        c.key: NOT_APPLICABLE_WORD if positions[c.key] == NOT_APPLICABLE else c.levels[positions[c.key]].key
        for c in card.criteria
        if c.key in positions
    }
    return Opinion(
        reviewer=row["reviewer"],
        reviewed_at=from_ms(row["submitted_at"]).astimezone(UTC),
        verdict=Verdict(row["verdict"]),
        levels=levels,
        comment=row["comment"],
        better_reply=row["better_reply"],
        root_causes=tuple(json.loads(row["causes"])),
        scorecard_version=card.version,
        source=row["source"],
        seconds=row["seconds"],
    )
