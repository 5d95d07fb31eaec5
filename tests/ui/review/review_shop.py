"""The demo shop as a workspace with made-up scores, for the tests, pictures and benchmark of the review page."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import numpy as np

from csqm_desktop import paths, rubrics
from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.jobs.review_queue import QueueItem
from csqm_desktop.registry.versions import ACTIVE_FILE
from csqm_desktop.store.reviews import Shown
from csqm_desktop.store.workspace import Workspace

VERSION = "v0007-demo"


def demo_messages(copies: int = 1) -> list[IncomingMessage]:
    """The demo conversations, as often as wanted under other names."""
    rows = [json.loads(line) for line in paths.resource("demo", "messages.jsonl").read_text("utf-8").splitlines()]
    return [_message(number, row, copy) for copy in range(copies) for number, row in enumerate(rows, start=1)]


def _message(number: int, row: dict, copy: int) -> IncomingMessage:
    return IncomingMessage(
        row=number,
        conversation_id=row["conversation_id"] + (f"-{copy}" if copy else ""),
        message_id=row["message_id"],
        sent_at=datetime.fromisoformat(row["sent_at"]),
        role=Role(row["role"]),
        sender=row["sender"],
        text=row["text"],
        channel=row["channel"],
        shop=row["shop"],
        product=row["product"],
        order_id=row["order_id"],
        rating=float(row["rating"]) if row["rating"] != "" else None,
        bot_version=row["bot_version"],
        intent=row["intent"],
    )


def shop(folder: Path, copies: int = 1, card: Scorecard | None = None) -> Workspace:
    """A workspace with the demo conversations and the e-commerce scorecard."""
    workspace = Workspace.create(folder, card or rubrics.load("ecommerce"))
    add(workspace, demo_messages(copies))
    return workspace


def add(workspace: Workspace, messages: list[IncomingMessage]) -> None:
    """Import messages as one batch."""
    batch = workspace.batches.start(None, workspace.folder / "csqm.sqlite3", "jsonl", "utf-8", {})
    writer = workspace.writer(batch)
    for start in range(0, len(messages), 1000):
        writer.write(messages[start : start + 1000])
    workspace.batches.finish(batch, "succeeded", {})


def activate(workspace: Workspace, version: str = VERSION) -> None:
    """Let a version without files count as the active one."""
    folder = workspace.model_store / "versions" / version
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "card.json").write_text("{}")
    record = {"active": version, "history": [{"version": version, "at": 0.0, "reason": ""}]}
    (workspace.model_store / ACTIVE_FILE).write_text(json.dumps(record))


def score(workspace: Workspace, version: str = VERSION, seed: int = 1) -> int:
    """Scores that look real: near the labels where there are any, sharp for most replies, doubtful for some."""
    version_id = workspace.scores.register_version(version, workspace.scorecards.current_id())
    columns = workspace.scores.columns(version_id)
    ids = workspace.scores.unscored(version_id)
    known = _labels(workspace)
    rng = np.random.default_rng(seed)
    blocks = []
    for key, size in zip(columns.keys, columns.sizes, strict=True):
        guess = np.minimum(rng.integers(0, size + 1, len(ids)), size - 1)
        best = np.array([min(known.get((reply, key), g), size - 1) for reply, g in zip(ids, guess, strict=True)])
        block = rng.dirichlet(np.ones(size) * 0.6, len(ids))
        weight = rng.beta(5, 1.6, len(ids))[:, None]
        block = (1 - weight) * block
        block[np.arange(len(ids)), best] += weight[:, 0]
        blocks.append(block)
    if ids:
        workspace.scores.write(version_id, ids, np.hstack(blocks))
    return version_id


def _labels(workspace: Workspace) -> dict[tuple[int, str], int]:
    card = workspace.scorecards.current()
    rows = list(csv.DictReader(paths.resource("demo", "labels.csv").read_text("utf-8").splitlines()))
    found = workspace.conversations.find((row["conversation_id"], row["message_id"]) for row in rows)
    levels: dict[tuple[int, str], int] = {}
    for row in rows:
        reply = found.get((row["conversation_id"], row["message_id"]))
        names = {c.key: {level.key: i for i, level in enumerate(c.levels)} for c in card.criteria}
        if reply is not None and row["level"] in names.get(row["criterion"], {}):
            levels[reply, row["criterion"]] = names[row["criterion"]][row["level"]]
    return levels


def in_order(workspace: Workspace, limit: int, exclude) -> list[QueueItem]:
    """A queue of its own for tests: least confident first, else in order of arrival."""
    version = workspace.scores.version_id(VERSION)
    done = workspace.reviews.reviewed_reply_ids()
    if version is None:
        ids = [i for i in workspace.conversations.all_reply_ids() if i not in exclude and i not in done]
        shown = Shown("cold_start", "first_of_conversation", {}, 0.1)
        return [QueueItem(i, shown, None) for i in ids[:limit]]
    ids, _ = workspace.scores.unreviewed(version, limit, exclude)
    items = []
    for reply in ids:
        stored = workspace.scores.get(reply, VERSION)
        assert stored is not None
        detail = {"criterion": stored.score.doubtful, "confidence": stored.score.confidence}
        items.append(QueueItem(reply, Shown("least_confidence", "least_sure", detail), stored))
    return items
