"""Chat text made safe to look at: invisible and direction-changing characters are shown as marks."""

from __future__ import annotations

import unicodedata

_NAMES = {
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\u00ad": "SHY",
    "\u061c": "ALM",
    "\ufeff": "BOM",
}
_KEPT = {"\n", "\t"}
_JOINERS = {"\u200c", "\u200d"}
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    """``text`` with every character that cannot be seen written out as ``⟨NAME⟩``.

    Joiners inside an emoji or a script that needs them are left alone. Line ends become ``\\n``.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(text, at) for at in range(len(text)))


def _shown(text: str, at: int) -> str:
    character = text[at]
    if character in _KEPT or character.isprintable():
        return character
    if character in _JOINERS and 0 < at < len(text) - 1 and _joins(text[at - 1]) and _joins(text[at + 1]):
        return character
    if "\U000e0020" <= character <= "\U000e007f":  # tags: part of some flags, otherwise a hiding place
        return f"⟨TAG {chr(ord(character) - 0xE0000)}⟩"
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in _HIDDEN_CATEGORIES or category == "Cn":
        return f"⟨{_NAMES.get(character, f'U+{ord(character):04X}')}⟩"
    return character


def _joins(character: str) -> bool:
    """Whether a joiner next to this character has a job: emoji and their modifiers, Indic and Arabic letters."""
    if character == "\ufe0f" or unicodedata.category(character) in ("So", "Sk"):
        return True
    return "\u0600" <= character <= "\u0dff"


def one_line(text: str, limit: int = 160) -> str:
    """The start of a text on one line, for lists."""
    return visible(" ".join(text[: limit * 2].split()))[:limit]
