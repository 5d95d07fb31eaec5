"""Short builders for tests: scorecards, messages, workspaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from csqm_desktop import privacy
from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.review import Review, Verdict
from csqm_desktop.domain.scorecard import Criterion, Level, LocalizedText, Scorecard
from csqm_desktop.jobs import message_reading
from csqm_desktop.store.workspace import Workspace

START = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)


def text(en: str) -> LocalizedText:
    return LocalizedText({"en": en, "zh": f"中文 {en}"})


def criterion(key: str, levels: int = 3, weight: float = 50, **facts) -> Criterion:
    steps = tuple(Level(f"{key}{i}", text(f"{key} level {i}")) for i in range(levels))
    return Criterion(key, text(key), text(f"help for {key}"), steps, weight, **facts)


def scorecard(*criteria: Criterion) -> Scorecard:
    return Scorecard("test", text("Test"), 0.6, criteria or (criterion("tone"), criterion("legal", 2, critical=True)))


def message(number: int = 1, conversation: str = "c1", **facts) -> IncomingMessage:
    values = {
        "row": number,
        "conversation_id": conversation,
        "message_id": str(number),
        "sent_at": START + timedelta(minutes=number),
        "role": Role.CUSTOMER if number % 2 else Role.AGENT,
        "sender": "Li",
        "text": f"text {number}",
    }
    return IncomingMessage(**(values | facts))


def dialogues(conversations: int = 3, messages: int = 4) -> list[IncomingMessage]:
    return [
        message(
            m,
            f"c{c}",
            sent_at=START + timedelta(days=c, minutes=m),
            channel="web" if c % 2 else "app",
            role=Role.CUSTOMER if m % 2 else (Role.BOT if c % 2 else Role.AGENT),
            bot_version="1" if c % 2 and m % 2 == 0 else "",
        )
        for c in range(1, conversations + 1)
        for m in range(1, messages + 1)
    ]


def workspace(folder: Path, *messages: IncomingMessage, card: Scorecard | None = None) -> Workspace:
    made = Workspace.create(folder, card or scorecard())
    if messages:
        add(made, list(messages))
    return made


def add(target: Workspace, messages: list[IncomingMessage]):
    batch = target.batches.start(None, target.folder / "csqm.sqlite3", "csv", "utf-8", {})
    counts = target.writer(batch).write(messages)
    target.batches.count(batch, counts.added, counts.unchanged, counts.updated, 0)
    target.batches.finish(batch, "succeeded", {})
    return batch, counts


def random_scores(target: Workspace, version: str = "v1", seed: int = 0) -> int:
    """Score everything at random; returns the version's number."""
    version_id = target.scores.register_version(version, target.scorecards.current_id())
    columns = target.scores.columns(version_id)
    ids = target.scores.unscored(version_id)
    rng = np.random.default_rng(seed)
    blocks = [rng.dirichlet(np.ones(size), len(ids)) for size in columns.sizes]
    if ids:
        target.scores.write(version_id, ids, np.hstack(blocks))
    return version_id


def review(reply_id: int, reviewer: str = "Wang", tone: int = 2, legal: int = 1, **facts) -> Review:
    return Review(reply_id, reviewer, Verdict.SCORED, {"tone": tone, "legal": legal}, **facts)


def fake_version(target: Workspace, version: str = "v1", **facts) -> None:
    """A version folder with a card and no weights, made active."""
    from csqm_desktop.jobs.protocol import criteria_records
    from csqm_desktop.registry.versions import Card, VersionStore

    store = VersionStore(target.model_store)
    card = target.scorecards.current()
    folder = store.candidate_dir(version)
    values = {
        "gate": {"verdict": "passed", "reasons": []},
        "scorecard_key": card.key,
        "scorecard_version": card.version,
    }
    Card(version, "head", "base", criteria_records(card), **(values | facts)).write(folder)
    store.promote_candidate(version)
    store.activate(version)


@contextmanager
def older_rules(patch: pytest.MonkeyPatch, mask: Callable[[str], str] = str) -> Iterator[None]:
    """Masking as a release did that only knew ``mask``: nothing, unless it is given. In this process only."""

    def redact(text: str, pseudonyms: object = None) -> tuple[str, dict[str, int]]:
        return mask(text), {} if mask(text) == text else {"phone": 1}

    with patch.context() as before:
        before.setattr(privacy, "redact", redact)
        before.setattr(privacy, "redact_sender", lambda sender, pseudonyms=None: sender)
        message_reading._redact.cache_clear()  # it remembers which function masks
        try:
            yield
        finally:
            message_reading._redact.cache_clear()
