"""How many labels each strategy needs on real dialogues: the labels are known and are handed out batch by batch.

Every strategy starts from the same labels (the seed's random ones, or with ``--start own`` from its cold start), trains
the same class-balanced logistic regression on the same frozen features, and chooses the next batch. The test part
is fixed: md5(dialogue id) mod 5 == 0; ``--dev N`` takes another fifth instead, for trying things out.

    python tests/benchmarks/replay_selection.py DATA/stc3_cn_dev.jsonl.gz --cache DIR --seeds 20

Prints macro-F1 (mean and standard deviation over seeds) after each batch, the labels at which a strategy's mean
reaches what random sampling has with all of them, and how many seeds beat their own random run, paired. Strategies of
scikit-activeml on the same features are run when it can be imported (``--peers``).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from dialogue_vectors import Pool as Dialogues
from dialogue_vectors import load

from csqm_desktop import selection
from csqm_desktop.selection import Known, Pool
from csqm_desktop.selection.space import place, unit

Pick = Callable[["State", int, int], list[int]]


class State:
    """What a strategy may see: places of all replies, which are labelled, what the model says of the others."""

    def __init__(self, data: Dialogues, train: np.ndarray, test: np.ndarray) -> None:
        blocks, figures = data.parts()
        rows = np.concatenate([train, test])
        places = place([block[rows] for block in blocks], figures[rows])
        self.x = places[: len(train)]
        self.test = places[len(train) :]
        self.reply = unit(blocks[0][train])
        self.votes = data.votes[train]
        self.y, self.truth = self.votes.argmax(axis=1), data.votes[test].argmax(axis=1)
        self.groups = data.groups[train]
        self.labelled: list[int] = []
        self.before: np.ndarray | None = None

    def fit(self) -> float:
        """Train on what is labelled; macro-F1 on the test part."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.metrics import f1_score

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=300)
            model.fit(self.x[self.labelled], self.y[self.labelled])
        self.model = model
        return float(f1_score(self.truth, model.predict(self.test), average="macro"))

    def opinion(self) -> np.ndarray:
        """What the model says of all replies of the train part, (n, levels)."""
        out = np.full((len(self.x), self.votes.shape[1]), 1e-9)
        out[:, self.model.classes_] = self.model.predict_proba(self.x)
        return out

    @property
    def open(self) -> np.ndarray:
        return np.setdiff1d(np.arange(len(self.x)), self.labelled)


def ours(strategy: str) -> Pick:
    def pick(state: State, count: int, seed: int) -> list[int]:
        rows, opinion = state.open, state.opinion()
        known = Known(
            state.x[state.labelled],
            state.reply[state.labelled],
            state.votes[state.labelled] / state.votes[state.labelled].sum(axis=1, keepdims=True),
        )
        pool = Pool.of(
            rows,
            opinion[rows],
            {"usefulness": slice(0, state.votes.shape[1])},
            state.x[rows],
            state.reply[rows],
            known=known,
            other=None if state.before is None else state.before[rows],
        )
        state.before = opinion
        return [choice.reply_id for choice in selection.select(strategy, pool, count, seed)]

    return pick


def peers() -> dict[str, Pick]:
    """Strategies of scikit-activeml, when it is installed."""
    try:
        from skactiveml.classifier import SklearnClassifier
        from skactiveml.pool import Badge, CoreSet, UncertaintySampling
    except ImportError as error:
        print(f"without scikit-activeml: {error}", file=sys.stderr)
        return {}
    from sklearn.linear_model import LogisticRegression

    def asked(make: Callable[[int], object], with_model: bool) -> Pick:
        def pick(state: State, count: int, seed: int) -> list[int]:
            truth = np.full(len(state.x), np.nan)
            truth[state.labelled] = state.y[state.labelled]
            model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=300)
            more = {"clf": SklearnClassifier(model, classes=np.arange(state.votes.shape[1]))} if with_model else {}
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return [int(i) for i in make(seed).query(state.x, truth, batch_size=count, **more)]

        return pick

    return {
        "scikit-activeml Badge": asked(lambda s: Badge(random_state=s), True),
        "scikit-activeml CoreSet": asked(lambda s: CoreSet(random_state=s), False),
        "scikit-activeml margin": asked(lambda s: UncertaintySampling(method="margin_sampling", random_state=s), True),
    }


def run(state: State, pick: Pick, options: argparse.Namespace, seed: int) -> list[float]:
    state.before = None
    if options.start == "own" and pick is not RANDOM:
        ids, groups = np.arange(len(state.x)), state.groups
        state.labelled = [c.reply_id for c in selection.cold_start(ids, groups, options.batch, seed, state.x)]
    else:
        state.labelled = [int(i) for i in np.random.default_rng(seed).permutation(len(state.x))[: options.batch]]
    curve = [state.fit()]
    while len(state.labelled) < options.labels:
        state.labelled += pick(state, options.batch, 1000 * seed + len(state.labelled))
        curve.append(state.fit())
    return curve


RANDOM = ours("random")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="embedding cache, filled by the first run")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--labels", type=int, default=500)
    parser.add_argument("--start", choices=("random", "own"), default="random")
    parser.add_argument("--dev", type=int, help="judge on this fifth (1 to 4) of the train part, not on the test part")
    parser.add_argument("--strategies", nargs="+", default=[s for s in selection.STRATEGIES if s != "random"])
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    data = load(options.data, options.cache)
    fifth = np.array(
        [int(hashlib.md5(i.conversation.encode(), usedforsecurity=False).hexdigest(), 16) % 5 for i in data.items]
    )
    part = options.dev or 0
    state = State(data, np.flatnonzero((fifth != part) & (fifth != 0)), np.flatnonzero(fifth == part))
    print(f"{options.data.name}: {len(state.x)} replies to choose from, {len(state.test)} to judge on (fifth {part})")
    picks = {
        "random": RANDOM,
        **{name: ours(name) for name in options.strategies},
        **(peers() if options.peers else {}),
    }
    curves: dict[str, np.ndarray] = {}
    for name, pick in picks.items():
        started = time.monotonic()
        curves[name] = np.array([run(state, pick, options, seed) for seed in range(options.seeds)])
        report(name, curves, options, time.monotonic() - started)


def report(name: str, curves: dict[str, np.ndarray], options: argparse.Namespace, seconds: float) -> None:
    mine, chance = curves[name], curves["random"]
    goal = chance[:, -1].mean()
    sizes = options.batch * np.arange(1, mine.shape[1] + 1)
    reached = next((int(s) for s, f1 in zip(sizes, mine.mean(axis=0), strict=True) if f1 >= goal), None)
    area = mine.mean(axis=1) - chance.mean(axis=1)
    print(f"{name} ({seconds:.0f} s)")
    print("  labels   " + " ".join(f"{s:6d}" for s in sizes))
    print("  macro-F1 " + " ".join(f"{v:6.3f}" for v in mine.mean(axis=0)))
    print("  sd       " + " ".join(f"{v:6.3f}" for v in mine.std(axis=0)))
    print(
        f"  reaches random's {goal:.3f} at {sizes[-1]} with {reached} labels; mean over the curve"
        f" {area.mean():+.4f} against random (sd {area.std():.4f}), better in {int((area > 0).sum())} of"
        f" {len(area)} paired seeds",
        flush=True,
    )


if __name__ == "__main__":
    main()
