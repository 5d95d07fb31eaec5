"""Pictures of every screen, made without touching the settings of the person who asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from csqm_desktop import rubrics
from csqm_desktop.store.workspace import Workspace

SCREENS = {
    "welcome", "review", "dashboard", "training", "import", "settings", "settings-privacy", "mask-again", "restore",
    "erase", "import-preview", "shortcuts",
}  # fmt: skip


@pytest.mark.slow
def test_every_screen_is_rendered_in_every_look(workspace: Workspace, tmp_path: Path, csqm_home: Path) -> None:
    out = tmp_path / "pictures"
    subprocess.run(
        [sys.executable, "-m", "csqm_desktop", "screenshots-render", str(out), str(workspace.folder)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
    )
    names = {path.stem for path in out.glob("*.png")}
    assert names == {f"{s}-{look}-{lang}" for s in SCREENS for look in ("light", "dark") for lang in ("en", "zh")}
    picture = QImage(str(out / "settings-dark-zh.png"))
    assert (picture.width(), picture.height()) == (1440, 900)
    assert not (csqm_home / "settings.toml").exists()


@pytest.mark.slow
def test_an_empty_workspace_is_rendered_too(tmp_path: Path, csqm_home: Path) -> None:
    Workspace.create(tmp_path / "w", rubrics.load("ecommerce")).close()
    done = subprocess.run(
        [sys.executable, "-m", "csqm_desktop", "screenshots", str(tmp_path / "out"), "-w", str(tmp_path / "w")],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    assert "the question before erasing is not among" in done.stdout
    assert {path.stem.split("-light")[0] for path in (tmp_path / "out").glob("*-light-en.png")} == SCREENS - {"erase"}
