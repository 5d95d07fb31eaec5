"""Everything at once on one workspace: imports, scoring, training, a dashboard and two people who label.

    python tests/benchmarks/mixed_load.py [--minutes 10] [--pause 0.5] [--base tiny|installed]

Imports run in processes of their own (``csqm import``), as does a second program that labels; scoring, training, the
dashboard and the first person share this process, as in the window. Afterwards every label and every message that was
confirmed is looked for. Prints how long a label took to be saved (median, 99 %, longest) beside the same on an idle
workspace, how many errors there were, and what was lost; exits with 1 when anything was.

``--base tiny`` (default) uses a random network that is built on the spot, so that the store is what is measured;
``installed`` the base model of the shared model store.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

WORDS = [
    "refund",
    "shipped",
    "solved",
    "later",
    "unknown",
    "busy",
    "please",
    "order",
    "parcel",
    "hello",
    "订单",
    "退款",
    "发货",
    "抱歉",
    "马上",
]
CONVERSATIONS = 120  # of one file


def write_file(path: Path, number: int) -> int:
    """A file of new conversations; returns its messages."""
    rng = random.Random(number)
    start = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(hours=number)
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["conversation_id", "message_id", "sent_at", "role", "sender", "text"])
        for c in range(CONVERSATIONS):
            for m in range(6):
                text = " ".join(rng.choices(WORDS, k=rng.randint(3, 14))) + f" {number}-{c}-{m}"
                role = "customer" if m % 2 == 0 else "agent"
                writer.writerow(
                    [f"f{number}c{c}", m, (start + timedelta(minutes=c * 7 + m)).isoformat(), role, role, text]
                )
                rows += 1
    return rows


class Load:
    """The workers, their counts and what went wrong."""

    def __init__(self, folder: Path, pause: float) -> None:
        self.folder = folder
        self.pause = pause
        self.until = 0.0
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []
        self.seconds: list[float] = []
        self.labels: dict[tuple[int, str], int] = {}
        self.messages = 0

    def loop(self, name: str, step: Callable[[], None], pause: float) -> threading.Thread:
        """A thread that repeats a step until the time is over."""

        def run() -> None:
            while time.monotonic() < self.until:
                try:
                    step()
                    self.counts[name] += 1
                except Exception as error:  # noqa: BLE001 -- counted and told at the end
                    self.errors.append(f"{name}: {type(error).__name__} {error}")
                time.sleep(pause)

        thread = threading.Thread(target=run, name=name)
        thread.start()
        return thread

    def import_next(self, command: list[str]) -> None:
        """Import a new file in a process of its own."""
        number = self.counts["import"]
        path = self.folder / f"in{number}.csv"
        rows = write_file(path, number)
        words = [*command, "import", str(path), "--workspace", str(self.folder / "w"), "--json"]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.strip()[-200:])
        added = json.loads(done.stdout.strip().splitlines()[-1])
        found = added["added"] if "added" in added else sum(f["added"] for f in added["files"])
        if found != rows:
            raise RuntimeError(f"{found} of {rows} added")
        self.messages += rows


def save_label(load: Load, workspace: object, rng: random.Random, reviewer: str) -> None:
    """Submit a verdict and take the time."""
    from csqm_desktop.domain.review import Review, Verdict

    ids = workspace.conversations.all_reply_ids()  # type: ignore[attr-defined]
    reply = rng.choice(ids)
    levels = {c.key: rng.randrange(len(c.levels)) for c in workspace.scorecards.current().criteria}  # type: ignore[attr-defined]
    started = time.perf_counter()
    workspace.reviews.submit(Review(reply, reviewer, Verdict.SCORED, levels))  # type: ignore[attr-defined]
    load.seconds.append(time.perf_counter() - started)
    load.labels[reply, reviewer] = levels[next(iter(levels))]


def other_person(folder: str, minutes: str, pause: str) -> None:
    """A second program that labels; its timings and labels go to stdout."""
    from csqm_desktop.store.workspace import Workspace

    load = Load(Path(folder), float(pause))
    load.until = time.monotonic() + 60 * float(minutes)
    rng = random.Random(2)
    workspace = Workspace.open(Path(folder) / "w")
    while time.monotonic() < load.until:
        try:
            save_label(load, workspace, rng, "Ben")
        except Exception as error:  # noqa: BLE001
            load.errors.append(f"second program: {type(error).__name__} {error}")
        time.sleep(load.pause)
    workspace.close()
    labels = [[reply, who, level] for (reply, who), level in load.labels.items()]
    print(json.dumps({"seconds": load.seconds, "labels": labels, "errors": load.errors}))


def figures(seconds: list[float]) -> str:
    """Percentiles in milliseconds."""
    ms = 1000 * np.array(seconds)
    return f"n={len(ms)}  p50 {np.percentile(ms, 50):.1f} ms  p99 {np.percentile(ms, 99):.1f} ms  max {ms.max():.1f} ms"


def lost(load: Load, workspace: object) -> list[str]:
    """Confirmed labels and messages that are not there."""
    keys = [c.key for c in workspace.scorecards.current().criteria]  # type: ignore[attr-defined]
    problems = []
    for (reply, who), level in load.labels.items():
        live = workspace.reviews.live(reply, who)  # type: ignore[attr-defined]
        if not live or live[0].review.positions[keys[0]] != level:
            problems.append(f"label of {who} on {reply}")
    there = workspace.conversations.totals().messages  # type: ignore[attr-defined]
    if there < load.messages:
        problems.append(f"{load.messages - there} messages")
    return problems


def main() -> int:
    """Run the load and print what happened."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pause", type=float, default=0.5, help="seconds between a person's labels")
    parser.add_argument("--base", choices=("tiny", "installed"), default="tiny")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="csqm-load-"))
    os.environ["CSQM_HOME"] = str(folder / "home")
    os.environ["PYTHONPATH"] = str(ROOT)
    if given.base == "tiny":
        from tests.model.toy import build_base

        build_base(folder / "store" / "base")
        os.environ["CSQM_MODEL_STORE"] = str(folder / "store")
    from csqm_desktop.jobs.base import SilentContext, execute
    from csqm_desktop.jobs.model_process import ModelProcess
    from csqm_desktop.jobs.score_replies import ScoreReplies
    from csqm_desktop.jobs.train_model import TrainModel
    from csqm_desktop.store.workspace import Workspace
    from csqm_desktop.ui.dashboard.figures import Question, read_details, read_figures

    command = [sys.executable, "-m", "csqm_desktop"]
    subprocess.run([*command, "init", "--workspace", str(folder / "w"), "--json"], check=True, capture_output=True)
    load = Load(folder, given.pause)
    load.import_next(command)
    load.counts["import"] += 1
    workspace = Workspace.open(folder / "w")
    rng = random.Random(1)
    for _ in range(300):
        save_label(load, workspace, rng, "Ann")
    idle, load.seconds = load.seconds, []
    process = ModelProcess()
    model = threading.Lock()  # the window's model lane

    def model_job(job: Callable[[], object]) -> None:
        with model:
            execute(job(), SilentContext())  # type: ignore[arg-type]

    model_job(lambda: TrainModel(workspace, process))
    load.until = time.monotonic() + 60 * given.minutes
    other = subprocess.Popen(
        [sys.executable, __file__, "--other-person", str(folder), str(given.minutes), str(given.pause)],
        stdout=subprocess.PIPE,
        text=True,
    )

    def dashboard() -> None:
        read_figures(workspace, Question(), 20)
        read_details(workspace, Question())

    threads = [
        load.loop("import", lambda: load.import_next(command), 1.0),
        load.loop("score", lambda: model_job(lambda: ScoreReplies(workspace, process)), 0.5),
        load.loop("train", lambda: model_job(lambda: TrainModel(workspace, process)), 10.0),
        load.loop("dashboard", dashboard, 1.0),
        load.loop("label", lambda: save_label(load, workspace, rng, "Ann"), given.pause),
    ]
    for thread in threads:
        thread.join()
    second = json.loads(other.communicate()[0].strip().splitlines()[-1])
    load.errors += second["errors"]
    load.labels |= {(reply, who): level for reply, who, level in second["labels"]}
    process.close()
    print(f"{given.minutes:g} minutes: {dict(load.counts)}, {load.messages} messages imported")
    print(f"labels saved, idle          {figures(idle)}")
    print(f"labels saved, this program  {figures(load.seconds)}")
    print(f"labels saved, another one   {figures(second['seconds'])}")
    ratio = float(np.percentile(load.seconds, 50) / np.percentile(idle, 50))
    print(f"median under load ÷ idle    {ratio:.2f}")
    problems = lost(load, workspace)
    workspace.close()
    print(
        f"errors: {len(load.errors)}   lost: {len(problems)} of {len(load.labels)} labels and {load.messages} messages"
    )
    for line in [*load.errors[:10], *problems[:10]]:
        print("  " + line)
    return 1 if load.errors or problems else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--other-person"]:
        other_person(*sys.argv[2:5])
        sys.exit(0)
    sys.exit(main())
