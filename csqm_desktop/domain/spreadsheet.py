"""Cells that a spreadsheet would run as a formula: marked on the way out, taken back on the way in.

A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end (also in full width, which Excel reads the same
in Chinese and Japanese) gets an apostrophe in front. So does one that begins with apostrophes and then such a sign;
otherwise ``undone(escaped(text)) == text`` would not hold for every text.
"""

from __future__ import annotations

import re

_STARTS = r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(f"'*{_STARTS}")
_ESCAPED = re.compile(f"'+{_STARTS}")


def escaped(value: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return "'" + value if _FORMULA.match(value) else value


def undone(value: str) -> str:
    """The inverse of ``escaped``; only for cells of files that were written with it."""
    return value[1:] if _ESCAPED.match(value) else value


def is_formula(value: str) -> bool:
    """Whether a spreadsheet might run the text."""
    return _FORMULA.match(value) is not None
