"""Which code reads texts on this computer, and how fast: asked of the model process, which may have to start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from csqm_desktop import paths
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SilentContext
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.registry import base_model


@dataclass(frozen=True, slots=True)
class Engine:
    """``backend`` is a name of ``scoring.backends``; speeds are tokens per second, measured once for a computer."""

    backend: str
    device_name: str
    tokens_per_second: Mapping[str, float] = field(default_factory=dict)


def ask_engine(process: ModelProcess, device: str) -> Engine:
    """Ask; takes seconds when the process has to start. Raises ``CsqmError`` where there is no base model."""
    base = base_model.folder(paths.shared_model_store(), None)
    if not (base / "config.json").is_file():
        raise CsqmError("base_not_provisioned", path=base)
    hello = process.request("hello", {"device": device, "base": str(base)}, SilentContext())
    return Engine(
        str(hello.get("backend", "")),
        str(hello.get("device_name", "")),
        {str(name): float(speed) for name, speed in dict(hello.get("tokens_per_second", {})).items()},
    )
