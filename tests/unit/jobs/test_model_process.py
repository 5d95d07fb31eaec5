"""The worker's client against a stand-in worker: answers, stray output, cancel, death, restart."""

import os
import signal
import sys
import time

import pytest

from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs.base import SilentContext
from csqm_desktop.jobs.model_process import ModelProcess

STAND_IN = """
import json, os, sys, threading, queue
say = lambda **r: (sys.stdout.write(json.dumps(r) + "\\n"), sys.stdout.flush())
requests, cancelled = queue.Queue(), set()
def read():
    for line in sys.stdin:
        r = json.loads(line)
        cancelled.add(r["target"]) if r["op"] == "cancel" else requests.put(r)
    os._exit(0)
threading.Thread(target=read, daemon=True).start()
while True:
    r = requests.get()
    number, op = r["id"], r["op"]
    if op == "hello":
        print("a library says something")
        print('{"not": "an event"}')
        say(id=number, event="progress", done=1, total=2, stage="scoring")
        say(id=number, event="metric", loss=0.5)
        say(id=number, event="done", result={"pid": os.getpid(), "low": os.environ["CSQM_LOW_PRIORITY"]})
    elif op == "fail":
        say(id=number, event="failed", code=r["code"], values=r["values"])
    elif op == "wait":
        import time
        while r.get("deaf") or number not in cancelled:
            time.sleep(0.01)
        say(id=number, event="cancelled")
    elif op == "die":
        os._exit(3)
"""


@pytest.fixture
def process():
    made = ModelProcess(command=[sys.executable, "-c", STAND_IN])
    yield made
    made.close()


class Collect(SilentContext):
    def __init__(self):
        self.seen = []

    def progress(self, done, total, stage):
        self.seen.append((done, total, stage))


def hello(process):
    return process.request("hello", {}, SilentContext())


def test_events_and_the_answer_arrive_and_stray_output_does_not_hurt(process):
    context, events = Collect(), []
    result = process.request("hello", {}, context, lambda e: events.append((e.kind, e.values)))
    assert result["pid"] == process.pid
    assert context.seen == [(1, 2, "scoring")]
    assert events == [("metric", {"loss": 0.5})]
    assert hello(process)["pid"] == result["pid"]  # kept between requests


def test_an_error_of_the_worker_is_the_error_here(process):
    with pytest.raises(CsqmError) as caught:
        process.request("fail", {"code": "no_labels", "values": {}}, SilentContext())
    assert caught.value.code == "no_labels"
    with pytest.raises(CsqmError) as caught:
        process.request("fail", {"code": "strange", "values": {"reason": "boom"}}, SilentContext())
    assert (caught.value.code, "boom" in str(caught.value)) == ("unexpected", True)
    assert hello(process)["pid"] == process.pid


class StopSoon(SilentContext):
    def __init__(self):
        self.end = time.monotonic() + 0.3

    def check_cancelled(self):
        if time.monotonic() > self.end:
            raise Cancelled


def test_cancel_asks_first_and_keeps_the_process(process):
    before = hello(process)["pid"]
    with pytest.raises(Cancelled):
        process.request("wait", {}, StopSoon())
    assert hello(process)["pid"] == before


def test_cancel_ends_a_process_that_does_not_listen(process, monkeypatch):
    monkeypatch.setattr("csqm_desktop.jobs.model_process.CANCEL_SECONDS", 0.3)
    before = hello(process)["pid"]
    with pytest.raises(Cancelled):
        process.request("wait", {"deaf": True}, StopSoon())
    assert hello(process)["pid"] != before


@pytest.mark.parametrize("how", ["exits", "killed"])
def test_death_is_said_and_the_next_request_starts_afresh(process, how):
    before = hello(process)["pid"]
    if how == "killed":
        os.kill(before, signal.SIGKILL)
    with pytest.raises(CsqmError) as caught:
        process.request("die", {}, SilentContext())
    assert caught.value.code == "worker_died"
    assert hello(process)["pid"] != before


def test_priority_is_passed_on():
    for low in (True, False):
        process = ModelProcess(low, [sys.executable, "-c", STAND_IN])
        assert hello(process)["low"] == str(int(low))
        process.close()
        process.close()
