"""Chats of messengers that name people but not their roles: Slack, Discord, Messenger and Instagram.

Each file is one channel or thread. Who is who is told as in WhatsApp's exports.
"""

from __future__ import annotations

import re

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, first
from csqm_desktop.importers.discord_text import DiscordText
from csqm_desktop.importers.flat_products import DiscordCsv
from csqm_desktop.importers.flat_table import Product
from csqm_desktop.importers.neutral import content_id, file_name, key_of, mapping_of, objects_of, word_of

_LINK = re.compile(r"<(?:[^<>|]{1,2000})\|([^<>]{1,500})>|<((?:https?|mailto):[^<>|]{1,2000})>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_TS = re.compile(r"\d{10}\.\d{4,6}")
_TWICE = re.compile("[\xc2-\xf4][\x80-\xbf]")


class Slack(ApiShape):
    """One day of a channel, as the workspace's export holds it."""

    name = "slack"
    by_name = True
    signs = ("type", "ts")
    arrays = frozenset({"messages"})
    message = ("client_msg_id", "ts")
    sent = ("ts",)
    sender = ("user_profile.display_name", "user_profile.real_name", "username", "user", "bot_id")
    files = ("files",)

    def is_message(self, record: Record) -> bool:
        """A message with Slack's kind of time."""
        return record.get("type") == "message" and _TS.fullmatch(key_of(record.get("ts"))) is not None

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Bots say that they are; joining and the like are system lines."""
        kind = word_of(message.get("subtype"))
        if kind == "bot_message" or message.get("bot_id"):
            return Role.BOT
        return Role.SYSTEM if kind.startswith(("channel_", "group_", "pinned_")) else ""

    def identity(self, message: Record) -> str:
        """Messages with files have no profile."""
        return key_of(message.get("user"))

    def content(self, message: Record) -> str:
        """Links as their words, people and channels as their ids."""
        text = _LINK.sub(lambda match: match[1] or match[2], word_of(message.get("text")))
        for written, meant in _ENTITIES:
            text = text.replace(written, meant)
        return text

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """A thread is a conversation of its own; the file's messages beside threads are one."""
        return key_of(message.get("thread_ts")) and f"slack-{key_of(message['thread_ts'])}"


class Discord(ApiShape):
    """A channel as DiscordChatExporter writes it."""

    name = "discord"
    by_name = True
    signs = ("author.isBot", "timestamp", "content")
    arrays = frozenset({"messages"})
    outer = ("channel.id",)
    sent = ("timestamp",)
    text = ("content",)
    file_keys = ("fileName", "url")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Bots are marked; a role that speaks of support or staff tells an agent."""
        author = mapping_of(message.get("author"))
        if author.get("isBot") is True:
            return Role.BOT
        if key_of(message.get("type")) not in ("Default", "Reply", "0", "19"):
            return Role.SYSTEM
        names = " ".join(key_of(item.get("name")).casefold() for item in objects_of(author.get("roles")))
        return Role.AGENT if re.search(r"staff|support|agent|moderator|admin|客服", names) else ""

    def speaker(self, message: Record, _talk: Record) -> str:
        """The name in this server."""
        return key_of(first(message.get("author"), ("nickname", "name", "id")))

    def content(self, message: Record) -> str:
        """The text; bots say much in cards."""
        embeds = objects_of(message.get("embeds"))
        cards = [key_of(item.get(part)) for item in embeds for part in ("title", "description")]
        return "\n".join(filter(None, [key_of(message.get("content")), *cards]))


class Messenger(ApiShape):
    """A thread of Facebook Messenger or Instagram, newest first, with its texts encoded twice."""

    name = "messenger"
    by_name = True
    signs = ("sender_name", "timestamp_ms")
    arrays = frozenset({"messages"})
    message = ()
    sent = ("timestamp_ms",)
    files = ("photos", "videos", "audio_files", "files", "gifs")
    file_keys = ("uri",)

    def speaker(self, message: Record, _talk: Record) -> str:
        """The name, mended."""
        return _mended(word_of(message.get("sender_name")))

    def customer(self, talk: Record) -> str:
        """The thread is called after who is not the shop."""
        return _mended(word_of(talk.get("title")))

    def content(self, message: Record) -> str:
        """The text, mended."""
        return _mended(word_of(message.get("content")))

    def attached(self, message: Record) -> list[str]:
        """Pictures and the like by their last names."""
        return [file_name(name) for name in super().attached(message)]

    def conversation_of(self, _message: Record, talk: Record) -> str:
        """The folder of the thread, without showing whose it is."""
        known = key_of(first(talk, ("thread_path", "title")))
        return f"messenger-{content_id(known)}" if known else ""


def _mended(text: str) -> str:
    """The export writes each byte of UTF-8 as a character of its own."""
    if not _TWICE.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


IMPORTERS = (
    Slack(),
    Product("discord", (Discord(), DiscordCsv(), DiscordText()), (".json", ".csv", ".txt")),
    Messenger(),
)
