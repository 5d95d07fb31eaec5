"""--out spares files that are there already, unless --overwrite is given."""

import csv
import zipfile

import pytest

from tests import builders
from tests.builders import dialogues, review


@pytest.fixture
def space(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues())
    made.reviews.submit(review(2, "Li"))
    made.close()
    return tmp_path / "w"


VERBS = {
    "backup": ("backup",),
    "export": ("export", "labels"),
    "rejected": ("rejected",),
    "trend": ("trend", "--source", "people", "--private", "1"),
    "plain trend": ("trend", "--source", "people"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_file_of_somebody_else_is_spared(csqm, space, tmp_path, verb):
    mine = tmp_path / "mine.csv"
    mine.write_text("my own work", encoding="utf-8")
    if verb == "rejected":
        csqm("import", mine, "-w", space)
    code, result, _ = csqm(*VERBS[verb], "-w", space, "--out", mine, "--json")
    assert (code, result["error"]["code"]) == (1, "output_there")
    assert "--overwrite" in result["error"]["remedy"]
    assert mine.read_text(encoding="utf-8") == "my own work"
    assert csqm("ledger", "-w", space, "--json")[1]["spent"] == 0  # what was not written has cost nothing


@pytest.mark.parametrize("verb", ["backup", "export", "trend", "plain trend"])
def test_it_is_replaced_when_that_is_asked_for(csqm, space, tmp_path, verb):
    mine = tmp_path / "mine.csv"
    mine.write_text("my own work", encoding="utf-8")
    code, _, err = csqm(*VERBS[verb], "-w", space, "--out", mine, "--overwrite")
    assert code == 0, err
    assert mine.read_bytes() != b"my own work"


def test_a_second_backup_does_not_destroy_the_first(csqm, space, tmp_path):
    out = tmp_path / "b.zip"
    assert csqm("backup", "-w", space, "--out", out)[0] == 0
    before = out.read_bytes()
    assert csqm("backup", "-w", space, "--out", out)[0] == 1
    assert out.read_bytes() == before
    assert zipfile.is_zipfile(out)


@pytest.mark.parametrize("file_format", ["csv", "argilla"])
def test_an_earlier_export_is_not_replaced_by_that_of_another_workspace(csqm, space, tmp_path, file_format):
    out = tmp_path / "rep.csv"
    words = ("export", "conversations" if file_format == "csv" else "labels", "--out", out, "--format", file_format)
    assert csqm(*words, "-w", space)[0] == 0
    before = {path: path.read_bytes() for path in tmp_path.glob("rep.csv*") if path.is_file()}
    builders.workspace(tmp_path / "empty").close()
    for folder in (tmp_path / "empty", space):
        code, result, _ = csqm(*words, "-w", folder, "--json")
        assert (code, result["error"]["code"]) == (1, "output_there" if file_format == "csv" else "export_folder_there")
        assert "--overwrite" in result["error"]["remedy"]
    assert {path: path.read_bytes() for path in before} == before
    assert csqm(*words, "-w", tmp_path / "empty", "--overwrite", "--json")[1]["rows"] == 0


@pytest.mark.parametrize("name", ["t.xlsx", "t.png", "t"])
@pytest.mark.parametrize("more", [(), ("--private", "1")])
def test_a_trend_does_not_pretend_to_be_another_kind_of_file(csqm, space, tmp_path, name, more):
    code, result, _ = csqm("trend", "-w", space, "--source", "people", "--out", tmp_path / name, "--json", *more)
    assert (code, result["error"]["code"]) == (1, "output_kind")
    assert ".csv" in result["error"]["remedy"]
    assert not (tmp_path / name).exists()
    assert csqm("ledger", "-w", space, "--json")[1]["spent"] == 0


def test_a_trend_is_written_as_the_window_writes_it(csqm, space, tmp_path):
    out = tmp_path / "new folder" / "trend.csv"
    code, said, _ = csqm("trend", "-w", space, "--source", "people", "--group-by", "channel", "--out", out)
    assert code == 0
    assert f"Written to {out}" in said
    (row,) = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    assert (row["source"], row["criterion"], row["channel"], row["n"]) == ("people", "overall", "web", "1")
    assert [path.name for path in out.parent.iterdir()] == ["trend.csv"]
    again = csqm("trend", "-w", space, "--source", "people", "--by", "day", "--out", out, "--overwrite", "--json")[1]
    assert again["path"] == str(out)
    assert again["points"][0]["n"] == 1


def test_a_trend_without_figures_writes_nothing(csqm, tmp_path):
    builders.workspace(tmp_path / "empty").close()
    code, said, _ = csqm("trend", "-w", tmp_path / "empty", "--out", tmp_path / "t.csv")
    assert code == 0
    assert "No figures yet" in said
    assert not (tmp_path / "t.csv").exists()


def test_an_export_that_is_a_folder_is_replaced_with_overwrite_only(csqm, space, tmp_path):
    out = tmp_path / "set"
    words = ("export", "labels", "-w", space, "--out", out, "--format", "argilla", "--json")
    assert csqm(*words)[0] == 0
    (out / "records.json").write_text("changed", encoding="utf-8")
    code, result, _ = csqm(*words)
    assert (code, result["error"]["code"]) == (1, "export_folder_there")
    assert "--overwrite" in result["error"]["remedy"]
    assert csqm(*words, "--overwrite")[0] == 0
    assert (out / "records.json").read_text(encoding="utf-8") != "changed"
