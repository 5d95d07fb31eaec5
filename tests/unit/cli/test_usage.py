"""Wrong usage is told in words for readers, not for programmers."""

import pytest

from tests import builders
from tests.builders import dialogues


@pytest.fixture
def space(tmp_path):
    builders.workspace(tmp_path / "w", *dialogues()).close()
    return tmp_path / "w"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("people", "add", "Ann", "--role", "boss"), "'boss' is not one of"),
        (("export", "labels", "--out", "a.csv", "--from", "2026-13-01"), "“2026-13-01” is not a day: write it like"),
        (("undo-import", "three"), "“three” is not a whole number."),
        (("search", "x", "--limit", "0"), "0 is too small: at least 1."),
        (("search", "x", "--limit", "20000"), "20000 is too large: at most 10000."),
    ],
)
def test_what_was_typed_and_what_is_taken(csqm, space, words, said):
    code, _, err = csqm(*words, "-w", space)
    assert code == 2
    assert said in err
    for jargon in ("Value error", "Input should be", "unable to parse", "%Y"):
        assert jargon not in err


def test_a_filter_by_an_unknown_field_speaks_of_no_grouping(csqm, space, tmp_path):
    code, _, err = csqm("export", "labels", "--out", tmp_path / "a.csv", "--where", "colour=red", "-w", space)
    assert code == 1
    assert "have no field “colour”." in err
    assert "group" not in err.splitlines()[0]


def test_a_file_is_no_place_for_a_workspace(csqm, tmp_path):
    (tmp_path / "cn.csv").write_text("x", encoding="utf-8")
    code, result, _ = csqm("init", "-w", tmp_path / "cn.csv", "--json")
    assert (code, result["error"]["code"]) == (1, "workspace_is_file")
