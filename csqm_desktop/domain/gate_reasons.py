"""Why the gate let a candidate in or refused it: codes with their sentences, for the window and the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csqm_desktop.errors import QT_TRANSLATE_NOOP

REASONS: dict[str, str] = {
    "not_worse": QT_TRANSLATE_NOOP(
        "gate",
        "“{criterion}”: not worse than {against} on {n} held-out replies (macro-F1 {candidate:.3f}, {active:.3f}).",
    ),
    "unproven": QT_TRANSLATE_NOOP(
        "gate", "“{criterion}”: not worse than {against} so far, but {n} held-out replies prove little ({need} needed)."
    ),
    "worse": QT_TRANSLATE_NOOP(
        "gate",
        "“{criterion}”: {figure} went from {active:.3f} to {candidate:.3f} ({n} replies, {certainty:.0%} certain).",
    ),
    "slice_worse": QT_TRANSLATE_NOOP(
        "gate",
        "“{criterion}”, {dimension} “{value}”: {figure} went from {active:.3f} to {candidate:.3f} ({n} replies).",
    ),
    "no_holdout": QT_TRANSLATE_NOOP(
        "gate", "“{criterion}”: no held-out reply is labelled, so nothing can be said about the candidate."
    ),
    "untrained": QT_TRANSLATE_NOOP(
        "gate", "“{criterion}” has too few labels and was not trained; every reply gets the same distribution."
    ),
    "criterion_lost": QT_TRANSLATE_NOOP(
        "gate", "“{criterion}”: the active version knows it, the candidate has too few labels to learn it."
    ),
}
AGAINST = {
    "active": QT_TRANSLATE_NOOP("gate", "the active version"),
    "prior": QT_TRANSLATE_NOOP("gate", "always giving the most frequent level"),
}


def sentence(reason: Mapping[str, Any], template: str | None = None) -> str:
    """A reason as an English sentence; ``template`` is its translation."""
    values = dict(reason.get("values", {}))
    if "against" in values:
        values["against"] = AGAINST.get(values["against"], values["against"])
    try:
        return (template or REASONS[reason["code"]]).format_map(values)
    except (KeyError, ValueError):
        return str(reason.get("code", ""))
