"""People's verdicts: saved at once, never overwritten, taken back by retiring; drafts; labels to train on."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from csqm_desktop.domain.permissions import REVIEW
from csqm_desktop.domain.review import LabelledReply, Review, ReviewSource, Verdict
from csqm_desktop.store.clock import from_ms, now_ms, to_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.people import PeopleStore
from csqm_desktop.store.scorecards import ScorecardStore


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A review with its place in the store. ``quality`` is the reply score of its levels, 0..1."""

    id: int
    review: Review
    quality: float | None
    scorecard_id: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Why the queue showed a reply: strategy, reason code with its values, chance of being chosen.

    ``probability`` is None when a rule without chance chose it.
    """

    strategy: str
    reason: str
    detail: Mapping[str, Any]
    probability: float | None = None


class ReviewStore:
    """Reads and writes reviews. One review of a reviewer is live for a reply; earlier ones are kept, retired."""

    def __init__(self, database: Database, scorecards: ScorecardStore, people: PeopleStore) -> None:
        self._database = database
        self._people = people
        self._scorecards = scorecards

    # -- reviewers

    def reviewer_id(self, name: str) -> int:
        """The number of a reviewer, made when new."""
        with self._database.transaction() as connection:
            return _reviewer_id(connection, name)

    # -- writing

    def submit(self, review: Review, version_id: int | None = None) -> int:
        """Store a verdict, retire the reviewer's earlier one on this reply, drop the draft; returns its number.

        Where people sign in, it stands under the name of who did, whatever name the review was given.
        """
        self._people.require(REVIEW)
        if self._people.actor is not None:
            review = replace(review, reviewer=self._people.actor.name)
        scorecard_id = self._scorecards.current_id()
        with self._database.transaction() as connection:
            reviewer = _reviewer_id(connection, review.reviewer)
            number = self._insert(connection, review, reviewer, scorecard_id, version_id)
            connection.execute("DELETE FROM drafts WHERE reply_id = ? AND reviewer_id = ?", (review.reply_id, reviewer))
        return number

    def take_back(self, review_id: int) -> None:
        """Undo a submission: retire it and bring back the reviewer's verdict before it, if there was one."""
        self._people.require(REVIEW)
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT reply_id, reviewer_id FROM reviews WHERE id = ? AND retired_at IS NULL", (review_id,)
            ).fetchone()
            if row is None:
                return
            connection.execute(
                "UPDATE reviews SET retired_at = ?, retired_because = 'undone' WHERE id = ?",
                (now_ms(), review_id),
            )
            connection.execute(
                "UPDATE reviews SET retired_at = NULL, retired_because = NULL WHERE id = (SELECT max(id) FROM reviews"
                " WHERE reply_id = ? AND reviewer_id = ? AND id < ? AND retired_because = ?)",
                (row["reply_id"], row["reviewer_id"], review_id, f"replaced by {review_id}"),
            )

    def restore(self, review_id: int) -> None:
        """Redo a submission that was taken back."""
        self._people.require(REVIEW)
        with self._database.transaction() as connection:
            row = connection.execute("SELECT reply_id, reviewer_id FROM reviews WHERE id = ?", (review_id,)).fetchone()
            if row is None:
                return
            _retire(connection, row["reply_id"], row["reviewer_id"], f"replaced by {review_id}", exclude=review_id)
            connection.execute(
                "UPDATE reviews SET retired_at = NULL, retired_because = NULL WHERE id = ?", (review_id,)
            )

    def import_labels(self, reviews: Sequence[tuple[Review, int]]) -> tuple[int, int, int]:
        """Store reviews read from a file, each with its scorecard edition: (added, unchanged, replaced).

        One transaction: all or nothing.
        """
        added = unchanged = replaced = 0
        with self._database.transaction() as connection:
            reviewers = {name: _reviewer_id(connection, name) for name in {r.reviewer for r, _ in reviews}}
            live = self._live_levels(connection, {r.reply_id for r, _ in reviews})
            for review, scorecard_id in reviews:
                reviewer = reviewers[review.reviewer]
                earlier = live.get((review.reply_id, reviewer))
                if earlier is not None and earlier[0] is review.verdict is Verdict.SCORED:
                    # a file that names fewer criteria adds to what is known, it does not take away
                    review = replace(review, positions={**earlier[1], **review.positions})
                if earlier is not None and _adds_nothing(earlier, review):
                    unchanged += 1
                    continue
                self._insert(connection, review, reviewer, scorecard_id, None)
                live[review.reply_id, reviewer] = _comparable(review)
                if earlier is None:
                    added += 1
                else:
                    replaced += 1
        return added, unchanged, replaced

    def _live_levels(self, connection: sqlite3.Connection, replies: set[int]) -> dict[tuple[int, int], _Said]:
        live: dict[tuple[int, int], _Said] = {}
        wanted = list(replies)
        for start in range(0, len(wanted), 500):
            marks = ",".join(map(str, wanted[start : start + 500]))
            condition = f"r.retired_at IS NULL AND r.reply_id IN ({marks})"
            for stored, reviewer in self._read(connection, condition, ()):
                live[stored.review.reply_id, reviewer] = _comparable(stored.review)
        return live

    def _insert(
        self,
        connection: sqlite3.Connection,
        review: Review,
        reviewer: int,
        scorecard_id: int,
        version_id: int | None,
    ) -> int:
        at = to_ms(review.submitted_at) if review.submitted_at else now_ms()
        quality = None
        if review.verdict is Verdict.SCORED:
            quality = self._scorecards.get(scorecard_id).reply_score(review.positions)
        # retire first: only one live review of a reviewer may exist at any moment
        earlier = _retire(connection, review.reply_id, reviewer, "")
        cursor = connection.execute(
            "INSERT INTO reviews (reply_id, reviewer_id, scorecard_id, verdict, source, quality, comment, better_reply,"
            " seconds, shown_id, version_id, submitted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                review.reply_id,
                reviewer,
                scorecard_id,
                review.verdict.value,
                review.source.value,
                quality,
                review.comment,
                review.better_reply,
                review.seconds,
                review.shown_id,
                version_id,
                at,
            ),
        )
        number = cursor.lastrowid
        assert number is not None
        if earlier:
            connection.execute(
                "UPDATE reviews SET retired_because = ? WHERE id = ?", (f"replaced by {number}", earlier)
            )
        connection.executemany(
            "INSERT INTO review_levels (review_id, criterion_id, position) VALUES (?, ?, ?)",
            [(number, self._scorecards.criterion_id(key), position) for key, position in review.positions.items()],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO review_causes (review_id, cause) VALUES (?, ?)",
            [(number, cause) for cause in review.root_causes],
        )
        return number

    # -- drafts

    def save_draft(self, reply_id: int, reviewer: str, payload: Mapping[str, Any]) -> None:
        """Keep an unfinished review, so that a crash loses no key stroke."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO drafts (reply_id, reviewer_id, payload, updated_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET payload = excluded.payload, updated_at = excluded.updated_at",
                (
                    reply_id,
                    _reviewer_id(connection, reviewer),
                    json.dumps(dict(payload), ensure_ascii=False),
                    now_ms(),
                ),
            )

    def drop_draft(self, reply_id: int, reviewer: str) -> None:
        """Forget an unfinished review."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM drafts WHERE reply_id = ? AND reviewer_id = ?",
                (reply_id, _reviewer_id(connection, reviewer)),
            )

    def draft(self, reply_id: int, reviewer: str) -> dict[str, Any] | None:
        """The unfinished review of a reply, None when there is none."""
        row = (
            self._database.connection()
            .execute(
                "SELECT d.payload FROM drafts d JOIN reviewers p ON p.id = d.reviewer_id"
                " WHERE d.reply_id = ? AND p.name = ?",
                (reply_id, reviewer),
            )
            .fetchone()
        )
        return json.loads(row[0]) if row else None

    def newest_draft(self, reviewer: str) -> int | None:
        """The reply whose draft a reviewer touched last: where to go on after a crash."""
        row = (
            self._database.connection()
            .execute(
                "SELECT d.reply_id FROM drafts d JOIN reviewers p ON p.id = d.reviewer_id WHERE p.name = ?"
                " ORDER BY d.updated_at DESC LIMIT 1",
                (reviewer,),
            )
            .fetchone()
        )
        return int(row[0]) if row else None

    # -- what the queue showed

    def record_shown(self, reply_id: int, reviewer: str, shown: Shown, version_id: int | None) -> int:
        """Record that and why a reply was shown; returns the record's number."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO shown_items (reply_id, reviewer_id, strategy, reason, detail, probability, version_id,"
                " shown_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    reply_id,
                    _reviewer_id(connection, reviewer),
                    shown.strategy,
                    shown.reason,
                    json.dumps(dict(shown.detail), ensure_ascii=False),
                    shown.probability,
                    version_id,
                    now_ms(),
                ),
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    # -- reading

    def live(self, reply_id: int, reviewer: str | None = None) -> list[StoredReview]:
        """The live reviews of a reply, newest first, of one reviewer or of all."""
        condition, values = "r.retired_at IS NULL AND r.reply_id = ?", [reply_id]
        if reviewer is not None:
            return [s for s in self.live(reply_id) if s.review.reviewer == reviewer]
        return [stored for stored, _ in self._read(self._database.connection(), condition, values)]

    def history(self, reply_id: int) -> list[tuple[StoredReview, str | None]]:
        """All reviews of a reply, newest first, each with why it was retired (None: live)."""
        connection = self._database.connection()
        reasons = dict(
            connection.execute("SELECT id, retired_because FROM reviews WHERE reply_id = ?", (reply_id,)).fetchall()
        )
        return [(s, reasons[s.id]) for s, _ in self._read(connection, "r.reply_id = ?", [reply_id])]

    def with_verdict(self, verdict: Verdict, limit: int = 500) -> list[StoredReview]:
        """Live reviews with one verdict, newest first: the lists of skipped, flagged and later."""
        condition = "r.retired_at IS NULL AND r.verdict = ?"
        return [s for s, _ in self._read(self._database.connection(), condition, [verdict.value], limit)]

    def counts(self) -> dict[Verdict, int]:
        """Replies by live verdict."""
        rows = self._database.connection().execute(
            "SELECT verdict, count(DISTINCT reply_id) FROM reviews WHERE retired_at IS NULL GROUP BY verdict"
        )
        found = {Verdict(row[0]): int(row[1]) for row in rows}
        return {verdict: found.get(verdict, 0) for verdict in Verdict}

    def reviewed_reply_ids(self) -> set[int]:
        """Replies with any live verdict."""
        rows = self._database.connection().execute("SELECT DISTINCT reply_id FROM reviews WHERE retired_at IS NULL")
        return {row[0] for row in rows}

    def labels(self) -> list[LabelledReply]:
        """What training sees: for each reply and criterion how many reviewers chose each level.

        Only levels given under the current scorecard's key count, and only criteria it still has.
        """
        current = self._scorecards.current()
        sizes = {c.key: len(c.levels) for c in current.criteria}
        names = {self._scorecards.criterion_id(key): key for key in sizes}
        rows = self._database.connection().execute(
            """SELECT r.reply_id, c.source_id, l.criterion_id, l.position, count(*), max(r.submitted_at)
               FROM reviews r JOIN review_levels l ON l.review_id = r.id JOIN messages m ON m.id = r.reply_id
               JOIN conversations c ON c.id = m.conversation_id
               WHERE r.retired_at IS NULL AND r.verdict = 'scored' AND l.position >= 0
               GROUP BY r.reply_id, l.criterion_id, l.position ORDER BY r.reply_id"""
        )
        counts: dict[int, dict[str, list[int]]] = defaultdict(dict)
        about: dict[int, tuple[str, int]] = {}
        for reply_id, conversation, criterion_id, position, number, at in rows:
            key = names.get(criterion_id)
            if key is None or position >= sizes[key]:
                continue
            counts[reply_id].setdefault(key, [0] * sizes[key])[position] += number
            about[reply_id] = (conversation, max(at, about.get(reply_id, ("", 0))[1]))
        return [
            LabelledReply(
                reply_id,
                about[reply_id][0],
                {k: tuple(v) for k, v in by_key.items()},
                about[reply_id][1] / 1000,
            )
            for reply_id, by_key in counts.items()
        ]

    def _read(
        self, connection: sqlite3.Connection, condition: str, values: Iterable[object], limit: int = -1
    ) -> list[tuple[StoredReview, int]]:
        rows = connection.execute(
            f"""SELECT r.*, p.name AS reviewer,
                       (SELECT json_group_object(c.key, l.position) FROM review_levels l
                        JOIN criteria c ON c.id = l.criterion_id WHERE l.review_id = r.id) AS levels,
                       (SELECT json_group_array(cause) FROM review_causes x WHERE x.review_id = r.id) AS causes
                FROM reviews r JOIN reviewers p ON p.id = r.reviewer_id WHERE {condition}
                ORDER BY r.submitted_at DESC, r.id DESC LIMIT ?""",
            (*values, limit),
        ).fetchall()
        return [(_stored(row), row["reviewer_id"]) for row in rows]


def _reviewer_id(connection: sqlite3.Connection, name: str) -> int:
    connection.execute("INSERT OR IGNORE INTO reviewers (name) VALUES (?)", (name,))
    return int(connection.execute("SELECT id FROM reviewers WHERE name = ?", (name,)).fetchone()[0])


def _retire(
    connection: sqlite3.Connection, reply_id: int, reviewer: int, because: str, exclude: int = -1
) -> int | None:
    row = connection.execute(
        "SELECT id FROM reviews WHERE reply_id = ? AND reviewer_id = ? AND retired_at IS NULL AND id <> ?",
        (reply_id, reviewer, exclude),
    ).fetchone()
    if row is None:
        return None
    connection.execute(
        "UPDATE reviews SET retired_at = ?, retired_because = ? WHERE id = ?", (now_ms(), because, row[0])
    )
    return int(row[0])


_Said = tuple[Verdict, dict[str, int], str, str, tuple[str, ...]]


def _comparable(review: Review) -> _Said:
    causes = tuple(sorted(review.root_causes))
    return review.verdict, dict(review.positions), review.comment, review.better_reply, causes


def _adds_nothing(earlier: _Said, review: Review) -> bool:
    """Whether a file repeats what is known, or would put a mere status in the place of levels."""
    downgrade = earlier[0] is Verdict.SCORED and review.verdict is not Verdict.SCORED
    return downgrade or earlier == _comparable(review)


def _stored(row: sqlite3.Row) -> StoredReview:
    return StoredReview(
        id=row["id"],
        review=Review(
            reply_id=row["reply_id"],
            reviewer=row["reviewer"],
            verdict=Verdict(row["verdict"]),
            positions={key: int(position) for key, position in json.loads(row["levels"]).items()},
            comment=row["comment"],
            better_reply=row["better_reply"],
            root_causes=tuple(json.loads(row["causes"])),
            source=ReviewSource(row["source"]),
            submitted_at=from_ms(row["submitted_at"]),
            seconds=row["seconds"],
            shown_id=row["shown_id"],
        ),
        quality=row["quality"],
        scorecard_id=row["scorecard_id"],
    )
