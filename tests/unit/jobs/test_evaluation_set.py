"""What a version is measured on: labels of stored replies, or a table of texts that need not be stored."""

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import evaluation_set
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.labelled_texts import ImportLabelledTexts, scorecard_for
from csqm_desktop.store.workspace import Workspace
from tests import builders
from tests.builders import dialogues, review

SEED = "text,label\nsoft coat,good\ntorn sleeve,bad\nsoft coat,good\n"


@pytest.fixture
def goods(tmp_path):
    seed = tmp_path / "seed.csv"
    seed.write_text(SEED, encoding="utf-8")
    made = Workspace.create(tmp_path / "w", scorecard_for(seed), "en")
    execute(ImportLabelledTexts(made, seed), SilentContext())
    yield made
    made.close()


def read(space, path, text):
    path.write_text(text, encoding="utf-8")
    return evaluation_set.read(space, path, space.scorecards.current(), SilentContext())


def test_texts_are_measured_without_being_stored_and_known_ones_are_left_out(goods, tmp_path):
    before = goods.conversations.totals()
    rows = "text,label\nwarm hat,good\nsoft coat,good\nhole in it,BAD\ncall 13812345678 for it,bad\n,bad\n"
    found = read(goods, tmp_path / "test.csv", rows.replace("BAD", "bad"))
    assert [label.counts["label"] for label in found.labels] == [(0, 1), (1, 0), (1, 0)]  # worst first: bad, good
    texts = [item.text for item in found.inputs]
    assert texts[:2] == ["warm hat", "hole in it"]
    assert "13812345678" not in texts[2]
    assert [item.reply_id for item in found.inputs] == [label.reply_id for label in found.labels]
    assert (found.overlap, len(found.rejected)) == (1, 1)
    assert goods.conversations.totals() == before


def test_the_table_that_was_learned_from_proves_nothing(goods, tmp_path):
    with pytest.raises(CsqmError) as caught:
        read(goods, tmp_path / "again.csv", SEED)
    assert caught.value.code == "evaluate_overlap"
    assert "csqm models show" in caught.value.remedy


def test_other_classes_are_refused(goods, tmp_path):
    with pytest.raises(CsqmError) as caught:
        read(goods, tmp_path / "other.csv", "text,label\na,good\nb,great\n")
    assert caught.value.code == "labelled_other_scorecard"


def test_labels_of_stored_replies(tmp_path):
    space = builders.workspace(tmp_path / "chats", *dialogues())
    space.reviews.submit(review(2))
    head = "conversation_id,message_id,criterion,level\n"
    found = read(space, tmp_path / "labels.csv", head + "c1,2,tone,tone0\nc2,2,tone,tone1\nc9,2,tone,tone1\n")
    assert [label.counts for label in found.labels] == [{"tone": (0, 1, 0)}]
    assert len(list(found.inputs)) == 1
    assert (found.overlap, len(found.rejected)) == (1, 1)
    with pytest.raises(CsqmError) as caught:  # this workspace has no such scorecard
        read(space, tmp_path / "seed.csv", SEED)
    assert caught.value.code == "labels_columns_missing"
    space.close()
