"""Intercom: conversations in the order of their changes, each with its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from csqm_desktop.connectors.base import Cursor, Page, Setup
from csqm_desktop.importers.live import read_product
from csqm_desktop.importers.neutral import key_of, objects_of

_VERSION = "2.11"
_PER_PAGE = 20  # each conversation costs a request of its own


class Intercom:
    """Settings: ``url`` (https://api.intercom.io, or that of another region), ``start`` (unix)."""

    def __init__(self, setup: Setup) -> None:
        self.client = setup.client({"Authorization": f"Bearer {setup.token}", "Intercom-Version": _VERSION})
        self._name = setup.name
        self._start = int(setup.settings.get("start", 0))

    def check(self) -> str:
        """The workspace that the token belongs to."""
        return key_of(self.client.get("me").at("app.name"))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of conversations. The cursor is a time and, within a search from that time, the service's own."""
        since = int(cursor.get("since", self._start))
        after = cursor.get("after")
        newest = int(cursor.get("newest", since))
        while True:
            answer = self.client.post("conversations/search", _search(since, after))
            found = objects_of(answer.at("conversations"))
            newest = max([newest, *(int(c["updated_at"]) for c in found if isinstance(c.get("updated_at"), int))])
            records = [("", self._whole(conversation)) for conversation in found]
            earlier, after = after, answer.at("pages.next.starting_after")
            more = bool(found) and bool(after) and after != earlier
            # one second back: others may have changed in the same second after the search
            place = {"since": since, "after": after, "newest": newest} if more else {"since": max(since, newest - 1)}
            yield Page(tuple(read_product("intercom", self._name, records)), place)
            if not more:
                return

    def _whole(self, conversation: dict[str, Any]) -> dict[str, Any]:
        number = quote(key_of(conversation.get("id")), safe="")
        data = self.client.get(f"conversations/{number}").data
        return data if isinstance(data, dict) else {}


def _search(since: int, after: object) -> dict[str, Any]:
    paging: dict[str, Any] = {"per_page": _PER_PAGE}
    if after:
        paging["starting_after"] = after
    return {
        "query": {"field": "updated_at", "operator": ">", "value": since},
        "sort": {"field": "updated_at", "order": "ascending"},
        "pagination": paging,
    }
