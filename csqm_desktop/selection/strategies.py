"""The strategies by name."""

from __future__ import annotations

from collections.abc import Callable

from csqm_desktop.errors import QT_TRANSLATE_NOOP
from csqm_desktop.selection import ranking, spread
from csqm_desktop.selection.chance import random_audit
from csqm_desktop.selection.choices import Choice
from csqm_desktop.selection.pool import Pool

Strategy = Callable[[Pool, int, int], list[Choice]]

DEFAULT = "hybrid"
STRATEGIES: dict[str, Strategy] = {
    "hybrid": spread.hybrid,
    "least_confidence": ranking.least_confidence,
    "margin": ranking.smallest_margin,
    "entropy": ranking.highest_entropy,
    "disagreement": ranking.disagreement,
    "people": ranking.people_differ,
    "core_set": spread.core_set,
    "design": spread.design,
    "random": random_audit,
}

NAMES: dict[str, str] = {
    "hybrid": QT_TRANSLATE_NOOP("selection", "What teaches most"),
    "least_confidence": QT_TRANSLATE_NOOP("selection", "Least sure first"),
    "margin": QT_TRANSLATE_NOOP("selection", "Closest calls first"),
    "entropy": QT_TRANSLATE_NOOP("selection", "Most torn first"),
    "disagreement": QT_TRANSLATE_NOOP("selection", "Where opinions differ"),
    "people": QT_TRANSLATE_NOOP("selection", "Where people will disagree"),
    "core_set": QT_TRANSLATE_NOOP("selection", "Unlike anything reviewed"),
    "design": QT_TRANSLATE_NOOP("selection", "Surest about all others"),
    "random": QT_TRANSLATE_NOOP("selection", "By chance"),
}
LINES: dict[str, str] = {
    "hybrid": QT_TRANSLATE_NOOP("selection", "Doubtful and no two alike; one in ten by chance. The usual choice."),
    "least_confidence": QT_TRANSLATE_NOOP("selection", "What the model is least sure of comes first."),
    "margin": QT_TRANSLATE_NOOP("selection", "Replies between two levels that are almost equally likely."),
    "entropy": QT_TRANSLATE_NOOP("selection", "Replies on which the model spreads its opinion over all levels."),
    "disagreement": QT_TRANSLATE_NOOP("selection", "The version before, or similar reviewed replies, say otherwise."),
    "people": QT_TRANSLATE_NOOP("selection", "Replies that two people would likely judge differently: to talk about."),
    "core_set": QT_TRANSLATE_NOOP("selection", "To see every corner of the shop; slow to teach the model."),
    "design": QT_TRANSLATE_NOOP("selection", "Replies that stand for many others on which the model is unsure."),
    "random": QT_TRANSLATE_NOOP("selection", "Every reply has the same chance: for figures that must be fair."),
}


def select(strategy: str, pool: Pool, limit: int, seed: int = 0) -> list[Choice]:
    """At most ``limit`` choices in review order. ``KeyError`` for a strategy that ``STRATEGIES`` does not hold."""
    chosen = STRATEGIES[strategy]
    if not len(pool) or limit <= 0:
        return []
    return chosen(pool, limit, seed)
