"""A chosen reply with the reason why, and the sentence for each reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from csqm_desktop.errors import QT_TRANSLATE_NOOP

REASONS: dict[str, str] = {
    "least_sure": QT_TRANSLATE_NOOP(
        "selection", "The model is only {confidence:.0%} sure about “{criterion}”, less than about other replies."
    ),
    "close_call": QT_TRANSLATE_NOOP(
        "selection", "Two levels of “{criterion}” are almost equally likely ({margin:.0%} apart)."
    ),
    "spread_out": QT_TRANSLATE_NOOP(
        "selection", "The model spreads its opinion on “{criterion}” over several levels ({entropy:.0%} of the most)."
    ),
    "opinions_differ": QT_TRANSLATE_NOOP(
        "selection", "The active version and the one before it judge “{criterion}” differently ({difference:.0%})."
    ),
    "people_differ": QT_TRANSLATE_NOOP(
        "selection", "Two people would give “{criterion}” different levels with a chance of {chance:.0%}."
    ),
    "neighbours_differ": QT_TRANSLATE_NOOP(
        "selection", "The model judges “{criterion}” otherwise than people judged the most similar replies."
    ),
    "unlike_labelled": QT_TRANSLATE_NOOP(
        "selection", "Little like it has been reviewed yet (similarity {similarity:.0%} to the nearest)."
    ),
    "teaches_most": QT_TRANSLATE_NOOP(
        "selection",
        "Its verdict would teach the model something new: {confidence:.0%} sure about “{criterion}”, and unlike the"
        " other replies here.",
    ),
    "drawn_at_random": QT_TRANSLATE_NOOP(
        "selection", "Drawn at random ({probability:.2%} chance), so that quality can be estimated without bias."
    ),
    "typical_of_group": QT_TRANSLATE_NOOP(
        "selection", "Not scored yet; drawn from a group of {size} similar replies, so that every kind is seen early."
    ),
    "first_of_conversation": QT_TRANSLATE_NOOP(
        "selection", "Not scored yet; drawn at random from a conversation that nobody has reviewed."
    ),
    "more_of_conversation": QT_TRANSLATE_NOOP(
        "selection", "Not scored yet; every conversation has been offered once already."
    ),
    "scope_empty": QT_TRANSLATE_NOOP(
        "selection", "Out of scope: the reply has no words, so its score says little. A person should look."
    ),
    "scope_odd": QT_TRANSLATE_NOOP(
        "selection", "Out of scope: {share:.0%} of the characters are unusual or invisible. A person should look."
    ),
    "scope_long": QT_TRANSLATE_NOOP(
        "selection",
        "Out of scope: the reply has {characters} characters and the model reads only its start. A person should look.",
    ),
    "scope_language": QT_TRANSLATE_NOOP(
        "selection", "Out of scope: the reply is in a language that no reviewed reply has. A person should look."
    ),
    "scope_unlike": QT_TRANSLATE_NOOP(
        "selection",
        "Out of scope: unlike anything reviewed so far (similarity {similarity:.0%}, usual is {usual:.0%} or more). A"
        " person should look.",
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A reply to review: why (``reason`` with the values in ``detail``) and with which chance.

    ``probability`` is the chance of being chosen where chance alone decided, None where a rule did. Only replies
    with a known chance may serve as an audit sample.
    """

    reply_id: int
    reason: str
    detail: Mapping[str, Any]
    probability: float | None = None


def sentence(reason: str, detail: Mapping[str, Any], template: str | None = None) -> str:
    """The reason as an English sentence; ``template`` is its translation. Unknown codes give themselves."""
    try:
        return (template or REASONS[reason]).format_map(detail)
    except (KeyError, ValueError, IndexError):
        return reason
