"""The worker process from the outside: starts it, asks it, stops it, survives its death.

One request at a time. Cancelling asks first and ends the process when it does not answer; the next
request starts a fresh one.
"""

from __future__ import annotations

import atexit
import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

from csqm_desktop import logs
from csqm_desktop.errors import MESSAGES, Cancelled, CsqmError
from csqm_desktop.jobs import children
from csqm_desktop.jobs.base import JobContext
from csqm_desktop.jobs.protocol import FINAL_EVENTS, Event, decode_event, encode
from csqm_desktop.vault import ring

log = logging.getLogger(__name__)

CANCEL_SECONDS = 15.0
_POLL_SECONDS = 0.1

OnEvent = Callable[[Event], None]


class ModelProcess:
    """A worker that is started when first needed and kept, with its weights loaded, between requests."""

    def __init__(self, low_priority: bool = True, command: list[str] | None = None, precision: str = "exact") -> None:
        self.precision = precision  # of the requests to come, see settings.PRECISIONS
        self._command = command or children.command("worker")
        self._low_priority = low_priority
        self._process: subprocess.Popen[bytes] | None = None
        self._events: queue.Queue[Event | None] = queue.Queue()
        self._lock = threading.Lock()
        self._number = 0
        self.engine: Mapping[str, Any] = {}  # what read texts last: backend, device_name
        atexit.register(self.close)

    def request(
        self, operation: str, parameters: dict[str, Any], context: JobContext, on_event: OnEvent | None = None
    ) -> dict[str, Any]:
        """Ask the worker and wait for its final answer; other events go to ``on_event``.

        Raises ``CsqmError`` when the worker reports one or dies, ``Cancelled`` when the user stopped it.
        """
        with self._lock:
            process = self._started()
            self._number += 1
            number = self._number
            keys = ring.to_records(parameters.values())
            record = {"id": number, "op": operation, "precision": self.precision, **parameters}
            self._send(process, record | ({"keys": keys} if keys else {}))
            result = self._wait(process, number, context, on_event)
        if result.get("backend"):
            self.engine = {name: result.get(name) for name in ("backend", "device_name")}
        return result

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._kill()  # what is left of one that died between requests
        self._events = queue.Queue()
        environment = children.environment() | {
            "CSQM_LOW_PRIORITY": "1" if self._low_priority else "0",
            "PYTHONUNBUFFERED": "1",
        }
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if not os.environ.get("CSQM_DEBUG") else None,
            env=environment,
            # Ctrl+C in a terminal is for the parent, which then cancels in order
            start_new_session=sys.platform != "win32",
        )
        threading.Thread(
            target=_read_events, args=(self._process, self._events), name="worker-events", daemon=True
        ).start()
        return self._process

    def _send(self, process: subprocess.Popen[bytes], record: dict[str, Any]) -> None:
        assert process.stdin is not None
        try:
            process.stdin.write(encode(record))
            process.stdin.flush()
        except OSError as error:
            raise self._death(process) from error

    def _wait(
        self, process: subprocess.Popen[bytes], number: int, context: JobContext, on_event: OnEvent | None
    ) -> dict[str, Any]:
        while True:
            try:
                context.check_cancelled()
            except Cancelled:
                self._cancel(process, number)
                raise
            try:
                event = self._events.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if event is None:
                raise self._death(process)
            if event.request != number:
                continue  # the late answer of a request that was cancelled
            if event.kind == "progress":
                values = event.values
                context.progress(
                    int(values.get("done", 0)), int(values.get("total", 0)), values.get("stage", "scoring")
                )
            elif event.kind in FINAL_EVENTS:
                return _final(event)
            elif on_event is not None:
                on_event(event)

    def _cancel(self, process: subprocess.Popen[bytes], number: int) -> None:
        try:
            self._send(process, {"id": 0, "op": "cancel", "target": number})
            while (event := self._events.get(timeout=CANCEL_SECONDS)) is not None:
                if event.request == number and event.kind in FINAL_EVENTS:
                    return
        except (queue.Empty, CsqmError):
            pass
        self._kill()

    def _death(self, process: subprocess.Popen[bytes]) -> CsqmError:
        self._kill()
        return CsqmError("worker_died", exit=process.returncode, log=logs.log_file("worker"))

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    log.debug("worker pipe was already broken")

    @property
    def pid(self) -> int | None:
        """The worker's process number, None when it does not run."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the worker. Safe to call twice."""
        atexit.unregister(self.close)
        process = self._process
        if process is not None and process.stdin is not None and process.poll() is None:
            try:
                process.stdin.close()  # end of input: the worker leaves by itself
                process.wait(timeout=2)
            except (OSError, subprocess.TimeoutExpired):
                log.info("worker did not leave by itself")
        self._kill()


def _read_events(process: subprocess.Popen[bytes], events: queue.Queue[Event | None]) -> None:
    assert process.stdout is not None
    try:
        for line in process.stdout:
            event = decode_event(line)
            if event is None:
                log.info("worker said something that is no event (%d bytes)", len(line))
            else:
                events.put(event)
    except (OSError, ValueError):
        log.info("worker's output was closed")
    events.put(None)


def _final(event: Event) -> dict[str, Any]:
    if event.kind == "done":
        result = event.values.get("result", event.values)
        assert isinstance(result, dict)
        return result
    if event.kind == "cancelled":
        raise Cancelled
    code = event.values.get("code", "unexpected")
    values = dict(event.values.get("values", {}))
    if code not in MESSAGES or code == "unexpected":
        reason = values.get("reason") or event.values.get("reason") or code
        raise CsqmError("unexpected", reason=reason, log=logs.log_file("worker"))
    raise CsqmError(code, **values)
