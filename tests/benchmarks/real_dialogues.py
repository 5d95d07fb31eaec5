"""The main job on real helpdesk dialogues: import, label, train, score, evaluate, beside TF-IDF in the same run.

Reads an STC-3 / DCH style file (one JSON dialogue a line: ``id``, ``turns[]`` with ``sender``, ``utterances[]`` and
``nugget_votes``), writes it as neutral messages and labels (criterion ``usefulness``, one label row for each vote),
and drives ``csqm``. The test part is fixed: md5(dialogue id) mod 5 == 0. Never tune on it.

    python tests/benchmarks/real_dialogues.py DATA/stc3_cn_dev.jsonl.gz --labels 100 300 1000 0 --seeds 3

Prints accuracy, macro-F1, ECE before and after calibration, JSD and RNSS to the votes, seconds for each stage, and
the same figures for TF-IDF + logistic regression trained on the same replies.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from csqm_desktop.scoring.calibration import expected_calibration_error, jsd, rnss  # noqa: E402

LEVELS = ("HNaN", "HNUG", "HNUG*")


def is_test(dialogue: str) -> bool:
    return int(hashlib.md5(dialogue.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


def replies(path: Path):
    """(dialogue, number, text, text before it, votes) of each helpdesk turn, and all turns as message rows."""
    found, messages = [], []
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for line in source:
            record = json.loads(line)
            name, before = str(record["id"]), []
            for number, turn in enumerate(record["turns"], start=1):
                text = " ".join(u for u in turn["utterances"] if u)
                helpdesk = turn["sender"] == "helpdesk"
                messages.append((name, str(number), "agent" if helpdesk else "customer", text))
                if helpdesk:
                    votes = Counter(turn["nugget_votes"])
                    found.append((name, str(number), text, " ".join(before), [votes[level] for level in LEVELS]))
                before.append(text)
    return found, messages


def write_messages(path: Path, messages) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["conversation_id", "message_id", "sent_at", "role", "sender", "text", "attachments"])
        for name, number, role, text in messages:
            minute = int(number)
            stamp = f"2026-01-01T{8 + minute // 60:02d}:{minute % 60:02d}:00+08:00"
            writer.writerow([name, number, stamp, role, role, text, "" if text else "picture"])


def write_labels(path: Path, chosen) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["conversation_id", "message_id", "criterion", "level", "reviewer", "reviewed_at"])
        for name, number, _, _, votes in chosen:
            voters = [level for level, count in zip(LEVELS, votes, strict=True) for _ in range(count)]
            for voter, level in enumerate(voters):
                writer.writerow([name, number, "usefulness", level, f"voter {voter}", "2026-01-02T08:00:00+08:00"])


def csqm(*words: object, home: Path) -> tuple[dict, float]:
    started = time.monotonic()
    environment = os.environ | {"CSQM_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "csqm_desktop", *map(str, words), "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return json.loads(done.stdout), time.monotonic() - started


def figures(probabilities: np.ndarray, spread: np.ndarray, votes: np.ndarray) -> dict[str, float]:
    from sklearn.metrics import f1_score

    truth = votes.argmax(axis=1)
    predicted = probabilities.argmax(axis=1)
    return {
        "accuracy": float((predicted == truth).mean()),
        "macro_f1": float(f1_score(truth, predicted, average="macro")),
        "ece": expected_calibration_error(probabilities, truth),
        "jsd": jsd(spread, votes),
        "rnss": rnss(spread, votes),
    }


def tfidf(train, test) -> dict[str, float]:
    """The peer: character n-grams of reply and context, class-balanced logistic regression."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    parts_train, parts_test = [], []
    for column in (2, 3):
        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
        parts_train.append(vectorizer.fit_transform([row[column] for row in train]))
        parts_test.append(vectorizer.transform([row[column] for row in test]))
    truth = np.array([row[4] for row in train]).argmax(axis=1)
    model = LogisticRegression(C=3.0, class_weight="balanced", max_iter=1000).fit(hstack(parts_train), truth)
    probabilities = np.full((len(test), len(LEVELS)), 1e-9)
    probabilities[:, model.classes_] = model.predict_proba(hstack(parts_test))
    return figures(probabilities, probabilities, np.array([row[4] for row in test], dtype=float))


def ours(
    folder: Path, cache: Path, messages, train, test, method: str, seed: int
) -> tuple[dict[str, float], dict[str, float]]:
    files = {name: folder / f"{name}.csv" for name in ("messages", "train", "test")}
    write_messages(files["messages"], messages)
    write_labels(files["train"], train)
    write_labels(files["test"], test)
    home, shop = folder / "home", folder / "shop"
    seconds: dict[str, float] = {}
    _, seconds["init"] = csqm("init", "-w", shop, "--rubric", "usefulness", home=home)
    _, seconds["import"] = csqm("import", files["messages"], "-w", shop, home=home)
    if cache.exists():  # the encoder is frozen: what an earlier run has read needs no reading again
        shutil.copytree(cache, shop / "model_store" / "cache")
    _, seconds["label"] = csqm("label", files["train"], "-w", shop, home=home)
    trained, seconds["train"] = csqm("train", "-w", shop, "--method", method, "--seed", seed, home=home)
    if not trained["activated"]:
        print(f"  the gate said {trained['verdict']}; activated by force for this measurement", file=sys.stderr)
        csqm("models", "activate", trained["version"], "-w", shop, "--reason", "benchmark", home=home)
    scored, seconds["score"] = csqm("score", "-w", shop, home=home)
    found, seconds["evaluate"] = csqm("evaluate", files["test"], "-w", shop, home=home)
    if not cache.exists():
        shutil.copytree(shop / "model_store" / "cache", cache)
    seconds["replies/s scored"] = scored["scored"] / max(scored["seconds"], 1e-9)
    table = found["metrics"]["criteria"]["usefulness"]
    kept = {
        name: float(table[name])
        for name in ("accuracy", "macro_f1", "ece", "ece_before", "jsd", "rnss")
        if name in table
    }
    return kept, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--labels", type=int, nargs="+", default=[0], help="labelled replies to train on (0: all of the train part)"
    )
    parser.add_argument("--method", default="head")
    parser.add_argument("--seeds", type=int, default=1, help="random train subsets, seeds 0, 1, …")
    options = parser.parse_args()
    found, messages = replies(options.data)
    pool = [row for row in found if not is_test(row[0])]
    test = [row for row in found if is_test(row[0])]
    machine = platform.processor() or platform.machine()
    print(f"{options.data.name}: {len(pool)} train and {len(test)} test replies; {machine},")
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, method {options.method}")
    with tempfile.TemporaryDirectory(prefix="csqm-benchmark-") as folder:
        for size in options.labels:
            compare(Path(folder), size, options, messages, pool, test)


def compare(folder: Path, size: int, options: argparse.Namespace, messages, pool, test) -> None:
    """One size of the train part, several seeds, both sides on the same replies."""
    results: dict[str, list[dict[str, float]]] = {"csqm": [], "tf-idf": []}
    for seed in range(options.seeds if size else 1):
        order = np.random.default_rng(seed).permutation(len(pool))
        train = [pool[i] for i in order[: size or len(pool)]]
        place = folder / f"{size}-{seed}"
        place.mkdir()
        mine, seconds = ours(place, folder / "cache", messages, train, test, options.method, seed)
        shutil.rmtree(place)
        results["csqm"].append(mine)
        results["tf-idf"].append(tfidf(train, test))
        print(
            f"{len(train)} labelled, seed {seed}: " + ", ".join(f"{k} {v:.1f}" for k, v in seconds.items()), flush=True
        )
    for name, rows in results.items():
        means = {key: np.mean([row[key] for row in rows]) for key in rows[0]}
        spreads = {key: np.std([row[key] for row in rows]) for key in rows[0]}
        print(f"  {name:8s}" + "  ".join(f"{key} {means[key]:.3f}±{spreads[key]:.3f}" for key in means))
    ratio = np.mean([r["macro_f1"] for r in results["csqm"]]) / np.mean([r["macro_f1"] for r in results["tf-idf"]])
    print(f"  macro-F1 relative to TF-IDF + logistic regression: {ratio:.2f}", flush=True)


if __name__ == "__main__":
    main()
