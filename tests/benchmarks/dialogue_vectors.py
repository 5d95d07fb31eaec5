"""Real dialogues as features, read by the encoder once: what the benchmarks of this folder share.

Reads STC-3 / DCH style files (one JSON dialogue a line) and USS files (role, text, action, ratings by tabs). The
embedding cache (``--cache``) makes every run after the first one start in seconds.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from csqm_desktop import paths  # noqa: E402
from csqm_desktop.domain.conversation import (  # noqa: E402
    FOLLOWING_MESSAGES,
    ContextTurn,
    ReplyInput,
    Role,
    following_window,
)
from csqm_desktop.registry import base_model  # noqa: E402

LEVELS = ("HNaN", "HNUG", "HNUG*")


@dataclass(frozen=True)
class Pool:
    """Replies of one file: ``raw`` (n, D) features, ``votes`` (n, K) where there are any, conversation numbers."""

    items: list[ReplyInput]
    raw: np.ndarray
    votes: np.ndarray
    groups: np.ndarray

    def parts(self) -> tuple[list[np.ndarray], np.ndarray]:
        """What the queue goes by: vectors of the reply and of what was said before and after it, and the figures."""
        from csqm_desktop.scoring.encoding import FEATURES
        from csqm_desktop.scoring.feature_rows import BLOCKS

        width = (self.raw.shape[1] - len(FEATURES)) // BLOCKS
        blocks = [self.raw[:, n * width : (n + 1) * width] for n in range(BLOCKS)]
        return blocks, self.raw[:, BLOCKS * width :]


def is_test(dialogue: str) -> bool:
    """The part that is never tuned on: a fifth of the conversations, by name."""
    return int(hashlib.md5(dialogue.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


def stc3(path: Path) -> Iterator[tuple[ReplyInput, list[int]]]:
    """Helpdesk turns with the dialogue around them and their votes by level."""
    number = 0
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for line in source:
            record = json.loads(line)
            turns = [
                ContextTurn(
                    Role.AGENT if turn["sender"] == "helpdesk" else Role.CUSTOMER,
                    " ".join(u for u in turn["utterances"] if u),
                )
                for turn in record["turns"]
            ]
            for at, (turn, votes) in enumerate(zip(turns, record["turns"], strict=True)):
                if turn.role is Role.AGENT:
                    counts = Counter(votes["nugget_votes"])
                    yield reply_of(number, str(record["id"]), turns, at), [counts[level] for level in LEVELS]
                    number += 1


def reply_of(number: int, dialogue: str, turns: list[ContextTurn], at: int) -> ReplyInput:
    """The turn at a place with what was said before and after it, as the store gives it to a model."""
    size, continued = following_window([turn.role for turn in turns[at + 1 : at + 2 + FOLLOWING_MESSAGES]])
    return ReplyInput(
        number,
        dialogue,
        turns[at].role,
        turns[at].text,
        tuple(turns[:at]),
        following=tuple(turns[at + 1 : at + 1 + size]),
        continued=continued,
    )


def uss(path: Path) -> Iterator[tuple[ReplyInput, list[int]]]:
    """System turns of a USS file with the dialogue before them; no votes."""
    number = dialogue = 0
    before: list[ContextTurn] = []
    with gzip.open(path, "rt", encoding="utf-8") as source:
        for line in source:
            parts = line.rstrip("\n").split("\t")
            if len(parts) < 2:
                dialogue, before = dialogue + 1, []
                continue
            if parts[0] == "USER" and parts[1] == "OVERALL":
                continue
            role = Role.AGENT if parts[0] == "SYSTEM" else Role.CUSTOMER
            if role is Role.AGENT:
                yield ReplyInput(number, f"uss {dialogue}", role, parts[1], tuple(before)), [0, 0, 0]
                number += 1
            before.append(ContextTurn(role, parts[1]))


def load(path: Path, cache: Path, limit: int | None = None, seed: int = 0) -> Pool:
    """The replies of a file as features; ``limit`` draws some at random."""
    from csqm_desktop.scoring.encoding import encode_reply
    from csqm_desktop.scoring.engine import Engine

    rows = list(uss(path) if path.name.startswith("uss") else stc3(path))
    if limit is not None and limit < len(rows):
        chosen = np.random.default_rng(seed).permutation(len(rows))[:limit]
        rows = [rows[i] for i in sorted(chosen)]
    items = [item for item, _ in rows]
    engine = Engine(base_model.folder(paths.shared_model_store(), None), cache)
    try:
        raw = engine.features([encode_reply(item) for item in items])
    finally:
        engine.close()
    numbers: dict[str, int] = {}
    groups = np.array([numbers.setdefault(item.conversation, len(numbers)) for item in items])
    return Pool(items, raw, np.array([votes for _, votes in rows], dtype=float), groups)
