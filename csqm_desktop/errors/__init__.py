"""Every error a user can meet: a code, the values that fill its sentence, and what to do next.

The sentences are English source texts of the Qt Linguist context ``errors``; the window shows their
translation, the command line the text below. Anything that is not a ``CsqmError`` is a bug of ours.
"""

from __future__ import annotations

from typing import Any

from csqm_desktop.errors import (
    arrivals,
    base_models,
    choosing,
    encryption,
    exporting,
    importing,
    labels,
    people,
    privacy,
    rubrics,
    training,
    workspace,
)
from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP, Word

__all__ = ["MESSAGES", "QT_TRANSLATE_NOOP", "Cancelled", "CsqmError", "Word"]

_TOPICS = (
    workspace,
    choosing,
    training,
    exporting,
    arrivals,
    importing,
    base_models,
    labels,
    rubrics,
    encryption,
    people,
    privacy,
)
# code: (what happened, what to do)
MESSAGES: dict[str, tuple[str, str]] = {code: text for topic in _TOPICS for code, text in topic.MESSAGES.items()}


class CsqmError(Exception):
    """An error with a sentence for the user: what happened, to which file or row, and what to do.

    ``code`` is a key of ``MESSAGES``; ``values`` fill its two sentences.
    """

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)

    @property
    def what(self) -> str:
        """The sentence that says what happened."""
        return MESSAGES[self.code][0].format_map(self.values)

    @property
    def remedy(self) -> str:
        """The sentence that says what to do."""
        return MESSAGES[self.code][1].format_map(self.values)

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}"


class Cancelled(Exception):  # noqa: N818 -- an outcome the user asked for, not an error
    """The user cancelled the job; whatever it had committed stays valid."""
