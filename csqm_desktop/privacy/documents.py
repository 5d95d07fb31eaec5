"""Documents with letters in their numbers: Hong Kong, Macau and Taiwan identity cards, passports, travel permits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.cues import OTHER_CUE
from csqm_desktop.privacy.kinds import Found

_HONG_KONG = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,2})[ \-]?(\d{6})[ ]?(\()?([0-9Aa])(?(3)\))(?![A-Za-z0-9])")
_MACAU = re.compile(r"(?<![A-Za-z0-9])[157](?:\d{6}[ ]?\(\d\)|/\d{6}/\d)(?!\d)")
_TAIWAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][ \-]?[1289ABCDabcd]\d{8}(?![A-Za-z0-9])")
_ID_CUE = re.compile(
    r"身[份分][证證]|证件|實名|实名|(?<![A-Za-z])(?:hk|macau|taiwan)?\s?(?:id|identity|hkid|bir)(?![A-Za-z])",
    re.IGNORECASE,
)
_HONG_KONG_CUE = re.compile(
    r"(?:香港|港人).{0,6}(?:身[份分][证證]|证件)|(?<![A-Za-z])(?:hkid|hk id|hong kong "
    r"id)",
    re.IGNORECASE,
)
_TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"  # in the order of their numbers, from 10 on

_PASSPORT_NUMBER = r"([A-Za-z]{0,2}[ \-]?\d(?:[ \-]?\d){5,9})(?![A-Za-z0-9])"
_PASSPORT = re.compile(
    r"(?:护照|護照|通行证|通行證|回乡证|回鄉證|台胞证|臺胞證|签证|passport|travel document|travel permit)"
    r"(?:\s?(?:号码|号|號碼|號|编号|number|no\.?|num|#)){0,2}\s?(?:is|was|是|为|:|=|,|\(|\.|#){0,3}\s?"
    + _PASSPORT_NUMBER,
    re.IGNORECASE,
)
_PASSPORT_BEFORE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2}[ \-]?\d(?:[ \-]?\d){6,7})[ ,)]{0,2}(?:是|is|为)?\s?(?:我的?|my|"
    r"the)?\s?(?:护照|護照|通行证|passport)",
    re.IGNORECASE,
)
_SOCIAL_SECURITY = re.compile(
    r"(?:(?<![A-Za-z])ssn|social security)(?:\s?(?:number|no\.?|#))?\s?(?:is|:)?\s?(\d{3}[ \-]?\d{2}[ \-]?\d{4})(?!\d)",
    re.IGNORECASE,
)
_GATE_SOCIAL_SECURITY = re.compile("SSN|ssn|ocial [sS]ecurity")
_GATE_IDENTITY = re.compile(r"[A-Za-z\d][ \-]?[A-Da-d\d]\d{5}(?:\d{3}|[ ]?\(?[0-9Aa])|/\d{6}/")
_GATE = re.compile("护照|護照|通行|回乡证|回鄉證|台胞|臺胞|签证|passport|Passport|PASSPORT|ravel")
LOOK = (
    r"护照|護照|通行|回乡证|回鄉證|台胞|臺胞|签证|(?i:passport|travel|ssn|social security)"
    r"|[A-Za-z\d][ \-]?[A-Da-d\d]\d{5}(?:\d{3}| ?[(（]?[0-9Aa])|/\d{6}/"
)


def find_documents(plain: str) -> Iterator[Found]:
    """Passports by the word before them, identity cards by their check digit or the word before them."""
    if _GATE.search(plain):
        for pattern in (_PASSPORT, _PASSPORT_BEFORE):
            for match in pattern.finditer(plain):
                yield Found("passport", *match.span(1))
    if _GATE_SOCIAL_SECURITY.search(plain):
        for match in _SOCIAL_SECURITY.finditer(plain):
            yield Found("id-number", *match.span(1))
    if _GATE_IDENTITY.search(plain):
        yield from _identity_cards(plain)


def _identity_cards(plain: str) -> Iterator[Found]:
    for match in _HONG_KONG.finditer(plain):
        if _is_hong_kong(plain, match):
            yield Found("id-number", *match.span())
    for match in _TAIWAN.finditer(plain):
        if _is_taiwan(plain, match):
            yield Found("id-number", *match.span())
    for match in _MACAU.finditer(plain):
        if _told(plain, match.start()):
            yield Found("id-number", *match.span())


def _told(plain: str, start: int) -> bool:
    return _ID_CUE.search(plain, max(0, start - 24), start) is not None


def _is_hong_kong(plain: str, match: re.Match[str]) -> bool:
    """A letter or two, six digits and a check digit, in brackets unless a word says what it is."""
    if _HONG_KONG_CUE.search(plain, max(0, match.start() - 24), match.start()):
        return True  # as it is told: people mistype
    if not match[3] and not _told(plain, match.start()):
        return False
    letters = [ord(letter) - 55 for letter in match[1].upper()]
    values = ([36] if len(letters) == 1 else []) + letters + [int(digit) for digit in match[2]]
    total = sum(weight * value for weight, value in zip(range(9, 1, -1), values, strict=True))
    return "0123456789A"[-total % 11] == match[4].upper()


def _is_taiwan(plain: str, match: re.Match[str]) -> bool:
    """A letter for the place, nine digits the last of which checks the rest."""
    text = match[0].replace(" ", "").replace("-", "").upper()
    place = _TAIWAN_LETTERS.index(text[0]) + 10
    second = int(text[1]) if text[1].isdigit() else (_TAIWAN_LETTERS.index(text[1]) + 10) % 10
    digits = [second, *map(int, text[2:])]
    weights = (8, 7, 6, 5, 4, 3, 2, 1, 1)
    total = place // 10 + place % 10 * 9 + sum(a * b for a, b in zip(weights, digits, strict=True))
    return total % 10 == 0 and not OTHER_CUE.search(plain, max(0, match.start() - 24), match.start())
