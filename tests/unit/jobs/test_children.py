"""A child of this program is this program, wherever somebody stands."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from csqm_desktop.jobs import children


def test_a_child_runs_no_module_of_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("csqm_desktop", "typer"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text('raise SystemExit("somebody else\'s")\n')
    monkeypatch.chdir(tmp_path)
    done = subprocess.run(
        children.command("--help"), env=children.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "csqm" in done.stdout
