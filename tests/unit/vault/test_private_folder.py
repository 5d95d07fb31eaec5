"""What a killed process left in the system's temporary folder goes at the next start; what others need stays."""

import os
import subprocess
import sys
import tempfile

import pytest

from csqm_desktop.vault import private_folder


@pytest.fixture(autouse=True)
def own_temp(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def dead_process():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_only_folders_of_ended_processes_go(tmp_path):
    left = tmp_path / f"csqm-{dead_process()}-abc"
    (left / "deep").mkdir(parents=True)
    (left / "deep" / "pasted.txt").write_text("13812345678")
    for name in (f"csqm-{dead_process()}", "csqm-screens-x", "other-1-abc"):
        (tmp_path / name).mkdir()
    (tmp_path / f"csqm-{dead_process()}-file").write_text("no folder")
    with private_folder.make() as own:
        assert str(os.getpid()) in own
        assert private_folder.sweep() == 1
        assert not left.exists()
        assert len(list(tmp_path.iterdir())) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_not_followed(tmp_path):
    kept = tmp_path / "mine.txt"
    kept.write_text("keep me")
    left = tmp_path / f"csqm-{dead_process()}-abc"
    left.mkdir()
    (left / "link").symlink_to(kept)
    assert private_folder.sweep() == 1
    assert kept.read_text() == "keep me"
