"""The base model into the shared model store: the default one from packages, or a folder or hub name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from csqm_desktop import paths
from csqm_desktop.jobs.base import JobContext
from csqm_desktop.registry import base_adding, base_model, base_provision
from csqm_desktop.registry.files import Progress


@dataclass(frozen=True, slots=True)
class ProvisionResult:
    """An installed base model."""

    path: Path
    name: str
    hidden_size: int


def provision_default(context: JobContext, wheel_dir: Path | None = None) -> ProvisionResult:
    """Install the default base model; does nothing when it is there and whole."""
    return _described(base_provision.provision(paths.shared_model_store(), _reporter(context), wheel_dir))


def add_base(source: str, context: JobContext, name: str | None = None) -> ProvisionResult:
    """Install a base model from a local folder or a hub name."""
    return _described(base_adding.add_base(source, paths.shared_model_store(), name, _reporter(context)))


def _described(folder: Path) -> ProvisionResult:
    info = base_model.describe(folder)
    return ProvisionResult(folder, info.name, info.hidden_size)


def _reporter(context: JobContext) -> Progress:
    def report(done: int, total: int, stage: str) -> None:
        context.check_cancelled()
        context.progress(done, total, stage)

    return report
