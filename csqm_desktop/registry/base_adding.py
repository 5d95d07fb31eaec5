"""Base models besides the default one: any Hugging Face encoder, from a folder or from the hub."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from csqm_desktop.errors import CsqmError
from csqm_desktop.registry.base_model import (
    INDEX,
    INFO_FILE,
    NEEDED,
    OPTIONAL,
    WEIGHTS,
    describe,
    inspected,
    read_json,
    verify,
    weight_files,
)
from csqm_desktop.registry.base_provision import locked
from csqm_desktop.registry.files import (
    FileRecord,
    Progress,
    copy_file,
    fresh_folder,
    no_progress,
    replace_folder,
    safetensors_problem,
    write_json,
    writing,
)

_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".h5", ".msgpack")
_HUB_NAME = re.compile(r"[\w][\w.-]*(/[\w][\w.-]*)?")


def add_base(source: str | Path, store: Path, name: str | None = None, progress: Progress = no_progress) -> Path:
    """Install a Hugging Face encoder from a local folder or, by its name, from the hub; returns its folder.

    Only safetensors weights are taken, and no code that a model may bring along.
    """
    path = Path(source)
    is_local = path.exists()
    if not is_local and not _HUB_NAME.fullmatch(str(source)):
        raise CsqmError("base_source_missing", source=source)
    chosen = _folder_name(name or (path.resolve().name if is_local else str(source).split("/")[-1]))
    bases = store / "bases"
    with writing(store):
        bases.mkdir(parents=True, exist_ok=True)
    with locked(store / "base.lock", progress):
        partial = fresh_folder(bases / f"{chosen}.partial")
        try:
            if is_local:
                revision = ""
                _copy_local(path, partial, progress)
            else:
                revision = _from_hub(str(source), partial, progress)
            return _finish(partial, bases / chosen, str(source), revision, progress)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _folder_name(wanted: str) -> str:
    name = re.sub(r"[^\w.-]+", "-", wanted, flags=re.ASCII).strip(".-")
    return name.removesuffix(".partial").removesuffix(".old") or "base-model"


def _finish(partial: Path, target: Path, origin: str, revision: str, progress: Progress) -> Path:
    names = sorted(path.relative_to(partial).as_posix() for path in partial.rglob("*") if path.is_file())
    files: dict[str, FileRecord] = {}
    for done, file in enumerate(names):
        progress(done, len(names), "verifying")
        files[file] = FileRecord.of(partial / file)
    info = inspected(partial, target.name, origin, files, revision)
    if target.is_dir() and not verify(target):
        if describe(target).fingerprint == info.fingerprint:
            return target
        raise CsqmError("base_name_taken", name=target.name)
    with writing(target.parent):
        write_json(partial / INFO_FILE, info.to_dict())
        replace_folder(partial, target)
    return target


def _choose_files(source: str | Path, names: Sequence[str], weights: Sequence[str]) -> list[str]:
    """The files to take out of ``names``; refuses what is no complete safetensors encoder."""
    missing = [name for name in (*NEEDED, *weights) if name not in names]
    if not weights:
        pickled = sorted(name for name in names if name.endswith(_PICKLES))
        if pickled:
            raise CsqmError("base_only_pickle", source=source, file=pickled[0])
        missing.append(WEIGHTS)
    if missing:
        raise CsqmError("base_incomplete", source=source, missing=", ".join(missing))
    for name in weights:
        if Path(name).name != name:  # an index must not lead outside the folder
            raise CsqmError("base_unusable", path=source, reason=f"{INDEX} names {name}")
    return [*NEEDED, *weights, *(name for name in OPTIONAL if name in names)]


def _refuse_custom_code(source: str | Path, folder: Path) -> None:
    if "auto_map" in read_json(folder / "config.json"):
        raise CsqmError("base_custom_code", source=source)


def _copy_local(source: Path, partial: Path, progress: Progress) -> None:
    if not source.is_dir():
        raise CsqmError("base_incomplete", source=source, missing="config.json")
    present = [path.relative_to(source).as_posix() for path in source.glob("*") if path.is_file()]
    present += [name for name in OPTIONAL if "/" in name and (source / name).is_file()]
    chosen = _choose_files(source, present, weight_files(source))
    _refuse_custom_code(source, source)
    for name in chosen:
        problem = safetensors_problem(source / name) if name.endswith(".safetensors") else None
        if problem:
            raise CsqmError("base_unusable", path=source, reason=problem)
    total = sum((source / name).stat().st_size for name in chosen)
    done = 0

    def tick(size: int) -> None:
        nonlocal done
        done += size
        progress(done, total, "copying")

    with writing(partial.parent):
        for name in chosen:
            (partial / name).parent.mkdir(exist_ok=True)
            copy_file(source / name, partial / name, tick)


def _from_hub(name: str, partial: Path, progress: Progress) -> str:
    """Download the needed files of a hub model; returns the commit they belong to."""
    try:
        import huggingface_hub as hub  # here, because it takes a second and only this function needs it
        from huggingface_hub import errors as hub_errors
        from huggingface_hub.utils.tqdm import disable_progress_bars
    except ImportError as error:
        raise CsqmError("package_missing", package="huggingface_hub") from error
    disable_progress_bars()
    # the base of what its HTTP library raises, whichever library that is in the installed release
    network_error: type[Exception] = getattr(hub_errors, "HTTPError", OSError)
    progress(0, 0, "fetching")
    try:
        model = hub.HfApi().model_info(name, files_metadata=True)
        sizes = {file.rfilename: file.size or 0 for file in model.siblings or []}
        revision = model.sha or "main"

        def fetch(file: str) -> None:
            hub.hf_hub_download(name, file, revision=revision, local_dir=partial)

        if WEIGHTS not in sizes and INDEX in sizes:
            fetch(INDEX)
            weights = weight_files(partial)
        else:
            weights = [WEIGHTS] if WEIGHTS in sizes else []
        chosen = _choose_files(name, list(sizes), weights)
        total = sum(sizes[file] for file in chosen)
        done = 0
        for file in chosen:
            progress(done, total, "fetching")
            fetch(file)
            done += sizes[file]
            if file == "config.json":
                _refuse_custom_code(name, partial)
        progress(done, total, "fetching")
    except (hub_errors.RepositoryNotFoundError, hub_errors.HFValidationError) as error:
        raise CsqmError("base_not_on_hub", source=name) from error
    except (network_error, OSError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise CsqmError("disk_full", path=partial, reason=error.strerror) from error
        raise CsqmError("base_hub_unreachable", source=name, reason=_first_line(error)) from error
    shutil.rmtree(partial / ".cache", ignore_errors=True)
    return revision


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
