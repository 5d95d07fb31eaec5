"""ChatGPT's and DeepSeek's account exports: each conversation is a tree; the branch that was open last is read.

Questions that were written again and answers that were asked for again lie beside it and are left out, as on screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.neutral import content_id, file_name, file_names, key_of, mapping_of, objects_of, word_of

_ROLES = {"user": Role.CUSTOMER, "assistant": Role.BOT, "system": Role.SYSTEM, "tool": Role.SYSTEM}
_INNER = frozenset({"thoughts", "reasoning_recap", "user_editable_context", "model_editable_context", "code"})
_THOUGHT = ("THINK", "SEARCH")
_LONGEST = 100_000  # messages of a branch

Record = dict[str, Any]


class _Trees(Converter):
    """Conversations."""

    def rows(self, _key: str, record: Record) -> Iterator[Record]:
        """The messages of the open branch, from its beginning."""
        sent = record.get("create_time") or record.get("inserted_at")
        conversation = key_of(record.get("conversation_id")) or key_of(record.get("id")) or content_id(record)
        for message in _branch(record):
            role = word_of(mapping_of(message.get("author")).get("role"))
            text, files = _content(message)
            sent = message.get("create_time") or sent
            inner = _is_inner(message, role)
            if text.strip() or files:
                yield {
                    "conversation_id": conversation,
                    "message_id": key_of(message.get("id")),
                    "sent_at": sent,
                    "role": Role.SYSTEM if inner else _ROLES.get(role, role),
                    "text": text,
                    "attachments": files,
                    "private": inner,
                    "bot_version": "" if inner else _model(message, role),
                }


def _branch(record: Record) -> list[Record]:
    """The messages from the root to the open end; without one, along the newest children."""
    nodes = mapping_of(record.get("mapping"))
    end = key_of(record.get("current_node"))
    found: list[Record] = []
    seen: set[str] = set()
    name = end if end in nodes else _newest(nodes)
    while name in nodes and name not in seen and len(found) < _LONGEST:
        seen.add(name)
        node = mapping_of(nodes[name])
        found.append(mapping_of(node.get("message")))
        name = key_of(node.get("parent"))
    return [part for message in reversed(found) if message for part in _parts(message)]


def _parts(message: Record) -> list[Record]:
    """A message, or those that DeepSeek keeps as its fragments: what was asked, thought and answered."""
    if not isinstance(message.get("fragments"), list):
        return [message]
    return [
        {
            "author": {"role": "user" if part.get("type") == "REQUEST" else "assistant"},
            "create_time": message.get("inserted_at"),
            "content": {
                "content_type": "thoughts" if part.get("type") in _THOUGHT else "text",
                "parts": [part.get("content")],
            },
            "metadata": {"model_slug": message.get("model")},
        }
        for part in objects_of(message["fragments"])
    ]


def _newest(nodes: Record) -> str:
    """The end that is reached by always taking the last child."""
    name = next((key for key, node in nodes.items() if not mapping_of(node).get("parent")), "")
    seen = {name}
    while True:
        children = mapping_of(nodes.get(name)).get("children")
        last = key_of(children[-1]) if isinstance(children, list) and children else ""
        if last in seen or last not in nodes:
            return name
        seen.add(last)
        name = last


def _is_inner(message: Record, role: str) -> bool:
    """Whether the user never saw it: what went to and came from tools, what the program told the model."""
    kind = word_of(mapping_of(message.get("content")).get("content_type"))
    to = word_of(message.get("recipient")) or "all"
    hidden = mapping_of(message.get("metadata")).get("is_visually_hidden_from_conversation") is True
    return role in ("system", "tool") or to != "all" or hidden or kind in _INNER


def _content(message: Record) -> tuple[str, list[str]]:
    content = mapping_of(message.get("content"))
    parts = content.get("parts")
    texts = [part for part in parts if isinstance(part, str)] if isinstance(parts, list) else []
    files = file_names(mapping_of(message.get("metadata")).get("attachments"), "name")
    for part in objects_of(parts):
        if text := word_of(part.get("text")):
            texts.append(text)
        elif (pointer := word_of(part.get("asset_pointer"))) and not files:
            files.append(file_name(pointer.replace("://", "/")))
    return "\n".join(filter(str.strip, texts)) or word_of(content.get("text")), files


def _model(message: Record, role: str) -> str:
    return key_of(mapping_of(message.get("metadata")).get("model_slug")) if role == "assistant" else ""


class _ChatGpt(JsonLayout):
    name = "chatgpt"
    endings = (".json",)
    arrays = frozenset({"conversations", "items"})
    converter = _Trees

    def is_whole(self, record: Record) -> bool:
        """A conversation."""
        return isinstance(record.get("mapping"), dict)

    def evidence(self, _key: str, record: Record) -> str:
        """A tree of messages."""
        nodes = list(mapping_of(record.get("mapping")).values())[:3]
        return "mapping: message, parent, children" if any("children" in mapping_of(node) for node in nodes) else ""


IMPORTER = _ChatGpt()
