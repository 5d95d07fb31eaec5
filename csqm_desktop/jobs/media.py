"""Files that messages refer to: copied from beside an export into ``media/``, and swept when nothing refers to them.

Nothing is ever fetched. A name in an export is not trusted: only plain files at or below the export's own folder are
read, through no link. Each content is kept once, under its keyed hash, sealed where the workspace is encrypted.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from pathlib import Path

from csqm_desktop.jobs.base import JobContext
from csqm_desktop.store.workspace import PSEUDONYM_KEY, Workspace
from csqm_desktop.vault import sealed, wiping
from csqm_desktop.vault.keys import DataKey

LARGEST = 25_000_000  # bytes of one file
COPIED, MISSING, REFUSED = "copied", "missing", "refused"
_PLACES = ("", "media", "attachments", "files", "photos")  # below the export's folder
_FOLDER = "media"
_PARTIAL = ".partial"
_PORTION = 200  # files per transaction


class _Refusal(Exception):  # noqa: N818 -- no error: the import goes on
    """Why a file is not copied: path, link, too_large, not_a_file, unreadable."""


def keep(workspace: Workspace, beside: Path | None, batch_id: int, context: JobContext) -> dict[str, int]:
    """Copy what a batch refers to from the folder ``beside``; None: the export lies in no folder of its own.

    Returns counts of copied, missing, refused, and of refusals by ``refused_REASON``.

    A file that several messages refer to counts for each of them.
    """
    counts: Counter[str] = Counter()
    places: list[tuple[int, str]] = []
    waiting = workspace.attachments.unplaced(batch_id)
    for done, (number, name) in enumerate(waiting):
        context.check_cancelled()
        context.progress(done, len(waiting), "copying")
        try:
            source = _find(beside, name) if beside else None
            if source is None:
                counts[MISSING] += 1
                continue
            places.append((number, _store(workspace, _read(source))))
            counts[COPIED] += 1
        except _Refusal as refusal:
            counts[REFUSED] += 1
            counts[f"{REFUSED}_{refusal}"] += 1
        if len(places) >= _PORTION:
            workspace.attachments.place(places)
            places = []
    workspace.attachments.place(places)
    return dict(counts)


def orphans(workspace: Workspace) -> list[Path]:
    """Files in ``media/`` that nothing refers to."""
    wanted = workspace.attachments.paths()
    root = workspace.folder
    files = [path for path in sorted((root / _FOLDER).rglob("*")) if path.is_file()]
    return [path for path in files if path.relative_to(root).as_posix() not in wanted]


def lost(workspace: Workspace) -> list[str]:
    """Files that messages refer to and that are not there."""
    return sorted(path for path in workspace.attachments.paths() if not (workspace.folder / path).is_file())


def content_name(workspace: Workspace, data: bytes) -> str:
    """The name a content is kept under.

    Keyed: the name of a sealed file must not tell somebody who has the same picture that it is here.
    """
    key = bytes.fromhex(workspace.fact(PSEUDONYM_KEY))
    return hashlib.blake2b(data, digest_size=32, key=key).hexdigest()


def sweep(workspace: Workspace) -> int:
    """Remove what nothing refers to; returns how many files. Never while an import runs."""
    found = orphans(workspace)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def reseal(folder: Path, source: DataKey | None, target: DataKey | None) -> None:
    """Bring each kept file below a folder into the form that ``target`` opens; those in that form already stay."""
    for path in sorted((folder / _FOLDER).rglob("*")):
        if path.is_file() and sealed.is_sealed(path) != (target is not None):
            with sealed.open_reader(path, source) as file:
                _write(path, file.read(), target)


def converted(name: str, data: bytes, place: Path, source: DataKey | None, target: DataKey | None) -> bytes:
    """A member of a backup in the form that ``target`` opens; ``place`` is a folder for a moment's use."""
    if not name.startswith(f"{_FOLDER}/"):
        return data
    draft = place / "member"
    draft.write_bytes(data)
    if sealed.is_sealed(draft) != (target is not None):
        with sealed.open_reader(draft, source) as file:
            _write(draft, file.read(), target)
    data = draft.read_bytes()
    draft.unlink()
    return data


def _find(base: Path, name: str) -> Path | None:
    parts = name.replace("\\", "/").split("/")
    if "://" in name:
        return None  # an address: what lies there is not in the export
    if ".." in parts or parts[0] == "" or ":" in name or "\0" in name:
        raise _Refusal("path")
    for place in _PLACES:
        path = base / place
        steps = [path] if place else []
        for part in parts:
            path = path / part
            steps.append(path)
        if any(map(_is_link, steps)):
            raise _Refusal("link")
        if os.path.lexists(path):
            return path
    return None


def _is_link(path: Path) -> bool:
    """A symbolic link, or a junction of Windows."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return False
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return stat.S_ISLNK(found.st_mode) or (junction is not None and getattr(found, "st_reparse_tag", 0) == junction)


def _read(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # opening a pipe would wait for ever
            raise _Refusal("not_a_file")
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        raise _Refusal("unreadable") from None
    if len(data) > LARGEST:
        raise _Refusal("too_large")
    return data


def _store(workspace: Workspace, data: bytes) -> str:
    name = content_name(workspace, data)
    place = f"{_FOLDER}/{name[:2]}/{name}"
    path = workspace.folder / place
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data, workspace.database.key)
    return place


def _write(path: Path, data: bytes, key: DataKey | None) -> None:
    draft = path.with_name(path.name + _PARTIAL)
    try:
        with sealed.open_writer(draft, key) if key else draft.open("wb") as file:
            file.write(data)
        if path.exists():
            wiping.replace(path, draft, wipe=key is not None)
        else:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
