"""Bank cards: issuers' number ranges and the check digit."""

from __future__ import annotations

import re

from csqm_desktop.privacy.candidate import Candidate
from csqm_desktop.privacy.cues import OTHER_CUE, cue_before

_CARD_CUE = cue_before(
    "银行卡?|卡号|储蓄卡|信用卡|借记卡|账号|账户|[工农中建交招]行卡?|招商|邮储|浦发|兴业",
    "card|account|visa|mastercard|unionpay",
)
_CARDS = re.compile(
    r"(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|35(?:2[89]|[3-8]\d)\d{12}|"
    r"6(?:011|5\d\d)\d{12}|62\d{14,17}|60\d{14,17}|9558\d{15}|4(?:367|213|340|029)\d{15})$"
)


def is_card(candidate: Candidate) -> bool:
    """13 to 19 digits: an issuer's number with a valid check digit, or any after a word that says so."""
    digits = candidate.digits
    if not 13 <= len(digits) <= 19 or candidate.plus or candidate.commas:
        return False
    if _CARD_CUE.search(candidate.before):
        return len(digits) >= 16 or _luhn(digits)
    if not _CARDS.match(digits) or OTHER_CUE.search(candidate.before):
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
