"""Keeping a connector: its settings checked before they are stored, its token outside the workspace."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from csqm_desktop.connectors import kinds, tokens
from csqm_desktop.connectors.base import Setup
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.workspace import Workspace

_MOST_BYTES = 1 << 20
DEFAULT_URLS = {"intercom": "https://api.intercom.io"}


def complete(
    name: str, kind: str, given: Mapping[str, Any], since: str = "", file: Path | None = None
) -> dict[str, Any]:
    """The settings of a connector from what a person gave: single values win over those of a JSON file.

    ``since`` is a day or a moment. ``CsqmError`` says which setting is wrong.
    """
    values = _read(file) if file else {}
    values |= {key: value for key, value in given.items() if value not in ("", 0, [], None)}
    values.setdefault("url", DEFAULT_URLS.get(kind, ""))
    if since:
        start = _moment(name, since)
        if kind == "json":
            values["since"] = dict(values.get("since") or {}) | {"start": start.isoformat()}
        else:
            values["start"] = int(start.timestamp())
    check(name, kind, values)
    return values


def check(name: str, kind: str, values: Mapping[str, Any]) -> None:
    """Raise when a connector cannot be made of these settings; asks nobody."""
    kinds.make(Setup(name, kind, values, "", time.sleep)).client.close()


def save(workspace: Workspace, name: str, kind: str, values: Mapping[str, Any], token: str) -> str:
    """Keep a connector; returns where its token lies. No token keeps the one that is there."""
    check(name, kind, values)
    workspace.connectors.save(name, kind, values)
    if token:
        return tokens.save(workspace.folder, name, token)
    return tokens.find(workspace.folder, name)[1]


def _read(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise CsqmError("connector_settings_file", file=file, reason="too big")
        values = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CsqmError("connector_settings_file", file=file, reason=error.strerror or error) from error
    except (ValueError, RecursionError) as error:
        raise CsqmError("connector_settings_file", file=file, reason="not JSON") from error
    if not isinstance(values, dict):
        raise CsqmError("connector_settings_file", file=file, reason="not a JSON object")
    return values


def _moment(name: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CsqmError("connector_setting", name=name, key="since", expected="a day such as 2026-09-01") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
