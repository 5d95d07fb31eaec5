"""Made-up versions for the demo shop: a starter, a refused one, an active one, with figures as training writes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.registry.versions import Card, VersionStore
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.training.metrics import Judged, report


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
        by_criterion[criterion.key] = {**figures, "ece_before": figures["ece"] + 0.07}
    return {"holdout_replies": 64, "criteria": by_criterion}


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


def add_all(workspace: Workspace) -> None:
    """Three versions: the starter, one that passed and is active, one that was refused."""
    scorecard = workspace.scorecards.current()
    start = 1_761_900_000.0
    add(workspace, "v0000-starter", active=True, method="head", is_starter=True, created_at=start, label_count=640)
    passed = {"verdict": "passed", "reasons": [{"code": "better", "values": {"criterion": "understanding"}}]}
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
    refused = {"verdict": "refused", "reasons": [{"code": "worse", "values": {"criterion": "compliance"}}]}
    add(
        workspace,
        "v0002-lora",
        created_at=start + 2 * 86_400,
        label_count=205,
        parent="v0001-head",
        metrics=metrics(scorecard, 0.6, 1),
        gate=refused,
    )
