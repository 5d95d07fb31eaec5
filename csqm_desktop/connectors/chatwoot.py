"""Chatwoot: conversations by their latest activity, each with all its messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.connectors.base import Cursor, Page, Setup
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.live import read_product
from csqm_desktop.importers.neutral import key_of, mapping_of, objects_of


class Chatwoot:
    """Settings: ``url`` (of the installation), ``account`` (its number), ``start`` (unix)."""

    def __init__(self, setup: Setup) -> None:
        account = str(setup.settings.get("account", ""))
        if not account.isdigit():
            raise CsqmError("connector_setting", name=setup.name, key="account", expected="the account's number")
        self.client = setup.client({"api_access_token": setup.token})
        self._name = setup.name
        self._root = f"api/v1/accounts/{account}/conversations"
        self._start = int(setup.settings.get("start", 0))

    def check(self) -> str:
        """How many conversations there are."""
        return key_of(self.client.get(f"{self._root}/meta", {"status": "all"}).at("meta.all_count"))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """A sweep over pages, latest activity first, down to where the sweep before began.

        What becomes active meanwhile moves to the front and pushes others to later pages: met twice, never missed.
        """
        since = int(cursor.get("since", self._start))
        number = int(cursor.get("page", 1))
        newest = int(cursor.get("newest", since))
        while True:
            answer = self.client.get(self._root, {"status": "all", "sort_by": "last_activity_at_desc", "page": number})
            found = objects_of(answer.at("data.payload"))
            newest = max([newest, *map(_activity, found)])
            fresh = [conversation for conversation in found if _activity(conversation) >= since]
            records = [("", self._with_messages(conversation)) for conversation in fresh]
            number += 1
            more = bool(found) and len(fresh) == len(found)
            place = {"since": since, "page": number, "newest": newest} if more else {"since": newest}
            yield Page(tuple(read_product("chatwoot", self._name, records)), place)
            if not more:
                return

    def _with_messages(self, conversation: dict[str, Any]) -> dict[str, Any]:
        """The conversation with its messages, which are listed newest page first."""
        number = int(conversation["id"])
        messages: list[dict[str, Any]] = []
        before: int | None = None
        while True:
            answer = self.client.get(f"{self._root}/{number}/messages", {"before": before} if before else None)
            found = objects_of(answer.at("payload"))
            messages = found + messages
            earliest = min((m["id"] for m in found if isinstance(m.get("id"), int)), default=None)
            if earliest is None or earliest == before:
                break
            before = earliest
        meta = mapping_of(conversation.get("meta"))
        channel = conversation.get("channel") or meta.get("channel")
        return {"id": number, "meta": meta, "channel": channel, "messages": messages}


def _activity(conversation: dict[str, Any]) -> int:
    value = conversation.get("last_activity_at", conversation.get("timestamp"))
    return int(value) if isinstance(value, int | float) else 0
