"""Each method really acts, is caught when it does not, and says the same once stored."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import peft
import pytest
import torch
import transformers

from csqm_desktop.domain.conversation import ContextTurn, Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring import adapters
from csqm_desktop.scoring.device import Device, choose_device
from csqm_desktop.scoring.encoding import encode_reply
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.features import raw_features
from csqm_desktop.scoring.network import TextNetwork, delta_bytes
from csqm_desktop.scoring.token_states import TokenStates
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training import finetune
from csqm_desktop.training.dataset import Dataset, join
from csqm_desktop.training.frozen_layers import FrozenLayers
from csqm_desktop.training.self_check import SelfCheck
from csqm_desktop.training.trainer import Observer, Request, train
from csqm_desktop.training.tuning_plan import label_hash, portion, read_learned, watched_rows
from csqm_desktop.training.turn_rows import TurnRows
from tests.model.toy import CRITERIA, toy

SPECS = tuple(CriterionSpec.from_record(c) for c in CRITERIA)
ADAPTERS = ("lora", "adalora", "ia3", "prompt")


@pytest.fixture(scope="module")
def engine(base):
    made = Engine(base, None, choose_device("cpu"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def replies():
    return [encode_reply(item) for item in toy(30, seed=3)[0]]


def observer() -> Observer:
    return Observer(lambda *_: None, lambda _: None, lambda: None)


def request(out: Path, method: str, **facts) -> Request:
    options = {"epochs": 1, "top": 1} | facts.pop("options", {})
    return Request(out.name, method, SPECS, out, options=options, **facts)


def stir(network: TextNetwork) -> None:
    """Give every trained weight another value, as training would."""
    torch.manual_seed(1)
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.requires_grad:
                parameter.add_(torch.randn_like(parameter) * 0.2)


def test_products_in_16_bits_say_nearly_the_same(base, replies, tmp_path, monkeypatch):
    monkeypatch.setenv("CSQM_BF16", "1")
    device = choose_device("cpu")
    if not device.bf16:
        pytest.skip("this processor has no 16-bit products")
    engine = Engine(base, None, device)
    card = train(engine, *toy(120), request(tmp_path / "v", "lora"), observer())
    assert card.tuning["best_epoch"] == 1
    rounded = TextNetwork.load(tmp_path / "v/network", engine.encoder, SPECS).logits(replies, int)
    monkeypatch.setenv("CSQM_BF16", "0")
    exact = TextNetwork.load(tmp_path / "v/network", Engine(base).encoder, SPECS).logits(replies, int)
    assert 0 < np.abs(rounded - exact).max() < 0.03 * np.abs(exact).max()


@pytest.mark.parametrize("kind", [*ADAPTERS, "full"])
def test_the_encoder_lends_what_is_not_trained_and_never_changes(engine, tmp_path, kind):
    before = {name: value.clone() for name, value in engine.encoder.network.state_dict().items()}
    network = TextNetwork(engine.encoder, SPECS, kind).trainable(0, top=1)
    stir(network)
    network.save(tmp_path)
    stored = TextNetwork.load(tmp_path, engine.encoder, SPECS)
    assert all(value.equal(before[name]) for name, value in engine.encoder.network.state_dict().items())
    words = engine.encoder.network.get_input_embeddings().weight
    assert (adapters.base_of(network.body).get_input_embeddings().weight is words) is (kind != "full")
    assert (stored.layers[0] is engine.encoder.network.encoder.layer[0]) is (kind not in ("prompt", "full"))
    whole = TextNetwork(engine.encoder, SPECS, "full").trainable(0)  # whatever others have frozen
    assert whole.declared > sum(value.numel() for value in before.values()) - words.numel() - 1


@pytest.mark.parametrize("kind", ADAPTERS)
def test_scoring_says_what_training_said(engine, replies, tmp_path, kind):
    network = TextNetwork(engine.encoder, SPECS, kind).trainable(0)
    untouched = network.logits(replies, int)
    stir(network)
    trained = network.logits(replies, int)
    assert np.abs(trained - untouched).max() > 0.01
    network.save(tmp_path)
    stored = TextNetwork.load(tmp_path, engine.encoder, SPECS)
    assert stored.kind == kind
    np.testing.assert_allclose(stored.logits(replies, int), trained, atol=1e-4)
    assert str(engine.encoder.base) not in (tmp_path / "adapter_config.json").read_text()
    assert delta_bytes(tmp_path) == sum(p.stat().st_size for p in tmp_path.glob("*.safetensors"))


def test_smaller_methods_are_smaller(engine, tmp_path):
    sizes = {}
    for kind in (*ADAPTERS, "full"):
        TextNetwork(engine.encoder, SPECS, kind).trainable(0).save(tmp_path / kind)
        sizes[kind] = delta_bytes(tmp_path / kind)
    assert max(sizes["ia3"], sizes["prompt"]) < sizes["lora"] < sizes["full"]


@pytest.mark.parametrize("kind", [*ADAPTERS, "full"])
def test_a_run_proves_what_it_did(engine, tmp_path, kind):
    card = train(engine, *toy(120), request(tmp_path / "v", kind), observer())
    found = card.tuning
    assert found["trainable"] == found["total"] * found["share"] > 0
    assert found["moved"] > 0
    assert found["largest_change"] > 0
    assert found["delta_bytes"] == delta_bytes(tmp_path / "v" / "network")
    if kind == "adalora":
        ranks = found["ranks"]
        assert ranks["kept"] == ranks["budget"] < ranks["start"]
        assert ranks["least"] < ranks["most"]  # it gives some maps more than others, which LoRA cannot


def broken_allocation(monkeypatch):
    monkeypatch.setattr(peft.AdaLoraModel, "update_and_allocate", lambda *_: None)


def broken_budget(monkeypatch):
    monkeypatch.setattr(finetune._Job, "_plan_ranks", lambda *_: None)  # peft's own 1,000 steps are never reached


def broken_step(monkeypatch):
    monkeypatch.setattr(torch.optim.AdamW, "step", lambda *_, **__: None)


def broken_share(monkeypatch):
    whole = adapters.adapt

    def adapt(body, *rest):
        adapted = whole(body, *rest)
        adapters.base_of(adapted.body).embeddings.word_embeddings.weight.requires_grad_(True)
        return adapted

    monkeypatch.setattr(adapters, "adapt", adapt)


@pytest.mark.parametrize(
    ("kind", "sabotage", "said"),
    [
        ("adalora", broken_allocation, "never given out"),
        ("adalora", broken_budget, "ranks are left"),
        ("lora", broken_step, "moved"),
        ("ia3", broken_step, "moved"),
        ("prompt", broken_step, "moved"),
        ("full", broken_step, "moved"),
        ("lora", broken_share, "trains"),
    ],
)
def test_a_method_that_does_not_act_fails_the_run(engine, tmp_path, monkeypatch, kind, sabotage, said):
    sabotage(monkeypatch)
    with pytest.raises(CsqmError) as caught:
        train(engine, *toy(120), request(tmp_path / "v", kind), observer())
    assert caught.value.code == "method_did_not_act"
    assert said in caught.value.values["reason"]
    assert not (tmp_path / "v" / "card.json").exists()


def test_kept_ranks_that_still_act_are_found(engine):
    network = TextNetwork(engine.encoder, SPECS, "adalora").trainable(0)
    check = SelfCheck(network)
    stir(network)
    names = [n for n, _ in network.body.named_parameters() if "lora_E" in n]
    network.body.active_peft_config.rank_pattern = {n: [True] + [False] * 11 for n in names}
    with pytest.raises(CsqmError, match="still act"):
        check.evidence()


# -- layers that are skipped


@pytest.mark.parametrize("first", [0, 1])
def test_skipped_layers_change_nothing(engine, replies, first):
    network = TextNetwork(engine.encoder, SPECS, "lora").trainable(0, top=2 - first)
    assert network.first == first
    ids = network.token_ids([reply.reply for reply in replies])
    frozen = FrozenLayers(network, ids, lambda: None)
    assert frozen.kept is (first > 0)
    stir(network)
    layers = list(network.layers)
    rows = [4, 0, 17]
    with frozen.skipped():
        found = frozen.pooled(rows)
        found.sum().backward()
    assert list(network.layers) == layers
    wanted = network.vectors([ids[i] for i in rows])
    np.testing.assert_allclose(found.detach().numpy(), wanted, atol=5e-3)
    assert any(p.grad is not None and p.grad.abs().max() > 0 for p in network.body.parameters())


@pytest.mark.parametrize("kind", ["lora", "adalora", "ia3", "full"])
def test_gradients_in_16_bits_point_where_those_in_32_do(base, replies, kind):
    gradients, vectors = [], []
    for dtype in (torch.float32, torch.bfloat16):
        network = TextNetwork(Engine(base, None, Device("cpu", "test", dtype)).encoder, SPECS, kind).trainable(0, top=1)
        ids = network.token_ids([reply.reply for reply in replies])
        frozen = FrozenLayers(network, ids, lambda: None)
        assert frozen.packed
        stir(network)
        with frozen.skipped():
            found = frozen.pooled(np.arange(len(ids)))
        (found * torch.linspace(-1, 1, found.shape[1])).sum().backward()
        vectors.append(found.detach().numpy())
        gradients.append([p.grad for p in network.body.parameters() if p.grad is not None])
    assert 0 < np.abs(vectors[0] - vectors[1]).max() < 0.1
    assert all(gradient.dtype is torch.float32 for gradient in gradients[1])
    exact, short = (torch.cat([gradient.flatten() for gradient in found]) for found in gradients)
    assert torch.cosine_similarity(exact, short, dim=0) > 0.99


def test_a_network_whose_layers_cannot_be_skipped_runs_whole(engine, replies, monkeypatch):
    network = TextNetwork(engine.encoder, SPECS, "lora").trainable(0, top=1)
    read = TokenStates.read  # an architecture that hands more from layer to layer than the states
    monkeypatch.setattr(TokenStates, "read", lambda *arguments: read(*arguments)[..., ::-1])
    ids = network.token_ids([reply.reply for reply in replies])
    kept = TokenStates(None, engine.encoder.width)
    frozen = FrozenLayers(network, ids, lambda: None, kept)
    assert not frozen.kept
    assert not len(kept)  # nobody else finds what was wrong
    with frozen.skipped():
        found = frozen.pooled([1, 2]).detach().numpy()
    np.testing.assert_allclose(found, network.vectors([ids[1], ids[2]]), atol=1e-5)


@pytest.mark.parametrize("kind", ["lora", "prompt", "full"])
def test_training_reads_replies_as_scoring_does(engine, kind):
    items, _ = toy(12, seed=4)
    turns = (ContextTurn(Role.AGENT, "hello"), ContextTurn(Role.CUSTOMER, "your parcel"), ContextTurn(Role.AGENT, ""))
    items.append(replace(items[0], context=turns * 2, following=(ContextTurn(Role.CUSTOMER, "thanks a lot"), *turns)))
    items.append(replace(items[0], text=""))
    replies = [encode_reply(item) for item in items]
    network = TextNetwork(engine.encoder, SPECS, kind).trainable(0, top=1)
    stir(network)
    rows = np.array([13, 2, 12, 7])
    with torch.no_grad():
        found = TurnRows(network, replies, int)
        with found.frozen.skipped():
            raw = found.raw(rows).numpy()
    wanted = raw_features(network, VectorCache(None, network.width), [replies[i] for i in rows])
    np.testing.assert_allclose(raw, wanted, atol=5e-3)
    assert found.tokens(rows) > found.tokens(rows[:1]) > 0


# -- other base models


def modern(folder: Path, base: Path) -> Path:
    config = transformers.ModernBertConfig(
        vocab_size=120, hidden_size=32, num_hidden_layers=3, num_attention_heads=2, intermediate_size=48,
        max_position_embeddings=256, pad_token_id=0, cls_token_id=2, sep_token_id=3, bos_token_id=2, eos_token_id=3,
    )  # fmt: skip
    transformers.AutoTokenizer.from_pretrained(base).save_pretrained(folder)
    torch.manual_seed(0)
    transformers.ModernBertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def modern_engine(base, tmp_path_factory):
    made = Engine(modern(tmp_path_factory.mktemp("modern"), base), None, choose_device("cpu"))
    yield made
    made.close()


@pytest.mark.parametrize("kind", ADAPTERS)
def test_another_architecture_is_adapted_by_its_own_parts(modern_engine, replies, tmp_path, kind):
    network = TextNetwork(modern_engine.encoder, SPECS, kind).trainable(0, top=2)
    SelfCheck(network)  # counts
    assert sum(p.numel() for p in network.body.parameters() if p.requires_grad) == network.declared > 0
    ids = network.token_ids([reply.reply for reply in replies])
    assert FrozenLayers(network, ids, lambda: None).kept is (kind != "prompt")
    stir(network)
    trained = network.logits(replies, int)
    network.save(tmp_path)
    stored = TextNetwork.load(tmp_path, modern_engine.encoder, SPECS)
    np.testing.assert_allclose(stored.logits(replies, int), trained, atol=1e-4)


def test_a_base_model_without_the_parts_is_refused_in_words(engine, monkeypatch):
    odd = copy.deepcopy(engine.encoder.network)
    for layer in odd.encoder.layer:
        layer.attention.self.odd = layer.attention.self.key
        del layer.attention.self.key, layer.attention.self.value
    monkeypatch.setattr(engine.encoder, "network", odd)
    with pytest.raises(CsqmError) as caught:
        TextNetwork(engine.encoder, SPECS, "ia3").trainable(0)
    assert caught.value.code == "method_unsupported"
    assert caught.value.values["model"] == "BertModel"


# -- going on


def data(count: int, seed: int = 0) -> Dataset:
    return Dataset.of(join(*toy(count, seed)), SPECS)


def test_watched_conversations_stay_watched():
    small, large = data(300), data(700)
    watched_small, watched_large = watched_rows(small), watched_rows(large)
    assert 0.1 < watched_large.mean() < 0.25
    # the share falls with more labels: what is watched later was watched before
    assert not (watched_large[:300] & ~watched_small).any()
    for found, whole in ((watched_small, small), (watched_large, large)):
        for group in np.unique(whole.groups):
            assert len(set(found[whole.groups == group])) == 1


def test_what_is_new_is_learned_and_what_is_old_repeated():
    whole = data(900)
    known = {label_hash(example) for example in whole.examples[:700]}
    shares = portion(whole, known, 0)
    assert shares.going_on
    assert set(shares.fresh) == {i for i in range(700, 900) if i not in set(shares.watched)}
    assert 0 <= len(shares.replayed) - len(shares.fresh) < 10
    assert max(shares.replayed) < 700
    repeated = set(whole.groups[shares.replayed])
    assert set(shares.replayed) == {i for i in range(700) if whole.groups[i] in repeated}  # whole conversations
    assert not set(shares.replayed) & set(shares.watched)
    everything = portion(whole, set(), 0)
    assert len(everything.rows) + len(everything.watched) == 900
    assert not everything.going_on


def test_a_changed_label_is_new():
    items, labels = toy(300)
    known = {label_hash(example) for example in join(items, labels)}
    changed = [type(label)(label.reply_id, label.conversation, {"polite": (1, 0)}) for label in labels]
    again = Dataset.of(join(items, changed), SPECS)
    assert len(portion(again, known, 0).fresh) + int(watched_rows(again).sum()) == 300


@pytest.mark.parametrize("kind", ADAPTERS)
def test_going_on_starts_where_the_parent_ended(engine, replies, tmp_path, kind):
    parent = TextNetwork(engine.encoder, SPECS, kind).trainable(0)
    stir(parent)
    if kind == "adalora":  # as after its ranks were taken away
        config = parent.body.active_peft_config
        config.rank_pattern = {}
        for number, (name, weights) in enumerate(parent.body.named_parameters()):
            if "lora_E" in name:
                kept = [(i + number) % 3 > 0 for i in range(len(weights))]
                weights.data[[i for i, keep in enumerate(kept) if not keep]] = 0
                config.rank_pattern[name.removeprefix("base_model.model.")] = kept
    parent.save(tmp_path)
    child = TextNetwork(engine.encoder, SPECS, kind).trainable(1)
    assert child.warm_start(tmp_path)
    np.testing.assert_allclose(child.logits(replies, int), parent.logits(replies, int), atol=1e-4)


def test_going_on_takes_the_new_labels_and_a_sample(engine, tmp_path):
    items, labels = toy(420)
    first, second = tmp_path / "v1", tmp_path / "v2"
    train(engine, items[:320], labels[:320], request(first, "lora"), observer())
    card = train(engine, items, labels, request(second, "lora", parent=first, warm=first), observer())
    assert card.tuning["goes_on_from"] == "v1"
    assert card.tuning["replayed"] == max(80, card.tuning["fresh"])
    assert card.tuning["fresh"] < 100
    learned = [set(read_learned(folder / "network").labels) for folder in (first, second)]
    assert learned[0] < learned[1]
    anew = train(engine, items, labels, request(tmp_path / "v3", "lora"), observer())
    assert anew.tuning["goes_on_from"] is None
    assert anew.tuning["steps"] > card.tuning["steps"]
