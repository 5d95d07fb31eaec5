"""Training really learns, stops when asked, repeats itself, and is judged on what it did not see."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.registry.versions import Card
from csqm_desktop.scoring.device import choose_device
from csqm_desktop.scoring.encoding import encode_reply
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.network import TextNetwork
from csqm_desktop.scoring.version import CriterionSpec, Version
from csqm_desktop.training.dataset import Dataset, conversation_hash, join
from csqm_desktop.training.refit import judged_folder, put_beside
from csqm_desktop.training.trainer import Observer, Request, train
from tests.model.toy import CRITERIA, needles, toy

SPECS = tuple(CriterionSpec.from_record(c) for c in CRITERIA)
FAST = {"epochs": 3, "learning_rate": 2e-3}


@pytest.fixture(scope="module")
def engine(base):
    made = Engine(base, None, choose_device("cpu"))
    yield made
    made.close()


def observer(metrics: list | None = None, check=lambda: None, progress=lambda *_: None) -> Observer:
    return Observer(progress, (metrics if metrics is not None else []).append, check)


def request(out: Path, method: str = "head", **facts) -> Request:
    return Request(out.name, method, facts.pop("criteria", SPECS), out, **facts)


def accuracy(engine: Engine, folder: Path, criterion: int = 0) -> float:
    items, labels = toy(120, seed=99)
    found = engine.predict(folder, [encode_reply(item) for item in items])
    columns = engine.version(folder).slices[criterion]
    truth = [int(np.argmax(label.counts[SPECS[criterion].key])) for label in labels]
    return float((found.probabilities[:, columns].argmax(axis=1) == truth).mean())


@pytest.fixture(scope="module")
def trained(engine, tmp_path_factory) -> tuple[Path, Card, list]:
    out = tmp_path_factory.mktemp("versions") / "v0001-head"
    metrics: list = []
    card = train(engine, *toy(300), request(out, scorecard={"key": "shop", "version": 2}), observer(metrics))
    return out, card, metrics


def test_head_learns_and_the_card_says_everything(engine, trained):
    out, card, metrics = trained
    assert accuracy(engine, out) > 0.75
    assert accuracy(engine, out, 1) > 0.75
    read = Card.read(out)
    assert read.to_dict() == card.to_dict()
    assert (read.method, read.scorecard_key, read.scorecard_version, read.label_count) == ("head", "shop", 2, 300)
    assert read.metrics["train_replies"] + read.metrics["holdout_replies"] == 300
    assert read.metrics["criteria"]["tone"]["n"] == read.metrics["holdout_replies"]
    assert read.gate["verdict"] in ("passed", "passed_unproven")
    assert {"heads.safetensors", "version.json", "calibration.json", "trained_on.json"} <= set(read.files)
    assert any(name.startswith("tensorboard/") for name in read.files)
    assert {m["series"] for m in metrics} >= {"left_out_loss/tone", "holdout_accuracy/polite"}


def test_what_is_stored_is_only_the_heads(trained):
    out, _, _ = trained
    assert sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) < 100_000
    with safe_open(out / "heads.safetensors", "np") as tensors:
        assert {name.split(".")[0] for name in tensors.keys()} == {"heads", "scaling"}  # noqa: SIM118


def test_probabilities_are_distributions(engine, trained):
    items, _ = toy(50, seed=5)
    found = engine.predict(trained[0], [encode_reply(item) for item in items])
    for table in (found.probabilities, found.spread):
        assert table.shape == (50, 5)
        np.testing.assert_allclose(table[:, :3].sum(axis=1), 1)
        np.testing.assert_allclose(table[:, 3:].sum(axis=1), 1)


def test_the_same_seed_gives_the_same_version(engine, trained, tmp_path):
    again = train(engine, *toy(300), request(tmp_path / "again"), observer())
    out, card, _ = trained
    assert (tmp_path / "again" / "heads.safetensors").read_bytes() == (out / "heads.safetensors").read_bytes()
    assert again.metrics["criteria"] == card.metrics["criteria"]
    assert again.label_fingerprint == card.label_fingerprint


@pytest.mark.parametrize("method", ["lora", "adalora", "ia3", "prompt", "full"])
def test_fine_tuning_learns_and_is_the_same_after_loading(base, engine, tmp_path, method):
    out = tmp_path / f"v-{method}"
    metrics: list = []
    card = train(engine, *toy(300), request(out, method, options=FAST), observer(metrics))
    assert accuracy(engine, out) > 0.75
    fresh = Engine(base, None, choose_device("cpu"))
    items, _ = toy(20, seed=7)
    replies = [encode_reply(item) for item in items]
    np.testing.assert_allclose(
        fresh.predict(out, replies).probabilities, engine.predict(out, replies).probabilities, atol=1e-4
    )
    fresh.close()
    assert Version.load(out).tuned
    assert not [name for name in card.files if name.endswith((".bin", ".pt", ".pkl"))]


@pytest.mark.parametrize(
    ("method", "rate", "epochs", "gain"), [("lora", 3e-3, 10, 0.05), ("full", 5e-4, 8, 0.01)], ids=["lora", "full"]
)
def test_the_network_itself_learns_where_a_head_cannot(engine, tmp_path, method, rate, epochs, gain):
    metrics: list = []
    options = {"epochs": epochs, "learning_rate": rate, "patience": 99}
    labelled = needles(600, among=100)
    train(engine, *labelled, request(tmp_path / "v", method, criteria=SPECS[1:], options=options), observer(metrics))
    losses = [m["value"] for m in metrics if m["series"] == "validation_loss"]
    assert min(losses) < losses[0] - gain  # the first one is that of the head alone


def test_a_fine_tune_goes_on_from_its_parent_on_old_and_new_labels(engine, tmp_path):
    first, second = tmp_path / "v1", tmp_path / "v2"
    train(engine, *toy(200), request(first, "lora", options=FAST), observer())
    ids = [encode_reply(item) for item in toy(20, seed=6)[0]]
    stored = TextNetwork.load(first / "network", engine.encoder, SPECS)
    going_on = TextNetwork(engine.encoder, SPECS, "lora").trainable(0)
    assert going_on.warm_start(first / "network")
    np.testing.assert_allclose(going_on.logits(ids, int), stored.logits(ids, int), atol=1e-4)
    card = train(engine, *toy(240), request(second, "lora", parent=first, options=FAST | {"epochs": 1}), observer())
    assert card.parent == "v1"
    before, after = (set(json.loads((p / "trained_on.json").read_text())) for p in (first, second))
    assert before < after


@pytest.mark.parametrize("kind", ["lora", "full"])
def test_a_parent_that_does_not_fit_is_left_aside(engine, tmp_path, kind):
    network = TextNetwork(engine.encoder, SPECS, kind).trainable(0)
    assert not network.warm_start(tmp_path / "nothing")
    TextNetwork(engine.encoder, SPECS[:1], kind).trainable(0).save(tmp_path / "other")
    assert not network.warm_start(tmp_path / "other")


def test_cancel_stops_within_a_step_and_leaves_no_card(engine, tmp_path):
    steps = []

    def check():
        if len(steps) >= 3:
            raise Cancelled

    def progress(_done, total, stage):
        if stage == "fitting" and total > 10:  # the steps of the network, not the criteria of the heads
            steps.append(stage)

    with pytest.raises(Cancelled):
        train(engine, *toy(300), request(tmp_path / "v", "lora", options=FAST), observer(None, check, progress))
    assert len(steps) == 3
    assert not (tmp_path / "v" / "card.json").exists()


def test_a_sabotaged_candidate_is_refused(engine, trained, tmp_path):
    items, labels = toy(300)
    upside_down = [
        type(label)(label.reply_id, label.conversation, {k: tuple(reversed(v)) for k, v in label.counts.items()})
        for label in labels
    ]
    holdout = _holdout_of(trained[0], items)
    mixed = [good if good.conversation in holdout else bad for good, bad in zip(labels, upside_down, strict=True)]
    card = train(engine, items, mixed, request(tmp_path / "v", active=trained[0]), observer())
    assert card.gate["verdict"] == "failed"
    assert {r["code"] for r in card.gate["reasons"]} >= {"worse"}


def test_the_same_again_is_let_in(engine, trained, tmp_path):
    card = train(engine, *toy(300), request(tmp_path / "v", active=trained[0], parent=trained[0]), observer())
    assert card.gate["verdict"].startswith("passed")
    assert {r["values"]["against"] for r in card.gate["reasons"]} == {"active"}


def _holdout_of(folder: Path, items) -> set[str]:
    seen = set(json.loads((folder / "trained_on.json").read_text()))
    return {item.conversation for item in items if conversation_hash(item.conversation) not in seen}


def test_a_criterion_without_labels_keeps_its_prior_and_is_named(engine, tmp_path):
    specs = (*SPECS, CriterionSpec("legal", ("no", "partly", "mostly", "yes")))
    card = train(engine, *toy(120), request(tmp_path / "v", criteria=specs), observer())
    assert [c["trained"] for c in card.criteria] == [True, True, False]
    assert {r["code"]: r["values"] for r in card.gate["reasons"]}["untrained"] == {"criterion": "legal"}
    items, _ = toy(3, seed=8)
    found = engine.predict(tmp_path / "v", [encode_reply(item) for item in items])
    np.testing.assert_allclose(found.probabilities[:, 5:], 0.25)


def test_too_few_labels_and_unknown_methods_are_refused(engine, tmp_path):
    with pytest.raises(CsqmError) as caught:
        train(engine, *toy(12), request(tmp_path / "a"), observer())
    assert caught.value.code == "too_few_labels"
    with pytest.raises(CsqmError) as caught:
        train(engine, *toy(100), request(tmp_path / "b", "magic"), observer())
    assert caught.value.code == "unknown_method"


def test_a_loss_that_leaves_the_numbers_is_an_error_not_a_version(engine, tmp_path):
    with pytest.raises(CsqmError) as caught:
        train(
            engine, *toy(100), request(tmp_path / "v", "full", options={"learning_rate": 1e30, "epochs": 2}), observer()
        )
    assert caught.value.code == "training_diverged"


def test_tensorboard_reads_the_curves(trained):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    out, _, metrics = trained
    events = EventAccumulator(str(out / "tensorboard"))
    events.Reload()
    values = [event.value for event in events.Scalars("left_out_loss/tone")]
    assert values == pytest.approx([m["value"] for m in metrics if m["series"] == "left_out_loss/tone"])


@pytest.mark.parametrize("damage", ["version.json", "heads.safetensors"])
def test_a_damaged_version_is_named(engine, trained, tmp_path, damage):
    import shutil

    folder = shutil.copytree(trained[0], tmp_path / "v0009")
    (folder / damage).write_bytes(b"{}garbage")
    with pytest.raises(CsqmError) as caught:
        engine.predict(folder, [])
    assert caught.value.code == "version_damaged"
    assert "v0009" in str(caught.value)


def test_a_version_of_another_base_model_is_refused(trained, tmp_path):
    from tests.model.toy import build_base

    other = Engine(build_base(tmp_path / "other", seed=5), None, choose_device("cpu"))
    with pytest.raises(CsqmError) as caught:
        other.version(trained[0])
    assert caught.value.code == "wrong_base"


def test_all_labels_train_and_what_was_judged_stays_to_be_compared_with(engine, trained, tmp_path):
    out, card, _ = trained
    assert card.metrics["learned_from"] == card.label_count == card.metrics["train_replies"] + len(_held(card))
    judged, whole = Version.load(judged_folder(out)), Version.load(out)
    assert judged_folder(out) != out
    assert not np.allclose(judged.heads[0].weights, whole.heads[0].weights)
    items, labels = toy(300)
    holdout = _holdout_of(out, items)
    again = train(engine, items, labels, request(tmp_path / "v", active=out, parent=out), observer())
    assert again.metrics["holdout_replies"] == sum(item.conversation in holdout for item in items)
    # both sides of the comparison are the ones that do not know the holdout: the same figures exactly
    figures = again.gate["differences"]["tone"]["log_loss"]
    assert figures["candidate"] == pytest.approx(figures["active"], abs=1e-6)


def _held(card: Card) -> range:
    return range(card.metrics["holdout_replies"])


def test_a_refit_that_is_worse_than_what_was_judged_is_not_used(engine, trained, tmp_path):
    folder = tmp_path / "v"
    shutil.copytree(trained[0], folder)
    judged = Version.load(judged_folder(folder))
    judged.save(folder)
    shutil.rmtree(folder / "judged")
    broken = replace(judged, heads=tuple(replace(head, weights=-head.weights) for head in judged.heads))
    items, labels = toy(60, seed=5)
    assert not put_beside(engine, broken, folder, Dataset.of(join(items, labels), SPECS), lambda: None)
    assert judged_folder(folder) == folder
    np.testing.assert_array_equal(Version.load(folder).heads[0].weights, judged.heads[0].weights)
