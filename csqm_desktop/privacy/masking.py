"""Which detectors look at a text, in which order, and what their finds are replaced with."""

from __future__ import annotations

import re
from collections import Counter

from csqm_desktop.privacy import gates
from csqm_desktop.privacy.accounts import find_accounts
from csqm_desktop.privacy.bank_accounts import find_bank_accounts
from csqm_desktop.privacy.birth_dates import find_birth_dates
from csqm_desktop.privacy.chinese_addresses import find_chinese_addresses
from csqm_desktop.privacy.documents import find_documents
from csqm_desktop.privacy.email import find_emails
from csqm_desktop.privacy.english_addresses import find_english_addresses
from csqm_desktop.privacy.kinds import PLACEHOLDERS, Finds, Found
from csqm_desktop.privacy.links import find_links
from csqm_desktop.privacy.names import find_names, find_names_beside
from csqm_desktop.privacy.network import find_network_addresses
from csqm_desktop.privacy.normal import normal_form, with_digits
from csqm_desktop.privacy.numbers import FEWEST_DIGITS, find_numbers
from csqm_desktop.privacy.orders import find_bare_orders, find_orders
from csqm_desktop.privacy.phones import find_lettered_phones
from csqm_desktop.privacy.plates import find_plates
from csqm_desktop.privacy.pseudonyms import PLACEHOLDER, Pseudonyms
from csqm_desktop.privacy.registrations import find_registrations
from csqm_desktop.privacy.secret_words import find_secrets

_DIGIT = re.compile(r"\d")
_FEWEST_IN_ORDERS = 5
_settled: set[str] = set()  # short masked texts in which nothing more was found
_MOST_SETTLED, _SHORT = 5000, 60
_PLACEHOLDER = PLACEHOLDER  # what was masked stays as it is


def redact(text: str, pseudonyms: Pseudonyms | None = None) -> tuple[str, dict[str, int]]:
    """The text with placeholders for personal data, and how many of each kind were replaced.

    With ``pseudonyms`` the same data has the same sign in its placeholder.

    Redacting again changes nothing.
    """
    counts: dict[str, int] = {}
    while not (counts and text in _settled):
        found = find(text)
        if not found:
            if counts:
                _remember(text)
            break
        parts: list[str] = []
        done = 0
        for kind, start, end in found:
            parts += (text[done:start], _stand_in(kind, text[start:end], pseudonyms))
            done = end
            counts[kind] = counts.get(kind, 0) + 1
        # A placeholder is shorter than what it replaced, so a word before it may now reach the next number.
        text = "".join(parts) + text[done:]
    return text, counts


def _remember(text: str) -> None:
    """What is left of a masked text is often the same: nothing more is in it the next time either."""
    if len(_settled) >= _MOST_SETTLED:
        _settled.clear()
    if len(text) <= _SHORT:
        _settled.add(text)


def redact_sender(sender: str, pseudonyms: Pseudonyms | None = None) -> str:
    """A sender's name without a phone number or address in it; names glued to a number count too."""
    plain, places = normal_form(sender)
    finds = Finds()
    _find_numbers(with_digits(plain), finds, glued=True)
    for kind, start, end in reversed(_in_original(finds, places, len(sender))):
        sender = sender[:start] + _stand_in(kind, sender[start:end], pseudonyms) + sender[end:]
    return sender


def masked_in_sender(before: str, after: str) -> list[str]:
    """The kinds of what ``redact_sender`` has masked, one for each place."""
    if before == after:
        return []
    new = Counter(match[0][1:-1].partition("#")[0] for match in PLACEHOLDER.finditer(after))
    new.subtract(match[0][1:-1].partition("#")[0] for match in PLACEHOLDER.finditer(before))
    return list(new.elements())


def _stand_in(kind: str, original: str, pseudonyms: Pseudonyms | None) -> str:
    return PLACEHOLDERS[kind] if pseudonyms is None else pseudonyms.placeholder(kind, original)


def find(text: str) -> list[Found]:
    """Where personal data is in the text, in order and without overlaps."""
    if not gates.may_hold(_PLACEHOLDER.sub("[]", text) if "[" in text else text):
        return []
    plain, places = normal_form(text)
    if plain is not text and not gates.may_hold_more_than_amounts(
        _PLACEHOLDER.sub("[]", plain) if "[" in plain else plain
    ):
        return []
    return _in_original(_detect(plain), places, len(text))


def _detect(plain: str) -> Finds:
    """What all detectors find in a normal form; who comes first keeps the place."""
    finds = Finds()
    if "[" in plain:
        finds.add(Found("", *match.span()) for match in _PLACEHOLDER.finditer(plain))
    digits = with_digits(plain)
    finds.add(find_links(plain))
    finds.add(find_network_addresses(plain))
    finds.add(find_secrets(digits))
    finds.add(find_birth_dates(plain))
    finds.add(find_bank_accounts(digits))
    finds.add(find_registrations(digits))
    finds.add(find_lettered_phones(plain))
    _find_numbers(digits, finds, glued=False)
    finds.add(find_accounts(digits))
    finds.add(find_plates(plain))
    finds.add(find_chinese_addresses(plain))
    finds.add(find_english_addresses(plain))
    finds.add(find_names(plain))
    if finds.items:
        finds.add(find_names_beside(plain, tuple(finds.items)))
    return finds


def _find_numbers(plain: str, finds: Finds, glued: bool) -> None:
    """E-mail addresses and numbers; ``glued`` also finds phone numbers right after letters, as in user names."""
    finds.add(find_emails(plain))
    digits = len(_DIGIT.findall(plain))
    if digits >= _FEWEST_IN_ORDERS and not glued:
        finds.add(find_documents(plain))
        finds.add(find_orders(plain))
    if digits >= FEWEST_DIGITS:
        finds.add(find_numbers(plain, glued))
        finds.add(find_bare_orders(plain))


def _in_original(finds: Finds, places: list[int] | None, length: int) -> list[Found]:
    """The finds in order, with their places in the text as it was."""
    found = [item for item in finds.items if item.kind]
    if places is None:
        return found
    places.append(length)  # invisible characters after a find go with it
    return [Found(kind, places[start], places[end]) for kind, start, end in found]
