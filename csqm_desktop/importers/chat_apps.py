"""Chats of companies' messengers that name people but not their roles, many conversations a file.

Google Chat, Skype, Microsoft Teams, Rocket.Chat, Matrix (Element), Feishu (Lark), bots on Telegram, and Facebook's API.
Who is who is told over the whole file (``casts``).
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, at, first
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.neutral import file_name, key_of, mapping_of, word_of
from csqm_desktop.importers.roles import is_bot_name

_GOOGLE = re.compile(
    r"(?:\w+, )?(?P<month>[A-Z]\w+) (?P<day>\d{1,2}), (?P<year>\d{4}) at "
    r"(?P<hour>\d{1,2})(?P<rest>:\d\d:\d\d) (?P<half>[AP]M) UTC"
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}


class GoogleChat(ApiShape):
    """A space or a direct chat in Google's Takeout; a topic is a conversation."""

    name = "googlechat"
    by_name = each = True
    signs = ("creator", "created_date", "message_id")
    arrays = frozenset({"messages"})
    conversation = ("topic_id",)
    message = ("message_id",)
    sent = ("created_date",)
    text = ("text",)
    sender = ("creator",)
    files = ("attached_files",)
    file_keys = ("original_name", "export_name")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Bots are marked."""
        return Role.BOT if word_of(at(message, "creator.user_type")).casefold() in ("bot", "app") else ""

    sorts = False  # these times are words; the file has them in order

    def moment(self, message: Record) -> object:
        """``Tuesday, September 1, 2026 at 8:00:00 AM UTC`` as a time."""
        written = word_of(message.get("created_date")).replace("\u202f", " ")
        match = _GOOGLE.fullmatch(written)
        if match is None:
            return message.get("created_date")
        month = _MONTHS.get(match["month"][:3].casefold(), 0)
        hour = int(match["hour"]) % 12 + (12 if match["half"] == "PM" else 0)
        minute, second = map(int, match["rest"].split(":")[1:])
        try:
            return datetime(int(match["year"]), month, int(match["day"]), hour, minute, second, tzinfo=UTC)
        except ValueError:
            return written


_GROUP = "19:"  # how ids of groups begin


class Skype(ApiShape):
    """The export of a Skype account: whose account it is works for the shop."""

    name = "skype"
    by_name = each = True
    signs = ("originalarrivaltime", "messagetype", "content")
    arrays = frozenset({"conversations"})
    inner = ("MessageList",)
    conversation = ("conversationid",)
    sent = ("originalarrivaltime",)
    sender = ("displayName", "from")

    def told(self, message: Record, talk: Record) -> Role | str:
        """What is no text tells of calls and of who came."""
        kind = word_of(message.get("messagetype"))
        if not kind.startswith(("RichText", "Text")):
            return Role.SYSTEM
        partner = key_of(talk.get("id"))
        if partner.startswith(_GROUP) or not partner:
            return ""
        return Role.CUSTOMER if key_of(message.get("from")) == partner else Role.AGENT

    def speaker(self, message: Record, talk: Record) -> str:
        """The name, which stands beside the conversation for the partner."""
        name, partner = key_of(message.get("displayName")), key_of(talk.get("id"))
        author = key_of(message.get("from"))
        known = key_of(talk.get("displayName")) if author == partner else ""
        return name or known or author.partition(":")[2] or author

    def content(self, message: Record) -> str:
        """The text without Skype's marks."""
        return html_to_text(word_of(message.get("content")))


class Teams(ApiShape):
    """Messages of chats and channels as Microsoft's Graph gives them."""

    name = "teams"
    by_name = each = True
    signs = ("createdDateTime", "body.content", "from")
    arrays = frozenset({"value", "messages"})
    conversation = ("chatId", "replyToId", "channelIdentity.channelId")
    sent = ("createdDateTime",)
    sender = ("from.user.displayName", "from.application.displayName", "from.user.id")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Applications are bots; events have no text of anybody."""
        if word_of(message.get("messageType")) not in ("", "message"):
            return Role.SYSTEM
        return Role.BOT if mapping_of(at(message, "from.application")) else ""

    def content(self, message: Record) -> str:
        """Mostly markup."""
        text = word_of(at(message, "body.content"))
        return html_to_text(text) if word_of(at(message, "body.contentType")) == "html" else text

    def conversation_of(self, message: Record, talk: Record) -> str:
        """A chat, or a channel's thread, which its first message begins."""
        if chat := key_of(message.get("chatId")):
            return chat
        return key_of(message.get("replyToId")) or key_of(message.get("id")) or super().conversation_of(message, talk)


class RocketChat(ApiShape):
    """Messages of rooms as Rocket.Chat exports or stores them."""

    name = "rocketchat"
    by_name = each = True
    signs = ("rid", "msg", "u.username")
    arrays = frozenset({"messages"})
    conversation = ("tmid", "rid")
    message = ("_id",)
    sent = ("ts.$date", "ts")
    text = ("msg",)
    sender = ("u.name", "u.username")
    file_keys = ("title", "title_link", "image_url")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Messages of a kind were written by the program; those of integrations by bots; a visitor has a token."""
        if key_of(message.get("t")) not in ("", "e2e"):
            return Role.SYSTEM
        if message.get("bot"):
            return Role.BOT
        return Role.CUSTOMER if message.get("token") else ""


class Matrix(ApiShape):
    """A room as Element exports it."""

    name = "matrix"
    by_name = each = True
    signs = ("origin_server_ts", "sender", "content", "type")
    arrays = frozenset({"messages"})
    conversation = ("room_id",)
    message = ("event_id",)
    sent = ("origin_server_ts",)

    def speaker(self, message: Record, _talk: Record) -> str:
        """The name without its server: a colon would mean the account of a shop's person."""
        return key_of(message.get("sender")).lstrip("@").partition(":")[0]

    def wanted(self, message: Record) -> bool:
        """Changes of a room and reactions are no messages."""
        return message.get("type") == "m.room.message"

    def content(self, message: Record) -> str:
        """The text; files are named in its place."""
        kind = word_of(at(message, "content.msgtype"))
        return "" if kind in _MATRIX_FILES else word_of(at(message, "content.body"))

    def attached(self, message: Record) -> list[str]:
        """Files by their names."""
        kind, name = word_of(at(message, "content.msgtype")), word_of(at(message, "content.body"))
        return [file_name(name)] if kind in _MATRIX_FILES and name else []

    def conversation_of(self, message: Record, talk: Record) -> str:
        """The room."""
        return key_of(message.get("room_id")) or key_of(talk.get("room_name"))


_MATRIX_FILES = frozenset({"m.image", "m.file", "m.audio", "m.video"})


class Feishu(ApiShape):
    """Messages of chats as the API of Feishu or Lark gives them; a text is JSON within the message."""

    name = "feishu"
    by_name = each = True
    signs = ("message_id", "msg_type", "sender.sender_type", "body.content")
    arrays = frozenset({"items"})
    conversation = ("chat_id",)
    message = ("message_id",)
    sent = ("create_time",)
    sender = ("sender.id",)

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Applications are bots."""
        if message.get("msg_type") == "system":
            return Role.SYSTEM
        return Role.BOT if at(message, "sender.sender_type") in ("app", "anonymous") else ""

    def content(self, message: Record) -> str:
        """The words of a text or a post."""
        try:
            inner = json.loads(word_of(at(message, "body.content")))
        except (ValueError, RecursionError):
            return word_of(at(message, "body.content"))
        return "\n".join(_words(inner, 0)) if message.get("msg_type") in ("text", "post", "system") else ""

    def attached(self, message: Record) -> list[str]:
        """Anything else by its kind."""
        kind = word_of(message.get("msg_type"))
        return [] if kind in ("text", "post", "system", "") else [kind]


_DEEPEST = 8  # lists in a post


def _words(value: Any, depth: int) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [word for inner in value.values() for word in _words(inner, depth + 1)]
    if isinstance(value, list) and depth < _DEEPEST:
        return [word for inner in value for word in _words(inner, depth + 1)]
    return []


class TelegramBot(ApiShape):
    """What a bot on Telegram received and sent, as its API gives it."""

    name = "telegrambot"
    signs = ("message_id", "from.is_bot", "chat.id", "date")
    arrays = frozenset({"result", "updates"})
    conversation = ("chat.id",)
    message = ("message_id",)
    sent = ("date",)
    text = ("text", "caption")

    def opened(self, record: Record) -> Record:
        """The message of an update."""
        inner = first(record, ("message", "edited_message", "business_message"))
        return inner if isinstance(inner, dict) and "chat" in inner else record

    def is_whole(self, record: Record) -> bool:
        """An update, or a message."""
        return "update_id" in record or super().is_whole(record)

    def told(self, message: Record, _talk: Record) -> Role | str:
        """The bot is the shop's."""
        return Role.BOT if at(message, "from.is_bot") is True else Role.CUSTOMER

    def speaker(self, message: Record, _talk: Record) -> str:
        """First and last name."""
        person = mapping_of(message.get("from"))
        names = [key_of(person.get(part)) for part in ("first_name", "last_name")]
        return " ".join(filter(None, names)) or key_of(person.get("username"))


class FacebookApi(ApiShape):
    """Conversations of a page as Facebook's Graph gives them, newest first."""

    name = "facebook"
    by_name = each = True
    signs = ("message", "from.name", "created_time")
    arrays = frozenset({"data"})
    inner = ("messages.data",)
    sent = ("created_time",)
    text = ("message",)
    sender = ("from.name",)
    files = ("attachments.data",)

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Names tell."""
        return Role.BOT if is_bot_name(key_of(at(message, "from.name"))) else ""

    def content(self, message: Record) -> str:
        """The text, which is empty for pictures."""
        return word_of(message.get("message"))


IMPORTERS = (GoogleChat(), Skype(), Teams(), RocketChat(), Matrix(), Feishu(), TelegramBot(), FacebookApi())
