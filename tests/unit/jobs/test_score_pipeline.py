"""Blocks of scores are prepared ahead of the write; what changes in between is seen all the same."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from csqm_desktop.jobs.protocol import read_block, write_block
from csqm_desktop.jobs.score_pipeline import ScorePipeline
from csqm_desktop.store.aggregates import Filters
from csqm_desktop.store.score_blocks import Asked
from tests import builders
from tests.builders import dialogues


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues(6, 6))
    yield made
    made.close()


@pytest.fixture
def version(workspace):
    return workspace.scores.register_version("v1", workspace.scorecards.current_id())


@pytest.fixture
def file(workspace, tmp_path):
    """Writes a file with scores of some replies."""
    rng = np.random.default_rng(0)

    def made(ids):
        place = tmp_path / f"{min(ids)}.bin"
        tone, legal = rng.dirichlet(np.ones(3), len(ids)), rng.dirichlet(np.ones(2), len(ids))
        write_block(place, np.array(ids), np.hstack([tone, legal]), rng.integers(0, 256, (len(ids), 2), dtype=np.uint8))
        return place

    return made


def by_sender(workspace, version):
    """Numbers of replies by sender: what the rollups say, and what the rows behind them say."""
    figures = workspace.aggregates
    rows = figures._model_daily_from_rows(version, None, "sender", Filters())
    return tuple(
        sorted((d.day, d.group, d.n, round(d.total, 6)) for d in found if d.n)
        for found in (figures.model_daily(version, None, "sender"), rows)
    )


def test_every_block_is_stored_and_its_file_goes(workspace, version, file):
    ids = workspace.conversations.all_reply_ids()
    places = [file(ids[start : start + 5]) for start in range(0, len(ids), 5)]
    with ScorePipeline(workspace, version) as pipeline:
        for place in places:
            pipeline.put(place)
    assert workspace.scores.unscored(version) == []
    assert not any(place.exists() for place in places)
    assert len(workspace.scores.disagreements(version, ids)) == len(ids)
    rollups, rows = by_sender(workspace, version)
    assert rollups == rows


def test_what_another_connection_changes_meanwhile_counts(workspace, version, file):
    ids = workspace.conversations.all_reply_ids()
    _, packed, differ = read_block(file(ids), 5)
    state = workspace.database.data_version()
    block = workspace.scores.prepare(Asked(version, ids, packed, differ), state)
    other = sqlite3.connect(workspace.database.path)
    with other:
        other.execute("UPDATE messages SET sender = 'somebody new' WHERE id = ?", (ids[0],))
        other.execute("DELETE FROM messages WHERE id = ?", (ids[1],))
    other.close()
    workspace.scores.write_block(block)
    assert set(workspace.scores.scores_of(version, ids)) == set(ids) - {ids[1]}
    rollups, rows = by_sender(workspace, version)
    assert rollups == rows
    assert "somebody new" in {group for _, group, *_ in rollups}


def test_own_commits_leave_a_block_as_it_was_prepared(workspace, version, file, monkeypatch):
    ids = workspace.conversations.all_reply_ids()
    state = workspace.database.data_version()
    block = workspace.scores.prepare(Asked(version, ids[:2], np.zeros((2, 5), dtype="<u2")), state)
    workspace.scores.write(version, ids[2:4], np.full((2, 5), 0.5))
    monkeypatch.setattr(workspace.scores, "prepare", None)
    workspace.scores.write_block(block)
    assert set(workspace.scores.scores_of(version, ids)) == set(ids[:4])


def test_an_error_stores_nothing_more_and_leaves_no_connection(workspace, version, file):
    ids = workspace.conversations.all_reply_ids()
    workspace.database.connection()
    before = len(workspace.database._all)
    places = iter([file(ids[:4]), file(ids[4:8])])

    def fails_at_the_third():
        with ScorePipeline(workspace, version) as pipeline:
            for _ in range(3):
                pipeline.put(next(places))

    with pytest.raises(StopIteration):
        fails_at_the_third()
    assert set(workspace.scores.scores_of(version, ids)) == set(ids[:4])
    assert len(workspace.database._all) == before


def test_what_goes_wrong_while_preparing_is_told(workspace, version, tmp_path):
    with pytest.raises(FileNotFoundError), ScorePipeline(workspace, version) as pipeline:
        pipeline.put(tmp_path / "nothing")
