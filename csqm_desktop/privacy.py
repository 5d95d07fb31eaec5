"""Finds and replaces personal data: phone numbers, e-mail addresses, Chinese ID numbers, bank cards.

Works on a normal form of the text (full-width and other digits as ASCII, invisible characters left out) and
maps what it finds back to the original, so that disguised numbers do not get through. Checksums, number plans
and the words before a number keep prices, sizes, dates, order and parcel numbers as they are. The original is
never kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

PHONE = "[phone]"
EMAIL = "[email]"
ID_NUMBER = "[id-number]"
BANK_CARD = "[bank-card]"

PLACEHOLDERS: dict[str, str] = {"phone": PHONE, "email": EMAIL, "id-number": ID_NUMBER, "bank-card": BANK_CARD}
"""What stands in a text for personal data, by kind. Stable: stored texts and models rely on it."""

# A text without any of these holds nothing that is looked for; nearly all messages end here.
_TRIGGER = re.compile(
    r"\d|[@＠#＃艾①-⑨⓪➀-➈❶-❾²³¹⁰⁴-⁹₀-₉]|[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{11}|[\[(（【]\s?[aA][tT]\s?[\])）】]"
)
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 7
_MOST_GROUPS = 7  # numbers in more groups are written digit by digit, which is looked for at these lengths only
_SPELLED_OUT = frozenset({11, 16, 17, 18, 19})

_HAN_DIGITS = dict(zip("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "00012345678911" + "23456789", strict=True))
_HAN_NUMBER = re.compile(f"[{''.join(_HAN_DIGITS)}]{{11,}}")
_DASHES = "‐‑‒–—―−－﹣﹘ー"
_INVISIBLE = {0x20E3, *range(0xFE00, 0xFE10)}  # keycap and variation selectors, as in emoji digits

_LETTER = "A-Za-z0-9\u00c0-\u024f"
_LOCAL_PART = re.compile(rf"[{_LETTER}](?:[{_LETTER}._%+\-]{{0,62}}[{_LETTER}_%+\-])?\s?$")
_DOMAIN = re.compile(
    rf"\s?((?:[{_LETTER}](?:[{_LETTER}\-]{{0,61}}[{_LETTER}])?[.点]){{1,6}})([A-Za-z]{{2,24}})(?![A-Za-z0-9_.\-]*@)"
)
# The at sign, and what people write for it to get past filters.
_AT = re.compile(
    r"@|艾特|[\[(（【]\s?at\s?[\])）】]|#(?=(?:qq|163|126|139|189|gmail|outlook|hotmail|sina|foxmail|yahoo|icloud)[.点])",
    re.IGNORECASE,
)
_FILE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "pdf", "mp4", "css", "js"})

_RUN = re.compile(r"\+?\(?\d+(?:[ .\-()/_~*、·,一]{1,3}\d+)*")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?: \d{1,2})?")
_ID_TAIL = re.compile(r"[ \-]?[xX](?![A-Za-z0-9])")
_EXTENSION = re.compile(r"\s?(?:转|分机|ext\.?|x)\s?\d{1,6}(?!\d)", re.IGNORECASE)
_LETTERS_BEFORE = re.compile(r"[A-Za-z]+$")
_WORD_AFTER = re.compile(r"[A-Za-z]+\d")
_FILLER = r"(?:\s?(?:号码?|编号|number|no|id|is|was|at|on)){0,2}[\s:：=是为#.,，。、\-(（【\[\"'“”]{0,4}$"


def _cue(chinese: str, english: str) -> re.Pattern[str]:
    """Words that end right before a number; English ones must be whole words."""
    return re.compile(f"(?:{chinese}|(?<![A-Za-z])(?:{english})){_FILLER}", re.IGNORECASE)


_PHONE_CUE = _cue(
    "电话|手机|座机|联系方式|联系号码|热线|致电|拨打|回电|来电|打给我|微信|短信",
    "tel|telephone|phone|mobile|cell|whatsapp|call(?: me)?|text(?: me)?|sms|reach me|contact|my number|new number",
)
_CARD_CUE = _cue(
    "银行卡?|卡号|储蓄卡|信用卡|借记卡|账号|账户|[工农中建交招]行卡?|招商|邮储|浦发|兴业",
    "card|account|visa|mastercard|unionpay",
)
_ID_CUE = re.compile(r"身份证|证件|实名|(?<![A-Za-z])(?:id|identity)(?: card| number| no)?(?![A-Za-z])", re.IGNORECASE)
_OTHER_CUE = _cue(
    "订单|单号|运单|货号|款号|型号|条码|编号|序列号|流水号|交易号|工单",
    "sku|order|tracking|waybill|parcel|invoice|serial|imei|barcode|ticket|item|ref|id|sn",
)

# Words that may touch a number without making it a part number.
_GLUED_CUES = frozenset(
    re.findall(r"\w+", "tel phone mobile cell call wx vx v wechat weixin qq whatsapp contact number no me at card id")
)

_MOBILE = re.compile(r"1[3-9]\d{9}$")
_MOBILE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (3, 5, 3), (5, 6), (6, 5), (1,) * 11}
)
_LANDLINE = re.compile(r"(010|02[0-57-9]|0[3-9]\d{2})([2-8]\d{6,7})$")
_HOTLINE = re.compile(r"[48]00\d{7}$")  # of companies, nobody's own
_TOLL_FREE = re.compile(r"8(?:00|33|44|55|66|77|88)")
_ELSEWHERE = ("TW", "GB", "AU", "JP", "KR", "FR", "DE")  # where numbers without country code begin with 0
_CARDS = re.compile(
    r"(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|35(?:2[89]|[3-8]\d)\d{12}|"
    r"6(?:011|5\d\d)\d{12}|62\d{14,17}|60\d{14,17}|9558\d{15}|4(?:367|213|340|029)\d{15})$"
)
_ID = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)\d{4}((?:18|19|20)\d\d)(\d\d)(\d\d)\d{3}[\dX]$"
)
_OLD_ID = re.compile(r"[1-8]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$")


class Found(NamedTuple):
    """Personal data in a text: its kind and where it is."""

    kind: str
    start: int
    end: int


def redact(text: str) -> tuple[str, dict[str, int]]:
    """The text with placeholders for personal data, and how many of each kind were replaced.

    Redacting again changes nothing.
    """
    counts: dict[str, int] = {}
    while True:
        found = find(text)
        if not found:
            return text, counts
        parts: list[str] = []
        done = 0
        for kind, start, end in found:
            parts += (text[done:start], PLACEHOLDERS[kind])
            done = end
            counts[kind] = counts.get(kind, 0) + 1
        # A placeholder is shorter than what it replaced, so a word before it may now reach the next number.
        text = "".join(parts) + text[done:]


def redact_sender(sender: str) -> str:
    """A sender's name without a phone number or address in it; names glued to a number count too."""
    found = find(sender, glued=True)
    for kind, start, end in reversed(found):
        sender = sender[:start] + PLACEHOLDERS[kind] + sender[end:]
    return sender


def find(text: str, glued: bool = False) -> list[Found]:
    """Where personal data is in the text, in order and without overlaps.

    ``glued`` also finds phone numbers right after letters, as in user names.
    """
    if _TRIGGER.search(text) is None:
        return []
    plain, places = _normal(text)
    found = [*_emails(plain)] if _AT.search(plain) else []
    if len(_DIGIT.findall(plain)) >= _FEWEST_DIGITS:
        taken = [(item.start, item.end) for item in found]
        found += [item for item in _numbers(plain, glued) if not _overlaps(item, taken)]
    found.sort(key=lambda item: item.start)
    if places is None:
        return found
    places.append(len(text))  # invisible characters after a find go with it
    return [Found(kind, places[start], places[end]) for kind, start, end in found]


def _overlaps(item: Found, taken: list[tuple[int, int]]) -> bool:
    return any(item.start < end and start < item.end for start, end in taken)


# -- normal form


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


def _normal(text: str) -> tuple[str, list[int] | None]:
    """The normal form, and for each of its characters the place in ``text`` (None when they are the same)."""
    if text.isascii():
        return text, None
    plain = text.translate(_FORMS)
    places = None
    if len(plain) != len(text):
        places = [index for index, char in enumerate(text) if _FORMS[ord(char)] is not None]
    plain = _HAN_NUMBER.sub(lambda match: "".join(map(_HAN_DIGITS.__getitem__, match[0])), plain)
    return plain, places


# -- e-mail


def _emails(plain: str) -> Iterator[Found]:
    """Addresses of ASCII letters only, so that Chinese words glued to them stay."""
    for at in _AT.finditer(plain):
        start = max(0, at.start() - 66)
        local = _LOCAL_PART.search(plain, start, at.start())
        domain = _DOMAIN.match(plain, at.end())
        if local and domain and domain[2].lower() not in _FILE_ENDINGS:
            yield Found("email", local.start(), domain.end())


# -- numbers


class _Candidate:
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

    def kind(self) -> str | None:
        """What the number is, None when it is nothing personal."""
        if _is_id(self):
            return "id-number"
        if self.is_part:
            return None
        if _is_card(self):
            return "bank-card"
        return "phone" if _is_phone(self) else None


def _is_decimal(plain: str, left: tuple[int, int], right: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Whether a point joins two groups to one number with decimals; ``outer`` is the shorter part."""
    return plain[left[1] : right[0]] == "." and outer[1] - outer[0] <= 2


def _numbers(plain: str, glued: bool) -> Iterator[Found]:
    for run in _RUN.finditer(plain):
        if run.end() - run.start() < _FEWEST_DIGITS or _DATE.fullmatch(plain, run.start(), run.end()):
            continue  # most runs are prices, amounts and dates
        groups = [match.span() for match in _GROUP.finditer(plain, run.start(), run.end())]
        if sum(end - start for start, end in groups) >= _FEWEST_DIGITS:
            yield from _in_run(plain, groups, glued)


def _in_run(plain: str, groups: list[tuple[int, int]], glued: bool) -> Iterator[Found]:
    """The numbers among groups of digits, each as long as possible."""
    first = 0
    while first < len(groups):
        for last in range(_last_within(groups, first, 19), first - 1, -1):
            count = sum(end - start for start, end in groups[first : last + 1])
            if count < _FEWEST_DIGITS:
                break
            if last - first >= _MOST_GROUPS and count not in _SPELLED_OUT:
                continue
            candidate = _Candidate(plain, groups, first, last, glued)
            if kind := candidate.kind():
                yield Found(kind, _with_prefix(candidate, kind), _with_tail(candidate, kind))
                first = last
                break
        first += 1


def _last_within(groups: list[tuple[int, int]], first: int, most: int) -> int:
    """The last group with which the groups from ``first`` on have at most ``most`` digits."""
    total = 0
    for last in range(first, len(groups)):
        total += groups[last][1] - groups[last][0]
        if total > most:
            return max(first, last - 1)
    return len(groups) - 1


def _with_prefix(candidate: _Candidate, kind: str) -> int:
    """The start including a plus sign or bracket in front."""
    start = candidate.start
    opening = "+(" if ")" in candidate.plain[start : candidate.end] else "+"
    while kind == "phone" and start > 0 and candidate.plain[start - 1] in opening:
        start -= 1
    return start


def _with_tail(candidate: _Candidate, kind: str) -> int:
    """The end including the X of an ID number or the extension of a phone number."""
    pattern = {"id-number": _ID_TAIL, "phone": _EXTENSION}.get(kind)
    if pattern is None or (kind == "id-number" and len(candidate.digits) != 17):
        return candidate.end
    match = pattern.match(candidate.plain, candidate.end)
    return match.end() if match else candidate.end


def _is_id(candidate: _Candidate) -> bool:
    """18 places with a valid date and check digit; the old 15 digits only after a word that says so."""
    digits = candidate.digits
    if candidate.commas:
        return False
    if len(digits) == 15:
        return bool(_OLD_ID.match(digits) and _ID_CUE.search(candidate.before))
    if len(digits) == 17:
        digits += "X" if _ID_TAIL.match(candidate.plain, candidate.end) else ""
    match = _ID.match(digits)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False))
    return digits[17] == "10X98765432"[total % 11] or bool(_ID_CUE.search(candidate.before))


def _is_card(candidate: _Candidate) -> bool:
    """13 to 19 digits: an issuer's number with a valid check digit, or any after a word that says so."""
    digits = candidate.digits
    if not 13 <= len(digits) <= 19 or candidate.plus or candidate.commas:
        return False
    if _CARD_CUE.search(candidate.before):
        return len(digits) >= 16 or _luhn(digits)
    if not _CARDS.match(digits) or _OTHER_CUE.search(candidate.before):
        return False
    return candidate.sizes[:4] == (4, 4, 4, 4) or _luhn(digits)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit)
        if place % 2:
            number = number * 2 - 9 if number > 4 else number * 2
        total += number
    return total % 10 == 0


def _is_phone(candidate: _Candidate) -> bool:
    digits = candidate.digits
    if _HOTLINE.match(digits) or len(digits) > 17:
        return False
    if candidate.plus:
        return _is_mobile(candidate) or _is_international(digits)
    if candidate.commas:
        return _is_mobile(candidate) and candidate.sizes == (3, 4, 4)
    cue = bool(_PHONE_CUE.search(candidate.before))
    if not cue and _OTHER_CUE.search(candidate.before):
        return False
    if _is_mobile(candidate) or _is_landline(candidate) or (cue and 7 <= len(digits) <= 12):
        return True
    return candidate.leads and _is_foreign(candidate)


def _is_foreign(candidate: _Candidate) -> bool:
    """A number of another country, written without a plus sign."""
    digits = candidate.digits
    if digits.startswith("00"):
        return len(digits) >= 11 and _is_international(digits[2:])
    return _is_north_american(candidate) or (digits.startswith("0") and _is_national_elsewhere(candidate))


def _is_mobile(candidate: _Candidate) -> bool:
    """A mobile number of mainland China, with or without its country code."""
    digits, sizes = candidate.digits, candidate.sizes
    for code in ("0086", "86", "0"):
        if digits.startswith(code) and len(digits) == 11 + len(code) and (code != "0" or sizes[0] > 1):
            digits = digits[len(code) :]
            sizes = sizes[1:] if sizes[0] == len(code) else (sizes[0] - len(code), *sizes[1:])
            break
    return bool(_MOBILE.match(digits)) and sizes in _MOBILE_GROUPS


def _is_landline(candidate: _Candidate) -> bool:
    """A landline of mainland China with its area code, perhaps with an extension after a hyphen."""
    texts = candidate.texts
    if len(texts) > 2 and len(texts[-1]) <= 4 and candidate.plain[candidate.end - len(texts[-1]) - 1] == "-":
        whole = "".join(texts[:-1])
        if _LANDLINE.match(whole) and len(texts[0]) in (3, 4):
            return True
    match = _LANDLINE.match(candidate.digits)
    return bool(match) and (len(texts) == 1 or (match is not None and texts[0] == match[1] and len(texts) <= 3))


def _is_north_american(candidate: _Candidate) -> bool:
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


def _is_national_elsewhere(candidate: _Candidate) -> bool:
    """A number that begins with 0 as other countries write it."""
    digits = candidate.digits
    if not 9 <= len(digits) <= 11:
        return False
    if not candidate.separated and not re.match(r"09\d{8}$|07[1-9]\d{8}$|04\d{8}$", digits):
        return False
    return any(_is_valid(digits, region) for region in _ELSEWHERE)


def _is_valid(digits: str, region: str) -> bool:
    import phonenumbers  # loads 0.1 s of tables that most files never need

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
    except phonenumbers.NumberParseException:
        return False
