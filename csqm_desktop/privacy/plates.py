"""Number plates of vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"(?<![A-Za-z0-9])([{_PROVINCES}])[A-HJ-NP-Z][ ·.\-•]?"
    r"(?:[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF]|(?=[A-Z]{0,4}\d)(?=(?:[A-Z]?\d){2}|[A-Z]{0,2}\d{2}|"
    r"[A-Z]\d[A-Z]\d)[A-HJ-NP-Z0-9]{5}[挂学警港澳领]?|[A-HJ-NP-Z0-9]{4}[挂学警港澳领])"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    rf"(?<![A-Za-z0-9])[{_PROVINCES}][A-HJ-NP-Z][ ·.\-•]?(?=[A-Z]{{0,5}}\d)[A-HJ-NP-Z0-9]{{5,6}}(?![A-Za-z0-9])",
    re.IGNORECASE,
)  # any mix, beside a word for vehicles
_COLOUR_WORDS = frozenset("黑青新云吉贵宁藏")  # also ordinary words before product codes
_VEHICLE = re.compile("车|牌|挂|提货|停")
_VEHICLE_NEAR = re.compile("车|停在|plate|Plate", re.IGNORECASE)
_FOREIGN = re.compile(
    r"(?:车牌号?码?|(?<![A-Za-z])(?i:licen[cs]e plate|number plate|plate number|plate no\.?|plate|vehicle "
    r"reg(?:istration)?|registration|car reg|reg(?:istration)? number|my reg|the reg|(?:my|the|our|his|her) (?:car|"
    r"van|vehicle|truck|lorry)|tag number))"
    r"(?:\s(?:number|no\.?|is|was)){0,2}\s?(?:is|是|为|:|#|,)?\s?"
    r"((?=[A-Z0-9]{0,6}[ \-]?[A-Z0-9]*\d)(?=\d*[ \-]?\d*[A-Z])[A-Z0-9]{2,7}(?:[ \-][A-Z0-9]{2,4})?)(?![A-Za-z0-9])"
)
_GATE = re.compile("车牌|car |van |ehicle|truck |lorry |late|LATE|reg|Reg|REG|icence|ag number")
BRITISH_GATE = re.compile(r"\d(?<=[A-Z]{2}\d)\d ?[A-Z]{3}(?![A-Za-z0-9])")
CHINESE_GATE = re.compile(f"[{_PROVINCES}][A-Za-z][ ·.•\\-]?[A-Za-z0-9]{{4}}")
LOOK = (
    rf"[{_PROVINCES}][A-Za-z][ ·.•\-]?[A-Za-z0-9]{{4}}"
    r"|(?:车牌|(?i:plate|(?:car|van|truck|lorry)\s|vehicle|registration|reg\s|tag number))[^\d]*\d"
)


def find_plates(plain: str) -> Iterator[Found]:
    """Chinese plates by their shape, those of other countries after a word that says so."""
    for match in _PLATE.finditer(plain) if CHINESE_GATE.search(plain) else ():
        if match[1] not in _COLOUR_WORDS or _VEHICLE.search(plain):
            yield Found("plate", *match.span())
    for match in _LOOSE.finditer(plain) if CHINESE_GATE.search(plain) and _VEHICLE_NEAR.search(plain) else ():
        yield Found("plate", *match.span())
    if _GATE.search(plain):
        for match in _FOREIGN.finditer(plain):
            if sum(char.isalnum() for char in match[1]) >= 5:
                yield Found("plate", *match.span(1))
