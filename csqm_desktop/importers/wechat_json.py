"""WeChat chats as JSON of backup tools: WeFlow's own layout, and ChatLab's, which has chats of other programs too."""

from __future__ import annotations

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, at, first
from csqm_desktop.importers.neutral import content_id, file_name, key_of, mapping_of, word_of

_SYSTEM, _TEXTS = "10000", frozenset({"1", "10000", "49", "244813135921", "266287972401", "50"})
_KINDS = {"3": "image", "34": "voice", "43": "video", "47": "sticker", "48": "location", "42": "card"}
_LAB_FILES = {1: "image", 2: "voice", 3: "video", 4: "file", 5: "sticker", 8: "location"}
_LAB_SYSTEM = (22, 80, 81)


class WeFlow(ApiShape):
    """One chat; whose computer it was works for the shop."""

    name = "wechat"
    by_name = True  # what lies around the messages is needed
    signs = ("createTime", "localType", "isSend")
    arrays = frozenset({"messages"})
    message = ("platformMessageId", "localId")
    sent = ("createTime",)
    sender = ("senderDisplayName", "senderUsername")

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Sent from here, or received."""
        if key_of(message.get("localType")) == _SYSTEM:
            return Role.SYSTEM
        return Role.AGENT if key_of(message.get("isSend")) in ("1", "true") else Role.CUSTOMER

    def content(self, message: Record) -> str:
        """The text of what is text."""
        return key_of(message.get("content")) if key_of(message.get("localType")) not in _KINDS else ""

    def attached(self, message: Record) -> list[str]:
        """What else there is by its kind, or by its name where it was saved."""
        kind = _KINDS.get(key_of(message.get("localType")))
        said = key_of(message.get("content"))
        return [file_name(said) if "." in said and "/" in said else kind] if kind else []

    def conversation_of(self, _message: Record, talk: Record) -> str:
        """As in the table of such tools, without showing whose it is."""
        known = key_of(first(talk, ("session.wxid", "session.displayName", "session.nickname")))
        return f"wechat-{content_id(known)}" if known else ""


class ChatLab(ApiShape):
    """One chat; the owner, where the file names one, works for the shop, else names tell."""

    name = "wechat"
    by_name = True
    signs = ("sender", "accountName", "timestamp", "type")
    arrays = frozenset({"messages"})
    message = ("platformMessageId",)
    sent = ("timestamp",)
    sender = ("groupNickname", "accountName", "sender")

    def is_message(self, record: Record) -> bool:
        """A message; in JSON lines the kind of each line is told."""
        return super().is_message(record) and "content" in record and record.get("_type", "message") == "message"

    def evidence(self, key: str, record: Record) -> str:
        """The head of the file, or messages."""
        head = "chatlab" in record or record.get("_type") in ("header", "member")
        return "chatlab" if head else super().evidence(key, record)

    def told(self, message: Record, talk: Record) -> Role | str:
        """By the owner's id."""
        if message.get("type") in _LAB_SYSTEM:
            return Role.SYSTEM
        owner = key_of(at(talk, "meta.ownerId"))
        if not owner or at(talk, "meta.type") == "group":
            return ""
        return Role.AGENT if key_of(message.get("sender")) == owner else Role.CUSTOMER

    def content(self, message: Record) -> str:
        """The text of what is text."""
        return "" if _lab_kind(message) else key_of(message.get("content"))

    def attached(self, message: Record) -> list[str]:
        """Anything else by its kind."""
        return [kind] if (kind := _lab_kind(message)) else []

    def customer(self, talk: Record) -> str:
        """A private chat is called after who is not the owner."""
        meta = mapping_of(talk.get("meta"))
        return word_of(meta.get("name")) if meta.get("type") == "private" else ""

    def conversation_of(self, _message: Record, talk: Record) -> str:
        """The chat, without showing whose it is."""
        meta = mapping_of(talk.get("meta"))
        known = key_of(first(meta, ("groupId", "name")))
        return f"{word_of(meta.get('platform')) or 'chat'}-{content_id(known)}" if known else ""


def _lab_kind(message: Record) -> str:
    kind = message.get("type")
    return _LAB_FILES.get(kind, "") if isinstance(kind, int) else ""
