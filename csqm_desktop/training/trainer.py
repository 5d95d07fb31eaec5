"""Training a candidate from start to card: split, learn, calibrate, judge, write.

``head`` refits linear heads on cached embeddings (seconds), on top of the parent's network where it has one. The other
methods also train the network that reads the texts; it goes on from an earlier version's where that
fits, on the new labels and a sample of the old ones; the result speaks for both. What is written is loaded again
before it is judged: the holdout sees what will score.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from csqm_desktop.domain.conversation import ReplyInput
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.domain.weak_label import WeakLabel
from csqm_desktop.errors import CsqmError
from csqm_desktop.registry.versions import Card
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.features import Scaling
from csqm_desktop.scoring.version import NETWORK_DIR, CriterionSpec, Head, Prediction, Version
from csqm_desktop.training import evaluation, gate, kept_network, near_duplicates
from csqm_desktop.training.dataset import Dataset, Example, Split, conversation_hash, join, label_fingerprint, split
from csqm_desktop.training.head import FittedHead, fit_decision, fit_head
from csqm_desktop.training.kept_network import Tuned
from csqm_desktop.training.linear import Linear, principal_axes
from csqm_desktop.training.recorder import Recorder
from csqm_desktop.training.refit import judged_folder, put_beside
from csqm_desktop.training.stacking import stack
from csqm_desktop.training.weak import WeakSet, as_judged, choose

log = logging.getLogger(__name__)

METHODS = ("head", "lora", "adalora", "ia3", "prompt", "full")
FOLDS = 5
SEEN_FILE = "trained_on.json"  # hashes of the conversations that this version and its ancestors learned from
_PACKAGES = ("torch", "transformers", "peft", "numpy", "scipy", "safetensors", "csqm-desktop")

Floats = NDArray[np.float64]
Check = Callable[[], None]


@dataclass(frozen=True)
class Request:
    """What to train. ``active``, ``parent`` and ``warm`` are version folders or None; ``out`` becomes the new one.

    ``warm`` is the version whose network a fine-tune goes on from.
    """

    version: str
    method: str
    criteria: tuple[CriterionSpec, ...]
    out: Path
    parent: Path | None = None
    active: Path | None = None
    warm: Path | None = None
    seed: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)
    scorecard: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Observer:
    """Where reports go: ``progress(done, total, stage)``, ``metric(values)``; ``check`` raises to stop."""

    progress: Callable[[int, int, str], None]
    metric: Callable[[dict[str, Any]], None]
    check: Check


def train(
    engine: Engine,
    items: Iterable[ReplyInput],
    labels: Iterable[LabelledReply],
    request: Request,
    observer: Observer,
    guesses: Iterable[WeakLabel] | None = None,
) -> Card:
    """Train and write a version folder; returns its card. ``guesses`` only help to fit heads (``training/weak.py``).

    Raises ``CsqmError`` for an unknown method or too few labels, and whatever ``observer.check`` raises.
    """
    if request.method not in METHODS:
        raise CsqmError("unknown_method", method=request.method, known=", ".join(METHODS))
    started = time.monotonic()
    observer.progress(0, 0, "preparing")
    examples = join(items, labels)
    seen = _seen(request.active)
    parts = split(examples, request.criteria, seen, request.options.get("holdout_share"))
    share = float(request.options.get("holdout_share") or 0.0)
    said = as_judged(engine, request.active, guesses or (), observer.check)
    weak = choose(said, (parts.train, parts.holdout), request.criteria, share, request.seed)
    request.out.mkdir(parents=True, exist_ok=True)
    with engine.learning(), Recorder(request.out / "tensorboard", observer.metric) as recorder:
        parent = judged_folder(request.parent) if request.parent else None
        version, tuning, penalties = _learn(engine, parts, weak, request, parent, observer, recorder)
        version.save(request.out)
        _write_calibration(version, request.out)
        _write_seen(request.out, parts.train, _seen(request.parent))
        observer.check()
        judged = _judge(engine, parts, request, observer, recorder)
        learned_from = len(parts.train)
        if len(parts.holdout):
            learned_from = _learn_from_all(engine, examples, parts, weak, request, observer, penalties)
    card = _card(request, version, engine, parts, judged)
    card.tuning = tuning
    card.weak = weak.to_record() if guesses is not None else {}
    card.metrics["learned_from"] = learned_from
    card.metrics["seconds"] = round(time.monotonic() - started, 2)
    card.label_count = len(examples)
    card.label_fingerprint = label_fingerprint(examples)
    observer.check()
    card.write(request.out)
    return card


# -- learning


def _learn(
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


def _learn_from_all(
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
    version, *_ = _learn(engine, everything, weak, request, request.parent, observer, None, penalties)  # no curves
    if not put_beside(engine, version, request.out, parts.holdout, observer.check):
        return len(parts.train)
    _write_calibration(version, request.out)
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


# -- judging


@dataclass(frozen=True)
class _Judged:
    metrics: dict[str, Any]
    verdict: gate.Verdict


def _judge(engine: Engine, parts: Split, request: Request, observer: Observer, recorder: Recorder) -> _Judged:
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
    return _Judged(metrics, verdict)


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


# -- writing


def _card(request: Request, version: Version, engine: Engine, parts: Split, judged: _Judged) -> Card:
    trained = {head.spec.key: head.trained for head in version.heads}
    split_sizes = {
        "train_replies": len(parts.train),
        "holdout_replies": len(parts.holdout),
        "holdout_conversations": len(np.unique(parts.holdout.groups)),
    }
    return Card(
        id=request.version,
        method=request.method,
        base_fingerprint=engine.encoder.fingerprint,
        criteria=[c.to_record() | {"trained": trained[c.key]} for c in request.criteria],
        parent=request.parent.name if request.parent else None,
        scorecard_key=str(request.scorecard.get("key", "")),
        scorecard_version=int(request.scorecard.get("version", 0)),
        seed=request.seed,
        options=dict(request.options),
        created_at=time.time(),
        metrics={**judged.metrics, **split_sizes},
        gate=judged.verdict.to_record(),
        packages=_packages(),
        is_starter=bool(request.options.get("is_starter", False)),
    )


def _packages() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _write_calibration(version: Version, folder: Path) -> None:
    # version.json is what scoring reads; this one is for people and other programs
    record = {
        head.spec.key: head.calibrator.to_record() | {"levels": list(head.spec.levels)}
        for head in version.heads
        if head.calibrator is not None
    }
    (folder / "calibration.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


def _seen(folder: Path | None) -> set[str]:
    if folder is None:
        return set()
    try:
        return set(json.loads((folder / SEEN_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return set()


def _write_seen(folder: Path, train: Dataset, before: set[str]) -> None:
    now = {conversation_hash(example.item.conversation) for example in train.examples}
    (folder / SEEN_FILE).write_text(json.dumps(sorted(now | before)), encoding="utf-8")


__all__ = ["METHODS", "NETWORK_DIR", "Observer", "Request", "train"]
