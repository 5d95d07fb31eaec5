"""Are replies unlike anything labelled told apart? Other languages and tasks against what was labelled.

A part of one file plays the reviewed replies (``--labels``); another part of the same file is what should pass; every
other file is what should be flagged. The parts are cut by conversation.

    python tests/benchmarks/out_of_scope.py DATA/stc3_cn_dev.jsonl.gz DATA/stc3_en_dev.jsonl.gz --cache DIR

Prints, for each other file, AUROC of the similarity alone (without looking at the language), the share flagged by
similarity and by all rules, and the share of usual replies flagged; and the same for a fuzz list of odd texts.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from dialogue_vectors import Pool, load

from csqm_desktop.scoring.encoding import detect_language
from csqm_desktop.selection.scope import Look, Scope, oddity
from csqm_desktop.selection.space import unit

FUZZ = (
    *("", " ", "\u200b\u200b", "\u202e\u202dabc", "\ufffd\ufffd", "a\u0300\u0301\u0302\u0303\u0304\u0305"),
    *("\x00\x01\x02", "\ue000\ue001 ok", "。" * 50, "😀😀😀", "好" * 100_000, "x" * 100_000, "\ud800", "...---..."),
    *("o\u200bk\u200bo\u200bk\u200b", "\u00ad" * 30 + "hi", "\U000e0041\U000e0042 hi"),
)


def vectors(data: Pool) -> np.ndarray:
    (reply, context, *_), _ = data.parts()
    return np.concatenate([unit(reply), context], axis=1)


def looks(data: Pool) -> list[Look]:
    return [Look(item.text, detect_language(item.text)) for item in data.items]


def auroc(usual: np.ndarray, strange: np.ndarray) -> float:
    """How often a strange reply is less similar than a usual one."""
    from scipy.stats import rankdata

    ranks = rankdata(np.concatenate([-strange, -usual]))
    wins = ranks[: len(strange)].sum() - len(strange) * (len(strange) + 1) / 2
    return float(wins / (len(strange) * len(usual)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("others", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--labels", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--most", type=int, default=1000, help="replies read of each other file")
    options = parser.parse_args()
    own = load(options.labelled, options.cache)
    place, look = vectors(own), looks(own)
    others = {path.name: load(path, options.cache, options.most) for path in options.others}
    there = {name: (vectors(data), looks(data)) for name, data in others.items()}
    for labels in options.labels:
        rows: dict[str, list[list[float]]] = {}
        for seed in range(options.seeds):
            rng = np.random.default_rng(seed)
            half = rng.permutation(own.groups.max() + 1)[own.groups] % 2 == 0
            reviewed = rng.permutation(np.flatnonzero(half))[:labels]
            usual = np.flatnonzero(~half)
            scope = Scope.of(place[reviewed], [look[i] for i in reviewed], own.groups[reviewed])
            near = scope.similarity(place[usual])
            false = np.mean([f is not None for f in scope.findings(place[usual], [look[i] for i in usual])])
            for name, (where, seen) in there.items():
                far = scope.similarity(where)
                flagged = np.mean([f is not None for f in scope.findings(where, seen)])
                rows.setdefault(name, []).append(
                    [auroc(near, far), float((far < scope.lowest).mean()), float(flagged), float(false)]
                )
        for name, values in rows.items():
            mean, sd = np.mean(values, axis=0), np.std(values, axis=0)
            print(
                f"{labels:5d} labels, {name}: AUROC {mean[0]:.4f} (sd {sd[0]:.4f}), flagged by similarity"
                f" {mean[1]:.3f}, by all rules {mean[2]:.3f}; usual replies flagged {mean[3]:.4f}",
                flush=True,
            )
    print(f"fuzz list: {sum(oddity(text) is not None for text in FUZZ)} of {len(FUZZ)} flagged")


if __name__ == "__main__":
    main()
