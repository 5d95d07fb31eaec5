"""ShareGPT chats: ``{"conversations": [{"from": "human", "value": …}]}`` and its variants.

Some files put OpenAI's names into ``from``, some have ``role`` and ``content``, some have both sides of a round in
one object (``{"human": …, "assistant": …}``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from csqm_desktop.importers.json_walk import JsonLayout
from csqm_desktop.importers.model_chats import ROLES, ModelChats, Said
from csqm_desktop.importers.neutral import objects_of

_LISTS = ("conversations", "conversation")
_PICTURE = "<image>"
_ROUND = ("system", "human", "user", "assistant", "gpt", "bot")


class _Chats(ModelChats):
    """Lines of chats."""

    def said(self, record: dict[str, Any]) -> Sequence[Said] | None:
        """The system's prompt, if it stands apart, and the turns."""
        found = next((record[name] for name in _LISTS if isinstance(record.get(name), list)), None)
        if found is None:
            return None if "from" in record else []
        prompt = record.get("system")
        said: list[Said] = [("system", prompt, {})] if isinstance(prompt, str) and prompt.strip() else []
        for item in objects_of(found):
            said += _turn(item)
        return _with_pictures(said, record)


def _with_pictures(said: list[Said], record: dict[str, Any]) -> list[Said]:
    """Pictures are listed beside the turns, which have a mark for each."""
    pictures = [name for name in record.get("images") or [] if isinstance(name, str)]
    if not pictures:
        return said
    result: list[Said] = []
    for role, text, facts in said:
        count = text.count(_PICTURE) if isinstance(text, str) else 0
        mine, pictures = pictures[:count], pictures[count:]
        parts = [{"text": text}, *({"image": name} for name in mine)] if mine else text
        result.append((role, parts, facts))
    return result


def _turn(item: dict[str, Any]) -> list[Said]:
    role = item.get("from") or item.get("role")
    if isinstance(role, str):
        return [(role, item.get("value", item.get("content")), item)]
    return [("assistant" if name == "bot" else name, item[name], {}) for name in _ROUND if item.get(name)]


class _ShareGpt(JsonLayout):
    name = "sharegpt"
    arrays = frozenset({"data", "items", "examples", "train"})
    converter = _Chats

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A chat."""
        return any(isinstance(record.get(name), list) for name in _LISTS) or "from" in record

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Turns under one of the two names, in one of the notations."""
        if key in _LISTS or (not key and set(record) == {"from", "value"}):
            return _notation(record)
        lists = [objects_of(record.get(name)) for name in _LISTS]
        return next((found for turns in lists if turns and (found := _notation(turns[0]))), "")


def _notation(turn: dict[str, Any]) -> str:
    for role, text in (("from", "value"), ("role", "content")):
        called = turn.get(role)
        if isinstance(called, str) and called.casefold() in ROLES and text in turn:
            return f"conversations: {role}, {text}"
    if turn and turn.keys() <= set(_ROUND) and len(turn) > 1:
        return "conversation: " + ", ".join(turn)
    return ""


IMPORTER = _ShareGpt()
