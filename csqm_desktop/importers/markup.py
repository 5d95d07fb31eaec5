"""Cells that do not mean what their column says: texts that are markup, and ``public`` for the opposite of private.

Help desks export the bodies of messages as HTML, and tables do not say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from csqm_desktop.domain.exported import MESSAGE_COLUMNS
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.mapping import NOTES, ColumnMapping, says_public
from csqm_desktop.importers.records import as_text
from csqm_desktop.importers.words import FALSE_WORDS, TRUE_WORDS, normal

_BEGINS = re.compile(
    r"\s*<(?:!doctype html|html|head|body|meta|style|div|p|span|br|table|ul|ol|h[1-6]|blockquote|font|strong|b)\b"
    r"[^<>]*>",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.6  # of texts begin with an element
_WORDS = ("text", "value", "content")


def mends(
    headers: Sequence[str], samples: Sequence[Sequence[Any]], mapping: ColumnMapping
) -> dict[str, Callable[[Any], Any]]:
    """What has to be done to the values of which columns, before they are fields."""
    found: dict[str, Callable[[Any], Any]] = {}
    if column := marked_up(headers, samples, mapping):
        found[column] = plain
    elif column := _of_parts(headers, samples, mapping):
        found[column] = parts
    private = mapping.fields.get("private", "")
    if private in headers and says_public(private):
        found[private] = opposite
    elif private in headers and _has_kinds(samples, list(headers).index(private)):
        found[private] = is_note
    return found


def _of_parts(headers: Sequence[str], samples: Sequence[Sequence[Any]], mapping: ColumnMapping) -> str:
    """The column of texts if any is a list of parts, as programs for language models write them."""
    column = mapping.fields.get("text", "")
    at = list(headers).index(column) if column in headers else len(headers)
    return column if any(isinstance(row[at], list) for row in samples if at < len(row)) else ""


def parts(value: Any) -> Any:
    """The words of a list of parts; other values as they are."""
    if not isinstance(value, list):
        return value
    said = [part if isinstance(part, str) else _said(part) for part in value]
    return "\n".join(filter(None, said))


def _said(part: Any) -> str:
    """The text of a part, which may lie one object deeper; nothing for pictures and the like."""
    for _ in range(2):
        if not isinstance(part, dict):
            return ""
        found = next((part[name] for name in _WORDS if part.get(name)), None)
        if isinstance(found, str):
            return found
        part = found
    return ""


def _has_kinds(samples: Sequence[Sequence[Any]], at: int) -> bool:
    """Whether a column holds kinds of messages rather than yes and no."""
    words = {normal(as_text(row[at])) for row in samples if at < len(row)}
    return bool(words & NOTES) and bool(words - TRUE_WORDS - FALSE_WORDS)


def is_note(value: Any) -> str:
    """Whether a kind of message is one that no customer saw."""
    return "true" if normal(as_text(value)) in NOTES else "false"


def opposite(value: Any) -> Any:
    """No for yes and the other way round; other values as they are, to be refused where they mean nothing."""
    word = normal(as_text(value)) if value not in (None, "") else ""
    return "false" if word in TRUE_WORDS | {"public"} else "true" if word in FALSE_WORDS - {"", "public"} else value


def marked_up(headers: Sequence[str], samples: Sequence[Sequence[Any]], mapping: ColumnMapping) -> str:
    """The column of texts if they are markup, else an empty text; the neutral layout has plain texts only."""
    column = mapping.fields.get("text", "")
    if column not in headers or set(headers) <= set(MESSAGE_COLUMNS):
        return ""
    at = list(headers).index(column)
    texts = [row[at] for row in samples if at < len(row) and isinstance(row[at], str) and row[at].strip()]
    found = sum(_BEGINS.match(text) is not None for text in texts)
    return column if texts and found >= _LEAST_SHARE * len(texts) else ""


def plain(value: Any) -> Any:
    """The text of markup; other values as they are."""
    return html_to_text(value) if isinstance(value, str) and "<" in value else value
