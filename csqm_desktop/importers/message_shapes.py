"""More products whose API gives one object for each message: contact centres and channels of messages.

Amazon Connect, Bot Framework, LivePerson and Twilio.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, at, first
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.flat_table import Product
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.json_walk import Converter
from csqm_desktop.importers.neutral import content_id, file_name, key_of, mapping_of, objects_of, word_of
from csqm_desktop.importers.roles import is_bot_name
from csqm_desktop.importers.source import SourceFile

_SIDES = {
    "customer": Role.CUSTOMER, "consumer": Role.CUSTOMER, "visitor": Role.CUSTOMER, "user": Role.CUSTOMER,
    "agent": Role.AGENT, "supervisor": Role.AGENT, "bot": Role.BOT, "custom_bot": Role.BOT, "system": Role.SYSTEM,
    "controller": Role.SYSTEM, "info": Role.SYSTEM, "skill": Role.BOT, "channel": Role.CUSTOMER,
}  # fmt: skip


class Connect(ApiShape):
    """Chat transcripts of Amazon Connect."""

    name = "amazonconnect"
    signs = ("AbsoluteTime", "ParticipantRole", "ContentType")
    inner = ("Transcript",)
    outer = ("ContactId", "InitialContactId")
    conversation = ("ContactId",)
    message = ("Id",)
    sent = ("AbsoluteTime",)
    text = ("Content",)
    sender = ("DisplayName",)
    role = ("ParticipantRole",)
    roles: ClassVar[Mapping[str, Role]] = _SIDES
    files = ("Attachments",)
    file_keys = ("AttachmentName",)

    def wanted(self, message: Record) -> bool:
        """Events only tell who came and went."""
        return message.get("Type") != "EVENT"


class BotFramework(ApiShape):
    """Transcripts of the Bot Framework: activities, of which messages have a text."""

    name = "botframework"
    endings = (".transcript", ".json", ".jsonl")
    signs = ("type", "from.id", "conversation.id")
    arrays = frozenset({"activities"})
    inner = ("activities",)
    sent = ("timestamp", "localTimestamp")
    text = ("text",)
    sender = ("from.name",)

    def wanted(self, message: Record) -> bool:
        """Typing, traces and changes of a conversation are no messages."""
        return message.get("type") == "message"

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Newer files say it; in older ones a bot replies, or is called like one."""
        role = word_of(at(message, "from.role")).casefold() or _SIDES_BY_NUMBER.get(
            key_of(at(message, "from.role")), ""
        )
        if role in _SIDES:
            return _SIDES[role]
        name = key_of(at(message, "from.name")) or key_of(at(message, "from.id"))
        bot = is_bot_name(name) or (
            bool(message.get("replyToId")) and not is_bot_name(key_of(at(message, "recipient.name")))
        )
        return Role.BOT if bot else Role.CUSTOMER

    def content(self, message: Record) -> str:
        """The text; bots say much in cards."""
        cards = [mapping_of(item.get("content")) for item in objects_of(message.get("attachments"))]
        parts = [word_of(card.get(name)) for card in cards for name in ("title", "subtitle", "text")]
        return "\n".join(filter(None, [word_of(message.get("text")), *parts]))

    def attached(self, message: Record) -> list[str]:
        """Files, not cards."""
        files = [item for item in objects_of(message.get("attachments")) if item.get("contentUrl")]
        return [file_name(key_of(item.get("name")) or key_of(item.get("contentUrl"))) for item in files]

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """The emulator adds how it was talking."""
        return key_of(at(message, "conversation.id")).removesuffix("|livechat")


_SIDES_BY_NUMBER = {"0": "bot", "1": "user"}  # as Power Virtual Agents writes them


class LivePerson(ApiShape):
    """Messaging history and chat history of LivePerson."""

    name = "liveperson"
    signs = ("sentBy", "messageData")
    arrays = frozenset({"conversationHistoryRecords", "interactionHistoryRecords"})
    inner = ("messageRecords", "transcript.lines")
    outer = ("info.conversationId", "info.engagementId")
    conversation = ("conversationId",)
    message = ("messageId", "lineSeq", "seq")
    sent = ("timeL", "time")
    html = True
    sender = ("participantName", "by")
    role = ("sentBy", "source")
    roles: ClassVar[Mapping[str, Role]] = _SIDES

    def is_message(self, record: Record) -> bool:
        """A message, or a line of a chat."""
        return super().is_message(record) or {"lineSeq", "source", "text"} <= record.keys()

    def evidence(self, _key: str, record: Record) -> str:
        """Either kind of record."""
        inner = self.messages(record)
        return "messageRecords, sentBy" if any(map(self.is_message, inner or [record])) else ""

    def told(self, message: Record, talk: Record) -> Role | str:
        """A bot takes part as an agent; only the list of agents tells."""
        role = super().told(message, talk)
        if role is not Role.AGENT:
            return role
        own = key_of(message.get("participantId"))
        agents = objects_of(talk.get("agentParticipants"))
        bot = any(key_of(agent.get("agentId")) == own and agent.get("userTypeName") == "Bot" for agent in agents)
        return Role.BOT if bot and own else role

    def content(self, message: Record) -> str:
        """The text, as markup in chats; cards and buttons by their words."""
        text = first(message, ("messageData.msg.text", "text"))
        if text is None:
            cards = [at(message, f"messageData.{kind}.content") for kind in ("richContent", "quickReplies")]
            return "\n".join(filter(None, (_card_words(word_of(card)) for card in cards)))
        return html_to_text(text) if isinstance(text, str) and message.get("textType") == "html" else key_of(text)

    def rating(self, talk: Record) -> float | None:
        """The customer's stars, where there are any."""
        rate = at(talk, "info.csatRate")
        return float(rate) if isinstance(rate, int | float) and 1 <= rate <= 5 else None

    def attached(self, message: Record) -> list[str]:
        """Files by their captions or addresses."""
        address = key_of(first(message, ("messageData.file.relativePath", "messageData.file.caption")))
        return [file_name(address)] if address else []

    def private(self, message: Record) -> bool:
        """What only agents may see."""
        return word_of(message.get("audience")) == "AGENTS_AND_MANAGERS"


def _card_words(text: str) -> str:
    """What a card says: its texts and the titles of its buttons."""
    try:
        card = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return ""
    waiting: list[object] = [card]
    found: list[str] = []
    while waiting and len(found) < _MOST_WORDS:
        item = waiting.pop(0)
        if isinstance(item, dict):
            found += [
                item[key] for key in ("text", "title") if isinstance(item.get(key), str) and item.get("type") in _SAYS
            ]
            waiting += [value for key, value in item.items() if key != "click"]
        elif isinstance(item, list):
            waiting += item
    return "\n".join(found)


_SAYS = ("text", "button")
_MOST_WORDS = 100

_PHONE = re.compile(r"(?:whatsapp:|messenger:|sms:)?\+?\d[\d\s-]{5,}|(?:whatsapp|messenger|sms|instagram):.+")


class Twilio(ApiShape):
    """Messages of Twilio Conversations and, before it, of Programmable Chat."""

    name = "twilio"
    signs = ("sid", "body", "index")
    arrays = frozenset({"messages"})
    conversation = ("conversation_sid", "channel_sid", "conversationSid", "channelSid")
    message = ("sid",)
    sent = ("date_created", "dateCreated")
    text = ("body",)
    sender = ("author", "from")
    files = ("media",)
    file_keys = ("filename", "sid")

    def is_message(self, record: Record) -> bool:
        """A message of a conversation or a channel."""
        return super().is_message(record) and first(record, self.conversation) is not None

    def evidence(self, _key: str, record: Record) -> str:
        """The message's own fields."""
        return "conversation_sid, author, body" if self.is_message(record) else ""

    def converting(self, source: SourceFile, options: ReadOptions) -> Converter:
        """Who is the customer shows only in the whole conversation."""
        return _FirstOfEach(source, options, self)


class _FirstOfEach(Converter):
    """In each conversation a telephone's or channel's address is the customer's, else who wrote first."""

    two_passes = True

    def __init__(self, source: SourceFile, options: ReadOptions, shape: Twilio) -> None:
        super().__init__(source, options)
        self._shape = shape
        self._inner = ApiShape.converting(shape, source, options)
        self._customers: dict[str, str] = {}
        given = options.mapping.roles if options.mapping else {}
        self._given = {name.casefold(): role for name, role in given.items()}

    def learn(self, _key: str, record: Record) -> None:
        """Customers by conversation."""
        author = key_of(first(record, self._shape.sender))
        conversation = self._shape.conversation_of(record, {})
        known = self._customers.get(conversation)
        machine = author.casefold() in self._given or author.casefold() == "system" or is_bot_name(author)
        if author and not machine and (known is None or (_is_address(author) and not _is_address(known))):
            self._customers[conversation] = author

    def rows(self, key: str, record: Record) -> Iterator[Record]:
        """The message with its role."""
        for row in self._inner.rows(key, record):
            author = key_of(first(record, self._shape.sender))
            row["role"] = self._role(author, row["conversation_id"])
            yield row

    def _role(self, author: str, conversation: str) -> Role:
        if author.casefold() in self._given:
            return self._given[author.casefold()]
        if author.casefold() == "system":
            return Role.SYSTEM
        if is_bot_name(author):
            return Role.BOT
        return Role.CUSTOMER if author == self._customers.get(conversation) or _is_address(author) else Role.AGENT


def _is_address(author: str) -> bool:
    return _PHONE.fullmatch(author) is not None


class Sms(ApiShape):
    """Short messages of Twilio: a number is a conversation, without showing whose it is."""

    name = "twilio"
    signs = ("direction", "from", "to", "body")
    arrays = frozenset({"messages", "sms_messages"})
    message = ("sid",)
    sent = ("date_sent", "date_created")
    text = ("body",)

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Inbound is the customer's; the rest was sent by the shop's programs or people."""
        direction = word_of(message.get("direction")).casefold()
        return Role.CUSTOMER if direction.startswith("in") else Role.AGENT if direction.startswith("out") else direction

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """The customer's number and the shop's, as one word."""
        sides = sorted((key_of(message.get("from")), key_of(message.get("to"))))
        return f"sms-{content_id(sides)}"


TWILIO = Product("twilio", (Twilio(), Sms()), (".json", ".jsonl"))
IMPORTERS = (Connect(), BotFramework(), LivePerson(), TWILIO)
