"""Does a model get better by learning from its own surest scores? With and without pseudo-labels, on the same labels.

Real dialogues (STC-3 / DCH style file), only the part that is not for testing. For each seed a fifth of the
conversations is kept apart; of the rest, whole conversations are labelled until there are as many labels as asked for.
The version that ``csqm train`` makes of these scores the unlabelled replies; another one learns from the same labels
and from what the first was sure of, with the weight and the caps of ``training/weak.py``. Both are measured on what was
kept apart.

    python tests/benchmarks/weak_labels.py DATA/stc3_cn_dev.jsonl.gz --labels 100 300 --seeds 5 --cache DIR

Prints macro-F1 and accuracy of both for each seed, how many guesses there were and how many were right, and the mean
difference with its standard deviation over the seeds.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
from dialogue_vectors import LEVELS, is_test, stc3  # also puts the project on the path

from csqm_desktop import paths
from csqm_desktop.domain.conversation import ReplyInput
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.domain.weak_label import SURE, WeakLabel, WeakSource
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.encoding import encode_reply
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training.metrics import class_figures, confusion, macro
from csqm_desktop.training.trainer import Observer, Request, train

SPECS = (CriterionSpec("usefulness", LEVELS),)
APART = 5  # a fifth of the conversations

Labelled = tuple[ReplyInput, list[int]]


def drawn(data: Path, labels: int, seed: int) -> tuple[list[Labelled], list[Labelled], list[Labelled]]:
    """Replies that are labelled, that stay unlabelled, and that are kept apart; whole conversations each."""
    by_name: dict[str, list[Labelled]] = {}
    for item, votes in stc3(data):
        if not is_test(item.conversation):
            by_name.setdefault(item.conversation, []).append((item, votes))
    names = sorted(by_name)
    labelled: list[Labelled] = []
    free: list[Labelled] = []
    apart: list[Labelled] = []
    for number, i in enumerate(np.random.default_rng(seed).permutation(len(names))):
        into = apart if number % APART == 0 else labelled if len(labelled) < labels else free
        into += by_name[names[i]]
    return labelled[:labels], free, apart


def learn(
    engine: Engine,
    rows: list[Labelled],
    out: Path,
    seed: int,
    active: Path | None = None,
    guesses: list[WeakLabel] | None = None,
):
    labels = [LabelledReply(item.reply_id, item.conversation, {"usefulness": tuple(votes)}) for item, votes in rows]
    request = Request(out.name, "head", SPECS, out, active, active, seed=seed)
    nothing = Observer(lambda *_: None, lambda _: None, lambda: None)
    return train(engine, [item for item, _ in rows], labels, request, nothing, guesses)


def figures(engine: Engine, version: Path, rows: list[Labelled]) -> tuple[float, float]:
    """Macro-F1 and accuracy against the majority."""
    found = engine.predict(version, [encode_reply(item) for item, _ in rows]).probabilities.argmax(axis=1)
    truth = np.array([votes for _, votes in rows]).argmax(axis=1)
    matrix = confusion(truth, found, len(LEVELS))
    return float(macro(class_figures(matrix)["f1"], matrix)), float((truth == found).mean())


def sure_of(engine: Engine, version: Path, rows: list[Labelled]) -> tuple[list[WeakLabel], float]:
    """What a version is sure of, and the share of it that people say as well."""
    found = engine.predict(version, [encode_reply(item) for item, _ in rows]).probabilities
    truth = np.array([votes for _, votes in rows]).argmax(axis=1)
    kept = np.flatnonzero(found.max(axis=1) >= SURE)
    guesses = [WeakLabel(rows[i][0], "usefulness", tuple(found[i]), WeakSource.SCORES, version.name) for i in kept]
    return guesses, float((found[kept].argmax(axis=1) == truth[kept]).mean()) if len(kept) else 0.0


def run(engine: Engine, data: Path, labels: int, seeds: int, folder: Path) -> None:
    print(
        f"{labels} labels: seed | macro-F1 without, with | accuracy without, with | guesses learned, right of the sure"
    )
    differences = []
    for seed in range(seeds):
        labelled, free, apart = drawn(data, labels, seed)
        alone, helped = folder / f"{labels}-{seed}-alone", folder / f"{labels}-{seed}-helped"
        learn(engine, labelled, alone, seed)
        guesses, right = sure_of(engine, alone, free)
        card = learn(engine, labelled, helped, seed, alone, guesses)
        before, after = figures(engine, alone, apart), figures(engine, helped, apart)
        differences.append(np.subtract(after, before))
        learned = card.weak["criteria"].get("usefulness", {}).get("scores", 0)
        print(
            f"  {seed} | {before[0]:.3f} {after[0]:.3f} {after[0] - before[0]:+.3f} | {before[1]:.3f} {after[1]:.3f}"
            f" | {learned}, {right:.0%} of {len(guesses)}",
            flush=True,
        )
    means, spreads = np.mean(differences, axis=0), np.std(differences, axis=0, ddof=1 if seeds > 1 else 0)
    print(
        f"  difference by pseudo-labels: macro-F1 {means[0]:+.3f} (sd {spreads[0]:.3f}),"
        f" accuracy {means[1]:+.3f} (sd {spreads[1]:.3f})",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--labels", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--cache", type=Path, required=True, help="folder for embeddings, kept between runs")
    arguments = parser.parse_args()
    engine = Engine(base_model.folder(paths.shared_model_store(), None), arguments.cache)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for labels in arguments.labels:
                run(engine, arguments.data, labels, arguments.seeds, Path(folder))
    finally:
        engine.close()


if __name__ == "__main__":
    main()
