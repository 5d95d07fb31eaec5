"""Scoring: replies in, probabilities out, a chunk at a time, with everything heavy kept between requests."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.domain.conversation import ReplyInput
from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring import fused_heads
from csqm_desktop.scoring.device import Device, choose_device
from csqm_desktop.scoring.embedding import Encoder
from csqm_desktop.scoring.encoding import EncodedReply, encode_reply
from csqm_desktop.scoring.feature_rows import FeatureRows
from csqm_desktop.scoring.features import raw_features
from csqm_desktop.scoring.token_states import TokenStates
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.scoring.version import CriterionSpec, Prediction, Version, network_of

if TYPE_CHECKING:
    from csqm_desktop.scoring.tuned_logits import TunedNetwork

_NETWORKS = 2  # kept loaded: a candidate's and the one it is compared with
CHUNK = 256  # replies that reach the caller together, and are therefore safe together

Check = Callable[[], None]
Progress = Callable[[int, int], None]


def go_on() -> None:
    """A check that never stops anything."""


@dataclass(frozen=True)
class ScoredChunk:
    """Some replies with their prediction, rows in the order of ``reply_ids``."""

    reply_ids: list[int]
    prediction: Prediction


class Engine:
    """Holds one base model, its embedding cache, and the version used last."""

    def __init__(
        self,
        base: Path,
        cache_folder: Path | None = None,
        device: Device | None = None,
        precision: str = "exact",
    ) -> None:
        self.encoder = Encoder(base, device or choose_device(), precision)
        self.cache: VectorCache = self.encoder.open_cache(cache_folder)
        self._cache_folder = cache_folder
        self._version: tuple[Path, float, Version] | None = None
        self._networks: list[tuple[Path, int, TunedNetwork]] = []  # used last, last
        self._states: dict[int, TokenStates] | None = None  # by layer, while something is learned

    def use_cache(self, folder: Path | None) -> None:
        """Switch to the cache below ``folder``, for example when another workspace is opened."""
        if folder != self._cache_folder:
            self.cache.close()
            self.cache = self.encoder.open_cache(folder)
            self._cache_folder = folder
            for *_, network in self._networks:
                network.use_cache(folder)

    def close(self) -> None:
        """Release the caches for other processes."""
        self.cache.close()
        for *_, network in self._networks:
            network.close()

    def version(self, folder: Path) -> Version:
        """Load a version, or take the one loaded before.

        Raises ``CsqmError("wrong_base")`` when it was trained on another base model.
        """
        stamp = (folder / "version.json").stat().st_mtime if (folder / "version.json").is_file() else 0.0
        if self._version is None or self._version[:2] != (folder, stamp):
            version = Version.load(folder)
            if version.base_fingerprint != self.encoder.fingerprint:
                raise CsqmError("wrong_base", version=folder.name, path=self.encoder.base)
            self._version = (folder, stamp, version)
        return self._version[2]

    def network_logits(
        self,
        folder: Path,
        criteria: Sequence[CriterionSpec],
        replies: Sequence[EncodedReply],
        check: Check = go_on,
        keep: bool = True,
    ) -> NDArray[np.float64]:
        """What the fine-tuned network in ``folder`` says, (n, L). ``keep`` remembers it for the next time.

        Raises ``CsqmError("version_damaged")`` when it cannot be read.
        """
        network = self._tuned(folder, criteria)
        states = self.token_states(network.first) if keep and network.first and self._states is not None else None
        return network.logits(replies, check, keep, states)

    def _tuned(self, folder: Path, criteria: Sequence[CriterionSpec]) -> TunedNetwork:
        from csqm_desktop.scoring.tuned_logits import TunedNetwork  # peft is slow to import and mostly not needed

        heads = folder / "heads.safetensors"
        stamp = heads.stat().st_mtime_ns if heads.is_file() else 0
        known = [entry for entry in self._networks if entry[:2] == (folder, stamp)]
        if not known:
            known = [(folder, stamp, TunedNetwork(folder, self.encoder, criteria, self._cache_folder))]
        others = [entry for entry in self._networks if entry is not known[0]]
        for *_, network in others[: 1 - _NETWORKS]:
            network.close()
        self._networks = others[1 - _NETWORKS :] + known
        return known[0][2]

    @contextmanager
    def learning(self) -> Iterator[None]:
        """Within this, networks keep what their lower layers say of the texts that they are asked about."""
        self._states = {}
        try:
            yield
        finally:
            self._states = None

    def token_states(self, layer: int) -> TokenStates:
        """What enters a layer of the base model, see ``token_states``; kept within ``learning`` only."""
        if self._states is None:
            return TokenStates(None, self.encoder.width)
        if layer not in self._states:
            kind = str(self.encoder.device.dtype).removeprefix("torch.")
            folder = self.cache.open_folder
            place = None if folder is None else folder / f"states-{layer}-{kind}"
            self._states[layer] = TokenStates(place, self.encoder.width)
        return self._states[layer]

    def features(
        self, replies: Sequence[EncodedReply], check: Check = go_on, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Raw features (n, D) of the frozen encoder, through the cache."""
        return raw_features(self.encoder, self.cache, replies, check, progress)

    def predict(
        self,
        folder: Path,
        replies: Sequence[EncodedReply],
        check: Check = go_on,
        progress: Progress | None = None,
    ) -> Prediction:
        """What the version in ``folder`` says about ``replies``, all at once."""
        raw = self.features(replies, check, progress)
        return self._predicted(folder, replies, raw, check)

    def _predicted(
        self,
        folder: Path,
        replies: Sequence[EncodedReply],
        raw: NDArray[np.float32],
        check: Check,
        keep: bool = True,
    ) -> Prediction:
        version, tuned = self.version(folder), None
        if version.listens:
            tuned = self.network_logits(network_of(folder), version.criteria, replies, check, keep)
        return version.predict(raw, tuned)

    def predict_aside(self, folder: Path, replies: Sequence[EncodedReply], check: Check = go_on) -> Prediction:
        """Like ``predict``, for texts that nobody wrote: they leave no trace in the embedding cache."""
        kept, self.cache = self.cache, self.encoder.open_cache(None)
        try:
            return self._predicted(folder, replies, self.features(replies, check), check, keep=False)
        finally:
            self.cache.close()
            self.cache = kept

    def score(
        self,
        folder: Path,
        items: Iterable[ReplyInput],
        check: Check = go_on,
        progress: Callable[[int], None] | None = None,
        stamp: int | None = None,
    ) -> Iterator[ScoredChunk]:
        """Score ``items`` in chunks of ``CHUNK``; with ``stamp`` keep their features, see ``feature_rows``.

        ``check`` is called between batches and may raise to stop; ``progress`` hears how many replies are done,
        also within a chunk.
        """
        self.version(folder)
        source = iter(items)
        finished = 0
        while chunk := list(itertools.islice(source, CHUNK)):
            check()
            replies = [encode_reply(item) for item in chunk]
            part = None
            if progress is not None:
                part = _part_of_chunk(progress, finished, len(chunk))
            raw = self.features(replies, check, part)
            if stamp is not None:
                raw = self._kept([item.reply_id for item in chunk], raw, stamp)
            prediction = self._predicted(folder, replies, raw, check)
            finished += len(chunk)
            yield ScoredChunk([item.reply_id for item in chunk], prediction)

    def _kept(self, reply_ids: list[int], raw: NDArray[np.float32], stamp: int) -> NDArray[np.float32]:
        """The features as they are kept: a later version scores just these, so this one does too."""
        rows = self.rows
        if rows is None:
            return raw
        rows.add(np.array(reply_ids, dtype=np.int64), stamp, raw)
        return raw.astype(np.float16).astype(np.float32)

    @property
    def rows(self) -> FeatureRows | None:
        """The features kept on disk; None where they must not be (encrypted, another writer, no folder)."""
        folder = self.cache.open_folder
        return FeatureRows.of_encoder(folder, self.encoder.width) if folder is not None else None

    def rescore(
        self, folder: Path, wanted: NDArray[np.int64], count: int, changed: NDArray[np.int64], check: Check = go_on
    ) -> tuple[NDArray[np.int64], Iterator[fused_heads.Block]]:
        """Score from kept features what can be: the replies left over, and blocks of what the version says.

        A fine-tuned version reads texts and leaves all of them over.
        """
        version, rows = self.version(folder), self.rows
        if rows is None or version.listens:
            return wanted, iter(())
        known = rows.find(wanted, count, changed)
        return known.left, _checked(fused_heads.predict(rows, version, known), check)


def _checked(blocks: Iterator[fused_heads.Block], check: Check) -> Iterator[fused_heads.Block]:
    for block in blocks:
        check()
        yield block


def _part_of_chunk(progress: Callable[[int], None], finished: int, size: int) -> Progress:
    return lambda done, total: progress(finished + size * done // max(1, total))
