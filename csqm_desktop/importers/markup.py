"""Texts that are markup: help desks export the bodies of messages as HTML, and tables do not say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from csqm_desktop.domain.exported import MESSAGE_COLUMNS
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.mapping import ColumnMapping

_BEGINS = re.compile(
    r"\s*<(?:!doctype html|html|head|body|meta|style|div|p|span|br|table|ul|ol|h[1-6]|blockquote|font|strong|b)\b"
    r"[^<>]*>",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.6  # of texts begin with an element


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
