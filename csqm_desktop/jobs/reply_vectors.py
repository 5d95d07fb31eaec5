"""Vectors of replies without the model: from what scoring has kept.

The finished features of a reply are quickest; else its texts are looked up in the embedding cache; and where that
knows too few, vectors from the letters stand in, so that nothing here ever has to wait for the worker process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.cache_place import cache_folder
from csqm_desktop.scoring.encoding import FEATURES, clean_text, detect_language, encode_reply, text_digest
from csqm_desktop.scoring.feature_rows import BLOCKS, FeatureRows, Known
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

    ``reply`` and ``context`` (n, W) are unit vectors and the faded mean of those before, ``vectors`` (n, D) the place
    of all that the model looks at, see ``selection.space``.
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


@dataclass(frozen=True)
class _Parts:
    """What ``Placed`` is made of: ``blocks`` are (n, W) of the reply, the dialogue before it, the customer's reaction
    and the answer to that, ``figures`` (n, F).
    """

    ids: list[int]
    conversations: list[str]
    looks: list[Look]
    blocks: tuple[Vectors, ...]
    figures: Vectors

    def joined(self, other: _Parts) -> _Parts:
        """These replies and those."""
        return _Parts(
            self.ids + other.ids,
            self.conversations + other.conversations,
            self.looks + other.looks,
            tuple(np.concatenate(pair) for pair in zip(self.blocks, other.blocks, strict=True)),
            np.concatenate([self.figures, other.figures]),
        )

    def placed(self, asked: Sequence[int], space: str) -> Placed:
        """In the order asked for, brought into one space."""
        order = {reply_id: place for place, reply_id in enumerate(asked)}
        rows = sorted(range(len(self.ids)), key=lambda row: order[self.ids[row]])
        blocks = [block[rows] for block in self.blocks]
        return Placed(
            [self.ids[row] for row in rows],
            [self.conversations[row] for row in rows],
            [self.looks[row] for row in rows],
            blocks[0],
            blocks[1],
            place(blocks, self.figures[rows]) if rows else np.zeros((0, 0), dtype=np.float32),
            space,
        )


class ReplyVectors:
    """Reads one workspace's cache. Open one for each question: the files may grow meanwhile."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._cache, self._rows = _open_kept(workspace)

    def read(self, reply_ids: Sequence[int]) -> Placed:
        """Place replies. All of them lie in one space: that of the encoder, or that of their letters."""
        asked = list(reply_ids)
        known = self._known(asked)
        if known is None or len(known.replies) < ENOUGH * len(asked):
            parts, space = self._from_texts(asked)
            return parts.placed(asked, space)
        parts = self._from_rows(known)
        if len(known.left):
            parts = parts.joined(self._from_texts(known.left.tolist(), anyhow=True)[0])
        return parts.placed(asked, "encoder")

    def _known(self, asked: list[int]) -> Known | None:
        if self._rows is None or not asked:
            return None
        count, changed = self._workspace.scores.changed_inputs()
        return self._rows.find(np.array(asked, dtype=np.int64), count, changed)

    def _from_rows(self, known: Known) -> _Parts:
        assert self._rows is not None
        assert self._cache is not None
        texts = self._workspace.conversations.texts(known.replies.tolist())
        there = np.array([reply in texts for reply in known.replies.tolist()], dtype=bool)
        width, figures = self._cache.width, BLOCKS * self._cache.width
        features = np.concatenate([block.astype(np.float32) for block in self._rows.blocks(known.rows)])[there]
        ids = known.replies[there].tolist()
        return _Parts(
            ids,
            [texts[i][0] for i in ids],
            self._looks(ids, {i: texts[i][1] for i in ids}),
            tuple(features[:, at : at + width] for at in range(0, figures, width)),
            features[:, figures:],
        )

    def _looks(self, ids: list[int], texts: Mapping[int, str]) -> list[Look]:
        languages = {i: detect_language(clean_text(texts[i])) for i in ids}
        unclear = [i for i in ids if languages[i] == "other"]  # what was said before tells
        for item in self._workspace.conversations.reply_inputs(unclear):
            languages[item.reply_id] = encode_reply(item).language
        return [Look(texts[i], languages[i]) for i in ids]

    def _from_texts(self, reply_ids: list[int], anyhow: bool = False) -> tuple[_Parts, str]:
        """From the embedding cache when it knows enough of the texts, or ``anyhow``; else from the letters."""
        items = list(self._workspace.conversations.reply_inputs(reply_ids))
        encoded = [encode_reply(item) for item in items]
        texts: dict[str, int] = {}
        alone = [
            [texts.setdefault(text, len(texts)) for text in map(attrgetter(name), encoded)]
            for name in ("reply", "reaction", "answer")
        ]
        owners: list[int] = []
        turns: list[int] = []
        weights: list[float] = []
        for row, one in enumerate(encoded):
            for age, turn in enumerate(reversed(one.turns)):
                owners.append(row)
                turns.append(texts.setdefault(turn.text, len(texts)))
                weights.append(_FADE**age)
        known, space = self._of_texts(list(texts), 0.0 if anyhow else ENOUGH)
        reply, reaction, answer = (known[rows] if rows else known[:0] for rows in alone)
        context = np.zeros_like(reply)
        if owners:
            share = np.array(weights, dtype=np.float32)
            np.add.at(context, owners, known[turns] * share[:, None])
            total = np.bincount(owners, weights=share, minlength=len(items)).astype(np.float32)
            context /= np.maximum(total, 1e-9)[:, None]
        parts = _Parts(
            [item.reply_id for item in items],
            [item.conversation for item in items],
            [Look(item.text, one.language) for item, one in zip(items, encoded, strict=True)],
            (reply, context, reaction, answer),
            np.array([one.features for one in encoded], dtype=np.float32).reshape(len(items), len(FEATURES)),
        )
        return parts, space

    def _of_texts(self, texts: list[str], enough: float) -> tuple[Vectors, str]:
        if self._cache is not None and texts:
            found = self._cache.find([text_digest(text) for text in texts])
            there = found >= 0
            wanted = np.array([bool(text) for text in texts])
            if there.sum() >= enough * max(1, int(wanted.sum())):
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


def _open_kept(workspace: Workspace) -> tuple[VectorCache | None, FeatureRows | None]:
    versions = Versions(workspace)
    try:
        active = versions.active()
        base = base_model.describe(versions.base_of(active) if active else versions.base())
    except CsqmError:  # no base model here, or the version's is gone: letters serve
        return None, None
    folder = cache_folder(workspace.model_store / "cache", base)
    if not folder.is_dir():
        return None, None
    return VectorCache(folder, base.hidden_size, reader=True), FeatureRows.of_encoder(folder, base.hidden_size)
