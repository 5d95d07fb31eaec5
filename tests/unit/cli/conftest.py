"""Running commands in this process."""

import json
import sys

import pytest

from csqm_desktop import cli


@pytest.fixture
def csqm(monkeypatch, capsys):
    """Run a command in this process: exit code, JSON on stdout (None: not JSON), stderr."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["csqm", *map(str, words)])
        code = cli.main()
        out, err = capsys.readouterr()
        try:
            return code, json.loads(out), err
        except ValueError:
            return code, out, err

    return run
