"""Six weeks of labels: going on from last week's version against training from scratch on all labels so far.

Real dialogues (STC-3 / DCH style file), only the part that is not for testing. Conversations come week by week. Each
week has a holdout of its own that is never learned: a sixth of the dev part of ``finetune.py`` (some 180 replies).
Each week the version goes on as ``csqm train`` does it (network of the parent, new labels and a sample of the old
ones), and another one learns all labels so far from nothing. Both are measured on the holdouts of all weeks so far, and
on the first week's alone: what was learned first must not fade.

    python tests/benchmarks/incremental.py DATA/stc3_cn_dev.jsonl.gz --per-week 100 --methods head lora --cache DIR

Prints macro-F1 of both and their difference (log-loss of the majority too, which is less a matter of chance), processor
seconds of both and their ratio (of wall-clock too), and the first week's macro-F1 with its change since it was learned;
after the last week each week's macro-F1, when it was learned and now. Aims: difference within 0.01, ratio at most 1/3
after six weeks for the fine-tuned method. The one that goes on is trained first, so that what is kept of the new week's
texts serves the other one as well. ``--weeks 2 --per-week 60 --methods head`` ends in a minute with a filled cache.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from finetune import in_dev
from learning_curve import STC_LEVELS, is_test, read_stc  # also puts the project on the path

from csqm_desktop import paths
from csqm_desktop.domain.conversation import ReplyInput
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.encoding import encode_reply
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training.metrics import class_figures, confusion, log_loss, macro
from csqm_desktop.training.trainer import Observer, Request, train

SPECS = (CriterionSpec("usefulness", STC_LEVELS),)

Labelled = tuple[ReplyInput, list[int]]


@dataclass
class Week:
    learned: list[Labelled]
    apart: list[Labelled]


@dataclass
class Figures:
    macro_f1: float
    log_loss: float


def weeks(data: Path, count: int, per_week: int, seed: int) -> list[Week]:
    """Whole conversations in random order, ``per_week`` labelled replies to learn in each week."""
    by_name: dict[str, list[Labelled]] = {}
    for item in read_stc(data)[0]:
        if not is_test(item.reply.conversation):
            by_name.setdefault(item.reply.conversation, []).append((item.reply, list(item.votes)))
    names = np.random.default_rng(seed).permutation(sorted(by_name)).tolist()
    found = [Week([], []) for _ in range(count)]
    for number, name in enumerate(name for name in names if in_dev(name)):
        found[number % count].apart += by_name[name]
    left = (name for name in names if not in_dev(name))
    for week in found:
        while len(week.learned) < per_week:
            week.learned += by_name[next(left)]
    return found


def learn(engine: Engine, rows: list[Labelled], out: Path, method: str, seed: int, parent: Path | None):
    """Train on rows; returns the card with processor and wall-clock seconds."""
    labels = [LabelledReply(item.reply_id, item.conversation, {"usefulness": tuple(votes)}) for item, votes in rows]
    request = Request(out.name, method, SPECS, out, parent, parent, parent if method != "head" else None, seed)
    nothing = Observer(lambda *_: None, lambda _: None, lambda: None)
    wall, cpu = time.monotonic(), time.process_time()
    card = train(engine, [item for item, _ in rows], labels, request, nothing)
    return card, time.process_time() - cpu, time.monotonic() - wall


def measured(engine: Engine, version: Path, rows: list[Labelled]) -> Figures:
    with engine.learning():  # only so that every network finds what the lower layers say of these texts
        chances = engine.predict(version, [encode_reply(item) for item, _ in rows]).probabilities
    truth = np.array([votes for _, votes in rows]).argmax(axis=1)
    matrix = confusion(truth, chances.argmax(axis=1), len(STC_LEVELS))
    return Figures(float(macro(class_figures(matrix)["f1"], matrix)), log_loss(chances, truth))


def run(
    engine: Engine, plan: list[Week], method: str, seed: int, folder: Path, compare: list[int]
) -> tuple[float, float, float]:
    """Returns the last difference, the last ratio and the change of the first week."""
    print(f"{method}, seed {seed}: week, labels | macro-F1, log-loss going on, from scratch | processor s | first week")
    parent: Path | None = None
    fresh: list[float] = []  # each week's macro-F1 when it had just been learned
    gaps, ratio, change = [], 1.0, 0.0
    for number in range(1, len(plan) + 1):
        so_far = [row for week in plan[:number] for row in week.learned]
        apart = [row for week in plan[:number] for row in week.apart]
        engine.features([encode_reply(item) for item, _ in so_far + apart])  # both find the vectors in the cache
        going_on, anew = folder / f"on-{number}", folder / f"anew-{number}"
        card, cpu_on, wall_on = learn(engine, so_far, going_on, method, seed, parent)
        fresh.append(measured(engine, going_on, plan[number - 1].apart).macro_f1)
        known = f", {card.tuning['fresh']} new {card.tuning['replayed']} repeated" if card.tuning else ""
        mine, first = measured(engine, going_on, apart), measured(engine, going_on, plan[0].apart).macro_f1
        change = first - fresh[0]
        line = f"  {number} {len(so_far):5d} | {mine.macro_f1:.3f}, {mine.log_loss:.4f}"
        if parent is None or (compare and number not in compare):
            print(f"{line} | {cpu_on:.1f}{known} | {first:.3f}, {change:+.3f}", flush=True)
            parent = going_on
            continue
        parent = going_on
        _, cpu_anew, wall_anew = learn(engine, so_far, anew, method, seed, None)
        theirs = measured(engine, anew, apart)
        gaps.append(mine.macro_f1 - theirs.macro_f1)
        ratio = cpu_on / cpu_anew
        print(
            f"{line}; {theirs.macro_f1:.3f}, {theirs.log_loss:.4f}; {gaps[-1]:+.3f} | {cpu_on:.1f} / {cpu_anew:.1f} = "
            f"{ratio:.2f} (wall {wall_on / wall_anew:.2f}){known} | {first:.3f}, {change:+.3f}",
            flush=True,
        )
    now = [measured(engine, going_on, week.apart).macro_f1 for week in plan]
    print(
        "  each week's, when learned and now: " + ", ".join(f"{a:.3f} {b:.3f}" for a, b in zip(fresh, now, strict=True))
    )
    return gaps[-1] if gaps else 0.0, ratio, change


def forget(cache: Path | None) -> None:
    """Leave only what scoring has left: the frozen encoder's vectors. An earlier run has read all of the texts."""
    for folder in (*cache.glob("network-*"), *cache.glob("*/states-*")) if cache is not None else ():
        shutil.rmtree(folder)


def spread(values: list[float]) -> str:
    return f"{np.mean(values):+.3f} ({min(values):+.3f} to {max(values):+.3f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--weeks", type=int, default=6)
    parser.add_argument("--per-week", type=int, default=100, help="labelled replies to learn in a week")
    parser.add_argument("--methods", nargs="+", default=["head", "lora"])
    parser.add_argument("--compare", type=int, nargs="*", default=[], help="weeks that are compared (default: all)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--cache", type=Path, help="embedding cache to keep between runs")
    options = parser.parse_args()
    engine = Engine(base_model.folder(paths.shared_model_store(), None), options.cache)
    print(f"{options.data.name}, {engine.encoder.device.name}")
    found: dict[str, list[tuple[float, float, float]]] = {}
    for seed in options.seeds:
        plan = weeks(options.data, options.weeks, options.per_week, seed)
        for method in options.methods:
            forget(options.cache)
            with tempfile.TemporaryDirectory(prefix="csqm-weeks-") as folder:
                result = run(engine, plan, method, seed, Path(folder), options.compare)
            found.setdefault(method, []).append(result)
    for method, results in found.items():
        gaps, ratios, changes = (list(column) for column in zip(*results, strict=True))
        print(
            f"{method}, {len(results)} seeds, after the last week: difference {spread(gaps)}, ratio {spread(ratios)}, "
            f"first week since it was learned {spread(changes)}"
        )
    engine.close()


if __name__ == "__main__":
    main()
