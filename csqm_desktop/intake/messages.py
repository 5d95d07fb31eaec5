"""What a post may hold: the neutral message fields, strictly typed, and how they become messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.importers.records import clean
from csqm_desktop.importers.times import EARLIEST_YEAR, LATEST_YEAR

MAX_TEXT = 100_000
MAX_BATCH = 500

_RFC3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(?:\.(\d{1,6})\d*)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)"
)


def _time(text: str) -> str:
    """Refuse what is not a moment with an offset, or lies where no chat can have been."""
    moment(text)
    return text


def moment(text: str) -> datetime:
    """An RFC 3339 time; a leap second counts as the second before it. ``ValueError`` when it is none."""
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise ValueError("write the time with date and offset, e.g. 2026-09-01T08:00:00+08:00")
    day, minute, second, fraction, offset = match.groups()
    if not EARLIEST_YEAR <= int(day[:4]) <= LATEST_YEAR:
        raise ValueError(f"the year must lie between {EARLIEST_YEAR} and {LATEST_YEAR}")
    second = "59" if second == "60" else second
    zone = "+00:00" if offset in "Zz" else offset
    return datetime.fromisoformat(f"{day}T{minute}{second}.{(fraction or '0').ljust(6, '0')}{zone}")


def _not_blank(text: str) -> str:
    if not clean(text).strip():
        raise ValueError("must not be blank")
    return text


Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S"), AfterValidator(_not_blank)]
Short = Annotated[str, Field(max_length=200)]
Moment = Annotated[str, AfterValidator(_time), WithJsonSchema({"type": "string", "format": "date-time"})]


class MessageIn(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(strict=True, extra="forbid", title="Message")

    conversation_id: Id = Field(examples=["c-1024"])
    message_id: Id = Field(description="Unique in its conversation. Posting it again adds nothing; it may correct.")
    sent_at: Moment = Field(description="RFC 3339 with an offset; years 1990 to 2100.")
    role: Literal["customer", "agent", "bot", "system"]
    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=r"\S"), AfterValidator(_not_blank)]
    sender: Short = ""
    channel: Short = ""
    shop: Short = ""
    product: Short = ""
    order_id: Short = ""
    bot_version: Short = ""
    intent: Short = ""
    rating: Annotated[float, Field(ge=-1000, le=1000, allow_inf_nan=False)] | None = None
    attachments: Annotated[list[Short], Field(max_length=50)] = []
    private: bool = Field(default=False, description="An internal note: stored, not scored.")

    def message(self, row: int = 1) -> IncomingMessage:
        """As the store takes it; ``row`` is its place in the post."""
        return IncomingMessage(
            row=row,
            conversation_id=_short(self.conversation_id),
            message_id=_short(self.message_id),
            sent_at=moment(self.sent_at),
            role=Role(self.role),
            sender=_short(self.sender),
            text=clean(self.text),
            channel=_short(self.channel),
            shop=_short(self.shop),
            product=_short(self.product),
            order_id=_short(self.order_id),
            rating=self.rating,
            attachments=tuple(name for name in map(_short, self.attachments) if name),
            bot_version=_short(self.bot_version),
            intent=_short(self.intent),
            private=self.private,
        )


class BatchIn(BaseModel):
    """Several messages, stored together or not at all."""

    model_config = ConfigDict(strict=True, extra="forbid", title="Batch")

    messages: Annotated[list[MessageIn], Field(min_length=1, max_length=MAX_BATCH)]


class MessageOut(BaseModel):
    """A message is stored: ``added``, or ``known`` when its id was there before."""

    status: Literal["added", "known"]


class BatchOut(BaseModel):
    """All messages are stored."""

    added: int
    known: int


class WebhookOut(BaseModel):
    """What an event was: messages in it are stored; ``ignored`` when it holds none."""

    status: Literal["stored", "ignored"]
    added: int = 0
    known: int = 0


class HealthOut(BaseModel):
    """How the intake is. ``model`` is starting, ready, none (there is no version yet), or failed."""

    status: Literal["ok", "closing"]
    model: Literal["starting", "ready", "none", "failed"]
    queued: int = Field(description="Messages taken and not stored yet; none of them has been answered.")
    capacity: int
    unscored: int = Field(description="Replies stored and not scored yet.")


class Problem(BaseModel):
    """What went wrong and what to do."""

    code: str
    what: str
    remedy: str
    where: list[str] = Field(default_factory=list, description="The fields that are wrong, each with the reason.")


def messages(posted: Sequence[MessageIn]) -> list[IncomingMessage]:
    """Posted messages as the store takes them."""
    return [item.message(row) for row, item in enumerate(posted, start=1)]


def _short(text: str) -> str:
    return clean(text).strip()
