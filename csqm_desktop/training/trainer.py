"""Training a candidate from start to card: split, learn, calibrate, judge, write.

``head`` refits linear heads on cached embeddings (seconds), on top of the parent's network where it has one. The other
methods also train the network that reads the texts; it goes on from an earlier version's where that
fits, on the new labels and a sample of the old ones; the result speaks for both. What is written is loaded again
before it is judged: the holdout sees what will score.
"""

from __future__ import annotations

import importlib.metadata
import time
from collections.abc import Iterable

import numpy as np

from csqm_desktop.domain.conversation import ReplyInput
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.domain.weak_label import WeakLabel
from csqm_desktop.errors import CsqmError
from csqm_desktop.registry.versions import Card
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import Version
from csqm_desktop.training.dataset import Split, join, label_fingerprint, split
from csqm_desktop.training.judging import Judged, judge
from csqm_desktop.training.learning import learn, learn_from_all
from csqm_desktop.training.recorder import Recorder
from csqm_desktop.training.refit import judged_folder
from csqm_desktop.training.request import METHODS, Observer, Request
from csqm_desktop.training.version_files import seen, write_calibration, write_seen
from csqm_desktop.training.weak import as_judged, choose

_PACKAGES = ("torch", "transformers", "peft", "numpy", "scipy", "safetensors", "csqm-desktop")


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
    parts = split(examples, request.criteria, seen(request.active), request.options.get("holdout_share"))
    share = float(request.options.get("holdout_share") or 0.0)
    said = as_judged(engine, request.active, guesses or (), observer.check)
    weak = choose(said, (parts.train, parts.holdout), request.criteria, share, request.seed)
    request.out.mkdir(parents=True, exist_ok=True)
    with engine.learning(), Recorder(request.out / "tensorboard", observer.metric) as recorder:
        parent = judged_folder(request.parent) if request.parent else None
        version, tuning, penalties = learn(engine, parts, weak, request, parent, observer, recorder)
        version.save(request.out)
        write_calibration(version, request.out)
        write_seen(request.out, parts.train, seen(request.parent))
        observer.check()
        judged = judge(engine, parts, request, observer, recorder)
        learned_from = len(parts.train)
        if len(parts.holdout):
            learned_from = learn_from_all(engine, examples, parts, weak, request, observer, penalties)
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


def _card(request: Request, version: Version, engine: Engine, parts: Split, judged: Judged) -> Card:
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


__all__ = ["METHODS", "Observer", "Request", "train"]
