"""What is known about a conversation besides the scores of its replies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from csqm_desktop.errors import QT_TRANSLATE_NOOP


class Course(StrEnum):
    """How the customer's mood went."""

    BETTER = "better"
    STEADY = "steady"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Signals:
    """Signals of one conversation. Waits are in seconds, moods in -1..1; None where there is nothing to go on."""

    transferred: bool
    repeated_question: bool
    unresolved: bool
    first_response: float | None
    slowest_response: float | None
    mood_first: float | None
    mood_last: float | None
    course: Course = Course.STEADY


NAMES: dict[str, str] = {
    "transferred": QT_TRANSLATE_NOOP("signals", "Passed on"),
    "repeated_question": QT_TRANSLATE_NOOP("signals", "Asked twice"),
    "unresolved": QT_TRANSLATE_NOOP("signals", "Left open"),
    "mood_course": QT_TRANSLATE_NOOP("signals", "Mood"),
    "topic": QT_TRANSLATE_NOOP("signals", "Kind of question"),
}
"""The signals that replies can be filtered by, with their names."""

VALUES: dict[str, str] = {
    "yes": QT_TRANSLATE_NOOP("signals", "yes"),
    "no": QT_TRANSLATE_NOOP("signals", "no"),
    Course.BETTER: QT_TRANSLATE_NOOP("signals", "got better"),
    Course.STEADY: QT_TRANSLATE_NOOP("signals", "stayed"),
    Course.WORSE: QT_TRANSLATE_NOOP("signals", "got worse"),
}
