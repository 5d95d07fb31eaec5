"""The demo shop in a workspace, with scores made up from its verdicts: realistic charts without a model."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from csqm_desktop import paths, rubrics
from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.review import Review, ReviewSource, Verdict
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.registry.versions import Card, VersionStore
from csqm_desktop.store.workspace import Workspace

VERSION = "v0002-lora"


def build(folder: Path, *, labels: bool = True, scores: bool = True, version: str = VERSION) -> Workspace:
    """A workspace of the demo shop; labelled and scored as asked."""
    scorecard = rubrics.load("ecommerce")
    workspace = Workspace.create(folder, scorecard)
    batch = workspace.batches.start(None, paths.resource("demo", "messages.jsonl"), "jsonl", "utf-8", {})
    with paths.resource("demo", "messages.jsonl").open(encoding="utf-8") as source:
        messages = [_message(row, json.loads(line)) for row, line in enumerate(source, 1)]
    workspace.writer(batch).write(messages)
    workspace.batches.finish(batch, "succeeded", {})
    if labels:
        add_labels(workspace, scorecard)
    if scores:
        add_version(workspace, version)
        add_scores(workspace, version)
    return workspace


def _message(row: int, record: dict[str, Any]) -> IncomingMessage:
    return IncomingMessage(
        row=row,
        conversation_id=record["conversation_id"],
        message_id=record["message_id"],
        sent_at=datetime.fromisoformat(record["sent_at"]),
        role=Role(record["role"]),
        sender=record["sender"],
        text=record["text"],
        channel=record["channel"],
        shop=record["shop"],
        product=record["product"],
        order_id=record["order_id"],
        bot_version=record["bot_version"],
        intent=record["intent"],
    )


def _verdicts(name: str) -> dict[tuple[str, str], dict[str, dict[str, Any]]]:
    """Rows of a labels file by reply, then reviewer: levels, causes, time."""
    found: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    with paths.resource("demo", name).open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            by_reviewer = found[row["conversation_id"], row["message_id"]]
            entry = by_reviewer.setdefault(row["reviewer"], {"levels": {}, "causes": set(), "at": row["reviewed_at"]})
            entry["levels"][row["criterion"]] = row["level"]
            entry["causes"] |= {cause for cause in row["root_cause"].split(";") if cause}
    return found


def add_labels(workspace: Workspace, scorecard: Scorecard, share: float = 1.0) -> None:
    """The verdicts of ``labels.csv``, or the first ``share`` of them."""
    verdicts = _verdicts("labels.csv")
    wanted = dict(list(verdicts.items())[: round(len(verdicts) * share)])
    ids = workspace.conversations.find(wanted)
    current = workspace.scorecards.current_id()
    keys = {c.key for c in scorecard.criteria}
    reviews = []
    for key, by_reviewer in wanted.items():
        for reviewer, entry in by_reviewer.items():
            positions = {c: scorecard.criterion(c).position(x) for c, x in entry["levels"].items() if c in keys}
            review = Review(
                ids[key],
                reviewer,
                Verdict.SCORED,
                positions,
                root_causes=tuple(sorted(entry["causes"])),
                source=ReviewSource.IMPORTED,
                submitted_at=datetime.fromisoformat(entry["at"]),
            )
            reviews.append((review, current))
    workspace.reviews.import_labels(reviews)


def add_version(workspace: Workspace, version: str = VERSION, active: bool = True, **facts: Any) -> Card:
    """A version with a card and no weights, made active."""
    store = VersionStore(workspace.model_store)
    scorecard = workspace.scorecards.current()
    values: dict[str, Any] = {
        "method": version.split("-")[1],
        "base_fingerprint": "demo",
        "criteria": [{"key": c.key, "levels": [x.key for x in c.levels]} for c in scorecard.criteria],
        "scorecard_key": scorecard.key,
        "scorecard_version": scorecard.version,
        "created_at": 1_795_000_000.0,
        "is_starter": "starter" in version,
        **facts,
    }
    card = Card(id=version, **values)
    card.write(store.candidate_dir(version))
    store.promote_candidate(version)
    if active:
        store.activate(version, reason="gate")
    return card


def add_scores(workspace: Workspace, version: str = VERSION, seed: int = 1) -> None:
    """Scores near the author's verdicts, as a decent model would give them."""
    scorecard = workspace.scorecards.current()
    number = workspace.scores.register_version(version, workspace.scorecards.current_id())
    columns = workspace.scores.columns(number)
    random = np.random.default_rng(seed)
    verdicts = {**_verdicts("gold.csv"), **_verdicts("labels.csv")}
    ids = workspace.conversations.find(verdicts)
    rows, replies = [], []
    for key, by_reviewer in verdicts.items():
        if key not in ids:
            continue
        levels = next(iter(by_reviewer.values()))["levels"]
        parts = []
        for criterion in scorecard.criteria:
            size = len(criterion.levels)
            truth = criterion.position(levels[criterion.key]) if criterion.key in levels else size - 1
            weights = np.exp(-1.6 * np.abs(np.arange(size) - truth)) + 0.03
            parts.append(random.dirichlet(weights / weights.sum() * 9 + 0.02))
        rows.append(np.concatenate(parts))
        replies.append(ids[key])
    workspace.scores.write(number, replies, np.array(rows))
    assert columns.width == len(rows[0])
