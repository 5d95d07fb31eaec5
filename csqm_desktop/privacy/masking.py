"""Which detectors look at a text, in which order, and what their finds are replaced with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from csqm_desktop.privacy import (
    accounts,
    bank_accounts,
    birth_dates,
    chinese_addresses,
    documents,
    email,
    english_addresses,
    links,
    name_model,
    names,
    network,
    numbers,
    orders,
    phones,
    plates,
    registrations,
    secret_words,
)
from csqm_desktop.privacy.kinds import PLACEHOLDERS, Finds, Found
from csqm_desktop.privacy.normal import normal_form, with_digits
from csqm_desktop.privacy.prefilter import Look, LookFor, Prefilter
from csqm_desktop.privacy.pseudonyms import PLACEHOLDER, Pseudonyms

_ON_PLAIN, _ON_DIGITS = False, True  # in the normal form, or in the one whose spelled numbers are digits
_Detector = tuple[LookFor, Callable[[str], Iterable[Found]], bool]
# Who looks first keeps the place.
_DETECTORS: tuple[_Detector, ...] = (
    (links.LOOK, links.find_links, _ON_PLAIN),
    (network.LOOK, network.find_network_addresses, _ON_PLAIN),
    (secret_words.LOOK, secret_words.find_secrets, _ON_DIGITS),
    (birth_dates.LOOK, birth_dates.find_birth_dates, _ON_PLAIN),
    (bank_accounts.LOOK, bank_accounts.find_bank_accounts, _ON_DIGITS),
    (registrations.LOOK, registrations.find_registrations, _ON_DIGITS),
    (phones.LETTERED_LOOK, phones.find_lettered_phones, _ON_PLAIN),
    (email.LOOK, email.find_emails, _ON_DIGITS),
    (documents.LOOK, documents.find_documents, _ON_DIGITS),
    (orders.LOOK, orders.find_orders, _ON_DIGITS),
    (numbers.LOOK, numbers.find_numbers, _ON_DIGITS),
    (orders.BARE_LOOK, orders.find_bare_orders, _ON_DIGITS),
    (accounts.LOOK, accounts.find_accounts, _ON_DIGITS),
    (plates.LOOK, plates.find_plates, _ON_PLAIN),
    (chinese_addresses.LOOK, chinese_addresses.find_chinese_addresses, _ON_PLAIN),
    (english_addresses.LOOK, english_addresses.find_english_addresses, _ON_PLAIN),
    (names.LOOK, names.find_names, _ON_PLAIN),
    (name_model.may_hold_chinese_name, name_model.find_chinese_names, _ON_PLAIN),
    (name_model.may_hold_english_name, name_model.find_english_names, _ON_PLAIN),
)
_EVERYBODY = range(len(_DETECTORS))
_prefilter = Prefilter([look for look, _, _ in _DETECTORS])


def redact(text: str, pseudonyms: Pseudonyms | None = None) -> tuple[str, dict[str, int]]:
    """The text with placeholders for personal data, and how many of each kind were replaced.

    With ``pseudonyms`` the same data has the same sign in its placeholder.

    Redacting again changes nothing.
    """
    counts: dict[str, int] = {}
    while (look := _prefilter.look(text)) is not None and (found := _found(look, len(text))):
        # A placeholder is shorter than what it replaced, so a word before it may then reach the next number.
        for kind, start, end in reversed(found):
            text = text[:start] + _stand_in(kind, text[start:end], pseudonyms) + text[end:]
            counts[kind] = counts.get(kind, 0) + 1
    return text, counts


def redact_sender(sender: str, pseudonyms: Pseudonyms | None = None) -> str:
    """A sender's name without a phone number or address in it; names glued to a number count too."""
    plain, places = normal_form(sender)
    digits = with_digits(plain)
    finds = Finds()
    finds.add(email.find_emails(digits))
    finds.add(numbers.find_numbers(digits, glued=True))
    finds.add(orders.find_bare_orders(digits))
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
    look = _prefilter.look(text)
    return [] if look is None else _found(look, len(text))


def _found(look: Look, length: int) -> list[Found]:
    return _in_original(detect(look.plain, look.digits, look.detectors), look.places, length)


def detect(plain: str, digits: str, detectors: Iterable[int] = _EVERYBODY) -> Finds:
    """What detectors find in the two normal forms of a text."""
    finds = Finds()
    if "[" in plain:
        finds.add(Found("", *match.span()) for match in PLACEHOLDER.finditer(plain))
    for number in detectors:
        _, finder, spelled = _DETECTORS[number]
        finds.add(finder(digits if spelled else plain))
    if finds.items:
        finds.add(names.find_names_beside(plain, tuple(finds.items)))
    return finds


def _in_original(finds: Finds, places: list[int] | None, length: int) -> list[Found]:
    """The finds in order, with their places in the text as it was."""
    found = [item for item in finds.items if item.kind]
    if places is None:
        return found
    places.append(length)  # invisible characters after a find go with it
    return [Found(kind, places[start], places[end]) for kind, start, end in found]
