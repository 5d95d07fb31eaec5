"""What messengers send to a shop's program, one call a line or in a list: WhatsApp's cloud, Messenger, Instagram, LINE.

Calls tell of what customers wrote, and of what the shop wrote only where it is echoed.
"""

from __future__ import annotations

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, at, first
from csqm_desktop.importers.neutral import content_id, key_of, mapping_of, objects_of, word_of


class WhatsAppCloud(ApiShape):
    """Calls about messages of a telephone number."""

    name = "whatsappcloud"
    channel = "whatsapp"
    inner = ("entry",)
    sent = ("timestamp",)
    text = ("text.body", "button.text", "interactive.button_reply.title", "interactive.list_reply.title")
    sender = ("name",)

    def is_whole(self, record: Record) -> bool:
        """A call."""
        return isinstance(record.get("entry"), list)

    def is_message(self, record: Record) -> bool:
        """What lies in a call."""
        return "from" in record and "timestamp" in record and "type" in record

    def evidence(self, _key: str, record: Record) -> str:
        """The name of the service."""
        return "object: whatsapp_business_account" if record.get("object") == "whatsapp_business_account" else ""

    def messages(self, record: Record) -> list[Record]:
        """Messages, and echoes of those that the shop sent from a telephone."""
        changes = [change for entry in objects_of(record.get("entry")) for change in objects_of(entry.get("changes"))]
        found: list[Record] = []
        for value in (mapping_of(change.get("value")) for change in changes):
            names = {key_of(who.get("wa_id")): key_of(at(who, "profile.name"))
                     for who in objects_of(value.get("contacts"))}  # fmt: skip
            for message in objects_of(value.get("messages")):
                known = key_of(message.get("from"))
                found.append({**message, "customer": known, "name": names.get(known, "")})
            found += [{**message, "customer": message.get("to"), "echo": True, "name": ""}
                      for message in objects_of(value.get("message_echoes"))]  # fmt: skip
        return found

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Echoes are the shop's."""
        return Role.AGENT if message.get("echo") else Role.CUSTOMER

    def content(self, message: Record) -> str:
        """Texts, picked buttons, and captions."""
        kind = word_of(message.get("type"))
        return key_of(first(message, (*self.text, f"{kind}.caption")))

    def attached(self, message: Record) -> list[str]:
        """Anything that is no text, by its name or its kind."""
        kind = word_of(message.get("type"))
        if kind in ("text", "button", "interactive", "reaction", "system", ""):
            return []
        return [key_of(first(message, (f"{kind}.filename", f"{kind}.id"))) or kind]

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """The customer, without showing the number."""
        return f"whatsapp-{content_id(key_of(message.get('customer')))}"


class MessengerHooks(ApiShape):
    """Calls about messages of a page."""

    name = "messengerhooks"
    channel = "messenger"
    message = ("message.mid",)
    sent = ("timestamp",)
    text = ("message.text", "postback.title")
    sender = ("sender.name",)
    files = ("message.attachments",)
    file_keys = ("title", "type")

    def is_whole(self, record: Record) -> bool:
        """A call."""
        return isinstance(record.get("entry"), list)

    def is_message(self, record: Record) -> bool:
        """What lies in a call."""
        return {"sender", "recipient"} <= record.keys()

    def evidence(self, key: str, record: Record) -> str:
        """An entry with messages."""
        return "entry: messaging" if key == "entry" and objects_of(record.get("messaging")) else ""

    def messages(self, record: Record) -> list[Record]:
        """All of a call."""
        return [each for entry in objects_of(record.get("entry")) for name in ("messaging", "standby")
                for each in objects_of(entry.get(name)) if "message" in each or "postback" in each]  # fmt: skip

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Echoes are the shop's, those of a program the bot's."""
        if at(message, "message.is_echo") is not True:
            return Role.CUSTOMER
        return Role.BOT if key_of(at(message, "message.app_id")) else Role.AGENT

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """The customer's id for this page."""
        side = "recipient" if at(message, "message.is_echo") is True else "sender"
        return f"messenger-{content_id(key_of(at(message, f'{side}.id')))}"


class LineHooks(ApiShape):
    """Calls about messages to an official account."""

    name = "linehooks"
    channel = "line"
    signs = ("message.type", "source.type", "timestamp", "type")
    arrays = frozenset({"events"})
    message = ("message.id",)
    sent = ("timestamp",)
    text = ("message.text",)
    files = ()

    def wanted(self, message: Record) -> bool:
        """Following and leaving are no messages."""
        return message.get("type") == "message"

    def told(self, _message: Record, _talk: Record) -> Role | str:
        """Only what customers wrote is called about."""
        return Role.CUSTOMER

    def attached(self, message: Record) -> list[str]:
        """Anything that is no text, by its name or its kind."""
        kind = word_of(at(message, "message.type"))
        return [] if kind in ("text", "") else [key_of(at(message, "message.fileName")) or kind]

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """The group or the customer, without showing who it is."""
        source = mapping_of(message.get("source"))
        return f"line-{content_id(key_of(first(source, ('groupId', 'roomId', 'userId'))))}"


IMPORTERS = (WhatsAppCloud(), MessengerHooks(), LineHooks())
