"""Wrong usage in plain words: what was typed, and what is taken instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer
from pydantic import ValidationError

_SENTENCES = {
    "int_parsing": "“{typed}” is not a whole number.",
    "int_from_float": "“{typed}” is not a whole number.",
    "float_parsing": "“{typed}” is not a number.",
    "greater_than_equal": "{typed} is too small: at least {ge}.",
    "less_than_equal": "{typed} is too large: at most {le}.",
}
_PREFIX = "Value error, "
_NO_DAY = "does not match the formats"  # days are the only values of the commands that have a format


def reword(error: Exception) -> None:
    """Give a usage error a message for a reader where typer passes on what its checker says to programmers."""
    cause = error.__cause__
    if isinstance(error, typer.BadParameter) and isinstance(cause, ValidationError):
        error.message = sentence(cause.errors(include_url=False)[0])


def sentence(found: Mapping[str, Any]) -> str:
    """One finding of the checker as a sentence."""
    typed, said = found.get("input"), str(found["msg"]).removeprefix(_PREFIX)
    if _NO_DAY in said:
        return f"“{typed}” is not a day: write it like 2026-09-01."
    known = _SENTENCES.get(str(found["type"]))
    return known.format(typed=typed, **dict(found.get("ctx") or {})) if known else said
