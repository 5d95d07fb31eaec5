"""Help desks and live chats, a class for each: which field of their API's messages is what.

Freshdesk, Freshchat, Help Scout, HubSpot, Crisp, Tawk.to, Front, Zendesk Chat and messaging.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, at, first, full_name
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.neutral import BAD_RATING, GOOD_RATING, file_name, key_of, mapping_of, objects_of, word_of
from csqm_desktop.importers.roles import is_bot_name

_SIDES = {
    "user": Role.CUSTOMER, "customer": Role.CUSTOMER, "visitor": Role.CUSTOMER, "contact": Role.CUSTOMER,
    "v": Role.CUSTOMER, "incoming": Role.CUSTOMER, "operator": Role.AGENT, "agent": Role.AGENT, "a": Role.AGENT,
    "outgoing": Role.AGENT, "bot": Role.BOT, "trigger": Role.BOT, "system": Role.SYSTEM, "s": Role.SYSTEM,
}  # fmt: skip


class Freshdesk(ApiShape):
    """Tickets with conversations, conversations of one ticket, and the account's export (``helpdesk_ticket``)."""

    name = "freshdesk"
    arrays = frozenset({"tickets", "results"})
    signs = ("incoming", "private", "user_id")
    inner = ("conversations", "notes")
    conversation = ("ticket_id",)
    sent = ("created_at",)
    text = ("body_text", "body", "body_html")
    sender = ("user_id",)

    def opened(self, record: Record) -> Record:
        """The ticket within its envelope."""
        inner = first(record, ("helpdesk_ticket", "ticket"))
        return {**record, **inner} if isinstance(inner, dict) else record

    def is_whole(self, record: Record) -> bool:
        """A ticket, in its envelope or not, or a message."""
        return "helpdesk_ticket" in record or "ticket" in record or _is_ticket(record) or super().is_whole(record)

    def evidence(self, key: str, record: Record) -> str:
        """A ticket's own fields, or a conversation's."""
        record = self.opened(record)
        return "requester_id, responder_id, source" if _is_ticket(record) else super().evidence(key, record)

    def start(self, record: Record) -> Record | None:
        """The description; a ticket that an agent wrote to a customer (source 10) begins with the agent."""
        text = first(record, ("description_text", "description", "description_html"))
        if not _is_ticket(record) or text is None:
            return None
        return {"id": "description", "created_at": record.get("created_at"), "body": text, "private": False,
                "incoming": key_of(record.get("source")) != "10", "user_id": record.get("requester_id")}  # fmt: skip

    def told(self, message: Record, talk: Record) -> Role | str:
        """Incoming is the customer's; in old exports also what the requester wrote."""
        own = key_of(message.get("user_id"))
        asked = own and own == key_of(talk.get("requester_id")) and message.get("id") != "description"
        if message.get("incoming") is True or asked:
            return Role.CUSTOMER
        return Role.BOT if message.get("user_id", own) is None else Role.AGENT  # a greeting that nobody wrote

    def private(self, message: Record) -> bool:
        """Notes among agents."""
        return message.get("private") is True

    def content(self, message: Record) -> str:
        """``body_text`` is plain, the others may hold markup."""
        plain = message.get("body_text")
        return plain if isinstance(plain, str) and plain.strip() else html_to_text(key_of(first(message, self.text)))

    def speaker(self, message: Record, talk: Record) -> str:
        """The requester's name where the ticket has it."""
        user = key_of(message.get("user_id"))
        known = mapping_of(talk.get("requester"))
        return full_name(known) if known and key_of(known.get("id")) == user else user


def _is_ticket(record: Record) -> bool:
    return {"requester_id", "responder_id", "source"} <= record.keys()


class Freshchat(ApiShape):
    """Messages of conversations."""

    name = "freshchat"
    arrays = frozenset({"messages"})
    signs = ("message_parts", "actor_type")
    conversation = ("conversation_id",)
    sent = ("created_time",)
    sender = ("actor_name", "actor_id")
    role = ("actor_type",)
    roles: ClassVar[Mapping[str, Role]] = _SIDES

    def told(self, message: Record, talk: Record) -> Role | str:
        """What the program says is a system line."""
        return Role.SYSTEM if message.get("message_type") == "system" else super().told(message, talk)

    def private(self, message: Record) -> bool:
        """Notes among agents."""
        return message.get("message_type") == "private"

    def content(self, message: Record) -> str:
        """All parts with a text."""
        parts = objects_of(message.get("message_parts"))
        return "\n".join(html_to_text(key_of(at(part, "text.content"))) for part in parts if "text" in part)

    def attached(self, message: Record) -> list[str]:
        """Pictures, files and recordings among the parts."""
        parts = [mapping_of(part.get(kind)) for part in objects_of(message.get("message_parts"))
                 for kind in ("image", "file", "video", "audio") if kind in part]  # fmt: skip
        return [file_name(key_of(first(part, ("name", "url"))) or "file") for part in parts]


class HelpScout(ApiShape):
    """Conversations with embedded threads, webhooks, and the threads of one conversation; newest first there."""

    name = "helpscout"
    arrays = frozenset({"conversations"})
    signs = ("type", "createdAt", "createdBy")
    inner = ("_embedded.threads", "threads")
    outer = ("id", "number")
    sent = ("createdAt",)
    text = ("body", "text")
    html = True
    sender = ("createdBy", "author")
    files = ("attachments", "_embedded.attachments")
    _kinds = frozenset({"customer", "message", "reply", "note", "chat", "phone", "beaconchat", "forwardparent"})

    def is_message(self, record: Record) -> bool:
        """A thread; a conversation has these fields too, but also a number."""
        wrote = isinstance(record.get("createdBy"), dict) or isinstance(record.get("author"), dict)
        return wrote and {"type", "createdAt"} <= record.keys() and "mailboxId" not in record

    def evidence(self, key: str, record: Record) -> str:
        """Threads whose writers are customers or users."""
        inner = self.messages(record) or ([record] if key == "threads" else [])
        kinds = {word_of(item.get("type")) for item in inner if self.is_message(item)}
        return "threads: type, createdAt, createdBy" if kinds & self._kinds else ""

    def wanted(self, message: Record) -> bool:
        """Line items only tell of a state."""
        return word_of(message.get("type")) in self._kinds and message.get("state") != "draft"

    def told(self, message: Record, _talk: Record) -> Role | str:
        """The kind of its writer."""
        return Role.CUSTOMER if at(first(message, self.sender), "type") == "customer" else Role.AGENT

    def private(self, message: Record) -> bool:
        """Notes."""
        return message.get("type") == "note"

    def conversation_of(self, message: Record, talk: Record) -> str:
        """The id, or the part of its address where only the threads were asked for."""
        address = key_of(at(talk, "_links.self.href")).partition("/conversations/")[2]
        return super().conversation_of(message, talk) or address.partition("/")[0]


class HubSpot(ApiShape):
    """Messages of threads in the inbox."""

    name = "hubspot"
    arrays = frozenset({"results"})
    signs = ("type", "createdBy", "conversationsThreadId")
    conversation = ("conversationsThreadId",)
    sent = ("createdAt",)
    text = ("text", "richText")

    def is_message(self, record: Record) -> bool:
        """Older answers have no thread in each message."""
        return {"type", "createdBy", "createdAt"} <= record.keys() and bool(
            record.keys() & {"conversationsThreadId", "truncationStatus", "channelAccountId"}
        )

    def wanted(self, message: Record) -> bool:
        """Changes of a thread's state hold no text."""
        return message.get("type") in ("MESSAGE", "COMMENT", "WELCOME_MESSAGE")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """The letter in front of an actor's id says what it is; V is a visitor."""
        if message.get("direction") == "INCOMING" or key_of(message.get("createdBy")).startswith("V-"):
            return Role.CUSTOMER
        kind = key_of(message.get("createdBy"))[:2]
        return Role.BOT if kind in ("B-", "L-") else Role.SYSTEM if kind == "S-" else Role.AGENT

    def private(self, message: Record) -> bool:
        """Comments are among colleagues."""
        return message.get("type") == "COMMENT"

    def speaker(self, message: Record, _talk: Record) -> str:
        """The first sender's name."""
        senders = objects_of(message.get("senders"))
        return key_of(first(senders[0], ("name", "deliveryIdentifier.value"))) if senders else ""


class Crisp(ApiShape):
    """Messages of the API, and conversations as Crisp's own importer takes them."""

    name = "crisp"
    arrays = frozenset({"data"})
    signs = ("from",)
    inner = ("messages",)
    conversation = ("session_id",)
    outer = ("session_id",)
    message = ("fingerprint",)
    sent = ("timestamp", "date")
    sender = ("user",)
    role = ("from",)
    roles: ClassVar[Mapping[str, Role]] = _SIDES

    def is_message(self, record: Record) -> bool:
        """Of the API, or of a file for the importer."""
        for_importer = "date" in record and bool({"text", "note"} & record.keys())
        of_api = {"session_id", "fingerprint"} <= record.keys()
        return record.get("from") in ("user", "operator") and (of_api or for_importer)

    def evidence(self, key: str, record: Record) -> str:
        """Sessions and fingerprints, or a user beside the messages."""
        return super().evidence(key, record) and "from: user, operator"

    def wanted(self, message: Record) -> bool:
        """Events only tell of a state."""
        return message.get("type") != "event"

    def told(self, message: Record, talk: Record) -> Role | str:
        """What a plug-in or a rule sent is a bot's."""
        automated = message.get("automated") is True or ":bot" in word_of(message.get("origin"))
        return Role.BOT if automated and message.get("from") == "operator" else super().told(message, talk)

    def private(self, message: Record) -> bool:
        """Notes."""
        return message.get("type") == "note" or "note" in message

    def content(self, message: Record) -> str:
        """Texts, and the text of what is to be filled in or picked from."""
        value = first(message, ("content", "text", "note"))
        return value if isinstance(value, str) else key_of(first(value, ("text", "title")))

    def attached(self, message: Record) -> list[str]:
        """The one file of a message."""
        value = message.get("content")
        named = first(value, ("name", "url")) if "url" in mapping_of(value) else None
        return [file_name(key_of(named))] if named else []

    def speaker(self, message: Record, talk: Record) -> str:
        """The nickname; in files for the importer only the customer has a name."""
        known = full_name(message.get("user"))
        return known or (full_name(talk.get("user")) if message.get("from") == "user" else "")


class Tawk(ApiShape):
    """Chats of the API and webhooks of transcripts."""

    name = "tawk"
    arrays = frozenset({"data", "chats"})
    signs = ("sender.t", "msg", "time")
    inner = ("messages",)
    sent = ("time",)
    text = ("msg",)
    sender = ("sender.n",)
    role = ("sender.t",)
    roles: ClassVar[Mapping[str, Role]] = _SIDES
    files = ("attchs",)
    file_keys = ("name", "url", "content.file.name")

    def opened(self, record: Record) -> Record:
        """The chat in a webhook's call."""
        return mapping_of(record.get("chat")) or record

    def is_whole(self, record: Record) -> bool:
        """A chat or a call about one."""
        return super().is_whole(self.opened(record))


class Front(ApiShape):
    """Messages and comments of conversations."""

    name = "front"
    arrays = frozenset({"_results"})
    signs = ("is_inbound", "blurb", "recipients")
    sent = ("created_at",)
    text = ("text", "body")
    html = True
    sender = ("author",)
    message = ("id",)

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Inbound is the customer's."""
        return Role.CUSTOMER if message.get("is_inbound") is True else Role.AGENT

    def content(self, message: Record) -> str:
        """``text`` is plain."""
        plain = message.get("text")
        return plain if isinstance(plain, str) and plain.strip() else super().content(message)

    def speaker(self, message: Record, _talk: Record) -> str:
        """The teammate, else the address that it came from."""
        senders = [item for item in objects_of(message.get("recipients")) if item.get("role") == "from"]
        return full_name(message.get("author")) or (key_of(first(senders[0], ("name", "handle"))) if senders else "")

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """The last part of the conversation's address."""
        return file_name(key_of(at(message, "_links.related.conversation")))


class ZendeskChat(ApiShape):
    """Chats with their history, and messages that visitors left while nobody was there."""

    name = "zendeskchat"
    arrays = frozenset({"chats"})
    signs = ("type", "timestamp", "nick")
    inner = ("history",)
    message = ("msg_id",)
    sent = ("timestamp",)
    text = ("msg",)
    sender = ("name",)
    files = ("attachment",)

    def is_message(self, record: Record) -> bool:
        """An event of a chat."""
        return word_of(record.get("type")).startswith("chat.") and "timestamp" in record

    def is_whole(self, record: Record) -> bool:
        """A chat, also one that nobody answered."""
        return bool(self.messages(record)) or record.get("type") == "offline_msg"

    def evidence(self, key: str, record: Record) -> str:
        """The kinds of events, or of the message that was left."""
        if record.get("type") == "offline_msg" and "visitor" in record:
            return "type: offline_msg"
        return "history: chat.msg" if super().evidence(key, record) else ""

    def start(self, record: Record) -> Record | None:
        """What was left while nobody was there."""
        if record.get("type") != "offline_msg" or not record.get("message"):
            return None
        return {"type": "chat.msg", "msg_id": record.get("id"), "timestamp": record.get("timestamp"), "nick": "visitor",
                "msg": record["message"], "name": full_name(record.get("visitor"))}  # fmt: skip

    def wanted(self, message: Record) -> bool:
        """Joining, leaving and rating hold no text."""
        return message.get("type") in ("chat.msg", "chat.file")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """The nick is ``visitor``, ``agent:NUMBER`` or a trigger's."""
        nick, kind = key_of(message.get("nick")), key_of(message.get("sender_type")).casefold()
        if kind == "trigger" or nick.startswith("agent:trigger") or is_bot_name(key_of(message.get("name"))):
            return Role.BOT
        return Role.CUSTOMER if nick.startswith("visitor") or kind == "visitor" else Role.AGENT

    def rating(self, talk: Record) -> float | None:
        """Good or bad."""
        return {"good": GOOD_RATING, "bad": BAD_RATING}.get(word_of(talk.get("rating")))


class Sunshine(ApiShape):
    """Messages of Zendesk messaging (Sunshine Conversations), one conversation a file, and calls about messages."""

    name = "sunshine"
    arrays = frozenset({"messages"})
    signs = ("received", "author.type", "content.type")
    conversation = ("conversation.id",)
    sent = ("received",)
    text = ("content.text", "content.altText")
    sender = ("author.displayName",)
    files = ("content",)
    file_keys = ("mediaUrl",)
    role = ("author.type",)
    roles: ClassVar[Mapping[str, Role]] = {"user": Role.CUSTOMER, "business": Role.AGENT}

    def is_whole(self, record: Record) -> bool:
        """A call, or a message."""
        return bool(self.messages(record)) or super().is_whole(record)

    def evidence(self, key: str, record: Record) -> str:
        """A message, alone or as a call's event holds it."""
        return super().evidence(key, mapping_of(at(record, "payload.message")) or record)

    def messages(self, record: Record) -> list[Record]:
        """The messages of a call with their conversations."""
        loads = [mapping_of(event.get("payload")) for event in objects_of(record.get("events"))]
        return [{**load["message"], "conversation": load.get("conversation")} for load in loads
                if isinstance(load.get("message"), dict)]  # fmt: skip

    def told(self, message: Record, talk: Record) -> Role | str:
        """A business that is called a bot is one."""
        business = at(message, "author.type") == "business"
        return Role.BOT if business and is_bot_name(self.speaker(message, talk)) else super().told(message, talk)


IMPORTERS = (Freshdesk(), Freshchat(), HelpScout(), HubSpot(), Crisp(), Tawk(), Front(), ZendeskChat(), Sunshine())
