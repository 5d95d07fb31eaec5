"""Dates of birth, by the word before or after them: other dates are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found

_N = "[零〇○一二三四五六七八九十]"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = r"(?:18|19|20)\d\d"
_DATE = (
    rf"(?:(?:{_YEAR}|\d\d(?=\s?年)|{_N}{{2,4}}(?=年))\s?[年./\-]\s?(?:\d{{1,2}}|{_N}{{1,3}})(?:\s?[月./\-]\s?(?:\d{{1,2}}|{_N}{{1,3}})(?:\s?[日号](?!线|楼))?)?月?"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|\d{{1,2}}[./\-]\d{{1,2}}[./\-](?:{_YEAR}|\d\d)"
    rf"|(?:\d{{1,2}}|{_N}{{1,2}})月(?:\d{{1,2}}|{_N}{{1,3}})[日号]?"
    rf"|{_MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s{_YEAR})?|\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?: of)?\s{_MONTH}(?:,?\s{_YEAR})?"
    rf"|{_YEAR}(?=\s?年?(?:出生|生的)))(?!\d)"
)
_CUED = re.compile(
    r"(?:出生(?:日期|年月日?|时间|日)?|生日|生辰|(?<![A-Za-z])(?:d\.?o\.?b\.?|(?:date|day|year) of birth"
    r"|birth ?(?:date|day)|born))"
    r"(?:\s?(?:是|为|于|在|:|=|\(|,|农历|阳历|公历|阴历|is|was|on|in)){0,3}\s?"
    rf"(?P<date>{_DATE}|(?<=born in ){_YEAR})",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?<!\d)(?P<date>{_DATE})\s?年?(?:出生|生人|生的(?!产))", re.IGNORECASE)
LOOK = r"出生|生日|生辰|生的|生人|(?i:d\.?o\.?b|birth|born)"


def find_birth_dates(plain: str) -> Iterator[Found]:
    """Dates right beside a word of birth."""
    for pattern in (_CUED, _BEFORE):
        for match in pattern.finditer(plain):
            yield Found("birth-date", *match.span("date"))
