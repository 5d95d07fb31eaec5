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


def test_an_export_is_replaced_while_nobody_has_changed_it(csqm, space, tmp_path):
    out = tmp_path / "labels.csv"
    for _ in range(2):
        assert csqm("export", "labels", "-w", space, "--out", out)[0] == 0
    out.write_text(out.read_text(encoding="utf-8") + "mine\n", encoding="utf-8")
    assert csqm("export", "labels", "-w", space, "--out", out)[0] == 1


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
