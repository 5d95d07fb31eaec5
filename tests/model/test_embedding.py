"""The frozen encoder: right vectors whatever the batch, each text read once."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import torch

from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.scoring.device import choose_device
from csqm_desktop.scoring.embedding import Encoder, embed_cached, length_batches
from csqm_desktop.scoring.padded import pad, pool
from csqm_desktop.scoring.vector_cache import VectorCache
from tests.model.toy import build_base

TEXTS = ["dear customer your order shipped today", "cannot", "hello we will ask later please", "cannot", ""]


@pytest.fixture(scope="module")
def encoder(base):
    return Encoder(base, choose_device("cpu"))


def test_batches_do_not_change_vectors_and_texts_are_read_once(encoder, monkeypatch):
    alone = [embed_cached(encoder, VectorCache(None, encoder.width), [text])[0] for text in TEXTS]
    read = []
    embed_batch = encoder._embed_batch
    monkeypatch.setattr(encoder, "_embed_batch", lambda ids: read.extend(ids) or embed_batch(ids))
    together = embed_cached(encoder, VectorCache(None, encoder.width), TEXTS)
    assert len(read) == 3
    np.testing.assert_allclose(together, alone, atol=2e-3)
    np.testing.assert_allclose(np.linalg.norm(together[:4], axis=1), 1, atol=1e-3)
    assert not together[4].any()


def test_the_second_time_comes_from_disk(encoder, tmp_path, monkeypatch):
    with encoder.open_cache(tmp_path) as cache:
        first = embed_cached(encoder, cache, TEXTS)
    monkeypatch.setattr(encoder, "_embed_batch", lambda _ids: pytest.fail("read again"))
    with encoder.open_cache(tmp_path) as cache:
        np.testing.assert_array_equal(embed_cached(encoder, cache, TEXTS), first)


def test_another_base_model_has_another_cache(encoder, tmp_path):
    other = Encoder(build_base(tmp_path / "other", seed=1), choose_device("cpu"))
    with encoder.open_cache(tmp_path) as cache:
        embed_cached(encoder, cache, TEXTS)
        with other.open_cache(tmp_path) as theirs:
            assert len(theirs) == 0


def test_what_was_read_before_a_cancel_is_kept(encoder, tmp_path):
    texts = [f"order {i} shipped " + "please " * (i % 7) for i in range(400)]
    encoder_budget, encoder.batch_tokens = encoder.batch_tokens, 64
    calls = 0

    def check():
        nonlocal calls
        calls += 1
        if calls > 20:
            raise Cancelled

    try:
        with encoder.open_cache(tmp_path) as cache, pytest.raises(Cancelled):
            embed_cached(encoder, cache, texts, check)
    finally:
        encoder.batch_tokens = encoder_budget
    with encoder.open_cache(tmp_path) as cache:
        assert len(cache) > 20


def test_batches_hold_every_row_within_the_budget():
    lengths = [5, 900, 17, 3, 3, 44, 2048, 1] * 9
    batches = list(length_batches(lengths, 1024))
    assert sorted(np.concatenate(batches).tolist()) == list(range(len(lengths)))
    assert all(len(b) == 1 or len(b) * max(lengths[i] for i in b) <= 1024 for b in batches)


def test_padding_is_not_pooled():
    tokens, mask = pad([[5, 6], [7]], 0)
    assert tokens.tolist() == [[5, 6], [7, 0]]
    states = torch.tensor([[[1.0], [3.0]], [[5.0], [99.0]]])
    assert pool(states, mask, "mean").tolist() == [[2.0], [5.0]]
    assert pool(states, mask, "cls").tolist() == [[1.0], [5.0]]


def test_another_architecture_works(tmp_path, base):
    import transformers

    folder = shutil.copytree(base, tmp_path / "distil")
    config = transformers.DistilBertConfig(vocab_size=200, dim=16, n_layers=1, n_heads=2, hidden_dim=32)
    transformers.DistilBertModel(config).save_pretrained(folder)
    encoder = Encoder(folder, choose_device("cpu"))
    assert embed_cached(encoder, encoder.open_cache(None), ["hello"]).shape == (1, 16)


@pytest.mark.parametrize("broken", ["model.safetensors", "tokenizer.json"])
def test_a_broken_folder_is_named(tmp_path, base, broken):
    folder = shutil.copytree(base, tmp_path / "broken")
    (folder / broken).write_bytes(b"not what it was")
    with pytest.raises(CsqmError) as caught:
        Encoder(folder, choose_device("cpu"))
    assert caught.value.code == "base_unusable"
    assert str(folder) in str(caught.value)


def test_pickled_weights_are_refused(tmp_path, base):
    folder = shutil.copytree(base, tmp_path / "pickled")
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")
    with pytest.raises(CsqmError):
        Encoder(folder, choose_device("cpu"))


def test_prefix_and_pooling_come_with_the_base_model(tmp_path, base):
    from csqm_desktop.registry import base_model

    folder = shutil.copytree(base, tmp_path / "own")
    info = base_model.describe(folder).to_dict() | {"prefix": "query: ", "pooling": "cls"}
    (folder / base_model.INFO_FILE).write_text(json.dumps(info))
    encoder = Encoder(folder, choose_device("cpu"))
    assert (encoder.prefix, encoder.pooling) == ("query: ", "cls")


def test_a_device_that_is_not_there_is_an_error_with_advice():
    if torch.cuda.is_available():
        pytest.skip("this computer has one")
    with pytest.raises(CsqmError) as caught:
        choose_device("cuda")
    assert "auto" in caught.value.remedy
