"""Finds and replaces personal data: phone numbers, e-mail addresses, Chinese ID numbers, bank cards.

Works on a normal form of the text (full-width and other digits as ASCII, invisible characters left out) and
maps what it finds back to the original, so that disguised numbers do not get through. Checksums, number plans
and the words before a number keep prices, sizes, dates, order and parcel numbers as they are. The original is
never kept.
"""

from __future__ import annotations

import re

from csqm_desktop.privacy.email import find_emails
from csqm_desktop.privacy.kinds import BANK_CARD, EMAIL, ID_NUMBER, PHONE, PLACEHOLDERS, Finds, Found
from csqm_desktop.privacy.normal import normal_form
from csqm_desktop.privacy.numbers import FEWEST_DIGITS, find_numbers

__all__ = ["BANK_CARD", "EMAIL", "ID_NUMBER", "PHONE", "PLACEHOLDERS", "Found", "find", "redact", "redact_sender"]

# A text without any of these holds nothing that is looked for; nearly all messages end here.
_TRIGGER = re.compile(
    r"\d|[@＠#＃艾①-⑨⓪➀-➈❶-❾²³¹⁰⁴-⁹₀-₉]|[零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{11}|[\[(（【]\s?[aA][tT]\s?[\])）】]"
)
_DIGIT = re.compile(r"\d")


def redact(text: str) -> tuple[str, dict[str, int]]:
    """The text with placeholders for personal data, and how many of each kind were replaced.

    Redacting again changes nothing.
    """
    counts: dict[str, int] = {}
    while True:
        found = find(text)
        if not found:
            return text, counts
        parts: list[str] = []
        done = 0
        for kind, start, end in found:
            parts += (text[done:start], PLACEHOLDERS[kind])
            done = end
            counts[kind] = counts.get(kind, 0) + 1
        # A placeholder is shorter than what it replaced, so a word before it may now reach the next number.
        text = "".join(parts) + text[done:]


def redact_sender(sender: str) -> str:
    """A sender's name without a phone number or address in it; names glued to a number count too."""
    found = find(sender, glued=True)
    for kind, start, end in reversed(found):
        sender = sender[:start] + PLACEHOLDERS[kind] + sender[end:]
    return sender


def find(text: str, glued: bool = False) -> list[Found]:
    """Where personal data is in the text, in order and without overlaps.

    ``glued`` also finds phone numbers right after letters, as in user names.
    """
    if _TRIGGER.search(text) is None:
        return []
    plain, places = normal_form(text)
    finds = Finds()
    finds.add(find_emails(plain))
    if len(_DIGIT.findall(plain)) >= FEWEST_DIGITS:
        finds.add(find_numbers(plain, glued))
    found = sorted(finds.items, key=lambda item: item.start)
    if places is None:
        return found
    places.append(len(text))  # invisible characters after a find go with it
    return [Found(kind, places[start], places[end]) for kind, start, end in found]
