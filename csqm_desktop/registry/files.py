"""Files of models: their recorded sizes and SHA-256, what is wrong with them, writing in one step."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csqm_desktop.errors import CsqmError

Progress = Callable[[int, int, str], None]
_CHUNK = 1 << 20


def no_progress(_done: int, _total: int, _stage: str) -> None:
    """A progress callback that tells nobody."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file must be: its size in bytes and the SHA-256 of its content."""

    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> FileRecord:
        """The record of a file as it is now."""
        return cls(path.stat().st_size, sha256_of(path))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> FileRecord:
        """From ``{"size", "sha256"}``; other keys are ignored."""
        return cls(int(values["size"]), str(values["sha256"]))

    def to_dict(self) -> dict[str, Any]:
        """The inverse of ``from_dict``."""
        return {"size": self.size, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one file; ``kind`` is missing, size, sha256 or unreadable."""

    file: str
    kind: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        if self.kind == "missing":
            return f"{self.file} is missing"
        if self.kind == "unreadable":
            return f"{self.file} cannot be read: {self.found}"
        return f"{self.file} has {self.kind} {self.found}, expected {self.expected}"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def check_sizes(folder: Path, expected: Mapping[str, FileRecord]) -> list[Problem]:
    """Missing files and wrong sizes; reads no content, so it is fit for every start of the app."""
    problems = []
    for name, record in sorted(expected.items()):
        try:
            size = (folder / name).stat().st_size
        except FileNotFoundError:
            problems.append(Problem(name, "missing"))
        except OSError as error:
            problems.append(Problem(name, "unreadable", found=str(error)))
        else:
            if size != record.size:
                problems.append(Problem(name, "size", str(record.size), str(size)))
    return problems


def check(folder: Path, expected: Mapping[str, FileRecord], progress: Progress = no_progress) -> list[Problem]:
    """Missing files, wrong sizes and wrong content."""
    problems = check_sizes(folder, expected)
    bad = {problem.file for problem in problems}
    total = sum(record.size for name, record in expected.items() if name not in bad)
    done = 0
    for name, record in sorted(expected.items()):
        if name in bad:
            continue
        progress(done, total, "verifying")
        try:
            found = sha256_of(folder / name)
        except OSError as error:
            problems.append(Problem(name, "unreadable", found=str(error)))
            continue
        if found != record.sha256:
            problems.append(Problem(name, "sha256", record.sha256, found))
        done += record.size
    progress(done, total, "verifying")
    return problems


def fingerprint(files: Mapping[str, FileRecord], names: Iterable[str]) -> str:
    """One short name for the content of some files: the same content gives the same name on any machine."""
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(f"{name}\0{files[name].sha256}\n".encode())
    return digest.hexdigest()[:16]


def safetensors_problem(path: Path) -> Problem | None:
    """What is wrong with the outline of a safetensors file (cut off, not one at all); None when it is sound."""
    try:
        size = path.stat().st_size
        with path.open("rb") as source:
            head = source.read(8)
            length = struct.unpack("<Q", head)[0] if len(head) == 8 else size
            if length > size - 8:
                return Problem(path.name, "unreadable", found="it is cut off or not a safetensors file")
            header = json.loads(source.read(length))
        end = max((entry["data_offsets"][1] for key, entry in header.items() if key != "__metadata__"), default=0)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        return Problem(path.name, "unreadable", found=f"{type(error).__name__}: {error}")
    if size != 8 + length + end:
        return Problem(path.name, "size", str(8 + length + end), str(size))
    return None


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file in one step: whoever reads it, also after a crash, sees the old or the new one."""
    draft = path.with_name(path.name + ".tmp")
    with draft.open("w", encoding="utf-8", newline="\n") as out:
        json.dump(value, out, ensure_ascii=False, indent=1, sort_keys=True)
        out.write("\n")
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def copy_file(source: Path, target: Path, tick: Callable[[int], None]) -> None:
    """Copy a file's content in pieces; ``tick`` gets the bytes of each and may raise to stop."""
    with source.open("rb") as reader, target.open("wb") as writer:
        while piece := reader.read(_CHUNK):
            writer.write(piece)
            tick(len(piece))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write below ``path`` into a sentence for the user."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EIO):
            raise CsqmError("disk_full", path=path, reason=reason) from error
        raise CsqmError("workspace_not_writable", path=path, reason=reason) from error


def replace_folder(new: Path, target: Path) -> None:
    """Put a finished folder in the place of another. A kill in between leaves no half-written target."""
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.replace(old)
    new.replace(target)
    shutil.rmtree(old, ignore_errors=True)


def fresh_folder(path: Path) -> Path:
    """An empty folder, whatever a killed run left there."""
    with writing(path.parent):
        if path.exists():
            shutil.rmtree(path)
        path.mkdir(parents=True)
    return path
