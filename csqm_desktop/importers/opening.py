"""From a path to an opened file: unpack it where it is packed, find the importer, open it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.archives import Unpacked, several_chats, unpacked
from csqm_desktop.importers.arrow_files import folder_data
from csqm_desktop.importers.format_names import listed
from csqm_desktop.importers.kinds import AUTO, Item, OpenedFile, ReadOptions
from csqm_desktop.importers.registry import importers
from csqm_desktop.importers.several import SeveralChats
from csqm_desktop.importers.source import SourceFile

# What Label Studio writes: read as dialogues, the context of each reply would go over the conversation that it is of.
_TASK = re.compile(r'"data"\s*:\s*\{')
_ANNOTATION = re.compile(r'"annotations"\s*:\s*\[\s*\{.*"(?:was_cancelled|from_name)"\s*:', re.DOTALL)
LEAST_CONFIDENCE = 0.15  # below it a file counts as not recognised


class _FromArchive:
    """A file opened from an archive, whose unpacked copy goes when it is closed."""

    def __init__(self, opened: OpenedFile, copy: Unpacked, path: Path) -> None:
        self._opened = opened
        self._copy = copy
        self._path = path
        self.recognition = opened.recognition

    @property
    def bytes_done(self) -> int:
        return self._opened.bytes_done

    def __iter__(self) -> Iterator[Item]:
        try:
            yield from self._opened
        except CsqmError as error:
            raise _called_by_its_archive(error, self._copy, self._path) from error

    def close(self) -> None:
        self._opened.close()
        self._copy.close()


def open_any(path: Path, format: str, options: ReadOptions) -> OpenedFile:
    """Open the file, or what is in it when it is compressed; ``CsqmError`` when it cannot be read as messages."""
    chats = several_chats(path)
    if len(chats) > 1:
        return SeveralChats(path, chats, format, options, open_plain)
    copy = unpacked(path)
    if copy is None:
        return open_plain(path, format, options)
    try:
        return _FromArchive(open_plain(copy.path, format, options), copy, path)
    except CsqmError as error:
        copy.close()
        raise _called_by_its_archive(error, copy, path) from error
    except BaseException:
        copy.close()
        raise


def _called_by_its_archive(error: CsqmError, copy: Unpacked, path: Path) -> CsqmError:
    """The error about the copy as one about the file that a person knows."""
    if error.values.get("file") != str(copy.path):
        return error
    return CsqmError(error.code, **(error.values | {"file": f"{path} ({copy.path.name})"}))


def _holds_annotations(source: SourceFile) -> bool:
    """Whether a file is Label Studio's."""
    if source.binary_kind is not None or not source.head_text().lstrip().startswith("["):
        return False
    start = source.head_text()
    return _TASK.search(start) is not None and _ANNOTATION.search(start) is not None


def open_plain(path: Path, format: str, options: ReadOptions) -> OpenedFile:
    """Choose the importer and open a file that is not packed with it."""
    source = SourceFile.open(folder_data(path))
    if format != AUTO:
        named = {importer.name: importer for importer in importers()}
        if format not in named:
            raise CsqmError("import_format_name", name=format, known=listed(named, format))
        opened = named[format].open(source, options)
        opened.recognition = replace(opened.recognition, confidence=1.0, reason="chosen")
        return opened
    if _holds_annotations(source):
        raise CsqmError("import_is_labels", file=str(path))
    ranked = sorted(
        ((importer.sniff(source), importer) for importer in importers(source.head)),
        key=lambda pair: -pair[0].confidence,
    )
    best, importer = ranked[0]
    if best.confidence < LEAST_CONFIDENCE:
        source.require_text()
        raise CsqmError("import_format_unknown", file=str(path), known=listed(each.name for each in importers()))
    opened = importer.open(source, options)
    candidates = tuple((who.name, round(sniff.confidence, 2)) for sniff, who in ranked if sniff.confidence > 0)
    opened.recognition = replace(
        opened.recognition,
        confidence=best.confidence, reason=best.reason, candidates=candidates, evidence=best.evidence,
    )  # fmt: skip
    return opened
