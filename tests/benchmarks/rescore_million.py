"""A new version over a million replies that have been scored before: refit, score, store, rollups, queue.

Builds a workspace with synthetic dialogues and features (minutes; kept and used again with ``--workspace``), then
runs the product's own jobs: ``TrainModel(head)`` on ``--labels`` labelled replies and ``ScoreReplies``. Prints the
seconds of each stage, the processor seconds and peak memory of both processes, and the limit: reading the kept
features once.

    python tests/benchmarks/rescore_million.py --replies 1000000 --workspace /tmp/million

The gate may refuse what was learned from random labels; the candidate is then activated by hand.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import psutil  # noqa: E402

from csqm_desktop import paths, rubrics  # noqa: E402
from csqm_desktop.jobs import review_queue  # noqa: E402
from csqm_desktop.jobs.base import SilentContext, execute  # noqa: E402
from csqm_desktop.jobs.model_process import ModelProcess  # noqa: E402
from csqm_desktop.jobs.score_replies import ScoreReplies  # noqa: E402
from csqm_desktop.jobs.starter import ensure_starter  # noqa: E402
from csqm_desktop.jobs.train_model import TrainModel  # noqa: E402
from csqm_desktop.jobs.version_folders import Versions  # noqa: E402
from csqm_desktop.registry import base_model  # noqa: E402
from csqm_desktop.store.workspace import Workspace  # noqa: E402

WORDS = [
    "您好",
    "订单",
    "已经",
    "发货",
    "退款",
    "请稍等",
    "物流",
    "可以",
    "hello",
    "refund",
    "order",
    "shipped",
    "sorry",
]
BATCH = 20_000


def build(folder: Path, replies: int, labels: int) -> Workspace:
    """Dialogues of five replies over a year, each with the features that a first scoring would have kept."""
    from csqm_desktop.scoring.cache_place import cache_folder
    from csqm_desktop.scoring.feature_rows import BLOCKS, FeatureRows

    workspace = Workspace.create(folder, rubrics.load("ecommerce"))
    rng = np.random.default_rng(0)
    connection = sqlite3.connect(folder / "csqm.sqlite3")
    connection.execute("PRAGMA synchronous = OFF")
    columns = [row[1] for row in connection.execute("PRAGMA table_info(messages)")]
    conversations, ids, number = replies // 5, [], 0
    with connection:
        for start in range(0, conversations, BATCH // 10):
            heads, rows = [], []
            for c in range(start, min(conversations, start + BATCH // 10)):
                heads.append(
                    (c + 1, f"c{c}", ("web", "app", "taobao")[c % 3], f"shop {c % 7}", f"p{c % 40}", "", None, None)
                )
                day = 20_000 + c * 365 // conversations
                for turn in range(10):
                    number += 1
                    reply = turn % 2
                    role = "customer" if not reply else "bot" if c % 4 == 0 else "agent"
                    text = " ".join(WORDS[i] for i in rng.integers(0, len(WORDS), 8)) + f" {number}"
                    values = {
                        "id": number, "conversation_id": c + 1, "source_id": str(turn + 1),
                        "sent_at": day * 86_400_000 + turn * 60_000, "offset_minutes": 480, "day": day, "role": role,
                        "sender": f"s{c % 25}", "text": text, "private": 0, "is_reply": reply, "intent": "",
                        "bot_version": "v1" if role == "bot" else "", "content_hash": number.to_bytes(16, "big"),
                        "derived_id": 0,
                    }  # fmt: skip
                    rows.append([values.get(name) for name in columns])
                    if reply:
                        ids.append(number)
            connection.executemany(
                "INSERT INTO conversations (id, source_id, channel, shop, product, order_id, rating, batch_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                heads,
            )
            connection.executemany(f"INSERT INTO messages VALUES ({','.join('?' * len(columns))})", rows)
    connection.close()
    info = base_model.describe(base_model.folder(paths.shared_model_store()))
    width = json.loads((base_model.folder(paths.shared_model_store()) / "config.json").read_text())["hidden_size"]
    store = FeatureRows.of_encoder(cache_folder(Versions(workspace).cache(), info), width)
    for start in range(0, len(ids), BATCH):
        part = np.array(ids[start : start + BATCH], dtype=np.int64)
        vectors = rng.standard_normal((len(part), store.width), dtype=np.float32)
        for block in (slice(n * width, (n + 1) * width) for n in range(BLOCKS)):
            vectors[:, block] /= np.linalg.norm(vectors[:, block], axis=1, keepdims=True)
        store.add(part, 0, vectors)
    chosen = rng.choice(np.array(ids), labels, replace=False)
    _label(workspace, chosen, rng)
    _embed(workspace, chosen.tolist(), cache_folder(Versions(workspace).cache(), info), width, rng)
    return workspace


def _label(workspace: Workspace, chosen: np.ndarray, rng: np.random.Generator) -> None:
    from csqm_desktop.domain.review import Review, Verdict

    scorecard = workspace.scorecards.current()
    for reply in chosen.tolist():
        levels = {c.key: int(rng.integers(0, len(c.levels))) for c in scorecard.criteria}
        workspace.reviews.submit(Review(reply, "benchmark", Verdict.SCORED, levels))


def _embed(workspace: Workspace, chosen: list[int], folder: Path, width: int, rng: np.random.Generator) -> None:
    """Put vectors of all texts around the labelled replies into the cache: they have been read before."""
    from csqm_desktop.scoring.encoding import encode_reply, text_digest
    from csqm_desktop.scoring.vector_cache import VectorCache

    replies = [encode_reply(item) for item in workspace.conversations.reply_inputs(chosen)]
    texts = {
        text
        for reply in replies
        for text in (reply.reply, reply.reaction, reply.answer, *(turn.text for turn in reply.turns))
        if text
    }
    vectors = rng.standard_normal((len(texts), width), dtype=np.float32)
    with VectorCache(folder, width) as cache:
        cache.add([text_digest(t) for t in sorted(texts)], vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


class Watched:
    """Wall seconds, and processor seconds of this process and of the worker."""

    def __init__(self, process: ModelProcess) -> None:
        self._process = process

    def run(self, name: str, work):
        before, begin = self._spent(), time.perf_counter()
        answer = work()
        spent = [b - a for a, b in zip(before, self._spent(), strict=True)]
        wall = time.perf_counter() - begin
        print(f"{name:34s}{wall:8.1f} s wall{spent[0]:8.1f} s own CPU{spent[1]:8.1f} s worker CPU", flush=True)
        return answer, wall, spent

    def _spent(self) -> tuple[float, float]:
        own = time.process_time()
        if self._process.pid is None:
            return own, 0.0
        times = psutil.Process(self._process.pid).cpu_times()
        return own, times.user + times.system


def read_once(folder: Path) -> tuple[float, float]:
    """Bytes and seconds of reading all kept features, as the rescoring does."""
    total, begin = 0, time.perf_counter()
    for path in (folder / "model_store" / "cache").rglob("rows.bin"):
        with path.open("rb", buffering=0) as source:
            while part := source.read(1 << 22):
                total += len(part)
    return total, time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replies", type=int, default=1_000_000)
    parser.add_argument("--labels", type=int, default=1_000)
    parser.add_argument("--workspace", type=Path, default=Path("/tmp/csqm-million"))
    options = parser.parse_args()
    if (options.workspace / "csqm.sqlite3").is_file():
        workspace = Workspace.open(options.workspace)
        print("using the workspace that is there")
    else:
        begin = time.perf_counter()
        workspace = build(options.workspace, options.replies, options.labels)
        print(f"built in {time.perf_counter() - begin:.0f} s")
    process, context = ModelProcess(low_priority=False), SilentContext()
    versions = Versions(workspace)
    if versions.active() is None:
        ensure_starter(workspace, process, context, "auto")
    watched = Watched(process)
    watched.run("worker start", lambda: process.request("hello", {"base": str(versions.base())}, context))
    size, seconds = read_once(options.workspace)
    print(f"{'limit: reading the features once':34s}{seconds:8.1f} s ({size / 1e6:.0f} MB)")
    trained, first, _ = watched.run(
        "head refit, 1,000 labels", lambda: execute(TrainModel(workspace, process, "head", 1), context)
    )
    if not trained.activated:
        versions.store.activate(trained.version, reason="benchmark")
    result, second, _ = watched.run("score, store, rollups", lambda: execute(ScoreReplies(workspace, process), context))
    _, third, _ = watched.run("queue, 50 replies", lambda: review_queue.next_items(workspace, 50))
    total = first + second + third
    ratio = total / max(seconds, 1e-9)
    print(f"{result.scored} replies by {result.version}: {total:.1f} s in all, {ratio:.1f} times the limit")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: worker {_peak(psutil.Process(process.pid)):.0f} MB, this process {own:.0f} MB")
    process.close()
    workspace.close()


def _peak(process: psutil.Process) -> float:
    try:
        for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return process.memory_info().rss / 1024**2


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
