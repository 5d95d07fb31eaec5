"""The normal form of a text: full-width, circled and Han digits as ASCII, invisible characters left out."""

from __future__ import annotations

import re
import unicodedata

HAN_DIGITS = dict(zip("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "00012345678911" + "23456789", strict=True))
_HAN = "".join(HAN_DIGITS)
_HAN_DIGIT = re.compile(f"[{_HAN}]")
# Digits as words, perhaps mixed with others and with something between them.
_SPELLED = re.compile(rf"[{_HAN}\d](?:[ \-.,、·]?[{_HAN}\d]){{5,}}")
_DASH_LIKE = re.compile(r"\d+(?:一\d+)+$")  # 一 as a dash: 138一1234一5678
_LENGTHS_WITH_ONE = (11, 18)
_DASHES = "‐‑‒–—―−－﹣﹘ー"
# Keycap and variation selectors, as in emoji digits, and letters that show as nothing.
_INVISIBLE = {0x20E3, *range(0xFE00, 0xFE10), 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800}
_ZEROS = (  # the first of ten digits of other scripts
    "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰０𐒠𐴰𑁦𑃰𑄶𑇐𑋰𑑐𑓐𑙐𑛀𑜰𑣠𑥐𑱐𑵐𑶠𖩠𖫀𖭐𝟎𝟘𝟢𝟬𝟶𞅀𞋰𞥐🯰"
)
_OTHER_DIGITS = "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS)
_HIDDEN = (
    "＠＃＿－．／［］①-⑨⓪➀-➈❶-❾²³¹⁰⁴-⁹₀-₉Ａ-Ｚａ-ｚ\u00a0\u2000-\u200a\u3000\u00ad\u115f\u1160\u200b-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
ODD = f"[{_HIDDEN}{_OTHER_DIGITS}]|[0-9A-Za-z][{_DASHES}]|[{_DASHES}][0-9A-Za-z]"
"""What is another character, or none, in the normal form, as an expression for RE2; common punctuation is not told."""
SPELLED_DIGITS = f"[{_HAN}][ \\-.,，、·]?[{_HAN}0-9]|[0-9][ \\-.,，、·]?[{_HAN}]"
"""What every text holds that ``with_digits`` changes, as an expression for RE2."""


class _Forms(dict[int, int | None]):
    """A table for ``str.translate`` that works out each character once: one character, or nothing."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        form: int | None = code
        if char in _DASHES:
            form = ord("-")
        elif unicodedata.category(char) in ("Cf", "Mn", "Me") or code in _INVISIBLE:
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
    return plain, places


def with_digits(plain: str) -> str:
    """A normal form of the same length with numbers in Han digits as ASCII digits."""
    return _SPELLED.sub(_in_digits, plain) if _HAN_DIGIT.search(plain) else plain


def _in_digits(match: re.Match[str]) -> str:
    text: str = match[0]
    if _DASH_LIKE.match(text) and len(text) not in _LENGTHS_WITH_ONE:
        return text
    return "".join(HAN_DIGITS.get(char, char) for char in text)
