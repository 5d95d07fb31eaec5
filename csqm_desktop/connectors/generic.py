"""Any service that answers with JSON: where its messages lie, what their fields are called, how it pages.

``docs/intake.md`` describes the settings with examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from csqm_desktop.connectors.base import Cursor, Page, Setup
from csqm_desktop.connectors.client import Answer, value_at
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.live import read_plain
from csqm_desktop.importers.mapping import ColumnMapping, from_json
from csqm_desktop.importers.neutral import objects_of

PAGING = ("none", "cursor", "page", "offset", "next_link", "link_header")


class Generic:
    """Settings: ``url``, ``path``, ``items``, ``mapping``, ``paging``, ``since``, ``parameters``, ``token``."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._path = setup.text("path")
        self._items = setup.text("items")
        self._mapping = self._read_mapping()
        self._parameters = self._object("parameters")
        self._paging = self._object("paging")
        self._kind = str(self._paging.get("kind", "none"))
        if self._kind not in PAGING:
            raise CsqmError("connector_setting", name=setup.name, key="paging.kind", expected=", ".join(PAGING))
        self._since = self._object("since")
        place = {"header": "Authorization", "prefix": "Bearer "} | self._object("token")
        header, prefix = str(place["header"]), str(place["prefix"])
        self.client = setup.client({header: prefix + setup.token} if setup.token else {})

    def _object(self, key: str) -> dict[str, Any]:
        value = self._setup.settings.get(key, {})
        if not isinstance(value, dict):
            raise CsqmError("connector_setting", name=self._setup.name, key=key, expected="an object")
        return value

    def _read_mapping(self) -> ColumnMapping:
        try:
            mapping = from_json(self._object("mapping"))
        except ValueError as error:
            raise CsqmError("connector_setting", name=self._setup.name, key="mapping", expected=str(error)) from error
        if mapping.missing:
            expected = "fields for " + ", ".join(mapping.missing)
            raise CsqmError("connector_setting", name=self._setup.name, key="mapping", expected=expected)
        return mapping

    def check(self) -> str:
        """How many records the first page has."""
        answer = self.client.get(self._path, self._query({}))
        return str(len(list(records_at(answer.data, self._items))))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Pages as the service gives them. Without paging or ``since`` everything is read each time."""
        place = dict(cursor)
        newest = place.get("newest")
        while True:
            at = place.get("at")
            address, query = (str(at), {}) if at and self._follows_links else (self._path, self._query(place))
            answer = self.client.get(address, query)
            records = list(records_at(answer.data, self._items))
            newest = self._latest(records, newest)
            following = self._next(answer, at, len(records))
            place = {"since": place.get("since"), "newest": newest, "at": following}
            if following is None:
                place = {"since": newest}
            place = {key: value for key, value in place.items() if value is not None}
            yield Page(tuple(read_plain(self._mapping, self._setup.name, records)), place)
            if following is None:
                return

    @property
    def _follows_links(self) -> bool:
        return self._kind in ("next_link", "link_header")

    def _query(self, place: Mapping[str, Any]) -> dict[str, Any]:
        query = dict(self._parameters)
        if self._paging.get("size_parameter"):
            query[str(self._paging["size_parameter"])] = self._size
        since = place.get("since", self._since.get("start"))
        if since is not None and self._since.get("parameter"):
            query[str(self._since["parameter"])] = since
        at = place.get("at", self._first)
        if at is not None and self._paging.get("parameter") and not self._follows_links:
            query[str(self._paging["parameter"])] = at
        return query

    @property
    def _size(self) -> int:
        return int(self._paging.get("size", 100))

    @property
    def _first(self) -> int | None:
        if self._kind == "page":
            return int(self._paging.get("first", 1))
        return int(self._paging.get("first", 0)) if self._kind == "offset" else None

    def _next(self, answer: Answer, at: Any, count: int) -> Any:
        """Where the next page is, None after the last one."""
        if self._kind == "link_header":
            found: Any = answer.next_link
        elif self._kind in ("cursor", "next_link"):
            found = answer.at(str(self._paging.get("path", "")))
        elif self._kind == "page":
            found = int(at or self._first or 0) + 1 if count else None
        elif self._kind == "offset":
            found = int(at or self._first or 0) + count if count else None
        else:
            found = None
        return found if found not in ("", None, False, at) else None

    def _latest(self, records: list[dict[str, Any]], newest: Any) -> Any:
        """The largest value of the field that ``since`` asks for, as the service writes it."""
        path = self._since.get("field")
        if not path:
            return newest
        values = [value for record in records if isinstance(value := value_at(record, str(path)), str | int | float)]
        same = [value for value in values if newest is None or isinstance(value, type(newest))]
        return max([*same, newest] if newest is not None else same, default=newest)


def records_at(data: Any, path: str) -> Iterator[dict[str, Any]]:
    """Records at a path such as ``data.items`` or ``conversations[].messages[]``.

    An inner record gets what the object around it holds, without lists, under ``parent``.
    """
    steps = [step.strip(".") for step in path.split("[]")]
    inner = steps[1:] if steps[1:] != [""] else []
    for record in objects_of(value_at(data, steps[0])):
        yield from _inner(record, inner)


def _inner(record: dict[str, Any], steps: list[str]) -> Iterator[dict[str, Any]]:
    if not steps or not steps[0]:
        yield record
        return
    parent = {key: value for key, value in record.items() if not isinstance(value, list)}
    for found in objects_of(value_at(record, steps[0])):
        yield from _inner({**found, "parent": parent}, steps[1:])
