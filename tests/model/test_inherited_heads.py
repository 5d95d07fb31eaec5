"""A criterion with too few labels keeps what the parent version knew."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.scoring.device import choose_device
from csqm_desktop.scoring.encoding import encode_reply
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training.trainer import Observer, Request, train
from tests.model.toy import CRITERIA, toy

SPECS = tuple(CriterionSpec.from_record(c) for c in CRITERIA)


@pytest.fixture(scope="module")
def engine(base):
    made = Engine(base, None, choose_device("cpu"))
    yield made
    made.close()


def trained(engine, out, labels_of, parent=None, count=160):
    items, labels = toy(count)
    labels = [LabelledReply(x.reply_id, x.conversation, labels_of(x.counts)) for x in labels]
    request = Request(out.name, "head", SPECS, out, parent=parent, active=parent)
    return train(engine, items, labels, request, Observer(lambda *_: None, lambda _: None, lambda: None))


def test_the_parents_head_is_kept_and_answers_the_same(engine, tmp_path):
    first, second = SPECS[0].key, SPECS[1].key
    trained(engine, tmp_path / "parent", lambda counts: counts)
    card = trained(engine, tmp_path / "child", lambda counts: {first: counts[first]}, tmp_path / "parent", 120)
    assert [c["trained"] for c in card.criteria] == [True, True]
    assert "criterion_lost" not in {reason["code"] for reason in card.gate["reasons"]}
    items, _ = toy(60, seed=5)
    replies = [encode_reply(item) for item in items]
    columns = engine.version(tmp_path / "child").slices[1]
    before = engine.predict(tmp_path / "parent", replies).probabilities[:, columns]
    after = engine.predict(tmp_path / "child", replies).probabilities[:, columns]
    np.testing.assert_allclose(after, before, atol=0.02)
    assert second in card.metrics["criteria"]


def test_without_a_parent_there_is_no_opinion(engine, tmp_path):
    first = SPECS[0].key
    trained(engine, tmp_path / "only", lambda counts: {first: counts[first]})
    items, _ = toy(3, seed=5)
    columns = engine.version(tmp_path / "only").slices[1]
    found = engine.predict(tmp_path / "only", [encode_reply(item) for item in items]).probabilities[:, columns]
    assert np.ptp(found) < 1e-9
