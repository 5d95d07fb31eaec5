"""A service on this machine that pages, limits, fails and cuts connections as it is told."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from csqm_desktop.connectors import tokens
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.pull_messages import PullMessages
from tests import builders


class Service:
    """``routes``: pattern to function of (match, query, body) giving JSON. ``faults``: what befalls the next requests.

    A fault is a status, ``(429, header value)``, ``"cut"`` (the connection ends in the middle of the answer), or
    ``"hang up"`` (it ends without any).
    """

    def __init__(self) -> None:
        self.routes: dict[str, Callable[..., Any]] = {}
        self.faults: list[Any] = []
        self.asked: list[tuple[str, str, dict[str, Any], dict[str, str]]] = []
        self.headers: dict[str, str] = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                service.answer(self, {})

            def do_POST(self) -> None:
                service.answer(self, json.loads(self.rfile.read(int(self.headers["content-length"]))))

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="test-service")
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        parts = urlsplit(handler.path)
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        self.asked.append(
            (handler.command, parts.path, body or query, {k.lower(): v for k, v in handler.headers.items()})
        )
        fault = self.faults.pop(0) if self.faults else None
        handler.close_connection = True
        if fault == "hang up":
            handler.connection.close()
            return
        if fault is not None and fault != "cut":
            status, after = fault if isinstance(fault, tuple) else (fault, "")
            handler.send_response(status)
            if after:
                handler.send_header("Retry-After" if status != 302 else "Location", after)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        for pattern, route in self.routes.items():
            match = re.fullmatch(pattern, parts.path)
            if match:
                self._send(handler, json.dumps(route(match, query, body)).encode(), fault == "cut")
                return
        handler.send_error(404)

    def _send(self, handler: BaseHTTPRequestHandler, data: bytes, cut: bool) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2] if cut else data)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def no_key_store(monkeypatch):
    """The machine's own key store must not be touched by tests."""
    import keyring
    from keyring.backends.fail import Keyring

    earlier = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(earlier)


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w")
    yield made
    made.close()


def add(workspace, service, kind, **settings):
    workspace.connectors.save("desk", kind, {"url": service.url} | settings)
    tokens.save(workspace.folder, "desk", "secret-token")


def pull(workspace, context=None):
    return execute(PullMessages(workspace, "desk", first_pause=0.01), context or SilentContext())


def stored(workspace):
    return workspace.database.connection().execute(
        "SELECT c.source_id, m.source_id, m.role, m.text FROM messages m JOIN conversations c"
        " ON c.id = m.conversation_id ORDER BY c.source_id, m.sent_at, m.id"
    ).fetchall()  # fmt: skip


@pytest.fixture
def rows(workspace):
    return lambda: [tuple(row) for row in stored(workspace)]
