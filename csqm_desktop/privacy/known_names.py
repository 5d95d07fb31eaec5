"""Common English first names: with a last name wherever they stand, alone where a person is led to or spoken to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.first_names import BRANDS, FIRST_NAMES

_CAPITAL = r"[A-Z\u00c0-\u00de]"
_SMALL = r"[a-z\u00df-\u024f]"
_WORD = re.compile(rf"{_CAPITAL}(?<![A-Za-z'’].){_SMALL}+")  # the capital first: the regex engine is quick at that
_NAMES = frozenset(map(str.capitalize, FIRST_NAMES))
_LAST = re.compile(rf" ({_CAPITAL}(?:[A-Za-z\u00c0-\u024f]|['’](?!s\b)|-(?=[A-Z]))+)")
_NO_PERSON_BEFORE = re.compile(
    r"(?:^|[^A-Za-z])(?i:san|santa|st|saint|fort|port|lake|mount|new|el|la|los|las|the|an?|your|my)\.?\s$"
)
_LEADS = re.compile(r"(?:^|[^A-Za-z'])(?i:to|with|by|from|for|and|this is|i'm|i am|it's|ask|tell|told|named|called) $")
_LED_TO = re.compile(
    r"\s?[,.!?;:)]|\s?$|\s(?:and|is|was|will|has|had|who|told|said|again|please|yesterday|today|to|from|that|"
    r"because|when|"
    r"if|about|my|i|I|he|she|in|on)\b"
)
_ADDRESSED = re.compile(r"[,.!?;:)]|\s?$|\s?[\n\u3001-\u9fff]")
_NOT_ADDRESSED = re.compile(
    r"(?:\b(?i:the|an?|your|our|my|this|that|these|of|in|for|from|size|colou?r|to|by|with|called|at|is|and|or|like|"
    r"new|on)|\d)\s$"
)
_SPEAKS_TO = re.compile(
    r"(?:(?:^|[^A-Za-z])(?:[a-z'’]+|(?:Sure|Great|Perfect|Ok|OK|Okay|Alright|Lovely|Awesome|Brilliant|No|Yes|Sorry|"
    r"Bye|Hey|Hi|Hello)\b)|[,!.…])\s$"
)
_WINDOW = 12
_NO_LAST = """
dress chair sofa table lamp mattress backpack bed desk shirt jeans jacket boots shoes bag collection line set
ring necklace lipstick perfume bookcase rug cushion mirror watch bracelet earrings coat hoodie trainers sneakers
top skirt trousers candle mug bottle pan knife doll toy game album film movie book hotel airport foundation
series edition classic bike guitar speaker headphones street road avenue order phone email address tel park
school church lane drive court close and from here hospital university college island beach hill station square
vs hills plaza palace query inquiry payment statement
"""
_NO_LAST_NAME = frozenset(_NO_LAST.split())


def find_known_names(plain: str) -> Iterator[tuple[int, int]]:
    """Where such names begin and end."""
    if _NAMES.isdisjoint(_WORD.findall(plain)):
        return
    for word in _WORD.finditer(plain):
        if word[0] not in _NAMES:
            continue
        start, end = word.span()
        last = _LAST.match(plain, end)
        if last and _is_person(word[0], last[1]) and not _before(_NO_PERSON_BEFORE, plain, start):
            yield start, last.end(1)
        elif not last and _stands_alone(plain, start, end):
            yield start, end


def _is_person(first: str, last: str) -> bool:
    name = f"{first} {last}".lower()
    if last.lower() in _NO_LAST_NAME or last.isupper():
        return False
    return name not in BRANDS and name.rstrip("s") not in BRANDS


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Whether words lead to a person there, or somebody is spoken to."""
    if _LED_TO.match(plain, end) and _before(_LEADS, plain, start):
        return True
    return (
        _ADDRESSED.match(plain, end) is not None
        and not _before(_NOT_ADDRESSED, plain, start)
        and _before(_SPEAKS_TO, plain, start)
    )


def _before(words: re.Pattern[str], plain: str, place: int) -> bool:
    return words.search(plain, max(0, place - _WINDOW), place) is not None
