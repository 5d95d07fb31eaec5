"""Regular expressions that a person wrote, limited so that no text can keep them busy.

Python's matcher cannot be stopped from outside. So what makes it run away is refused before it is used:
repetition inside repetition, choices inside repetition, back references, and more than three open repetitions
in a row. What is left is at worst cubic in a text of a few hundred characters.
"""

from __future__ import annotations

import re
import warnings

MAX_PATTERN_CHARS = 200
MAX_SEARCHED_CHARS = 300
MAX_OPEN_REPEATS = 3
MAX_COUNT = 1000  # in {m,n}

_REPEAT = re.compile(r"\*|\+|\{(\d*)(,?)(\d*)\}")
_BACK_REFERENCE = re.compile(r"[1-9]")


def compile_safely(pattern: str) -> re.Pattern[str]:
    """The compiled pattern, case ignored; ``ValueError`` says why it is not taken."""
    if len(pattern) > MAX_PATTERN_CHARS:
        raise ValueError(f"the pattern is longer than {MAX_PATTERN_CHARS} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # about patterns that will mean something else in later Pythons
            compiled = re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError, ValueError, Warning) as error:
        raise ValueError(f"the pattern cannot be read: {error}") from error
    _Check(pattern).run()
    return compiled


class _Check:
    """Walks through a pattern that is known to compile."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._repeats = 0
        self._varied: list[bool] = [False]  # for each open group: whether it repeats or chooses inside

    def run(self) -> None:
        """Raise ``ValueError`` for what could run away."""
        last_varied = False  # whether the item just passed is a group that varies
        while self._at < len(self._pattern):
            char = self._pattern[self._at]
            repeat = _REPEAT.match(self._pattern, self._at)
            if repeat is not None and self._at:
                self._repeat(repeat, last_varied)
                last_varied = False
                continue
            last_varied = self._step(char)

    def _repeat(self, repeat: re.Match[str], group_varies: bool) -> None:
        """``*``, ``+`` or a count, together with a ``?`` or ``+`` that may follow."""
        low, comma, high = repeat[1] or "", repeat[2] or "", repeat[3] or ""
        self._at = repeat.end()
        if self._pattern[self._at : self._at + 1] in ("?", "+"):
            self._at += 1
        if any(number and int(number) > MAX_COUNT for number in (low, high)):
            raise ValueError(f"the pattern counts beyond {MAX_COUNT}")
        varies = not repeat[0].startswith("{") or bool(comma)
        if group_varies and repeat[0] != "{1}":
            raise ValueError("the pattern repeats a group that itself repeats or chooses")
        if varies:
            self._repeats += 1
            self._varied[-1] = True
            if self._repeats > MAX_OPEN_REPEATS:
                raise ValueError(f"the pattern has more than {MAX_OPEN_REPEATS} repetitions")

    def _step(self, char: str) -> bool:
        """One item; True when it is the end of a group that varies."""
        self._at += 1
        if char == "\\":
            if _BACK_REFERENCE.match(self._pattern, self._at):
                raise ValueError("the pattern refers back to a group")
            self._at += 1
        elif char == "[":
            self._skip_class()
        elif char == "(":
            self._open_group()
        elif char == ")":
            varied = self._varied.pop()
            self._varied[-1] = self._varied[-1] or varied
            return varied
        elif char in "|?":
            self._varied[-1] = True
        return False

    def _open_group(self) -> None:
        if self._pattern.startswith(("?P=", "?("), self._at):
            raise ValueError("the pattern refers back to a group")
        if self._pattern[self._at : self._at + 1] == "?":
            self._at += 1  # of (?: and its relatives, not a choice
        self._varied.append(False)

    def _skip_class(self) -> None:
        """Move behind the ``]`` that ends a set of characters."""
        if self._pattern[self._at : self._at + 1] == "^":
            self._at += 1
        self._at += 1  # a first ] belongs to the set
        if self._pattern[self._at - 1] == "\\":
            self._at += 1
        while self._pattern[self._at] != "]":
            self._at += 2 if self._pattern[self._at] == "\\" else 1
        self._at += 1
