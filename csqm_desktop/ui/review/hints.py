"""What the page says when a key could not do what it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from csqm_desktop.errors import QT_TRANSLATE_NOOP
from csqm_desktop.ui.translations import Translations

# code: (sentence, tone)
_HINTS: dict[str, tuple[str, str]] = {
    "missing": (QT_TRANSLATE_NOOP("ReviewHints", "Still without a level: {criteria}"), "ok"),
    "cause": (QT_TRANSLATE_NOOP("ReviewHints", "A low score needs a root cause: press its digit."), "ok"),
    "no_opinion": (
        QT_TRANSLATE_NOOP("ReviewHints", "The model has no opinion on this reply yet: set the levels with the digits."),
        "accent",
    ),
    "no_na": (QT_TRANSLATE_NOOP("ReviewHints", "“{criterion}” always applies."), "accent"),
    "no_level": (QT_TRANSLATE_NOOP("ReviewHints", "“{criterion}” has only {count} levels."), "accent"),
    "ready": (
        QT_TRANSLATE_NOOP("ReviewHints", "Everything is rated: submit it, or go back up to change a level."),
        "accent",
    ),
    "first": (QT_TRANSLATE_NOOP("ReviewHints", "This is the first reply of the list."), "accent"),
    "last": (QT_TRANSLATE_NOOP("ReviewHints", "This is the last reply of the list."), "accent"),
    "nothing_to_undo": (QT_TRANSLATE_NOOP("ReviewHints", "There is nothing to undo."), "accent"),
    "nothing_to_redo": (QT_TRANSLATE_NOOP("ReviewHints", "There is nothing to redo."), "accent"),
    "gone": (
        QT_TRANSLATE_NOOP("ReviewHints", "The reply was removed with its import; here is the next one."),
        "accent",
    ),
    "no_files": (QT_TRANSLATE_NOOP("ReviewHints", "No file is attached to this conversation."), "accent"),
    "draft_saved": (QT_TRANSLATE_NOOP("ReviewHints", "Draft saved. Every key saves it anyway."), "accent"),
}


def text(code: str, values: Mapping[str, Any], translations: Translations) -> tuple[str, str]:
    """The sentence in the language in use, and its tone."""
    sentence, tone = _HINTS[code]
    filled = dict(values)
    if "criterion" in filled:
        filled["criterion"] = translations.text(filled["criterion"].name)
    if "criteria" in filled:
        names = [translations.text(c.name) for c in filled["criteria"]]
        filled["criteria"] = ("、" if translations.chinese else ", ").join(names)
    return QCoreApplication.translate("ReviewHints", sentence).format_map(filled), tone
