"""Stories run the real program in processes of its own, on a tiny base model and a starter of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.model import toy

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def model_store(tmp_path_factory):
    """A shared model store whose base model is the tiny one."""
    store = tmp_path_factory.mktemp("store")
    toy.build_base(store / "base")
    return store


class Program:
    """Runs ``csqm`` as a user would: in a process, with its exit code and output."""

    def __init__(self, home: Path, store: Path) -> None:
        self.environment = os.environ | {
            "CSQM_HOME": str(home),
            "CSQM_MODEL_STORE": str(store),
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
        }

    def start(self, *words: object, **options: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "csqm_desktop", *map(str, words)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, stdout=pipe, stderr=pipe, text=True, **options)

    def run(self, *words: object, code: int = 0) -> dict:
        process = self.start(*words, "--json")
        out, err = process.communicate(timeout=240)
        assert process.returncode == code, err
        return json.loads(out)


@pytest.fixture
def csqm(csqm_home, model_store):
    return Program(csqm_home, model_store)
