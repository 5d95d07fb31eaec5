"""The people verbs, and signing in of scripts."""

import pytest

from csqm_desktop.store.workspace import Workspace
from tests import builders
from tests.builders import dialogues


@pytest.fixture
def space(tmp_path):
    builders.workspace(tmp_path / "w", *dialogues()).close()
    return tmp_path / "w"


@pytest.fixture
def as_person(monkeypatch):
    def sign_in(name, passphrase):
        monkeypatch.setenv("CSQM_PERSON", name)
        monkeypatch.setenv("CSQM_PERSON_PASSPHRASE", passphrase)

    return sign_in


def test_a_team_from_the_command_line(csqm, space, as_person, monkeypatch, tmp_path):
    out = tmp_path / "a.jsonl"
    monkeypatch.setenv("CSQM_NEW_PASSPHRASE", "words of Ann")
    words = ("people", "add", "Ann", "-w", space, "--json")
    assert csqm(*words)[1]["error"]["code"] == "people_first_lead"
    assert csqm(*words, "--role", "lead")[:2] == (0, {"name": "Ann", "role": "lead"})
    assert csqm("people", "list", "-w", space, "--json")[1]["error"]["code"] == "sign_in_needed"
    as_person("Ann", "wrong words")
    assert csqm("people", "list", "-w", space, "--json")[1]["error"]["code"] == "sign_in_wrong"
    as_person("Ann", "words of Ann")
    monkeypatch.setenv("CSQM_NEW_PASSPHRASE", "words of Bo")
    assert csqm("people", "add", "Bo", "-w", space)[0] == 0
    as_person("Bo", "words of Bo")
    code, result, err = csqm("export", "conversations", "--out", out, "-w", space, "--json")
    assert (code, result["error"]["code"], out.exists()) == (1, "not_allowed", False)
    assert "supervisor" in err
    monkeypatch.setenv("CSQM_PASSPHRASE", "words for the disk")
    assert csqm("encrypt", "-w", space, "--json")[1]["error"]["code"] == "not_allowed"
    assert csqm("trend", "-w", space, "--json")[1]["error"]["code"] == "not_allowed"
    as_person("Ann", "words of Ann")
    assert csqm("people", "role", "Bo", "supervisor", "-w", space)[0] == 0
    monkeypatch.setenv("CSQM_NEW_PASSPHRASE", "more words of Bo")
    assert csqm("people", "passphrase", "Bo", "-w", space)[0] == 0
    as_person("Bo", "more words of Bo")
    assert csqm("export", "conversations", "--out", out, "-w", space, "--json")[0] == 0
    as_person("Ann", "words of Ann")
    people = csqm("people", "list", "-w", space, "--json")[1]["people"]
    assert [(p["name"], p["role"]) for p in people if p["signs_in"]] == [("Ann", "lead"), ("Bo", "supervisor")]
    assert csqm("people", "remove", "Bo", "-w", space)[0] == 0
    assert csqm("people", "remove", "Ann", "-w", space)[0] == 0
    monkeypatch.delenv("CSQM_PERSON")
    assert csqm("export", "conversations", "--out", tmp_path / "b.jsonl", "-w", space)[0] == 0
    opened = Workspace.open(space)
    actions = [row[0] for row in opened.database.connection().execute("SELECT action FROM audit_log")]
    opened.close()
    assert {"person_added", "sign_in", "sign_in_failed", "refused", "role_changed", "passphrase_changed"} < set(actions)
    assert actions[-2:] == ["person_removed", "export"]


def test_a_missing_passphrase_of_a_new_person_is_not_taken_for_the_workspaces(csqm, space, monkeypatch):
    monkeypatch.setenv("CSQM_PASSPHRASE", "words for the disk")  # says nothing of a person
    error = csqm("people", "add", "Wang", "-w", space, "--json")[1]["error"]
    assert error["code"] == "people_first_lead"  # before anybody types a passphrase in vain
    assert "--role lead" in error["remedy"]
    code, _, err = csqm("people", "add", "Wang", "--role", "lead", "-w", space)
    assert code == 1
    assert "passphrase of Wang was not given" in err
    assert "CSQM_NEW_PASSPHRASE" in err
    assert "encrypted" not in err
    monkeypatch.setenv("CSQM_NEW_PASSPHRASE", "words of Wang")
    assert csqm("people", "add", "Wang", "--role", "lead", "-w", space)[0] == 0
    monkeypatch.delenv("CSQM_NEW_PASSPHRASE")
    monkeypatch.setenv("CSQM_PERSON", "Wang")
    monkeypatch.setenv("CSQM_PERSON_PASSPHRASE", "words of Wang")
    error = csqm("people", "passphrase", "Wang", "-w", space, "--json")[1]["error"]
    assert error["code"] == "new_passphrase_missing"
