"""The intake's own page: all addresses with their fields and examples, in one HTML text without scripts."""

from __future__ import annotations

import json
from html import escape
from typing import Any

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430;
  background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2.2rem } code, pre { font: 0.87rem/1.45 ui-monospace,
  monospace } pre { background: #f2f4f7; padding: .8rem 1rem; overflow-x: auto; border-radius: .5rem }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .3rem .6rem .3rem 0;
  border-bottom: 1px solid #d9dee6; vertical-align: top } .verb { color: #0b6a5c; font-weight: 600 }
@media (prefers-color-scheme: dark) { body { background: #14181f; color: #e4e8ee } pre { background: #1f2630 }
  td, th { border-color: #343d4a } .verb { color: #5fd0bd } }
"""
_EXAMPLE = {
    "conversation_id": "c-1024",
    "message_id": "7",
    "sent_at": "2026-09-01T08:00:00+08:00",
    "role": "bot",
    "sender": "ShopBot",
    "text": "Your parcel left the warehouse this morning.",
    "channel": "web",
}


def page(schema: dict[str, Any]) -> str:
    """The page for an OpenAPI description."""
    parts = [
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{escape(schema['info']['title'])}</title>"
        f"<style>{_STYLE}</style></head><body><h1>{escape(schema['info']['title'])}</h1>"
        f"<p>{escape(schema['info']['description'])} The machine-readable description is "
        "<a href='/openapi.json'>/openapi.json</a>.</p>",
        "<pre>" + escape(_curl()) + "</pre>",
    ]
    for path, operations in schema["paths"].items():
        parts += (_operation(schema, path, verb, operation) for verb, operation in operations.items())
    return "".join(parts) + "</body></html>"


def _curl() -> str:
    body = json.dumps(_EXAMPLE, indent=2)
    return (
        "curl http://127.0.0.1:8765/v1/messages \\\n  -H 'Authorization: Bearer TOKEN' \\\n"
        f"  -H 'Content-Type: application/json' \\\n  -d '{body}'"
    )


def _operation(schema: dict[str, Any], path: str, verb: str, operation: dict[str, Any]) -> str:
    text = f"<h2><span class='verb'>{verb.upper()}</span> <code>{escape(path)}</code></h2>"
    text += f"<p>{escape(operation.get('summary', ''))}.</p>"
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        text += _fields(_resolved(schema, body))
        inner = body.get("properties", {}).get("messages", {}).get("items")
        if inner:
            text += "<p>Each message:</p>" + _fields(_resolved(schema, inner))
    rows = "".join(
        f"<tr><td><code>{escape(status)}</code></td><td>{escape(answer.get('description', ''))}</td></tr>"
        for status, answer in sorted(operation.get("responses", {}).items())
    )
    return f"{text}<p>Answers:</p><table>{rows}</table>"


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    name = str(part.get("$ref", "")).rpartition("/")[2]
    found = schema.get("components", {}).get("schemas", {}).get(name, part)
    return found if isinstance(found, dict) else part


def _fields(shape: dict[str, Any]) -> str:
    needed = set(shape.get("required", ()))
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{'required' if name in needed else ''}</td>"
        f"<td>{escape(_kind(facts))}</td><td>{escape(facts.get('description', ''))}</td></tr>"
        for name, facts in shape.get("properties", {}).items()
    )
    return f"<table>{rows}</table>" if rows else ""


def _kind(facts: dict[str, Any]) -> str:
    if "enum" in facts:
        return " | ".join(map(str, facts["enum"]))
    if "anyOf" in facts:
        return " or ".join(_kind(part) for part in facts["anyOf"])
    text = str(facts.get("format") or facts.get("type") or "object")
    return f"{text}, up to {facts['maxLength']} characters" if "maxLength" in facts else text
