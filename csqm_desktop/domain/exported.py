"""What leaves the workspace, as values: conversations with what people and a version said about their replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from csqm_desktop.domain.conversation import Conversation, Message
from csqm_desktop.domain.review import HUMAN_SOURCES, Verdict

NOT_APPLICABLE_WORD = "n/a"
CONSENSUS = "consensus"
"""The reviewer and source of a row that stands for all reviewers; never read back as somebody's opinion."""

MESSAGE_COLUMNS = (
    "conversation_id", "message_id", "sent_at", "role", "sender", "text", "channel", "shop", "product",
    "order_id", "rating", "attachments", "bot_version", "intent", "private",
)  # fmt: skip
"""The header of exported conversations; a table with exactly this header is read as one of ours."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's live verdict on a reply. ``levels`` are level keys, or ``n/a``, by criterion key."""

    reviewer: str
    reviewed_at: datetime  # UTC
    verdict: Verdict
    levels: Mapping[str, str]
    comment: str
    better_reply: str
    root_causes: tuple[str, ...]
    scorecard_version: int
    source: str
    seconds: float | None = None

    def __post_init__(self) -> None:
        if self.source not in {source.value for source in HUMAN_SOURCES}:
            # the last line of defence: a model's or a rule's opinion must never leave as a person's
            raise ValueError(f"not a person's opinion: {self.source}")


@dataclass(frozen=True, slots=True)
class Prediction:
    """A version's distribution over levels, by criterion and level key; probabilities in 0..1."""

    version: str
    scored_at: datetime  # UTC
    distributions: Mapping[str, Mapping[str, float]]
    quality: float
    confidence: float
    disagreement: Mapping[str, float] = field(default_factory=dict)  # chance that two people disagree, where known

    def level(self, criterion: str) -> str:
        """The most probable level."""
        spread = self.distributions[criterion]
        return max(spread, key=lambda key: spread[key])


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """A reply of the chosen view: its place among the conversation's messages, and what was said about it."""

    place: int
    opinions: tuple[Opinion, ...] = ()
    prediction: Prediction | None = None


@dataclass(frozen=True, slots=True)
class ExportUnit:
    """A conversation, whole, with those of its replies that belong to the chosen view."""

    conversation: Conversation
    replies: tuple[ReplyFacts, ...] = field(default_factory=tuple)

    def message(self, facts: ReplyFacts) -> Message:
        """The reply itself."""
        return self.conversation.messages[facts.place]

    def before(self, facts: ReplyFacts) -> tuple[Message, ...]:
        """What was said before a reply and could be seen by the customer."""
        return tuple(m for m in self.conversation.messages[: facts.place] if not m.private)
