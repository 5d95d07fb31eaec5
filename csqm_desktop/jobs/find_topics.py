"""Find what customers write about: group the conversations' opening questions by the vectors that scoring left.

No model runs here: openings that scoring has not read yet wait for the next time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from csqm_desktop.analytics.topics import LEAST, find_topics, nearest
from csqm_desktop.domain import permissions
from csqm_desktop.domain.conversation import REPLY_ROLES, ContextTurn, Conversation, Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.registry import base_model
from csqm_desktop.scoring.cache_place import cache_folder
from csqm_desktop.scoring.encoding import merge_turns, text_digest
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.store.workspace import Workspace

MOST = 5_000  # openings that groups are made from; the others go to the nearest


@dataclass(frozen=True, slots=True)
class TopicsResult:
    """How many topics there are, and how many conversations have one or have none yet."""

    topics: int
    assigned: int
    unread: int


class FindTopics(Job[TopicsResult]):
    """Find topics anew, or (``anew=False``) give conversations without one the nearest of those there are."""

    kind: ClassVar[str] = "topics"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.TRAIN

    def __init__(self, workspace: Workspace, anew: bool = True, seed: int = 0) -> None:
        super().__init__(workspace)
        self._anew = anew
        self._seed = seed

    def parameters(self) -> dict[str, Any]:
        """Whether the topics are found anew."""
        return {"anew": self._anew, "seed": self._seed}

    def run(self, context: JobContext) -> TopicsResult:
        """Find or assign. Raises ``CsqmError("too_few_openings")``."""
        context.progress(0, 0, "questions")
        store = self.workspace.topics
        base = base_model.describe(Versions(self.workspace).base())
        cache = VectorCache(cache_folder(Versions(self.workspace).cache(), base), base.hidden_size, reader=True)
        try:
            wanted = None if self._anew else store.without()
            ids, texts, vectors, unread = self._openings(context, cache, wanted)
        finally:
            cache.close()
        numbers, centres = store.centres(base.fingerprint)
        if self._anew or not numbers:
            rng = np.random.default_rng(self._seed)
            part = np.sort(rng.permutation(len(ids))[:MOST])
            context.progress(0, 0, "grouping")
            found = find_topics(vectors[part], [texts[i] for i in part], self._seed)
            if found is None:
                raise CsqmError("too_few_openings", have=len(ids), need=LEAST)
            context.check_cancelled()
            numbers, centres = store.replace(base.fingerprint, found.names, found.centres), found.centres
        if ids:
            store.assign(list(zip(ids, (numbers[g] for g in nearest(vectors, centres)), strict=True)))
        return TopicsResult(len(numbers), len(ids), unread)

    def _openings(
        self, context: JobContext, cache: VectorCache, wanted: list[int] | None
    ) -> tuple[list[int], list[str], NDArray[np.float32], int]:
        ids: list[int] = []
        texts: list[str] = []
        for conversation in self._conversations(wanted):
            context.check_cancelled()
            text = opening(conversation)
            if text:
                ids.append(conversation.id)
                texts.append(text)
        rows = cache.find([text_digest(text) for text in texts])
        known = np.flatnonzero(rows >= 0)
        vectors = cache.read(rows[known])
        return [ids[i] for i in known], [texts[i] for i in known], vectors, len(ids) - len(known)

    def _conversations(self, wanted: list[int] | None) -> Iterator[Conversation]:
        numbers = self.workspace.conversations.all_ids() if wanted is None else wanted
        for number in numbers:
            conversation = self.workspace.conversations.get(number)
            if conversation is not None:
                yield conversation


def opening(conversation: Conversation) -> str:
    """What the customer wrote before the first reply, as scoring reads it; empty when there is nothing."""
    before: list[ContextTurn] = []
    for message in conversation.messages:
        if message.private:
            continue
        if message.role in REPLY_ROLES and before:
            break
        before.append(ContextTurn(message.role, message.text))
    return next((turn.text for turn in merge_turns(before) if turn.role is Role.CUSTOMER and turn.text), "")
