"""Reading an export in a process of its own, so that reading and writing use a processor each.

The child is this program with a sub-command, as the model's worker is: nothing is forked, so it works inside the window
process and on every system. It answers with frames: a length, then ``marshal`` data. It ends when its output is closed.
"""

from __future__ import annotations

import marshal
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO, Any

from csqm_desktop import logs
from csqm_desktop.errors import MESSAGES, CsqmError
from csqm_desktop.jobs import message_reading
from csqm_desktop.jobs.message_reading import Opening, Portion, ReadingRequest

WORD = "read-chats"  # the sub-command
_LENGTH = struct.Struct("<I")
_AHEAD = 3  # portions that may wait for the writer
_POLL_SECONDS = 0.1


def main() -> int:
    """The child: a request on stdin, frames on stdout."""
    out = sys.stdout.buffer
    request = ReadingRequest.from_json(sys.stdin.readline())
    try:
        for item in message_reading.read(request):
            _send(out, ("opening" if isinstance(item, Opening) else "portion", tuple(item)))
        _send(out, ("end", ()))
    except CsqmError as error:
        _send(out, ("failed", (error.code, {key: str(value) for key, value in error.values.items()})))
    except BrokenPipeError:
        os._exit(1)  # the parent is gone or does not want to know any more
    except Exception as error:  # noqa: BLE001 -- the parent makes a sentence of it
        _send(out, ("failed", ("unexpected", {"reason": f"{type(error).__name__}: {error}"})))
    return 0


def _send(out: IO[bytes], record: tuple[str, tuple[Any, ...]]) -> None:
    data = marshal.dumps(record)
    out.write(_LENGTH.pack(len(data)))
    out.write(data)
    out.flush()


def command() -> list[str]:
    """How the child is started, also when frozen."""
    return [sys.executable, WORD] if getattr(sys, "frozen", False) else [sys.executable, "-m", "csqm_desktop", WORD]


def read(request: ReadingRequest, check_cancelled: Callable[[], None]) -> Generator[Opening | Portion]:
    """What ``message_reading.read`` gives, from another process; ``check_cancelled`` may raise while waiting."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(
            [str(Path(__file__).resolve().parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        ),
    }
    process = subprocess.Popen(
        command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if not os.environ.get("CSQM_DEBUG") else None,
        env=environment,
        start_new_session=sys.platform != "win32",  # Ctrl+C is for the parent, which then cancels in order
    )
    frames: queue.Queue[bytes | None] = queue.Queue(_AHEAD)
    stop = threading.Event()
    thread = threading.Thread(target=_receive, args=(process, frames, stop), name="import-reading", daemon=True)
    try:
        assert process.stdin is not None
        process.stdin.write(request.to_json().encode() + b"\n")
        process.stdin.close()
        thread.start()
        yield from _items(process, frames, check_cancelled)
    finally:
        stop.set()
        process.kill()
        process.wait()
        if thread.ident is not None:
            thread.join()
        assert process.stdout is not None
        process.stdout.close()


def _items(
    process: subprocess.Popen[bytes], frames: queue.Queue[bytes | None], check_cancelled: Callable[[], None]
) -> Generator[Opening | Portion]:
    while True:
        try:
            data = frames.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            check_cancelled()
            continue
        if data is None:
            raise CsqmError("import_reader_died", exit=process.poll(), log=logs.log_file())
        kind, values = marshal.loads(data)
        if kind == "end":
            return
        if kind == "failed":
            raise _error(*values)
        yield Opening(*values) if kind == "opening" else Portion(*values)


def _error(code: str, values: dict[str, str]) -> CsqmError:
    if code not in MESSAGES or code == "unexpected":
        return CsqmError("unexpected", reason=values.get("reason", code), log=logs.log_file())
    return CsqmError(code, **values)


def _receive(process: subprocess.Popen[bytes], frames: queue.Queue[bytes | None], stop: threading.Event) -> None:
    """Take frames off the pipe while the writer works; None at the end."""
    assert process.stdout is not None
    data: bytes | None = b""
    while data is not None and not stop.is_set():
        head = process.stdout.read(_LENGTH.size)
        body = process.stdout.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
        data = body if body else None
        while not stop.is_set():
            try:
                frames.put(data, timeout=_POLL_SECONDS)
                break
            except queue.Full:
                continue
