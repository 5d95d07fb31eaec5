"""The gate lets an equal or better candidate in, keeps a worse one out, and says when it cannot know."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.domain.gate_reasons import REASONS, sentence
from csqm_desktop.training.gate import Comparison, judge, paired
from csqm_desktop.training.metrics import Judged, headline

LEVELS = 3


def truth_and(rows: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.choice(LEVELS, rows, p=[0.2, 0.6, 0.2]), np.arange(rows) // 3


def predictions(truth: np.ndarray, accuracy: float, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    said = np.where(rng.random(len(truth)) < accuracy, truth, (truth + 1) % LEVELS)
    return 0.7 * np.eye(LEVELS)[said] + 0.1


def compare(candidate: np.ndarray, active: np.ndarray, truth: np.ndarray, groups: np.ndarray, **facts) -> Comparison:
    return Comparison("tone", candidate, active, truth, groups, **facts)


def codes(verdict) -> list[str]:
    return [reason["code"] for reason in verdict.reasons]


def test_an_equal_candidate_passes():
    truth, groups = truth_and(300)
    same = predictions(truth, 0.8, 1)
    verdict = judge([compare(same, same, truth, groups)])
    assert verdict.verdict == "passed"
    assert codes(verdict) == ["not_worse"]


def test_a_sabotaged_candidate_is_refused_with_figures():
    truth, groups = truth_and(300)
    verdict = judge([compare(predictions(truth, 0.5, 1), predictions(truth, 0.8, 2), truth, groups)])
    assert verdict.verdict == "failed"
    assert not verdict.passed
    assert set(codes(verdict)) == {"worse"}
    assert {r["values"]["figure"] for r in verdict.reasons} >= {"accuracy", "macro_f1"}
    assert all("went from" in sentence(reason) for reason in verdict.reasons)


def test_confident_nonsense_fails_by_its_loss_although_the_levels_are_right():
    truth, groups = truth_and(300)
    honest = predictions(truth, 0.8, 1)
    loud = honest**8 / (honest**8).sum(axis=1, keepdims=True)
    verdict = judge([compare(loud, honest, truth, groups)])
    assert verdict.verdict == "failed"
    assert [r["values"]["figure"] for r in verdict.reasons] == ["log_loss"]


def test_few_replies_pass_unproven_and_say_so():
    truth, groups = truth_and(20)
    verdict = judge([compare(predictions(truth, 0.75, 1), predictions(truth, 0.75, 1), truth, groups)])
    assert verdict.verdict == "passed_unproven"
    assert verdict.passed
    assert verdict.reasons[0]["values"]["n"] == 20


def test_few_replies_still_refuse_what_is_clearly_broken():
    truth, groups = truth_and(30)
    verdict = judge([compare(predictions(truth, 0.0, 1), predictions(truth, 1.0, 1), truth, groups)])
    assert verdict.verdict == "failed"


def test_a_slice_that_suffers_is_named_although_the_whole_is_better():
    truth, groups = truth_and(600)
    english = np.arange(600) < 150
    candidate, active = predictions(truth, 0.9, 1), predictions(truth, 0.75, 2)
    candidate[english] = predictions(truth[english], 0.5, 3)
    slices = {"language": ["en" if e else "zh" for e in english], "channel": ["web"] * 600}
    verdict = judge([compare(candidate, active, truth, groups, slices=slices)])
    assert verdict.verdict == "failed"
    assert {(r["values"]["dimension"], r["values"]["value"]) for r in verdict.reasons} == {("language", "en")}


def test_no_holdout_at_all_is_said():
    verdict = judge([compare(np.empty((0, 3)), np.empty((0, 3)), np.empty(0, dtype=int), np.empty(0, dtype=int))])
    assert verdict.verdict == "passed_unproven"
    assert codes(verdict) == ["no_holdout"]


def test_a_criterion_that_would_be_lost_fails_and_an_untrained_one_is_named():
    truth, groups = truth_and(300)
    same = predictions(truth, 0.8, 1)
    fine = compare(same, same, truth, groups)
    assert judge([fine], untrained=["legal"]).verdict == "passed"
    lost = judge([fine], untrained=["legal"], lost=["legal"])
    assert lost.verdict == "failed"
    assert codes(lost) == ["not_worse", "criterion_lost"]


def test_figures_are_those_of_the_metrics_and_the_interval_holds_the_difference():
    truth, groups = truth_and(200, 5)
    candidate, active = predictions(truth, 0.7, 1), predictions(truth, 0.8, 2)
    found = paired(candidate, active, truth, groups)
    whole = headline(Judged(candidate, candidate, np.eye(LEVELS)[truth], groups))
    for name in ("accuracy", "macro_f1", "log_loss"):
        assert found[name]["candidate"] == pytest.approx(whole[name])
        assert found[name]["low"] <= found[name]["worse_by"] <= found[name]["high"]


def test_an_equal_candidate_is_rarely_refused():
    refused = 0
    for seed in range(25):
        truth, groups = truth_and(200, seed)
        verdict = judge(
            [compare(predictions(truth, 0.8, 100 + seed), predictions(truth, 0.8, 200 + seed), truth, groups)]
        )
        refused += not verdict.passed
    assert refused <= 8  # three figures at 90 %; a refusal keeps the old version and costs nothing else


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_has_a_sentence_for_its_values(code):
    values = {
        "criterion": "tone", "against": "prior", "n": 3, "need": 50, "figure": "accuracy", "candidate": 0.5,
        "active": 0.6, "certainty": 0.95, "dimension": "language", "value": "en",
    }  # fmt: skip
    text = sentence({"code": code, "values": values})
    assert "tone" in text
    assert "{" not in text
    assert sentence({"code": "from_the_future"}) == "from_the_future"
