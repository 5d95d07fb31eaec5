"""Which guesses a head may learn from beside people's labels, and how they reach its fit.

Guesses come only from conversations in which nobody labelled anything and which can never be held out. So neither
calibration (left-out conversations) nor the holdout ever sees one. They weigh little and are no more than the labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.weak_label import SURE, WeakLabel, WeakSource
from csqm_desktop.scoring.encoding import EncodedReply, encode_reply
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training.dataset import MOST_HELD_OUT, Dataset, position
from csqm_desktop.training.refit import judged_folder

WEIGHT = 0.2  # of a guess; a label weighs 1


@dataclass(frozen=True)
class WeakRows:
    """Rows that only the fit of a head sees: ``features`` (m, D) and ``targets`` (m, K), each of weight ``weight``."""

    features: NDArray[np.float32]
    targets: NDArray[np.float64]
    weight: float = WEIGHT


@dataclass(frozen=True)
class WeakSet:
    """The guesses that were let in."""

    labels: tuple[WeakLabel, ...] = ()

    @cached_property
    def replies(self) -> list[EncodedReply]:
        """Their replies as the models see them, each once."""
        return [encode_reply(reply) for reply in {w.reply.reply_id: w.reply for w in self.labels}.values()]

    def rows(self, criterion: str, features: NDArray[np.float32]) -> WeakRows | None:
        """The rows of a criterion, where ``features`` (n, D) are those of ``replies``; None when there are none."""
        numbers = {number: row for row, number in enumerate(dict.fromkeys(w.reply.reply_id for w in self.labels))}
        chosen = [w for w in self.labels if w.criterion == criterion]
        if not chosen:
            return None
        return WeakRows(features[[numbers[w.reply.reply_id] for w in chosen]], np.array([w.spread for w in chosen]))

    def to_record(self) -> dict[str, Any]:
        """What a card says: the weight, how many guesses by criterion and source, and where each source's came from."""
        counts: dict[str, dict[str, int]] = {}
        for weak in self.labels:
            of = counts.setdefault(weak.criterion, {})
            of[weak.source.value] = of.get(weak.source.value, 0) + 1
        origins = {weak.source.value: weak.origin for weak in self.labels}
        return {"weight": WEIGHT, "criteria": counts, "origins": origins}


def as_judged(
    engine: Engine, active: Path | None, guesses: Iterable[WeakLabel], check: Callable[[], None]
) -> list[WeakLabel]:
    """The guesses, with scores said again by the active version as it was judged.

    Once judged, a version learns from its holdout as well, and that is what scored. Its guesses would carry the
    holdout's labels into a candidate that is judged there. The judged version has not seen them.
    """
    found = list(guesses)
    scores = [guess for guess in found if guess.source is WeakSource.SCORES]
    folder = None if active is None else judged_folder(active)
    if not scores or folder is None or folder == active:
        return found
    replies = {guess.reply.reply_id: guess.reply for guess in scores}
    said = engine.predict(folder, [encode_reply(reply) for reply in replies.values()], check).probabilities
    rows = {number: row for row, number in enumerate(replies)}
    version = engine.version(folder)
    columns = {head.spec.key: part for head, part in zip(version.heads, version.slices, strict=True) if head.trained}
    kept = [guess for guess in found if guess.source is not WeakSource.SCORES]
    for guess in scores:
        if guess.criterion in columns:
            spread = said[rows[guess.reply.reply_id], columns[guess.criterion]]
            if spread.max() >= SURE:
                kept.append(replace(guess, spread=tuple(float(p) for p in spread)))
    return kept


def choose(
    guesses: Iterable[WeakLabel],
    parts: Sequence[Dataset],
    criteria: Sequence[CriterionSpec],
    held_out: float = MOST_HELD_OUT,
    seed: int = 0,
) -> WeakSet:
    """The guesses that may be learned from. ``parts`` are all labelled replies, what is learned from first;
    ``held_out`` is the share of conversations that this training holds out.

    For each criterion no more than it has labels to learn from; rules first; of the model's own no more at a level
    than people gave it, so that its habits do not outgrow theirs.
    """
    known = {example.item.conversation for part in parts for example in part.examples}
    share = max(held_out, MOST_HELD_OUT)
    sizes = {c.key: len(c.levels) for c in criteria}
    found: dict[tuple[str, int], WeakLabel] = {}
    for guess in guesses:
        conversation, key = guess.reply.conversation, (guess.criterion, guess.reply.reply_id)
        if conversation in known or position(conversation) < share:
            continue
        if sizes.get(guess.criterion) == len(guess.spread) and (key not in found or guess.source is WeakSource.RULES):
            found[key] = guess
    chosen: list[WeakLabel] = []
    for criterion in criteria:
        own = [guess for (key, _), guess in sorted(found.items(), key=lambda pair: pair[0]) if key == criterion.key]
        chosen += _capped(own, parts[0].votes[criterion.key], seed)
    return WeakSet(tuple(chosen))


def _capped(guesses: list[WeakLabel], votes: NDArray[np.float64], seed: int) -> list[WeakLabel]:
    labelled = votes[votes.sum(axis=1) > 0]
    room = len(labelled)
    at_level = np.bincount(labelled.argmax(axis=1), minlength=votes.shape[1]) if room else np.zeros(votes.shape[1])
    order = np.random.default_rng(seed).permutation(len(guesses))
    mixed = [guesses[i] for i in order]
    taken = [guess for guess in mixed if guess.source is WeakSource.RULES][:room]
    for guess in mixed:
        level = int(np.argmax(guess.spread))
        if guess.source is WeakSource.SCORES and len(taken) < room and at_level[level] > 0:
            at_level[level] -= 1
            taken.append(guess)
    return taken


def weighted(
    features: NDArray[np.float32], targets: NDArray[np.float64], weak: WeakRows | None
) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
    """Features, targets and weights of a fit: labels of weight 1, then the guesses."""
    ones = np.ones(len(features))
    if weak is None:
        return features, targets, ones
    return (
        np.concatenate([features, weak.features]),
        np.concatenate([targets, weak.targets]),
        np.concatenate([ones, np.full(len(weak.features), weak.weight)]),
    )
