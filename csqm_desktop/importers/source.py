"""A file as it lies on disk: is it there, is it readable, is it text, and in which encoding."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import charset

HEAD_BYTES = 256 * 1024  # enough for 50 rows of any ordinary export
ASCII_SCAN_BYTES = 256 * 1024 * 1024  # how far the first character outside ASCII is looked for

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The first bytes of files that are often renamed or dropped by mistake, and what they are.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (ZIP_MAGIC, "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (OLE_MAGIC, "Microsoft Office 97-2003"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x7fELF", "program"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"PAR1", "Parquet"),
)
_TEXT_BYTES = bytes((9, 10, 13, *range(32, 256)))
_BLOTS = 3
_YAML = re.compile(rb"(?:#[^\n]*\n|\s)*(?:---\s*\n)?version:\s*[\"']?\d[\d.]*[\"']?\s*\n|%YAML")
_HTML = (b"<!doctype html", b"<html", b"<table", b"<?xml")


@dataclass(slots=True)
class SourceFile:
    """A checked, non-empty, readable file with the start of its content."""

    path: Path
    size: int
    head: bytes
    _charsets: dict[str, charset.Charset] = field(default_factory=dict)
    cache: dict[str, object] = field(default_factory=dict, compare=False)  # what several readers look at once

    @classmethod
    def open(cls, path: Path | str) -> SourceFile:
        """Check the file and read its start; ``CsqmError`` says what is wrong with it."""
        path = Path(path)
        try:
            info = path.stat()
            if stat.S_ISDIR(info.st_mode):
                raise CsqmError("import_is_folder", file=str(path))
            if not stat.S_ISREG(info.st_mode):
                raise CsqmError("import_unreadable", file=str(path), reason="not a regular file")
            with path.open("rb") as stream:
                head = stream.read(HEAD_BYTES)
        except OSError as error:
            raise _unreadable(path, error) from error
        except ValueError as error:  # a NUL in the name
            raise CsqmError("import_unreadable", file=repr(path), reason=str(error)) from error
        if not head[charset.bom_length(head) :].strip():
            raise CsqmError("import_empty", file=str(path))
        return cls(path, info.st_size, head)

    @property
    def name(self) -> str:
        """The file's name without folders, for messages about rows."""
        return self.path.name

    @property
    def ending(self) -> str:
        """The ending in lower case with its dot, e.g. ``.csv``."""
        return self.path.suffix.lower()

    @property
    def head_is_all(self) -> bool:
        """Whether ``head`` is the whole file."""
        return len(self.head) >= self.size

    @property
    def binary_kind(self) -> str | None:
        """What kind of binary file this is, None when it looks like text."""
        for magic, kind in _MAGIC:
            if self.head.startswith(magic):
                return kind
        if self.head.startswith(b"MZ") and b"\x00" in self.head[:256]:
            return "program"
        if b"\x00" in self.head and charset.utf16_or_32(self.head) is None and not self._is_blotted_text():
            return "unknown"
        return None

    @property
    def is_yaml(self) -> bool:
        """Whether it is YAML, whose lines may look like names with what they said."""
        return self.ending in (".yml", ".yaml") or _YAML.match(self.head) is not None

    def _is_blotted_text(self) -> bool:
        """Whether zero bytes are but blots in a text, as a broken transfer or an old database leaves them."""
        odd = len(self.head.translate(None, _TEXT_BYTES))
        return odd <= max(_BLOTS, len(self.head) // 1000)

    def require_text(self) -> None:
        """Raise when the content is not text that a table or JSON could be read from."""
        kind = self.binary_kind
        if kind is not None:
            raise CsqmError("import_binary", file=str(self.path), kind=kind)
        start = self.head[charset.bom_length(self.head) :][:200].lstrip().lower()
        if start.startswith(_HTML):
            raise CsqmError("import_is_html", file=str(self.path))
        if self.is_yaml:
            raise CsqmError("import_is_yaml", file=str(self.path))

    def encoding(self, override: str | None = None) -> charset.Charset:
        """The encoding, decided once; ``override`` is a person's choice."""
        key = override or ""
        if key not in self._charsets:
            if override:
                self._charsets[key] = charset.chosen(override, self.head)
            else:
                self._charsets[key] = charset.detect(self.head, self._first_beyond_ascii())
        return self._charsets[key]

    def head_text(self, override: str | None = None) -> str:
        """The start of the file decoded; a character cut at the end is left out, bad bytes are marked."""
        found = self.encoding(override)
        decoder = charset.decoder(found.name)
        return decoder.decode(self.head[found.bom :], final=False)

    def head_lines(self, override: str | None = None) -> list[str]:
        """The lines of ``head_text`` without a last one that may be cut."""
        lines = split_lines(self.head_text(override))
        if not self.head_is_all and len(lines) > 1:
            lines.pop()
        return lines

    def _first_beyond_ascii(self) -> bytes:
        """A second sample around the first byte beyond ASCII when the head has none, else nothing."""
        if self.head_is_all or not self.head.isascii():
            return b""
        with self.path.open("rb") as stream:
            stream.seek(HEAD_BYTES)
            done = HEAD_BYTES
            while done < ASCII_SCAN_BYTES and (block := stream.read(1 << 20)):
                if not block.isascii():
                    at = next(i for i, byte in enumerate(block) if byte > 0x7F)
                    return block[at:] + stream.read(HEAD_BYTES)
                done += len(block)
        return b""


def split_lines(text: str) -> list[str]:
    """Lines with their ends. Unlike ``str.splitlines`` it does not cut at U+2028 and other text characters."""
    end = "\n" if "\n" in text else "\r"
    lines = [line + end for line in text.split(end)]
    last = lines.pop()[: -len(end)]
    return [*lines, last] if last else lines


def _unreadable(path: Path, error: OSError) -> CsqmError:
    """The right error for a file that could not be opened."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return CsqmError("import_missing", file=str(path))
    if isinstance(error, IsADirectoryError):
        return CsqmError("import_is_folder", file=str(path))
    if isinstance(error, PermissionError):
        return CsqmError("import_no_permission", file=str(path))
    return CsqmError("import_unreadable", file=str(path), reason=os.strerror(error.errno or 0))
