"""What moved a score: the parts of the texts whose removal changes what the model expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from csqm_desktop.errors import QT_TRANSLATE_NOOP

STRONGEST = 6  # marks for one criterion; more would mark everything
LEAST = 0.02  # of the scale 0..1: below this it is noise
LEAST_SHARE = 0.2  # of the strongest effect

FACTS: dict[str, str] = {
    "repeats": QT_TRANSLATE_NOOP("evidence", "it repeats an earlier reply"),
    "follows_own_turn": QT_TRANSLATE_NOOP("evidence", "the customer has not answered in between"),
    "asks": QT_TRANSLATE_NOOP("evidence", "it asks something"),
    "link": QT_TRANSLATE_NOOP("evidence", "it holds a link"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text, and how much they raise (+) or lower (-) the score 0..1 of each criterion."""

    start: int
    end: int
    effects: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that is worth showing for one criterion."""

    start: int
    end: int
    effect: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The spans of a reply and of the customer's last message before it, with the expected score of each criterion.

    ``customer_text`` is that message, empty when there is none. Criteria without an opinion are not in ``expected``.
    ``facts`` are things besides the words, by name, with their effects; see ``FACTS``.
    """

    reply: tuple[Span, ...]
    customer: tuple[Span, ...]
    customer_text: str
    expected: Mapping[str, float]
    facts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def facts_of(self, criterion: str) -> list[tuple[str, float]]:
        """The facts that moved a criterion, strongest first."""
        moved = [(name, effects.get(criterion, 0.0)) for name, effects in self.facts.items()]
        return sorted((f for f in moved if abs(f[1]) >= LEAST), key=lambda f: -abs(f[1]))

    def marks(self, criterion: str) -> tuple[list[Mark], list[Mark]]:
        """What to show for a criterion: the strongest spans of the reply and of the customer's message, in order."""
        ranked = sorted(
            ((abs(span.effects.get(criterion, 0.0)), of_reply, span) for of_reply, span in self._all()),
            key=lambda found: -found[0],
        )
        least = max(LEAST, LEAST_SHARE * ranked[0][0]) if ranked else 0.0
        shown = [(of_reply, span) for size, of_reply, span in ranked[:STRONGEST] if size >= least]
        return (
            _joined((span for of_reply, span in shown if of_reply), criterion),
            _joined((span for of_reply, span in shown if not of_reply), criterion),
        )

    def _all(self) -> Iterable[tuple[bool, Span]]:
        yield from ((True, span) for span in self.reply)
        yield from ((False, span) for span in self.customer)

    def to_record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "reply": [[s.start, s.end, dict(s.effects)] for s in self.reply],
            "customer": [[s.start, s.end, dict(s.effects)] for s in self.customer],
            "customer_text": self.customer_text,
            "expected": dict(self.expected),
            "facts": {name: dict(effects) for name, effects in self.facts.items()},
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Evidence:
        """The inverse of ``to_record``."""
        return cls(
            tuple(Span(*span) for span in record["reply"]),
            tuple(Span(*span) for span in record["customer"]),
            record["customer_text"],
            record["expected"],
            record["facts"],
        )


def _joined(spans: Iterable[Span], criterion: str) -> list[Mark]:
    """Neighbours that pull the same way become one mark."""
    marks: list[Mark] = []
    for span in sorted(spans, key=lambda s: s.start):
        effect = span.effects[criterion]
        if marks and span.start - marks[-1].end <= 1 and (effect > 0) == (marks[-1].effect > 0):
            marks[-1] = Mark(marks[-1].start, span.end, marks[-1].effect + effect)
        else:
            marks.append(Mark(span.start, span.end, effect))
    return marks
