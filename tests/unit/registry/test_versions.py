"""Versions: whole ones only, one active, always a way back, whatever is killed when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.registry import versions
from csqm_desktop.registry.files import FileRecord
from csqm_desktop.registry.versions import Card, VersionStore


def card(version, **values):
    defaults = {
        "id": version,
        "method": "head",
        "base_fingerprint": "b" * 16,
        "criteria": [{"key": "tone", "levels": ["bad", "good"]}],
        "created_at": 1000.0,
    }
    return Card(**(defaults | values))


@pytest.fixture
def store(tmp_path):
    return VersionStore(tmp_path / "model_store")


def make(store, version, **values):
    folder = store.candidate_dir(version)
    (folder / "heads.safetensors").write_bytes(version.encode() * 100)
    (folder / "calibration.json").write_text("{}")
    card(version, **values).write(folder)
    store.promote_candidate(version)
    return version


def code(call, *arguments):
    with pytest.raises(CsqmError) as caught:
        call(*arguments)
    assert str(caught.value)
    return caught.value.code


def test_an_empty_store_has_no_versions_and_makes_no_folder(store, tmp_path):
    assert store.list() == []
    assert store.active() is None
    assert store.history() == []
    assert store.next_id("lora") == "v0001-lora"
    assert store.clean_candidates() == []
    assert not any(tmp_path.iterdir())


def test_a_card_comes_back_as_it_was_written(store):
    make(store, "v0001-head", label_count=7, gate={"verdict": "passed", "reasons": []}, parent="v0000-starter")
    found = store.card("v0001-head")
    assert (found.label_count, found.gate["verdict"], found.parent) == (7, "passed", "v0000-starter")
    assert set(found.files) == {"heads.safetensors", "calibration.json"}
    assert found.files["calibration.json"] == FileRecord.of(store.folder("v0001-head") / "calibration.json")
    assert Card.from_dict(found.to_dict()) == found


def test_a_card_of_a_later_release_is_read(store):
    make(store, "v0001-head")
    path = store.folder("v0001-head") / "card.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"colour": "blue"}))
    assert store.card("v0001-head").id == "v0001-head"


def test_versions_are_listed_oldest_first_and_broken_cards_left_out(store):
    make(store, "v0002-lora", created_at=20.0)
    make(store, "v0001-head", created_at=10.0)
    make(store, "v0003-head", created_at=30.0)
    (store.folder("v0003-head") / "card.json").write_text("{")
    assert [found.id for found in store.list()] == ["v0001-head", "v0002-lora"]
    assert [problem.kind for problem in store.verify("v0003-head")] == ["unreadable"]
    assert code(store.card, "v0003-head") == "version_damaged"


def test_numbers_are_never_used_twice(store):
    make(store, "v0001-head")
    store.activate("v0001-head")
    make(store, "v0012-lora")
    store.candidate_dir("v0013-head")
    assert store.next_id("full") == "v0014-full"


@pytest.mark.parametrize("change", ["byte", "length", "gone"])
def test_verify_detects_a_changed_file(store, change):
    make(store, "v0001-head")
    assert store.verify("v0001-head") == []
    weights = store.folder("v0001-head") / "heads.safetensors"
    data = bytearray(weights.read_bytes())
    if change == "byte":
        data[50] ^= 1
        weights.write_bytes(data)
    elif change == "length":
        weights.write_bytes(data[:-1])
    else:
        weights.unlink()
    (problem,) = store.verify("v0001-head")
    assert (problem.file, problem.kind) == (
        "heads.safetensors",
        {"byte": "sha256", "length": "size", "gone": "missing"}[change],
    )
    assert "heads.safetensors" in str(problem)
    assert code(store.activate, "v0001-head") == "version_damaged"


def test_rollback_goes_back_step_by_step(store):
    for version in ("v0001-head", "v0002-head", "v0003-lora"):
        make(store, version)
        store.activate(version, "gate")
    store.activate("v0003-lora")  # again: no new entry
    assert [entry.version for entry in store.history()] == ["v0001-head", "v0002-head", "v0003-lora"]
    assert store.history()[0].reason == "gate"
    assert store.rollback() == "v0002-head"
    assert store.active() == "v0002-head"
    assert store.rollback() == "v0001-head"
    assert code(store.rollback) == "rollback_impossible"
    assert store.active() == "v0001-head"
    store.activate("v0003-lora")
    assert store.rollback() == "v0001-head"


def test_rollback_passes_over_a_damaged_version(store):
    for version in ("v0001-head", "v0002-head", "v0003-lora"):
        make(store, version)
        store.activate(version)
    (store.folder("v0002-head") / "heads.safetensors").write_bytes(b"damaged")
    assert store.rollback() == "v0001-head"


def test_a_deleted_active_version_gives_way_to_the_one_before(store):
    for version in ("v0001-head", "v0002-head"):
        make(store, version)
        store.activate(version)
    store.folder("v0002-head").rename(store.folder("v0002-head").with_name("elsewhere"))
    assert store.active() == "v0001-head"


def test_a_kill_while_writing_active_leaves_the_old_one(store, tmp_path, monkeypatch):
    make(store, "v0001-head")
    make(store, "v0002-head")
    store.activate("v0001-head")

    def killed(self, target):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            store.activate("v0002-head")
    assert store.active() == "v0001-head"
    assert json.loads((tmp_path / "model_store" / "active.json").read_text())["active"] == "v0001-head"
    store.activate("v0002-head")
    assert store.active() == "v0002-head"


def test_a_kill_before_the_card_leaves_only_a_candidate(store):
    folder = store.candidate_dir("v0001-head")
    (folder / "heads.safetensors").write_bytes(b"half")
    assert store.list() == []
    assert code(store.promote_candidate, "v0001-head") == "version_damaged"
    assert store.clean_candidates() == ["v0001-head"]
    assert not folder.exists()


def test_a_kill_between_promoting_and_activating_leaves_the_old_one_active(store):
    make(store, "v0001-head")
    store.activate("v0001-head")
    make(store, "v0002-head")
    assert store.clean_candidates() == []
    assert store.active() == "v0001-head"
    assert [found.id for found in store.list()] == ["v0001-head", "v0002-head"]


def test_a_candidate_changed_after_its_card_is_not_promoted(store):
    folder = store.candidate_dir("v0001-head")
    (folder / "heads.safetensors").write_bytes(b"whole")
    card("v0001-head").write(folder)
    (folder / "heads.safetensors").write_bytes(b"other")
    assert code(store.promote_candidate, "v0001-head") == "version_damaged"
    assert store.list() == []


def test_a_candidate_of_another_name_or_a_second_of_a_name_is_refused(store):
    card("v0009-head").write(store.candidate_dir("v0001-head"))
    assert code(store.promote_candidate, "v0001-head") == "version_damaged"
    make(store, "v0001-head")
    card("v0001-head").write(store.candidate_dir("v0001-head"))
    assert code(store.promote_candidate, "v0001-head") == "version_exists"


def test_a_candidate_folder_starts_empty(store):
    (store.candidate_dir("v0001-head") / "left over").write_text("x")
    assert not any(store.candidate_dir("v0001-head").iterdir())


@pytest.mark.parametrize("version", ["../v0001", "", "a/b", ".hidden", "..", "v1\n"])
def test_ids_cannot_lead_outside(store, version):
    assert code(store.folder, version) == "version_unknown"


def test_unknown_versions_are_named(store):
    for call in (store.card, store.verify, store.activate):
        assert code(call, "v0404-head") == "version_unknown"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"history": 3}', '{"history": [{"at": 1}]}'])
def test_a_broken_active_file_is_explained(store, tmp_path, text):
    make(store, "v0001-head")
    (tmp_path / "model_store" / "active.json").write_text(text)
    assert code(store.active) == "version_damaged"


def test_a_full_disk_is_explained(store, monkeypatch):
    make(store, "v0001-head")

    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(versions, "write_json", full)
    assert code(store.activate, "v0001-head") == "disk_full"
    assert store.active() is None
