"""A ZIP with many chats in one format, such as Slack's with a file for each day of each channel: one after another.

The first files say which format it is; a file that cannot be read in it is a rejection that names it. Chats in
different formats are not mixed: the archive is refused, and a person unpacks it.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.archives import Members, Unpacked
from csqm_desktop.importers.kinds import AUTO, Item, OpenedFile, ReadOptions, Recognition
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.refusals import columns_missing

_TRIED = 8  # members from which the format is told
_LISTED = 5

Open = Callable[[Path, str, ReadOptions], OpenedFile]


class SeveralChats:
    """The opened archive. ``open_plain`` opens a file that is not packed."""

    def __init__(
        self, path: Path, members: Sequence[zipfile.ZipInfo], format: str, options: ReadOptions, open_plain: Open
    ) -> None:
        self._path = path
        self._members = members
        self._options = options
        self._open_plain = open_plain
        self._done = 0
        self._total = max(sum(info.file_size for info in members), 1)
        self._archive = Members(path)
        self._current: tuple[OpenedFile, Unpacked] | None = None
        counts = Counter(PurePosixPath(info.filename).name for info in members)
        self._unique = {name for name, count in counts.items() if count == 1}
        try:
            found = self._told(format)
        except BaseException:
            self.close()
            raise
        self._format = found.format
        self._size = path.stat().st_size
        self.recognition = replace(found, bytes_total=self._size)

    @property
    def bytes_done(self) -> int:
        """The share of the unpacked bytes, in bytes of the archive."""
        return self._size * min(self._done, self._total) // self._total

    def __iter__(self) -> Iterator[Item]:
        for member in self._members:
            try:
                yield from self._items(member)
            except CsqmError as error:
                name = PurePosixPath(member.filename).name
                yield rejected(self._path.name, 1, "row_file_left_out", error.what, name=name, format=self._format)
            finally:
                self._leave()
                self._done += member.file_size

    def close(self) -> None:
        """Free the file that is open, and the archive."""
        self._leave()
        self._archive.close()

    def _items(self, member: zipfile.ZipInfo) -> Iterator[Item]:
        opened = self._enter(member, self._format)
        found = opened.recognition
        if found.missing:
            raise columns_missing(found, member.filename)
        if not found.encoding_sure:
            raise CsqmError("import_encoding_unsure", file=member.filename, guess=found.encoding)
        yield from opened

    def _told(self, format: str) -> Recognition:
        """What the first members are, if they are all the same."""
        found: list[Recognition] = []
        for member in self._members[:_TRIED]:
            try:
                seen = self._enter(member, format).recognition
                if not seen.missing and seen.encoding_sure:
                    found.append(seen)
            except CsqmError:
                continue  # said when its turn comes, if others can be read
            finally:
                self._leave()
        if len({seen.format for seen in found}) != 1:
            listed = ", ".join(PurePosixPath(info.filename).name for info in self._members[:_LISTED])
            raise CsqmError("import_archive_several", file=str(self._path), names=listed)
        return found[0]

    def _enter(self, member: zipfile.ZipInfo, format: str) -> OpenedFile:
        self._leave()
        copy = self._archive.unpacked(member, self._name(member))
        try:
            opened = self._open_plain(copy.path, format or AUTO, self._options)
        except BaseException:
            copy.close()
            raise
        self._current = opened, copy
        return opened

    def _leave(self) -> None:
        if self._current is not None:
            opened, copy = self._current
            self._current = None
            opened.close()
            copy.close()

    def _name(self, member: zipfile.ZipInfo) -> str:
        """The member's own name, with its folders where several have the same."""
        name = PurePosixPath(member.filename).name
        return name if name in self._unique else member.filename.replace("/", "_")
