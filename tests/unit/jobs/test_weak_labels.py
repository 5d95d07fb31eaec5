"""What is gathered for training beside labels: only about replies without a verdict, and nothing is stored."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import weak_labels
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.export_data import ExportData
from csqm_desktop.jobs.protocol import weak_from_record, weak_to_record
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.jobs.weak_labels import LearnFrom, learn_from
from tests import builders

RULES = """
rules:
  - {criterion: tone, level: tone2, any: [thank]}
  - {criterion: tone, level: tone0, any: [never]}
  - {criterion: legal, level: legal0, any: [never]}
"""
WORDS = ("thank you", "never", "never, thank you", "well")


@pytest.fixture
def shop(tmp_path):
    messages = [
        builders.message(m, f"c{c}", text=WORDS[c % 4] if m == 2 else f"text {m}") for c in range(12) for m in (1, 2)
    ]
    made = builders.workspace(tmp_path / "shop", *messages)
    yield made
    made.close()


def gathered(shop):
    found = weak_labels.gather(shop, Versions(shop), learn_from(shop), 0, lambda: None)
    return [(w.reply.reply_id, w.criterion, int(np.argmax(w.spread)), w.source.value, w.origin) for w in found]


def use_rules(shop, tmp_path, text=RULES):
    file = tmp_path / "shop.yaml"
    file.write_text(text, encoding="utf-8")
    return weak_labels.use_rules(shop, file)


def test_both_are_off_at_first_and_what_is_chosen_is_remembered(shop, tmp_path):
    assert learn_from(shop) == LearnFrom()
    assert not learn_from(shop).anything
    use_rules(shop, tmp_path)
    (tmp_path / "shop.yaml").unlink()  # the workspace keeps the text
    assert learn_from(shop) == LearnFrom("shop.yaml", RULES, rules=True)
    weak_labels.switch(shop, rules=False, scores=True)
    assert learn_from(shop) == LearnFrom("shop.yaml", RULES, rules=False, scores=True)
    assert [row for row in gathered(shop) if row[3] == "rules"] == []


def test_a_mistake_in_the_rules_changes_nothing(shop, tmp_path):
    use_rules(shop, tmp_path)
    with pytest.raises(CsqmError, match="rule"):
        use_rules(shop, tmp_path, "rules: [{criterion: tone, level: great, any: a}]")
    assert learn_from(shop).rules_text == RULES


def test_rules_speak_of_replies_without_a_verdict_and_not_where_they_contradict(shop, tmp_path):
    use_rules(shop, tmp_path)
    ids = shop.conversations.all_reply_ids()
    text = {item.reply_id: item.text for item in shop.conversations.reply_inputs(ids)}
    labelled = next(i for i in ids if text[i] == "thank you")
    shop.reviews.submit(builders.review(labelled, tone=0))
    expected = {(i, "tone", 2, "rules", "shop.yaml") for i in ids if text[i] == "thank you" and i != labelled}
    expected |= {(i, "tone", 0, "rules", "shop.yaml") for i in ids if text[i] == "never"}
    expected |= {(i, "legal", 0, "rules", "shop.yaml") for i in ids if "never" in text[i]}  # one rule: no contradiction
    assert set(gathered(shop)) == expected


def test_only_sure_scores_of_ones_own_active_version_teach(shop):
    weak_labels.switch(shop, scores=True)
    ids = shop.conversations.all_reply_ids()
    version = shop.scores.register_version("v1", shop.scorecards.current_id())
    rows = [[0.02, 0.03, 0.95, 0.5, 0.5], [0.3, 0.3, 0.4, 0.04, 0.96], [0.92, 0.04, 0.04, 0.2, 0.8]]
    shop.scores.write(version, ids[:3], np.array(rows))
    assert gathered(shop) == []  # no version is active
    builders.fake_version(shop)
    shop.reviews.submit(builders.review(ids[2]))
    assert sorted(gathered(shop)) == [(ids[0], "tone", 2, "scores", "v1"), (ids[1], "legal", 1, "scores", "v1")]


def test_the_starter_teaches_nothing(shop):
    weak_labels.switch(shop, scores=True)
    builders.random_scores(shop)
    builders.fake_version(shop, is_starter=True)
    assert gathered(shop) == []


def test_guesses_are_neither_stored_nor_exported(shop, tmp_path):
    def exported(name):
        execute(ExportData(shop, "labels", tmp_path / name), SilentContext())
        return (tmp_path / name).read_bytes()

    shop.reviews.submit(builders.review(shop.conversations.all_reply_ids()[0]))
    before = exported("before.csv")
    use_rules(shop, tmp_path)
    writes = shop.database.connection().total_changes
    assert gathered(shop)
    assert shop.database.connection().total_changes == writes
    assert exported("after.csv") == before


def test_a_guess_travels_to_the_worker_as_it_is(shop, tmp_path):
    use_rules(shop, tmp_path)
    for guess in weak_labels.gather(shop, Versions(shop), learn_from(shop), 0, lambda: None):
        assert weak_from_record(weak_to_record(guess)) == guess
