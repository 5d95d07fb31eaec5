"""How this program starts itself again: the worker, the readers of an import, the renderer of screenshots."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def command(*words: str) -> list[str]:
    """The same program with a sub-command, also when frozen.

    ``-P`` keeps the folder in which somebody happens to stand off the child's module path: a ``json.py`` or another
    copy of this program lying there would be run in the place of ours.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    return [sys.executable, "-P", "-m", "csqm_desktop", *words]


def environment() -> dict[str, str]:
    """This process's environment, in which the child finds this very copy of the program first."""
    here = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path}
