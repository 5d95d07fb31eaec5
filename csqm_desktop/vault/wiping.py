"""Replacing and removing files such that what they held does not stay readable on the disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def replace(path: Path, draft: Path, wipe: bool) -> None:
    """Put ``draft`` in the place of ``path``; ``wipe``: write zeros over what was there, where that is possible."""
    if not wipe or sys.platform == "win32":  # Windows replaces no open file
        draft.replace(path)
        return
    with path.open("rb+") as old:
        draft.replace(path)
        _wipe(old.fileno())


def remove(path: Path) -> None:
    """Write zeros over a file and delete it; one that is not there is fine."""
    try:
        with path.open("rb+") as old:
            _wipe(old.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)


def _wipe(descriptor: int) -> None:
    # flash memory may keep copies all the same: docs/privacy.md says so
    left = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(descriptor, bytes(min(left, 1 << 20)))
    os.fsync(descriptor)
