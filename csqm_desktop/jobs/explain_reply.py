"""Evidence for one reply: which words moved its score. A question to the model, so it leaves no row in the job log."""

from __future__ import annotations

from csqm_desktop.domain.evidence import Evidence
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import JobContext
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.protocol import reply_to_record
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.workspace import Workspace


def explain_reply(
    workspace: Workspace, process: ModelProcess, reply_id: int, context: JobContext, device: str = "auto"
) -> Evidence:
    """Ask the active version. Raises ``CsqmError``: ``no_version`` or ``no_such_reply``."""
    versions = Versions(workspace)
    active = versions.active()
    if active is None:
        raise CsqmError("no_version", scorecard=workspace.scorecards.current().key)
    known = workspace.conversations.replies_among(f"{reply_id:d}")
    item = next(iter(workspace.conversations.reply_inputs(list(known))), None)
    if item is None:
        raise CsqmError("no_such_reply", reply=reply_id)
    record = process.request(
        "explain",
        {
            "base": str(versions.base_of(active)),
            "version_dir": str(versions.folder(active)),
            "item": reply_to_record(item),
            "cache_dir": str(versions.cache()),
            "device": device,
        },
        context,
    )
    return Evidence.from_record(record)
