"""What is printed of a version's figures: main ones after a training, each level's, old and new side by side."""

import pytest

from csqm_desktop.cli import reports, training
from csqm_desktop.jobs.protocol import criteria_records
from csqm_desktop.jobs.train_model import TrainResult
from csqm_desktop.registry.versions import Card
from tests import builders

LEVEL = {"precision": 0.75, "recall": 0.5, "f1": 0.6, "support": 4.0}
FOUR = {"accuracy": 0.8, "macro_precision": 0.71, "macro_recall": 0.72, "macro_f1": 0.73}
FIGURES = {"n": 12, **FOUR, "qwk": 0.66, "mae": 0.21, "auroc_failing": 0.9, "rnss": 0.1, "classes": [LEVEL] * 3}
DIFFERENCES = {"tone": {"accuracy": {"active": 0.7, "candidate": 0.8}, "macro_f1": {"active": 0.6, "candidate": 0.73}}}
REASON = {"code": "not_worse", "values": {"criterion": "tone", "n": 12, "against": "active"}}


def version(scorecard, name="v2", **facts):
    gate = {"verdict": "passed", "reasons": [REASON], "differences": DIFFERENCES}
    metrics = {"criteria": {"tone": FIGURES}}
    return Card(name, "head", "base", criteria_records(scorecard), **({"gate": gate, "metrics": metrics} | facts))


@pytest.fixture
def card():
    return builders.scorecard(builders.criterion("tone"))


def test_a_training_prints_its_main_figures_and_each_level(csqm, tmp_path, card, monkeypatch):
    builders.workspace(tmp_path / "w", card=card).close()
    result = TrainResult("v2", True, "passed", [], 1.0, version(card))
    monkeypatch.setattr(training, "run", lambda _job: result)
    code, out, err = csqm("train", "-w", tmp_path / "w")
    assert code == 0, err
    lines = [line.split() for line in out.splitlines()]
    assert ["tone", "12", "0.800", "0.710", "0.720", "0.730"] in lines
    assert ["tone1", "4", "0.750", "0.500", "0.600"] in lines
    assert "tone: accuracy 0.700 → 0.800, macro-F1 0.600 → 0.730 (the active version → this version" in out


def test_many_levels_are_left_to_models_show(capsys, card):
    two = builders.scorecard(builders.criterion("tone"), builders.criterion("care"))
    trained = version(two, metrics={"criteria": {"tone": FIGURES, "care": FIGURES}})
    reports.report_trained(trained, two)
    out = capsys.readouterr().out
    assert "csqm models show" in out
    assert "tone1" not in out
    reports.report_trained(version(card, metrics={}), card)
    assert "no figures yet" in capsys.readouterr().out


def test_a_first_version_is_compared_with_the_most_frequent_level(card):
    (line,) = reports.gate_lines(version(card, gate={"differences": DIFFERENCES}))
    assert "always giving the most frequent level → this version" in line
    (line,) = reports.gate_lines(version(card, gate={"differences": DIFFERENCES}, parent="v1"))
    assert "the active version → this version" in line
    assert reports.gate_lines(version(card, gate={})) == []


def test_figures_that_need_an_order_are_left_out_where_there_is_none(capsys, card):
    classes = builders.scorecard(builders.criterion("tone", ordered=False))
    reports.report_metrics({"criteria": {"tone": FIGURES}}, card)
    with_order = capsys.readouterr().out
    reports.report_metrics({"criteria": {"tone": FIGURES}}, classes)
    without = capsys.readouterr().out
    for name in ("qwk", "mae", "auroc_failing", "rnss"):
        assert name in with_order
        assert name not in without
    for out in (with_order, without):
        assert "macro_f1" in out
        assert "tone2        4      0.750   0.500  0.600" in out


def test_versions_are_listed_with_their_figures(csqm, tmp_path, card):
    space = builders.workspace(tmp_path / "w", card=card)
    metrics = {"criteria": {"tone": FIGURES}}
    builders.fake_version(space, "v1", is_starter=True, metrics=metrics)
    builders.fake_version(space, "v2", metrics=metrics, created_at=1.0)
    space.close()
    starter, own, note = csqm("models", "list", "-w", tmp_path / "w")[1].splitlines()
    assert "macro-F1" not in starter
    assert own.startswith("* v2")
    assert "macro-F1 0.730, accuracy 0.800 on 12 held out" in own
    assert "same ones" in note
    found = csqm("models", "list", "-w", tmp_path / "w", "--json")[1]["versions"]
    assert [(v["accuracy"], v["macro_f1"], v["held_out"]) for v in found] == [(None, None, 0), (0.8, 0.73, 12)]
    code, out, err = csqm("models", "show", "-w", tmp_path / "w")
    assert code == 0, err
    assert "precision  recall     F1" in out
