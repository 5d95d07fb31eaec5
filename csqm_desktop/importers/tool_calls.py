"""What a language model asked of its tools and what they gave back, as text: no customer saw it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from csqm_desktop.importers.neutral import key_of, mapping_of, objects_of


def tool_calls(content: object, facts: dict[str, Any]) -> Iterator[str]:
    """``name(arguments)`` of each call beside a turn or among its parts, and results among its parts."""
    calls = [*objects_of(facts.get("tool_calls")), mapping_of(facts.get("function_call"))]
    for call in filter(None, calls):
        function = mapping_of(call.get("function")) or mapping_of(call.get("custom")) or call
        yield f"{key_of(function.get('name'))}({_text(function.get('arguments', function.get('input')))})"
    for part in objects_of(content):
        if part.get("type") == "tool_use":
            yield f"{key_of(part.get('name'))}({_text(part.get('input'))})"
        elif part.get("type") == "tool_result":
            yield _text(part.get("content"))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    parts = [part["text"] for part in objects_of(value) if isinstance(part.get("text"), str)]
    return "\n".join(parts) or ("" if value is None else json.dumps(value, ensure_ascii=False))
