"""E-mail addresses, with the at sign in its disguises."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found

_LETTER = "A-Za-z0-9\u00c0-\u024f"
_LOCAL_PART = re.compile(rf"[{_LETTER}](?:[{_LETTER}._%+\-]{{0,62}}[{_LETTER}_%+\-])?\s?$")
_PROVIDER = r"(?:qq|163|126|139|189|gmail|outlook|hotmail|sina|foxmail|yahoo|icloud|live|msn|aliyun)"
_DOT = (
    r"(?:[.点。]|\s?[\[(（【]\s?(?:dot|点|\.)\s?[\])）】]\s?|\s(?:dot|DOT|Dot|点)\s|\s?\.\s(?=(?:com|cn|net"
    r"|org|co|edu)(?![A-Za-z]))|\s\.(?=[A-Za-z]))"
)
_DOMAIN = re.compile(
    rf"\s?((?:[{_LETTER}](?:[{_LETTER}\-]{{0,61}}[{_LETTER}])?{_DOT}){{1,6}})([A-Za-z]{{2,24}})(?![A-Za-z0-9_.\-]*@)"
)
# The at sign, and what people write for it to get past filters.
_AT = re.compile(
    rf"@|艾特|[\[(（【]\s?(?:at|a|圈)\s?[\])）】]|#(?={_PROVIDER}[.点])"
    rf"|(?<=[{_LETTER}_]) at (?={_PROVIDER}(?:[.点]| (?:dot|点) )|[{_LETTER}\-]{{2,40}} (?:dot|点) (?:com|cn|net"
    rf"|org|co|edu)\b)",
    re.IGNORECASE,
)
_GATE = re.compile(r"[@艾#\[(（【]|[Dd][Oo][Tt] | at ", re.IGNORECASE)
_WORDS = frozenset(
    [
        "look",
        "looking",
        "is",
        "are",
        "me",
        "us",
        "you",
        "shop",
        "buy",
        "bought",
        "order",
        "ordered",
        "arrive",
        "live",
        "open",
        "it",
        "and",
        "or",
    ]
)
_CUE = re.compile(r"mail|邮[箱件]|发[到给至]|send", re.IGNORECASE)
_TELLING = re.compile(r"[\d._]")
_FILE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "pdf", "mp4", "css", "js"})
LOOK = (
    rf"@|艾特|#{_PROVIDER}|[\[(（【]\s?(?:[aA][tT]?|圈)\s?[\])）】]|(?i: at {_PROVIDER}[.点 ]"
    r"| (?:dot|点) (?:com|cn|net|org|co|edu))"
)


def find_emails(plain: str) -> Iterator[Found]:
    """Addresses of ASCII letters only, so that Chinese words glued to them stay."""
    for at in _AT.finditer(plain) if _GATE.search(plain) else ():
        start = max(0, at.start() - 66)
        local = _LOCAL_PART.search(plain, start, at.start())
        domain = _DOMAIN.match(plain, at.end())
        if not local or not domain or domain[2].lower() in _FILE_ENDINGS:
            continue
        if _is_mailbox(plain, at, local[0]):
            yield Found("email", local.start(), domain.end())


def _is_mailbox(plain: str, at: re.Match[str], local: str) -> bool:
    """Whether a word before a spaced or spelled at sign is no ordinary word, as in "look at amazon dot com"."""
    if at[0][0] == " ":
        return local.strip().lower() not in _WORDS
    if not local.endswith(" ") or _CUE.search(plain, max(0, at.start() - 80), at.start()):
        return True
    return not local.strip().isdigit() and bool(_TELLING.search(local)) and not plain.startswith("www.", at.end() + 1)
