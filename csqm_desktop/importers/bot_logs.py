"""Logs of bots in which an entry is a round: what was asked and what was answered.

Amazon Lex, Dialogflow (CX and ES) and IBM watsonx Assistant; a class says where each keeps the two sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import Paths, Record, at, first
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.neutral import content_id, key_of, mapping_of, objects_of, word_of
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.undated import Places, Undated


class BotLog(JsonLayout):
    """One product's log. Times of an entry are those of both sides unless it has two."""

    signs: Paths = ()  # an entry has one of these
    inner = ""  # where a conversation holds its entries
    conversation: Paths = ()
    message: Paths = ()
    sent: Paths = ()
    answered: Paths = ()
    asked: Paths = ()
    intent: Paths = ()
    version: Paths = ()

    def converting(self, source: SourceFile, options: ReadOptions) -> Converter:
        """The converter of a file in this shape."""
        return _Rounds(source, options, self)

    def entries(self, record: Record) -> list[Record]:
        """The entries of a conversation, or the record itself."""
        inner = objects_of(record.get(self.inner)) if self.inner else []
        return inner or ([record] if any(at(record, sign) is not None for sign in self.signs) else [])

    def is_whole(self, record: Record) -> bool:
        """A conversation or an entry."""
        return bool(self.entries(record))

    def evidence(self, _key: str, record: Record, /) -> str:
        """A sign of the first entry."""
        entries = self.entries(record)[:1]
        return next((sign for entry in entries for sign in self.signs if at(entry, sign) is not None), "")

    def answers(self, _entry: Record, /) -> list[str]:
        """What the bot said."""
        return []


class _Rounds(Converter):
    def __init__(self, source: SourceFile, options: ReadOptions, log: BotLog) -> None:
        super().__init__(source, options)
        self._log = log
        self._places = Places()
        self._undated = Undated(source, options)

    def rows(self, _key: str, record: Record) -> Iterator[dict[str, Any]]:
        """Both sides of each entry."""
        log = self._log
        for entry in log.entries(record):
            around = {"entry": entry, "talk": record}
            conversation = key_of(first(entry, log.conversation)) or key_of(first(record, log.conversation))
            conversation = conversation.rpartition("/")[2] or content_id(around)
            asked = key_of(first(entry, log.asked))
            said = [(Role.CUSTOMER, asked), *((Role.BOT, text) for text in log.answers(entry))]
            for who, text in said:
                if text.strip():
                    yield self._row(entry, conversation, who, text)

    def _row(self, entry: Record, conversation: str, who: Role, text: str) -> dict[str, Any]:
        log, place = self._log, self._places.next(conversation)
        sent = (first(entry, log.answered) if who is Role.BOT else None) or first(entry, log.sent)
        return {
            "conversation_id": conversation,
            "message_id": str(place + 1),
            "sent_at": self._undated.at(place) if sent is None else sent,
            "role": who,
            "text": text,
            "intent": key_of(first(entry, log.intent)),
            "bot_version": key_of(first(entry, log.version)) if who is Role.BOT else "",
        }


class Lex(BotLog):
    """Conversation logs of Amazon Lex, versions 1 and 2."""

    name = "lex"
    signs = ("inputTranscript",)
    arrays = frozenset({"events", "logs"})
    conversation = ("sessionId", "userId")
    sent = ("timestamp",)
    asked = ("inputTranscript",)
    intent = ("sessionState.intent.name", "intent")
    version = ("bot.version", "botVersion")

    def answers(self, entry: Record) -> list[str]:
        """All messages of version 2, the one of version 1."""
        texts = [word_of(message.get("content")) for message in objects_of(entry.get("messages"))]
        return texts or [word_of(entry.get("botResponse"))]


class Dialogflow(BotLog):
    """Conversation history of Dialogflow CX, and answers of Dialogflow ES one after another."""

    name = "dialogflow"
    signs = (
        "queryResult.fulfillmentMessages",
        "queryResult.fulfillmentText",
        "response.queryResult",
        "request.queryInput",
    )
    inner = "interactions"
    arrays = frozenset({"conversations"})
    conversation = ("session", "name", "responseId")
    sent = ("createTime", "timestamp")
    asked = ("request.queryInput.text.text", "response.queryResult.text", "response.queryResult.transcript",
             "queryResult.queryText")  # fmt: skip
    intent = ("response.queryResult.match.intent.displayName", "queryResult.intent.displayName")

    def answers(self, entry: Record) -> list[str]:
        """Texts of all messages."""
        found = objects_of(at(entry, "response.queryResult.responseMessages"))
        found = found or objects_of(at(entry, "queryResult.fulfillmentMessages"))
        listed = [at(message, "text.text") for message in found]
        texts = ["\n".join(filter(None, map(word_of, text))) for text in listed if isinstance(text, list)]
        return texts or [word_of(at(entry, "queryResult.fulfillmentText"))]


class Watson(BotLog):
    """Logs of IBM watsonx Assistant, versions 1 and 2."""

    name = "watson"
    signs = ("response.output",)
    arrays = frozenset({"logs"})
    conversation = ("response.context.conversation_id", "response.context.global.session_id", "session_id", "log_id")
    sent = ("request_timestamp",)
    answered = ("response_timestamp",)
    asked = ("request.input.text", "response.input.text")

    def answers(self, entry: Record) -> list[str]:
        """Generic answers with a text, else the plain list."""
        output = mapping_of(at(entry, "response.output"))
        texts = [word_of(item.get("text")) or word_of(item.get("title")) for item in objects_of(output.get("generic"))]
        plain = output.get("text")
        return texts or (list(map(word_of, plain)) if isinstance(plain, list) else [word_of(plain)])


IMPORTERS = (Lex(), Dialogflow(), Watson())
