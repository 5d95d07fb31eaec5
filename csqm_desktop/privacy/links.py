"""Links that carry tokens or personal data: what opens the door is masked, the host and the page stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found

_LINK = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.\-]{1,9}://(?:(?P<user>[^\s/@\[\]]{1,80})@)?)?"
    r"(?:(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,24}|localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{2,5})?"
    r"(?P<path>(?:/[A-Za-z0-9\-._~:@!$&'*+;=%]*)*)"
    r"(?:\?(?P<query>[A-Za-z0-9\-._~:@!$&'*+;=%/|,]*))?"
    r"(?:#(?P<fragment>[A-Za-z0-9\-._~:@!$&'*+;=%/|?]*))?"
)
_SENSITIVE = re.compile(
    r"(?:^|[?&;])[a-z_\-]*(?:token|sign|sig|auth|session|secret|passw|passwd|pwd|ticket|jwt|otp|apikey|"
    r"api_key|credential|mail|phone|"
    r"mobile|user|openid|unionid|account|order|trade|waybill|track|idcard|invite|nick|buyer|verify|address|cookie)"
    r"[a-z_\-]*\d?=[^&]|(?:^|[?&;])(?:code|key|sid|uid|tid|tel|pass|hash|name)=[^&]",
    re.IGNORECASE,
)
_HARMLESS = re.compile(r"^(?:spm|scm|utm_\w+|gclid|fbclid|pvid|ref)$", re.IGNORECASE)
_RANDOM = re.compile(r"(?=[^A-Za-z]*[A-Za-z])(?=(?:\D*\d){2})(?:[A-Za-z0-9_]{20,}|[A-Za-z0-9_\-]{30,})$")
_MIXED = re.compile(r"(?=(?:[^A-Z]*[A-Z]){4})(?=(?:[^a-z]*[a-z]){4})(?=\D*\d)[A-Za-z0-9_]{20,}$")
_CHANGING = re.compile(r"(?=(?:.*?[a-z][A-Z]){3})(?=(?:.*?[A-Z]{2}){2})[A-Za-z]{20,}$")  # no words run together
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
_TRAILING = ".,;:!?'"
LOOK = r"(?s)/.*\.|\..*/"


def find_links(plain: str) -> Iterator[Found]:
    """User names, query strings, fragments and path segments that are secrets."""
    for link in _LINK.finditer(plain):
        if link["user"]:
            yield Found("link-data", *link.span("user"))
        if link["path"]:
            yield from _segments(link["path"], link.start("path"))
        for part in ("query", "fragment"):
            value = (link[part] or "").rstrip(_TRAILING)
            if value and _tells(value):
                yield Found("link-data", link.start(part), link.start(part) + len(value))


def _segments(path: str, start: int) -> Iterator[Found]:
    for match in re.finditer(r"[^/]+", path):
        segment = match[0].rstrip(_TRAILING)
        parts = segment.split(".")
        if any(_is_random(part) for part in parts):
            yield Found("link-data", start + match.start(), start + match.start() + len(segment))


def _is_random(text: str) -> bool:
    return bool(_RANDOM.match(text) or _MIXED.match(text) or _CHANGING.match(text) or _UUID.match(text))


def _tells(query: str) -> bool:
    """Whether a parameter is named like a secret or holds a random value."""
    if _SENSITIVE.search(query):
        return True
    for parameter in query.split("&"):
        name, _, value = parameter.partition("=")
        if not _HARMLESS.match(name) and _is_random(value):
            return True
    return False
