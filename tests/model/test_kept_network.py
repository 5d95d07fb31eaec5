"""A fine-tuned network stays: all labels teach the heads above it, later refits keep it, and it is asked once."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.scoring.device import choose_device
from csqm_desktop.scoring.encoding import encode_reply, text_digest
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.network import TextNetwork
from csqm_desktop.scoring.packed import PackedBert
from csqm_desktop.scoring.token_states import TokenStates
from csqm_desktop.scoring.vector_cache_erasure import forget
from csqm_desktop.scoring.version import CriterionSpec, Version
from csqm_desktop.training import stacking
from csqm_desktop.training.refit import judged_folder
from csqm_desktop.training.trainer import Observer, Request, train
from tests.model.toy import CRITERIA, toy

SPECS = tuple(CriterionSpec.from_record(c) for c in CRITERIA)


def observer() -> Observer:
    return Observer(lambda *_: None, lambda _: None, lambda: None)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def engine(base, cache):
    made = Engine(base, cache, choose_device("cpu"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def tuned(engine, tmp_path_factory):
    """A fine-tuned version whose network has a say (on toys it may add nothing, and would get none)."""
    out = tmp_path_factory.mktemp("versions") / "v1"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stacking, "_mixture", lambda *_: (0.4, 1.0))
        card = train(engine, *toy(300), Request("v1", "lora", SPECS, out, options={"epochs": 1, "top": 1}), observer())
    return out, card


def replies():
    return [encode_reply(item) for item in toy(30, seed=8)[0]]


def test_all_labels_teach_the_heads_above_a_network(engine, tuned):
    out, card = tuned
    assert card.metrics["learned_from"] == card.label_count == 300 > card.metrics["train_replies"]
    judged = judged_folder(out)
    assert judged != out
    assert not (judged / "network").exists()  # both ask the same network
    assert Version.load(judged).listens
    now, then = (engine.predict(folder, replies()).probabilities for folder in (out, judged))
    assert 0 < abs(now - then).max() < 0.5


def test_a_refit_of_the_heads_keeps_the_network(engine, tuned, tmp_path, monkeypatch):
    monkeypatch.setattr(stacking, "_mixture", lambda *_: (0.4, 1.0))
    parent, first = tuned
    out = tmp_path / "v2"
    card = train(engine, *toy(360), Request("v2", "head", SPECS, out, parent, parent), observer())
    assert card.tuning["kept_from"] == "v1"
    assert card.tuning["trainable"] == first.tuning["trainable"]
    assert (out / "network/heads.safetensors").read_bytes() == (parent / "network/heads.safetensors").read_bytes()
    version = Version.load(out)
    assert version.method == "head"
    assert version.listens
    without = Version(version.method, version.base_fingerprint, version.heads, version.scaling)
    assert not without.listens
    # a third generation still has it
    train(engine, *toy(360), Request("v3", "head", SPECS, tmp_path / "v3", out, out), observer())
    assert Version.load(tmp_path / "v3").listens


def test_a_network_of_other_criteria_is_not_kept(engine, tuned, tmp_path):
    parent, _ = tuned
    out = tmp_path / "v2"
    card = train(engine, *toy(360), Request("v2", "head", SPECS[:1], out, parent, parent), observer())
    assert not card.tuning
    assert not (out / "network").exists()
    engine.predict(out, replies())


def test_a_network_without_a_say_is_not_asked(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(stacking, "_mixture", lambda *_: (0.0, 1.0))
    out = tmp_path / "v1"
    train(engine, *toy(240), Request("v1", "lora", SPECS, out, options={"epochs": 1, "top": 1}), observer())
    version = Version.load(out)
    assert version.tuned
    assert not version.listens
    monkeypatch.setattr(engine, "network_logits", lambda *_: pytest.fail("asked"))
    engine.predict(out, replies())


def test_an_answer_is_computed_once_and_forgotten_with_the_rest(base, engine, cache, tuned, monkeypatch):
    out, _ = tuned
    first = engine.predict(out, replies()).probabilities
    engine.close()
    asked: list[str] = []
    whole = TextNetwork.embed

    def embed(self, texts, check=None):
        asked.extend(texts)
        return whole(self, texts, check)

    monkeypatch.setattr(TextNetwork, "embed", embed)
    again = Engine(base, cache, choose_device("cpu"))
    assert (again.predict(out, replies()).probabilities == first).all()
    assert not asked
    again.predict_aside(out, replies()[:3])
    assert {reply.reply for reply in replies()[:3]} <= set(asked)  # nothing is kept of texts that nobody wrote
    again.close()
    gone = replies()[0]
    assert sum(forget(folder, {text_digest(gone.reply)}) for folder in cache.glob("network-*")) == 1
    asked.clear()
    once_more = Engine(base, cache, choose_device("cpu"))
    once_more.predict(out, replies())
    assert asked == [gone.reply]
    once_more.close()


def test_lower_layers_read_a_text_once_however_many_networks_are_trained(base, tmp_path, monkeypatch):
    monkeypatch.setattr(stacking, "_mixture", lambda *_: (0.4, 1.0))
    read: list[tuple[int, ...]] = []
    lower = PackedBert.states

    def states(self, ids, layer):
        read.extend(map(tuple, ids))
        return lower(self, ids, layer)

    monkeypatch.setattr(PackedBert, "states", states)
    items, labels = toy(240)
    options = {"epochs": 1, "top": 1}
    with_states = Engine(base, tmp_path / "cache", choose_device("cpu"))
    first, second, third = (tmp_path / name for name in ("v1", "v2", "v3"))
    train(with_states, items[:200], labels[:200], Request("v1", "lora", SPECS, first, options=options), observer())
    assert len(read) == len(set(read)) > 100  # the holdout and what watches included
    train(with_states, items, labels, Request("v2", "lora", SPECS, second, first, first, first, 0, options), observer())
    assert len(read) == len(set(read))
    before = len(read)
    train(with_states, items, labels, Request("v3", "lora", SPECS, third, options=options), observer())
    assert len(read) == before
    with_states.predict(third, replies())
    assert len(read) == before  # texts that nobody labelled leave no states
    with_states.close()


def test_states_of_lower_layers_change_no_vector(engine, tuned):
    out, _ = tuned
    network = TextNetwork.load(out / "network", engine.encoder, SPECS)
    assert network.first == len(network.layers) - 1
    texts = [reply.reply for reply in replies()]
    kept = TokenStates(None, engine.encoder.width)
    whole, through = np.zeros((2, len(texts), engine.encoder.width))
    for rows, found in network.embed(texts):
        whole[rows] = found
    for rows, found in network.embed_learned(texts, kept, lambda: None):
        through[rows] = found
    assert len(kept)
    np.testing.assert_allclose(through, whole, atol=1e-3)
