"""How much each method gets from few labels, on real dialogues: same replies, same seeds, same test part.

    python tests/benchmarks/learning_curve.py stc3_cn_dev.jsonl.gz --labels 100 300 1000 0 --seeds 5
    python tests/benchmarks/learning_curve.py messages.csv --label-file labels.csv --criterion tone

The data is an STC-3 file (criterion ``usefulness``, 19 votes a reply) or two tables in the layout of docs/formats.md:
messages (conversation_id, message_id, sent_at, role, text) and labels (conversation_id, message_id, criterion, level,
one row for each reviewer), or a USS file (satisfaction after each system turn, bad / neutral / good, a vote for each
rater; ``--criterion by-mean``: one vote, whether their mean is below, at or above the middle). The test part is
md5(dialogue id) mod 5 == 0; never choose anything by it.

Methods (``--methods``): ``csqm``, what ``csqm train`` does by default, through the real trainer; ``csqm-before``, the
same without what follows the reply; ``csqm-early``, trained with it and asked before anybody reacted; ``tfidf`` and
``frozen`` (vectors of the base model), class-balanced logistic regression, each also with what follows (``-after``);
``frozen-soft``, the same on the spread of votes; ``full``, all layers fine-tuned on reply and dialogue; ``setfit``, in
a Python that has it (``--setfit-python``). The last two are slow on a CPU: ``--slow-seeds`` bounds them.

Prints mean ± standard deviation, differences to csqm paired by seed, and what people reach among themselves.
``rest_80`` is the accuracy when the least sure 20 % are left to people; ``ece_floor`` the ECE that honest
probabilities would show on so many replies by chance, ``ece_level`` the one of probabilities that are honest but for
their general level, where that has to be learned from so many labels.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from csqm_desktop import paths  # noqa: E402
from csqm_desktop.domain.conversation import (  # noqa: E402
    REPLY_ROLES,
    ContextTurn,
    ReplyInput,
    Role,
    following_window,
)
from csqm_desktop.domain.review import LabelledReply  # noqa: E402
from csqm_desktop.registry import base_model  # noqa: E402
from csqm_desktop.scoring.calibration import expected_calibration_error, jsd, rnss  # noqa: E402
from csqm_desktop.scoring.encoding import EncodedReply, encode_reply  # noqa: E402
from csqm_desktop.scoring.engine import Engine  # noqa: E402
from csqm_desktop.scoring.version import CriterionSpec  # noqa: E402
from csqm_desktop.training.metrics import class_figures, confusion, macro  # noqa: E402
from csqm_desktop.training.trainer import Observer, Request, train  # noqa: E402

STC_LEVELS = ("HNaN", "HNUG", "HNUG*")
FIGURES = ("macro_f1", "accuracy", "jsd", "rnss", "ece", "ece_floor", "ece_level", "rest_80", "rest_70")
SLOW = ("full", "setfit")


@dataclass(frozen=True)
class Item:
    """A labelled reply: ``votes`` (K,) counts by level."""

    reply: ReplyInput
    votes: tuple[int, ...]


# -- data


def dialogue_items(name: str, turns: Sequence[tuple[Role, str, tuple[int, ...] | None]], start: int) -> list[Item]:
    """The labelled replies among a dialogue's public messages."""
    said = [ContextTurn(role, text) for role, text, _ in turns]
    found = []
    for at, (role, text, votes) in enumerate(turns):
        if votes is None or role not in REPLY_ROLES:
            continue
        size, continued = following_window([turn.role for turn in said[at + 1 :]])
        around = {"following": tuple(said[at + 1 : at + 1 + size]), "continued": continued}
        found.append(Item(ReplyInput(start + len(found), name, role, text, tuple(said[:at]), **around), votes))
    return found


def read_stc(path: Path) -> tuple[list[Item], tuple[str, ...]]:
    items: list[Item] = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as source:
        for record in map(json.loads, source):
            turns = []
            for turn in record["turns"]:
                helpdesk = turn["sender"] == "helpdesk"
                votes = tuple(int(dict(turn["nugget_votes"]).get(level, 0)) for level in STC_LEVELS)
                text = " ".join(part for part in turn["utterances"] if part)
                turns.append((Role.AGENT if helpdesk else Role.CUSTOMER, text, votes if helpdesk else None))
            items += dialogue_items(str(record["id"]), turns, len(items))
    return items, STC_LEVELS


def read_uss(path: Path, by_mean: bool) -> tuple[list[Item], tuple[str, ...]]:
    """System turns with how the raters of the user's next turn found it; ``by_mean`` makes one vote of theirs."""
    items: list[Item] = []
    rows: list[tuple[str, str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for number, text in enumerate([*source, "\n"]):
            parts = text.rstrip("\n").split("\t")
            if len(parts) >= 4 and parts[1] != "OVERALL":
                rows.append((parts[0], parts[1], parts[3]))
            elif len(parts) < 2 and rows:
                items += dialogue_items(f"uss {number}", _rated(rows, by_mean), len(items))
                rows = []
    return items, ("dissatisfied", "neutral", "satisfied")


def _rated(rows: list[tuple[str, str, str]], by_mean: bool) -> list[tuple[Role, str, tuple[int, ...] | None]]:
    turns = []
    for at, (speaker, text, _) in enumerate(rows):
        told = [int(r) for r in rows[at + 1][2].split(",") if r] if at + 1 < len(rows) else []
        ratings = [sum(told) / len(told)] if by_mean and told else told
        votes = (sum(r < 3 for r in ratings), sum(r == 3 for r in ratings), sum(r > 3 for r in ratings))
        is_system = speaker == "SYSTEM"
        turns.append((Role.BOT if is_system else Role.CUSTOMER, text, votes if is_system and told else None))
    return turns


def read_tables(path: Path, labels: Path, criterion: str, order: Sequence[str]) -> tuple[list[Item], tuple[str, ...]]:
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with labels.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            if not criterion or row.get("criterion", criterion) == criterion:
                counts[row["conversation_id"], row["message_id"]][row["level"]] += 1
    levels = tuple(order) or tuple(sorted({level for votes in counts.values() for level in votes}))
    dialogues: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            dialogues[row["conversation_id"]].append(row)
    items: list[Item] = []
    for name, rows in dialogues.items():
        turns = []
        for row in sorted(rows, key=lambda r: datetime.fromisoformat(r["sent_at"])):
            votes = counts.get((name, row["message_id"]))
            found = tuple(votes[level] for level in levels) if votes else None
            turns.append((Role(row["role"]), row["text"], found))
        items += dialogue_items(name, turns, len(items))
    return items, levels


def is_test(dialogue: str) -> bool:
    return int(hashlib.md5(dialogue.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


# -- figures


def figures(probabilities: np.ndarray, spread: np.ndarray, votes: np.ndarray, labels: int) -> dict[str, float]:
    """Of the majority's level, of the spread of votes, and of the surest 80 and 70 % of the replies."""
    truth, predicted = votes.argmax(axis=1), probabilities.argmax(axis=1)
    right = (predicted == truth)[np.argsort(-probabilities.max(axis=1), kind="stable")]
    matrix = confusion(truth, predicted, votes.shape[1])
    return {
        "macro_f1": macro(class_figures(matrix)["f1"], matrix),
        "accuracy": float(right.mean()),
        "jsd": jsd(spread, votes),
        "rnss": rnss(spread, votes),
        "ece": expected_calibration_error(probabilities, truth),
        "ece_floor": chance_ece(probabilities),
        "ece_level": level_ece(probabilities.max(axis=1), labels),
        "rest_80": float(right[: round(0.8 * len(right))].mean()),
        "rest_70": float(right[: round(0.7 * len(right))].mean()),
    }


def chance_ece(probabilities: np.ndarray) -> float:
    """The ECE that perfectly honest probabilities of this many replies would show by chance alone."""
    rng = np.random.default_rng(0)
    ends = probabilities.cumsum(axis=1)
    draws = [(rng.random((len(ends), 1)) > ends[:, :-1]).sum(axis=1) for _ in range(20)]
    return float(np.mean([expected_calibration_error(probabilities, truth) for truth in draws]))


def level_ece(confidence: np.ndarray, labels: int) -> float:
    """The ECE of probabilities that are honest but for their general level, which is learned from so many labels.

    One number, a shift of the log-odds, is fitted to whether ``labels`` replies came out right, drawn by the
    confidences themselves. Whoever learns more than that number from them does not do better.
    """
    rng = np.random.default_rng(0)
    others = np.full((len(confidence), 2), 0.5)
    found = []
    for _ in range(40):
        seen = rng.choice(confidence, labels)
        right = rng.random(labels) < seen
        shift = 0.0
        for _ in range(20):  # Newton's steps, with a trace of a prior so that it stays where all came out right
            chance = _shifted(seen, shift)
            shift += (right.sum() - chance.sum() - 0.01 * shift) / (np.sum(chance * (1 - chance)) + 0.01)
        moved = _shifted(confidence, shift)[:, None]
        told = np.hstack([moved, (1 - moved) * others])
        truth = np.where(rng.random(len(confidence)) < confidence, 0, 1)
        found.append(expected_calibration_error(told, truth))
    return float(np.mean(found))


def _shifted(chance: np.ndarray, shift: float) -> np.ndarray:
    kept = np.clip(chance, 1e-6, 1 - 1e-6)
    return 1 / (1 + (1 - kept) / kept * np.exp(-shift))


def ceiling(votes: np.ndarray) -> str:
    """What people reach: one against the majority of the others, and half of them against the other half."""
    rng = np.random.default_rng(0)
    voters = [np.repeat(np.arange(votes.shape[1]), row.astype(int)) for row in votes]
    many = [rng.permutation(v) for v in voters if len(v) >= 3]
    if len(many) < 20:
        return "people among themselves: fewer than 20 test replies have three votes or more"
    levels = votes.shape[1]

    def agreement(first: list[int], second: list[int]) -> str:
        matrix = confusion(np.array(second), np.array(first), levels)
        return (
            f"accuracy {np.trace(matrix) / matrix.sum():.3f}, macro-F1 {macro(class_figures(matrix)['f1'], matrix):.3f}"
        )

    def majority(part: np.ndarray) -> int:
        return int(np.bincount(part, minlength=levels).argmax())

    one = agreement([int(v[0]) for v in many], [majority(v[1:]) for v in many])
    half = agreement([majority(v[: len(v) // 2]) for v in many], [majority(v[len(v) // 2 :]) for v in many])
    return f"one person against the majority of the others: {one}\nhalf of the people against the other half: {half}"


# -- methods: (train items, test items, seed) to (probabilities, spread)

Answer = tuple[np.ndarray, np.ndarray]


class Methods:
    """All methods on one base model and one set of levels."""

    def __init__(self, engine: Engine, levels: Sequence[str], options: argparse.Namespace) -> None:
        self.engine = engine
        self.levels = tuple(levels)
        self.options = options

    def run(self, name: str, train_items: list[Item], test_items: list[Item], seed: int) -> Answer:
        """One training and its answers for the test part."""
        table: dict[str, Callable[[list[Item], list[Item], int], Answer]] = {
            "csqm": self.csqm,
            "csqm-before": lambda a, b, s: self.csqm([*map(without_following, a)], [*map(without_following, b)], s),
            "csqm-early": lambda a, b, s: self.csqm(a, [*map(without_following, b)], s),
            "tfidf": lambda a, b, s: self.tfidf(a, b, after=False),
            "tfidf-after": lambda a, b, s: self.tfidf(a, b, after=True),
            "frozen": lambda a, b, s: self.frozen(a, b, blocks=2),
            "frozen-after": lambda a, b, s: self.frozen(a, b, blocks=4),
            "frozen-soft": lambda a, b, s: self.frozen(a, b, blocks=2, soft=True),
            "frozen-soft-after": lambda a, b, s: self.frozen(a, b, blocks=4, soft=True),
            "setfit": self.setfit,
            "full": self.full,
        }
        return table[name](train_items, test_items, seed)

    def csqm(self, train_items: list[Item], test_items: list[Item], seed: int) -> Answer:
        spec = CriterionSpec("criterion", self.levels)
        labels = [LabelledReply(i.reply.reply_id, i.reply.conversation, {"criterion": i.votes}) for i in train_items]
        with tempfile.TemporaryDirectory(prefix="csqm-curve-") as folder:
            out = Path(folder) / "v0001-head"
            request = Request(out.name, self.options.method, (spec,), out, seed=seed)
            observer = Observer(lambda *_: None, lambda _: None, lambda: None)
            train(self.engine, [item.reply for item in train_items], labels, request, observer)
            found = self.engine.predict(out, encoded(test_items))
        return found.probabilities, found.spread

    def tfidf(self, train_items: list[Item], test_items: list[Item], after: bool) -> Answer:
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer

        parts: list[Callable[[EncodedReply], str]] = [
            lambda reply: reply.reply,
            lambda reply: " ".join(turn.text for turn in reply.turns),
        ]
        if after:
            parts += [lambda reply: reply.reaction, lambda reply: reply.answer]
        known, asked = encoded(train_items), encoded(test_items)
        columns = []
        for part in parts:
            vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
            columns.append((vectorizer.fit_transform(map(part, known)), vectorizer.transform(map(part, asked))))
        return self._regression(hstack([c[0] for c in columns]), hstack([c[1] for c in columns]), train_items, 3.0)

    def frozen(self, train_items: list[Item], test_items: list[Item], blocks: int, soft: bool = False) -> Answer:
        width = self.engine.encoder.width
        both = [self.engine.features(encoded(items)) for items in (train_items, test_items)]
        position = [4 * width, 4 * width + 1]  # turns before, customer turns before
        kept = [*range(blocks * width), *position, *(range(4 * width + 18, both[0].shape[1]) if blocks == 4 else ())]
        centre = both[0][:, kept].mean(axis=0)
        first, second = ((raw[:, kept] - centre) * 4.0 for raw in both)
        return self._regression(first, second, train_items, 1.0, soft)

    def _regression(self, first: Any, second: Any, items: list[Item], strength: float, soft: bool = False) -> Answer:
        from sklearn.linear_model import LogisticRegression

        votes = votes_of(items)
        levels = votes.shape[1]
        if soft:
            rows, truth = np.repeat(np.arange(len(items)), levels), np.tile(np.arange(levels), len(items))
            weights = (votes / votes.sum(axis=1, keepdims=True)).ravel()
            kept = weights > 0
            model = LogisticRegression(C=strength, max_iter=2000)
            model.fit(first[rows[kept]], truth[kept], sample_weight=weights[kept])
        else:
            model = LogisticRegression(C=strength, class_weight="balanced", max_iter=2000)
            model.fit(first, votes.argmax(axis=1))
        probabilities = np.full((second.shape[0], levels), 1e-9)
        probabilities[:, model.classes_] = model.predict_proba(second)
        return probabilities, probabilities

    def setfit(self, train_items: list[Item], test_items: list[Item], seed: int) -> Answer:
        task = {
            "train": self._texts(train_items), "test": self._texts(test_items), "seed": seed,
            "labels": votes_of(train_items).argmax(axis=1).tolist(), "levels": len(self.levels),
            "iterations": self.options.setfit_iterations, "products": self.options.slow_products,
        }  # fmt: skip
        with tempfile.TemporaryDirectory(prefix="setfit-") as folder:
            task_file, out = Path(folder) / "task.json", Path(folder) / "out.npy"
            task_file.write_text(json.dumps(task, ensure_ascii=False), encoding="utf-8")
            script = Path(__file__).with_name("setfit_peer.py")
            command = [self.options.setfit_python, str(script), str(self.engine.encoder.base), str(task_file), str(out)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if not out.is_file():
                raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "setfit failed")
            probabilities = np.load(out)
        return probabilities, probabilities

    def full(self, train_items: list[Item], test_items: list[Item], seed: int) -> Answer:
        """All layers, one sequence of 128 tokens, class-balanced loss on the majority, AdamW: nothing clever."""
        import torch

        from csqm_desktop.scoring.embedding import load_network
        from csqm_desktop.scoring.padded import pad, pool

        torch.manual_seed(seed)
        torch.set_float32_matmul_precision(self.options.slow_products)
        encoder = self.engine.encoder
        body, head = load_network(encoder.base), torch.nn.Linear(encoder.width, len(self.levels))
        body.get_input_embeddings().weight.requires_grad_(False)
        moving = [p for p in [*body.parameters(), *head.parameters()] if p.requires_grad]
        truth = torch.from_numpy(votes_of(train_items).argmax(axis=1))
        counts = torch.bincount(truth, minlength=len(self.levels)).float().clamp(min=1)
        loss_of = torch.nn.CrossEntropyLoss(weight=len(truth) / (len(self.levels) * counts))
        epochs = 6 if len(truth) < 200 else 5 if len(truth) < 600 else 3
        optimizer = torch.optim.AdamW(moving, lr=1e-4)
        steps = epochs * (-(-len(truth) // 16))
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1, 10 * step / steps + 0.01, 1 - step / steps)
        )

        def logits(texts: list[str]) -> torch.Tensor:
            ids = encoder.tokenizer(texts, truncation=True, max_length=128, return_attention_mask=False)["input_ids"]
            tokens, mask = pad(ids, encoder.tokenizer.pad_token_id or 0)
            return head(pool(body(input_ids=tokens, attention_mask=mask).last_hidden_state, mask, encoder.pooling))

        texts = self._texts(train_items)
        body.train()
        for _ in range(epochs):
            for part in torch.randperm(len(texts)).split(16):
                optimizer.zero_grad()
                loss_of(logits([texts[i] for i in part]), truth[part]).backward()
                torch.nn.utils.clip_grad_norm_(moving, 1.0)
                optimizer.step()
                schedule.step()
        body.eval()
        asked = self._texts(test_items)
        with torch.inference_mode():
            found = torch.cat([logits(asked[i : i + 32]) for i in range(0, len(asked), 32)])
        probabilities = torch.softmax(found.double(), dim=1).numpy()
        return probabilities, probabilities

    def _texts(self, items: list[Item]) -> list[str]:
        return [f"{self.engine.encoder.prefix}{reply.reply} {reply.context}" for reply in encoded(items)]


def without_following(item: Item) -> Item:
    return replace(item, reply=replace(item.reply, following=(), continued=False))


def encoded(items: list[Item]) -> list[EncodedReply]:
    return [encode_reply(item.reply) for item in items]


def votes_of(items: list[Item]) -> np.ndarray:
    return np.array([item.votes for item in items], dtype=float)


# -- the comparison


def compare(methods: Methods, size: int, pool: list[Item], test: list[Item], options: argparse.Namespace) -> None:
    """One size: every method on the same subsets."""
    results: dict[str, list[dict[str, float]]] = {}
    for name in options.methods:
        seeds = options.seeds if size or name.startswith("csqm") else 1
        rows, started = [], time.monotonic()
        for seed in range(min(seeds, options.slow_seeds) if name in SLOW else seeds):
            order = np.random.default_rng(seed).permutation(len(pool))
            try:
                answer = methods.run(name, [pool[i] for i in order[: size or len(pool)]], test, seed)
            except (RuntimeError, OSError) as error:
                print(f"  {name}: not measured ({error})", flush=True)
                break
            rows.append(figures(*answer, votes_of(test), size or len(pool)))
        if rows:
            results[name] = rows
            seconds = (time.monotonic() - started) / len(rows)
            print(f"  {name:18s}{line(rows)}  ({len(rows)} seeds, {seconds:.0f} s each)", flush=True)
    for name, rows in results.items():
        if name != "csqm" and "csqm" in results:
            pairs = list(zip(results["csqm"], rows, strict=False))
            gaps = [mine["macro_f1"] - theirs["macro_f1"] for mine, theirs in pairs]
            wins = sum(gap > 0 for gap in gaps)
            print(
                f"  csqm - {name}: macro-F1 {np.mean(gaps):+.3f} ± {np.std(gaps):.3f}, better in {wins} of {len(gaps)}"
            )


def line(rows: list[dict[str, float]]) -> str:
    return "  ".join(f"{f} {np.mean([r[f] for r in rows]):.3f}±{np.std([r[f] for r in rows]):.3f}" for f in FIGURES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--label-file", type=Path, help="labels as a table; data is then a table of messages")
    parser.add_argument("--criterion", default="", help="the criterion to take from the label file")
    parser.add_argument("--levels", nargs="+", default=[], help="its levels, worst first (default: by name)")
    parser.add_argument("--labels", type=int, nargs="+", default=[100, 300, 1000, 0], help="0: all of the train part")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--slow-seeds", type=int, default=1, help="of setfit and full")
    fast = ["csqm", "csqm-before", "tfidf", "tfidf-after", "frozen", "frozen-after", "frozen-soft", "frozen-soft-after"]
    parser.add_argument("--methods", nargs="+", default=fast, choices=[*fast, "csqm-early", *SLOW])
    parser.add_argument("--method", default="head", help="of csqm train")
    parser.add_argument("--base", type=Path, default=None, help="base model folder (default: the provisioned one)")
    parser.add_argument("--cache", type=Path, default=None, help="a folder that keeps embeddings between runs")
    parser.add_argument("--setfit-python", default=sys.executable)
    parser.add_argument(
        "--slow-products", default="highest", choices=["highest", "medium"],
        help="of setfit and full: medium rounds to 16 bits, several times as fast where the processor has them",
    )  # fmt: skip
    parser.add_argument("--setfit-iterations", type=int, default=5, help="pairs for each label and side")
    options = parser.parse_args()
    if options.label_file:
        items, levels = read_tables(options.data, options.label_file, options.criterion, options.levels)
    elif options.data.name.startswith("uss"):
        items, levels = read_uss(options.data, options.criterion == "by-mean")
    else:
        items, levels = read_stc(options.data)
    pool = [item for item in items if not is_test(item.reply.conversation)]
    test = [item for item in items if is_test(item.reply.conversation)]
    share = votes_of(test).argmax(axis=1)
    print(f"{options.data.name}: {len(pool)} train and {len(test)} test replies; levels {', '.join(levels)},")
    print(f"in the test part {' / '.join(str(n) for n in np.bincount(share, minlength=len(levels)))}")
    print(ceiling(votes_of(test)))
    engine = Engine(options.base or base_model.folder(paths.shared_model_store(), None), options.cache)
    methods = Methods(engine, levels, options)
    for size in options.labels:
        print(f"{size or len(pool)} labels", flush=True)
        compare(methods, size, pool, test, options)
    engine.close()


if __name__ == "__main__":
    main()
