"""What a reviewer has entered for one reply so far, and what follows from it. Values only, no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from csqm_desktop.domain.review import Review, ReviewSource, Verdict
from csqm_desktop.domain.score import Score
from csqm_desktop.domain.scorecard import CRITICAL_LINE, NOT_APPLICABLE, Criterion, Scorecard

OTHER = "other"  # the cause that every scorecard has; "other: …" carries the reviewer's own words


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the form. Every change makes a new one, so that undo is a matter of keeping the old one."""

    positions: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
    better_reply: str = ""
    causes: tuple[str, ...] = ()  # keys of root causes, without "other: …"
    other: str = ""  # the reviewer's own words for a cause
    seconds: float = 0.0
    focus: int = 0  # the criterion that the next digit goes to

    def with_level(self, criterion: str, position: int | None) -> Draft:
        """A copy with a level set, or taken away with None."""
        positions = dict(self.positions)
        positions.pop(criterion, None)
        if position is not None:
            positions[criterion] = position
        return replace(self, positions=positions)

    def with_cause(self, key: str, on: bool) -> Draft:
        """A copy with a root cause ticked or not."""
        causes = tuple(c for c in self.causes if c != key)
        return replace(self, causes=(*causes, key) if on else causes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been entered."""
        return not (self.positions or self.comment or self.better_reply or self.causes or self.other)

    def same_fields(self, other: Draft) -> bool:
        """Whether two drafts hold the same answers; time and focus do not count."""
        return self.to_payload() | _VOLATILE == other.to_payload() | _VOLATILE

    def root_causes(self) -> tuple[str, ...]:
        """The causes as a review keeps them; the reviewer's own words are one of them."""
        words = " ".join(self.other.split()).replace(";", "；")
        if not words:
            return self.causes
        return (*(c for c in self.causes if c != OTHER), f"{OTHER}: {words}")

    # -- to and from what is stored

    def to_payload(self) -> dict[str, Any]:
        """As the store keeps drafts."""
        return {
            "positions": dict(self.positions),
            "comment": self.comment,
            "better_reply": self.better_reply,
            "causes": list(self.causes),
            "other": self.other,
            "seconds": round(self.seconds, 2),
            "focus": self.focus,
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Draft:
        """The inverse; what is missing or of an older release falls back to empty."""
        return cls(
            positions={str(k): int(v) for k, v in dict(payload.get("positions") or {}).items()},
            comment=str(payload.get("comment", "")),
            better_reply=str(payload.get("better_reply", "")),
            causes=tuple(map(str, payload.get("causes", ()))),
            other=str(payload.get("other", "")),
            seconds=float(payload.get("seconds", 0.0)),
            focus=int(payload.get("focus", 0)),
        )

    @classmethod
    def from_review(cls, review: Review) -> Draft:
        """A stored review, opened again."""
        words = next((c.partition(":")[2].strip() for c in review.root_causes if c.startswith(f"{OTHER}:")), "")
        causes = tuple(c for c in review.root_causes if not c.startswith(f"{OTHER}:"))
        return cls(
            positions=dict(review.positions),
            comment=review.comment,
            better_reply=review.better_reply,
            causes=(*causes, OTHER) if words and OTHER not in causes else causes,
            other=words,
        )

    def to_review(
        self, reply_id: int, reviewer: str, verdict: Verdict, source: ReviewSource, shown_id: int | None
    ) -> Review:
        """As it is submitted. Levels of a half-done reply travel with every verdict, so that nothing is lost."""
        return Review(
            reply_id=reply_id,
            reviewer=reviewer,
            verdict=verdict,
            positions=dict(self.positions),
            comment=self.comment.strip(),
            better_reply=self.better_reply.strip(),
            root_causes=self.root_causes(),
            source=source,
            seconds=round(self.seconds, 2),
            shown_id=shown_id,
        )

    # -- what follows

    def on_card(self, card: Scorecard) -> Draft:
        """A copy without levels that the scorecard does not have (it was published anew meanwhile)."""
        kept = {c.key: self.positions[c.key] for c in card.criteria if _fits(c, self.positions.get(c.key))}
        return replace(self, positions=kept, focus=min(max(self.focus, 0), len(card.criteria)))

    def missing(self, card: Scorecard) -> list[Criterion]:
        """Criteria without a level."""
        return [c for c in card.criteria if c.key not in self.positions]


_VOLATILE = {"seconds": 0, "focus": 0}


def _fits(criterion: Criterion, position: int | None) -> bool:
    if position is None:
        return False
    if position == NOT_APPLICABLE:
        return criterion.not_applicable
    return 0 <= position < len(criterion.levels)


def suggested(card: Scorecard, score: Score | None) -> dict[str, int]:
    """The model's level by criterion, as far as its scorecard still fits this one."""
    if score is None:
        return {}
    return {
        c.key: score.level(c.key)
        for c in card.criteria
        if c.key in score.distributions and len(score.distributions[c.key]) == len(c.levels)
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a draft stands against the pass line. ``score`` is None until something is rated."""

    score: float | None
    rated: int
    total: int
    passed: bool
    critical_failed: tuple[str, ...]  # criteria below the critical line
    low: bool  # something is bad enough to ask why

    @property
    def complete(self) -> bool:
        """Whether every criterion has an answer."""
        return self.rated == self.total


def standing(card: Scorecard, draft: Draft) -> Standing:
    """Work out the running total of a draft.

    It counts as low below the pass line, or as soon as one criterion that carries weight is in the lower half.
    """
    score = card.reply_score(draft.positions)
    rated = sum(c.key in draft.positions for c in card.criteria)
    values = {c.key: c.value(p) for c in card.criteria if (p := draft.positions.get(c.key, NOT_APPLICABLE)) >= 0}
    failed = tuple(c.key for c in card.criteria if c.critical and values.get(c.key, 1.0) < CRITICAL_LINE)
    poor = any(values.get(c.key, 1.0) < CRITICAL_LINE for c in card.criteria if c.weight > 0)
    complete = rated == len(card.criteria)
    below = score is not None and complete and score < card.pass_line
    return Standing(
        score=score,
        rated=rated,
        total=len(card.criteria),
        passed=score is not None and score >= card.pass_line and not failed,
        critical_failed=failed,
        low=card.ordered and (poor or below or bool(failed)),  # of classes none is bad
    )
