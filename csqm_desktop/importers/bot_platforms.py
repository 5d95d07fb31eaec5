"""Conversations of platforms on which bots are built or models are talked to: Voiceflow, LibreChat, Botpress."""

from __future__ import annotations

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, at, first
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.neutral import file_name, key_of, mapping_of, objects_of, word_of

_ASKED = frozenset({"request", "action"})
_MOST_BRANCHES = 100_000  # messages of a tree


class Voiceflow(ApiShape):
    """A transcript: requests are the user's, traces with words the bot's; it does not name its conversation."""

    name = "voiceflow"
    least_share = 0.3  # the sample counts payloads by themselves
    signs = ("type", "payload", "turnID", "format")
    inner = ("transcript.logs", "logs")
    outer = ("transcript.sessionID", "transcript.id", "sessionID")
    message = ()
    sent = ("startTime", "createdAt")
    files = ()

    def is_message(self, record: Record) -> bool:
        """An entry of an older transcript, or of a newer one's log."""
        return super().is_message(record) or {"type", "data", "createdAt"} <= record.keys()

    def evidence(self, key: str, record: Record) -> str:
        """Names of an entry beside what it holds."""
        older = {"turnID", "format", "startTime"} <= record.keys()
        newer = key == "logs" and record.get("type") in ("action", "trace") and "createdAt" in record
        held = objects_of(first(record, self.inner))[:1]
        return (
            "turnID, format"
            if older or newer or any({"type", "data", "createdAt"} <= each.keys() for each in held)
            else ""
        )

    def told(self, message: Record, _talk: Record) -> Role | str:
        """Who an entry is of."""
        return Role.CUSTOMER if word_of(message.get("type")) in _ASKED else Role.BOT

    def content(self, message: Record) -> str:
        """What was typed or picked, what was answered, and the names of buttons."""
        inner = _voiceflow(message)
        kind, payload = word_of(inner.get("type")), inner.get("payload")
        if word_of(message.get("type")) in _ASKED:
            return payload if isinstance(payload, str) else key_of(first(payload, ("query", "label")))
        if kind in ("text", "speak", "message"):
            said = payload if isinstance(payload, str) else key_of(first(payload, ("message", "ai")))
            return html_to_text(said) or _slate(payload)
        if kind == "choice":
            return "\n".join(filter(None, (key_of(item.get("name")) for item in objects_of(at(payload, "buttons")))))
        cards = [mapping_of(payload), *objects_of(at(payload, "cards"))] if kind in ("cardV2", "carousel") else []
        parts = [first(card, (name, f"{name}.text")) for card in cards for name in ("title", "description")]
        return "\n".join(word_of(part) for part in parts if isinstance(part, str) and part)

    def attached(self, message: Record) -> list[str]:
        """Pictures by their last names."""
        image = word_of(at(_voiceflow(message), "payload.image"))
        return [file_name(image)] if image else []


def _voiceflow(message: Record) -> Record:
    return mapping_of(message.get("payload")) or mapping_of(message.get("data"))


def _slate(payload: object) -> str:
    """The words of a text that only has its form."""
    lines = objects_of(at(payload, "slate.content"))
    return "\n".join("".join(word_of(part.get("text")) for part in objects_of(line.get("children"))) for line in lines)


class LibreChat(ApiShape):
    """Messages, as a list or as a tree in which a question has several answers."""

    name = "librechat"
    signs = ("messageId", "conversationId", "isCreatedByUser")
    arrays = frozenset({"messages"})
    inner = ("messagesTree",)
    conversation = ("conversationId",)
    message = ("messageId",)
    sent = ("createdAt.$date", "createdAt")
    files = ("files",)
    file_keys = ("filename",)

    def messages(self, record: Record) -> list[Record]:
        """All messages of a tree, or of a question that holds its answers."""
        waiting = super().messages(record) or ([record] if objects_of(record.get("children")) else [])
        found: list[Record] = []
        while waiting and len(found) < _MOST_BRANCHES:
            message, *waiting = waiting
            found.append(message)
            waiting = objects_of(message.get("children")) + waiting
        return found

    def told(self, message: Record, _talk: Record) -> Role | str:
        """The user's or the model's."""
        return Role.CUSTOMER if message.get("isCreatedByUser") is True else Role.BOT

    def content(self, message: Record) -> str:
        """The text, or the texts among the parts."""
        parts = [part.get("text") for part in objects_of(message.get("content")) if part.get("type") == "text"]
        texts = [part if isinstance(part, str) else word_of(at(part, "value")) for part in parts]
        return word_of(message.get("text")) or "\n".join(filter(None, texts))


class Botpress(ApiShape):
    """Messages of conversations; what goes out is the bot's."""

    name = "botpress"
    signs = ("conversationId", "userId", "direction", "payload", "createdAt")
    arrays = frozenset({"messages"})
    conversation = ("conversationId",)
    sent = ("createdAt",)
    files = ()

    def told(self, message: Record, _talk: Record) -> Role | str:
        """By direction."""
        return {"incoming": Role.CUSTOMER, "outgoing": Role.BOT}.get(
            word_of(message.get("direction")), word_of(message.get("direction"))
        )

    def content(self, message: Record) -> str:
        """The text and the words of choices."""
        payload = mapping_of(message.get("payload"))
        choices = [word_of(option.get("label")) for option in objects_of(payload.get("options"))]
        words = [word_of(payload.get(name)) for name in ("text", "title", "subtitle", "markdown")]
        return "\n".join(filter(None, [*words, *choices]))

    def attached(self, message: Record) -> list[str]:
        """Files by their last names."""
        payload = mapping_of(message.get("payload"))
        address = key_of(first(payload, ("imageUrl", "fileUrl", "audioUrl", "videoUrl")))
        return [file_name(address)] if address else []


IMPORTERS = (Voiceflow(), LibreChat(), Botpress())
