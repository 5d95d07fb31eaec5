"""What to train, and where reports of it go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csqm_desktop.scoring.version import CriterionSpec

METHODS = ("head", "lora", "adalora", "ia3", "prompt", "full")

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
