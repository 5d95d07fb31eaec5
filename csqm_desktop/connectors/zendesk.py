"""Zendesk Support: tickets in the order of their changes, each with its comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.connectors.base import Cursor, Page, Setup
from csqm_desktop.importers.live import read_product
from csqm_desktop.importers.neutral import key_of, objects_of

_TICKETS = 50  # in a page: each costs a request of its own for its comments
_COMMENTS = 100


class Zendesk:
    """Settings: ``url`` (https://SHOP.zendesk.com), ``email`` for an API token (none: OAuth), ``start`` (unix)."""

    def __init__(self, setup: Setup) -> None:
        email = setup.text("email")
        auth = (f"{email}/token", setup.token) if email else None
        self.client = setup.client({} if auth else {"Authorization": f"Bearer {setup.token}"}, auth)
        self._name = setup.name
        self._start = int(setup.settings.get("start", 0))

    def check(self) -> str:
        """Who the token belongs to."""
        return key_of(self.client.get("api/v2/users/me.json").at("user.role"))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Pages of tickets; the cursor is the service's own."""
        after = cursor.get("after")
        while True:
            parameters: dict[str, Any] = {"per_page": _TICKETS, "include": "users"}
            parameters |= {"cursor": after} if after else {"start_time": self._start}
            answer = self.client.get("api/v2/incremental/tickets/cursor.json", parameters)
            people = objects_of(answer.at("users"))
            tickets = [t for t in objects_of(answer.at("tickets")) if t.get("status") != "deleted"]
            records = [("users", person) for person in people]
            records += [("", self._with_comments(ticket)) for ticket in tickets]
            after = answer.at("after_cursor") or after
            yield Page(tuple(read_product("zendesk", self._name, records)), {"after": after} if after else {})
            if answer.at("end_of_stream") is not False:
                return

    def _with_comments(self, ticket: dict[str, Any]) -> dict[str, Any]:
        comments: list[dict[str, Any]] = []
        people: list[dict[str, Any]] = []
        parameters: dict[str, Any] = {"include": "users", "page[size]": _COMMENTS}
        while True:
            answer = self.client.get(f"api/v2/tickets/{int(ticket['id'])}/comments.json", parameters)
            comments += objects_of(answer.at("comments"))
            people += objects_of(answer.at("users"))
            after = answer.at("meta.after_cursor")
            if not answer.at("meta.has_more") or not after or after == parameters.get("page[after]"):
                return {**ticket, "comments": comments, "users": people}
            parameters["page[after]"] = after
