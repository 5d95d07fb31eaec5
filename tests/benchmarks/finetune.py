"""What a fine-tune costs and gives on real dialogues: seconds by phase, share of the processor's peak, quality.

    python tests/benchmarks/finetune.py stc3_cn_dev.jsonl.gz --labels 1000 --methods lora --cache DIR
    python tests/benchmarks/finetune.py stc3_cn_dev.jsonl.gz --labels 300 --methods lora adalora ia3 prompt full --dev

For each method the head refit and the fine-tune learn the same labels through the real trainer, gate and refit on all
labels included; both are then asked about the same replies that neither has seen: the test part of
``learning_curve.py``, or with ``--dev`` a quarter of the train part (for everything that is chosen: the test part is
for the last look). Embeddings of the frozen encoder are computed beforehand, as they are in a scored workspace.

Prints wall-clock and processor seconds by phase; the network's loss before and after on the conversations that it only
watches; the matrix products of its layers over real tokens per processor second against the largest that this
processor reached with a plain product in the same run; macro-F1, accuracy, log-loss of the majority, JSD and RNSS to
the votes; for a network also what it says alone.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from learning_curve import Item, encoded, figures, is_test, read_stc, votes_of  # also puts the project on the path

from csqm_desktop import paths
from csqm_desktop.domain.gate_reasons import sentence
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.calibration import softmax
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import CriterionSpec, Version, network_of
from csqm_desktop.training.metrics import log_loss
from csqm_desktop.training.trainer import Observer, Request, train

ALONE = ("macro_f1", "accuracy", "jsd")
SHOWN = ("macro_f1", "accuracy", "log_loss", "jsd", "rnss", "ece")


class Phases:
    """Seconds by what the trainer says that it is doing."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self._now, self._since = "preparing", (time.monotonic(), time.process_time())

    def enter(self, stage: str) -> None:
        now = (time.monotonic(), time.process_time())
        spent = self.seconds.setdefault(self._now, [0.0, 0.0])
        spent[0] += now[0] - self._since[0]
        spent[1] += now[1] - self._since[1]
        self._now, self._since = stage, now

    def __str__(self) -> str:
        self.enter("end")
        parts = [f"{stage} {wall:.1f} / {cpu:.1f}" for stage, (wall, cpu) in self.seconds.items() if cpu >= 0.05]
        wall, cpu = (sum(s[i] for s in self.seconds.values()) for i in (0, 1))
        return f"{', '.join(parts)}; in all {wall:.1f} s wall / {cpu:.1f} s processor"


def peak(dtype: torch.dtype) -> float:
    """The largest matrix product rate in GFLOP per processor second, in the format that training uses here."""
    a, b = torch.randn(2048, 1536).to(dtype), torch.randn(1536, 1536).to(dtype)
    best = float("inf")
    for _ in range(8):
        begin = time.process_time()
        for _ in range(3):
            a @ b
        best = min(best, (time.process_time() - begin) / 3)
    return 2 * 2048 * 1536 * 1536 / best / 1e9


def gflop(engine: Engine, facts: dict[str, Any]) -> float:
    """The products with the layers' weights: once below the trained layers, there and back in them."""
    config = engine.encoder.network.config
    layer = 2 * (4 * config.hidden_size**2 + 2 * config.hidden_size * config.intermediate_size)
    upper, below = facts["layers"], facts["of_layers"] - facts["layers"]
    back = 3 if facts["method"] == "full" else 2
    tokens = facts["tokens"]
    return layer * (tokens["read"] * below + upper * (back * tokens["trained"] + tokens["watched"])) / 1e9


def learn(engine: Engine, items: list[Item], test: list[Item], method: str, seed: int, folder: Path, options) -> None:
    spec = CriterionSpec("usefulness", tuple(options.levels))
    labels = [LabelledReply(i.reply.reply_id, i.reply.conversation, {spec.key: i.votes}) for i in items]
    out, phases = folder / f"{method}-{seed}", Phases()
    observer = Observer(lambda _done, _total, stage: phases.enter(stage), lambda _: None, lambda: None)
    active = folder / f"head-{seed}" if method != "head" else None
    wanted = {k: v for k in ("epochs", "top", "learning_rate", "batch") if (v := getattr(options, k)) is not None}
    request = Request(out.name, method, (spec,), out, active, active, seed=seed, options=wanted)
    begin = time.process_time()
    card = train(engine, [i.reply for i in items], labels, request, observer)
    spent = time.process_time() - begin
    print(f"  {method}: {phases}", flush=True)
    facts = card.tuning
    if facts:
        done = gflop(engine, facts)
        rate = done / facts["cpu_seconds"]
        print(
            f"    watched loss {facts['watched_loss_before']:.4f} -> {facts['watched_loss']:.4f}, {facts['epochs']} "
            f"passes, best {facts['best_epoch']}, upper {facts['layers']} of {facts['of_layers']} layers, "
            f"{facts['trainable']:,} weights, {facts['delta_bytes'] / 1e6:.2f} MB; {done:.0f} GFLOP in layers, "
            f"{rate:.1f} GFLOP/s per processor second of the fine-tune, {rate / options.peak:.0%} of the peak "
            f"({facts['cpu_seconds']:.0f} of {spent:.0f} s)"
        )
        reasons = "; ".join(sentence(reason) for reason in card.gate["reasons"])
        print(f"    gate: {card.gate['verdict']} ({reasons}); has a say: {Version.load(out).listens}")
    found = engine.predict(out, encoded(test))
    votes = votes_of(test)
    shown = figures(found.probabilities, found.spread, votes)
    shown["log_loss"] = log_loss(found.probabilities, votes.argmax(axis=1))
    print("    " + "  ".join(f"{name} {shown[name]:.4f}" for name in SHOWN), flush=True)
    if facts:
        alone = softmax(engine.network_logits(network_of(out), [spec], encoded(test)))
        shown = figures(alone, alone, votes)
        print("    network alone: " + "  ".join(f"{name} {shown[name]:.4f}" for name in ALONE), flush=True)


def in_dev(conversation: str) -> bool:
    return int(hashlib.md5(f"dev{conversation}".encode(), usedforsecurity=False).hexdigest(), 16) % 4 == 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--labels", type=int, default=1000, help="0: all of the train part")
    parser.add_argument("--methods", nargs="+", default=["lora"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument(
        "--dev", action="store_true", help="measure on a quarter of the train part, not on the test part"
    )
    parser.add_argument("--most", type=int, default=0, help="measure on so many replies only")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--top", type=int)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--keep", type=Path, help="a folder for the versions")
    parser.add_argument("--cache", type=Path, help="embedding cache to keep between runs")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    items, options.levels = read_stc(options.data)
    pool = [item for item in items if not is_test(item.reply.conversation)]
    test = [item for item in items if is_test(item.reply.conversation)]
    if options.dev:
        test = [item for item in pool if in_dev(item.reply.conversation)]
        pool = [item for item in pool if not in_dev(item.reply.conversation)]
    test = test[: options.most or None]
    engine = Engine(base_model.folder(paths.shared_model_store(), None), options.cache)
    options.peak = peak(engine.encoder.device.dtype)
    print(
        f"{options.data.name}: {options.labels or len(pool)} of {len(pool)} replies to learn from, {len(test)} "
        f"{'dev' if options.dev else 'test'} replies; {torch.get_num_threads()} threads, "
        f"peak {options.peak:.1f} GFLOP/s per processor second; seconds are wall-clock / processor"
    )
    for seed in options.seeds:
        order = np.random.default_rng(seed).permutation(len(pool))
        learned = [pool[i] for i in order[: options.labels or len(pool)]]
        engine.features(encoded([*learned, *test]))
        print(f"seed {seed}")
        with tempfile.TemporaryDirectory(prefix="csqm-finetune-") as passing:
            folder = options.keep or Path(passing)
            for method in dict.fromkeys(["head", *options.methods]):
                learn(engine, learned, test, method, seed, folder, options)
    engine.close()


if __name__ == "__main__":
    main()
