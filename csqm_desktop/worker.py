"""The model process: requests in on standard input, events out on standard output, one JSON object a line.

``jobs/protocol.py`` describes both. This process never opens the database. It ends at once when its input
ends, because then nobody is left to answer. Message text never goes into the log.
"""

from __future__ import annotations

import logging
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from csqm_desktop import logs
from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs.protocol import (
    count_lines,
    encode,
    label_from_record,
    read_jsonl,
    reply_from_record,
    scored_values,
    weak_from_record,
    write_block,
)
from csqm_desktop.vault import ring

if TYPE_CHECKING:
    from csqm_desktop.scoring.device import Device
    from csqm_desktop.scoring.engine import Engine

log = logging.getLogger(__name__)

_PROGRESS_SECONDS = 0.2
_FEW_REPLIES = 8  # less than half a second's work for one thread
_NICE = 10
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h
_LARGEST_FROM_HEAP = 32 * 1024**2  # the most that glibc accepts


class Worker:
    """Answers one request after the other; keeps base model, cache and version loaded in between."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._writing = threading.Lock()
        self._cancelled: set[int] = set()
        self._engine: Engine | None = None
        self._engine_key: tuple[str, ...] | None = None
        self._operations: dict[str, Callable[[int, dict[str, Any]], dict[str, Any]]] = {
            "hello": self._hello,
            "score": self._score,
            "rescore": self._rescore,
            "train": self._train,
            "evaluate": self._evaluate,
            "explain": self._explain,
        }

    # -- the conversation

    def emit(self, request: int, event: str, **values: Any) -> None:
        """Send one event. A parent that has gone ends this process."""
        line = encode({"id": request, "event": event, **values})
        try:
            with self._writing:
                self._out.write(line)
                self._out.flush()
        except OSError:
            os._exit(0)

    def cancel(self, request: int) -> None:
        """Ask a request to stop at its next check; called from the reading thread."""
        self._cancelled.add(request)

    def answer(self, record: dict[str, Any]) -> None:
        """Run one request to its final event, whatever happens."""
        request = int(record.get("id", 0))
        name = str(record.get("op", ""))
        started = time.monotonic()
        try:
            operation = self._operations.get(name)
            if operation is None:
                raise CsqmError("unexpected", reason=f"unknown operation {name!r}", log=logs.log_file("worker"))
            self._check(request)
            ring.register_records(record.pop("keys", ()))
            result = operation(request, record)
        except Cancelled:
            self.emit(request, "cancelled")
        except CsqmError as error:
            log.warning("%s failed: %s", name, error.code)
            self.emit(request, "failed", code=error.code, values={k: str(v) for k, v in error.values.items()})
        except MemoryError:
            self._drop_engine()
            self.emit(request, "failed", code="out_of_memory", values={})
        except Exception as error:  # noqa: BLE001 -- a bug of ours must become an answer, not a silent death
            # the trace without the error's own words, which may quote a message
            log.error(
                "%s failed: %s\n%s", name, type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
            )
            self._drop_engine()
            self.emit(request, "failed", code="unexpected", values=_unexpected(error))
        else:
            self.emit(request, "done", result=result)
        finally:
            self._cancelled.discard(request)
            log.info("%s took %.1f s", name, time.monotonic() - started)

    def _check(self, request: int) -> None:
        if request in self._cancelled:
            raise Cancelled

    def _checker(self, request: int) -> Callable[[], None]:
        return lambda: self._check(request)

    def _progress(self, request: int) -> Callable[[int, int, str], None]:
        last = ("", 0.0)

        def report(done: int, total: int, stage: str) -> None:
            nonlocal last
            now = time.monotonic()
            if stage != last[0] or done == total or now - last[1] >= _PROGRESS_SECONDS:
                last = (stage, now)
                self.emit(request, "progress", done=done, total=total, stage=stage)

        return report

    # -- operations

    def _hello(self, _request: int, parameters: dict[str, Any]) -> dict[str, Any]:
        import torch

        device = self._device(str(parameters.get("device", "auto")))
        backend = {}
        if parameters.get("base"):
            chosen = self._loaded(parameters).encoder.chosen
            backend = {"backend": chosen.backend.name, "tokens_per_second": chosen.tokens_per_second}
        return {
            **backend,
            "device": device.kind,
            "device_name": device.name,
            "torch": torch.__version__,
            "threads": torch.get_num_threads(),
            "bf16": device.bf16,
        }

    def _score(self, request: int, parameters: dict[str, Any]) -> dict[str, Any]:
        from csqm_desktop.scoring.version import disagreement

        started = time.monotonic()
        engine = self._loaded(parameters)
        folder = Path(parameters["version_dir"])
        _check_criteria(parameters.get("criteria"), engine, folder)
        columns = engine.version(folder).slices
        items = Path(parameters["items"])
        total = count_lines(items)
        progress = self._progress(request)
        count = 0
        source = map(reply_from_record, read_jsonl(items))
        stamp = parameters.get("stamp")
        chunks = engine.score(
            folder, source, self._checker(request), lambda done: progress(done, total, "scoring"), stamp
        )
        with _threads_for(total):
            for chunk in chunks:
                said = chunk.prediction
                differ = disagreement(said.spread, columns)
                self.emit(request, "scored", **scored_values(chunk.reply_ids, said.probabilities, differ))
                count += len(chunk.reply_ids)
                progress(count, total, "scoring")
        return {
            "scored": count,
            "seconds": round(time.monotonic() - started, 3),
            "device": engine.encoder.device.kind,
            "device_name": engine.encoder.device.name,
            "backend": engine.encoder.chosen.backend.name,
        }

    def _rescore(self, request: int, parameters: dict[str, Any]) -> dict[str, Any]:
        import numpy as np

        engine = self._loaded(parameters)
        folder, out = Path(parameters["version_dir"]), Path(parameters["out"])
        _check_criteria(parameters.get("criteria"), engine, folder)
        wanted, changed = (np.load(out / name, allow_pickle=False) for name in ("wanted.npy", "changed.npy"))
        progress = self._progress(request)
        left, blocks = engine.rescore(folder, wanted, int(parameters["stamp"]), changed, self._checker(request))
        count = 0
        for number, (ids, probabilities, differ) in enumerate(blocks):
            place = out / f"block-{number:05d}.bin"
            write_block(place, ids, probabilities, differ)
            count += len(ids)
            self.emit(request, "rescored", file=str(place))
            progress(count, len(wanted), "scoring")
        np.save(out / "left.npy", left)
        return {"scored": count, "left": len(left), "device": engine.encoder.device.kind}

    def _train(self, request: int, parameters: dict[str, Any]) -> dict[str, Any]:
        from csqm_desktop.scoring.version import CriterionSpec
        from csqm_desktop.training import trainer

        out = Path(parameters["out_dir"])
        order = trainer.Request(
            version=str(parameters.get("version") or out.name),
            method=str(parameters.get("method", "head")),
            criteria=tuple(CriterionSpec.from_record(c) for c in parameters["criteria"]),
            out=out,
            parent=_optional(parameters.get("parent_dir")),
            active=_optional(parameters.get("active_dir")),
            warm=_optional(parameters.get("warm_dir")),
            seed=int(parameters.get("seed", 0)),
            options=dict(parameters.get("options") or {}),
            scorecard=dict(parameters.get("scorecard") or {}),
        )
        observer = trainer.Observer(
            self._progress(request),
            lambda values: self.emit(request, "metric", **values),
            self._checker(request),
        )
        items, labels = Path(parameters["items"]), Path(parameters["labels"])
        guesses = _optional(parameters.get("guesses"))
        card = trainer.train(
            self._loaded(parameters),
            map(reply_from_record, read_jsonl(items)),
            map(label_from_record, read_jsonl(labels)),
            order,
            observer,
            None if guesses is None else map(weak_from_record, read_jsonl(guesses)),
        )
        return card.to_dict()

    def _evaluate(self, request: int, parameters: dict[str, Any]) -> dict[str, Any]:
        from csqm_desktop.training.dataset import Dataset, join
        from csqm_desktop.training.evaluation import evaluate

        engine = self._loaded(parameters)
        folder = Path(parameters["version_dir"])
        criteria = engine.version(folder).criteria
        labels = map(label_from_record, read_jsonl(Path(parameters["labels"])))
        data = Dataset.of(join(map(reply_from_record, read_jsonl(Path(parameters["items"]))), labels), criteria)
        progress = self._progress(request)
        prediction = engine.predict(
            folder, data.replies, self._checker(request), lambda done, total: progress(done, total, "embedding")
        )
        progress(0, 0, "evaluating")
        return evaluate(prediction, criteria, data, int(parameters.get("seed", 0)))

    def _explain(self, request: int, parameters: dict[str, Any]) -> dict[str, Any]:
        from csqm_desktop.scoring.evidence import explain

        item = reply_from_record(parameters["item"])
        return explain(
            self._loaded(parameters), Path(parameters["version_dir"]), item, self._checker(request)
        ).to_record()

    # -- what stays loaded

    def _device(self, wanted: str) -> Device:
        from csqm_desktop.scoring.device import choose_device

        return choose_device(wanted)

    def _loaded(self, parameters: dict[str, Any]) -> Engine:
        from csqm_desktop.registry import base_model
        from csqm_desktop.scoring.engine import Engine

        base = Path(parameters["base"])
        wanted = str(parameters.get("device") or "auto")
        cache = _optional(parameters.get("cache_dir"))
        # the fingerprint too: the folder may have been filled anew since
        precision = str(parameters.get("precision") or "exact")
        key = (str(base), base_model.describe(base).fingerprint, wanted, precision)
        if self._engine is None or self._engine_key != key:
            self._drop_engine()
            self._engine = Engine(base, cache, self._device(wanted), precision)
            self._engine_key = key
        self._engine.use_cache(cache)
        return self._engine

    def _drop_engine(self) -> None:
        if self._engine is not None:
            self._engine.close()
        self._engine = self._engine_key = None


@contextmanager
def _threads_for(replies: int) -> Iterator[None]:
    """One thread for a few replies: waiting for a second one at every layer takes longer than its help saves.

    On a busy machine a single reply took ten times as long with two threads as with one.
    """
    import torch

    threads = torch.get_num_threads()
    if replies > _FEW_REPLIES or threads == 1:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _unexpected(error: Exception) -> dict[str, str]:
    return {"reason": type(error).__name__, "log": str(logs.log_file("worker"))}


def _optional(path: Any) -> Path | None:
    return Path(path) if path else None


def _check_criteria(wanted: Any, engine: Engine, folder: Path) -> None:
    """A version whose columns are not those the caller will read would store nonsense."""
    if wanted is None:
        return
    own = [(c.key, list(c.levels)) for c in engine.version(folder).criteria]
    if own != [(c["key"], list(c["levels"])) for c in wanted]:
        raise CsqmError("version_other_scorecard", version=folder.name)


# -- the process


def _claim_stdout() -> IO[bytes]:
    """Keep the real standard output for the protocol and send everything else that is printed to stderr."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb", buffering=0)


def _prepare_environment() -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    if os.environ.get("CSQM_LOW_PRIORITY", "0") == "1":
        _lower_priority()
    _keep_pages()


def _keep_pages() -> None:
    """Let glibc keep the memory of a batch for the next one instead of giving it back and asking again."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    with suppress(OSError, AttributeError):
        allocator = ctypes.CDLL(None)
        allocator.mallopt(_M_MMAP_THRESHOLD, _LARGEST_FROM_HEAP)
        allocator.mallopt(_M_TRIM_THRESHOLD, 8 * _LARGEST_FROM_HEAP)


def _lower_priority() -> None:
    import psutil

    with suppress(OSError, psutil.Error):
        process = psutil.Process()
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
            return
        wanted = min(19, process.nice() + _NICE)
        process.nice(wanted)
        if sys.platform == "linux":  # each thread has a priority of its own, and a BLAS started some when it was loaded
            for thread in process.threads():
                os.setpriority(os.PRIO_PROCESS, thread.id, wanted)


def _read_requests(source: IO[bytes], worker: Worker, waiting: queue.Queue[dict[str, Any]]) -> None:
    import json

    for line in source:
        try:
            record = json.loads(line)
        except ValueError:
            log.warning("a request is not JSON (%d bytes)", len(line))
            continue
        if not isinstance(record, dict):
            continue
        if record.get("op") == "cancel":
            worker.cancel(int(record.get("target", 0)))
        else:
            waiting.put(record)
    # nobody is left to answer; a thread inside torch would keep a normal exit waiting
    logging.shutdown()
    os._exit(0)


def main() -> int:
    """Serve until standard input ends."""
    out = _claim_stdout()
    logs.set_up("worker")
    _prepare_environment()
    worker = Worker(out)
    waiting: queue.Queue[dict[str, Any]] = queue.Queue()
    reader = threading.Thread(
        target=_read_requests, args=(sys.stdin.buffer, worker, waiting), name="requests", daemon=True
    )
    reader.start()
    while True:
        worker.answer(waiting.get())
