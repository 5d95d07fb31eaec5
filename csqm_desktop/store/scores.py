"""Scores of replies by version, the review queue's order, and the rollups that follow from them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.score import Score
from csqm_desktop.domain.score_columns import Floats, ScoreColumns, pack, unpack
from csqm_desktop.store import rollups, score_blocks, score_rows
from csqm_desktop.store.clock import from_ms, now_ms
from csqm_desktop.store.database import Database
from csqm_desktop.store.score_blocks import Asked, Block
from csqm_desktop.store.scorecards import ScorecardStore

CHUNK = 2000
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
_CERTAIN = 255


@dataclass(frozen=True, slots=True)
class StoredScore:
    """A score with what the store knows about it; ``stale`` when another version is active now."""

    score: Score
    scored_at: float  # unix seconds
    stale: bool
    disagreement: Mapping[str, float] = field(default_factory=dict)  # by criterion: chance that two people disagree


class ScoreStore:
    """Reads and writes scores. A version's columns are those of the scorecard it was trained for."""

    def __init__(self, database: Database, scorecards: ScorecardStore) -> None:
        self._database = database
        self._scorecards = scorecards
        self._columns: dict[int, tuple[str, ScoreColumns, list[int]]] = {}

    # -- versions

    def version_id(self, key: str) -> int | None:
        """The number of a version, None when it never scored anything here."""
        row = self._database.connection().execute("SELECT id FROM versions WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def register_version(self, key: str, scorecard_id: int) -> int:
        """The number of a version, made when new."""
        known = self.version_id(key)
        if known is not None:
            return known
        columns = ScoreColumns(self._scorecards.get(scorecard_id))
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO versions (key, scorecard_id, columns, created_at) VALUES (?, ?, ?, ?)",
                (key, scorecard_id, columns.to_json(), now_ms()),
            )
        found = self.version_id(key)
        assert found is not None
        return found

    def columns(self, version_id: int) -> ScoreColumns:
        """The layout of a version's probabilities."""
        return self._version(version_id)[1]

    def _version(self, version_id: int) -> tuple[str, ScoreColumns, list[int]]:
        known = self._columns.get(version_id)
        if known is None:
            row = (
                self._database.connection()
                .execute("SELECT key, scorecard_id FROM versions WHERE id = ?", (version_id,))
                .fetchone()
            )
            columns = ScoreColumns(self._scorecards.get(row["scorecard_id"]))
            ids = [self._scorecards.criterion_id(key) for key in columns.keys]
            known = self._columns[version_id] = (row["key"], columns, ids)
        return known

    # -- writing

    def write(
        self, version_id: int, reply_ids: Sequence[int], probabilities: Floats, disagreement: Bytes | None = None
    ) -> None:
        """Store (n, L) probabilities; a reply that this version has scored before is replaced.

        ``disagreement`` (n, K): how likely two people would disagree on each criterion, 255 for certain.

        Replies that have been deleted meanwhile are passed over.
        """
        self.write_packed(version_id, reply_ids, np.frombuffer(pack(probabilities), dtype="<u2"), disagreement)

    def write_packed(
        self,
        version_id: int,
        reply_ids: Sequence[int] | Ints,
        packed: NDArray[np.uint16],
        disagreement: Bytes | None = None,
    ) -> None:
        """Like ``write``, with probabilities as ``score_columns.pack`` makes them, flat or (n, L)."""
        with self._database.transaction():
            self.write_block(self.prepare(Asked(version_id, reply_ids, packed, disagreement), 0), fresh=True)

    def prepare(self, asked: Asked, state: int) -> Block:
        """Get scores ready for ``write_block``; ``state`` is the writing thread's ``data_version`` from before.

        May run in a thread of its own, while another one writes.
        """
        _, columns, criterion_ids = self._version(asked.version_id)
        return score_blocks.prepare(self._database.connection(), columns, criterion_ids, asked, state)

    def write_block(self, block: Block, fresh: bool = False) -> None:
        """Store what was prepared in one transaction: a million replies go in blocks.

        It is prepared once more when somebody has written since, unless it is known to be ``fresh``.
        """
        version_id = block.asked.version_id
        with self._database.transaction() as connection:
            if not fresh and self._database.data_version() != block.state:
                block = self.prepare(block.asked, block.state)
            if not len(block.ids):
                return
            self._replace(connection, version_id, block.ids)
            doubtful = np.asarray(self._version(version_id)[2])[block.figures.doubtful]
            score_rows.insert(
                connection, version_id, block.ids, block.figures, doubtful, now_ms(), block.packed, block.disagreement
            )
            rollups.add(connection, version_id, block.sums)

    def _replace(self, connection: sqlite3.Connection, version_id: int, ids: Ints) -> None:
        """Take away what this version said of ``ids`` before; mostly nothing, which one look tells."""
        some = connection.execute(
            "SELECT 1 FROM scores WHERE version_id = ? AND reply_id BETWEEN ? AND ? LIMIT 1",
            (version_id, int(ids.min()), int(ids.max())),
        ).fetchone()
        for start in range(0, len(ids) if some else 0, CHUNK):
            self._take_away(connection, version_id, ids[start : start + CHUNK].tolist())

    def forget(self, reply_ids: Sequence[int]) -> None:
        """Delete the scores of replies by all versions, e.g. because their text changed."""
        with self._database.transaction() as connection:
            for row in connection.execute("SELECT id FROM versions").fetchall():
                for start in range(0, len(reply_ids), CHUNK):
                    self._take_away(connection, row[0], reply_ids[start : start + CHUNK])
            connection.executemany("INSERT INTO changed_inputs (reply_id) VALUES (?)", ((i,) for i in reply_ids))

    def changed_inputs(self) -> tuple[int, Ints]:
        """How many changes there have been, and (m, 2) of reply and number of its last one.

        Whoever keeps something made from a reply's input notes the count before reading it; it holds as long as no
        change of that reply has a higher number.
        """
        connection = self._database.connection()
        known = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changed_inputs'").fetchone()
        rows = connection.execute("SELECT reply_id, max(seq) FROM changed_inputs GROUP BY reply_id").fetchall()
        return (known[0] if known else 0), np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 2)

    def _take_away(self, connection: sqlite3.Connection, version_id: int, reply_ids: Sequence[int]) -> None:
        marks = ",".join(map(str, reply_ids))
        rows = connection.execute(
            f"SELECT reply_id, probabilities FROM scores WHERE version_id = {version_id} AND reply_id IN ({marks})"
        ).fetchall()
        if not rows:
            return
        _, columns, criterion_ids = self._version(version_id)
        ids = [row[0] for row in rows]
        old = columns.figures(unpack(b"".join(row[1] for row in rows), columns.width))
        _, where = rollups.facets(connection, ids)
        gone = rollups.sums(criterion_ids, where, old, columns.scorecard.pass_line, sign=-1)
        rollups.add(connection, version_id, gone)
        marks = ",".join(map(str, ids))
        connection.execute(f"DELETE FROM scores WHERE version_id = {version_id} AND reply_id IN ({marks})")

    def rebuild_rollups(self, version_id: int) -> None:
        """Recompute a version's rollups from its scores."""
        _, columns, criterion_ids = self._version(version_id)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM rollups WHERE version_id = ?", (version_id,))
            for ids, probabilities in self.read_all(version_id):
                figures = columns.figures(probabilities)
                _, where = rollups.facets(connection, ids)
                found = rollups.sums(criterion_ids, where, figures, columns.scorecard.pass_line)
                rollups.add(connection, version_id, found)

    # -- reading

    def read_all(self, version_id: int, chunk: int = 20_000) -> Iterator[tuple[list[int], Floats]]:
        """All scores of a version in order of reply id, in chunks of ids and (n, L) probabilities."""
        columns = self.columns(version_id)
        after = -1
        while True:
            rows = (
                self._database.connection()
                .execute(
                    "SELECT reply_id, probabilities FROM scores WHERE version_id = ? AND reply_id > ?"
                    " ORDER BY reply_id LIMIT ?",
                    (version_id, after, chunk),
                )
                .fetchall()
            )
            if not rows:
                return
            yield [row[0] for row in rows], unpack(b"".join(row[1] for row in rows), columns.width)
            after = rows[-1][0]

    def scored_before(self, version_id: int) -> str | None:
        """The newest version before this one that has scores here."""
        row = (
            self._database.connection()
            .execute(
                "SELECT key FROM versions v WHERE id < ? AND EXISTS (SELECT 1 FROM scores WHERE version_id = v.id)"
                " ORDER BY id DESC LIMIT 1",
                (version_id,),
            )
            .fetchone()
        )
        return str(row[0]) if row else None

    def pairs(self, old: int, new: int, chunk: int = 20_000) -> Iterator[tuple[list[int], bytes, bytes]]:
        """Replies that two versions have scored, with the packed probabilities of each, in order of reply id."""
        after = -1
        while True:
            rows = (
                self._database.connection()
                .execute(
                    "SELECT a.reply_id, a.probabilities, b.probabilities FROM scores a JOIN scores b"
                    " ON b.version_id = ? AND b.reply_id = a.reply_id WHERE a.version_id = ? AND a.reply_id > ?"
                    " ORDER BY a.reply_id LIMIT ?",
                    (new, old, after, chunk),
                )
                .fetchall()
            )
            if not rows:
                return
            yield [row[0] for row in rows], b"".join(row[1] for row in rows), b"".join(row[2] for row in rows)
            after = rows[-1][0]

    def senders(self, reply_ids: Sequence[int]) -> list[tuple[str, int]]:
        """Who sent these replies, and how many of them, most first."""
        counts: Counter[str] = Counter()
        for start in range(0, len(reply_ids), CHUNK):
            marks = ",".join(map(str, reply_ids[start : start + CHUNK]))
            query = f"SELECT sender, count(*) FROM messages WHERE id IN ({marks}) GROUP BY sender"
            counts.update(dict(tuple(row) for row in self._database.connection().execute(query)))
        return counts.most_common()

    def get(self, reply_id: int, active_version: str | None) -> StoredScore | None:
        """The score that counts: by the active version, else the newest by any other, marked stale."""
        rows = (
            self._database.connection()
            .execute(
                "SELECT s.version_id, s.probabilities, s.disagreement, s.scored_at, v.key FROM scores s JOIN versions v"
                " ON v.id = s.version_id WHERE s.version_id IN (SELECT id FROM versions) AND s.reply_id = ?"
                " ORDER BY v.key = ? DESC, s.scored_at DESC, s.version_id DESC"
                " LIMIT 1",
                (reply_id, active_version),
            )
            .fetchall()
        )
        if not rows:
            return None
        row = rows[0]
        columns = self.columns(row["version_id"])
        score = columns.score(reply_id, row["key"], unpack(row["probabilities"], columns.width)[0])
        differ = _shares(columns, row["disagreement"])
        return StoredScore(score, from_ms(row["scored_at"]).timestamp(), row["key"] != active_version, differ)

    def disagreements(self, version_id: int, reply_ids: Sequence[int]) -> dict[int, dict[str, float]]:
        """By reply and criterion the chance that two people would disagree; replies without it are left out."""
        columns = self.columns(version_id)
        found: dict[int, dict[str, float]] = {}
        for start in range(0, len(reply_ids), CHUNK):
            marks = ",".join(map(str, reply_ids[start : start + CHUNK]))
            for row in self._database.connection().execute(
                "SELECT reply_id, disagreement FROM scores WHERE version_id = ? AND disagreement IS NOT NULL"
                f" AND reply_id IN ({marks})",
                (version_id,),
            ):
                found[row[0]] = _shares(columns, row[1])
        return found

    def scores_of(self, version_id: int, reply_ids: Sequence[int]) -> dict[int, Score]:
        """Scores of some replies by one version."""
        name, columns, _ = self._version(version_id)
        found: dict[int, Score] = {}
        for start in range(0, len(reply_ids), CHUNK):
            marks = ",".join(map(str, reply_ids[start : start + CHUNK]))
            for row in self._database.connection().execute(
                f"SELECT reply_id, probabilities FROM scores WHERE version_id = ? AND reply_id IN ({marks})",
                (version_id,),
            ):
                found[row[0]] = columns.score(row[0], name, unpack(row[1], columns.width)[0])
        return found

    def scored_at(self, version_id: int, reply_ids: Sequence[int]) -> dict[int, int]:
        """When a version scored some replies, in ms."""
        marks = ",".join(map(str, reply_ids))
        rows = self._database.connection().execute(
            f"SELECT reply_id, scored_at FROM scores WHERE version_id = ? AND reply_id IN ({marks})", (version_id,)
        )
        return {row[0]: row[1] for row in rows}

    def unscored(self, version_id: int) -> list[int]:
        """Replies without a score by this version, oldest day first."""
        connection = self._database.connection()
        none = connection.execute("SELECT 1 FROM scores WHERE version_id = ? LIMIT 1", (version_id,)).fetchone() is None
        new = " AND NOT EXISTS (SELECT 1 FROM scores s WHERE s.version_id = ? AND s.reply_id = m.id)"
        # as one text: a million rows take four times as long
        query = f"SELECT id FROM messages m WHERE is_reply = 1{'' if none else new} ORDER BY day, id"
        row = connection.execute(f"SELECT group_concat(id) FROM ({query})", () if none else (version_id,)).fetchone()
        found: list[int] = np.fromstring(row[0] or "", dtype=np.int64, sep=",").tolist()
        return found

    def unscored_of(self, version_id: int, conversations: Iterable[str]) -> list[int]:
        """Replies without a score by this version in conversations named by their source's ids."""
        rows = self._database.connection().execute(
            "SELECT m.id FROM conversations c JOIN messages m ON m.conversation_id = c.id AND m.is_reply = 1"
            " WHERE c.source_id IN (SELECT value FROM json_each(?)) AND NOT EXISTS"
            " (SELECT 1 FROM scores s WHERE s.version_id = ? AND s.reply_id = m.id) ORDER BY m.id",
            (json.dumps(list(conversations)), version_id),
        )
        return [row[0] for row in rows]

    def any_by(self, version_id: int) -> bool:
        """Whether a version has scored anything."""
        rows = self._database.connection().execute("SELECT 1 FROM scores WHERE version_id = ? LIMIT 1", (version_id,))
        return rows.fetchone() is not None

    def count(self, version_id: int) -> int:
        """How many replies a version has scored."""
        row = (
            self._database.connection()
            .execute("SELECT count(*) FROM scores WHERE version_id = ?", (version_id,))
            .fetchone()
        )
        return int(row[0])

    def unreviewed(
        self, version_id: int, limit: int | None = None, exclude: Iterable[int] = ()
    ) -> tuple[list[int], Floats]:
        """Scored replies that nobody has reviewed, least confident first: ids and (n, L) probabilities."""
        connection = self._database.connection()
        left_out = set(exclude)
        most = -1
        if limit is not None:
            # as many more as may fall away below: picking the lowest of all is quick, asking for all is not
            most = limit + len(left_out) + self._reviewed(connection)
        rows = connection.execute(
            f"""SELECT reply_id, probabilities FROM
                (SELECT reply_id, confidence, probabilities FROM scores WHERE version_id = ?
                ORDER BY confidence, reply_id LIMIT ?) s
            WHERE reply_id NOT IN ({",".join(map(str, left_out))}) AND NOT EXISTS
                (SELECT 1 FROM reviews r WHERE r.reply_id = s.reply_id AND r.retired_at IS NULL)
            ORDER BY confidence, reply_id LIMIT ?""",
            (version_id, most, -1 if limit is None else limit),
        ).fetchall()
        width = self.columns(version_id).width
        if not rows:
            return [], np.empty((0, width))
        return [row[0] for row in rows], unpack(b"".join(row[1] for row in rows), width)

    @staticmethod
    def _reviewed(connection: sqlite3.Connection) -> int:
        query = "SELECT count(DISTINCT reply_id) FROM reviews WHERE retired_at IS NULL"
        return int(connection.execute(query).fetchone()[0])


def _shares(columns: ScoreColumns, data: bytes | None) -> dict[str, float]:
    return {key: byte / _CERTAIN for key, byte in zip(columns.keys, data or b"", strict=False)}
