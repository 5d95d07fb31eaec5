"""Identity documents: of mainland China, Hong Kong, Macau and Taiwan, and passports."""

from __future__ import annotations

import re
from datetime import date

from csqm_desktop.privacy.candidate import Candidate

_ID_CUE = re.compile(
    r"身份证|居住证|证件|实名|(?<![A-Za-z])(?:id|identity)(?: card| number| no)?(?![A-Za-z])", re.IGNORECASE
)
ID_TAIL = re.compile(r"[ \-]?[xX](?![A-Za-z0-9])")
_ID = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)\d{4}((?:18|19|20)\d\d)(\d\d)(\d\d)\d{3}[\dX]$"
)
_OLD_ID = re.compile(r"[1-8]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$")


def is_id(candidate: Candidate) -> bool:
    """18 places with a valid date and check digit; the old 15 digits only after a word that says so."""
    digits = candidate.digits
    if candidate.commas:
        return False
    if len(digits) == 15:
        return bool(_OLD_ID.match(digits) and _ID_CUE.search(candidate.before))
    if len(digits) == 17:
        digits += "X" if ID_TAIL.match(candidate.plain, candidate.end) else ""
    match = _ID.match(digits)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False))
    return digits[17] in ("10X98765432"[total % 11], "X") or bool(_ID_CUE.search(candidate.before))
