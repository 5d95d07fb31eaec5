"""Each format holds what it should, and nothing that is a model's stands as a person's."""

import csv
import json
from xml.etree import ElementTree

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.exporters import base
from csqm_desktop.jobs.export_data import ExportData


def lines(result):
    return [json.loads(line) for line in result.path.read_text("utf-8").splitlines()]


def test_labels_are_a_row_for_each_reviewer_and_criterion_with_their_status(export):
    rows = lines(export("labels", "a.jsonl"))
    assert len(rows) == 5 * 2 + 2
    assert {row["verdict"] for row in rows} == {"scored", "flagged", "skipped"}
    flagged = next(row for row in rows if row["verdict"] == "flagged")
    assert (flagged["criterion"], flagged["level"], flagged["comment"]) == ("", "", "look")
    first = rows[0]
    assert (first["reviewer"], first["root_cause"], first["seconds"]) == ("Wang", "canned;slow", 4.5)


def test_the_consensus_states_ties_and_breaks_none(export):
    rows = lines(export("labels", "a.jsonl", opinions="consensus"))
    by = {(row["message_id"], row["conversation_id"], row["criterion"]): row for row in rows}
    agreed = by["2", "c1", "tone"]
    assert (agreed["level"], agreed["votes"], agreed["share"], agreed["tie"]) == (
        "tone2",
        "tone0:1;tone2:2",
        0.6667,
        "",
    )
    tied = by["4", "c1", "tone"]
    assert (tied["level"], tied["tie"], tied["reviewers"]) == ("", "tone0;tone1", 2)
    assert {row["source"] for row in rows} == {"consensus"}


def test_label_studio_keeps_people_and_model_apart(export):
    result = export("labels", "a.json")
    tasks = json.loads(result.path.read_text("utf-8"))
    assert len(tasks) == result.rows == 4
    task = tasks[0]
    assert [len(task["annotations"]), len(task["predictions"])] == [3, 1]
    assert task["predictions"][0]["model_version"] == "v1"
    assert [turn["author"] for turn in task["data"]["dialogue"]] == ["customer"]
    names = {item["from_name"] for t in tasks for a in t["annotations"] for item in a["result"]}
    config = ElementTree.fromstring(result.beside[0].read_text("utf-8"))
    assert names <= {node.get("name") for node in config.iter() if node.get("toName") == "reply"}
    cancelled = [t["data"]["message_id"] for t in tasks for a in t["annotations"] if a["was_cancelled"]]
    assert len(cancelled) == 1


def test_scores_alone_hold_no_annotation(export):
    tasks = json.loads(export("scores", "a.json").path.read_text("utf-8"))
    assert tasks
    assert all(task["predictions"] and not task["annotations"] for task in tasks)


def test_doccano_lines_have_the_same_keys(export):
    rows = lines(export("labels", "a.doccano.jsonl"))
    assert len({tuple(row) for row in rows}) == 1
    assert rows[0]["label"] == ["tone:tone2", "legal:legal1"]


def test_argilla_has_responses_by_people_and_suggestions_by_the_version(export):
    folder = export("labels", "a", file_format="argilla").path
    records = json.loads((folder / "records.json").read_text("utf-8"))
    record = records[0]
    assert [answer["value"] for answer in record["responses"]["tone"]] == ["tone2", "tone2", "tone0"]
    assert record["suggestions"]["tone"]["agent"] == "v1"
    questions = {q["name"] for q in json.loads((folder / ".argilla/settings.json").read_text("utf-8"))["questions"]}
    assert {name for r in records for name in (*r["responses"], *r["suggestions"])} <= questions


def test_chats_for_training_have_only_what_the_customer_saw(export):
    chats = lines(export("conversations", "a.openai.jsonl"))
    assert len(chats) == 3
    assert all(
        set(chat) == {"messages"} and {m["role"] for m in chat["messages"]} == {"user", "assistant"} for chat in chats
    )
    turns = lines(export("conversations", "a.sharegpt.jsonl"))[0]["conversations"]
    assert [turn["from"] for turn in turns] == ["human", "gpt", "human", "gpt"]


def test_csv_neutralises_formulas_and_starts_with_a_mark(export):
    path = export("labels", "a.csv").path
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0]["comment"] == "'=good"


def test_a_worksheet_holds_formulas_as_texts(export, tmp_path):
    import zipfile

    with zipfile.ZipFile(export("labels", "a.xlsx").path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")
    assert "=good" in sheet
    assert "<f>" not in sheet


def test_hf_folder_describes_its_columns(export):
    pyarrow = pytest.importorskip("pyarrow")
    folder = export("labels", "a", file_format="hf").path
    with pyarrow.ipc.open_stream(folder / "data-00000-of-00001.arrow") as stream:
        table = stream.read_all()
    info = json.loads((folder / "dataset_info.json").read_text("utf-8"))
    assert table.num_rows == 12
    assert list(info["features"]) == table.column_names or set(info["features"]) == set(table.column_names)


@pytest.mark.parametrize(
    ("what", "name", "options", "code"),
    [
        ("labels", "a.openai.jsonl", {}, "export_format_kind"),
        ("labels", "a.csv", {"opinions": "mean"}, "export_opinions"),
    ],
)
def test_what_does_not_fit_is_refused(workspace, tmp_path, what, name, options, code):
    with pytest.raises(CsqmError) as caught:
        ExportData(workspace, what, tmp_path / name, **options)
    assert caught.value.code == code


def test_a_cell_that_excel_cannot_hold_is_an_error_not_a_gap(workspace, export):
    from tests import builders
    from tests.builders import message

    builders.add(workspace, [message(9, "c9", text="字" * 32_768)])
    with pytest.raises(CsqmError) as caught:
        export("conversations", "a.xlsx")
    assert caught.value.code == "export_cell_long"
    assert export("conversations", "a.csv").rows == 13


def test_labels_by_no_person_never_leave(workspace, export):
    """A source that a later feature adds stays inside until somebody says that it is a person's."""
    with workspace.database.transaction() as connection:
        connection.execute("UPDATE reviews SET source = 'rule' WHERE reply_id = 4")
    for name in ("a.jsonl", "a.doccano.jsonl", "a.csv"):
        assert "tone1" not in export("labels", name).path.read_text("utf-8-sig")  # only reply 4 was given it
    tasks = json.loads(export("labels", "a.json").path.read_text("utf-8"))
    assert "tone1" not in json.dumps([task["annotations"] for task in tasks])
    card = json.loads(export("labels", "b.jsonl").card.read_text("utf-8"))
    assert card["out"]["reviews"] == {"not by a person: rule": 2}


def test_every_format_is_registered_once():
    names = base.format_names()
    assert len(set(names)) == len(names) == 10


@pytest.mark.parametrize("file_format", ["hf", "argilla"])
def test_a_folder_makes_room_only_where_it_is_an_earlier_export(export, tmp_path, file_format):
    folder = export("labels", "a", file_format=file_format).path
    with pytest.raises(CsqmError) as caught:
        export("labels", "a", file_format=file_format)
    assert caught.value.code == "export_folder_there"
    assert export("labels", "a", file_format=file_format, overwrite=True).path == folder
    changed = next(path for path in sorted(folder.rglob("*")) if path.is_file())
    changed.write_text("mine", encoding="utf-8")
    with pytest.raises(CsqmError) as caught:
        export("labels", "a", file_format=file_format)
    assert caught.value.code == "export_folder_there"
    assert changed.read_text("utf-8") == "mine"
    export("labels", "a", file_format=file_format, overwrite=True)
    assert changed.read_bytes() != b"mine"
    (folder / "notes.txt").write_text("my notes", encoding="utf-8")
    with pytest.raises(CsqmError) as caught:
        export("labels", "a", file_format=file_format, overwrite=True)
    assert (caught.value.code, caught.value.values["first"]) == ("export_folder_foreign", "a/notes.txt")
    assert (folder / "notes.txt").read_text("utf-8") == "my notes"
    assert not list(tmp_path.glob(".a*"))


def test_somebody_elses_folder_is_never_replaced(export, tmp_path):
    (tmp_path / "a").mkdir()
    export("labels", "a", file_format="argilla")  # an empty one is
    mine = tmp_path / "documents" / "deep"
    mine.mkdir(parents=True)
    (mine / "letter.txt").write_text("dear", encoding="utf-8")
    for overwrite in (False, True):
        with pytest.raises(CsqmError):
            export("labels", "documents", file_format="argilla", overwrite=overwrite)
    assert (mine / "letter.txt").read_text("utf-8") == "dear"
