"""Finds and replaces personal data: numbers, names, addresses and accounts, in Chinese and English messages.

Works on a normal form of the text (full-width and other digits as ASCII, invisible characters left out) and
maps what it finds back to the original, so that disguised numbers do not get through. Checksums, number plans
and the words before a number keep prices, sizes, dates and product codes as they are. The original is never kept.
What is masked, and what is not, is described in ``docs/privacy.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csqm_desktop.privacy.kinds import (
    ACCOUNT,
    ADDRESS,
    BANK_CARD,
    BIRTH_DATE,
    EMAIL,
    ID_NUMBER,
    LINK_DATA,
    NAME,
    NETWORK_ADDRESS,
    ORDER_NUMBER,
    PASSPORT,
    PHONE,
    PLACEHOLDERS,
    PLATE,
    SECRET,
    WAYBILL_NUMBER,
    Found,
)

if TYPE_CHECKING:
    from csqm_desktop.privacy.masking import find, masked_in_sender, redact, redact_sender

__all__ = [
    "ACCOUNT",
    "ADDRESS",
    "BANK_CARD",
    "BIRTH_DATE",
    "EMAIL",
    "ID_NUMBER",
    "LINK_DATA",
    "NAME",
    "NETWORK_ADDRESS",
    "ORDER_NUMBER",
    "PASSPORT",
    "PHONE",
    "PLACEHOLDERS",
    "PLATE",
    "SECRET",
    "WAYBILL_NUMBER",
    "Found",
    "find",
    "masked_in_sender",
    "redact",
    "redact_sender",
]


def __getattr__(name: str) -> Any:
    """Load the rules when the first text is masked: most programs that know of placeholders never mask one."""
    if name not in ("find", "masked_in_sender", "redact", "redact_sender"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from csqm_desktop.privacy import masking

    found = globals()[name] = getattr(masking, name)
    return found
