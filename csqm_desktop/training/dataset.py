"""From labels to arrays: what to learn, and the frozen holdout that training never sees.

Both are cut by conversation. Whether a conversation is held out follows from its identifier alone, so it
does not change when labels are added; conversations that the active version was trained on never count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.analytics.label_readiness import Readiness, readiness
from csqm_desktop.domain.conversation import ReplyInput
from csqm_desktop.domain.review import LabelledReply, labels_fingerprint
from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.encoding import EncodedReply, encode_reply
from csqm_desktop.scoring.version import CriterionSpec

Floats = NDArray[np.float64]

MOST_HELD_OUT = 0.20  # of the conversations, however many labels there are
HOLDOUT_MOST = 1_500  # labelled replies; beyond that more only costs training data
_RESOLUTION = 1 << 32


@dataclass(frozen=True)
class Example:
    """A labelled reply ready for the model."""

    item: ReplyInput
    encoded: EncodedReply
    label: LabelledReply


@dataclass(frozen=True)
class Dataset:
    """Labelled replies of one purpose. ``votes[criterion]`` is (n, K), zero rows where unlabelled."""

    examples: tuple[Example, ...]
    votes: Mapping[str, Floats]
    groups: NDArray[np.int64]  # (n,) conversation numbers

    @classmethod
    def of(cls, examples: Sequence[Example], criteria: Sequence[CriterionSpec]) -> Dataset:
        """Arrays for ``examples``; counts that do not fit a criterion's levels are left out."""
        votes = {c.key: np.zeros((len(examples), len(c.levels))) for c in criteria}
        for row, example in enumerate(examples):
            for key, counts in example.label.counts.items():
                if key in votes and len(counts) == votes[key].shape[1]:
                    votes[key][row] = counts
        numbers: dict[str, int] = {}
        groups = [numbers.setdefault(e.item.conversation, len(numbers)) for e in examples]
        return cls(tuple(examples), votes, np.array(groups, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.examples)

    @property
    def replies(self) -> list[EncodedReply]:
        """The replies as the models see them."""
        return [example.encoded for example in self.examples]

    def rows(self, criterion: str) -> NDArray[np.intp]:
        """The rows that are labelled for a criterion."""
        return np.flatnonzero(self.votes[criterion].sum(axis=1) > 0)

    def folds(self, count: int, seed: int) -> NDArray[np.int64]:
        """A fold number for each row, (n,), whole conversations, sizes as even as these allow."""
        order = np.random.default_rng(seed).permutation(int(self.groups.max()) + 1 if len(self) else 0)
        sizes = np.bincount(self.groups, minlength=len(order))
        filled = np.zeros(count)
        fold_of = np.zeros(len(order), dtype=np.int64)
        for group in order:
            fold = int(filled.argmin())
            fold_of[group] = fold
            filled[fold] += sizes[group]
        return fold_of[self.groups] if len(self) else np.zeros(0, dtype=np.int64)

    def slices(self) -> dict[str, list[str]]:
        """The protected parts by dimension: a value for each reply."""
        return {
            "language": [e.encoded.language for e in self.examples],
            "channel": [e.item.channel for e in self.examples],
            "role": [e.item.role.value for e in self.examples],
        }


@dataclass(frozen=True)
class Split:
    """What is learned from and what is judged on."""

    train: Dataset
    holdout: Dataset
    readiness: Readiness  # of the training part


def holdout_share(labelled: int) -> float:
    """The share of conversations to hold out: small for few labels, which training needs more."""
    if labelled < 200:
        return 0.10
    if labelled < 1_000:
        return 0.15
    return min(MOST_HELD_OUT, HOLDOUT_MOST / labelled)


def position(conversation: str) -> float:
    """A conversation's fixed place in 0..1; those below the holdout share are held out."""
    digest = hashlib.blake2b(b"csqm holdout " + conversation.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") / _RESOLUTION


def conversation_hash(conversation: str) -> str:
    """The name under which a version remembers what it was trained on: 8 bytes in hexadecimal."""
    return hashlib.blake2b(conversation.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def join(items: Iterable[ReplyInput], labels: Iterable[LabelledReply]) -> list[Example]:
    """Labels with their replies, in the order of the labels; labels without a reply or counts are left out."""
    by_id = {item.reply_id: item for item in items}
    return [
        Example(by_id[label.reply_id], encode_reply(by_id[label.reply_id]), label)
        for label in labels
        if label.reply_id in by_id and any(sum(counts) for counts in label.counts.values())
    ]


def split(
    examples: Sequence[Example],
    criteria: Sequence[CriterionSpec],
    seen: Collection[str] = (),
    share: float | None = None,
) -> Split:
    """Cut off the holdout. ``seen`` holds ``conversation_hash`` of what the active version was trained on.

    Raises ``CsqmError("too_few_labels")`` when no criterion has enough labels to learn from.
    """
    share = holdout_share(len(examples)) if share is None else share
    train: list[Example] = []
    holdout: list[Example] = []
    for example in examples:
        held = position(example.item.conversation) < share
        if held and conversation_hash(example.item.conversation) not in seen:
            holdout.append(example)
        else:
            train.append(example)
    state = readiness((e.label for e in train), [(c.key, c.levels) for c in criteria])
    if not state.ready:
        whole = readiness((e.label for e in examples), [(c.key, c.levels) for c in criteria])
        if not whole.ready:
            best = max(whole.criteria, key=lambda c: c.labelled, default=None)
            gap = best.gaps[0] if best and best.gaps else None
            raise CsqmError("too_few_labels", **(_gap_values(gap.values) if gap else _gap_values({})))
        train, holdout, state = list(examples), [], whole  # enough only when nothing is held out
    return Split(Dataset.of(train, criteria), Dataset.of(holdout, criteria), state)


def _gap_values(values: Mapping[str, object]) -> dict[str, object]:
    return {"criterion": "", "have": 0, "need": 0, "level": "", **values}


def label_fingerprint(examples: Sequence[Example]) -> str:
    """A hash of exactly which labels went in, whatever their order."""
    return labels_fingerprint(e.label for e in examples)
