"""Do the words that evidence shows really move the score? Delete them, and as many at random, and compare.

    python tests/benchmarks/evidence.py WORKSPACE [--replies 60] [--share 0.2] [--seed 0]

WORKSPACE has an active version; ``csqm demo DIR`` makes one. For each criterion the strongest words of a reply (a
share of all, at least one) are taken out together, then the same number of its words drawn at random (mean of five
draws). The figures are mean absolute changes of the expected score 0..1; the ratio is the check.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from csqm_desktop.domain.conversation import ReplyInput  # noqa: E402
from csqm_desktop.domain.evidence import Span  # noqa: E402
from csqm_desktop.jobs.version_folders import Versions  # noqa: E402
from csqm_desktop.scoring.encoding import encode_reply  # noqa: E402
from csqm_desktop.scoring.engine import Engine  # noqa: E402
from csqm_desktop.scoring.evidence import expected_scores, explain  # noqa: E402
from csqm_desktop.store.workspace import Workspace  # noqa: E402

DRAWS = 5
LEAST_WORDS = 5


def without_all(item: ReplyInput, spans: list[Span]) -> ReplyInput:
    """The reply with several words taken out."""
    text = item.text
    for span in sorted(spans, key=lambda s: -s.start):
        text = text[: span.start] + text[span.end :]
    return replace(item, text=text)


def main() -> None:
    """Print a line for each criterion."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--replies", type=int, default=60)
    parser.add_argument("--share", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    workspace = Workspace.open(given.workspace)
    versions = Versions(workspace)
    active = versions.active()
    assert active is not None, "the workspace has no active version"
    folder = versions.folder(active)
    engine = Engine(versions.base_of(active))
    rng = np.random.default_rng(given.seed)
    ids = rng.permutation(workspace.conversations.all_reply_ids())
    chosen: dict[str, list[float]] = {}
    drawn: dict[str, list[float]] = {}
    seconds: list[float] = []
    for item in workspace.conversations.reply_inputs([int(i) for i in ids[: given.replies * 3]]):
        if len(seconds) >= given.replies:
            break
        started = time.perf_counter()
        found = explain(engine, folder, item)
        seconds.append(time.perf_counter() - started)
        words = list(found.reply)
        if len(words) < LEAST_WORDS:
            seconds.pop()
            continue
        count = max(1, round(given.share * len(words)))
        keys = list(found.expected)
        tries = [item]
        for key in keys:
            tries.append(without_all(item, sorted(words, key=lambda s: -abs(s.effects[key]))[:count]))
        draws = [[words[i] for i in rng.choice(len(words), count, replace=False)] for _ in range(DRAWS)]
        tries += [without_all(item, spans) for spans in draws]
        figures = encode_reply(item).features
        values = expected_scores(engine, folder, [replace(encode_reply(t), features=figures) for t in tries])
        for column, key in enumerate(keys):
            moved = np.abs(values[:, column] - values[0, column])
            chosen.setdefault(key, []).append(float(moved[1 + column]))
            drawn.setdefault(key, []).append(float(moved[1 + len(keys) :].mean()))
    workspace.close()
    engine.close()
    print(f"{len(seconds)} replies, {given.share:.0%} of their words taken out, version {active}")
    print(f"{'criterion':<18} {'shown words':>12} {'random words':>13} {'ratio':>6}")
    for key in chosen:
        a, b = float(np.mean(chosen[key])), float(np.mean(drawn[key]))
        print(f"{key:<18} {a:12.4f} {b:13.4f} {a / max(b, 1e-9):6.2f}")
    print(f"seconds for one reply: median {np.median(seconds):.2f}, 95 % {np.quantile(seconds, 0.95):.2f}")


if __name__ == "__main__":
    main()
