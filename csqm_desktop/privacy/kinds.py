"""Kinds of personal data and what stands in for them. Stable: stored texts and models rely on it."""

from __future__ import annotations

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
}
"""What stands in a text for personal data, by kind."""


class Found(NamedTuple):
    """Personal data in a text: its kind and where it is."""

    kind: str
    start: int
    end: int


class Finds:
    """What was found so far, without overlaps: who comes first keeps the place."""

    def __init__(self) -> None:
        self.items: list[Found] = []

    def add(self, found: Iterable[Found]) -> None:
        """Take what lies free."""
        for item in found:
            if self.is_free(item.start, item.end):
                self.items.append(item)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing found reaches into the span."""
        return not any(start < item.end and item.start < end for item in self.items)
