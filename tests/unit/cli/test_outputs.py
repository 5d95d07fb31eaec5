"""--out spares files that are there already, unless --overwrite is given."""

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


@pytest.mark.parametrize("verb", ["backup", "export", "trend"])
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
