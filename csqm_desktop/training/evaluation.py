"""A version's predictions against labels: the table on the version card and of ``csqm evaluate``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from csqm_desktop.scoring.version import CriterionSpec, Prediction, level_slices
from csqm_desktop.training.dataset import Dataset
from csqm_desktop.training.metrics import BOOTSTRAPS, Judged, by_slice, report

_FEW_FOR_INTERVALS = 20_000  # beyond that a bootstrap is slow and the interval narrow anyway


def evaluate(prediction: Prediction, criteria: Sequence[CriterionSpec], data: Dataset, seed: int = 0) -> dict[str, Any]:
    """Figures by criterion: ``{"n", "criteria": {key: {figures…, "levels", "slices"}}}``."""
    table: dict[str, Any] = {}
    for spec, columns in zip(criteria, level_slices(criteria), strict=True):
        rows = data.rows(spec.key)
        if not len(rows):
            table[spec.key] = {"n": 0, "levels": list(spec.levels)}
            continue
        judged = Judged(
            prediction.probabilities[rows, columns],
            prediction.spread[rows, columns],
            data.votes[spec.key][rows],
            data.groups[rows],
        )
        bootstraps = BOOTSTRAPS if len(rows) < _FEW_FOR_INTERVALS else 0
        slices = {name: [values[i] for i in rows] for name, values in data.slices().items()}
        table[spec.key] = report(judged, seed, bootstraps) | {
            "levels": list(spec.levels),
            "slices": by_slice(judged, slices),
        }
    return {"n": len(data), "criteria": table}
