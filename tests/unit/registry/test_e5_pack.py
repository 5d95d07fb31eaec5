"""The conversion of the packaged encoder: exact weights, a vocabulary that still fits, the same bytes each time."""

from __future__ import annotations

import json

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from csqm_desktop.registry import e5_pack
from tests.unit.registry import fake_base


@pytest.fixture
def built(tmp_path):
    e5_pack.convert(fake_base.fake_pack()[0], fake_base.fake_tokenizer(), tmp_path, lambda done, total: None)
    return tmp_path


def test_weights_are_the_pack_s_to_half_precision(built):
    truth = fake_base.fake_pack()[1]
    found = load_file(built / "model.safetensors")
    word = truth["emb.word"][fake_base.KEPT].astype(np.float16)
    assert np.array_equal(found["embeddings.word_embeddings.weight"], word)
    wide = found["encoder.layer.0.output.dense.weight"]
    assert wide.shape == (fake_base.HIDDEN, fake_base.FFN)
    assert np.array_equal(wide, truth["l0.fo.w"].astype(np.float16))
    assert np.array_equal(found["encoder.layer.0.attention.self.query.bias"], truth["l0.q.b"])
    assert np.array_equal(found["embeddings.position_embeddings.weight"], truth["emb.pos"])


@pytest.mark.model
def test_names_are_those_of_the_hub_s_class(built):
    transformers = pytest.importorskip("transformers")
    config = transformers.BertConfig.from_pretrained(built)
    names = set(transformers.BertModel(config, add_pooling_layer=False).state_dict())
    assert {name for name in names if "position_ids" not in name} == set(load_file(built / "model.safetensors"))


def test_vocabulary_rows_and_special_numbers_move_together(built):
    tokenizer = json.loads((built / "tokenizer.json").read_text(encoding="utf-8"))
    config = json.loads((built / "config.json").read_text(encoding="utf-8"))
    pieces = [piece for piece, _ in tokenizer["model"]["vocab"]]
    assert pieces == [fake_base.PIECES[i] for i in fake_base.KEPT]
    assert config["vocab_size"] == len(pieces)
    assert {t["content"]: t["id"] for t in tokenizer["added_tokens"]} == {
        **{piece: i for i, piece in enumerate(fake_base.SPECIAL)},
        "<mask>": len(pieces) - 1,
    }
    encoded = Tokenizer.from_file(str(built / "tokenizer.json")).encode("the退款，👍")
    assert encoded.tokens == ["<s>", "▁the", "退款", "，", "👍", "<mask>"]
    assert encoded.ids == [pieces.index(token) for token in encoded.tokens]


def test_two_runs_give_the_same_bytes(built, tmp_path_factory):
    again = tmp_path_factory.mktemp("again")
    e5_pack.convert(fake_base.fake_pack()[0], fake_base.fake_tokenizer(), again, lambda done, total: None)
    for path in built.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


@pytest.mark.parametrize("length", [0, 3, 40, 200, 5000])
def test_a_pack_that_was_cut_off_is_refused(tmp_path, length):
    with pytest.raises(e5_pack.PackError):
        e5_pack.convert(fake_base.fake_pack()[0][:length], fake_base.fake_tokenizer(), tmp_path, lambda d, t: None)


def test_a_tokenizer_of_another_model_is_refused(tmp_path):
    other = fake_base.fake_tokenizer().replace(b"hello", b"world")
    with pytest.raises(e5_pack.PackError, match="pieces"):
        e5_pack.convert(fake_base.fake_pack()[0], other, tmp_path, lambda d, t: None)


@pytest.mark.parametrize("piece", ["▁refund", "退款", "！？", "～", "①", "℃", "👍", "の", "▁é", "ж", "▁", "▁▁", "😂😂"])
def test_kept(piece):
    assert e5_pack.kept_pieces([piece], set()) == [0]


@pytest.mark.parametrize("piece", ["▁привет", "café", "ありがとう", "감사"])
def test_not_kept(piece):
    assert e5_pack.kept_pieces([piece], set()) == []
