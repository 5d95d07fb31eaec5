"""A network that is trained already under new heads: a later refit keeps it, and both learn to count on each other.

What it says is only used where it has not learned: the conversations that it watched, the holdout, and whatever has
been labelled since. On the rest it is sure of what it was told.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.calibration import centred
from csqm_desktop.scoring.engine import Check, Engine
from csqm_desktop.scoring.version import CriterionSpec, Version, level_slices, network_of
from csqm_desktop.training.dataset import Dataset, conversation_hash
from csqm_desktop.training.tuning_plan import Rows, read_learned

log = logging.getLogger(__name__)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Tuned:
    """Rows that the network did not learn from, and its centred logits there by criterion: (m,) and (m, K)."""

    rows: Rows
    logits: dict[str, Floats]


def listen(
    engine: Engine,
    network: Path,
    data: Dataset,
    criteria: Sequence[CriterionSpec],
    trained: Sequence[str],
    check: Check,
) -> Tuned:
    """What the stored network says about the conversations of ``data`` that it has not learned."""
    learned = read_learned(network).conversations
    apart = [conversation_hash(example.item.conversation) not in learned for example in data.examples]
    rows = np.flatnonzero(np.array(apart, dtype=bool))
    logits = engine.network_logits(network, criteria, [data.examples[i].encoded for i in rows], check)
    columns = dict(zip((c.key for c in criteria), level_slices(criteria), strict=True))
    return Tuned(rows, {key: centred(logits[:, columns[key]]) for key in trained})


def keep(parent: Path | None, criteria: Sequence[CriterionSpec], base_fingerprint: str, target: Path) -> dict[str, Any]:
    """Copy the parent's network to ``target`` where it fits and is listened to; returns facts for the card.

    Empty, and nothing is copied, when there is none. A network knows the columns of its own criteria only.
    """
    if parent is None:
        return {}
    try:
        version = Version.load(parent)
        card = json.loads((parent / "card.json").read_text(encoding="utf-8"))
    except (CsqmError, OSError, ValueError) as error:
        log.warning("the parent's network is not kept: %s", type(error).__name__)
        return {}
    facts = dict(card.get("tuning") or {})
    same = [(c.key, c.levels) for c in version.criteria] == [(c.key, c.levels) for c in criteria]
    if not facts or not version.listens or not same or version.base_fingerprint != base_fingerprint:
        return {}
    shutil.copytree(network_of(parent), target)
    return facts | {"kept_from": parent.name}
