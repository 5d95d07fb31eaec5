"""Judging a candidate: its figures on the holdout, and the gate against whatever it would replace."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import Prediction, Version
from csqm_desktop.training import evaluation, gate, near_duplicates
from csqm_desktop.training.dataset import Split
from csqm_desktop.training.recorder import Recorder
from csqm_desktop.training.refit import judged_folder
from csqm_desktop.training.request import Observer, Request

log = logging.getLogger(__name__)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """The holdout's figures, and what the gate says of them."""

    metrics: dict[str, Any]
    verdict: gate.Verdict


def judge(engine: Engine, parts: Split, request: Request, observer: Observer, recorder: Recorder) -> Judged:
    """Measure what was written on the holdout, against the active version or what labels alone would guess."""
    holdout = parts.holdout
    observer.progress(0, 0, "evaluating")
    version = engine.version(request.out)
    candidate = engine.predict(request.out, holdout.replies, observer.check)
    metrics = evaluation.evaluate(candidate, version.criteria, holdout, request.seed)
    observer.check()
    observer.progress(0, 0, "gate")
    rivals, known = _rivals(engine, parts, request, version, observer)
    comparisons = []
    for head, columns in zip(version.heads, version.slices, strict=True):
        key = head.spec.key
        rows = holdout.rows(key)
        if not head.trained:
            continue
        comparisons.append(
            gate.Comparison(
                key,
                candidate.probabilities[rows, columns],
                rivals[key][rows],
                holdout.votes[key][rows].argmax(axis=1),
                holdout.groups[rows],
                {name: [values[i] for i in rows] for name, values in holdout.slices().items()},
                "active" if key in known else "prior",
            )
        )
    untrained = [head.spec.key for head in version.heads if not head.trained]
    verdict = gate.judge(comparisons, untrained, [key for key in untrained if key in known], request.seed)
    metrics["leakage"] = near_duplicates.report(parts.train, holdout, candidate, version.criteria)
    for key, figures in metrics["criteria"].items():
        recorder.holdout(key, figures)
    return Judged(metrics, verdict)


def _rivals(
    engine: Engine, parts: Split, request: Request, version: Version, observer: Observer
) -> tuple[dict[str, Floats], set[str]]:
    """What the candidate must not be worse than: the active version where it knows a criterion, else the prior."""
    holdout = parts.holdout
    rivals = {
        head.spec.key: np.tile(_prior(parts.train.votes[head.spec.key]), (len(holdout), 1)) for head in version.heads
    }
    known: set[str] = set()
    if request.active is None:
        return rivals, known
    try:
        folder = judged_folder(request.active)
        active = Version.load(folder)
        prediction: Prediction | None = None
        if active.base_fingerprint == engine.encoder.fingerprint:
            prediction = engine.predict(folder, holdout.replies, observer.check)
    except CsqmError as error:
        log.warning("the active version cannot be compared with: %s", error.code)
        return rivals, known
    if prediction is None:
        return rivals, known  # trained on another base model: the first version on this one
    for head, columns in zip(active.heads, active.slices, strict=True):
        if head.trained and head.spec in [h.spec for h in version.heads]:
            rivals[head.spec.key] = prediction.probabilities[:, columns]
            known.add(head.spec.key)
    return rivals, known


def _prior(votes: Floats) -> Floats:
    labelled = votes[votes.sum(axis=1) > 0]
    counts = np.bincount(labelled.argmax(axis=1), minlength=votes.shape[1]) + 1.0
    return np.asarray(counts / counts.sum())
