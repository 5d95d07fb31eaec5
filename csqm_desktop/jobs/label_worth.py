"""What more labels would bring: small models refitted on parts of the labels, without the worker process.

The refits are logistic regressions on the vectors that scoring has left in the embedding cache. They are not the
version itself, but they learn from the same vectors and level off with it.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.analytics.label_readiness import LEAST_PER_LEVEL
from csqm_desktop.analytics.learning_curve import (
    BATCH,
    LEAST_LABELS,
    Advice,
    LearningCurve,
    Point,
    for_left,
    learning_curve,
    sizes,
)
from csqm_desktop.domain import permissions
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.jobs.base import Job, JobContext, SilentContext
from csqm_desktop.jobs.reply_vectors import ReplyVectors
from csqm_desktop.store.workspace import Workspace

FOLDS = 4
REPEATS = 6
MOST = 3_000  # labels that are looked at: a random part of more
FACT = "label_worth"  # where the newest answer is kept

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Worth:
    """The learning curve of each criterion that has enough labels, by key."""

    curves: Mapping[str, LearningCurve]
    labels: int
    left: int = BATCH  # replies without a verdict

    @property
    def widest(self) -> tuple[str, LearningCurve | None]:
        """The criterion from which most is still to be gained, with its curve; None where no curve is long enough."""
        told = {key: curve for key, curve in self.curves.items() if curve.advice.code != "too_few"}
        if not told:
            return "", None
        key = max(told, key=lambda k: told[k].advice.gain)
        return key, told[key]

    @property
    def advice(self) -> Advice:
        """One answer for all criteria: that of the widest."""
        if self.left <= 0:
            return Advice("all_labelled", self.labels, batch=0)
        curve = self.widest[1]
        return curve.advice if curve is not None else Advice("too_few", self.labels)


class LabelWorth(Job[Worth]):
    """Measure the learning curve and keep it in the workspace."""

    kind: ClassVar[str] = "label_worth"
    lane: ClassVar[str] = "quick"
    needs: ClassVar[str] = permissions.TRAIN

    def run(self, context: JobContext) -> Worth:
        """Takes seconds; needs no model."""
        labels = self.workspace.reviews.labels()
        total = len(labels)
        if total > MOST:
            labels = [labels[i] for i in sorted(np.random.default_rng(0).permutation(total)[:MOST])]
        with ReplyVectors(self.workspace) as vectors:
            placed = vectors.read([label.reply_id for label in labels])
        by_id = {label.reply_id: label for label in labels}
        labels = [by_id[i] for i in placed.ids]
        criteria = self.workspace.scorecards.current().criteria
        curves: dict[str, LearningCurve] = {}
        for number, criterion in enumerate(criteria):
            context.progress(number, len(criteria), "fitting")
            found = _measure(placed.vectors, labels, placed.conversations, criterion.key, context)
            if found is not None:
                curves[criterion.key] = found
        self.workspace.set_fact(
            FACT, json.dumps({"labels": total, "curves": {k: asdict(v) for k, v in curves.items()}})
        )
        return _for_left(self.workspace, curves, total)


def _for_left(workspace: Workspace, curves: Mapping[str, LearningCurve], labels: int) -> Worth:
    """What was measured, as far as there is anything left to label."""
    left = workspace.conversations.without_verdict()
    return Worth({key: for_left(curve, left) for key, curve in curves.items()}, labels, left)


def measure(workspace: Workspace) -> Worth:
    """The same without a row in the job list, for the command line."""
    return LabelWorth(workspace).run(SilentContext())


def current(workspace: Workspace) -> Worth:
    """What was measured last when hardly a label has come since, else measured now."""
    known = remembered(workspace)
    labels = len(workspace.reviews.labels())
    if known is not None and abs(known.labels - labels) < BATCH // 5:
        return known
    return measure(workspace)


def remembered(workspace: Workspace) -> Worth | None:
    """What was measured last; None when that was never, or in a form that is not known."""
    try:
        record = json.loads(workspace.fact(FACT, "null"))
        curves = {key: _curve(value) for key, value in record["curves"].items()}
        return _for_left(workspace, curves, int(record["labels"]))
    except (ValueError, KeyError, TypeError):
        return None


def _curve(record: Mapping[str, Any]) -> LearningCurve:
    points = {name: tuple(Point(**point) for point in record[name]) for name in ("measured", "fitted")}
    return LearningCurve(points["measured"], points["fitted"], Advice(**record["advice"]))


def _measure(
    vectors: NDArray[np.float32], labels: Sequence[LabelledReply], groups: Sequence[str], key: str, context: JobContext
) -> LearningCurve | None:
    rows = [row for row, label in enumerate(labels) if sum(label.counts.get(key, ()))]
    if len(rows) < LEAST_LABELS:
        return None
    truth = np.array([int(np.argmax(labels[row].counts[key])) for row in rows])
    if (np.bincount(truth) >= LEAST_PER_LEVEL).sum() < 2:
        return None
    names = np.unique([groups[row] for row in rows], return_inverse=True)[1]
    steps = sizes(len(rows))
    runs = np.array([one_run(vectors[rows], truth, names, steps, seed, context) for seed in range(REPEATS)])
    return learning_curve(steps, runs)


def one_run(
    vectors: NDArray[np.floating],
    truth: NDArray[np.integer],
    groups: NDArray[np.integer],
    steps: Sequence[int],
    seed: int,
    context: JobContext,
) -> Floats:
    """Macro-F1 of all left-out replies after training on each number of labels, (steps,). Conversations stay whole."""
    from sklearn.metrics import f1_score

    rng = np.random.default_rng(seed)
    fold = rng.permutation(int(groups.max()) + 1)[groups] % FOLDS
    order = rng.permutation(len(truth))
    out = []
    for size in steps:
        context.check_cancelled()
        said = np.zeros(len(truth), dtype=np.int64)
        for number in range(FOLDS):
            inside = order[fold[order] != number]
            # as many as that number of labels would leave for training
            said[fold == number] = _fit(vectors, truth, inside[: max(2, size * (FOLDS - 1) // FOLDS)], fold == number)
        out.append(float(f1_score(truth, said, average="macro")))
    return np.array(out)


def _fit(
    vectors: NDArray[np.floating], truth: NDArray[np.integer], rows: NDArray[np.integer], asked: NDArray[np.bool_]
) -> NDArray[np.int64]:
    from sklearn.linear_model import LogisticRegression

    if len(np.unique(truth[rows])) < 2:
        return np.full(int(asked.sum()), truth[rows[0]], dtype=np.int64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not converged to the last digit is good enough for a curve
        model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=100).fit(vectors[rows], truth[rows])
    return np.asarray(model.predict(vectors[asked]), dtype=np.int64)
