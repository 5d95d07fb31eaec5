"""Vectors of replies without the model: read from the embedding cache that scoring has filled, by text.

Where the cache knows too few of the texts, vectors from the letters stand in, so that nothing here ever has to wait
for the worker process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from csqm_desktop.domain.conversation import ReplyInput
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.cache_place import cache_folder
from csqm_desktop.scoring.encoding import encode_reply, text_digest
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.selection.pool import Vectors
from csqm_desktop.selection.scope import Look
from csqm_desktop.selection.space import by_letters, place, unit
from csqm_desktop.store.workspace import Workspace

ENOUGH = 0.9  # of the texts must be in the cache; else letters serve for all, in one space
_FADE = 0.7  # the weight of a turn against the next newer one
LIKE_LIMITS = {"encoder": 0.97, "letters": 0.9}  # products of unit vectors above which two replies read alike


@dataclass(frozen=True)
class Placed:
    """Replies in the order asked for. Those that are gone are left out.

    ``reply`` and ``context`` (n, W) are unit vectors and their faded mean, ``vectors`` (n, D) the place of both with a
    few figures, see ``selection.space``.
    """

    ids: list[int]
    conversations: list[str]
    looks: list[Look]
    reply: Vectors
    context: Vectors
    vectors: Vectors
    space: str  # encoder or letters

    @property
    def like_limit(self) -> float:
        """Two replies whose unit vectors have a larger product read alike."""
        return LIKE_LIMITS[self.space]

    @property
    def both(self) -> Vectors:
        """Reply and dialogue side by side (n, 2 W)."""
        return np.concatenate([self.reply, self.context], axis=1)


class ReplyVectors:
    """Reads one workspace's cache. Open one for each question: the files may grow meanwhile."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._cache = _open_cache(workspace)

    def read(self, reply_ids: Sequence[int]) -> Placed:
        """Place replies; texts come from the store, vectors from the cache."""
        order = {reply_id: place for place, reply_id in enumerate(reply_ids)}
        items = sorted(self._workspace.conversations.reply_inputs(list(reply_ids)), key=lambda i: order[i.reply_id])
        return self._place(items)

    def _place(self, items: Sequence[ReplyInput]) -> Placed:
        encoded = [encode_reply(item) for item in items]
        texts: dict[str, int] = {}
        rows = [texts.setdefault(one.reply, len(texts)) for one in encoded]
        owners: list[int] = []
        turns: list[int] = []
        weights: list[float] = []
        for row, one in enumerate(encoded):
            for age, turn in enumerate(reversed(one.turns)):
                owners.append(row)
                turns.append(texts.setdefault(turn.text, len(texts)))
                weights.append(_FADE**age)
        known, space = self._of_texts(list(texts))
        reply = known[rows] if rows else known[:0]
        context = np.zeros_like(reply)
        if owners:
            share = np.array(weights, dtype=np.float32)
            np.add.at(context, owners, known[turns] * share[:, None])
            total = np.bincount(owners, weights=share, minlength=len(items)).astype(np.float32)
            context /= np.maximum(total, 1e-9)[:, None]
        figures = np.array([one.features for one in encoded], dtype=np.float32).reshape(len(items), -1)
        return Placed(
            [item.reply_id for item in items],
            [item.conversation for item in items],
            [Look(item.text, one.language) for item, one in zip(items, encoded, strict=True)],
            reply,
            context,
            place(reply, context, figures) if len(items) else np.zeros((0, 0), dtype=np.float32),
            space,
        )

    def _of_texts(self, texts: list[str]) -> tuple[Vectors, str]:
        if self._cache is not None and texts:
            found = self._cache.find([text_digest(text) for text in texts])
            there = found >= 0
            wanted = np.array([bool(text) for text in texts])
            if there.sum() >= ENOUGH * max(1, int(wanted.sum())):
                out = np.zeros((len(texts), self._cache.width), dtype=np.float32)
                out[there] = unit(self._cache.read(found[there]))
                return out, "encoder"
        return by_letters(texts), "letters"

    def close(self) -> None:
        """Let go of the files."""
        if self._cache is not None:
            self._cache.close()

    def __enter__(self) -> ReplyVectors:
        return self

    def __exit__(self, *_why: object) -> None:
        self.close()


def _open_cache(workspace: Workspace) -> VectorCache | None:
    versions = Versions(workspace)
    try:
        active = versions.active()
        base = base_model.describe(versions.base_of(active) if active else versions.base())
    except CsqmError:  # no base model here, or the version's is gone: letters serve
        return None
    folder = cache_folder(workspace.model_store / "cache", base)
    return VectorCache(folder, base.hidden_size, reader=True) if folder.is_dir() else None
