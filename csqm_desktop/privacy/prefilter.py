"""One pass over a text that says which detectors have reason to look at it. Most texts give none of them any.

Each detector module says in ``LOOK`` what every text holds in which it finds something: a regular expression in RE2's
syntax, without look-around. RE2 searches for all of them at once, in a time that depends on the text only. Such an
expression may let a detector look for nothing, but never holds it back where it would find something.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import re2

from csqm_desktop.privacy.normal import ODD, SPELLED_DIGITS, normal_form, with_digits
from csqm_desktop.privacy.pseudonyms import PLACEHOLDER

_BYTES = 16 << 20  # that a set may use for what it has learned of texts; it starts anew beyond


LookFor = str | Callable[[str], bool]
"""An expression for RE2, or what looks itself: thousands of words, or classes of a thousand characters each, make RE2
forget what it has learned of texts again and again."""
_NOWHERE = r"x\A"


class Look(NamedTuple):
    """A text for detectors: its normal form, that with spelled numbers as digits, the place of each of their
    characters in the text (None when they are the same), and who has reason to look, by number."""

    plain: str
    digits: str
    places: list[int] | None
    detectors: list[int]


class Prefilter:
    """Which of some detectors have reason to look at texts."""

    def __init__(self, looks: Sequence[LookFor]) -> None:
        """``looks``: one for each detector."""
        options = re2.Options()
        options.max_mem = _BYTES
        patterns = re2.Set.SearchSet(options)
        for look in (*looks, ODD, SPELLED_DIGITS):
            patterns.Add(look if isinstance(look, str) else _NOWHERE)
        patterns.Compile()
        self._match: Callable[[bytes], list[int] | None] = patterns.Match
        self._odd, self._spelled = len(looks), len(looks) + 1
        self._all = list(range(len(looks) + 2))  # the two normal forms as well
        self._others = [(number, look) for number, look in enumerate(looks) if not isinstance(look, str)]

    def look(self, text: str) -> Look | None:
        """The normal forms of a text and who has reason to look at them; None where nobody has."""
        reasons = self._reasons(text)
        return self._look(text, reasons) if reasons else None

    def _reasons(self, text: str) -> list[int]:
        if "[" in text:
            text = PLACEHOLDER.sub("[]", text)
        try:
            found: list[int] = self._match(text.encode()) or []
        except UnicodeEncodeError:  # half of a pair of surrogates: seldom, and everybody looks
            return self._all
        for number, may_hold in self._others:
            if may_hold(text):
                found.append(number)
        return found

    def _look(self, text: str, reasons: list[int]) -> Look | None:
        plain, places = normal_form(text)
        if self._odd in reasons:
            reasons = self._reasons(plain)
        digits = plain
        if self._spelled in reasons and (digits := with_digits(plain)) != plain:
            reasons = reasons + self._reasons(digits)
        detectors = sorted({number for number in reasons if number < self._odd})
        return Look(plain, digits, places, detectors) if detectors else None
