"""Backends of the encoder: all give torch's vectors, the fastest is remembered, rounding has a place of its own."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
import transformers

from csqm_desktop.scoring import backends
from csqm_desktop.scoring.device import Device, choose_device
from csqm_desktop.scoring.embedding import Encoder, embed_cached
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.packed import PackedBert, _places, int8_works
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training.trainer import Observer, Request, train
from tests.model.toy import CRITERIA, build_base, toy

IDS = [[2, 9, 3], [2, 11, 12, 13, 14, 3], [2, 3], [2, 30, 31, 32, 33, 3], [2, 40, 41, 3]]


@pytest.fixture
def own_base(tmp_path):
    return build_base(tmp_path / "store" / "base")


def _network(kind: str):
    torch.manual_seed(3)
    common = {"vocab_size": 60, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
              "intermediate_size": 40, "max_position_embeddings": 64}  # fmt: skip
    if kind == "bert":
        return transformers.BertModel(transformers.BertConfig(**common), add_pooling_layer=False).eval()
    config = transformers.XLMRobertaConfig(**common, pad_token_id=1)
    return transformers.XLMRobertaModel(config, add_pooling_layer=False).eval()


@pytest.fixture(scope="module")
def trained(base, tmp_path_factory):
    items, labels = toy(120)
    out = tmp_path_factory.mktemp("versions") / "v1"
    criteria = tuple(CriterionSpec.from_record(c) for c in CRITERIA)
    quiet = Observer(lambda *_: None, lambda _values: None, lambda: None)
    train(Engine(base), items, labels, Request("v1", "head", criteria, out), quiet)
    return out, toy(60, seed=5)[0]


@pytest.mark.parametrize("kind", ["bert", "xlm-roberta"])
@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_without_padding_the_vectors_are_those_of_the_network(kind, pooling):
    network = _network(kind)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.3)  # biases and norms too, which start at 0 and 1
    packed = PackedBert(network, pooling).vectors(IDS)
    with torch.inference_mode():
        for row, ids in zip(packed, IDS, strict=True):
            states = network(input_ids=torch.tensor([ids])).last_hidden_state[0]
            alone = states[0] if pooling == "cls" else states.mean(0)
            np.testing.assert_allclose(row, torch.nn.functional.normalize(alone, dim=0), atol=2e-6)


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_in_16_bits_the_vectors_are_nearly_those_of_the_network(pooling):
    network = _network("bert")
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    exact = PackedBert(network, pooling).vectors(IDS)
    short = PackedBert(network, pooling, dtype=torch.bfloat16).vectors(IDS)
    assert (exact * short).sum(axis=1).min() > 0.999
    assert np.abs(exact - short).max() > 1e-5  # it did round
    # the texts beside a text, and the filling up to whole vectors, do not matter
    alone = np.concatenate([PackedBert(network, pooling, dtype=torch.bfloat16).vectors([one]) for one in IDS])
    np.testing.assert_allclose(alone, short, atol=0.02)


def test_texts_are_filled_up_and_the_filling_is_hidden():
    places = _places([18, 16, 16, 3], 16, torch.bfloat16)
    assert [(s.texts, s.length) for s in places.spans] == [(1, 18), (2, 16), (1, 3)]
    assert [(s.texts, s.length) for s in places.attended] == [(1, 32), (3, 16)]
    tokens = np.arange(53)
    np.testing.assert_array_equal(tokens[places.filled][places.kept], tokens)
    hidden = [torch.isinf(span.mask).sum().item() for span in places.attended]
    assert hidden == [14, 13]


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 1e-4), (torch.bfloat16, 0.05)])
def test_the_scores_of_a_version_do_not_depend_on_the_backend(base, trained, dtype, tolerance):
    folder, items = trained
    version = Engine(base).version(folder)
    answers = []
    device = Device("cpu", "test", dtype)
    for name in ("torch", "packed"):
        engine = Engine(base, device=device)
        engine.encoder = Encoder(base, device, backend=name)
        assert engine.encoder.chosen.backend.name == name
        answers.append(np.concatenate([c.prediction.probabilities for c in engine.score(folder, items)]))
    assert answers[0].shape == (len(items), version.slices[-1].stop)
    assert np.ptp(answers[0], axis=0).max() > 0.1  # they do tell replies apart
    np.testing.assert_allclose(answers[0], answers[1], atol=tolerance)


def test_another_architecture_is_left_to_torch(tmp_path, own_base):
    config = transformers.DistilBertConfig(vocab_size=200, dim=16, n_layers=1, n_heads=2, hidden_dim=32)
    network = transformers.DistilBertModel(config).eval()
    subject = backends.Subject(network, choose_device("cpu"), "mean", 0, "f", tmp_path / "base")
    assert "packed" not in backends._makers(subject, "fastest")


def test_the_choice_is_measured_once_and_remembered(own_base, monkeypatch):
    first = Encoder(own_base, choose_device("cpu"))
    kept = json.loads((own_base.parent / "fast" / "choices.json").read_text())
    (choice,) = kept.values()
    assert choice["backend"] == first.chosen.backend.name
    assert set(choice["tokens_per_second"]) >= {"torch", "packed"}
    monkeypatch.setattr(backends, "_measured", lambda *_: pytest.fail("measured again"))
    again = Encoder(own_base, choose_device("cpu"))
    assert again.chosen.backend.name == first.chosen.backend.name
    assert again.chosen.tokens_per_second == first.chosen.tokens_per_second


@pytest.mark.parametrize("content", ["", "[1, 2]", '{"x": 3}', "\x00"])
def test_a_broken_memory_is_made_anew(own_base, content):
    place = own_base.parent / "fast" / "choices.json"
    place.parent.mkdir()
    place.write_text(content)
    assert Encoder(own_base, choose_device("cpu")).chosen.tokens_per_second
    assert json.loads(place.read_text())


def test_a_backend_with_other_vectors_is_refused(own_base, monkeypatch):
    through = PackedBert.vectors
    monkeypatch.setattr(PackedBert, "vectors", lambda self, ids: through(self, ids)[:, ::-1])
    assert Encoder(own_base, choose_device("cpu")).chosen.backend.name not in ("packed", "packed int8")


def test_a_backend_that_fails_is_passed_over(own_base, monkeypatch):
    def fail(*_):
        raise RuntimeError("no such instruction")

    monkeypatch.setattr(PackedBert, "vectors", fail)
    assert Encoder(own_base, choose_device("cpu")).chosen.backend.name in ("torch", "openvino")


@pytest.mark.skipif(not int8_works(), reason="no 8-bit products on this processor")
def test_rounded_vectors_are_near_and_never_mixed_with_exact_ones(own_base, tmp_path):
    exact = Encoder(own_base, choose_device("cpu"), "exact", "packed")
    rounded = Encoder(own_base, choose_device("cpu"), "fastest", "packed int8")
    assert (exact.chosen.numeric, rounded.chosen.numeric) == ("", "int8")
    texts = ["dear customer your order shipped today", "cannot", "hello we will ask later please"]
    vectors = []
    for encoder in (exact, rounded):
        with encoder.open_cache(tmp_path / "cache") as cache:
            assert len(cache) == 0  # the other one's vectors are not in it
            vectors.append(embed_cached(encoder, cache, texts))
    cosine = (vectors[0] * vectors[1]).sum(axis=1)
    assert cosine.min() > 0.98
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-4
    assert len([f for f in (tmp_path / "cache").iterdir() if f.is_dir()]) == 2


def test_exact_is_what_one_gets_without_asking(own_base):
    assert Encoder(own_base, choose_device("cpu")).chosen.numeric == ""


def test_exact_vectors_keep_the_cache_they_had(own_base, tmp_path):
    from csqm_desktop.registry.base_model import describe
    from csqm_desktop.scoring.cache_place import cache_folder

    info = describe(own_base)
    assert cache_folder(tmp_path, info) == cache_folder(tmp_path, info, "")
    assert cache_folder(tmp_path, info) != cache_folder(tmp_path, info, "int8")


def test_openvino_gives_the_same_vectors(own_base):
    pytest.importorskip("openvino", exc_type=ImportError)
    encoder = Encoder(own_base, choose_device("cpu"), backend="openvino")
    plain = Encoder(own_base, choose_device("cpu"), backend="torch")
    texts = ["dear customer your order shipped today", "cannot", "hello we"]
    ours, theirs = (embed_cached(e, VectorCache(None, e.width), texts) for e in (encoder, plain))
    np.testing.assert_allclose(ours, theirs, atol=1e-3)
    assert list((own_base.parent / "fast").glob("*.xml"))
