"""A position in a JSON text of any length: only one block and the value being read are in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.lines import MAX_ROW_CHARS, TextStream

_BRACKETS = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*(?P<closed>")?', re.DOTALL)
_CERTAIN = 64  # with so many characters after it, a fault is no value cut by the end of a block


class TooDeep:
    """Stands for a value that is nested too deeply to be read."""

    def __repr__(self) -> str:
        return "…"


class JsonText:
    """Walks through a JSON text. ``row`` is the record that errors name."""

    def __init__(self, stream: TextStream) -> None:
        self.stream = stream
        self.row = 1
        self._file = str(stream.source.path)
        self._decoder = json.JSONDecoder(strict=False)  # raw line ends in texts are common and harmless
        self._text = ""
        self._at = 0
        self._start = 0  # of the last value
        self._ended = False

    def peek(self) -> str:
        """The next character that is no space, empty at the end."""
        while True:
            while self._at < len(self._text):
                char = self._text[self._at]
                if not char.isspace():
                    return char
                self._at += 1
            if self._ended:
                return ""
            self._start = self._at
            self._fill()

    def skip(self, char: str) -> bool:
        """Step over ``char`` if it comes next."""
        if self.peek() != char:
            return False
        self._at += 1
        return True

    def expect(self, char: str) -> None:
        """Step over ``char``; anything else is an error of the file."""
        if not self.skip(char):
            raise self.broken(f"expected {char}")

    def members(self) -> Iterator[str]:
        """The keys of the object just entered, up to its end; the value of each must be read before the next."""
        while not self.skip("}"):
            if self.peek() != '"':
                raise self.broken("expected a key")
            key: str = self.value()
            self.expect(":")
            yield key
            if self.peek() != "}":
                self.expect(",")

    def value(self) -> Any:
        """The value that begins here, or ``TooDeep``; a ``CsqmError`` when the text is broken or cut off."""
        self.peek()
        self._start = self._at
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._start)
            except json.JSONDecodeError as error:
                self._read_on(error)
                continue
            except RecursionError:
                self._pass_over()
                return TooDeep()
            except ValueError as error:  # a number of thousands of digits
                raise self.broken(str(error).split(";")[0]) from error
            if end < len(self._text) or self._ended:
                self._at = end
                return value
            self._fill()  # a number may go on in the next block

    def _pass_over(self) -> None:
        """Go to the end of the object or array that begins here without reading it."""
        depth, at = 0, self._start
        while True:
            found = _BRACKETS.search(self._text, at)
            if found is None or (found[0][0] == '"' and not found["closed"]):
                if self._ended or len(self._text) - self._start > MAX_ROW_CHARS:
                    raise CsqmError("import_json_deep", file=self._file, row=self.row)
                at = found.start() if found else len(self._text)
                moved = self._start
                self._fill()
                at -= moved
                continue
            at = found.end()
            depth += 1 if found[0] in "[{" else -1 if found[0] in "]}" else 0
            if depth == 0:
                self._at = at
                return

    def again(self) -> None:
        """Go back to the beginning of the value just read."""
        self._at = self._start

    def raw(self) -> str:
        """The text of the value just read."""
        return self._text[self._start : self._at]

    def broken(self, reason: str) -> CsqmError:
        """The error for this position: cut off when the text has ended, else broken."""
        if self._ended and not self._text[self._at :].strip():
            return CsqmError("import_json_truncated", file=self._file, row=self.row)
        return CsqmError("import_json_broken", file=self._file, row=self.row, reason=reason)

    def _read_on(self, error: json.JSONDecodeError) -> None:
        """Decide whether a fault is the end of the block or of the file, or a real fault."""
        unterminated = error.msg.startswith("Unterminated string")
        if self._ended:
            if unterminated or error.pos >= len(self._text.rstrip()):
                raise CsqmError("import_json_truncated", file=self._file, row=self.row) from error
            raise self.broken(error.msg) from error
        if not unterminated and len(self._text) - error.pos > _CERTAIN:
            raise self.broken(error.msg) from error
        if len(self._text) - self._start > MAX_ROW_CHARS:
            limit = MAX_ROW_CHARS // (1024 * 1024)
            raise CsqmError("import_row_too_long", file=self._file, row=self.row, limit=limit) from error
        self._fill()

    def _fill(self) -> None:
        """Append a block; what lies before the last value is dropped."""
        block = self.stream.read()
        self._ended = not block
        self._text = self._text[self._start :] + block
        self._at -= self._start
        self._start = 0
