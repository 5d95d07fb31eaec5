"""A plain CSV of texts and classes, from the file to the figures."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.labelled_texts import CRITERION, ImportLabelledTexts, scorecard_for
from csqm_desktop.jobs.protocol import criteria_records
from csqm_desktop.registry.versions import Card
from csqm_desktop.scoring.device import choose_device
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.training.trainer import Observer, Request, train
from tests.model.toy import BAD, GOOD, NEUTRAL

WORDS = {"good goods": GOOD, "bad/worse": BAD, "plain": ["dear", "hello", "please"]}


@pytest.fixture
def goods(tmp_path) -> Path:
    rng = random.Random(0)
    path = tmp_path / "goods.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["text", "label"])
        for number in range(240):
            name = list(WORDS)[number % 3]
            writer.writerow([" ".join([*rng.choices(WORDS[name], k=4), rng.choice(NEUTRAL), str(number)]), name])
        writer.writerow(["same text twice", "plain"])
        writer.writerow(["same text twice", "plain"])
    return path


@pytest.fixture
def shop(goods, tmp_path):
    made = Workspace.create(tmp_path / "shop", scorecard_for(goods), "en")
    yield made
    made.close()


def test_from_the_file_to_the_figures(base, goods, shop, tmp_path):
    result = execute(ImportLabelledTexts(shop, goods), SilentContext())
    assert (result.messages.added, result.labels.added, result.rejected) == (242, 242, 0)
    assert result.classes == {"good goods": 80, "bad/worse": 80, "plain": 82}
    again = execute(ImportLabelledTexts(shop, goods), SilentContext())
    assert (again.messages.added, again.labels.added) == (0, 0)

    card = shop.scorecards.current()
    assert [level.key for level in card.criterion(CRITERION).levels] == ["good_goods", "bad_worse", "plain"]
    labels = shop.reviews.labels()
    items = list(shop.conversations.reply_inputs([label.reply_id for label in labels]))
    assert len({item.conversation for item in items}) == 241  # the text that occurs twice is one conversation
    engine = Engine(base, None, choose_device("cpu"))
    specs = tuple(CriterionSpec.from_record(record) for record in criteria_records(card))
    out = tmp_path / "v0001-head"
    trained = train(
        engine, items, labels, Request("v0001-head", "head", specs, out),
        Observer(lambda *_: None, lambda _: None, lambda: None),
    )  # fmt: skip
    engine.close()
    figures = Card.read(out).metrics["criteria"][CRITERION]
    assert figures["accuracy"] > 0.8
    assert figures["macro_f1"] > 0.7
    assert [set(entry) >= {"precision", "recall", "f1"} for entry in figures["classes"]] == [True] * 3
    assert any(name.startswith("tensorboard/events") for name in trained.files)


def test_a_workspace_for_chats_refuses_the_table(goods, tmp_path):
    chats = Workspace.create(tmp_path / "chats", scorecard_for("ecommerce"), "en")
    with pytest.raises(CsqmError) as caught:
        execute(ImportLabelledTexts(chats, goods), SilentContext())
    assert caught.value.code == "labelled_other_scorecard"
    assert not chats.conversations.all_reply_ids()
    chats.close()
