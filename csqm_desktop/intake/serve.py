"""The intake as a job: it runs until it is told to stop, then stores what it has taken and leaves."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import uvicorn

from csqm_desktop.domain import permissions
from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.intake.application import Intake, Limits, make
from csqm_desktop.intake.fresh_scorer import FreshScorer
from csqm_desktop.intake.store_queue import CAPACITY, StoreQueue
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.raw_texts import Ending
from csqm_desktop.store.workspace import Workspace

_LOOK_SECONDS = 0.2
_GOODBYE_SECONDS = 5
_BACKLOG = 512
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; port 0 takes a free one. With ``certificate`` and ``key`` (PEM files) it speaks HTTPS."""

    host: str = "127.0.0.1"
    port: int = 8765
    certificate: str | None = None
    key: str | None = None

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can post."""
        return self.host in LOOPBACK


@dataclass(frozen=True, slots=True)
class ServeResult:
    """What the intake took while it ran."""

    host: str
    port: int
    messages: int


class Serve(Job[ServeResult]):
    """Take messages over HTTP until cancelled, which is the ordinary end."""

    kind: ClassVar[str] = "serve"
    lane: ClassVar[str] = "quick"
    needs: ClassVar[str] = permissions.IMPORT

    def __init__(
        self,
        workspace: Workspace,
        process: ModelProcess | None,
        address: Address | None = None,
        limits: Limits | None = None,
        capacity: int = CAPACITY,
        device: str = "auto",
        on_ready: Callable[[str], None] | None = None,
    ) -> None:
        """``process`` None stores without scoring; ``on_ready`` is given the address once posts are taken."""
        super().__init__(workspace)
        self.address = address or Address()
        self._scorer = FreshScorer(workspace, process, device) if process else None
        self._queue = StoreQueue(workspace, self._stored, capacity)
        self._intake = Intake(workspace, self._queue, self._scorer, limits)
        self._on_ready = on_ready or (lambda _address: None)

    def parameters(self) -> dict[str, Any]:
        """Where it listens."""
        return {"host": self.address.host, "port": self.address.port}

    def _stored(self, conversations: set[str]) -> None:
        if self._scorer is not None:
            self._scorer.add(conversations)

    def run(self, context: JobContext) -> ServeResult:
        """Serve until cancelled; ``serve_address`` when nothing can listen there."""
        listening = _listen(self.address)
        before = self.workspace.conversations.totals().messages
        port = int(listening.getsockname()[1])
        server = _Server(_settings(self._intake, self.address))
        self._queue.start()
        if self._scorer is not None:
            self._scorer.start()
        thread = threading.Thread(target=server.run, args=([listening],), name="intake-http", daemon=True)
        thread.start()
        try:
            self._wait(server, thread, context, port)
        except Cancelled:
            pass
        finally:
            self._intake.closing = True
            server.should_exit = True
            thread.join()
            self._queue.close()
            if self._scorer is not None:
                self._scorer.stop()
            listening.close()
        return ServeResult(self.address.host, port, self.workspace.conversations.totals().messages - before)

    def _wait(self, server: _Server, thread: threading.Thread, context: JobContext, port: int) -> None:
        told, ending = False, Ending(self.workspace)
        while thread.is_alive():
            context.check_cancelled()
            ending.look()
            if server.started and not told:
                told = True
                scheme = "https" if self.address.certificate else "http"
                host = f"[{self.address.host}]" if ":" in self.address.host else self.address.host
                self._on_ready(f"{scheme}://{host}:{port}")
            thread.join(_LOOK_SECONDS)
        raise CsqmError("serve_address", host=self.address.host, port=port, reason="the server stopped by itself")


class _Server(uvicorn.Server):
    """Leaves signals to the program around it."""

    def install_signal_handlers(self) -> None:
        """None."""

    def capture_signals(self) -> Any:
        """None."""
        from contextlib import nullcontext

        return nullcontext()


def _settings(intake: Intake, address: Address) -> uvicorn.Config:
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # it may quote requests
    return uvicorn.Config(
        make(intake),
        log_config=None,
        access_log=False,  # a token may stand in the address of a webhook
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
        timeout_keep_alive=30,
        limit_concurrency=None,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
    )


def _listen(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_REUSEADDR") and not hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address.host, address.port))
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or error
        raise CsqmError("serve_address", host=address.host, port=address.port, reason=reason) from error
    return listening
