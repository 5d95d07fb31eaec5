"""What the commands around scores print."""

import pytest

from csqm_desktop.cli import reports, scoring, training
from csqm_desktop.domain.evidence import Evidence, Span
from csqm_desktop.domain.review import labels_fingerprint
from csqm_desktop.jobs.score_replies import ScoreResult
from csqm_desktop.jobs.train_model import TrainResult, learned_from_these
from csqm_desktop.jobs.what_moved import Moved, Mover
from csqm_desktop.store.workspace import Workspace
from tests import builders
from tests.builders import dialogues, review


@pytest.fixture
def shop(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues())
    made.reviews.submit(review(2, "Li"))
    made.close()
    return tmp_path / "w"


def trained_on_now(folder, **facts):
    """A version that has learned from just the labels in the workspace."""
    space = Workspace.open(folder)
    builders.fake_version(space, "head-1", label_fingerprint=labels_fingerprint(space.reviews.labels()), **facts)
    space.close()


def test_movers_are_named_as_explain_wants_them(capsys):
    mover = Mover(104, 0.8, 0.23, "c7", "m3")
    reports.report_moved(Moved("one", "two", 5, failing_by_sender=[("", 2)], movers=[mover]))
    out = capsys.readouterr().out
    assert "c7 / m3: 80 to 23" in out
    assert "unnamed 2" in out
    assert "104" not in out


@pytest.mark.parametrize(
    ("starter", "new", "same"), [(False, False, "head-1"), (False, True, None), (True, False, None)]
)
def test_whether_a_training_has_anything_new(shop, starter, new, same):
    trained_on_now(shop, is_starter=starter)
    space = Workspace.open(shop)
    if new:
        space.reviews.submit(review(2, "Wu", tone=0))
    assert learned_from_these(space) == same
    space.close()


def test_train_says_when_nothing_is_new_and_words_the_verdict(shop, csqm, monkeypatch):
    trained_on_now(shop)
    monkeypatch.setattr(training, "run", lambda _job: TrainResult("head-2", True, "passed_unproven"))
    code, out, err = csqm("train", "-w", shop)
    assert code == 0
    assert "passed, proves little yet" in out
    assert "No verdict has changed since head-1" in err


@pytest.mark.parametrize("starter", [True, False])
def test_figures_of_the_starter_version_are_marked(tmp_path, csqm, starter):
    space = builders.workspace(tmp_path / "s", *dialogues())
    builders.random_scores(space, "v1")
    builders.fake_version(space, "v1", is_starter=starter)
    space.close()
    for verb in ("trend", "queue"):
        code, out, err = csqm(verb, "-w", tmp_path / "s")
        assert code == 0, err
        assert ("starter version" in out) is starter
        assert csqm(verb, "-w", tmp_path / "s", "--json")[1]["starter"] is starter


def test_explain_speaks_on_the_same_scale(shop, csqm, monkeypatch):
    trained_on_now(shop, is_starter=True)
    found = Evidence((Span(0, 3, {"tone": -0.05}),), (), "", {"tone": 0.46}, {"asks": {"tone": 0.03}})
    monkeypatch.setattr("csqm_desktop.jobs.explain_reply.explain_reply", lambda *_: found)
    space = Workspace.open(shop)
    pair = space.conversations.source_ids([2])[2]
    space.close()
    code, out, err = csqm("explain", *pair, "-w", shop)
    assert code == 0, err
    assert "from 0 (worst) to 100" in out
    assert "starter version" in out
    assert "tone: 46" in out
    assert "   -5  reply: " in out
    assert "   +3  it asks something" in out


def test_a_trend_says_what_it_is_on_the_scale_of_all_scores(tmp_path, csqm):
    space = builders.workspace(tmp_path / "s", *dialogues())
    builders.random_scores(space, "v1")
    builders.fake_version(space, "v1")
    space.close()
    out = csqm("trend", "-w", tmp_path / "s", "--group-by", "all", "--criterion", "tone")[1].splitlines()
    point = csqm("trend", "-w", tmp_path / "s", "--group-by", "all", "--criterion", "tone", "--json")[1]["points"][0]
    assert out[0] == "Mean score of “tone” from 0 (worst) to 100, by week; scores given by version v1."
    assert "n: replies" in out[1]
    assert "few: too few" in out[1]
    assert f"all          {100 * point['mean']:5.1f}" in out[2]
    assert f"n={point['n']}" in out[2]


def test_a_training_does_not_hide_the_scores_before_it(tmp_path, csqm):
    space = builders.workspace(tmp_path / "s", *dialogues())
    builders.fake_version(space, "v1")
    builders.random_scores(space, "v1")
    builders.fake_version(space, "v2")
    space.close()
    for verb in ("trend", "queue"):
        code, out, err = csqm(verb, "-w", tmp_path / "s")
        assert code == 0, err
        assert out.startswith("v2 is active and has not scored yet (csqm score)")
        assert csqm(verb, "-w", tmp_path / "s", "--json")[1]["unscored"] == "v2"
    assert "scores given by version v1" in csqm("trend", "-w", tmp_path / "s")[1]


def test_an_empty_workspace_is_told_from_one_that_is_done(tmp_path, csqm, monkeypatch):
    builders.workspace(tmp_path / "e").close()
    assert "no replies here yet" in csqm("queue", "-w", tmp_path / "e")[1]
    monkeypatch.setattr(scoring, "run", lambda _job: ScoreResult(0, 0, "v1", 0.1, "cpu"))
    out = csqm("score", "-w", tmp_path / "e")[1]
    assert "no replies here yet" in out
    assert "csqm import FILE" in out
    monkeypatch.setattr(scoring, "run", lambda _job: ScoreResult(0, 7, "v1", 0.1, "cpu"))
    assert "all 7 replies have a score by v1" in csqm("score", "-w", tmp_path / "e")[1]
