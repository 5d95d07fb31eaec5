"""The export verb: options become the view, a stopped export says where."""

import csv
import json

import pytest

from csqm_desktop.store.workspace import Workspace
from tests import builders
from tests.builders import dialogues, review


@pytest.fixture
def space(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues())
    made.reviews.submit(review(2, "Li"))
    made.reviews.submit(review(6, "Li", comment="reach her: 13812345678"))
    made.close()
    return tmp_path / "w"


def test_options_narrow_the_view(csqm, space, tmp_path):
    out = tmp_path / "a.csv"
    words = (
        "--where",
        "channel=web",
        "--from",
        "2026-09-08",
        "--to",
        "2026-09-08",
        "--reviewed",
        "--criterion",
        "tone",
    )
    code, result, _ = csqm("export", "labels", "-w", space, "--out", out, *words, "--json")
    assert (code, result["rows"], result["replies"]) == (0, 1, 1)
    assert [row["level"] for row in csv.DictReader(out.read_text("utf-8-sig").splitlines())] == ["tone2"]
    view = json.loads((tmp_path / "a.csv.card.json").read_text("utf-8"))["view"]
    assert view["channel"] == "web"
    assert (view["from"], view["to"], view["criterion"]) == ("2026-09-08", "2026-09-08", "tone")


def test_a_stopped_export_points_to_the_row_and_a_reason_lets_it_out(csqm, space, tmp_path):
    out = tmp_path / "a.csv"
    code, result, error = csqm("export", "labels", "-w", space, "--out", out, "--json")
    assert (code, result["error"]["code"], result["left"]) == (1, "export_blocked", {"phone": 2})
    assert result["findings"][0]["row"] == 4
    assert "[phone]" in error
    assert "13812345678" not in error
    code, result, _ = csqm(
        "export", "labels", "-w", space, "--out", out, "--override", "asked for", "--by", "Wu", "--json"
    )
    assert (code, result["overridden"]) == (0, True)
    opened = Workspace.open(space)
    actor = opened.database.connection().execute("SELECT actor FROM audit_log ORDER BY id DESC").fetchone()[0]
    opened.close()
    assert actor == "Wu"


@pytest.mark.parametrize(
    ("words", "code"), [(("--where", "channel"), 2), (("--where", "weather=fine"), 1), (("--from", "yesterday"), 2)]
)
def test_wrong_words(csqm, space, tmp_path, words, code):
    assert csqm("export", "labels", "-w", space, "--out", tmp_path / "a.csv", *words)[0] == code
