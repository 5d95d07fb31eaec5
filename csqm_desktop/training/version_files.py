"""Files beside a version's weights: its calibration for people, and which conversations it has learned from."""

from __future__ import annotations

import json
from pathlib import Path

from csqm_desktop.scoring.version import Version
from csqm_desktop.training.dataset import Dataset, conversation_hash

SEEN_FILE = "trained_on.json"


def write_calibration(version: Version, folder: Path) -> None:
    """For people and other programs; scoring reads version.json."""
    record = {
        head.spec.key: head.calibrator.to_record() | {"levels": list(head.spec.levels)}
        for head in version.heads
        if head.calibrator is not None
    }
    (folder / "calibration.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


def seen(folder: Path | None) -> set[str]:
    """Hashes of the conversations that a version and its ancestors learned from; none where that is not known."""
    if folder is None:
        return set()
    try:
        return set(json.loads((folder / SEEN_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return set()


def write_seen(folder: Path, train: Dataset, before: set[str]) -> None:
    """Note what it learned from beside what its ancestors did."""
    now = {conversation_hash(example.item.conversation) for example in train.examples}
    (folder / SEEN_FILE).write_text(json.dumps(sorted(now | before)), encoding="utf-8")
