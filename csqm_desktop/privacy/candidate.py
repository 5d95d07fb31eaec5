"""Groups of digits that may be one number, with what stands around them."""

from __future__ import annotations

import re

_LETTERS_BEFORE = re.compile(r"[A-Za-z]+$")
_WORD_AFTER = re.compile(r"[A-Za-z]+\d")

# Words that may touch a number without making it a part number.
_GLUED_CUES = frozenset(
    re.findall(r"\w+", "tel phone mobile cell call wx vx v wechat weixin qq whatsapp contact number no me at card id")
)


class Candidate:
    """Neighbouring groups of digits that may be one number."""

    def __init__(self, plain: str, groups: list[tuple[int, int]], first: int, last: int, glued: bool) -> None:
        self.plain = plain
        self.start, self.end = groups[first][0], groups[last][1]
        self.texts = [plain[a:b] for a, b in groups[first : last + 1]]
        self.digits = "".join(self.texts)
        self.commas = "," in plain[self.start : self.end]  # only mobile numbers are disguised like that
        self.leads = first == 0  # no other group of digits before it
        self.sizes = tuple(map(len, self.texts))
        self.plus = self.start > 0 and "+" in plain[max(0, self.start - 2) : self.start]
        self.before = plain[max(0, self.start - 24) : self.start]
        letters = _LETTERS_BEFORE.search(self.before)
        in_word = bool(letters) and not glued and letters is not None and letters[0].lower() not in _GLUED_CUES
        self.is_part = (
            in_word
            or _WORD_AFTER.match(plain, self.end) is not None
            or (first > 0 and _is_decimal(plain, groups[first - 1], groups[first], groups[first - 1]))
            or (last + 1 < len(groups) and _is_decimal(plain, groups[last], groups[last + 1], groups[last + 1]))
        )

    @property
    def separated(self) -> bool:
        return len(self.texts) > 1


def _is_decimal(plain: str, left: tuple[int, int], right: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Whether a point joins two groups to one number with decimals; ``outer`` is the shorter part."""
    return plain[left[1] : right[0]] == "." and outer[1] - outer[0] <= 2
