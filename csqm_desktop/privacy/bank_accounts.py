"""Bank accounts that are no cards: IBAN by its check digits, national ones by the word before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found
from csqm_desktop.privacy.words import any_of, fixed

_WORDS = "IBAN|Iban|iban|sort code|Sort code|Sort Code|outing|ccount n|ccount N|CCOUNT N|对公|银行账|银行帐|BSB|bsb"
_SHAPE = re.compile(r"[A-Z]{2}\d{2} ?[A-Z0-9]{4} ?(?:\d|[A-Z]\d)")
_GATE = any_of(_WORDS)
_IBAN = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,3})?)(?![A-Za-z0-9])")
_CUE = re.compile(r"iban(?:\s?(?:is|:|=|号|是))?\s?$", re.IGNORECASE)
_NATIONAL = re.compile(
    r"(?:(?<![A-Za-z])(?:sort code|routing(?: number| no\.?)?|bank account(?: number| no\.?)?|account (?:number"
    r"|no\.?)|bsb)"
    r"|(?:银行|对公)[账帐][号户])(?:\s?(?:is|was|:|=|#|是|为)){0,2}\s{0,2}(\d{2,4}(?:[\- ]?\d{2,4}){1,5}"
    r"|\d{6,19})(?![\dA-Za-z])",
    re.IGNORECASE,
)
LOOK = rf"{_SHAPE.pattern}|{fixed(_WORDS)}"


def find_bank_accounts(plain: str) -> Iterator[Found]:
    if _SHAPE.search(plain):
        for match in _IBAN.finditer(plain):
            if _checks(match[1]) or _CUE.search(plain, max(0, match.start() - 12), match.start()):
                yield Found("bank-card", *match.span(1))
    if _GATE.search(plain):
        for match in _NATIONAL.finditer(plain):
            yield Found("bank-card", *match.span(1))


def _checks(text: str) -> bool:
    """Whether the check digits after the country are right (ISO 13616)."""
    text = text.replace(" ", "").replace("-", "")
    if not 15 <= len(text) <= 34:
        return False
    return int("".join(str(int(char, 36)) for char in text[4:] + text[:4])) % 97 == 1
