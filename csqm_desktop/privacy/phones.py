"""Phone numbers: mobile and landline, of China and elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.candidate import Candidate
from csqm_desktop.privacy.cues import OTHER_CUE, cue_before
from csqm_desktop.privacy.kinds import Found

_PHONE_CUE = cue_before(
    "电话|手机|传真|座机|联系方式|联系号码|热线|致电|拨打|回电|来电|打给我|微信|短信",
    "tel|fax|ph|telephone|phone|mobile|cell|whatsapp|call(?: me)?|text(?: me)?|sms|(?:reach|ring|call|text) (?:me|"
    "her|him|us)|number on file|contact|my number|new "
    "number|my no|new no|my num|my no\\.|phone no\\.|tel no\\.",
)

_PHONE_AFTER = re.compile(
    r"\s?(?:is|was|=|是)\s?(?:my|our|his|her|我的?)\s?(?:new |old |home |work |mobile |cell )?(?:cell|mobile|phone|"
    r"number|tel|手机|电话|号)",
    re.IGNORECASE,
)

_LINE_BEFORE = re.compile(r"(?:\n\s*|\d (?:or|and|/) |[A-Za-z\d],\s|\b[A-Z]{2} \d{5},?\s)$")
_LINE_AFTER = re.compile(r"\s*(?:$|\n|,\s|\.\s)")
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_MOBILE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (3, 5, 3), (5, 6), (6, 5), (1,) * 11}
)
_LANDLINE = re.compile(r"(010|02[0-57-9]|0[3-9]\d{2})([2-8]\d{6,7})$")
_HOTLINE = re.compile(r"[48]00\d{7}$")  # of companies, nobody's own
_SERVICE = re.compile(
    r"(?:100|12|9[56])\d{4,6}$|0\d{2,3}(?:1\d{4}|9[56]\d{3})$"
)  # of carriers, banks, authorities; nobody's own number begins so
_TOLL_FREE = re.compile(r"8(?:00|33|44|55|66|77|88)")
_TOLL_FREE_WRITTEN = re.compile(r"\+?(?:1[ .\-]?)?\(?8(?:00|33|44|55|66|77|88)\)?[ .\-]\d{3}[ .\-]?\d{4}")
_ELSEWHERE = ("TW", "GB", "AU", "JP", "KR", "FR", "DE")  # where numbers without country code begin with 0
# After its first place, which is a 1: a search for digits is quicker than one for letters.
LETTERED = re.compile(r"[3-9](?<=[1lI][3-9])(?<![A-Za-z0-9]..)[\dOoIl]{9}(?![A-Za-z0-9])")
_FEWEST_REAL_DIGITS, _MOBILE_DIGITS, _AMERICAN_DIGITS = 6, 11, 10
EXTENSION = re.compile(r"\s?(?:转|分机|ext\.?|x)\s?\d{1,6}(?!\d)", re.IGNORECASE)
LETTERED_LOOK = r"[1lI][3-9][\dOoIl]{9}"


def find_lettered_phones(plain: str) -> Iterator[Found]:
    """Mobile numbers with O for 0 and l or I for 1, as people write them to get past filters."""
    for match in LETTERED.finditer(plain):
        digits = sum(map(str.isdigit, plain[match.start() - 1 : match.end()]))
        if _FEWEST_REAL_DIGITS <= digits < _MOBILE_DIGITS:
            yield Found("phone", match.start() - 1, match.end())


def is_told_phone(plain: str, start: int, end: int) -> bool:
    """Whether digits that may be a mobile number of China or America stand after a word for one."""
    number = plain[start:end]
    fits = _MOBILE.match(number) is not None or (len(number) == _AMERICAN_DIGITS and number.isdigit())
    return fits and _PHONE_CUE.search(plain[max(0, start - 24) : start]) is not None


def is_phone(candidate: Candidate) -> bool:
    digits = candidate.digits
    if _HOTLINE.match(digits) or len(digits) > 17:
        return False
    if candidate.plus:
        return _is_mobile(candidate) or _is_international(digits)
    if candidate.commas:
        return _is_mobile(candidate) and candidate.sizes == (3, 4, 4)
    cue = bool(_PHONE_CUE.search(candidate.before))
    if not cue and OTHER_CUE.search(candidate.before):
        return False
    cue = cue or _PHONE_AFTER.match(candidate.plain, candidate.end) is not None
    told = cue and 7 <= len(digits) <= 12 and not _SERVICE.match(digits)
    if _is_mobile(candidate) or _is_landline(candidate) or told:
        return True
    return (candidate.leads and _is_foreign(candidate)) or _stands_alone(candidate)


def is_toll_free(number: str) -> bool:
    """1-800-555-0199 and its like; unseparated it could be a mobile number of China."""
    return _TOLL_FREE_WRITTEN.fullmatch(number) is not None


def _is_foreign(candidate: Candidate) -> bool:
    """A number of another country, written without a plus sign."""
    digits = candidate.digits
    if digits.startswith("00"):
        return len(digits) >= 11 and _is_international(digits[2:])
    return _is_north_american(candidate) or (digits.startswith("0") and _is_national_elsewhere(candidate))


def _stands_alone(candidate: Candidate) -> bool:
    """Ten digits of North America alone on a line or between commas, as under a letter or in a list."""
    if candidate.sizes != (10,) or not (_LINE_BEFORE.search(candidate.before) or candidate.start == 0):
        return False
    alone = _LINE_AFTER.match(candidate.plain, candidate.end) is not None
    return (
        alone and candidate.start > 0 and not _TOLL_FREE.match(candidate.digits) and _is_valid(candidate.digits, "US")
    )


def _is_mobile(candidate: Candidate) -> bool:
    """A mobile number of mainland China, with or without its country code."""
    digits, sizes = candidate.digits, candidate.sizes
    for code in ("0086", "86", "0"):
        if digits.startswith(code) and len(digits) == 11 + len(code) and (code != "0" or sizes[0] > 1):
            digits = digits[len(code) :]
            sizes = sizes[1:] if sizes[0] == len(code) else (sizes[0] - len(code), *sizes[1:])
            break
    return bool(_MOBILE.match(digits)) and sizes in _MOBILE_GROUPS


def _is_landline(candidate: Candidate) -> bool:
    """A landline of mainland China with its area code, perhaps with an extension after a hyphen."""
    texts = candidate.texts
    if texts[0] in ("86", "0086") and len(texts) > 2 and texts[1][0] != "0":
        return _LANDLINE.match("0" + "".join(texts[1:])) is not None
    if len(texts) > 2 and len(texts[-1]) <= 4 and candidate.plain[candidate.end - len(texts[-1]) - 1] == "-":
        whole = "".join(texts[:-1])
        if _LANDLINE.match(whole) and len(texts[0]) in (3, 4):
            return True
    match = _LANDLINE.match(candidate.digits)
    return bool(match) and (len(texts) == 1 or (match is not None and texts[0] == match[1] and len(texts) <= 3))


def _is_north_american(candidate: Candidate) -> bool:
    """(415) 555-2671 and its like; without separators it could be any number."""
    sizes = candidate.sizes
    if sizes not in ((3, 3, 4), (1, 3, 3, 4)):
        return False
    digits = candidate.digits[-10:]
    if len(sizes) == 4 and candidate.digits[0] != "1":
        return False
    return not _TOLL_FREE.match(digits) and _is_valid(digits, "US")


def _is_international(digits: str) -> bool:
    """Digits after a plus sign; from ten on a possible number is enough."""
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return False
    if len(digits) >= 10 and phonenumbers.is_possible_number(number):
        return True
    return phonenumbers.is_valid_number(number)


def _is_national_elsewhere(candidate: Candidate) -> bool:
    """A number that begins with 0 as other countries write it."""
    digits = candidate.digits
    if not 9 <= len(digits) <= 11:
        return False
    if candidate.sizes[0] == 1:
        return False  # a book: 0-306-40615-2
    if not candidate.separated and not re.match(r"09\d{8}$|07[1-9]\d{8}$|04\d{8}$", digits):
        return False
    return any(_is_valid(digits, region) for region in _ELSEWHERE)


def _is_valid(digits: str, region: str) -> bool:
    import phonenumbers  # loads 0.1 s of tables that most files never need

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False
