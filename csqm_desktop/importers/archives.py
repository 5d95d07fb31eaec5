"""Compressed exports: one file (.gz, .bz2, .xz), or a ZIP with one chat as WhatsApp sends it, or with many of them.

Nothing is unpacked under a name from the archive: the chat goes into a private folder under a name of ours, and other
files only when a message refers to them.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from csqm_desktop.errors import CsqmError
from csqm_desktop.vault import private_folder

MAX_UNPACKED_BYTES = 4 * 1024**3  # above it an archive is a bomb, or better unpacked by hand
LARGEST_FILE = 25_000_000  # of an attached file, as beside an export
_ZIP = b"PK\x03\x04"
_ONE_FILE: tuple[tuple[bytes, str, Callable[[Path], IO[bytes] | gzip.GzipFile]], ...] = (
    (b"\x1f\x8b", ".gz", gzip.open),
    (b"BZh", ".bz2", bz2.open),
    (b"\xfd7zXZ", ".xz", lzma.open),
)
_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx", ".parquet", ".arrow",
                       ".transcript", ".vtt", ".srt", ".mbox", ".eml"})  # fmt: skip
_LOGS = frozenset({".log", ".weechatlog"})  # chats where nothing else is; else what a program wrote while exporting
_OFFICE = frozenset({"[content_types].xml", "mimetype"})  # workbooks and documents are ZIP files as well
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, gzip.BadGzipFile,
           lzma.LZMAError)  # fmt: skip
MOST_CHATS = 50_000
# What Slack, ChatGPT and others put beside the conversations.
_BESIDE = frozenset({
    "channels.json", "users.json", "integration_logs.json", "groups.json", "dms.json", "mpims.json", "canvases.json",
    "file_conversations.json", "org_users.json", "lists.json", "user.json", "message_feedback.json",
    "shared_conversations.json", "model_comparisons.json", "user_settings.json", "sora.json", "group_chats.json",
    "memories.json", "projects.json", "readme.txt", "license.txt", "dataset_info.json", "dataset_infos.json",
    "tsconfig.json", "package.json", "metadata.json",
})  # fmt: skip
_WORKBOOKS = (".xlsx", ".xlsm")
_ENCRYPTED = 1
_WHATSAPP = "_chat"  # on iPhones; elsewhere it is called like the archive


@dataclass(frozen=True)
class Unpacked:
    """The chat of an archive as a file of its own; ``close`` removes it."""

    path: Path
    folder: tempfile.TemporaryDirectory[str]

    def close(self) -> None:
        self.folder.cleanup()


def unpacked(path: Path) -> Unpacked | None:
    """The chat in a compressed export; None when the file is none of these, ``CsqmError`` when it cannot be used."""
    start = _start(path)
    for mark, ending, opened in _ONE_FILE:
        if start.startswith(mark) and (ending == ".gz" or path.suffix.lower() == ending):  # "BZh" may begin a text
            with _reading(path), opened(path) as stream:
                return _copied(path, stream, path.stem if path.suffix.lower() == ending else path.name)
    if not start.startswith(_ZIP) or path.suffix.lower() in _WORKBOOKS:  # a broken one explains itself
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            member = _chat(path, archive)
            if member is None:
                return None
            with _reading(path), archive.open(member) as stream:
                return _copied(path, stream, _name(path, member))
    except _BROKEN:
        return None  # no archive after all: other readers say what is wrong with it


def several_chats(path: Path) -> tuple[zipfile.ZipInfo, ...]:
    """The members of a ZIP that may be chats, without what products put beside them; none where it is no such ZIP."""
    if path.suffix.lower() in _WORKBOOKS or not _start(path).startswith(_ZIP):
        return ()
    try:
        with zipfile.ZipFile(path) as archive:
            found = _candidates(archive)
    except _BROKEN:
        return ()
    if len(found) > 1:
        if any(info.flag_bits & _ENCRYPTED for info in found):
            raise CsqmError("import_archive_locked", file=str(path))
        if sum(info.file_size for info in found) > MAX_UNPACKED_BYTES or len(found) > MOST_CHATS:
            raise CsqmError("import_archive_too_big", file=str(path))
    return tuple(found)


class Members:
    """The members of a ZIP, whose list is read once: with each of many it would take hours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with _reading(path):
            self._archive = zipfile.ZipFile(path)

    def unpacked(self, member: zipfile.ZipInfo, name: str) -> Unpacked:
        """A member as a file of its own, called ``name``."""
        with _reading(self._path), self._archive.open(member) as stream:
            return _copied(self._path, stream, name)

    def close(self) -> None:
        """Free the file."""
        self._archive.close()


@contextmanager
def files_beside(path: Path, folder: Path | None, wanted: Iterable[str]) -> Iterator[Path | None]:
    """Where attached files lie: ``folder``, or one with the ``wanted`` files of the archive ``path``."""
    if folder is None or not _start(path).startswith(_ZIP):
        yield folder
        return
    with private_folder.make() as private:
        try:
            with zipfile.ZipFile(path) as archive:
                _take(archive, set(wanted), Path(private))
        except (*_BROKEN, OSError):
            pass  # the messages are there; what is missing of their files is counted
        yield Path(private)


def _start(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""  # opening a pipe would wait for ever
        with path.open("rb") as stream:
            return stream.read(6)
    except (OSError, ValueError):
        return b""  # said later, by who reads the file


def _chat(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """The one member that may be a chat."""
    found = _candidates(archive)
    if not found:
        return None
    if found[0].flag_bits & _ENCRYPTED:
        raise CsqmError("import_archive_locked", file=str(path))
    if found[0].file_size > MAX_UNPACKED_BYTES:  # it says so itself; what it really holds is counted later
        raise CsqmError("import_archive_too_big", file=str(path))
    return found[0]


def _candidates(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members that may be chats; WhatsApp's come before other texts, chats before what lies beside them."""
    members = [info for info in archive.infolist() if not info.is_dir()]
    names = {PurePosixPath(info.filename).name.casefold() for info in members}
    if names & _OFFICE:
        return []
    found = [info for info in members if _may_be_chat(PurePosixPath(info.filename), _ENDINGS)]
    found = found or [info for info in members if _may_be_chat(PurePosixPath(info.filename), _LOGS)]
    found = [info for info in found if _is_whatsapp(PurePosixPath(info.filename))] or found
    return [info for info in found if PurePosixPath(info.filename).name.casefold() not in _BESIDE] or found


def _is_whatsapp(name: PurePosixPath) -> bool:
    return name.suffix == ".txt" and (name.stem == _WHATSAPP or "whatsapp" in name.stem.casefold())


def _may_be_chat(name: PurePosixPath, endings: frozenset[str]) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
    return not hidden and name.suffix.casefold() in endings


def _name(path: Path, member: zipfile.ZipInfo) -> str:
    """The chat's name; WhatsApp's tells nothing, the archive's names the customer."""
    inner = PurePosixPath(member.filename)
    return path.stem + inner.suffix if inner.stem == _WHATSAPP else inner.name


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise CsqmError("import_archive_broken", file=str(path), reason=str(error)[:120]) from error
    except OSError as error:
        if error.errno is None:  # how bz2 says that the data is damaged
            raise CsqmError("import_archive_broken", file=str(path), reason=str(error)[:120]) from error
        raise CsqmError("import_unreadable", file=str(path), reason=os.strerror(error.errno)) from error


def _copied(path: Path, stream: IO[bytes] | gzip.GzipFile, name: str) -> Unpacked:
    folder = private_folder.make()
    try:
        target = Path(folder.name) / (name.replace("/", "_").replace("\\", "_").strip(". ")[-120:] or "chat")
        with target.open("wb") as out:
            done = 0
            while block := stream.read(1 << 20):
                done += len(block)
                if done > MAX_UNPACKED_BYTES:
                    raise CsqmError("import_archive_too_big", file=str(path))
                out.write(block)
        changed = path.stat().st_mtime
        os.utime(target, (changed, changed))  # made up times begin on the day of the export
    except BaseException:
        folder.cleanup()
        raise
    return Unpacked(target, folder)


def _take(archive: zipfile.ZipFile, wanted: set[str], folder: Path) -> None:
    """The wanted files of an archive, each under the name by which messages call it."""
    left = MAX_UNPACKED_BYTES
    called: dict[str, list[str]] = {}  # by the last part: each of ten thousand pictures is looked up once
    for name in filter(_is_safe, wanted):
        called.setdefault(PurePosixPath(name).name, []).append(name)
    for info in archive.infolist():
        member = info.filename
        same = called.get(member.rpartition("/")[2], ())
        found = next((name for name in same if member == name or member.endswith("/" + name)), None)
        if found is None or info.file_size > min(LARGEST_FILE, left):
            continue
        left -= info.file_size
        target = folder / found
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(info) as stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out)


def _is_safe(name: str) -> bool:
    """Whether a message may ask for a file by this name: it leads nowhere but into the folder."""
    plain = PurePosixPath(name)
    return bool(plain.name) and not plain.is_absolute() and ".." not in plain.parts and not set(name) & {"\\", ":"}
