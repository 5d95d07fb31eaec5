"""Copies of a workspace's texts outside its database: earlier exports, backups, workspaces moved aside."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from pathlib import Path

from filelock import Timeout

from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.vector_cache_erasure import forget
from csqm_desktop.store.workspace import Workspace

MOVED_ASIDE = "-before-restore-"  # between the names of a workspace and when another one took its place


def exports(workspace: Workspace) -> tuple[Path, ...]:
    """Exports that were made of this workspace and are still where they were written."""
    return tuple(path for path in map(Path, workspace.erasure.past_exports()) if path.exists())


def backups(workspace: Workspace) -> tuple[Path, ...]:
    """What lies in the workspace's own folder of backups, copies before schema steps included."""
    return tuple(sorted(path for path in workspace.backups.rglob("*") if path.is_file()))


def elsewhere(workspace: Workspace) -> Iterator[Path]:
    """Backups written outside the workspace, also on a disk that is away now; workspaces moved aside by restoring."""
    inside = workspace.backups.resolve()
    for path in map(Path, workspace.erasure.past_backups()):
        if not path.resolve().is_relative_to(inside) and (path.exists() or not path.parent.exists()):
            yield path
    yield from sorted(workspace.folder.parent.glob(f"{glob.escape(workspace.folder.name)}{MOVED_ASIDE}*"))


def cache_folders(workspace: Workspace) -> list[Path]:
    """Where vectors of texts are kept, one folder for each network."""
    return sorted(folder for folder in (workspace.model_store / "cache").glob("*") if folder.is_dir())


def forget_vectors(workspace: Workspace, digests: set[bytes], busy: str) -> int:
    """Drop vectors of texts from all caches; the error ``busy`` while a model is at work with them."""
    try:
        return sum(forget(folder, digests) for folder in cache_folders(workspace))
    except Timeout as error:
        raise CsqmError(busy) from error
