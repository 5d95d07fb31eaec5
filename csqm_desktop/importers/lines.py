"""A text file as decoded chunks and as lines, in constant memory, with the bytes done so far."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from itertools import chain

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import charset
from csqm_desktop.importers.source import SourceFile

CHUNK_BYTES = 256 * 1024
MAX_ROW_CHARS = 10 * 1024 * 1024  # the longest row or record that is read; a message is far shorter

# The csv module's own limit (131,072) would refuse long pasted texts; lines and records are limited here.
csv.field_size_limit(max(csv.field_size_limit(), 2 * MAX_ROW_CHARS))


class LineTooLong(Exception):  # noqa: N818 -- a signal between modules, never shown
    """A line above the limit was skipped; the next call gives the line after it. ``start`` is its beginning."""

    def __init__(self, start: str) -> None:
        super().__init__("line too long")
        self.start = start


class TextStream:
    """The decoded text of a file, chunk by chunk.

    ``damaged`` turns True once bytes were met that the encoding cannot hold; they come as
    ``charset.BAD_BYTE``, so that only the rows that hold them are lost.
    """

    def __init__(self, source: SourceFile, encoding: str | None = None) -> None:
        self.source = source
        self.charset = source.encoding(encoding)
        self.damaged = False
        self.bytes_done = self.charset.bom
        self._decoder = charset.decoder(self.charset.name)
        self._ended = False
        try:
            self._file = source.path.open("rb", buffering=0)
            self._file.seek(self.charset.bom)
        except OSError as error:
            raise self._failed(error) from error

    def read(self) -> str:
        """The next chunk of text, empty only at the end."""
        while not self._ended:
            try:
                block = self._file.read(CHUNK_BYTES) or b""
            except OSError as error:
                raise self._failed(error) from error
            self._ended = not block
            self.bytes_done += len(block)
            text = self._decoder.decode(block, final=self._ended)
            if text:
                self.damaged = self.damaged or charset.BAD_BYTE in text
                return text
        return ""

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self._file.close()

    def _failed(self, error: OSError) -> CsqmError:
        reason = os.strerror(error.errno or 0)
        return CsqmError("import_unreadable", file=str(self.source.path), reason=reason)


class Lines:
    """Lines of a stream with their line ends; ``push`` puts lines back in front."""

    def __init__(self, stream: TextStream, limit: int = MAX_ROW_CHARS) -> None:
        self.stream = stream
        self._limit = limit
        self._newline = "\n"
        self._ready: Iterator[str] = iter(())
        self._tail = ""
        self._ended = False
        self._started = False
        self._plain = False  # what is ready are whole lines of the file, once each

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        while True:
            for line in self._ready:
                return line
            if self._ended:
                raise StopIteration
            self._fill()

    def push(self, lines: list[str]) -> None:
        """Give these lines again before any other."""
        self._ready = chain(lines, self._ready)
        self._plain = False

    def block(self) -> list[str]:
        """Many whole lines at once; none where only ``next`` can give the next line, or at the end."""
        if not self._plain:
            return []
        ready = list(self._ready)
        if not ready and not self._ended:
            self._fill()
            ready = list(self._ready) if self._plain else []
        return ready

    def _fill(self) -> None:
        """Read until there is a whole line, the end of the file, or a line above the limit."""
        chunk = self.stream.read()
        if not chunk:
            self._ended = True
            self._ready = iter([self._tail] if self._tail else [])
            self._tail = ""
            return
        if not self._started:
            self._started = True
            # Old Mac exports end lines with CR alone; within other files CR belongs to the text.
            if "\n" not in chunk and "\r" in chunk[:-1]:
                self._newline = "\r"
        parts = (self._tail + chunk).split(self._newline)
        self._tail = parts.pop()
        self._ready = iter([part + self._newline for part in parts])
        self._plain = True
        if len(self._tail) > self._limit:
            self._skip_line()

    def _skip_line(self) -> None:
        """Drop the rest of an overlong line, then report it after the lines that are ready."""
        start = self._tail[:200]
        self._tail = ""
        while chunk := self.stream.read():
            _, found, rest = chunk.partition(self._newline)
            if found:
                self._tail = rest
                break
        self._ready = chain(self._ready, _Raising(LineTooLong(start)))
        self._plain = False
        # ``_tail`` may hold whole lines; the next fill splits it together with the next chunk.


class _Raising:
    """An iterator whose first item is an exception."""

    def __init__(self, error: Exception) -> None:
        self._error: Exception | None = error

    def __iter__(self) -> _Raising:
        return self

    def __next__(self) -> str:
        error, self._error = self._error, None
        raise error or StopIteration
