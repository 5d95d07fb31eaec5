"""What is learned and what is held out: whole conversations, the same ones every time."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.domain.conversation import ReplyInput, Role
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training.dataset import (
    Dataset,
    conversation_hash,
    holdout_share,
    join,
    label_fingerprint,
    position,
    split,
)

CRITERIA = (CriterionSpec("tone", ("bad", "fair", "good")),)


def examples(count: int, per_conversation: int = 3):
    items = [
        ReplyInput(i, f"conv{i // per_conversation}", Role.AGENT if i % 2 else Role.BOT, f"text {i}", ())
        for i in range(count)
    ]
    labels = [
        LabelledReply(i, item.conversation, {"tone": tuple(np.eye(3, dtype=int)[i % 3])})
        for i, item in enumerate(items)
    ]
    return join(items, labels)


def names(data: Dataset) -> set[str]:
    return {e.item.conversation for e in data.examples}


def test_no_conversation_is_cut():
    parts = split(examples(600), CRITERIA)
    assert names(parts.train).isdisjoint(names(parts.holdout))
    assert len(parts.train) + len(parts.holdout) == 600
    assert 0.08 < len(parts.holdout) / 600 < 0.25


def test_the_holdout_only_grows_by_new_conversations():
    before, after = split(examples(1200), CRITERIA, share=0.2), split(examples(2400), CRITERIA, share=0.2)
    assert names(before.holdout) <= names(after.holdout)
    assert names(before.train).isdisjoint(names(after.holdout))


def test_what_the_active_version_learned_from_never_judges_it():
    small = split(examples(150), CRITERIA)
    seen = {conversation_hash(name) for name in names(small.train)}
    large = split(examples(3000), CRITERIA, seen)
    assert names(small.train).isdisjoint(names(large.holdout))
    assert names(large.holdout) - names(small.holdout)


def test_the_share_is_small_for_few_labels_and_bounded_for_many():
    assert holdout_share(50) < holdout_share(500) < holdout_share(2_000)
    assert holdout_share(100_000) * 100_000 == 1_500


def test_places_are_even_and_the_same_everywhere():
    places = [position(f"c{i}") for i in range(5000)]
    assert abs(np.mean(places) - 0.5) < 0.02
    assert position("4711") == 0.03437852626666427


def test_too_few_labels_say_which_and_how_many():
    with pytest.raises(CsqmError) as caught:
        split(examples(9), CRITERIA)
    assert caught.value.code == "too_few_labels"
    assert caught.value.values["have"] == 9
    assert "9 of the 20" in str(caught.value)


def test_nothing_is_held_out_when_training_needs_everything():
    parts = split(examples(20, 1), CRITERIA, share=0.5)
    assert len(parts.train) == 20
    assert len(parts.holdout) == 0


def test_folds_are_even_and_keep_conversations_whole():
    data = Dataset.of(examples(301, 4), CRITERIA)
    folds = data.folds(5, seed=1)
    sizes = np.bincount(folds)
    assert np.ptp(sizes) <= 8
    for group in np.unique(data.groups):
        assert len(set(folds[data.groups == group])) == 1
    assert (folds == data.folds(5, seed=1)).all()


def test_labels_without_a_reply_or_with_foreign_levels_are_left_out():
    items = [ReplyInput(1, "a", Role.AGENT, "x", ()), ReplyInput(2, "a", Role.AGENT, "y", ())]
    labels = [
        LabelledReply(1, "a", {"tone": (1, 0), "other": (1, 0)}),
        LabelledReply(2, "a", {"tone": (0, 0, 0)}),
        LabelledReply(9, "z", {"tone": (1, 0, 0)}),
    ]
    joined = join(items, labels)
    assert [e.item.reply_id for e in joined] == [1]
    assert len(Dataset.of(joined, CRITERIA).rows("tone")) == 0


def test_the_fingerprint_sees_a_changed_label_but_not_the_order():
    some = examples(10)
    assert label_fingerprint(some) == label_fingerprint(list(reversed(some)))
    assert label_fingerprint(some) != label_fingerprint(some[:-1])
