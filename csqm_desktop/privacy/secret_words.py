"""What opens a door: passwords, verification and pick-up codes, the code and expiry of a bank card, keys of programs.

Only the secret goes, the words that tell of it stay: "验证码[secret]收不到".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found

_TOLD = (
    r"(?P<told>\s?(?:是|为|:|=|就是|改成|改为|设成|设为|写的?|输的?|(?<![A-Za-z])(?:is|was"
    r"|are)(?![A-Za-z]))){0,2}[\s,\"'“(]{0,2}"
)
_NOT_COUNTED = r"(?!\s?(?:[位秒次分个元块天遍件条年月日点折%]|小时|digit|minute|second|time|day|hour|char|attempt))"
_CODE = re.compile(
    r"(?:(?:验证|校验|动态|取件|提货|取货|核销|提取|访问|安全|识别|短信)码|动态密码|动态口令|卡?背面?的?(?:后|末)三位(?:数字?)?|"
    r"(?<![A-Za-z])(?:(?:verification|security|confirmation|access|one[\- ]time|sms|pick[\- ]?up|2fa|login|"
    r"auth(?:entication|orization)?|card) (?:code|password|passcode|pin)|otp|pin(?: code)?|cvv2?|cvc2?|cvn2?|passcode|"
    r"(?:the|a|this) code (?:(?:they|you|it|i) )?(?:just )?(?:sent|texted|gave|got|received)(?: (?:me|us|is))?))"
    rf"(?:\s?(?:号|码|数字|number|no\.?|code|收到的?|发来的?|给我的?|短信)){{0,2}}{_TOLD}"
    rf"(?P<secret>\d{{1,4}}[\- ]\d{{1,4}}(?:[\- ]\d{{2,4}})?|\d{{3,8}}|(?=[A-Z]{{0,5}}\d)[A-Z0-9]{{4,8}})"
    rf"(?![A-Za-z0-9]|[.\-]\d){_NOT_COUNTED}",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(r"\bcode (?P<secret>\d{4,8}) to (?:verify|log ?in|sign ?in|confirm|reset)", re.IGNORECASE)
_PASSWORD = re.compile(
    r"(?:密码|口令|(?<![A-Za-z])(?:pass ?word|passwd|pwd|pw|pass ?code|pass ?phrase)(?![A-Za-z]))"
    rf"(?:\s?(?:号"
    rf"|for [\w ]{{1,20}}))?{_TOLD}(?P<secret>[A-Za-z0-9!@#$%^&*_+?~][A-Za-z0-9!@#$%^&*_+?~.\-]{{3,39}}){_NOT_COUNTED}",
    re.IGNORECASE,
)
_NO_PASSWORD = frozenset(
    re.findall(
        r"\w+",
        "required wrong incorrect forgotten forgot reset resets invalid please expired must field protected strength "
        "changed correct missing empty blank unknown optional page link manager recovery again never what does from "
        "with that this then than still also only always same rejected accepted accept working needed not doesn have "
        "been being should would could cannot will email login username help support error https http null none true "
        "false wifi or and your because when but hint reminder settings",
    )
)
_EXPIRY = re.compile(
    r"(?:有效期至?|到期日?期?|(?<![A-Za-z])(?:exp(?:iry|iration|ires|ire)?(?: date)?|valid (?:thru|until"
    r"|through))\.?(?![A-Za-z]))"
    rf"{_TOLD}(?P<secret>(?:0?[1-9]|1[0-2])\s?[/\-]\s?(?:20)?\d\d|(?:0[1-9]|1[0-2])[2-4]\d)(?![\d/\-.])",
    re.IGNORECASE,
)
_CARD = re.compile(
    r"卡号|信用卡|银行卡|借记卡|储蓄卡|CV[VC]|\[bank-card|visa|master|amex|(?<![A-Za-z])card(?![A-Za-z])", re.I
)
_KEY = re.compile(
    r"(?<![A-Za-z0-9_\-])(?:sk-[A-Za-z0-9_\-]{16,}|gh[pousr]_[A-Za-z0-9]{16,}|AKIA[A-Z0-9]{12,}|xox[abprs]-[A-Za-z0-9\-]{10,}"
    r"|eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]{8,})?)"
    r"|(?:(?<![A-Za-z])(?:api[ _\-]?key|access[ _\-]?key|secret(?:[ _\-]?key)?|(?:access[ _\-]?"
    r"|refresh[ _\-]?)?token|bearer))"
    r"(?:\s(?:is|was))?[\s:=]{1,3}(?P<told>(?=[A-Za-z_\-]*\d)[A-Za-z0-9_\-]{12,})",
    re.IGNORECASE,
)
LOOK = (
    "验证码|短信码|校验码|动态码|动态密|动态口|取件码|提货码|取货码|核销码|提取码|访问码|密码|口令|安全码|识别码|后三位|末三位|有效期|到期"
    r"|(?:^|[^A-Za-z])(?i:pin|otp)(?i:code|number|no)?(?:$|[^A-Za-z])|(?i:cv[vcn]|pass ?wo?r?d|pwd|pw[ :：=]|pass ?code"
    r"|pass ?phrase|code|exp|valid (?:thru|until|through)|sk-|gh[pousr]_|akia|eyj|xox|bearer|api|token|secret|key)"
)


def find_secrets(plain: str) -> Iterator[Found]:
    """What follows a word that announces a secret, and keys that are known by their beginning."""
    for match in _KEY.finditer(plain):
        yield Found("secret", *match.span("told" if match["told"] else 0))
    for pattern in (_CODE, _CODE_BEFORE):
        for match in pattern.finditer(plain):
            yield Found("secret", *match.span("secret"))
    for match in _PASSWORD.finditer(plain):
        if secret := _password(match):
            yield Found("secret", match.start("secret"), match.start("secret") + len(secret))
    for match in _EXPIRY.finditer(plain) if _CARD.search(plain) else ():
        yield Found("secret", *match.span("secret"))


def _password(match: re.Match[str]) -> str:
    """The password without the full stop after it; nothing when it is an ordinary word."""
    secret = match["secret"].rstrip(".-?")
    if secret.lower() in _NO_PASSWORD or len(secret) < 4:
        return ""
    mixed = any(char.isdigit() for char in secret) or any(not char.isalnum() for char in secret[:-1])
    told = (match["told"] or "").strip()
    if not mixed and (not told or (told.isalpha() and told.isascii())):
        return ""
    return secret
