"""Still more help desks, a class for each: Gladly, Dixa, Zoho Desk and SalesIQ, Jira Service Management, easemob."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.api_shapes import ApiShape, Record, at, first
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.neutral import content_id, file_name, key_of, mapping_of, objects_of, word_of


class Gladly(ApiShape):
    """Items of conversations."""

    name = "gladly"
    signs = ("conversationId", "initiator.type", "content.type", "timestamp")
    conversation = ("conversationId",)
    sent = ("timestamp",)
    sender = ("initiator.id",)
    role = ("initiator.type",)
    roles: ClassVar[Mapping[str, Role]] = {
        "customer": Role.CUSTOMER, "agent": Role.AGENT, "system": Role.SYSTEM, "bot": Role.BOT, "job": Role.SYSTEM,
    }  # fmt: skip

    def wanted(self, message: Record) -> bool:
        """Changes of a state, of the topic and of the assignee are no messages."""
        return not word_of(at(message, "content.type")).endswith("_CHANGE")

    def private(self, message: Record) -> bool:
        """Notes."""
        return word_of(at(message, "content.type")).endswith("NOTE")

    def content(self, message: Record) -> str:
        """What was written; mails as markup, below their subjects."""
        said = key_of(first(message, ("content.content", "content.body")))
        subject = word_of(at(message, "content.subject"))
        return "\n".join(filter(None, [subject, html_to_text(said)]))


class Dixa(ApiShape):
    """Messages of the export."""

    name = "dixa"
    signs = ("csid", "author_id", "direction", "created_at")
    conversation = ("csid",)
    sent = ("created_at",)
    text = ("text",)
    html = True
    sender = ("author_name", "author_email")
    role = ("direction",)
    roles: ClassVar[Mapping[str, Role]] = {"inbound": Role.CUSTOMER, "outbound": Role.AGENT}


class SalesIq(ApiShape):
    """Messages of one visit; they do not name it, it is the file."""

    name = "salesiq"
    signs = ("sequence_id", "sender.type", "message", "time")
    arrays = frozenset({"data"})
    sent = ("time",)
    text = ("message.text", "message.caption")
    sender = ("sender.name",)
    role = ("sender.type",)
    roles: ClassVar[Mapping[str, Role]] = {
        "visitor": Role.CUSTOMER, "operator": Role.AGENT, "user": Role.AGENT, "bot": Role.BOT, "system": Role.SYSTEM,
    }  # fmt: skip
    files = ("message.file",)


class ZohoDesk(ApiShape):
    """Threads and comments of one ticket."""

    name = "zohodesk"
    arrays = frozenset({"data"})
    conversation = ("ticketId",)
    sent = ("createdTime", "commentedTime")
    text = ("content", "plainText", "summary")
    html = True
    sender = ("author.name", "commenter.name")

    def is_message(self, record: Record) -> bool:
        """With the writer's kind and Zoho's names of times."""
        kind = word_of(first(record, ("author.type", "commenter.type")))
        return kind in ("END_USER", "AGENT", "SYSTEM") and first(record, self.sent) is not None

    def evidence(self, _key: str, record: Record) -> str:
        """The writer's kind."""
        return "author.type, createdTime" if self.is_message(record) else ""

    def told(self, message: Record, _talk: Record) -> Role | str:
        """End users ask."""
        kind = word_of(first(message, ("author.type", "commenter.type")))
        return {"END_USER": Role.CUSTOMER, "SYSTEM": Role.SYSTEM}.get(kind, Role.AGENT)

    def private(self, message: Record) -> bool:
        """What is not public."""
        return message.get("isPublic") is False or message.get("visibility") == "private"


class JiraService(ApiShape):
    """Requests with their comments; who reported them asks, the others answer."""

    name = "jira"
    arrays = frozenset({"issues", "values"})
    inner = ("fields.comment.comments",)
    outer = ("key", "id")
    sent = ("created",)
    sender = ("author.displayName", "author.name")

    def is_whole(self, record: Record) -> bool:
        """A request."""
        return isinstance(record.get("fields"), dict)

    def evidence(self, _key: str, record: Record) -> str:
        """A reporter, and comments or a description."""
        fields = mapping_of(record.get("fields"))
        known = "reporter" in fields and fields.keys() & {"comment", "description"}
        return "fields: reporter, comment" if known else ""

    def start(self, record: Record) -> Record | None:
        """The description."""
        fields = mapping_of(record.get("fields"))
        if not fields.get("description"):
            return None
        return {"id": "description", "created": fields.get("created"), "body": fields["description"],
                "author": fields.get("reporter")}  # fmt: skip

    def told(self, message: Record, talk: Record) -> Role | str:
        """By the reporter's account."""
        asked, wrote = (_account(at(talk, "fields.reporter")), _account(message.get("author")))
        return Role.CUSTOMER if asked and asked == wrote else Role.AGENT

    def private(self, message: Record) -> bool:
        """Comments among colleagues."""
        return message.get("jsdPublic") is False

    def content(self, message: Record) -> str:
        """Plain, or as a tree of paragraphs."""
        body = message.get("body")
        return body if isinstance(body, str) else "\n".join(filter(None, map(_words, objects_of(at(body, "content")))))


def _account(person: object) -> str:
    return key_of(first(person, ("accountId", "key", "name", "emailAddress", "displayName")))


def _words(node: Any, depth: int = 0) -> str:
    if depth > _DEEPEST or not isinstance(node, dict):
        return ""
    own = word_of(node.get("text")) or ("\n" if node.get("type") == "hardBreak" else word_of(at(node, "attrs.text")))
    return own + "".join(_words(inner, depth + 1) for inner in objects_of(node.get("content")))


_DEEPEST = 20


class Easemob(ApiShape):
    """Messages of 环信, one a line: who is who is told over the whole file, or by what its help desk adds."""

    name = "easemob"
    least_share = 0.3  # the sample counts payloads by themselves
    by_name = each = True
    signs = ("msg_id", "from", "to", "payload.bodies")
    arrays = frozenset({"entities", "data"})
    message = ("msg_id",)
    sent = ("timestamp", "created")
    sender = ("from",)

    def evidence(self, _key: str, record: Record) -> str:
        """Names beside the payload."""
        return "msg_id, from, to, chat_type" if {"msg_id", "from", "to", "chat_type"} <= record.keys() else ""

    def told(self, message: Record, _talk: Record) -> Role | str:
        """The help desk adds its agent, or the visitor."""
        desk = mapping_of(at(message, "payload.ext.weichat"))
        if mapping_of(desk.get("agent")):
            return Role.AGENT
        return Role.CUSTOMER if mapping_of(desk.get("visitor")) else ""

    def content(self, message: Record) -> str:
        """Texts."""
        bodies = objects_of(at(message, "payload.bodies"))
        return "\n".join(word_of(body.get("msg")) for body in bodies if body.get("type") in ("txt", "cmd"))

    def attached(self, message: Record) -> list[str]:
        """Anything else by its name or its kind."""
        bodies = [body for body in objects_of(at(message, "payload.bodies")) if body.get("type") not in ("txt", "cmd")]
        return [file_name(word_of(body.get("filename"))) or word_of(body.get("type")) or "file" for body in bodies]

    def conversation_of(self, message: Record, _talk: Record) -> str:
        """The group, or the two, without showing who they are."""
        if key_of(message.get("chat_type")) in ("groupchat", "chatgroup", "chatroom"):
            return f"easemob-{key_of(message.get('to'))}"
        return "easemob-" + content_id(sorted((key_of(message.get("from")), key_of(message.get("to")))))


IMPORTERS = (Gladly(), Dixa(), SalesIq(), ZohoDesk(), JiraService(), Easemob())
