"""A small workspace with everything that an export can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from csqm_desktop.domain.review import Review, ReviewSource, Verdict
from csqm_desktop.domain.scorecard import RootCause
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.export_data import ExportData
from tests import builders
from tests.builders import dialogues, review, scorecard, text

CARD = replace(scorecard(), root_causes=(RootCause("slow", text("Slow")), RootCause("canned", text("Canned"))))
AT = datetime(2026, 9, 20, 8, 30, 0, 250_000, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path):
    """Three dialogues: reply 2 judged by three people, reply 4 by two who differ, reply 6 flagged, 8 skipped."""
    made = builders.workspace(tmp_path / "w", *dialogues(), card=CARD)
    submit = made.reviews.submit
    submit(review(2, "Wang", 2, 1, comment="=good", root_causes=("slow", "canned"), submitted_at=AT, seconds=4.5))
    submit(review(2, "Li", 2, 1, source=ReviewSource.ACCEPTED, submitted_at=AT))
    submit(review(2, "Ann", 0, 1, better_reply="say\n“sorry”", submitted_at=AT))
    submit(review(4, "Wang", 0, 1, submitted_at=AT))
    submit(review(4, "Li", 1, 1, submitted_at=AT))
    submit(Review(6, "Wang", Verdict.FLAGGED, comment="look", submitted_at=AT))
    submit(Review(8, "Li", Verdict.SKIPPED, submitted_at=AT))
    builders.random_scores(made)
    builders.fake_version(made, "v1")
    yield made
    made.close()


@pytest.fixture
def export(workspace, tmp_path):
    """``export(what, name, …)`` runs the job and returns its result."""

    def run(what, name, **options):
        return execute(ExportData(workspace, what, tmp_path / name, **options), SilentContext())

    return run
