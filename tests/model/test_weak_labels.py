"""Guesses of rules and of a sure model help to fit heads, and reach nothing else."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from csqm_desktop.domain.weak_label import SURE, WeakLabel, WeakSource
from csqm_desktop.registry.versions import Card
from csqm_desktop.scoring.device import choose_device
from csqm_desktop.scoring.encoding import encode_reply
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.training import learning, trainer
from csqm_desktop.training.dataset import Dataset, join, position
from csqm_desktop.training.trainer import Observer, Request, train
from csqm_desktop.training.weak import WEIGHT, WeakSet, as_judged, choose
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


@dataclass
class Watched:
    """A training with what reached its parts."""

    out: Path
    card: Card
    decisions: list[int] = field(default_factory=list)  # rows that each calibration saw
    fits: list[tuple[int, int]] = field(default_factory=list)  # rows that people labelled, guesses
    chosen: WeakSet = field(default_factory=WeakSet)


def watch(engine: Engine, out: Path, guesses: list[WeakLabel] | None) -> Watched:
    decisions, fits, chosen = [], [], []
    decide, fit = learning.fit_decision, learning.fit_head

    def watched_decision(views, votes):
        decisions.append(len(votes))
        return decide(views, votes)

    def watched_fit(features, votes, folds, check, report=None, weak=None, penalty=None):
        fits.append((len(features), 0 if weak is None else len(weak.features)))
        found = fit(features, votes, folds, check, report, weak, penalty)
        assert len(found.left_out) == len(features)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning, "fit_decision", watched_decision)
        patch.setattr(learning, "fit_head", watched_fit)
        patch.setattr(trainer, "choose", lambda *given: chosen.append(choose(*given)) or chosen[-1])
        card = learn(engine, out, guesses)
    return Watched(out, card, decisions, fits, chosen[0])


@pytest.fixture(scope="module")
def alone(engine, tmp_path_factory) -> Watched:
    return watch(engine, tmp_path_factory.mktemp("weak") / "alone", None)


@pytest.fixture(scope="module")
def ruled(engine, tmp_path_factory) -> Watched:
    return watch(engine, tmp_path_factory.mktemp("weak") / "ruled", planted())


def loss(engine: Engine, folder: Path) -> float:
    items, labels = toy(150, seed=99)
    found = engine.predict(folder, [encode_reply(item) for item in items]).spread[:, engine.version(folder).slices[0]]
    truth = [int(np.argmax(label.counts["tone"])) for label in labels]
    return -float(np.log(found[np.arange(len(truth)), truth]).mean())


def test_good_rules_help_when_labels_are_few_and_bad_ones_harm(engine, alone, ruled, tmp_path):
    learn(engine, tmp_path / "misled", planted(wrong=True))
    assert loss(engine, ruled.out) < loss(engine, alone.out) - 0.02
    assert loss(engine, tmp_path / "misled") > loss(engine, alone.out)


def test_guesses_reach_the_fit_only(alone, ruled):
    """What calibrates, what is held out, what is counted and what is remembered as seen stays what people labelled."""
    assert ruled.decisions == alone.decisions
    assert [people for people, _ in ruled.fits] == [people for people, _ in alone.fits]
    assert all(guesses for _, guesses in ruled.fits)
    assert not any(guesses for _, guesses in alone.fits)
    same = ("train_replies", "holdout_replies", "holdout_conversations", "learned_from")
    assert {k: ruled.card.metrics[k] for k in same} == {k: alone.card.metrics[k] for k in same}
    assert (ruled.card.label_count, ruled.card.label_fingerprint) == (
        alone.card.label_count,
        alone.card.label_fingerprint,
    )
    assert (ruled.out / "trained_on.json").read_bytes() == (alone.out / "trained_on.json").read_bytes()


def test_no_guess_is_about_a_labelled_conversation_or_one_that_may_be_held_out(ruled):
    conversations = {weak.reply.conversation for weak in ruled.chosen.labels}
    assert conversations
    assert all(name.startswith("s1") and position(name) >= 0.20 for name in conversations)


def test_the_card_counts_guesses_which_are_no_more_than_the_labels(ruled, alone):
    most = ruled.card.metrics["train_replies"]
    counts = {"tone": {"rules": most}, "polite": {"rules": most}}
    assert ruled.card.weak == {"weight": WEIGHT, "criteria": counts, "origins": {"rules": "planted"}}
    assert Card.read(ruled.out).weak == ruled.card.weak
    assert alone.card.weak == {}


def test_a_model_teaches_itself_no_level_more_often_than_people_gave_it():
    data = Dataset.of(join(*toy(FEW)), SPECS)
    people = int((data.votes["tone"].argmax(axis=1) == 2).sum())
    sure = [replace(w, spread=(0.0, 0.0, 1.0)) for w in planted(WeakSource.SCORES) if w.criterion == "tone"]
    assert len(sure) > people
    found = choose(sure, (data,), SPECS)
    assert found.to_record()["criteria"] == {"tone": {"scores": people}}
    rules = [w for w in planted() if w.criterion == "tone"]
    assert choose([*sure, *rules], (data,), SPECS).to_record()["criteria"] == {"tone": {"rules": FEW}}  # rules first


def test_guesses_of_which_none_fit_change_nothing(engine, alone, tmp_path):
    labelled = [w for w in planted() if w.reply.conversation.startswith("s0")]
    card = learn(engine, tmp_path / "v", labelled)
    assert card.weak == {"weight": WEIGHT, "criteria": {}, "origins": {}}
    assert (tmp_path / "v/heads.safetensors").read_bytes() == (alone.out / "heads.safetensors").read_bytes()


def test_scores_that_teach_are_said_again_by_the_version_that_has_not_seen_the_holdout(engine, alone, tmp_path):
    """What scores has learned from the holdout's labels too; what was judged has not."""
    active = tmp_path / "active"
    learn(engine, tmp_path / "misled", planted(wrong=True))
    shutil.copytree(tmp_path / "misled", active, ignore=shutil.ignore_patterns("judged"))
    shutil.copytree(alone.out, active / "judged")
    guesses = planted(WeakSource.SCORES)
    said = as_judged(engine, active, [*guesses, *planted()], lambda: None)
    judged = engine.predict(alone.out, [encode_reply(w.reply) for w in guesses]).probabilities
    columns = {"tone": slice(0, 3), "polite": slice(3, 5)}
    rows = [row[columns[w.criterion]] for w, row in zip(guesses, judged, strict=True)]
    expected = [tuple(row) for row in rows if row.max() >= SURE]
    assert 0 < len(expected) < len(guesses)
    np.testing.assert_allclose(
        [p for w in said if w.source is WeakSource.SCORES for p in w.spread], np.concatenate(expected)
    )
    assert [w for w in said if w.source is WeakSource.RULES] == planted()
    assert as_judged(engine, alone.out / "nowhere", guesses, lambda: None) == guesses  # nothing was held out: as stored
