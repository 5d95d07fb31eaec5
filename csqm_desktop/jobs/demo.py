"""A ready workspace from data that the project ships: imported, scored, partly labelled, trained."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from csqm_desktop import paths, rubrics
from csqm_desktop.jobs.base import JobContext, execute
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.jobs.import_labels import ImportLabels
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.provision_model import provision_default
from csqm_desktop.jobs.score_replies import ScoreReplies
from csqm_desktop.jobs.train_model import TrainModel, TrainResult
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.workspace import Workspace

SCORECARD = "ecommerce"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """The demo workspace and what is in it."""

    folder: Path
    conversations: int
    replies: int
    labelled: int
    version: str
    verdict: str
    created: bool  # False: it was there and complete already


def make_demo(folder: Path, language: str, process: ModelProcess, context: JobContext) -> DemoResult:
    """Build the demo in ``folder``, or go on where an earlier run stopped."""
    provision_default(context)
    created = not Workspace.exists(folder)
    workspace = Workspace.create(folder, rubrics.load(SCORECARD), language) if created else Workspace.open(folder)
    try:
        execute(ImportChats(workspace, paths.resource("demo", "messages.jsonl")), context)
        execute(ScoreReplies(workspace, process), context)
        execute(ImportLabels(workspace, paths.resource("demo", "labels.csv")), context)
        trained = _trained(workspace, process, context)
        execute(ScoreReplies(workspace, process), context)
        totals = workspace.conversations.totals()
        return DemoResult(
            folder,
            totals.conversations,
            totals.replies,
            len(workspace.reviews.labels()),
            trained.version,
            trained.verdict,
            created,
        )
    finally:
        workspace.close()


def _trained(workspace: Workspace, process: ModelProcess, context: JobContext) -> TrainResult:
    versions = Versions(workspace)
    cards = versions.store.list()
    if not all(card.is_starter for card in cards):  # trained before: tell of the version in use, whichever that is
        active = versions.active()
        card = next((card for card in cards if card.id == active), cards[-1])
        verdict = "starter" if card.is_starter else str(card.gate.get("verdict", ""))
        return TrainResult(card.id, card.id == active, verdict)
    return execute(TrainModel(workspace, process, "head"), context)
