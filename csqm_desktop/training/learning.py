"""Learning a version from labels: features, heads, their decisions, and the network where one is trained or kept."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.features import Scaling
from csqm_desktop.scoring.version import NETWORK_DIR, CriterionSpec, Head, Version
from csqm_desktop.training import kept_network
from csqm_desktop.training.dataset import Dataset, Example, Split
from csqm_desktop.training.head import FittedHead, fit_decision, fit_head
from csqm_desktop.training.kept_network import Tuned
from csqm_desktop.training.linear import Linear, principal_axes
from csqm_desktop.training.recorder import Recorder
from csqm_desktop.training.refit import put_beside
from csqm_desktop.training.request import Observer, Request
from csqm_desktop.training.stacking import stack
from csqm_desktop.training.version_files import write_calibration
from csqm_desktop.training.weak import WeakSet

log = logging.getLogger(__name__)

FOLDS = 5


def learn(
    engine: Engine,
    parts: Split,
    weak: WeakSet,
    request: Request,
    parent: Path | None,
    observer: Observer,
    recorder: Recorder | None,
    penalties: Mapping[str, float] | None = None,
) -> tuple[Version, dict[str, Any], dict[str, float]]:
    """The version, what a fine-tune did (empty without one), and each criterion's penalty: found, or as given."""
    data = parts.train
    raw = engine.features(data.replies, observer.check, lambda done, total: observer.progress(done, total, "embedding"))
    scaling = Scaling.fit(raw)
    features = scaling.apply(raw)
    guessed = scaling.apply(engine.features(weak.replies, observer.check)) if weak.labels else features[:0]
    folds = data.folds(min(FOLDS, int(data.groups.max()) + 1), request.seed)
    ready = {c.key for c in parts.readiness.criteria if c.ready}
    # two BLAS threads on matrices this small wait for each other, badly so on a busy computer
    with threadpool_limits(1, "blas"):
        fitted = _fit_heads(
            features,
            data,
            folds,
            [c for c in request.criteria if c.key in ready],
            observer,
            recorder,
            (weak, guessed),
            penalties or {},
        )
    penalties = {key: head.penalty for key, head in fitted.items()}
    facts = _network(engine, data, (scaling, features, penalties), request, observer, recorder)
    observer.progress(0, 0, "calibrating")
    tuned: Tuned | None = None
    network = request.out / NETWORK_DIR
    if network.is_dir():
        tuned = kept_network.listen(engine, network, data, request.criteria, list(fitted), observer.check)
    with threadpool_limits(1, "blas"):
        heads = tuple(_head(c, data, fitted.get(c.key), tuned) for c in request.criteria)
    heads = inherit(heads, parent, engine.encoder.fingerprint, scaling, tuned is not None and request.method == "head")
    version = Version(request.method, engine.encoder.fingerprint, heads, scaling, tuned=tuned is not None)
    return version, facts, {key: head.penalty for key, head in fitted.items()}


def _network(
    engine: Engine,
    data: Dataset,
    start: tuple[Scaling, NDArray[np.float32], Mapping[str, float]],
    request: Request,
    observer: Observer,
    recorder: Recorder | None,
) -> dict[str, Any]:
    """Train a network, or keep the parent's under new heads; returns facts for the card, empty without a network.

    Without ``recorder`` the one that is there is left alone: it has been judged.
    """
    if recorder is None:
        return {}
    if request.method == "head":
        return kept_network.keep(
            request.parent, request.criteria, engine.encoder.fingerprint, request.out / NETWORK_DIR
        )
    from csqm_desktop.training.finetune import Start, fine_tune  # peft is slow to import and mostly not needed

    return fine_tune(engine, data, request.criteria, Start(*start), request, observer, recorder)


def learn_from_all(
    engine: Engine,
    examples: Sequence[Example],
    parts: Split,
    weak: WeakSet,
    request: Request,
    observer: Observer,
    penalties: Mapping[str, float],
) -> int:
    """Let heads that were judged learn from the holdout too; returns how many replies the version has learned from.

    With the penalties that were judged: a few more labels hardly change them, and searching takes most of the time.
    """
    everything = replace(parts, train=Dataset.of(examples, request.criteria))
    version, *_ = learn(engine, everything, weak, request, request.parent, observer, None, penalties)  # no curves
    if not put_beside(engine, version, request.out, parts.holdout, observer.check):
        return len(parts.train)
    write_calibration(version, request.out)
    return len(examples)


def _fit_heads(
    features: NDArray[np.float32],
    data: Dataset,
    folds: NDArray[np.int64],
    criteria: Sequence[CriterionSpec],
    observer: Observer,
    recorder: Recorder | None,
    weak: tuple[WeakSet, NDArray[np.float32]],
    penalties: Mapping[str, float],
) -> dict[str, FittedHead]:
    basis = principal_axes(np.concatenate([features, weak[1]]))
    inner, guessed = (
        part if basis is None else np.asarray(part @ basis.T, dtype=np.float32) for part in (features, weak[1])
    )
    fitted: dict[str, FittedHead] = {}
    for number, criterion in enumerate(criteria):
        observer.progress(number, len(criteria), "fitting")
        rows = data.rows(criterion.key)
        head = fit_head(
            inner[rows],
            data.votes[criterion.key][rows],
            folds[rows],
            observer.check,
            None if recorder is None else partial(recorder.head, criterion.key),
            weak[0].rows(criterion.key, guessed),
            penalties.get(criterion.key),
        )
        weights = head.linear.weights if basis is None else basis.T.astype(np.float64) @ head.linear.weights
        fitted[criterion.key] = FittedHead(Linear(weights, head.linear.bias), head.left_out, head.penalty)
    observer.progress(len(criteria), len(criteria), "fitting")
    return fitted


def _head(spec: CriterionSpec, data: Dataset, fitted: FittedHead | None, tuned: Tuned | None) -> Head:
    votes = data.votes[spec.key]
    if fitted is None:
        levels = len(spec.levels)
        return Head(spec, np.full(levels, 1 / levels))  # all levels alike: no opinion, see domain.score
    prior = votes.sum(axis=0) + 1.0
    prior = prior / prior.sum()
    rows = data.rows(spec.key)
    calibrator = fit_decision([fitted.left_out], votes[rows])
    if tuned is not None:
        apart = np.isin(rows, tuned.rows)
        of_network = tuned.logits[spec.key][np.searchsorted(tuned.rows, rows[apart])]
        calibrator = stack(calibrator, fitted.left_out[apart], of_network, votes[rows[apart]])
    return Head(spec, prior, fitted.linear.weights, fitted.linear.bias, calibrator)


def inherit(
    heads: tuple[Head, ...], parent: Path | None, base_fingerprint: str, scaling: Scaling, same_network: bool = False
) -> tuple[Head, ...]:
    """Let criteria with too few labels keep what the parent version knows of them.

    The first labels of a shop rarely hold enough violations to learn from; the starter has seen some. Heads of a
    fine-tuned parent hang on its network and are kept only together with it.
    """
    if parent is None or all(head.trained for head in heads):
        return heads
    try:
        older = Version.load(parent)
    except CsqmError as error:
        log.warning("the parent version cannot be read: %s", error.code)
        return heads
    if older.base_fingerprint != base_fingerprint or (older.listens and not same_network):
        return heads
    known = {head.spec.key: head for head in older.heads if head.trained}
    return tuple(
        _moved(known[head.spec.key], older.scaling, scaling)
        if not head.trained and head.spec.key in known and known[head.spec.key].spec.levels == head.spec.levels
        else head
        for head in heads
    )


def _moved(head: Head, old: Scaling, new: Scaling) -> Head:
    """The same head for features in another scaling. A feature that is constant now is taken at its mean."""
    assert head.weights is not None
    assert head.bias is not None
    ratio = np.divide(old.scale, new.scale, out=np.zeros_like(old.scale), where=new.scale > 0)
    shift = ((new.mean - old.mean) * old.scale).astype(np.float64)
    return replace(head, weights=head.weights * ratio[:, None], bias=head.bias + shift @ head.weights)
