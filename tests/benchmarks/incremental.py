"""Six weeks of labels: going on from last week's version against training from scratch on all labels so far.

Real dialogues (STC-3 / DCH style file), only the part that is not for testing. Conversations come week by week; a fifth
of each week's is kept apart and never learned. Each week the version goes on as ``csqm train`` does it (network of the
parent, new labels and a sample of the old ones), and another one learns all labels so far from nothing. Both are
measured on what was kept apart of all weeks so far, and on the first week alone: what was learned first must not fade.

    python tests/benchmarks/incremental.py DATA/stc3_cn_dev.jsonl.gz --per-week 100 --methods head lora --cache DIR

Prints macro-F1 of both and their difference, processor seconds of both and their ratio (of wall-clock too), and the
change of the first week's macro-F1 since it was learned. Aims: difference within 0.01, ratio at most 1/3 after six
weeks for the fine-tuned method. ``--weeks 2 --per-week 60 --methods head`` ends in a minute with a filled cache.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from learning_curve import STC_LEVELS, is_test, read_stc  # also puts the project on the path

from csqm_desktop import paths
from csqm_desktop.domain.conversation import ReplyInput
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.encoding import encode_reply
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training.metrics import class_figures, confusion, macro
from csqm_desktop.training.trainer import Observer, Request, train

SPECS = (CriterionSpec("usefulness", STC_LEVELS),)
APART = 5  # each fifth conversation of a week is never learned

Labelled = tuple[ReplyInput, list[int]]


@dataclass
class Week:
    learned: list[Labelled]
    apart: list[Labelled]


def weeks(data: Path, count: int, per_week: int, seed: int) -> list[Week]:
    """Whole conversations in random order, ``per_week`` labelled replies to learn in each week."""
    by_name: dict[str, list[Labelled]] = {}
    for item in read_stc(data)[0]:
        if not is_test(item.reply.conversation):
            by_name.setdefault(item.reply.conversation, []).append((item.reply, list(item.votes)))
    names = sorted(by_name)
    found: list[Week] = [Week([], [])]
    for number, i in enumerate(np.random.default_rng(seed).permutation(len(names))):
        if len(found[-1].learned) >= per_week:
            if len(found) == count:
                break
            found.append(Week([], []))
        part = found[-1].apart if number % APART == 0 else found[-1].learned
        part += by_name[names[i]]
    return found


def learn(engine: Engine, rows: list[Labelled], out: Path, method: str, seed: int, parent: Path | None):
    """Train on rows; returns the card with processor and wall-clock seconds."""
    labels = [LabelledReply(item.reply_id, item.conversation, {"usefulness": tuple(votes)}) for item, votes in rows]
    request = Request(out.name, method, SPECS, out, parent, parent, parent if method != "head" else None, seed)
    nothing = Observer(lambda *_: None, lambda _: None, lambda: None)
    wall, cpu = time.monotonic(), time.process_time()
    card = train(engine, [item for item, _ in rows], labels, request, nothing)
    return card, time.process_time() - cpu, time.monotonic() - wall


def macro_f1(engine: Engine, version: Path, rows: list[Labelled]) -> float:
    found = engine.predict(version, [encode_reply(item) for item, _ in rows]).probabilities.argmax(axis=1)
    matrix = confusion(np.array([votes for _, votes in rows]).argmax(axis=1), found, len(STC_LEVELS))
    return float(macro(class_figures(matrix)["f1"], matrix))


def run(engine: Engine, plan: list[Week], method: str, seed: int, folder: Path, compare: list[int]) -> None:
    print(f"{method}, seed {seed}: week, labels | macro-F1 going on, from scratch | processor seconds | first week")
    parent: Path | None = None
    first_week, gaps, costs = 0.0, [], []
    for number in range(1, len(plan) + 1):
        so_far = [row for week in plan[:number] for row in week.learned]
        apart = [row for week in plan[:number] for row in week.apart]
        engine.features([encode_reply(item) for item, _ in so_far + apart])  # both find the vectors in the cache
        going_on, anew = folder / f"on-{number}", folder / f"anew-{number}"
        card, cpu_on, wall_on = learn(engine, so_far, going_on, method, seed, parent)
        if parent is None:
            first_week = macro_f1(engine, going_on, plan[0].apart)
            parent = going_on
            print(f"  1 {len(so_far):5d} | {macro_f1(engine, going_on, apart):.3f} (the same version)", flush=True)
            continue
        kept = macro_f1(engine, going_on, plan[0].apart)
        learned = f", {card.tuning['fresh']} new {card.tuning['replayed']} repeated" if card.tuning else ""
        parent = going_on
        if compare and number not in compare:
            print(
                f"  {number} {len(so_far):5d} | {macro_f1(engine, going_on, apart):.3f} | "
                f"{cpu_on:.1f}{learned} | {kept:.3f}"
            )
            continue
        _, cpu_anew, wall_anew = learn(engine, so_far, anew, method, seed, None)
        mine, theirs = macro_f1(engine, going_on, apart), macro_f1(engine, anew, apart)
        gaps.append(mine - theirs)
        costs.append((cpu_on / cpu_anew, wall_on / wall_anew))
        print(
            f"  {number} {len(so_far):5d} | {mine:.3f} {theirs:.3f} {mine - theirs:+.3f} | "
            f"{cpu_on:.1f} / {cpu_anew:.1f} = {costs[-1][0]:.2f} (wall {costs[-1][1]:.2f}){learned} | "
            f"{kept:.3f}, {kept - first_week:+.3f}",
            flush=True,
        )
    if gaps:
        print(
            f"  mean difference {np.mean(gaps):+.3f}, last {gaps[-1]:+.3f}; last ratio {costs[-1][0]:.2f}", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--weeks", type=int, default=6)
    parser.add_argument("--per-week", type=int, default=100, help="labelled replies to learn in a week")
    parser.add_argument("--methods", nargs="+", default=["head", "lora"])
    parser.add_argument("--compare", type=int, nargs="*", default=[], help="weeks that are compared (default: all)")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="embedding cache to keep between runs")
    options = parser.parse_args()
    engine = Engine(base_model.folder(paths.shared_model_store(), None), options.cache)
    print(f"{options.data.name}, {engine.encoder.device.name}")
    for seed in range(options.seeds):
        plan = weeks(options.data, options.weeks, options.per_week, seed)
        for method in options.methods:
            with tempfile.TemporaryDirectory(prefix="csqm-weeks-") as folder:
                run(engine, plan, method, seed, Path(folder), options.compare)
    engine.close()


if __name__ == "__main__":
    main()
