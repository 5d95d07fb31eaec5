"""Marks for texts that the window translates."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark ``text`` for the catalogs without importing Qt here."""
    return text


class Word(str):
    """A word from a list of ours that fills a sentence; the window shows it in the language in use."""

    __slots__ = ("context",)

    def __new__(cls, context: str, text: str) -> Word:
        """``context`` and ``text`` as they were marked with ``QT_TRANSLATE_NOOP``."""
        made = super().__new__(cls, text)
        made.context = context
        return made

    context: str
