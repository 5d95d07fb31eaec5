"""Verbs around privacy."""

import io
import sys

import pytest

from tests import builders
from tests.builders import dialogues


@pytest.fixture
def space(tmp_path):
    builders.workspace(tmp_path / "w", *dialogues()).close()
    return tmp_path / "w"


def test_erase_shows_first_and_erases_when_confirmed(csqm, space):
    code, result, _ = csqm("erase", "-w", space, "--conversation", "c2", "--dry-run", "--json")
    assert (code, result["counts"]["messages"]) == (0, 4)
    code, result, _ = csqm("erase", "-w", space, "--conversation", "c2", "--yes", "--json")
    assert (code, result["messages"]) == (0, 4)
    code, result, _ = csqm("erase", "-w", space, "--conversation", "c2", "--yes", "--json")
    assert (code, result["error"]["code"]) == (1, "erase_unknown")


def test_erase_names_backups_elsewhere_and_asks_for_a_new_one(csqm, space, tmp_path):
    away = tmp_path / "elsewhere" / "shop.bak"
    for out in (("--out", away), ()):
        assert csqm("backup", "-w", space, *out)[0] == 0
    aside = tmp_path / "w-before-restore-20260901-101112"
    aside.mkdir()
    shown = csqm("erase", "-w", space, "--conversation", "c2", "--dry-run", "--json")[1]
    assert shown["elsewhere"] == [str(away), str(aside)]
    assert len(shown["backups"]) == 1
    said = csqm("erase", "-w", space, "--conversation", "c2", "--yes")[1]
    for words in (f"may still hold a copy: {away}", f"may still hold a copy: {aside}", "Copies kept elsewhere"):
        assert words in said
    assert "make a new one: csqm backup" in said
    assert away.exists()
    away.unlink()
    assert "shop.bak" not in csqm("erase", "-w", space, "--conversation", "c1", "--yes")[1]


def test_a_dry_run_says_what_it_counts_and_only_what_there_is(csqm, space, tmp_path, monkeypatch):
    empty, full = tmp_path / "empty.csv", tmp_path / "full.jsonl"
    assert csqm("export", "labels", "-w", space, "--out", empty)[0] == 0  # nobody has labelled anything
    assert csqm("export", "conversations", "-w", space, "--out", full)[0] == 0
    code, _, err = csqm("erase", "-w", space, "--conversation", "c2", "--dry-run")
    lines = err.splitlines()
    assert (code, lines[0]) == (0, "Would be erased:")
    assert {("4", "messages"), ("1", "conversation")} <= {tuple(line.split()) for line in lines}
    assert not any(line.split()[0] == "0" for line in lines)
    assert str(full) in err
    assert str(empty) not in err
    monkeypatch.setattr(sys, "stdin", io.StringIO())  # nobody is there to say yes
    code, _, err = csqm("erase", "-w", space, "--conversation", "c2")
    assert code == 130
    assert "Cancelled." in err.splitlines()


def test_erase_wants_to_know_whom(csqm, space):
    assert csqm("erase", "-w", space)[0] == 2


@pytest.fixture
def older(tmp_path):
    """A workspace whose texts an earlier release has masked, which knew no telephones."""
    made = builders.workspace(tmp_path / "old", builders.message(1, text="call 13800138000"), builders.message(2))
    made.set_fact("masked_by", "0")
    made.close()
    return tmp_path / "old"


def test_mask_again_says_what_it_did_and_what_comes_next(csqm, older, monkeypatch):
    monkeypatch.setenv("CSQM_WORKSPACE", str(older))
    csqm("backup")
    code, would, _ = csqm("mask-again", "--dry-run", "--json")
    assert (code, would["applied"], would["messages"], would["masked"]) == (0, False, 1, {"phone": 1})
    said = csqm("mask-again", "--dry-run")[1]
    assert "1 of 2 messages would change." in said
    assert "Next:" not in said
    code, said, _ = csqm("mask-again", "--by", "Wu")
    assert code == 0
    for words in ("1 of 2 messages changed.", "1 phone", "Labels stay", "Next: csqm score", "make a new backup"):
        assert words in said
    assert str(older / "backups") in said
    assert csqm("mask-again")[1] == "0 of 2 messages changed.\n"


def test_doctor_and_a_stopped_export_say_that_masking_again_helps(csqm, older, tmp_path):
    def said_of_texts():
        findings = csqm("doctor", "-w", older, "--json")[1]["findings"]
        return [(item["level"], item["remedy"]) for item in findings if item["area"] == "personal data"]

    assert said_of_texts() == [("warning", "Run “csqm mask-again”.")]
    export = ("export", "conversations", "-w", older, "--out", tmp_path / "a.jsonl", "--json")
    code, stopped, _ = csqm(*export)
    assert (code, stopped["error"]["code"]) == (1, "export_blocked_older_rules")
    assert "csqm mask-again" in stopped["error"]["remedy"]
    assert csqm("mask-again", "-w", older)[0] == 0
    assert said_of_texts() == [("ok", "")]
    assert csqm(*export)[0] == 0


def test_a_shared_trend_is_noted_in_the_ledger(csqm, space, tmp_path):
    words = ("trend", "-w", space, "--source", "people", "--private", "1", "--out", tmp_path / "a.csv", "--json")
    code, result, _ = csqm(*words)
    assert (code, result["epsilon"], result["spent"]) == (0, 1.0, 1.0)
    assert csqm("ledger", "-w", space, "--json")[1]["spent"] == 1.0
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("start,end,group,n,mean")


def test_an_erasure_is_listed_and_lifted(csqm, space, tmp_path):
    assert csqm("erasures", "-w", space, "--json")[1] == {"lifted": 0, "erasures": []}
    assert csqm("erasures", "list", "-w", space, "--json")[1] == {"lifted": 0, "erasures": []}
    assert csqm("erasures", "lift", "-w", space)[0] == 2
    stub = csqm("erase", "-w", space, "--conversation", "c2", "--yes", "--json")[1]["stub"]
    (found,) = csqm("erasures", "-w", space, "--json")[1]["erasures"]
    assert (found["stub"], found["marks"]) == (stub, 1)
    assert stub in csqm("erasures", "-w", space)[1]
    chats = tmp_path / "again.csv"
    chats.write_text("conversation_id,role,text,sent_at\nc2,customer,hello,2026-09-01 10:00\n", encoding="utf-8")
    assert "1 messages of erased customers" in csqm("import", chats, "-w", space)[1]
    assert csqm("erasures", "-w", space, "--lift", "erasure 0", "--json")[1]["error"]["code"] == "erasure_unknown"
    assert csqm("erasures", "-w", space, "--lift", stub, "--json")[1] == {"lifted": 1, "erasures": []}
    assert "1 added" in csqm("import", chats, "-w", space)[1]
