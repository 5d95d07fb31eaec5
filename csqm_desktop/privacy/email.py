"""E-mail addresses, with the at sign in its disguises."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found

_LETTER = "A-Za-z0-9\u00c0-\u024f"
_LOCAL_PART = re.compile(rf"[{_LETTER}](?:[{_LETTER}._%+\-]{{0,62}}[{_LETTER}_%+\-])?\s?$")
_DOMAIN = re.compile(
    rf"\s?((?:[{_LETTER}](?:[{_LETTER}\-]{{0,61}}[{_LETTER}])?[.点]){{1,6}})([A-Za-z]{{2,24}})(?![A-Za-z0-9_.\-]*@)"
)
# The at sign, and what people write for it to get past filters.
_AT = re.compile(
    r"@|艾特|[\[(（【]\s?at\s?[\])）】]|#(?=(?:qq|163|126|139|189|gmail|outlook|hotmail|sina|foxmail|yahoo|"
    r"icloud)[.点])",
    re.IGNORECASE,
)
_GATE = re.compile(r"[@艾#\[(（【]")
_FILE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "pdf", "mp4", "css", "js"})


def find_emails(plain: str) -> Iterator[Found]:
    """Addresses of ASCII letters only, so that Chinese words glued to them stay."""
    for at in _AT.finditer(plain) if _GATE.search(plain) else ():
        start = max(0, at.start() - 66)
        local = _LOCAL_PART.search(plain, start, at.start())
        domain = _DOMAIN.match(plain, at.end())
        if local and domain and domain[2].lower() not in _FILE_ENDINGS:
            yield Found("email", local.start(), domain.end())
