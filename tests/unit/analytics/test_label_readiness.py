"""What training lacks, told before anybody presses the button."""

from __future__ import annotations

from csqm_desktop.analytics.label_readiness import GAPS, majority, readiness
from csqm_desktop.domain.review import LabelledReply

CRITERIA = [("tone", ("bad", "fair", "good")), ("legal", ("no", "yes"))]


def labels(*tone: tuple[int, ...], legal: tuple[tuple[int, ...], ...] = ()) -> list[LabelledReply]:
    both = [{"tone": counts} for counts in tone] + [{"legal": counts} for counts in legal]
    return [LabelledReply(i, f"c{i}", counts) for i, counts in enumerate(both)]


def test_nothing_labelled_is_not_ready_and_says_so_for_each_criterion():
    state = readiness([], CRITERIA)
    assert not state.ready
    assert {g.values["criterion"] for g in state.gaps if g.blocking} == {"tone", "legal"}


def test_three_labels_of_a_level_name_what_is_missing():
    state = readiness(labels(*[(0, 0, 1)] * 40, *[(1, 0, 0)] * 3), CRITERIA[:1])
    assert not state.ready
    gap = next(g for g in state.gaps if g.blocking)
    assert gap.code == "one_level"
    assert gap.values == {"criterion": "tone", "level": "bad", "have": 3, "need": 5}
    assert "“bad” has 3" in GAPS[gap.code].format_map(gap.values)


def test_a_thin_third_level_warns_but_does_not_block():
    state = readiness(labels(*[(0, 0, 1)] * 40, *[(1, 0, 0)] * 9, (0, 1, 0)), CRITERIA[:1])
    assert state.ready
    assert [(g.code, g.values["level"], g.blocking) for g in state.gaps] == [("thin_level", "fair", False)]


def test_one_ready_criterion_is_enough_and_the_other_is_named():
    state = readiness(labels(*[(0, 0, 1)] * 15, *[(1, 0, 0)] * 15, legal=((1, 0),) * 4), CRITERIA)
    assert state.ready
    assert [c.ready for c in state.criteria] == [True, False]
    assert state.criteria[1].counts == (4, 0)


def test_votes_count_by_majority_and_odd_counts_are_ignored():
    mixed = [
        LabelledReply(1, "c", {"tone": (2, 1, 2), "legal": (1, 2, 3), "gone": (1,)}),
        LabelledReply(2, "c", {"tone": (0, 0, 0)}),
    ]
    state = readiness(mixed, CRITERIA)
    assert state.criteria[0].counts == (1, 0, 0)  # a tie counts as the worse level
    assert state.criteria[1].counts == (0, 0)
    assert majority((0, 3, 3)) == 1
