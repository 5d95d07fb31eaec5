"""How fast the HTTP intake is: a posted message stored, scored and in the trend; and messages a second.

Usage: ``python tests/benchmarks/intake.py [--messages 40] [--load 2000] [--senders 16] [--device cpu]``

Latency: a warm ``csqm serve`` in a process of its own, one message after the other, each the reply in a conversation of
its own with the question before it. *Stored* is the answer of the intake; *scored* is when the score can be read from
the database; *in the trend* is when ``read_trend`` counts the reply; *in the window* adds what a window needs to
notice: ``Database.written_by_others`` asked twice a second, as ``ui/others_news.py`` does.

Throughput: the same messages from the same senders to (a) the intake without a model, one message a post and in
batches, and (b) a plain FastAPI endpoint that checks nothing and inserts into one table, a commit for each message.
Both run in processes of their own, one after the other, on this machine.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from csqm_desktop import rubrics  # noqa: E402
from csqm_desktop.jobs.read_trend import read_trend  # noqa: E402
from csqm_desktop.jobs.review_queue import active_version  # noqa: E402
from csqm_desktop.store.workspace import Workspace  # noqa: E402

PLAIN = """
import sqlite3, sys, uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
class Message(BaseModel):
    conversation_id: str; message_id: str; sent_at: str; role: str; text: str
db = sqlite3.connect(sys.argv[1], check_same_thread=False, isolation_level=None)
db.execute("PRAGMA journal_mode = WAL"); db.execute("PRAGMA synchronous = " + sys.argv[2])
db.execute("CREATE TABLE m (conversation_id TEXT, message_id TEXT, sent_at TEXT, role TEXT, text TEXT,"
           " PRIMARY KEY (conversation_id, message_id))")
app = FastAPI()
@app.post("/v1/messages", status_code=201)
async def post(message: Message):
    db.execute("INSERT OR IGNORE INTO m VALUES (?, ?, ?, ?, ?)", (message.conversation_id, message.message_id,
               message.sent_at, message.role, message.text))
    return {"status": "added"}
import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(512)
print(f"http://127.0.0.1:{s.getsockname()[1]}", file=sys.stderr, flush=True)
uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="critical")).run(sockets=[s])
"""
TEXTS = (
    "您好，您的订单今天下午已经发出，预计后天送达，请注意查收。",
    "I am sorry for the delay. Your refund was sent this morning and arrives within three days.",
    "亲，这款有黑色和白色两种，您的身高建议选 L 码，电话 13812345678 随时联系。",
    "Please write to help@example.com with a photo, and we will send a new one at once.",
)


def message(number: int, role: str = "bot", conversation: str = "") -> dict[str, str]:
    """One post."""
    return {
        "conversation_id": conversation or f"c{number // 8}",
        "message_id": str(number),
        "sent_at": f"2026-11-{number % 28 + 1:02d}T08:{number // 60 % 60:02d}:{number % 60:02d}+08:00",
        "role": role,
        "text": f"{TEXTS[number % len(TEXTS)]} #{number}",
    }


@contextlib.contextmanager
def running(command: list[str], last: str) -> Iterator[tuple[str, str]]:
    """A server in a process of its own: its address, and its token when it shows one."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment)
    address = token = ""
    assert process.stderr is not None
    for line in process.stderr:
        token = line.strip() if line.startswith("csqm_") else token
        found = re.search(r"http://\S+", line)
        if found and last in line:
            address = found[0]
            break
    threading.Thread(target=process.stderr.read, daemon=True).start()
    try:
        yield address, token
    finally:
        process.terminate() if "-c" in command else process.send_signal(2)
        process.wait(60)


def serve(workspace: Path, *words: str) -> list[str]:
    """The command of the intake."""
    return [sys.executable, "-m", "csqm_desktop", "serve", "-w", str(workspace), "--port", "0",
            "--rate", "100000000", *words]  # fmt: skip


def latency(folder: Path, count: int, device: str) -> None:
    """Post one by one and watch each arrive."""
    workspace = Workspace.create(folder / "latency", rubrics.load("ecommerce"))
    with running(serve(workspace.folder, "--device", device), "Taking") as (address, token):
        client = httpx2.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, trust_env=False)
        while client.get("/v1/health").json()["model"] != "ready":
            time.sleep(0.2)
        seen = {"stored": [], "scored": [], "in the trend": [], "in the window": []}
        for number in range(-3, count):  # the first three warm up
            times = _one(workspace, client, number)
            if number >= 0:
                for name, value in times.items():
                    seen[name].append(value)
        client.close()
    for name, values in seen.items():
        print(f"{name:14s} p50 {statistics.median(values) * 1000:6.0f} ms   p99 {_p99(values) * 1000:6.0f} ms")
    late = sum(value > 2 for value in seen["in the window"])
    print(f"{len(seen['stored'])} messages, {late} of them later than 2 s in the window")
    workspace.close()


def _one(workspace: Workspace, client: httpx2.Client, number: int) -> dict[str, float]:
    conversation = f"live{number}"
    client.post("/v1/messages", json=message(10_000 + 2 * number, "customer", conversation)).raise_for_status()
    version = active_version(workspace)
    before = sum(point.n for point in read_trend(workspace, "day", group_by="all").points)
    noticed = workspace.database.written_by_others()
    posted = message(10_001 + 2 * number, "bot", conversation)
    # as a window would: it looks every half second, and does not know when the post comes
    next_look = time.perf_counter() + (number * 0.137) % 0.5
    started = time.perf_counter()
    client.post("/v1/messages", json=posted).raise_for_status()
    times = {"stored": time.perf_counter() - started}
    (reply,) = workspace.conversations.find([(conversation, posted["message_id"])]).values()
    while "in the window" not in times:
        time.sleep(0.004)
        now = time.perf_counter()
        news = False
        if now >= next_look:
            next_look = now + 0.5
            changes = workspace.database.written_by_others()
            news, noticed = changes != noticed, changes
        if "scored" not in times:
            found = workspace.scores.get(reply, version)
            if found is None:
                continue
            times["scored"] = time.perf_counter() - started
        if "in the trend" not in times:
            after = sum(point.n for point in read_trend(workspace, "day", group_by="all").points)
            assert after == before + 1
            times["in the trend"] = time.perf_counter() - started
        if news:
            times["in the window"] = time.perf_counter() - started
    return times


def _p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def load(address: str, token: str, count: int, senders: int, batch: int = 1) -> float:
    """Messages a second from some senders at once."""
    numbers = iter(range(0, count, batch))
    guard = threading.Lock()
    faults: list[int] = []

    def send() -> None:
        with httpx2.Client(headers={"Authorization": f"Bearer {token}"}, trust_env=False) as client:
            while True:
                with guard:
                    first = next(numbers, None)
                if first is None:
                    return
                path, body = "/v1/messages", message(first)
                if batch > 1:
                    path, body = f"{path}/batch", {"messages": [message(n) for n in range(first, first + batch)]}
                answer = client.post(address + path, json=body)
                if not answer.is_success:
                    faults.append(answer.status_code)

    threads = [threading.Thread(target=send) for _ in range(senders)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    assert not faults, faults[:5]
    return count / seconds


def throughput(folder: Path, count: int, senders: int) -> None:
    """The intake and the plain endpoint, each on a new file."""
    rates: dict[str, float] = {}
    for durable in ("NORMAL", "FULL"):
        place = folder / f"plain-{durable}.sqlite3"
        with running([sys.executable, "-c", PLAIN, str(place), durable], "http") as (address, _):
            while True:
                try:
                    httpx2.get(address, trust_env=False)
                    break
                except httpx2.TransportError:
                    time.sleep(0.1)
            rates[f"plain endpoint, synchronous={durable}"] = load(address, "none", count, senders)
        assert sqlite3.connect(place).execute("SELECT count(*) FROM m").fetchone()[0] == count
    for batch in (1, 100):
        workspace = Workspace.create(folder / f"load{batch}", rubrics.load("ecommerce"))
        with running(serve(workspace.folder, "--no-score", "--queue", "100000"), "Taking") as (address, token):
            rates[f"intake, {batch} a post"] = load(address, token, count, senders, batch)
        assert workspace.conversations.totals().messages == count
        workspace.close()
    base = rates["plain endpoint, synchronous=FULL"]
    for name, rate in rates.items():
        print(f"{name:36s} {rate:7.0f} messages/s   {rate / base:5.2f} of the plain endpoint that is as durable")


def main() -> None:
    """Both parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=40, help="of the latency part; 0 leaves it out")
    parser.add_argument("--load", type=int, default=2000, help="messages of the throughput part; 0 leaves it out")
    parser.add_argument("--senders", type=int, default=16)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="csqm-intake-") as scratch:
        if arguments.messages:
            latency(Path(scratch), arguments.messages, arguments.device)
        if arguments.load:
            throughput(Path(scratch), arguments.load // 100 * 100, arguments.senders)


if __name__ == "__main__":
    main()
