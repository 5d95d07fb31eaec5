"""A person's verdict on a reply."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What the reviewer did with the reply; only ``SCORED`` carries levels that training may see."""

    SCORED = "scored"
    SKIPPED = "skipped"
    FLAGGED = "flagged"
    LATER = "later"


class ReviewSource(StrEnum):
    """How the levels came about."""

    PERSON = "person"  # set or corrected by the reviewer
    ACCEPTED = "accepted"  # the model's levels accepted as they were
    IMPORTED = "imported"  # read from a labels file


HUMAN_SOURCES = (ReviewSource.PERSON, ReviewSource.ACCEPTED, ReviewSource.IMPORTED)
"""What a person stands for. Only these leave the workspace as labels; a source added later has to be put here."""


@dataclass(frozen=True, slots=True)
class Review:
    """A verdict with its levels: positions by criterion key, ``NOT_APPLICABLE`` (-1) for "does not apply"."""

    reply_id: int
    reviewer: str
    verdict: Verdict
    positions: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
    better_reply: str = ""
    root_causes: tuple[str, ...] = ()
    source: ReviewSource = ReviewSource.PERSON
    submitted_at: datetime | None = None
    seconds: float | None = None  # time spent on the item
    shown_id: int | None = None  # the queue's record of why it was shown


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """The labels of one reply: how many reviewers chose each level, by criterion key.

    ``counts[criterion]`` has one number for each level, worst first; reviewers who said "does not apply"
    are left out. Several reviewers make it the spread of opinions that training uses.
    """

    reply_id: int
    conversation: str
    counts: Mapping[str, tuple[int, ...]]
    labelled_at: float = 0.0  # unix seconds of the newest label


def labels_fingerprint(labels: Iterable[LabelledReply]) -> str:
    """A hash of exactly which labels these are, whatever their order."""
    lines = sorted(
        f"{label.conversation}\t{label.reply_id}\t{sorted((k, tuple(v)) for k, v in label.counts.items())}"
        for label in labels
    )
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
