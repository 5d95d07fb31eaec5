"""Reads attached files back from ``media/``: what they really are, and copies of them for a person.

A file is known by its first bytes, never by its name, and is never opened with another program nor run.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from csqm_desktop.domain.permissions import EXPORT
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import media
from csqm_desktop.store.attachments import Attached
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault import sealed

PICTURES = ("png", "jpeg", "gif", "webp")  # what may be decoded; SVG is a program and never is
_PLACE = re.compile(r"media/[0-9a-f]{2}/[0-9a-f]{64}")
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"#!AMR", "audio"),
    (b"fLaC", "audio"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_RIFF = {b"WEBP": "webp", b"WAVE": "audio", b"AVI ": "video"}
_OFFICE = {"docx": "document", "xlsx": "table", "pptx": "slides"}  # all of them are ZIP archives
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST = 120  # characters of a file name


@dataclass(frozen=True, slots=True)
class Content:
    """What an attached file holds. ``kind``: one of ``PICTURES``, or pdf, audio, video, … ``other``."""

    kind: str
    data: bytes


def read(workspace: Workspace, file: Attached) -> Content:
    """The kept copy of an attached file, checked against its name.

    Raises ``CsqmError``: ``attachment_missing`` where none is kept, ``attachment_broken`` where it was changed.
    """
    if not _PLACE.fullmatch(file.path):
        raise CsqmError("attachment_missing", name=file.name)
    try:
        with sealed.open_reader(workspace.folder / file.path) as source:
            data = source.read(media.LARGEST + 1)
    except FileNotFoundError:
        raise CsqmError("attachment_missing", name=file.name) from None
    except OSError:
        raise CsqmError("attachment_broken", name=file.name) from None
    except CsqmError as error:
        if error.code != "sealed_file_broken":
            raise
        raise CsqmError("attachment_broken", name=file.name) from None
    if not hmac.compare_digest(media.content_name(workspace, data), Path(file.path).name):
        raise CsqmError("attachment_broken", name=file.name)
    return Content(kind_of(data, file.name), data)


def kind_of(data: bytes, name: str) -> str:
    """What a file is by its first bytes; the name only tells apart what starts alike."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return _OFFICE.get(_ending(name), kind) if kind == "zip" else kind
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12], "other")
    if data[4:8] == b"ftyp":
        return "audio" if data[8:11] in (b"M4A", b"M4B") else "video"
    return "audio" if data[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf1") else "other"


def looks_like_picture(name: str) -> bool:
    """Whether a name promises a picture: for the shape of the place that waits for it."""
    return _ending(name) in ("png", "jpg", "jpeg", "jfif", "gif", "webp")


def safe_name(name: str, kind: str = "other") -> str:
    """A file name from an export as one that can be saved anywhere and shows what it is.

    Folders, control and direction-changing characters, and names that Windows keeps for devices are taken out;
    a picture gets the ending of what it really is.
    """
    base = re.split(r"[/\\]", name)[-1]
    kept = "".join(c if c.isprintable() and c not in '<>:"|?*%' else "_" for c in base).strip(" .")
    ending = PurePosixPath(kept).suffix
    stem, ending = kept.removesuffix(ending), ending[:16]
    if kind in PICTURES and not _fits(ending, kind):
        stem, ending = kept, f".{kind}"
    stem = stem[: _LONGEST - len(ending)].strip(" .") or "file"
    if _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"_{stem}"
    return stem + ending


def save(workspace: Workspace, file: Attached, target: Path, actor: str) -> Path:
    """Write a plain copy where a person wants it; needs the right to export and is noted in the log of changes."""
    workspace.require(EXPORT)
    content = read(workspace, file)
    draft = target.with_name(f".{target.name}.partial")
    try:
        draft.write_bytes(content.data)
        draft.replace(target)
    except OSError as error:
        raise CsqmError("export_failed", file=target.name, reason=error.strerror or type(error).__name__) from None
    finally:
        draft.unlink(missing_ok=True)
    workspace.audit.append(actor, "save_attachment", str(target), {"attachment": file.number, "kind": content.kind})
    return target


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower().lstrip(".")


def _fits(ending: str, kind: str) -> bool:
    known = {"jpeg": (".jpg", ".jpeg", ".jfif")}.get(kind, (f".{kind}",))
    return ending.lower() in known
