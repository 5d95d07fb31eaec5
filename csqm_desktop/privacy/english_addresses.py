"""Postal addresses as English writes them: number, street, unit, town, postcode; boxes; and Chinese ones in pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found

_CLEAR = r"street|avenue|road|lane|boulevard|blvd|ave|parkway|pkwy|rd"
_CAPITAL = (
    r"St|Dr|Ln|Ct|Pl|Sq|Hwy|Cir|Ter|Trl|Drive|Court|Place|Square|Highway|Circle|Terrace|Trail|Way|Close|"
    r"Crescent|Row|Gardens|Mews|Grove|Hill|Walk|"
    r"Quay|Parade|Esplanade|Loop|Alley|Plaza|Broadway|Path|View|Heights|Rise|Cres|Gate|Park"
)
_WORD = r"(?=\d*[A-Za-z\u00c0-\u024f])[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f'.]*"
_HOUSE = r"(?:[Nn][Oo]\.?\s?)?\d{1,5}(?:[A-Za-z]|-\d{1,4}|/\d{1,4})?"
_SIDE = r"(?:[NSEW]{1,2}|North|South|East|West|Northeast|Northwest|Southeast|Southwest)"
_NOT_TOWN = (
    r"(?!(?i:thanks|thank|please|pls|can|could|my|and|but|it|is|was|i|we|the|not|or|if|so|phone|tel|telephone|mobile|"
    r"email|instead|do|does|attn|call|name|order|by|on|at|"
    r"for|to|will|with|last|today|tomorrow|yesterday)\b)"
)
_TOWN_WORD = r"(?:St\.|[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f'\-]+)(?!\w)"
_TOWN = rf"{_NOT_TOWN}{_TOWN_WORD}(?:\s{_NOT_TOWN}{_TOWN_WORD}){{0,3}}"
_STREET = re.compile(
    rf"(?<![A-Za-z0-9_$€£.#\-/]){_HOUSE},?\s(?P<name>(?:{_WORD}\s){{1,4}}?)(?P<suffix>(?i:{_CLEAR})|terrace|drive|"
    rf"court|place|close|crescent|"
    rf"{_CAPITAL})\b(?!-)\.?(?:\s(?:Rd|Road|Ave|Avenue|St|Street|Lane|Ln|Drive|Dr|Blvd|"
    rf"Boulevard)\b\.?)?(?:\s{_SIDE}\b)?"
    rf"|(?<![A-Za-z0-9_$€£.#\-/])\d{{1,5}}(?:\s?bis)?,?\s(?:[Rr]ue|[Aa]venue|[Bb]oulevard|Via|[Cc]alle|[Pp]laza|"
    rf"[Pp]iazza|[Rr]ua)(?:\s(?:de|du|des|la|le|del|della|di|da|d'|{_WORD}(?:-{_WORD})*)){{1,4}}"
    rf"|(?<![A-Za-z0-9_$€£.#\-/])\d{{1,5}}[A-Za-z]?\s(?P<german>[A-ZÄÖÜ][a-zäöüß]+(?:straße|strasse|weg|platz|allee))\b"
    rf"|(?<![A-Za-z0-9_$€£.#\-/])\d{{1,4}}[A-Za-z]?\s{_TOWN}(?:,\s{_TOWN}){{0,2}},?\s[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}\b"
    rf"|(?<![A-Za-z0-9_$€£.#\-/])[A-ZÄÖÜ][a-zäöüß\-]+(?:straße|strasse|str\.|weg|platz|allee)\s\d{{1,4}}[a-z]?\b"
)
_BOX = re.compile(r"(?<![A-Za-z])(?i:p\.?\s?o\.?\s?box|post office box)\s?(?:no\.?\s)?#?\d{1,6}\b")
_UNIT_WORD = (
    r"(?<![A-Za-z])(?i:apartment|apt|unit|suite|ste|flat|floor|room|rm|building|bldg|block|blk|tower|lot|level)"
)
_UNIT = (
    rf"(?:{_UNIT_WORD}\.?\s?#?\d{{0,5}}[A-Za-z]?\d{{0,4}}(?<=[\dA-Za-z])(?:/\d{{1,3}})?(?![A-Za-z])|"
    rf"#\s?\d{{1,5}}[A-Za-z]?)"
)
_POST = (
    r"(?:[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}|[A-Za-z]\d[A-Za-z]\s?\d[A-Za-z]\d|\d{5}(?:-\d{4})?|"
    r"\d{4}|\d{6})(?![\w\-])"
)
_LOWER_TOWN = r"[a-z]{3,}(?:\s[a-z]{3,})?(?=,\s[a-z]{2}\s\d{5})"
_TAIL = re.compile(
    rf"(?:,?\s{_UNIT}|,\s?{_UNIT}|,?\sDublin\s\d{{1,2}}\b|,\s?{_TOWN}|,\s?{_LOWER_TOWN}|,?\s[A-Z]{{2,3}}(?=[\s,.]|$)|"
    rf",\s[a-z]{{2}}(?=\s\d{{5}})|,?\s\d{{5}}\s{_TOWN}|\s{_TOWN}(?=,\s[A-Z]{{2}}\s\d{{5}}|,?\s[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}\b)|"
    rf",?\s{_POST})"
)
_HEAD = re.compile(rf"(?:(?:{_UNIT}|{_TOWN}),\s?)*{_UNIT},?\s(?:{_TOWN},\s)?$|(?:{_UNIT},?\s)+$")
_POSTCODE = re.compile(
    r"(?<![A-Za-z])(?i:post\s?codes?|postal code)(?:\s(?:is|number))?\s?[:=]?\s?([A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})\b"
)
_STOP = frozenset(
    re.findall(
        r"\w+",
        "boarding of the a an in for to and is are my your down on at or from with per this "
        "that more days day hours hour minutes miles mile star way lane pack piece pcs inch "
        "items item pairs pair times years year lb kg cm mm x no not by off",
    )
)
_SELDOM_LOWER = ("terrace", "drive", "court", "place", "close", "crescent")
_CUE = re.compile(
    r"(?<![A-Za-z])(?i:live at|ship to|send (?:it )?to|deliver(?:ed)? to|address(?: is)?|moved to|located at)[:\s]"
)
LOOK = (
    rf"\d[A-Za-z\d/\-]*,?\s(?:\S+\s){{1,4}}(?:(?i:{_CLEAR})|terrace|drive|court|place|close|crescent|{_CAPITAL})"
    r"|\d(?:\s?bis)?,?\s(?i:rue|avenue|boulevard|via|calle|plaza|piazza|rua)\s"
    r"|(?:straße|strasse|str\.|weg|platz|allee)\s\d|\d[A-Za-z]?\s[A-ZÄÖÜ][a-zäöüß]+(?:straße|strasse|weg|platz|allee)"
    r"|[A-Z]\d[A-Z\d]?\s\d[A-Z]{2}|(?i:p\.?\s?o\.?\s?box|post office box|post\s?code|postal code)"
)


def find_english_addresses(plain: str) -> Iterator[Found]:
    """Streets with house numbers and boxes, with the parts before and after them."""
    for match in _STREET.finditer(plain):
        if _is_street(match):
            yield Found("address", _head(plain, match.start()), _tail(plain, match.end()))
    for match in _BOX.finditer(plain):
        yield Found("address", match.start(), _tail(plain, match.end()))
    for match in _POSTCODE.finditer(plain):
        yield Found("address", *match.span(1))


def _is_street(match: re.Match[str]) -> bool:
    """Whether the words between number and street are a name."""
    name, suffix = match["name"], match["suffix"]
    if name is None or suffix is None:
        return True
    words = name.split()
    if any(word.lower() in _STOP for word in words):
        return False
    if suffix[0].isupper():
        return words[0][0].isupper() or words[0][0].isdigit()
    if suffix in _SELDOM_LOWER and not _CUE.search(match.string, max(0, match.start() - 24), match.start()):
        return False
    return len(words) <= 2


def _head(plain: str, start: int) -> int:
    """The start with flat, room or building named before the street."""
    match = _HEAD.search(plain, max(0, start - 80), start)
    return match.start() if match else start


def _tail(plain: str, end: int) -> int:
    """The end with unit, town, state and postcode."""
    while match := _TAIL.match(plain, end):
        end = match.end()
    return end - 1 if plain[end - 1] == "." and plain[end - 3 : end - 1].islower() else end
