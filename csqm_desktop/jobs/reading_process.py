"""Reading an export in processes of their own: one reads, one redacts, and this one is free to write.

Redaction takes longest, so the reader redacts, too, whenever its portions wait for the redactor: no core has to idle.

The children are this program with a sub-command, as the model's worker is: nothing is forked, so it works inside the
window process and on every system. What goes through the pipes between them are frames: a length, then ``marshal``
data. A child ends when its output is closed.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from typing import IO, Any

from csqm_desktop import logs
from csqm_desktop.errors import MESSAGES, CsqmError
from csqm_desktop.jobs import children, message_reading
from csqm_desktop.jobs.message_reading import Opening, Portion, ReadingRequest
from csqm_desktop.store.columns import pack, unpack

READ, REDACT = "read-chats", "redact-chats"  # sub-commands
_LENGTH = struct.Struct("<I")
_CLEAN, _OTHER = b"c", b"o"  # before each frame: whether it is a portion without personal data
_END = _OTHER + marshal.dumps(("end", ()))
_AHEAD = 3  # portions that may wait for the writer
_READY = 2  # portions that may wait in a child
_POLL_SECONDS = 0.1
_PIPE_BYTES = 1 << 20  # about a portion; a pipe of 64 KB wakes both ends twenty times for it
_SWITCH_SECONDS = 0.0005  # between threads of a child: at each piece of a frame the other side waits for ours
_SELDOM = (200_000, 20, 100)  # of a portion's rows none is garbage in a circle, and all were looked at again and again


@contextlib.contextmanager
def few_collections() -> Generator[None]:
    """While rows are held by the hundred thousand, look for garbage in circles more seldom."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def main(word: str) -> int:
    """A child: a request on stdin, or frames to redact; frames on stdout."""
    gc.set_threshold(*_SELDOM)
    sys.setswitchinterval(_SWITCH_SECONDS)
    out = _Sender(sys.stdout.buffer)
    try:
        if word == READ:
            for item in _read_here(out):
                out.send_item(item)
        else:
            _redact_here(out)
        out.send(("end", ()))
    except CsqmError as error:
        out.send(("failed", (error.code, {key: str(value) for key, value in error.values.items()})))
    except EOFError:
        os._exit(1)  # the one before this is gone
    except Exception as error:  # noqa: BLE001 -- the parent makes a sentence of it
        out.send(("failed", ("unexpected", {"reason": f"{type(error).__name__}: {error}"})))
    out.close()
    return 0


def _read_here(out: _Sender) -> Iterator[Opening | Portion]:
    """What is read; where the redactor falls behind, it finds portions that are redacted already."""
    masking = message_reading.Masking()
    for item in message_reading.read_raw(ReadingRequest.from_json(sys.stdin.readline())):
        if isinstance(item, Opening):
            masking.open(item)
            yield item
        else:
            yield masking.portion(item) if out.full else item


def _redact_here(out: _Sender) -> None:
    """Take personal data out of what comes in; what the reader has been through goes on as it came."""
    masking = message_reading.Masking()
    for data in _frames():
        if data[:1] == _CLEAN:
            out.pass_on(data)
            continue
        item = _item(data)
        if isinstance(item, Opening):
            masking.open(item)
            out.send_item(item._replace(pseudonym_key=b""))
        elif item is not None:
            out.send_item(masking.portion(item))


class _Sender:
    """Sends frames from a thread, so that nobody waits for the one who takes them, until some are ahead."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._frames: queue.Queue[bytes] = queue.Queue(_READY)
        self._thread = threading.Thread(target=self._run, name="sending", daemon=True)
        self._thread.start()

    @property
    def full(self) -> bool:
        """Whether the next frame would have to wait."""
        return self._frames.full()

    def send(self, record: tuple[str, tuple[Any, ...]]) -> None:
        """Send a record, soon."""
        self.pass_on(_OTHER + marshal.dumps(record))

    def send_item(self, item: Opening | Portion) -> None:
        """Send what was read."""
        if isinstance(item, Opening):
            self.send(("opening", tuple(item)))
        else:
            record: tuple[str, Any] = ("portion", (pack(item.columns), *item[1:]))
            self.pass_on((_CLEAN if item.clean else _OTHER) + marshal.dumps(record))

    def pass_on(self, data: bytes) -> None:
        """Send a frame as it is, soon."""
        self._frames.put(data)

    def close(self) -> None:
        """Wait until all is sent."""
        self._frames.put(b"")
        self._thread.join()

    def _run(self) -> None:
        while data := self._frames.get():
            try:
                self._out.write(_LENGTH.pack(len(data)))
                self._out.write(data)
                self._out.flush()
            except OSError:
                os._exit(1)  # the one after this is gone, or does not want to know any more


def _frames() -> Iterator[bytes]:
    """What another process sends to stdin, up to its end; ``EOFError`` when it ends without saying so.

    The next frame is taken off the pipe while this one is worked on.
    """
    frames: queue.Queue[bytes | None] = queue.Queue(1)
    source = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115 -- the thread's until this process ends
    threading.Thread(target=_receive, args=(source, frames, threading.Event()), name="taking", daemon=True).start()
    while (data := frames.get()) != _END:
        if data is None:
            raise EOFError
        yield data


def _frame(source: IO[bytes]) -> bytes:
    head = source.read(_LENGTH.size)
    body = source.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    if not body:
        raise EOFError
    return body


def _item(data: bytes) -> Opening | Portion | None:
    """What a frame says; None at the end, ``CsqmError`` when the process that sent it failed."""
    kind, values = marshal.loads(memoryview(data)[1:])
    if kind == "end":
        return None
    if kind == "failed":
        raise _error(*values)
    return Opening(*values) if kind == "opening" else Portion(unpack(values[0]), *values[1:])


def read(request: ReadingRequest, check_cancelled: Callable[[], None]) -> Generator[Opening | Portion]:
    """What ``message_reading.read`` gives, from other processes; ``check_cancelled`` may raise while waiting."""
    reader = _start(READ, subprocess.PIPE)
    assert reader.stdin is not None
    assert reader.stdout is not None
    redactor = _start(REDACT, reader.stdout)
    assert redactor.stdout is not None
    reader.stdout.close()  # the redactor's now: it sees the end when the reader ends
    frames: queue.Queue[bytes | None] = queue.Queue(_AHEAD)
    stop = threading.Event()
    thread = threading.Thread(target=_receive, args=(redactor.stdout, frames, stop), name="import-reading", daemon=True)
    thread.start()
    try:
        with contextlib.suppress(BrokenPipeError):  # it has died: the end of the frames tells
            reader.stdin.write(request.to_json().encode() + b"\n")
            reader.stdin.close()
        yield from _items(reader, frames, check_cancelled)
    finally:
        stop.set()
        for process in (reader, redactor):
            process.kill()
            process.wait()
        thread.join()
        redactor.stdout.close()
        with contextlib.suppress(OSError):
            reader.stdin.close()


def _start(word: str, source: int | IO[bytes]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        children.command(word),
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if not os.environ.get("CSQM_DEBUG") else None,
        env=children.environment(),
        start_new_session=sys.platform != "win32",  # Ctrl+C is for the parent, which then cancels in order
    )
    _widen(process.stdout)
    return process


def _widen(pipe: IO[bytes] | None) -> None:
    """Let a portion fit into a pipe, where the system lets us."""
    if sys.platform == "linux" and pipe is not None:
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _items(
    reader: subprocess.Popen[bytes], frames: queue.Queue[bytes | None], check_cancelled: Callable[[], None]
) -> Iterator[Opening | Portion]:
    while True:
        try:
            data = frames.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            check_cancelled()
            continue
        if data is None:
            raise CsqmError("import_reader_died", exit=reader.poll(), log=logs.log_file())
        item = _item(data)
        if item is None:
            return
        yield item


def _error(code: str, values: dict[str, str]) -> CsqmError:
    if code not in MESSAGES or code == "unexpected":
        return CsqmError("unexpected", reason=values.get("reason", code), log=logs.log_file())
    return CsqmError(code, **values)


def _receive(source: IO[bytes], frames: queue.Queue[bytes | None], stop: threading.Event) -> None:
    """Take frames off the pipe while others are worked on; None when it ends before its end was told."""
    data: bytes | None = b""
    while data is not None and data != _END and not stop.is_set():
        try:
            data = _frame(source)
        except EOFError:
            data = None
        while not stop.is_set():
            try:
                frames.put(data, timeout=_POLL_SECONDS)
                break
            except queue.Full:
                continue
