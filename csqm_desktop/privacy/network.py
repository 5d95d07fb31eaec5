"""Addresses of devices in a network: IPv4, IPv6, hardware."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.kinds import Found

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_V4 = re.compile(rf"(?:(?<![\d.A-Za-z/])|(?<=[iI][pP]))(?:{_OCTET}\.){{3}}{_OCTET}(?![\d.]*\d|[A-Za-z])")
_V4_CUE = re.compile(
    r"(?<![A-Za-z])ips?(?![A-Za-z])|ip(?=$)|ip地址|ipv4|登[录陆入]|异地|地址|log(?:ged|in|s)|address|from|host|server|服务器",
    re.I,
)
_VERSION = re.compile(
    r"版本|固件|系统|软件|驱动|version|firmware|release|build|update|升级|android|windows|(?<![A-Za-z])v\.?\s?$", re.I
)
_V6 = re.compile(
    r"(?<![0-9A-Za-z])(?<!::)(?<!(?<![A-Za-z])[0-9A-Fa-f]:)(?=[0-9:]*[A-Fa-f]|(?:[0-9]{1,4}:){7})(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
    r"|(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6})(?![0-9A-Za-z:])"
)
_HARDWARE = re.compile(
    r"(?<![0-9A-Za-z])(?<!(?<![A-Za-z])[0-9A-Fa-f]{2}[:\-])[0-9A-Fa-f]{2}([:\-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![0-9A-Za-z:\-])"
)
_RESOLVERS = frozenset({"8.8.8.8", "8.8.4.4", "1.1.1.1", "114.114.114.114", "223.5.5.5", "223.6.6.6", "119.29.29.29"})
_LEAST = 10  # a version seldom has four parts of two digits
# Two points between digits, or colons between hexadecimal digits.
LOOK = r"\d\.\d{1,3}\.\d|[0-9A-Fa-f][:：\-](?:[0-9A-Fa-f]{1,4}[:：\-]){3}|[0-9A-Fa-f][:：]{2}[0-9A-Fa-f]"


def find_network_addresses(plain: str) -> Iterator[Found]:
    """By shape; four small numbers with points are versions unless a word says otherwise."""
    for pattern in (_HARDWARE, _V6):
        for match in pattern.finditer(plain):
            if any(char.isalpha() for char in match[0]) or pattern is _V6 or "mac" in plain.lower():
                yield Found("network-address", *match.span())
    for match in _V4.finditer(plain):
        before = plain[max(0, match.start() - 16) : match.start()]
        if _VERSION.search(before) or match[0] in _RESOLVERS:
            continue
        if _V4_CUE.search(before) or all(int(part) >= _LEAST for part in match[0].split(".")):
            yield Found("network-address", *match.span())
