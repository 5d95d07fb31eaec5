"""Numbers under which an authority knows a person: licence, social insurance, health, tax, by the word before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found

_FILLER = r"(?:\s?(?:号码?|编号|档案|number|num|no\.?|id|#|is|was|是|为|:|=|\()){0,4}\s{0,2}"
_CUED = re.compile(
    r"(?:驾照|驾驶证|行驶证|社保卡?|社会保障卡?|医保卡?|公积金|军官证|士兵证|学生证|教师证|工作证|残疾证|税号|纳税人?识别号|"
    r"(?:社会)?信用代码|车架号|发动机号|(?<![A-Za-z])(?:(?:driver'?s?|driving) licen[cs]e|licen[cs]e (?:number|no\.?)|"
    r"national insurance|nino|nhs|tax (?:id|number)|tin|ein|vat(?: number| no\.?| id)?|sin(?= number| no|:| is)"
    r"|medicare|aadhaar|cpf|vin|"
    r"social(?: security)?(?=:| is| number| no|#)))"
    rf"{_FILLER}(?P<number>(?=(?:[A-Za-z .\-/]*\d){{5}})[A-Za-z]{{0,6}}[ \-]?\d[A-Za-z0-9]*"
    rf"(?:[ .\-/](?=\w{{0,6}}[\dA-Z])[A-Za-z0-9]{{1,8}}){{0,4}})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:19|20)\d\d[./\-]\d{1,2}(?:[./\-]\d{1,2})?$")
LOOK = (
    "驾照|驾驶证|行驶证|社保|社会保障|医保|公积金|军官证|士兵证|学生证|教师证|工作证|残疾证|税号|纳税|信用代码|车架号|发动机号"
    "|(?i:licen[cs]e|national insurance|tax id|tax number|medicare|aadhaar|social)"
    "|(?:^|[^A-Za-z])(?i:nino|nhs|tin|ein|vat|sin|cpf|vin)(?:$|[^A-Za-z])"
)


def find_registrations(plain: str) -> Iterator[Found]:
    for match in _CUED.finditer(plain):
        if not _DATE.match(match["number"]):
            yield Found("id-number", *match.span("number"))
