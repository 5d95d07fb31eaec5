"""How often the signals of a conversation are right, against people.

    python tests/benchmarks/signals.py [--stc3 FILE.jsonl.gz ...] [--uss FILE.txt.gz ...]

Without files: the project's own demo conversations with ``tests/data/signals/gold.csv`` (passed on, asked twice, left
open, judged by reading). With files of real dialogues, as far as their labels say something about a signal:

* STC-3: the customer's satisfaction S and whether the task was accomplished A, means of 19 votes, against the mood of
  the last messages and "left open";
* USS: the satisfaction that several people gave each customer's turn, against the mood of that turn.

Rank correlations and areas under the curve with the size of the smaller class beside them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import scipy.stats  # noqa: E402

from csqm_desktop.analytics.mood import mood  # noqa: E402
from csqm_desktop.analytics.signals import read_signals  # noqa: E402
from csqm_desktop.domain.conversation import Message, Role  # noqa: E402

GOLD = ROOT / "tests" / "data" / "signals" / "gold.csv"
DEMO = ROOT / "resources" / "demo" / "messages.jsonl"
START = datetime(2026, 1, 1, tzinfo=UTC)


def messages(turns: list[tuple[Role, str]]) -> list[Message]:
    """A conversation from roles and texts, a minute apart."""
    return [
        Message(i, 1, str(i), START + timedelta(minutes=i), role, role.value, text)
        for i, (role, text) in enumerate(turns)
    ]


def auc(scores: np.ndarray, truth: np.ndarray) -> float:
    """The chance that a true case has the higher score."""
    ranks = scipy.stats.rankdata(scores)
    n = int(truth.sum())
    return float((ranks[truth].sum() - n * (n + 1) / 2) / (n * (len(truth) - n)))


def right(name: str, found: np.ndarray, truth: np.ndarray) -> None:
    """A line with precision, recall and accuracy of a yes-no signal, and of always saying the more frequent."""
    hit = int((found & truth).sum())
    precision, recall = hit / max(1, int(found.sum())), hit / max(1, int(truth.sum()))
    print(
        f"{name:<34} n={len(truth):<5} yes={int(truth.sum()):<5} precision {precision:.2f}  recall {recall:.2f}  "
        f"accuracy {float((found == truth).mean()):.2f}  (always the same: {max(truth.mean(), 1 - truth.mean()):.2f})"
    )


def demo() -> None:
    """The project's own conversations."""
    talks: dict[str, list[Message]] = {}
    for number, line in enumerate(DEMO.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        talk = talks.setdefault(row["conversation_id"], [])
        sent = datetime.fromisoformat(row["sent_at"])
        talk.append(Message(number, 1, row["message_id"], sent, Role(row["role"]), row["sender"], row["text"]))
    with GOLD.open(encoding="utf-8") as source:
        gold = list(csv.DictReader(source))
    for name in ("transferred", "repeated_question", "unresolved"):
        truth = np.array([row[name] == "1" for row in gold])
        found = np.array([bool(getattr(read_signals(talks[row["conversation_id"]]), name)) for row in gold])
        right(f"demo {name}", found, truth)


def stc3(path: Path) -> None:
    """Mood and "left open" against the votes on whole dialogues."""
    satisfied, accomplished, last, left = [], [], [], []
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for line in source:
            talk = json.loads(line)
            turns = [
                (Role.CUSTOMER if turn["sender"] == "customer" else Role.AGENT, " ".join(turn["utterances"]).strip())
                for turn in talk["turns"]
            ]
            signals = read_signals(messages(turns))
            satisfied.append(_mean(talk["quality_votes"]["S"]))
            accomplished.append(_mean(talk["quality_votes"]["A"]))
            last.append(signals.mood_last or 0.0)
            left.append(signals.unresolved)
    rho = scipy.stats.spearmanr(last, satisfied).statistic
    print(f"{path.name} mood at the end against S: rank correlation {rho:.3f}  n={len(last)}")
    unhappy = np.array(satisfied) < 0
    print(f"{path.name} mood at the end finds S < 0: AUC {auc(-np.array(last), unhappy):.3f}  yes={int(unhappy.sum())}")
    right(f"{path.name} left open, A < 0", np.array(left), np.array(accomplished) < 0)


def _mean(votes: dict[str, int] | list[int]) -> float:
    if isinstance(votes, dict):
        return sum(int(k) * v for k, v in votes.items()) / max(1, sum(votes.values()))
    return float(np.mean(votes))


def uss(path: Path) -> None:
    """The mood of customers' turns against the satisfaction that people gave them."""
    moods, ratings = [], []
    for role, text, values in _uss_lines(path):
        if role == "USER" and values and text != "OVERALL":
            moods.append(mood(text))
            ratings.append(float(np.mean(values)))
    rho = scipy.stats.spearmanr(moods, ratings).statistic
    bad = np.array(ratings) < 2.75
    print(f"{path.name} mood of a turn against satisfaction: rank correlation {rho:.3f}  n={len(moods)}")
    print(f"{path.name} mood finds satisfaction < 2.75: AUC {auc(-np.array(moods), bad):.3f}  yes={int(bad.sum())}")


def _uss_lines(path: Path) -> Iterator[tuple[str, str, list[int]]]:
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for line in source:
            parts = line.rstrip("\n").split("\t")
            if len(parts) >= 4:
                yield parts[0], parts[1], [int(v) for v in parts[3].split(",") if v.strip().isdigit()]


def main() -> None:
    """Print a line for each signal and source."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stc3", type=Path, nargs="*", default=[])
    parser.add_argument("--uss", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    demo()
    for path in given.stc3:
        stc3(path)
    for path in given.uss:
        uss(path)


if __name__ == "__main__":
    main()
