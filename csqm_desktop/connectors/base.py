"""What a connector is: pages of messages, each with the place from which the next pull goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from csqm_desktop.connectors.client import Client, Wait
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import Item

Cursor = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Messages and rejections that belong together. When they are stored, ``cursor`` may be."""

    items: tuple[Item, ...]
    cursor: dict[str, Any]


class Connector(Protocol):
    """One kind of service; ``client`` is closed by whoever made the connector."""

    client: Client

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new since ``cursor`` (empty: from the beginning), oldest change first where the service can."""
        ...

    def check(self) -> str:
        """Ask for as little as possible; returns a word of what was reached. Raises as ``pages`` does."""
        ...


@dataclass(frozen=True, slots=True)
class Setup:
    """What a connector is made of; ``settings`` are those of its kind, without secrets."""

    name: str
    kind: str
    settings: Mapping[str, Any]
    token: str
    wait: Wait
    first_pause: float = 1.0

    def text(self, key: str, default: str = "") -> str:
        """A setting that must be a text."""
        value = self.settings.get(key, default)
        if not isinstance(value, str):
            raise CsqmError("connector_setting", name=self.name, key=key, expected="a text")
        return value

    def client(self, headers: Mapping[str, str], auth: tuple[str, str] | None = None) -> Client:
        """HTTP to the service with what it takes to be let in."""
        hosts = self.settings.get("hosts", [])
        if not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
            raise CsqmError("connector_setting", name=self.name, key="hosts", expected="a list of host names")
        return Client(self.name, self.text("url"), headers, tuple(hosts), auth, self.wait, self.first_pause)
