"""The arithmetic from levels to a reply score: features SC2 and SC3, by hand-computed cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csqm_desktop.domain.score import expected_quality
from csqm_desktop.domain.score_columns import ScoreColumns, pack, unpack
from csqm_desktop.domain.scorecard import NOT_APPLICABLE, LocalizedText
from tests.builders import criterion, scorecard

CARD = scorecard(
    criterion("a", 3, 50), criterion("b", 5, 30), criterion("c", 2, 20, critical=True), criterion("d", 4, 0.5)
)


@pytest.mark.parametrize(
    ("positions", "score"),
    [
        ({"a": 2, "b": 4, "c": 1, "d": 3}, 1.0),
        ({"a": 0, "b": 0, "c": 1, "d": 0}, 20 / 100.5),
        ({"a": 1, "b": 2, "c": 1}, (25 + 15 + 20) / 100),
        ({"a": 1}, 0.5),
        ({"a": 2, "b": NOT_APPLICABLE, "c": 1}, 1.0),
        ({"a": 2, "b": 4, "c": 0, "d": 3}, 0.0),
        ({}, None),
        ({"a": NOT_APPLICABLE}, None),
    ],
)
def test_reply_score(positions, score):
    assert CARD.reply_score(positions) == (score if score is None else pytest.approx(score, abs=1e-9))


def test_text_falls_back_to_english_then_to_any():
    assert LocalizedText({"en": "Yes", "zh": "是"}).get("zh_CN") == "是"
    assert LocalizedText({"en": "Yes"}).get("zh_CN") == "Yes"
    assert LocalizedText({"zh": "是"}).get("en") == "是"
    assert LocalizedText({}).get("en") == ""


probabilities = st.integers(0, 2**32 - 1).map(
    lambda seed: np.hstack([np.random.default_rng(seed).dirichlet(np.ones(n), 5) for n in (3, 5, 2, 4)])
)


@given(probabilities)
def test_columns_agree_with_the_plain_formula(rows):
    columns = ScoreColumns(CARD)
    figures = columns.figures(rows)
    for i, row in enumerate(rows):
        distributions = columns.distributions(row)
        assert figures.quality[i] == pytest.approx(expected_quality(CARD, distributions), abs=1e-9)
        weakest = min(max(d) for d in distributions.values())
        assert figures.confidence[i] == pytest.approx(weakest)
        assert max(distributions[columns.keys[figures.doubtful[i]]]) == pytest.approx(weakest)
        assert columns.row(distributions) == pytest.approx(row)


def test_expected_quality_of_a_certain_distribution_is_the_reply_score():
    columns = ScoreColumns(CARD)
    for positions in ({"a": 1, "b": 3, "c": 1, "d": 0}, {"a": 2, "b": 0, "c": 0, "d": 3}):
        sizes = zip("abcd", (3, 5, 2, 4), strict=True)
        row = columns.row({k: [float(i == positions[k]) for i in range(s)] for k, s in sizes})
        assert columns.score(1, "v", row).quality == pytest.approx(CARD.reply_score(positions))


@given(probabilities)
def test_packed_probabilities_keep_five_digits_and_sum_to_one(rows):
    back = unpack(pack(rows), rows.shape[1])
    assert np.abs(back - rows).max() <= 0.5 / 65535 + 1e-12
    for part in ScoreColumns(CARD).slices:
        assert back[:, part].sum(axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-4)


def test_a_criterion_without_opinion_counts_for_nothing():
    columns = ScoreColumns(CARD)
    even = {"a": [1 / 3] * 3, "b": [0.2] * 5, "c": [0.5, 0.5], "d": [0.1, 0.2, 0.3, 0.4]}
    figures = columns.figures(unpack(pack(columns.row(even)), columns.width))
    assert figures.opinion.tolist() == [[False, False, False, True]]
    assert figures.confidence[0] == pytest.approx(0.4, abs=1e-4)
    assert figures.quality[0] == pytest.approx(2 / 3, abs=1e-4)
    assert figures.quality[0] == pytest.approx(expected_quality(CARD, even), abs=1e-4)
    none = columns.figures(columns.row(even | {"d": [0.25] * 4})[None, :])
    assert (none.quality[0], none.confidence[0]) == (0.0, 0.2)
