"""Replies of the holdout that training has nearly seen, and what the figures are without them.

The holdout is cut by conversation, but shops paste: the same question with the same answer in two conversations lets a
version look better than it is. A reply counts when both it and what the customer said before it are nearly the same as
in a training conversation. A stock phrase after another question, or a greeting, is no leak: shops will go on sending
it, so it is counted apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from csqm_desktop.scoring.version import CriterionSpec, Prediction, level_slices
from csqm_desktop.training.dataset import Dataset
from csqm_desktop.training.metrics import class_figures, confusion, macro

LIMIT = 0.75  # share of common runs of two characters (Jaccard) from which two texts are nearly the same
SHORT = 12  # characters of question and answer together; less is a greeting
EXAMPLES = 10
_RUN = 2
_AT_ONCE = 512
_NOISE = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Found:
    """``near``: rows of the holdout with the training row that is nearest and how near. ``templates``: other rows."""

    near: dict[int, tuple[int, float]]
    templates: list[int]


def report(
    train: Dataset, holdout: Dataset, prediction: Prediction, criteria: Sequence[CriterionSpec]
) -> dict[str, Any]:
    """What the card says: counts, the nearest pairs by reply id (no text), figures with and without.

    ``{"holdout", "near", "templates", "limit", "pairs": [{"holdout", "train", "similarity"}], "criteria": {key:
    {"with": {"n", "accuracy", "macro_f1"}, "without": {…}}}}``
    """
    found = find(train, holdout)
    return {
        "holdout": len(holdout),
        "near": len(found.near),
        "templates": len(found.templates),
        "limit": LIMIT,
        "pairs": _examples(found, train, holdout),
        "criteria": _figures(found, holdout, prediction, criteria) if found.near else {},
    }


def find(train: Dataset, holdout: Dataset) -> Found:
    """Compare all replies of both sides, exactly: no pair is left out by chance."""
    replies = _near_pairs([r.reply for r in holdout.replies], [r.reply for r in train.replies])
    questions = _near_pairs([r.last_customer for r in holdout.replies], [r.last_customer for r in train.replies])
    near: dict[int, tuple[int, float]] = {}
    templates = []
    for row, reply in enumerate(holdout.replies):
        same_answer = replies[row]
        if not same_answer:
            continue
        long_enough = len(_plain(reply.reply)) + len(_plain(reply.last_customer)) >= SHORT
        both = {other: min(s, questions[row][other]) for other, s in same_answer.items() if other in questions[row]}
        if both and long_enough:
            nearest = max(both, key=lambda other: (both[other], -other))
            near[row] = (nearest, both[nearest])
        else:
            templates.append(row)
    return Found(near, templates)


def _plain(text: str) -> str:
    return _NOISE.sub("", _DIGIT.sub("0", text.casefold()))


def _near_pairs(first: Sequence[str], second: Sequence[str]) -> list[Mapping[int, float]]:
    """For each text of ``first`` the positions in ``second`` that are nearly the same, with the similarity.

    Two texts without a letter are the same if neither has any (no question at all), else they match nothing.
    """
    plain_first, plain_second = [_plain(t) for t in first], [_plain(t) for t in second]
    distinct_first, distinct_second = sorted(set(plain_first)), sorted(set(plain_second))
    near = _near_texts(distinct_first, distinct_second)
    places: dict[str, list[int]] = {}
    for position, text in enumerate(plain_second):
        places.setdefault(text, []).append(position)
    spread = {
        text: {position: s for other, s in near[i].items() for position in places[distinct_second[other]]}
        for i, text in enumerate(distinct_first)
    }
    return [spread[text] for text in plain_first]


def _near_texts(first: Sequence[str], second: Sequence[str]) -> list[dict[int, float]]:
    words: dict[str, int] = {}
    a, b = _table(first, words), _table(second, words)
    width = max(1, len(words))
    left = scipy.sparse.csr_matrix((np.ones(len(a[1])), a[1], a[0]), shape=(len(first), width))
    right = scipy.sparse.csr_matrix((np.ones(len(b[1])), b[1], b[0]), shape=(len(second), width)).T.tocsr()
    sizes_left, sizes_right = np.diff(a[0]), np.diff(b[0])
    found: list[dict[int, float]] = [{} for _ in first]
    for start in range(0, len(first), _AT_ONCE):
        common = (left[start : start + _AT_ONCE] @ right).tocoo()
        rows, columns = common.row + start, common.col
        alike = common.data / (sizes_left[rows] + sizes_right[columns] - common.data)
        for i in np.flatnonzero(alike >= LIMIT):
            found[rows[i]][int(columns[i])] = float(alike[i])
    return found


def _table(texts: Sequence[str], words: dict[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The runs of each text as row ends and numbers; a text shorter than a run is one run."""
    ends, numbers = [0], []
    for text in texts:
        runs = {text[i : i + _RUN] for i in range(max(1, len(text) - _RUN + 1))}
        numbers += sorted(words.setdefault(run, len(words)) for run in runs)
        ends.append(len(numbers))
    return np.array(ends, dtype=np.int64), np.array(numbers, dtype=np.int64)


def _examples(found: Found, train: Dataset, holdout: Dataset) -> list[dict[str, Any]]:
    """The nearest pairs, each wording once. Ids only: texts stay in the store, where they can be erased."""
    pairs: list[dict[str, Any]] = []
    told: set[str] = set()
    for row, (other, alike) in sorted(found.near.items(), key=lambda item: (-item[1][1], item[0])):
        wording = _plain(holdout.replies[row].reply)
        if wording not in told and len(pairs) < EXAMPLES:
            told.add(wording)
            ids = (holdout.examples[row].item.reply_id, train.examples[other].item.reply_id)
            pairs.append({"holdout": ids[0], "train": ids[1], "similarity": round(alike, 3)})
    return pairs


def _figures(
    found: Found, holdout: Dataset, prediction: Prediction, criteria: Sequence[CriterionSpec]
) -> dict[str, Any]:
    table = {}
    for spec, columns in zip(criteria, level_slices(criteria), strict=True):
        rows = holdout.rows(spec.key)
        apart = rows[~np.isin(rows, list(found.near))]
        truth, chosen = holdout.votes[spec.key].argmax(axis=1), prediction.probabilities[:, columns].argmax(axis=1)
        table[spec.key] = {
            name: _right(truth[part], chosen[part], len(spec.levels))
            for name, part in (("with", rows), ("without", apart))
        }
    return table


def _right(truth: NDArray[Any], chosen: NDArray[Any], levels: int) -> dict[str, float | int | None]:
    if not len(truth):
        return {"n": 0, "accuracy": None, "macro_f1": None}
    matrix = confusion(truth, chosen, levels)
    f1 = macro(class_figures(matrix)["f1"], matrix)
    return {"n": len(truth), "accuracy": float((truth == chosen).mean()), "macro_f1": float(f1)}
