"""All labels train: once the gate has spoken, the same recipe learns from the holdout's labels as well.

The holdout exists to judge. What it judges is a version that has not seen it; that version stays beside the one that
scores (folder ``judged``), and it is what the next candidate is compared with: both then know the same kind of labels
and neither knows the holdout. So a tenth to a fifth of the labels is not lost, and no figure is ever measured on a
conversation that the measured version has learned from. A fine-tuned network is not trained twice: both versions ask
the same one, and the second knows better how far to trust it.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import VERSION_FILE, Version
from csqm_desktop.training.dataset import Dataset
from csqm_desktop.training.gate import LEAST_CERTAIN
from csqm_desktop.training.metrics import log_loss

log = logging.getLogger(__name__)

JUDGED_DIR = "judged"
_BROKEN = 0.1  # nats of log-loss


def judged_folder(version: Path) -> Path:
    """The version as it was judged: what may be measured on the holdout."""
    inner = version / JUDGED_DIR
    return inner if (inner / VERSION_FILE).is_file() else version


def put_beside(engine: Engine, whole: Version, out: Path, holdout: Dataset, check: Callable[[], None]) -> bool:
    """Let ``whole``, which has seen all labels, score from ``out``; what was judged there moves to ``judged``.

    It knows the labels of the holdout. If it does clearly worse there than the judged version, something went wrong,
    and the judged version goes on scoring; returns whether ``whole`` took its place.
    """
    before = engine.predict(out, holdout.replies, check)
    judged = engine.version(out)
    judged.save(out / JUDGED_DIR)
    whole.save(out)
    after = engine.predict(out, holdout.replies, check)
    for head, columns in zip(whole.heads, whole.slices, strict=True):
        rows = holdout.rows(head.spec.key)
        truth = holdout.votes[head.spec.key][rows].argmax(axis=1)
        if not head.trained or len(rows) < LEAST_CERTAIN:
            continue  # on so few replies the judged version may be better by luck
        losses = [log_loss(p.probabilities[rows, columns], truth) for p in (after, before)]
        if losses[0] > losses[1] + _BROKEN:
            log.warning("%s: the refit on all labels is worse (%.3f, %.3f); not used", head.spec.key, *losses)
            judged.save(out)
            shutil.rmtree(out / JUDGED_DIR)
            return False
    return True
