"""Scores written many at once are those that were given, to the last bit."""

from __future__ import annotations

import sqlite3
from types import SimpleNamespace

import numpy as np
import pytest

from csqm_desktop.domain.score_columns import PROBABILITY_ONE, pack
from csqm_desktop.store import score_rows


@pytest.fixture
def connection():
    made = sqlite3.connect(":memory:")
    made.execute(
        "CREATE TABLE scores (version_id INTEGER, reply_id INTEGER, quality REAL, confidence REAL, doubtful_id INTEGER,"
        " scored_at INTEGER, probabilities BLOB, disagreement BLOB, PRIMARY KEY (version_id, reply_id)) WITHOUT ROWID"
    )
    yield made
    made.close()


def insert(connection, ids, quality, confidence, doubtful, packed, differ=None):
    figures = SimpleNamespace(quality=np.array(quality), confidence=np.array(confidence))
    score_rows.insert(connection, 7, np.array(ids), figures, np.array(doubtful), 1_700, packed, differ)


@pytest.mark.parametrize("differ", [True, False])
def test_rows_are_stored_to_the_last_bit(connection, differ):
    rng = np.random.default_rng(0)
    n = 500
    quality = np.concatenate([[0.0, 1.0, 2**-9, 0.1, np.nextafter(1, 0)], rng.uniform(2**-9, 1, n - 5)])
    confidence = np.concatenate([[0, 1], rng.integers(0, PROBABILITY_ONE, n - 2) / PROBABILITY_ONE])
    ids = np.concatenate([[0, 2**53], rng.permutation(10_000)[: n - 2] + 1])
    doubtful, packed = rng.integers(1, 120, n), pack(rng.random((n, 7)))
    bytes_ = rng.integers(0, 256, (n, 3), dtype=np.uint8).tobytes() if differ else None
    insert(connection, ids, quality, confidence, doubtful, packed, bytes_)
    rows = {row[1]: row for row in connection.execute("SELECT * FROM scores")}
    for i, reply in enumerate(ids.tolist()):
        own = bytes_[3 * i : 3 * i + 3] if bytes_ else None
        at = slice(14 * i, 14 * i + 14)
        assert rows[reply] == (7, reply, quality[i], confidence[i], doubtful[i], 1_700, packed[at], own)
    kinds = "typeof(reply_id), typeof(quality), typeof(confidence), typeof(doubtful_id), typeof(probabilities)"
    query = f"SELECT DISTINCT {kinds} FROM scores"
    assert connection.execute(query).fetchall() == [("integer", "real", "real", "integer", "blob")]


def test_a_very_small_quality_loses_nothing_that_counts(connection):
    insert(connection, [1, 2], [1e-7, 2**-60], [0.0, 0.0], [1, 1], pack(np.zeros((2, 2))))
    found = [row[0] for row in connection.execute("SELECT quality FROM scores ORDER BY reply_id")]
    np.testing.assert_allclose(found, [1e-7, 2**-60], atol=2**-62)


def test_a_second_score_of_a_reply_is_refused(connection):
    insert(connection, [4], [0.5], [1.0], [2], pack(np.ones((1, 2))))
    with pytest.raises(sqlite3.IntegrityError):
        insert(connection, [3, 4], [0.5, 0.5], [1.0, 1.0], [2, 2], pack(np.ones((2, 2))))
    assert connection.execute("SELECT count(*) FROM scores").fetchone() == (1,)
