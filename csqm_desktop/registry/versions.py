"""The trained versions of a workspace: their cards, which one is active, and the way back.

::

    versions/<id>/    safetensors weights, calibration.json, card.json; never changed once there
    candidates/<id>/  a training in progress; renamed into versions/ only when complete
    active.json       which version's scores count, and which did before; replaced in one step

Each step is one rename, so a kill at any moment leaves the state before or after it. Nothing is unpickled.
"""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.registry.files import FileRecord, Problem, check, write_json, writing

__all__ = ["Activation", "Card", "Problem", "VersionStore"]

CARD_FILE = "card.json"
ACTIVE_FILE = "active.json"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NUMBER = re.compile(r"v(\d+)")


@dataclass
class Card:
    """Everything that is known about a version.

    ``gate`` holds ``verdict`` and ``reasons``; ``tuning`` what a fine-tune did (trained weights and their share,
    layers, labels learned anew and repeated, size of what is stored), empty for a refit of the heads;
    ``weak`` the guesses that helped: their weight, how many by criterion and source, and where these come from.
    """

    id: str
    method: str
    base_fingerprint: str
    criteria: list[dict[str, Any]]
    parent: str | None = None
    scorecard_key: str = ""
    scorecard_version: int = 0
    label_count: int = 0
    label_fingerprint: str = ""
    seed: int = 0
    options: dict[str, Any] = field(default_factory=dict)
    created_at: float = 0.0  # seconds since 1970
    metrics: dict[str, Any] = field(default_factory=dict)
    gate: dict[str, Any] = field(default_factory=dict)
    tuning: dict[str, Any] = field(default_factory=dict)
    weak: dict[str, Any] = field(default_factory=dict)
    packages: dict[str, str] = field(default_factory=dict)
    files: dict[str, FileRecord] = field(default_factory=dict)
    is_starter: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The content of ``card.json``."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Card:
        """The inverse of ``to_dict``; unknown keys, of a later release, are ignored."""
        known = {f.name: values[f.name] for f in fields(cls) if f.name in values}
        known["files"] = {
            name: FileRecord.from_dict(record) for name, record in dict(values.get("files") or {}).items()
        }
        return cls(**known)

    @classmethod
    def read(cls, folder: Path) -> Card:
        """The card of the version in ``folder``."""
        try:
            return cls.from_dict(json.loads((folder / CARD_FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CsqmError("version_damaged", version=folder.name, problem=f"{CARD_FILE}: {error}") from error

    def write(self, folder: Path) -> None:
        """Record the size and SHA-256 of all files in ``folder``, then write the card: the last file of a version."""
        self.files = {
            path.relative_to(folder).as_posix(): FileRecord.of(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != CARD_FILE
        }
        write_json(folder / CARD_FILE, self.to_dict())


@dataclass(frozen=True, slots=True)
class Activation:
    """One entry of the history in ``active.json``."""

    version: str
    at: float
    reason: str = ""


_History = list[Activation]  # names of their own, because the class below has a method called list
_Problems = list[Problem]
_Names = list[str]


class VersionStore:
    """The versions below a workspace's ``model_store`` folder, which is made when first written to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._versions = folder / "versions"
        self._candidates = folder / "candidates"

    # -- looking

    def folder(self, version: str) -> Path:
        """Where a version's files lie."""
        return self._versions / _checked_id(version)

    def list(self) -> list[Card]:
        """The cards of all readable versions, oldest first. ``verify`` tells of the others."""
        cards = []
        for version in self._ids():
            try:
                cards.append(Card.read(self._versions / version))
            except CsqmError:
                continue
        return sorted(cards, key=lambda card: (card.created_at, card.id))

    def ids(self) -> _Names:
        """The names of all versions, also of those that cannot be read."""
        return self._ids()

    def card(self, version: str) -> Card:
        """What is known about a version."""
        folder = self.folder(version)
        if not folder.is_dir():
            raise CsqmError("version_unknown", version=version)
        return Card.read(folder)

    def verify(self, version: str) -> _Problems:
        """What is wrong with a version's files, by the sizes and SHA-256 on its card; empty when it is whole."""
        folder = self.folder(version)
        if not folder.is_dir():
            raise CsqmError("version_unknown", version=version)
        try:
            card = Card.read(folder)
        except CsqmError as error:
            return [Problem(CARD_FILE, "unreadable", found=str(error.values["problem"]))]
        return check(folder, card.files)

    def next_id(self, method: str) -> str:
        """A free name for the next version, such as ``v0007-lora``."""
        names = [*self._ids(), *(entry.version for entry in self.history()), *_folders(self._candidates)]
        taken = [int(match[1]) for name in names if (match := _NUMBER.match(name))]
        return f"v{max(taken, default=0) + 1:04d}-{method}"

    def _ids(self) -> _Names:
        return [name for name in _folders(self._versions) if _ID.fullmatch(name)]

    # -- the active one

    def active(self) -> str | None:
        """The version whose scores count; None before there is one."""
        history = self._present()
        return history[-1].version if history else None

    def history(self) -> _History:
        """What was active, oldest first; the last entry is active now. What a rollback left is not in it."""
        try:
            record = json.loads((self._folder / ACTIVE_FILE).read_text(encoding="utf-8"))
            return [
                Activation(str(entry["version"]), float(entry["at"]), str(entry.get("reason", "")))
                for entry in record["history"]
            ]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CsqmError("version_damaged", version=ACTIVE_FILE, problem=error) from error

    def activate(self, version: str, reason: str = "") -> None:
        """Make a version's scores count."""
        problems = self.verify(version)
        if problems:
            raise CsqmError("version_damaged", version=version, problem=problems[0])
        if version != self.active():
            self._write([*self._present(), Activation(version, time.time(), reason)])

    def rollback(self) -> str:
        """Go back to the version that was active before; returns its id. Damaged ones are passed over."""
        earlier = self._present()[:-1]
        while earlier and self.verify(earlier[-1].version):
            earlier.pop()
        if not earlier:
            raise CsqmError("rollback_impossible")
        self._write(earlier)
        return earlier[-1].version

    def _present(self) -> _History:
        """The history without versions that were deleted, and without the repetitions this leaves."""
        present: _History = []
        for entry in self.history():
            is_there = _ID.fullmatch(entry.version) and (self._versions / entry.version / CARD_FILE).is_file()
            if is_there and not (present and present[-1].version == entry.version):
                present.append(entry)
        return present

    def _write(self, history: _History) -> None:
        record = {"active": history[-1].version, "history": [asdict(entry) for entry in history]}
        with writing(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_json(self._folder / ACTIVE_FILE, record)

    # -- making one

    def candidate_dir(self, version: str) -> Path:
        """An empty folder for a training in progress."""
        folder = self._candidates / _checked_id(version)
        with writing(self._folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        return folder

    def promote_candidate(self, version: str) -> Path:
        """Make a complete candidate a version, not yet the active one; returns its folder."""
        candidate, target = self._candidates / _checked_id(version), self.folder(version)
        card = Card.read(candidate)
        problems = check(candidate, card.files)
        if card.id != version:
            problems.append(Problem(CARD_FILE, "unreadable", found=f"it belongs to {card.id}"))
        if problems:
            raise CsqmError("version_damaged", version=version, problem=problems[0])
        if target.exists():
            raise CsqmError("version_exists", version=version)
        with writing(self._folder):
            self._versions.mkdir(parents=True, exist_ok=True)
            candidate.replace(target)
        return target

    def clean_candidates(self) -> _Names:
        """Remove what killed trainings left; returns their ids. Only call while no training runs here."""
        leftovers = _folders(self._candidates)
        shutil.rmtree(self._candidates, ignore_errors=True)
        return leftovers


def _checked_id(version: str) -> str:
    """The id itself; refuses what would lead out of the folder."""
    if not _ID.fullmatch(version):
        raise CsqmError("version_unknown", version=version)
    return version


def _folders(parent: Path) -> list[str]:
    return sorted(path.name for path in parent.iterdir() if path.is_dir()) if parent.is_dir() else []
