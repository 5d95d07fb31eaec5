"""Folders in the system's temporary folder for plain files that are needed for a moment: pasted text, unpacked exports.

Each is readable by this user only and carries the number of its process, so that what a kill leaves behind is removed
at the next start.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

import psutil

from csqm_desktop.vault import wiping

_NAME = re.compile(r"csqm-(\d+)-\w+")


def make() -> tempfile.TemporaryDirectory[str]:
    """A new one; it goes with its context."""
    return tempfile.TemporaryDirectory(prefix=f"csqm-{os.getpid()}-")


def sweep() -> int:
    """Overwrite and remove those of processes that are gone; returns how many there were."""
    gone = [path for path in Path(tempfile.gettempdir()).glob("csqm-*") if _is_left(path)]
    for path in gone:
        for file in path.rglob("*"):
            if file.is_file() and not file.is_symlink():
                wiping.remove(file)
        shutil.rmtree(path, ignore_errors=True)
    return len(gone)


def _is_left(path: Path) -> bool:
    """Whether it is a folder of this user's whose process has ended."""
    match = _NAME.fullmatch(path.name)
    if match is None or path.is_symlink() or not path.is_dir() or not os.access(path, os.W_OK | os.X_OK):
        return False
    return not psutil.pid_exists(int(match[1]))
