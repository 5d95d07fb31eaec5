"""Label files: matched with the workspace, every problem named with file, row and remedy."""

import json

import pytest

from csqm_desktop.domain.scorecard import Criterion, Level, LocalizedText
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.export_data import ExportData
from csqm_desktop.jobs.import_labels import ImportLabels
from tests import builders
from tests.builders import dialogues

HEADER = "conversation_id,message_id,criterion,level,reviewer,reviewed_at"


@pytest.fixture
def workspace(tmp_path):
    card = builders.scorecard(builders.criterion("tone", not_applicable=True), builders.criterion("legal", 2))
    made = builders.workspace(tmp_path / "w", *dialogues(), card=card)
    yield made
    made.close()


def read(workspace, tmp_path, text, name="labels.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return execute(ImportLabels(workspace, path), SilentContext())


def test_rows_of_a_reviewer_become_one_review(workspace, tmp_path):
    rows = f"{HEADER},comment\nc1,2,tone,tone1,Li,2026-09-01T08:00:00+08:00,打 13812345678\nc1,2,legal,legal0,Li,,\n"
    result = read(workspace, tmp_path, rows)
    assert (result.rows, result.added, result.rejected) == (2, 1, 0)
    (stored,) = workspace.reviews.live(2)
    assert stored.review.positions == {"tone": 1, "legal": 0}
    assert "13812345678" not in stored.review.comment
    assert read(workspace, tmp_path, rows).unchanged == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(workspace, tmp_path, encoding):
    rows = f"{HEADER}\n" + "c1,2,tone,tone1,王小明,2026-09-01 08:00\n" * 1
    read(workspace, tmp_path, rows, encoding=encoding)
    assert workspace.reviews.live(2)[0].review.reviewer == "王小明"


def test_json_lines_and_not_applicable(workspace, tmp_path):
    record = {"conversation_id": "c1", "message_id": 2, "criterion": "tone", "level": "n/a", "reviewer": "Li"}
    result = read(workspace, tmp_path, json.dumps(record) + "\n\n", "labels.jsonl")
    assert result.added == 1
    assert workspace.reviews.live(2)[0].review.positions == {"tone": -1}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("c9,2,tone,tone1,Li,", "label_reply_unknown"),
        ("c1,1,tone,tone1,Li,", "label_not_a_reply"),
        ("c1,2,speed,tone1,Li,", "label_criterion_unknown"),
        ("c1,2,tone,great,Li,", "label_level_unknown"),
        ("c1,2,legal,n/a,Li,", "label_level_unknown"),
        ("c1,2,tone,,Li,", "label_value_missing"),
        ("c1,2,tone,tone1,Li,yesterday", "label_time"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_are_kept(workspace, tmp_path, row, code):
    result = read(workspace, tmp_path, f"{HEADER}\nc2,2,tone,tone0,Li,\n{row}\n")
    assert (result.added, result.rejected, result.reasons) == (1, 1, {code: 1})
    (problem,) = result.examples
    assert problem.row == 3
    sentence = str(CsqmError(problem.code, **problem.values))
    assert "labels.csv" in sentence
    assert "row 3" in sentence


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "import_empty"),
        ("a,b\n1,2\n", "labels_columns_missing"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "import_binary"),
        (f"{HEADER}\nc9,2,tone,tone1,Li,\n", "labels_none_usable"),
        (f"{HEADER}\n", "labels_empty"),
    ],
)
def test_a_hopeless_file_changes_nothing(workspace, tmp_path, content, code):
    with pytest.raises(CsqmError) as caught:
        read(workspace, tmp_path, content)
    assert caught.value.code == code
    assert str(tmp_path) in str(caught.value)
    assert workspace.reviews.labels() == []
    assert workspace.jobs.recent()[0].outcome == "failed"


@pytest.mark.parametrize("file_format", ["csv", "jsonl"])
def test_own_export_reads_back_the_same(workspace, tmp_path, file_format):
    reviews = [
        builders.review(2, "a", comment="好，\n“行”", better_reply="x", root_causes=("b", "a")),
        builders.review(2, "b", tone=0),
        builders.review(4, "a", tone=-1),
    ]
    for review in reviews:
        workspace.reviews.submit(review)
    path = tmp_path / f"out.{file_format}"
    execute(ExportData(workspace, "labels", path), SilentContext())
    other = builders.workspace(tmp_path / "other", *dialogues(), card=workspace.scorecards.current())
    result = execute(ImportLabels(other, path), SilentContext())
    assert (result.added, result.rejected) == (3, 0)
    assert other.reviews.labels() == [
        label.__class__(label.reply_id, label.conversation, label.counts, stamp.labelled_at)
        for label, stamp in zip(workspace.reviews.labels(), other.reviews.labels(), strict=True)
    ]
    again = other.reviews.live(2, "a")[0].review
    assert (again.comment, again.better_reply, set(again.root_causes)) == ("好，\n“行”", "x", {"a", "b"})
    other.close()


def test_levels_and_criteria_are_known_by_name_and_in_any_capitals(workspace, tmp_path):
    rows = "c1,2,TONE,Tone1,Li,\nc2,2,中文 tone,tone LEVEL 0,Li,\nc3,2,tone,中文 tone level 2,Li,\n"
    result = read(workspace, tmp_path, f"{HEADER}\n{rows}")
    assert (result.rows, result.used, result.rejected) == (3, 3, 0)
    places = workspace.conversations.find([("c1", "2"), ("c2", "2"), ("c3", "2")])
    found = {c: workspace.reviews.live(i)[0].review.positions for (c, _), i in places.items()}
    assert found == {"c1": {"tone": 1}, "c2": {"tone": 0}, "c3": {"tone": 2}}


def test_a_name_that_fits_two_levels_is_refused(tmp_path):
    twice = tuple(Level(key, LocalizedText({"en": "Same"})) for key in ("a", "b"))
    criterion = Criterion("tone", LocalizedText({"en": "Tone"}), LocalizedText({}), twice, 1.0)
    assert criterion.level_named("same") is None
    assert criterion.level_named("A") == "a"
    assert criterion.level_named("c") is None


def test_a_table_may_have_a_column_for_each_criterion(workspace, tmp_path):
    rows = (
        "conversation_id,message_id,reviewer,Tone,legal,comment\n"
        "c1,2,Li,tone1,Legal0,fine\nc2,2,Li,,legal1,\nc3,2,Li,great,legal1,\nc1,4,Li,,,nothing\n"
    )
    result = read(workspace, tmp_path, rows)
    assert (result.rows, result.used, result.added) == (4, 3, 3)
    assert result.reasons == {"label_level_unknown": 1, "label_value_missing": 1}
    assert workspace.reviews.live(2)[0].review.positions == {"tone": 1, "legal": 0}
    assert workspace.reviews.live(2)[0].review.comment == "fine"
    places = workspace.conversations.find([("c2", "2"), ("c3", "2")])
    for reply in places.values():
        assert workspace.reviews.live(reply)[0].review.positions == {"legal": 1}


def test_a_wide_table_of_something_else_is_refused(workspace, tmp_path):
    with pytest.raises(CsqmError) as caught:
        read(workspace, tmp_path, "conversation_id,message_id,speed,comment\nc1,2,fast,x\n")
    assert caught.value.code == "labels_columns_missing"
    assert "column for each criterion" in caught.value.remedy
