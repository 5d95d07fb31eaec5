"""Programs that shops run themselves, a class for each: Papercups, Live Helper Chat, Tiledesk, Zulip, Mattermost."""

from __future__ import annotations

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, at, first
from csqm_desktop.importers.neutral import key_of, mapping_of, objects_of, word_of
from csqm_desktop.importers.roles import is_bot_name


class Papercups(ApiShape):
    """Messages, in conversations or alone."""

    name = "papercups"
    signs = ("body", "conversation_id", "created_at", "customer_id", "user_id")
    arrays = frozenset({"data"})
    inner = ("messages",)
    conversation = ("conversation_id",)
    sent = ("sent_at", "created_at")
    text = ("body",)
    sender = ("user.display_name", "user.full_name", "user.email", "customer.name", "customer.email", "user_id")
    file_keys = ("filename", "file_url")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Either a customer or a user wrote; bots are marked."""
        if message.get("type") == "bot":
            return Role.BOT
        return Role.CUSTOMER if message.get("customer_id") else Role.AGENT if message.get("user_id") else Role.SYSTEM

    def private(self, message: Record) -> bool:
        """Notes among users."""
        return message.get("private") is True or message.get("type") == "note"


class LiveHelperChat(ApiShape):
    """Messages of chats: the writer's number tells."""

    name = "livehelperchat"
    signs = ("msg", "chat_id", "user_id", "time", "name_support")
    arrays = frozenset({"result", "messages", "list"})
    conversation = ("chat_id",)
    sent = ("time",)
    text = ("msg",)
    sender = ("name_support",)

    def told(self, message: Record, _talk: Record) -> Role | str:
        """0 is the visitor, −1 the system, −2 a bot."""
        return {"0": Role.CUSTOMER, "-1": Role.SYSTEM, "-2": Role.BOT}.get(key_of(message.get("user_id")), Role.AGENT)


class Tiledesk(ApiShape):
    """Messages of requests."""

    name = "tiledesk"
    signs = ("sender", "recipient", "text", "createdAt", "senderFullname")
    arrays = frozenset({"messages"})
    conversation = ("recipient",)
    message = ("_id", "id")
    sent = ("createdAt",)
    text = ("text",)
    sender = ("senderFullname", "sender")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Bots are called so, the system is; a writer without an account of the project is the customer."""
        name = key_of(message.get("sender"))
        if name == "system" or at(message, "attributes.subtype") in ("info", "info/support"):
            return Role.SYSTEM
        if name.startswith("bot_") or is_bot_name(key_of(message.get("senderFullname"))):
            return Role.BOT
        requester = key_of(first(message, ("request.requester_id", "attributes.requester_id", "request.lead.lead_id")))
        if requester:
            return Role.CUSTOMER if name == requester else Role.AGENT
        return Role.CUSTOMER if message.get("channel_type") == "group" and name == message.get("createdBy") else name


class Zulip(ApiShape):
    """Messages of streams and direct ones as the API gives them; a topic is a conversation."""

    name = "zulip"
    by_name = each = True
    signs = ("sender_full_name", "content", "timestamp", "type")
    arrays = frozenset({"messages", "zerver_message"})
    sent = ("timestamp", "date_sent")
    text = ("rendered_content", "content")
    html = True
    sender = ("sender_full_name", "sender")

    def is_message(self, record: Record) -> bool:
        """Of the API, or of an organisation's export, which names writers by numbers."""
        return super().is_message(record) or {"sender", "recipient", "content", "date_sent"} <= record.keys()

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Bots have addresses of bots."""
        return Role.BOT if "-bot@" in key_of(message.get("sender_email")) else ""

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """A topic of a stream, or who talks to each other."""
        people = [key_of(person.get("id")) for person in objects_of(message.get("display_recipient"))]
        if people:
            return "zulip-" + "-".join(sorted(people))
        place = key_of(first(message, ("stream_id", "recipient")))
        return f"zulip-{place}-{word_of(message.get('subject'))}"


class Mattermost(ApiShape):
    """Posts of a bulk export; a post with its replies is a conversation."""

    name = "mattermost"
    by_name = each = True
    signs = ("user", "message", "create_at")
    message = ()
    sent = ("create_at",)
    text = ("message",)
    sender = ("user",)
    file_keys = ("path",)

    def opened(self, record: Record) -> Record:
        """The post within its line."""
        inner = first(record, ("post", "direct_post"))
        return inner if isinstance(inner, dict) else record

    def is_whole(self, record: Record) -> bool:
        """A line of the export."""
        return word_of(record.get("type")) in _LINES

    def evidence(self, _key: str, record: Record) -> str:
        """Any line of an export that begins with its version."""
        if word_of(record.get("type")) in _LINES and record.keys() & {record["type"], "version"}:
            return "type, post"
        return ""

    def messages(self, record: Record) -> list[Record]:
        """The post and its replies."""
        replies = objects_of(record.get("replies"))
        return [{**record, "replies": []}, *replies] if self.is_message(record) else []

    def conversation_of(self, _message: Record, talk: Record) -> str:
        """A post's channel and time, which no other post has."""
        known = mapping_of(talk)
        return f"{key_of(known.get('channel')) or 'direct'}-{key_of(known.get('create_at'))}"


_LINES = frozenset({
    "version", "team", "channel", "user", "post", "direct_channel", "direct_post", "scheme", "emoji", "role", "bot",
})  # fmt: skip

IMPORTERS = (Papercups(), LiveHelperChat(), Tiledesk(), Zulip(), Mattermost())
