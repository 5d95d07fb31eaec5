"""OpenAI-style chats: ``{"messages": [{"role": …, "content": …}]}`` on each line, also inside a request's ``body``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from csqm_desktop.importers.json_walk import JsonLayout
from csqm_desktop.importers.model_chats import ROLES, ModelChats, Said
from csqm_desktop.importers.neutral import mapping_of, objects_of

_HOLDERS = ("body", "input", "request")  # around ``messages`` in requests and preference data
_MESSAGE_KEYS = frozenset({
    "role", "content", "name", "tool_calls", "tool_call_id", "function_call", "refusal", "weight", "audio",
    "annotations", "reasoning_content", "reasoning", "tool_name",
})  # fmt: skip


_LANGCHAIN = {
    "human": "user", "ai": "assistant", "system": "system", "tool": "tool", "function": "function",
    "HumanMessage": "user", "AIMessage": "assistant", "SystemMessage": "system", "ToolMessage": "tool",
    "FunctionMessage": "function",
}  # fmt: skip
_BATCH = frozenset({"id", "custom_id", "error", "method", "url", "body"})  # what stands around an answer of a batch


class _Chats(ModelChats):
    """Lines of chats."""

    def said(self, record: dict[str, Any]) -> Sequence[Said] | None:
        """The messages, with the answer of a logged request if there is one."""
        found = _messages(record)
        if found is None:
            return None if "role" in record or "role" in _message(record) else []
        answers = _choices(record)
        found = found + [mapping_of(answer.get("message")) for answer in answers[:1]]
        return [(role, item.get("content"), item) for item in found if isinstance(role := item.get("role"), str)]

    def alone(self, record: dict[str, Any]) -> dict[str, Any]:
        """One message, also LangChain's."""
        return _message(record)


def _choices(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Answers in a log, in a line that a batch gives back, or in an answer as it is."""
    answer = mapping_of(record.get("response"))
    for holder in (mapping_of(answer.get("body")), answer, mapping_of(record.get("body")), record):
        if found := [choice for choice in objects_of(holder.get("choices")) if "message" in choice]:
            return found
    return []


def _messages(record: dict[str, Any]) -> list[dict[str, Any]] | None:
    for holder in (record, *(mapping_of(record.get(name)) for name in _HOLDERS)):
        if isinstance(holder.get("messages"), list):
            return list(map(_message, objects_of(holder["messages"])))
    return [] if _choices(record) else None


def _message(record: dict[str, Any]) -> dict[str, Any]:
    """A message of LangChain, as a program keeps it or prints it, in OpenAI's words; any other as it is."""
    name = record["id"][-1] if isinstance(record.get("id"), list) and record["id"] else record.get("type")
    role = _LANGCHAIN.get(name.removesuffix("Chunk")) if isinstance(name, str) and "role" not in record else None
    inner = mapping_of(record.get("data")) or mapping_of(record.get("kwargs")) or record
    return (
        {**{key: inner[key] for key in _MESSAGE_KEYS & inner.keys()}, "role": role}
        if role and "content" in inner
        else record
    )


class _OpenAI(JsonLayout):
    name = "openai"
    least_share = 0.5  # the sample counts what LangChain wraps by itself
    arrays = frozenset({"data", "items", "examples", "conversations", "train"})
    converter = _Chats

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A chat."""
        return _messages(record) is not None or "role" in _message(record)

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Messages whose roles are those of the API and that have nothing else of a table."""
        if key in ("messages", "") and _is_message(record):
            return "messages: role, content"
        if not key and "custom_id" in record and record.keys() <= _BATCH:
            return "custom_id"
        if key == "choices" and _is_message(mapping_of(record.get("message"))):
            return "choices: message"
        nested = _messages(record) or [mapping_of(choice["message"]) for choice in _choices(record)]
        return "messages: role, content" if nested and all(map(_is_message, nested)) else ""


def _is_message(record: dict[str, Any]) -> bool:
    record = _message(record)
    role = record.get("role")
    has_content = "content" in record or "tool_calls" in record
    return isinstance(role, str) and role in ROLES and has_content and not record.keys() - _MESSAGE_KEYS


IMPORTER = _OpenAI()
