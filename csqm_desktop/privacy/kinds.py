"""Kinds of personal data and what stands in for them. Stable: stored texts and models rely on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

PHONE = "[phone]"
EMAIL = "[email]"
ID_NUMBER = "[id-number]"
BANK_CARD = "[bank-card]"
PASSPORT = "[passport]"
ADDRESS = "[address]"
NAME = "[name]"
ACCOUNT = "[account]"
ORDER_NUMBER = "[order-number]"
WAYBILL_NUMBER = "[waybill-number]"
PLATE = "[plate]"
LINK_DATA = "[link-data]"
SECRET = "[secret]"
BIRTH_DATE = "[birth-date]"
NETWORK_ADDRESS = "[network-address]"

PLACEHOLDERS: dict[str, str] = {
    "phone": PHONE,
    "email": EMAIL,
    "id-number": ID_NUMBER,
    "bank-card": BANK_CARD,
    "passport": PASSPORT,
    "address": ADDRESS,
    "name": NAME,
    "account": ACCOUNT,
    "order-number": ORDER_NUMBER,
    "waybill-number": WAYBILL_NUMBER,
    "plate": PLATE,
    "link-data": LINK_DATA,
    "secret": SECRET,
    "birth-date": BIRTH_DATE,
    "network-address": NETWORK_ADDRESS,
}
"""What stands in a text for personal data, by kind."""


class Found(NamedTuple):
    """Personal data in a text: its kind and where it is."""

    kind: str
    start: int
    end: int


class Finds:
    """What was found so far, in order and without overlaps: who comes first keeps the place."""

    def __init__(self) -> None:
        self.items: list[Found] = []

    def add(self, found: Iterable[Found]) -> None:
        """Take what lies free."""
        for item in found:
            place = bisect_left(self.items, item.start, key=_start)
            before_ends = place == 0 or self.items[place - 1].end <= item.start
            if before_ends and (place == len(self.items) or self.items[place].start >= item.end):
                self.items.insert(place, item)


def _start(item: Found) -> int:
    return item.start
