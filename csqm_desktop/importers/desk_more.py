"""More help desks and live chats, a class for each: Drift, Kustomer, Re:amaze, Olark, JivoChat, NetEase Qiyu, WeCom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, at, first
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.neutral import content_id, file_name, key_of, mapping_of, word_of


class Drift(ApiShape):
    """Messages of conversations; here users are the shop's people and contacts its customers."""

    name = "drift"
    signs = ("conversationId", "body", "author.type", "createdAt")
    arrays = frozenset({"messages"})
    conversation = ("conversationId",)
    sent = ("createdAt",)
    text = ("body",)
    html = True
    sender = ("author.id",)
    role = ("author.type",)
    roles: ClassVar[Mapping[str, Role]] = {"contact": Role.CUSTOMER, "user": Role.AGENT, "bot": Role.BOT}
    file_keys = ("fileName", "url")

    def is_message(self, record: Record) -> bool:
        """With Drift's kinds of writers and its unix times: elsewhere users are customers."""
        known = word_of(at(record, "author.type")) in self.roles and isinstance(record.get("createdAt"), int)
        return known and super().is_message(record)

    def told(self, message: Record, talk: Record) -> Role | str:
        """A user may be a bot."""
        return Role.BOT if at(message, "author.bot") is True else super().told(message, talk)

    def private(self, message: Record) -> bool:
        """Notes among agents."""
        return message.get("type") in ("private_note", "private_prompt")


class Kustomer(ApiShape):
    """Messages of conversations."""

    name = "kustomer"
    signs = ("type", "attributes.direction", "relationships.conversation")
    arrays = frozenset({"data"})
    conversation = ("relationships.conversation.data.id",)
    sent = ("attributes.sentAt", "attributes.createdAt")
    text = ("attributes.preview",)

    def told(self, message: Record, _talk: Record) -> Role | str:
        """In is the customer's; what was sent automatically is a bot's."""
        direction = word_of(at(message, "attributes.direction"))
        if direction.startswith("in"):
            return Role.CUSTOMER
        automatic = at(message, "attributes.auto") is True or word_of(at(message, "attributes.directionType")) == "bot"
        return Role.BOT if automatic else Role.AGENT if direction.startswith("out") else direction

    def speaker(self, message: Record, _talk: Record) -> str:
        """Whom it came from, as the channel names it."""
        return key_of(first(message, ("attributes.meta.from.name", "attributes.meta.from")))


class Reamaze(ApiShape):
    """Messages of conversations."""

    name = "reamaze"
    signs = ("body", "visibility", "created_at", "user")
    arrays = frozenset({"messages"})
    conversation = ("conversation.slug",)
    message = ()
    sent = ("created_at",)
    text = ("body",)
    html = True
    sender = ("user.name", "user.email")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """The writer's mark; what no user wrote is a bot's."""
        user = mapping_of(message.get("user"))
        if not user:
            return Role.BOT
        return Role.CUSTOMER if user.get("customer?") is True else Role.AGENT

    def private(self, message: Record) -> bool:
        """Visibility 1 is for the shop only."""
        return key_of(message.get("visibility")) == "1"


class Olark(ApiShape):
    """Transcripts that Olark sends to other programs, one conversation each."""

    name = "olark"
    signs = ("kind", "body", "timestamp")
    arrays = frozenset({"conversations"})
    inner = ("items",)
    message = ()
    sent = ("timestamp",)
    text = ("body",)
    sender = ("nickname",)
    role = ("kind",)
    roles: ClassVar[Mapping[str, Role]] = {
        "messagetooperator": Role.CUSTOMER, "offlinemessage": Role.CUSTOMER, "messagetovisitor": Role.AGENT,
        "notification": Role.SYSTEM,
    }  # fmt: skip

    def is_message(self, record: Record) -> bool:
        """One of its kinds."""
        return super().is_message(record) and word_of(record.get("kind")).casefold() in self.roles


class Jivo(ApiShape):
    """Chats that JivoChat sends when they end."""

    name = "jivo"
    signs = ("type", "message", "timestamp")
    arrays = frozenset({"chats"})
    inner = ("chat.messages", "messages")
    outer = ("chat_id", "id")
    message = ()
    sent = ("timestamp",)
    text = ("message",)
    role = ("type",)
    roles: ClassVar[Mapping[str, Role]] = {"visitor": Role.CUSTOMER, "agent": Role.AGENT, "bot": Role.BOT}

    def is_message(self, record: Record) -> bool:
        """One of a visitor, an agent or a bot."""
        return super().is_message(record) and word_of(record.get("type")) in self.roles

    def is_whole(self, record: Record) -> bool:
        """A finished chat."""
        return bool(self.messages(record))

    def evidence(self, key: str, record: Record) -> str:
        """The chat's messages with the visitor or the widget beside them."""
        return super().evidence(key, record) if self.messages(record) and "chat_id" in record else ""

    def speaker(self, message: Record, talk: Record) -> str:
        """The visitor's name; agents by their ids."""
        own = key_of(message.get("agent_id"))
        return own or (key_of(at(talk, "visitor.name")) if message.get("type") == "visitor" else "")


class Qiyu(ApiShape):
    """Messages of sessions of NetEase Qiyu (网易七鱼)."""

    name = "qiyu"
    signs = ("sessionId", "from", "mType", "msg")
    arrays = frozenset({"data", "messages", "message"})
    conversation = ("sessionId",)
    message = ("id", "msgId")
    sent = ("time",)
    text = ("msg",)
    sender = ("staffName", "userName")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """1 is the visitor; what the robot answered and automatic replies are a bot's."""
        kind = key_of(message.get("from"))
        if kind == "1":
            return Role.CUSTOMER
        automatic = key_of(message.get("autoReply")) in ("1", "true") or kind == "2"
        return Role.BOT if automatic else Role.AGENT if kind == "0" else kind

    def content(self, message: Record) -> str:
        """Only kind 1 is text; some texts are markup."""
        if key_of(message.get("mType")) not in ("1", "65"):
            return ""
        text = word_of(message.get("msg"))
        return html_to_text(text) if text.lstrip().startswith("<") else text

    def attached(self, message: Record) -> list[str]:
        """Pictures and files by their addresses."""
        kind = key_of(message.get("mType"))
        return [] if kind in ("1", "65", "") else [file_name(key_of(message.get("msg")))[:80] or "file"]


class WeComService(ApiShape):
    """Messages of WeCom's customer service accounts (微信客服): who wrote is told by their origin."""

    name = "wecomkf"
    channel = "wecom"
    signs = ("msgid", "open_kfid", "external_userid", "send_time", "origin", "msgtype")
    arrays = frozenset({"msg_list"})
    message = ("msgid",)
    sent = ("send_time",)
    files = ()

    def wanted(self, message: Record) -> bool:
        """Events hold no words of anybody."""
        return message.get("msgtype") != "event"

    def told(self, message: Record, _talk: Record) -> Role | str:
        """3 is the customer, 4 the system, 5 the staff."""
        return {"3": Role.CUSTOMER, "4": Role.SYSTEM, "5": Role.AGENT}.get(
            key_of(message.get("origin")), key_of(message.get("origin"))
        )

    def speaker(self, message: Record, _talk: Record) -> str:
        """Who of the staff."""
        return key_of(message.get("servicer_userid"))

    def content(self, message: Record) -> str:
        """Texts, and the words of cards."""
        body = mapping_of(message.get(word_of(message.get("msgtype"))))
        return "\n".join(
            filter(None, (word_of(body.get(name)) for name in ("content", "title", "desc", "name", "address")))
        )

    def attached(self, message: Record) -> list[str]:
        """Files by their kinds."""
        kind = word_of(message.get("msgtype"))
        return [kind] if kind in ("image", "voice", "video", "file") else []

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """The customer at this account, without showing who it is."""
        return "wecomkf-" + content_id([key_of(message.get("open_kfid")), key_of(message.get("external_userid"))])


IMPORTERS = (WeComService(), Drift(), Kustomer(), Reamaze(), Olark(), Jivo(), Qiyu())
