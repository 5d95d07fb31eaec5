"""How long, how fast and on which rows a network is tuned; what is old and what is new when it goes on from another.

A network that goes on learns the labels it has not seen and repeats a sample of those it has, so that a week of
labels costs the time of a week and not of all weeks before. What it has seen is remembered beside it by hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.training.dataset import Dataset, Example, conversation_hash

LEARNED_FILE = "learned.json"
_WATCHED_SHARE = 0.15  # of the conversations; calibration needs some sixty replies, so few labels give more
_WATCHED_LEAST = 60
_WATCHED_MOST_SHARE = 0.35
_REPLAY_LEAST = 80
_RESOLUTION = 1 << 32

Rows = NDArray[np.intp]

_USUAL: dict[str, dict[str, float | int]] = {
    "lora": {"learning_rate": 2e-3, "epochs": 3},
    "adalora": {"learning_rate": 8e-3, "epochs": 6},
    "ia3": {"learning_rate": 5e-3, "epochs": 6},
    "prompt": {"learning_rate": 1e-2, "epochs": 4},
    "full": {"learning_rate": 5e-5, "epochs": 4},
}
_GOING_ON_EPOCHS = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. ``options`` of a request override single values by name."""

    learning_rate: float
    epochs: int
    head_rate: float = 5e-4  # at most; the heads start where a linear model ends
    batch: int = 16
    patience: int = 2  # clearly worse passes before it stops, see ``watching``
    warmup: float = 0.1  # share of the steps
    decay: float = 0.01
    clip: float = 1.0
    top: int | None = None  # layers that an adapter reaches; None leaves it to the processor

    @classmethod
    def of(cls, method: str, options: Mapping[str, Any]) -> Plan:
        """The usual plan of a method, with what the options change."""
        known = {"learning_rate": float, "epochs": int, "batch": int, "patience": int, "top": int}
        given = {name: kind(options[name]) for name, kind in known.items() if options.get(name) is not None}
        return cls(**(_USUAL[method] | given))

    def going_on(self, options: Mapping[str, Any]) -> Plan:
        """The plan of a network that knows most of it already."""
        return self if options.get("epochs") else replace(self, epochs=min(self.epochs, _GOING_ON_EPOCHS))


@dataclass(frozen=True)
class Portion:
    """Rows of a dataset by use: ``watched`` never teach, ``fresh`` are new to the network, ``replayed`` are not."""

    fresh: Rows
    replayed: Rows
    watched: Rows
    left: int = 0  # known rows that are not repeated this time

    @property
    def rows(self) -> Rows:
        """What it learns from now."""
        return np.sort(np.concatenate([self.fresh, self.replayed]))

    @property
    def going_on(self) -> bool:
        """Whether the network knows some of it already."""
        return self.left + len(self.replayed) > 0


def portion(data: Dataset, known: Collection[str], seed: int) -> Portion:
    """Share ``data`` out; ``known`` holds the ``label_hash`` of what the parent's network has learned.

    What is repeated are whole conversations: their replies share most of their texts, so they cost half as much.
    """
    watched = watched_rows(data)
    hashes = [label_hash(example) for example in data.examples]
    new = np.array([h not in known for h in hashes], dtype=bool) & ~watched
    old = np.flatnonzero(~new & ~watched)
    fresh = np.flatnonzero(new)
    wanted = max(_REPLAY_LEAST, len(fresh))
    replayed = old
    if known and wanted < len(old):
        replayed = _whole_conversations(old, data.groups, wanted, np.random.default_rng([seed, len(known)]))
    return Portion(fresh, replayed, np.flatnonzero(watched), len(old) - len(replayed))


def _whole_conversations(rows: Rows, groups: NDArray[np.int64], wanted: int, rng: np.random.Generator) -> Rows:
    """About ``wanted`` of the rows: all of some conversations drawn at random."""
    place = rng.permutation(int(groups.max()) + 1)[groups[rows]]
    order = np.argsort(place, kind="stable")
    last = place[order[wanted - 1]]  # the conversation that fills it up
    return np.asarray(rows[place <= last], dtype=np.intp)


def watched_rows(data: Dataset) -> NDArray[np.bool_]:
    """Which rows only watch: whole conversations, always the same ones, so that no later network has learned them."""
    share = min(_WATCHED_MOST_SHARE, max(_WATCHED_SHARE, _WATCHED_LEAST / max(1, len(data))))
    places = np.array([_place(example.item.conversation) for example in data.examples])
    watched: NDArray[np.bool_] = places < share
    if len(data) and (watched.all() or not watched.any()):
        one = places.min() if not watched.any() else places.max()
        watched = (places == one) if not watched.any() else (places != one)
    return watched


def _place(conversation: str) -> float:
    digest = hashlib.blake2b(b"csqm watched " + conversation.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") / _RESOLUTION


def label_hash(example: Example) -> str:
    """A labelled reply by what was said and how it was judged: 8 bytes in hexadecimal."""
    counts = sorted((key, tuple(votes)) for key, votes in example.label.counts.items())
    text = f"{example.item.conversation}\t{example.encoded.reply}\t{counts}"
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Learned:
    """What a network has learned from, itself and those it went on from: ``label_hash`` and ``conversation_hash``."""

    labels: frozenset[str] = frozenset()
    conversations: frozenset[str] = frozenset()


def read_learned(network: Path | None) -> Learned:
    """What a stored network has learned from; nothing when it does not say."""
    if network is None:
        return Learned()
    try:
        record = json.loads((network / LEARNED_FILE).read_text(encoding="utf-8"))
        return Learned(frozenset(record["labels"]), frozenset(record["conversations"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Learned()


def write_learned(network: Path, data: Dataset, rows: Rows, before: Learned) -> None:
    """Remember the rows of ``data`` and what the parent had learned."""
    learned = [data.examples[i] for i in rows]
    record = {
        "labels": sorted(before.labels | {label_hash(example) for example in learned}),
        "conversations": sorted(before.conversations | {conversation_hash(e.item.conversation) for e in learned}),
    }
    (network / LEARNED_FILE).write_text(json.dumps(record), encoding="utf-8")
