"""Made-up versions for the demo shop: a starter, a refused one, an active one, with figures as training writes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.registry.versions import Card, VersionStore
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.training.metrics import Judged, by_slice, report

WORSE = {
    "code": "worse",
    "values": {
        "criterion": "compliance",
        "figure": "macro_f1",
        "n": 64,
        "candidate": 0.71,
        "active": 0.83,
        "certainty": 0.97,
    },
}
SLICE_WORSE = {
    "code": "slice_worse",
    "values": {
        "criterion": "understanding",
        "dimension": "language",
        "value": "zh",
        "figure": "accuracy",
        "n": 44,
        "candidate": 0.6,
        "active": 0.8,
        "certainty": 0.95,
    },
}


def _not_worse(criterion: str) -> dict[str, Any]:
    values = {"criterion": criterion, "against": "active", "n": 64, "candidate": 0.84, "active": 0.79}
    return {"code": "not_worse", "values": values}


def metrics(scorecard: Scorecard, skill: float, seed: int = 0) -> dict[str, Any]:
    """A holdout's figures of a model that is as good as ``skill`` (0..1)."""
    random = np.random.default_rng(seed)
    by_criterion = {}
    for criterion in scorecard.criteria:
        size, n = len(criterion.levels), 64
        truth = random.choice(size, n, p=np.array([1, *[2] * (size - 1)]) / (1 + 2 * (size - 1)))
        seen = np.where(random.random(n) < skill, truth, random.integers(0, size, n))
        chances = 0.12 / size + 0.88 * np.eye(size)[seen] * random.uniform(0.55, 0.95, n)[:, None]
        chances /= chances.sum(axis=1, keepdims=True)
        votes = np.eye(size)[truth]
        figures = report(Judged(chances, chances, votes, np.arange(n) // 3), seed, bootstraps=60)
        judged = Judged(chances, chances, votes, np.arange(n) // 3)
        slices = by_slice(judged, {"language": ["zh", "en"] * (n // 2), "role": ["bot", "agent"] * (n // 2)})
        levels = [level.key for level in criterion.levels]
        by_criterion[criterion.key] = {**figures, "levels": levels, "slices": slices}
    return {"n": 64, "holdout_replies": 64, "criteria": by_criterion}


def add(workspace: Workspace, version: str, *, active: bool = False, **facts: Any) -> Card:
    """A version with a card, no weights."""
    store = VersionStore(workspace.model_store)
    scorecard = workspace.scorecards.current()
    values: dict[str, Any] = {
        "method": version.split("-")[1],
        "base_fingerprint": "demo",
        "criteria": [{"key": c.key, "levels": [x.key for x in c.levels]} for c in scorecard.criteria],
        "scorecard_key": scorecard.key,
        "scorecard_version": scorecard.version,
        **facts,
    }
    card = Card(id=version, **values)
    card.write(store.candidate_dir(version))
    store.promote_candidate(version)
    if active:
        store.activate(version, reason="gate")
    return card


TUNING = {
    "trainable": 516_096, "total": 63_500_000, "share": 0.0081, "delta_bytes": 2_080_000, "layers": 4, "of_layers": 12,
    "goes_on_from": "v0001-lora", "fresh": 25, "replayed": 150, "epochs": 2, "best_epoch": 2,
}  # fmt: skip


def leakage(workspace: Workspace) -> dict[str, Any]:
    """Two of 64 replies of the holdout that training has nearly seen."""
    held, learned = workspace.conversations.all_reply_ids()[:2]
    figures = {
        "with": {"n": 64, "accuracy": 0.9, "macro_f1": 0.8},
        "without": {"n": 62, "accuracy": 0.84, "macro_f1": 0.7},
    }
    return {
        "holdout": 64, "near": 2, "templates": 5, "limit": 0.75, "criteria": {"tone": figures},
        "pairs": [{"holdout": held, "train": learned, "similarity": 0.93}],
    }  # fmt: skip


def add_all(workspace: Workspace) -> None:
    """Three versions: the starter, one that passed and is active, one that was refused."""
    scorecard = workspace.scorecards.current()
    start = 1_761_900_000.0
    add(workspace, "v0000-starter", active=True, method="head", is_starter=True, created_at=start, label_count=640)
    passed = {"verdict": "passed", "reasons": [_not_worse(c.key) for c in scorecard.criteria]}
    add(
        workspace,
        "v0001-head",
        active=True,
        created_at=start + 86_400,
        label_count=180,
        parent="v0000-starter",
        metrics=metrics(scorecard, 0.75),
        gate=passed,
    )
    refused = {"verdict": "failed", "reasons": [_not_worse("tone"), WORSE, SLICE_WORSE]}
    add(
        workspace,
        "v0002-lora",
        created_at=start + 2 * 86_400,
        label_count=205,
        parent="v0001-head",
        metrics=metrics(scorecard, 0.6, 1) | {"leakage": leakage(workspace)},
        gate=refused,
        tuning=TUNING,
    )
