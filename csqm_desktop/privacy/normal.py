"""The normal form of a text: full-width, circled and Han digits as ASCII, invisible characters left out."""

from __future__ import annotations

import re
import unicodedata

HAN_DIGITS = dict(zip("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "00012345678911" + "23456789", strict=True))
_HAN_NUMBER = re.compile(f"[{''.join(HAN_DIGITS)}]{{11,}}")
_DASHES = "‐‑‒–—―−－﹣﹘ー"
_INVISIBLE = {0x20E3, *range(0xFE00, 0xFE10)}  # keycap and variation selectors, as in emoji digits


class _Forms(dict[int, int | None]):
    """A table for ``str.translate`` that works out each character once: one character, or nothing."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        form: int | None = code
        if char in _DASHES:
            form = ord("-")
        elif unicodedata.category(char) == "Cf" or code in _INVISIBLE:
            form = None
        elif (digit := unicodedata.digit(char, None)) is not None or (digit := _dingbat(code)) is not None:
            form = ord("0") + digit
        else:
            wide = unicodedata.normalize("NFKC", char)
            form = ord(wide) if len(wide) == 1 else code
        self[code] = form
        return form


_FORMS = _Forms()


def _dingbat(code: int) -> int | None:
    """The digit of ❶ or ➀, which Unicode does not always call one."""
    for first in (0x2776, 0x2780, 0x278A):
        if first <= code < first + 9:
            return code - first + 1
    return None


def normal_form(text: str) -> tuple[str, list[int] | None]:
    """The normal form, and for each of its characters the place in ``text`` (None when they are the same)."""
    if text.isascii():
        return text, None
    plain = text.translate(_FORMS)
    places = None
    if len(plain) != len(text):
        places = [index for index, char in enumerate(text) if _FORMS[ord(char)] is not None]
    plain = _HAN_NUMBER.sub(lambda match: "".join(map(HAN_DIGITS.__getitem__, match[0])), plain)
    return plain, places
