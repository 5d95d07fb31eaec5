"""Shared figures: two releases differ, the ledger adds up, what is known is checked."""

import csv

import pytest

from csqm_desktop.analytics.private import Terms
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.private_trend import Asked, PrivateTrend
from tests import builders
from tests.builders import message, review

TERMS = Terms(2.0, smallest=10)


@pytest.fixture
def workspace(tmp_path):
    chats = [message(m, f"c{c}", sender=f"buyer {c}" if m % 2 else "Li") for c in range(150) for m in (1, 2)]
    made = builders.workspace(tmp_path / "w", *chats)
    builders.random_scores(made)
    builders.fake_version(made, "v1")
    yield made
    made.close()


def run(workspace, asked=None, **options):
    return execute(PrivateTrend(workspace, asked or Asked(), TERMS, **options), SilentContext())


def test_two_seeds_give_two_releases_and_no_seed_is_ever_the_same(workspace):
    first, second = run(workspace, seed=1), run(workspace, seed=2)
    assert first.points != second.points
    assert run(workspace, seed=1).points == first.points
    assert run(workspace).points != run(workspace).points


def test_the_ledger_adds_up(workspace):
    assert [run(workspace).spent for _ in range(3)] == [2.0, 4.0, 6.0]
    assert sum(entry.epsilon for entry in workspace.privacy_ledger.entries()) == workspace.privacy_ledger.spent() == 6.0
    actions = workspace.database.connection().execute("SELECT action FROM audit_log").fetchall()
    assert [row[0] for row in actions] == ["private_release"] * 3


@pytest.mark.parametrize("criterion", [None, "tone"])
@pytest.mark.parametrize("source", ["model", "people"])
def test_figures_are_near_the_true_ones(workspace, source, criterion):
    for reply in workspace.conversations.all_reply_ids():
        workspace.reviews.submit(review(reply, tone=1))
    point = run(workspace, Asked("month", criterion, "all", source), seed=5).points[0]
    assert abs(point.n - 150) <= 2 * point.n_noise
    if (source, criterion) == ("people", "tone"):
        assert abs(point.mean - 0.5) <= 2 * point.mean_noise


def test_it_is_written_with_its_cost(workspace, tmp_path):
    result = run(workspace, Asked(group_by="role"), out=tmp_path / "shared.csv")
    rows = list(csv.DictReader((tmp_path / "shared.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["group"], int(row["n"]), row["epsilon"]) for row in rows] == [
        (point.group, point.n, "2.0") for point in result.points
    ]


@pytest.mark.parametrize(
    ("asked", "terms", "code"),
    [
        (Asked(), Terms(0.0001), "private_epsilon"),
        (Asked(group_by="topic"), TERMS, "field_unknown"),
        (Asked(criterion="speed"), TERMS, "criterion_unknown"),
    ],
)
def test_what_makes_no_sense_is_refused_before_it_costs(workspace, asked, terms, code):
    with pytest.raises(CsqmError) as caught:
        execute(PrivateTrend(workspace, asked, terms), SilentContext())
    assert caught.value.code == code
    assert workspace.privacy_ledger.spent() == 0
