"""What rounding the encoder's products does to scores: the same version asked through every number format.

    python tests/benchmarks/backend_scores.py stc3_cn_dev.jsonl.gz --labels 1000 --seeds 3

A version is trained as ``csqm train`` does by default, on the train part of ``learning_curve.py``, with exact vectors
(float32). The test part is then read exactly, in 16 bits (the default of processors that have them) and with 8-bit
products ("fastest" where they are faster), and scored. Prints the largest and the mean difference of a probability,
how many replies get another level, accuracy and macro-F1, and their differences to the exact ones. Formats that this
processor lacks are computed too, only slowly, or left out with a word.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import torch  # noqa: E402

from csqm_desktop import paths  # noqa: E402
from csqm_desktop.domain.review import LabelledReply  # noqa: E402
from csqm_desktop.registry import base_model  # noqa: E402
from csqm_desktop.scoring.device import Device  # noqa: E402
from csqm_desktop.scoring.embedding import Encoder  # noqa: E402
from csqm_desktop.scoring.engine import Engine  # noqa: E402
from csqm_desktop.scoring.packed import int8_works  # noqa: E402
from csqm_desktop.scoring.version import CriterionSpec  # noqa: E402
from csqm_desktop.training.trainer import Observer, Request, train  # noqa: E402
from tests.benchmarks import learning_curve as curve  # noqa: E402


def engines(base: Path) -> dict[str, Engine]:
    """An engine for each number format, the exact one first. Each keeps its vectors in memory."""
    found = {}
    formats = {"float32": torch.float32, "bfloat16": torch.bfloat16}
    for name, dtype in formats.items():
        device = Device("cpu", name, dtype)
        found[name] = Engine(base, device=device)
        found[name].encoder = Encoder(base, device, backend="packed")
    if int8_works():
        device = Device("cpu", "int8", torch.float32)
        found["int8"] = Engine(base, device=device)
        found["int8"].encoder = Encoder(base, device, "fastest", "packed int8")
    else:
        print("8-bit products: not available here")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--labels", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    base = base_model.folder(paths.shared_model_store())
    items, levels = curve.read_stc(options.data)
    known = [item for item in items if not curve.is_test(item.reply.conversation)]
    asked = [item for item in items if curve.is_test(item.reply.conversation)]
    votes = curve.votes_of(asked)
    readers = engines(base)
    rows: dict[str, list[list[float]]] = {name: [] for name in readers}
    for seed in range(options.seeds):
        chosen = [known[i] for i in np.random.default_rng(seed).permutation(len(known))[: options.labels or None]]
        spec = CriterionSpec("criterion", levels)
        labels = [LabelledReply(i.reply.reply_id, i.reply.conversation, {"criterion": i.votes}) for i in chosen]
        with tempfile.TemporaryDirectory(prefix="csqm-formats-") as folder:
            out = Path(folder) / "v0001-head"
            quiet = Observer(lambda *_: None, lambda _: None, lambda: None)
            request = Request(out.name, "head", (spec,), out, seed=seed)
            train(readers["float32"], [i.reply for i in chosen], labels, request, quiet)
            answers = {name: engine.predict(out, curve.encoded(asked)) for name, engine in readers.items()}
        exact = answers["float32"].probabilities
        base_line = curve.figures(exact, answers["float32"].spread, votes)
        for name, answer in answers.items():
            found = curve.figures(answer.probabilities, answer.spread, votes)
            apart = np.abs(answer.probabilities - exact)
            other = (answer.probabilities.argmax(axis=1) != exact.argmax(axis=1)).sum()
            rows[name].append([
                apart.max(), apart.mean(), float(other), found["accuracy"], found["accuracy"] - base_line["accuracy"],
                found["macro_f1"], found["macro_f1"] - base_line["macro_f1"],
            ])  # fmt: skip
    count = options.labels or len(known)
    print(f"{len(asked)} test replies, {count} labels, mean of {options.seeds} seeds, of (differences) the largest")
    print("format      largest   mean    other level  accuracy   (diff)   macro-F1   (diff)")
    for name, table in rows.items():
        array = np.array(table)
        worst = array[np.abs(array[:, 4]).argmax(), 4], array[np.abs(array[:, 6]).argmax(), 6]
        mean = array.mean(axis=0)
        print(
            f"{name:10s}{array[:, 0].max():9.4f}{mean[1]:9.5f}{mean[2]:12.1f}{mean[3]:12.4f}{worst[0]:+10.4f}"
            f"{mean[5]:10.4f}{worst[1]:+10.4f}"
        )


if __name__ == "__main__":
    main()
