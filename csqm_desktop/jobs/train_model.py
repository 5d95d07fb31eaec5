"""Training: labels go to the worker, a candidate comes back, the gate decides whether it becomes active."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from filelock import FileLock, Timeout

from csqm_desktop.domain import permissions
from csqm_desktop.domain.review import labels_fingerprint
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import weak_labels
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.protocol import (
    Event,
    criteria_records,
    label_to_record,
    reply_to_record,
    weak_to_record,
    write_jsonl,
)
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.registry import base_model
from csqm_desktop.registry.versions import Card
from csqm_desktop.store.workspace import Workspace

METHODS = ("head", "lora", "adalora", "ia3", "prompt", "full")


@dataclass(frozen=True, slots=True)
class TrainResult:
    """A finished training: the version, its card, and whether the gate let it become active."""

    version: str
    activated: bool
    verdict: str
    reasons: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    card: Card | None = None


class TrainModel(Job[TrainResult]):
    """Train a candidate on all labels and let the gate decide."""

    kind: ClassVar[str] = "train"
    lane: ClassVar[str] = "model"
    needs: ClassVar[str] = permissions.TRAIN

    def __init__(
        self,
        workspace: Workspace,
        process: ModelProcess,
        method: str = "head",
        seed: int = 0,
        device: str = "auto",
        options: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(workspace)
        if method not in METHODS:
            raise CsqmError("unknown_method", method=method, known=", ".join(METHODS))
        self._process = process
        self._method = method
        self._seed = seed
        self._device = device
        self._options = options or {}

    def parameters(self) -> dict[str, Any]:
        """Method, seed and options."""
        return {"method": self._method, "seed": self._seed, "options": self._options}

    def run(self, context: JobContext) -> TrainResult:
        """Train; ``metric`` events go to ``context.notify``. A killed run leaves the active version as it was."""
        started = time.monotonic()
        with training_lock(self.workspace):
            versions = Versions(self.workspace)
            versions.store.clean_candidates()
            version = versions.store.next_id(self._method)
            card = self._train(context, versions, version)
            context.check_cancelled()
            versions.store.promote_candidate(version)
            verdict = str(card.gate.get("verdict", ""))
            activated = verdict.startswith("passed")
            if activated:
                versions.store.activate(version, reason="gate")
            self.workspace.audit.append(
                "csqm", "train", version, {"method": self._method, "verdict": verdict, "activated": activated}
            )
        reasons = list(card.gate.get("reasons", []))
        return TrainResult(version, activated, verdict, reasons, time.monotonic() - started, card)

    def _train(self, context: JobContext, versions: Versions, version: str) -> Card:
        labels = self.workspace.reviews.labels()
        if not labels:
            raise CsqmError("no_labels")
        scorecard = self.workspace.scorecards.current()
        active = versions.active()
        base = versions.base()
        warm = None if self._options.get("from_scratch") else self._goes_on_from(versions, active, base)
        candidate = versions.store.candidate_dir(version)

        def pass_on(event: Event) -> None:
            context.notify(event.kind, event.values)

        context.progress(0, 0, "preparing")
        with tempfile.TemporaryDirectory(prefix="train-", dir=versions.scratch()) as folder:
            items, label_file = Path(folder) / "items.jsonl", Path(folder) / "labels.jsonl"
            reply_ids = [label.reply_id for label in labels]
            write_jsonl(items, map(reply_to_record, self.workspace.conversations.reply_inputs(reply_ids)))
            write_jsonl(label_file, map(label_to_record, labels))
            guesses = self._guesses(context, versions, Path(folder) / "guesses.jsonl")
            self._process.request(
                "train",
                {
                    "base": str(base),
                    "version": version,
                    "parent_dir": str(versions.folder(active)) if active else None,
                    "active_dir": str(versions.folder(active)) if active else None,
                    "warm_dir": str(versions.folder(warm)) if warm else None,
                    "method": self._method,
                    "items": str(items),
                    "labels": str(label_file),
                    "guesses": str(guesses) if guesses else None,
                    "criteria": criteria_records(scorecard),
                    "scorecard": {"key": scorecard.key, "version": scorecard.version, "pass_line": scorecard.pass_line},
                    "out_dir": str(candidate),
                    "cache_dir": str(versions.cache()),
                    "device": self._device,
                    "seed": self._seed,
                    "options": self._options,
                },
                context,
                pass_on,
            )
        return Card.read(candidate)

    def _guesses(self, context: JobContext, versions: Versions, file: Path) -> Path | None:
        """Write what rules and the active version guess, where the workspace is set to learn from these."""
        wanted = weak_labels.learn_from(self.workspace)
        if not wanted.anything:
            return None
        found = weak_labels.gather(self.workspace, versions, wanted, self._seed, context.check_cancelled)
        write_jsonl(file, map(weak_to_record, found))
        return file

    def _goes_on_from(self, versions: Versions, active: str | None, base: Path) -> str | None:
        """The nearest version in the active one's line whose network was trained by the same method."""
        fingerprint = base_model.describe(base).fingerprint if self._method != "head" else ""
        seen: set[str] = set()
        while self._method != "head" and active is not None and active not in seen:
            seen.add(active)
            try:
                card = versions.card(active)
            except CsqmError:
                return None
            if card.method == self._method and card.base_fingerprint == fingerprint:
                return active
            active = card.parent
        return None


def learned_from_these(workspace: Workspace) -> str | None:
    """The newest version of one's own when it was trained on just the labels that there are now."""
    cards = [card for card in Versions(workspace).store.list() if not card.is_starter]
    newest = max(cards, key=lambda card: card.created_at, default=None)
    if newest is None:
        return None
    labels = workspace.reviews.labels()
    replies = workspace.conversations.replies_among(",".join(str(label.reply_id) for label in labels))
    same = labels_fingerprint(label for label in labels if label.reply_id in replies) == newest.label_fingerprint
    return newest.id if same else None


def training_lock(workspace: Workspace) -> FileLock:
    """The lock that keeps two programs from training on one workspace; the system frees it on a crash."""
    lock = FileLock(workspace.folder / "training.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise CsqmError("job_running", kind="training") from None
    return lock
