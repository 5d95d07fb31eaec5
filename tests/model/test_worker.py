"""The worker as its parent sees it: a process with two pipes, started, asked, cancelled, killed, orphaned."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from csqm_desktop.domain.score_columns import unpack
from csqm_desktop.jobs.protocol import (
    FINAL_EVENTS,
    Event,
    decode_event,
    encode,
    label_to_record,
    reply_to_record,
    scored_from,
    write_jsonl,
)
from tests.model.toy import CRITERIA, toy

SECONDS = 120


class Parent:
    """The other end of the pipes."""

    def __init__(self, home: Path, threads: int = 1) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "csqm_desktop", "worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"CSQM_HOME": str(home), "CSQM_LOW_PRIORITY": "1", "OMP_NUM_THREADS": str(threads)},
        )
        self.number = 0

    def send(self, op: str, **values) -> int:
        self.number += 1
        self.process.stdin.write(encode({"id": self.number, "op": op, **values}))
        self.process.stdin.flush()
        return self.number

    def event(self) -> Event | None:
        line = self.process.stdout.readline()
        event = decode_event(line)
        assert event is not None or not line, f"not protocol: {line[:80]!r}"
        return event

    def ask(self, op: str, **values) -> tuple[Event, list[Event]]:
        number = self.send(op, **values)
        return self.answer(number)

    def answer(self, number: int) -> tuple[Event, list[Event]]:
        events = []
        while (event := self.event()) is not None:
            assert event.request == number
            if event.kind in FINAL_EVENTS:
                return event, events
            events.append(event)
        raise AssertionError("the worker died")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(ValueError, OSError):  # a test may have closed it
            self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def worker(home):
    parent = Parent(home)
    yield parent
    parent.close()


@pytest.fixture
def alone(tmp_path):
    parent = Parent(tmp_path / "own-home")
    yield parent
    parent.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory, base) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("request")
    items, labels = toy(200)
    write_jsonl(folder / "items.jsonl", map(reply_to_record, items))
    write_jsonl(folder / "labels.jsonl", map(label_to_record, labels))
    return {
        "base": str(base), "items": str(folder / "items.jsonl"), "labels": str(folder / "labels.jsonl"),
        "cache_dir": str(folder / "cache"), "device": "cpu",
    }  # fmt: skip


@pytest.fixture(scope="module")
def version(worker, files, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("candidates") / "v0001-head"
    done, events = worker.ask(
        "train", **files, version="v0001-head", method="head", criteria=CRITERIA, out_dir=str(out), seed=0,
        parent_dir=None, active_dir=None, scorecard={"key": "shop", "version": 3}, options={"is_starter": True},
    )  # fmt: skip
    assert done.kind == "done", done
    card = json.loads((out / "card.json").read_text())
    assert done.values["result"] == card
    assert card["is_starter"] is True
    assert card["scorecard_version"] == 3
    assert {e.kind for e in events} == {"progress", "metric"}
    assert {e.values["stage"] for e in events if e.kind == "progress"} >= {"embedding", "fitting", "gate"}
    return out


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities of their own on Linux")
def test_every_thread_of_a_training_leaves_the_processor_to_others(home, files, tmp_path):
    two_threads = Parent(home, threads=2)
    request = {k: files[k] for k in ("base", "items", "labels", "device")}
    own, seen = os.getpriority(os.PRIO_PROCESS, 0), {}
    number = two_threads.send(
        "train", **request, version="v1", method="lora", criteria=CRITERIA, out_dir=str(tmp_path / "v1"),
        options={"epochs": 2},
    )  # fmt: skip
    while (event := two_threads.event()).kind not in FINAL_EVENTS:
        if event.kind == "metric":  # while it learns
            for stat in Path(f"/proc/{two_threads.process.pid}/task").glob("*/stat"):
                seen[stat.parent.name] = int(stat.read_text().rpartition(")")[2].split()[16])
    two_threads.close()
    assert (event.request, event.kind) == (number, "done"), event
    assert len(seen) >= 3  # its own, the reader's, torch's
    assert set(seen.values()) == {min(19, own + 10)}


def test_hello_says_what_it_runs_on(worker):
    done, _ = worker.ask("hello", device="cpu")
    assert done.values["result"]["device"] == "cpu"
    assert {"device_name", "torch", "threads", "bf16"} <= done.values["result"].keys()


def test_score_sends_every_reply_once_in_order(worker, files, version):
    request = {k: v for k, v in files.items() if k != "labels"}
    done, events = worker.ask("score", **request, version_dir=str(version), criteria=CRITERIA)
    assert done.kind == "done", done
    scored = [scored_from(e.values, 5) for e in events if e.kind == "scored"]
    assert [i for ids, _ in scored for i in ids] == list(range(200))
    table = np.concatenate([p for _, p in scored])
    np.testing.assert_allclose(table[:, :3].sum(axis=1), 1, atol=1e-3)
    assert done.values["result"]["scored"] == 200
    last = [e.values for e in events if e.kind == "progress"][-1]
    assert (last["done"], last["total"], last["stage"]) == (200, 200, "scoring")
    assert unpack(b"", 5).shape == (0, 5)


def test_the_same_request_gives_the_same_scores(worker, files, version):
    request = {k: v for k, v in files.items() if k != "labels"}
    tables = []
    for _ in range(2):
        _, events = worker.ask("score", **request, version_dir=str(version))
        tables.append([e.values["probabilities"] for e in events if e.kind == "scored"])
    assert tables[0] == tables[1]


def test_evaluate_gives_the_table(worker, files, version):
    done, _ = worker.ask("evaluate", **files, version_dir=str(version))
    table = done.values["result"]["criteria"]["tone"]
    assert table["n"] == 200
    assert table["accuracy"] > 0.75
    assert set(table["intervals"]) >= {"macro_f1", "ece", "jsd"}


def test_another_scorecard_is_refused_before_anything_is_stored(worker, files, version):
    done, events = worker.ask(
        "score", base=files["base"], items=files["items"], version_dir=str(version), criteria=CRITERIA[:1]
    )
    assert (done.kind, done.values["code"]) == ("failed", "version_other_scorecard")
    assert not [e for e in events if e.kind == "scored"]


@pytest.mark.parametrize(
    ("op", "values", "code"),
    [
        ("dance", {}, "unexpected"),
        ("score", {"base": "/nowhere", "items": "x", "version_dir": "x"}, "base_not_provisioned"),
        ("hello", {"device": "abacus"}, "device_missing"),
    ],
)
def test_what_goes_wrong_is_answered_and_the_worker_lives_on(worker, op, values, code):
    done, _ = worker.ask(op, **values)
    assert (done.kind, done.values["code"]) == ("failed", code)
    assert worker.ask("hello", device="cpu")[0].kind == "done"


def test_a_bug_of_ours_is_answered_too_and_its_trace_quotes_no_message(worker, files, version, tmp_path, home):
    (tmp_path / "items.jsonl").write_text('{"reply_id": 1, "text": "my card is 6222 0000"}\n')
    done, _ = worker.ask("score", **(files | {"items": str(tmp_path / "items.jsonl")}), version_dir=str(version))
    assert (done.kind, done.values["code"]) == ("failed", "unexpected")
    log = (home / "logs" / "worker.log").read_text()
    assert "reply_from_record" in log
    assert "6222" not in log


def test_cancel_stops_a_training_and_the_next_request_is_served(worker, files, tmp_path):
    number = worker.send(
        "train", **files, method="full", criteria=CRITERIA, out_dir=str(tmp_path / "v"), options={"epochs": 500}
    )
    while worker.event().kind != "metric":
        pass
    worker.process.stdin.write(encode({"id": 0, "op": "cancel", "target": number}))
    worker.process.stdin.flush()
    started = time.monotonic()
    done, _ = worker.answer(number)
    assert done.kind == "cancelled"
    assert time.monotonic() - started < 20
    assert not (tmp_path / "v" / "card.json").exists()
    assert worker.ask("hello", device="cpu")[0].kind == "done"


def test_a_request_cancelled_while_it_waits_never_starts(worker, files, tmp_path):
    first = worker.send("hello", device="cpu")
    second = worker.number + 1
    worker.process.stdin.write(encode({"id": 0, "op": "cancel", "target": second}))
    worker.send("train", **files, method="head", criteria=CRITERIA, out_dir=str(tmp_path / "v"))
    assert worker.answer(first)[0].kind == "done"
    assert worker.answer(second)[0].kind == "cancelled"
    assert not (tmp_path / "v").exists()


def test_lines_that_are_no_requests_are_passed_over(worker):
    worker.process.stdin.write(b"not json\n[1, 2]\n\n")
    assert worker.ask("hello", device="cpu")[0].kind == "done"


def test_it_leaves_at_once_when_its_parent_is_gone(alone, files, tmp_path):
    alone.send("train", **files, method="full", criteria=CRITERIA, out_dir=str(tmp_path / "v"), options={"epochs": 500})
    while alone.event().kind != "metric":
        pass
    alone.process.stdin.close()
    started = time.monotonic()
    while alone.event() is not None:
        pass
    assert alone.process.wait(timeout=10) == 0
    assert time.monotonic() - started < 10


def test_after_a_kill_the_next_worker_goes_on_with_what_was_read(alone, home, files, version, tmp_path):
    items, _ = toy(3000, seed=4)
    write_jsonl(tmp_path / "many.jsonl", map(reply_to_record, items))
    request = files | {"items": str(tmp_path / "many.jsonl"), "cache_dir": str(tmp_path / "cache")}
    alone.send("score", **request, version_dir=str(version))
    while alone.event().kind != "scored":
        pass
    alone.process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    alone.process.wait()
    second = Parent(home)
    try:
        done, events = second.ask("score", **request, version_dir=str(version))
        assert done.kind == "done"
        assert sum(len(e.values["reply_ids"]) for e in events if e.kind == "scored") == 3000
    finally:
        second.close()
    keys = next((tmp_path / "cache").glob("*/keys.bin")).read_bytes()
    digests = [keys[i : i + 16] for i in range(0, len(keys), 16)]
    assert len(set(digests)) == len(digests), "a text was read twice"
