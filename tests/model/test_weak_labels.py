"""Guesses of rules and of a sure model help to fit heads, and reach nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from csqm_desktop.domain.weak_label import WeakLabel, WeakSource
from csqm_desktop.registry.versions import Card
from csqm_desktop.scoring.device import choose_device
from csqm_desktop.scoring.encoding import encode_reply
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.training import trainer
from csqm_desktop.training.dataset import position
from csqm_desktop.training.trainer import Observer, Request, train
from csqm_desktop.training.weak import WEIGHT
from tests.model.test_trainer import SPECS
from tests.model.toy import toy

FEW = 40


@pytest.fixture(scope="module")
def engine(base):
    made = Engine(base, None, choose_device("cpu"))
    yield made
    made.close()


def learn(engine: Engine, out: Path, guesses: list[WeakLabel] | None) -> Card:
    observer = Observer(lambda *_: None, lambda _: None, lambda: None)
    return train(engine, *toy(FEW), Request(out.name, "head", SPECS, out), observer, guesses)


def planted(source: WeakSource = WeakSource.RULES, wrong: bool = False) -> list[WeakLabel]:
    """Guesses that are right (or all wrong) about replies of other conversations, and some about labelled ones."""
    found = []
    for items, labels in (toy(400, seed=1), toy(FEW)):
        for item, label in zip(items, labels, strict=True):
            reply = replace(item, reply_id=item.reply_id + 10_000 * (items[0].conversation == "s1c0"))
            for key, counts in label.counts.items():
                spread = np.array(counts, dtype=float) / sum(counts)
                said = tuple(spread[::-1] if wrong else spread)
                found.append(WeakLabel(reply, key, said, source, "planted"))
    return found


def loss(engine: Engine, folder: Path) -> float:
    items, labels = toy(150, seed=99)
    found = engine.predict(folder, [encode_reply(item) for item in items]).spread[:, engine.version(folder).slices[0]]
    truth = [int(np.argmax(label.counts["tone"])) for label in labels]
    return -float(np.log(found[np.arange(len(truth)), truth]).mean())


def test_good_rules_help_when_labels_are_few_and_bad_ones_harm(engine, tmp_path):
    learn(engine, tmp_path / "alone", None)
    learn(engine, tmp_path / "ruled", planted())
    learn(engine, tmp_path / "misled", planted(wrong=True))
    alone, ruled, misled = (loss(engine, tmp_path / name) for name in ("alone", "ruled", "misled"))
    assert ruled < alone - 0.02
    assert misled > alone  # so they do reach the fit


def test_guesses_reach_the_fit_only(engine, tmp_path, monkeypatch):
    """What calibrates, what is held out, what is counted and what is remembered as seen stays what people labelled."""
    seen: dict[str, list] = {"decisions": [], "fits": []}
    decide, fit = trainer.fit_decision, trainer.fit_head

    def watched_decision(views, votes):
        seen["decisions"].append(len(votes))
        return decide(views, votes)

    def watched_fit(features, votes, folds, check, report=None, weak=None):
        seen["fits"].append((len(features), weak))
        found = fit(features, votes, folds, check, report, weak)
        assert len(found.left_out) == len(features)
        return found

    monkeypatch.setattr(trainer, "fit_decision", watched_decision)
    monkeypatch.setattr(trainer, "fit_head", watched_fit)
    plain = learn(engine, tmp_path / "plain", None)
    without = {name: list(found) for name, found in seen.items()}
    seen["decisions"].clear(), seen["fits"].clear()
    card = learn(engine, tmp_path / "weak", planted())
    assert seen["decisions"] == without["decisions"]
    assert [n for n, _ in seen["fits"]] == [n for n, _ in without["fits"]]
    assert all(weak is not None and weak.weight == WEIGHT for _, weak in seen["fits"])
    same = ("train_replies", "holdout_replies", "holdout_conversations", "learned_from")
    assert {k: card.metrics[k] for k in same} == {k: plain.metrics[k] for k in same}
    assert (card.label_count, card.label_fingerprint) == (plain.label_count, plain.label_fingerprint)
    assert (tmp_path / "weak/trained_on.json").read_bytes() == (tmp_path / "plain/trained_on.json").read_bytes()


def test_no_guess_is_about_a_labelled_conversation_or_one_that_may_be_held_out(engine, tmp_path, monkeypatch):
    chosen = []
    choose = trainer.choose
    monkeypatch.setattr(trainer, "choose", lambda *given: chosen.append(choose(*given)) or chosen[-1])
    card = learn(engine, tmp_path / "v", planted())
    conversations = {weak.reply.conversation for weak in chosen[0].labels}
    assert conversations
    assert all(name.startswith("s1") and position(name) >= 0.20 for name in conversations)
    held = card.metrics["train_replies"]
    assert card.weak == {
        "weight": WEIGHT,
        "criteria": {"tone": {"rules": held}, "polite": {"rules": held}},  # no more than labels
        "origins": {"rules": "planted"},
    }
    assert Card.read(tmp_path / "v").weak == card.weak


def test_a_model_teaches_itself_no_level_more_often_than_people_gave_it(engine, tmp_path, monkeypatch):
    chosen = []
    choose = trainer.choose

    def watched(guesses, parts, *rest):
        chosen.append((choose(guesses, parts, *rest), parts[0].votes["tone"].argmax(axis=1)))
        return chosen[-1][0]

    monkeypatch.setattr(trainer, "choose", watched)
    guesses = [w for w in planted(WeakSource.SCORES) if w.criterion == "tone"]
    always_good = [replace(w, spread=(0.0, 0.0, 1.0)) for w in guesses]
    card = learn(engine, tmp_path / "v", always_good)
    weak, levels = chosen[0]
    assert len(weak.labels) == int((levels == 2).sum()) == card.weak["criteria"]["tone"]["scores"]


def test_without_guesses_the_card_says_nothing_and_with_unfit_ones_that_none_fit(engine, tmp_path):
    assert learn(engine, tmp_path / "a", None).weak == {}
    assert learn(engine, tmp_path / "b", []).weak == {"weight": WEIGHT, "criteria": {}, "origins": {}}
    assert (tmp_path / "a/heads.safetensors").read_bytes() == (tmp_path / "b/heads.safetensors").read_bytes()
