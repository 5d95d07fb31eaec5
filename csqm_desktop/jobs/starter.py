"""The starter version: what scores replies before the first label, trained on dialogues of our own.

It is trained once for each scorecard and base model, kept in the shared model store, and copied into
workspaces that have no version yet. Only scorecards with the starter's criteria can have one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from csqm_desktop import paths
from csqm_desktop.domain.conversation import ContextTurn, ReplyInput, Role, following_window
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import JobContext
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.protocol import criteria_records, label_to_record, reply_to_record, write_jsonl
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.encoding import ENCODING_VERSION
from csqm_desktop.store.workspace import Workspace

STARTER_ID = "v0000-starter"


def ensure_starter(
    workspace: Workspace, process: ModelProcess, context: JobContext, device: str = "auto"
) -> str | None:
    """Give a workspace without any version the starter and make it active.

    Returns its id, or None when the scorecard has criteria that the starter knows nothing about, or when the
    workspace has versions of its own.
    """
    versions = Versions(workspace)
    scorecard = workspace.scorecards.current()
    if versions.store.list() or not matches(scorecard):
        return None
    trained = _trained(versions, scorecard, process, context, device)
    versions.store.clean_candidates()
    candidate = versions.store.candidate_dir(STARTER_ID)
    shutil.copytree(trained, candidate, dirs_exist_ok=True)
    versions.store.promote_candidate(STARTER_ID)
    versions.store.activate(STARTER_ID, reason="starter")
    return STARTER_ID


def matches(scorecard: Scorecard) -> bool:
    """Whether the starter dialogues label all criteria and levels of a scorecard."""
    known = starter_levels()
    return all({level.key for level in c.levels} <= known.get(c.key, set()) for c in scorecard.criteria)


def starter_levels() -> dict[str, set[str]]:
    """The levels that occur in the starter dialogues, by criterion."""
    found: dict[str, set[str]] = {}
    for dialogue in _dialogues():
        for message in dialogue["messages"]:
            for criterion, level in message.get("levels", {}).items():
                found.setdefault(criterion, set()).add(level)
    return found


def _dialogues() -> Iterator[dict[str, Any]]:
    path = paths.resource("starter", "dialogues.jsonl")
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as source:
        for line in source:
            if line.strip():
                yield json.loads(line)


def _trained(versions: Versions, scorecard: Scorecard, process: ModelProcess, context: JobContext, device: str) -> Path:
    base = versions.base()
    store = paths.shared_model_store() / "starter"
    target = store / _fingerprint(scorecard, base)
    if (target / "card.json").is_file():
        return target
    inputs, labels = starter_data(scorecard)
    store.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="partial-", dir=store) as folder:
        items, label_file, out = Path(folder) / "items.jsonl", Path(folder) / "labels.jsonl", Path(folder) / "version"
        out.mkdir()
        write_jsonl(items, map(reply_to_record, inputs))
        write_jsonl(label_file, map(label_to_record, labels))
        process.request(
            "train",
            {
                "base": str(base),
                "version": STARTER_ID,
                "parent_dir": None,
                "active_dir": None,
                "method": "head",
                "items": str(items),
                "labels": str(label_file),
                "criteria": criteria_records(scorecard),
                "scorecard": {"key": scorecard.key, "version": scorecard.version, "pass_line": scorecard.pass_line},
                "out_dir": str(out),
                "cache_dir": str(store / "cache"),
                "device": device,
                "seed": 0,
                "options": {"is_starter": True},
            },
            context,
        )
        if not (out / "card.json").is_file():
            raise CsqmError("unexpected", reason="the starter version has no card", log="")
        try:
            out.replace(target)
        except OSError:  # another program finished the same starter first
            if not (target / "card.json").is_file():
                raise
    return target


def _fingerprint(scorecard: Scorecard, base: Path) -> str:
    source = paths.resource("starter", "dialogues.jsonl").read_bytes()
    facts = json.dumps(
        [criteria_records(scorecard), scorecard.version, base_model.describe(base).fingerprint, ENCODING_VERSION],
        sort_keys=True,
    )
    return hashlib.sha256(source + facts.encode()).hexdigest()[:16]


def starter_data(scorecard: Scorecard) -> tuple[list[ReplyInput], list[LabelledReply]]:
    """The starter dialogues as replies and labels of a scorecard."""
    inputs: list[ReplyInput] = []
    labels: list[LabelledReply] = []
    for dialogue in _dialogues():
        name = dialogue["conversation_id"]
        turns = [ContextTurn(Role(message["role"]), message["text"]) for message in dialogue["messages"]]
        for at, message in enumerate(dialogue["messages"]):
            if not message.get("levels"):
                continue
            number = len(inputs) + 1
            size, continued = following_window([turn.role for turn in turns[at + 1 :]])
            inputs.append(
                ReplyInput(
                    number,
                    name,
                    turns[at].role,
                    turns[at].text,
                    tuple(turns[:at]),
                    dialogue.get("channel", ""),
                    following=tuple(turns[at + 1 : at + 1 + size]),
                    continued=continued,
                )
            )
            labels.append(LabelledReply(number, name, _counts(scorecard, message["levels"])))
    return inputs, labels


def _counts(scorecard: Scorecard, levels: dict[str, str]) -> dict[str, tuple[int, ...]]:
    counts: dict[str, tuple[int, ...]] = {}
    for criterion in scorecard.criteria:
        if criterion.key in levels:
            position = criterion.position(levels[criterion.key])
            counts[criterion.key] = tuple(int(i == position) for i in range(len(criterion.levels)))
    return counts
