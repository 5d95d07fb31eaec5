"""Scores what has just come in, at once; what had no score before is caught up with in between, a few at a time."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Mapping
from typing import Any, Literal

from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs.model_process import ModelProcess
from csqm_desktop.jobs.score_replies import ScoreReplies
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.workspace import Workspace

log = logging.getLogger(__name__)

AT_ONCE = 32  # replies in a request: about a second's worth on a laptop, so that the newest never wait long
NOBODY = 0  # the number of no reply
_RETRY_SECONDS = 10.0

State = Literal["starting", "ready", "none", "failed"]


class FreshScorer:
    """One thread in front of the model process. ``state`` and ``unscored`` may be read from any thread."""

    def __init__(self, workspace: Workspace, process: ModelProcess, device: str = "auto") -> None:
        self._workspace = workspace
        self._process = process
        self._device = device
        self._changed = threading.Condition()
        self._conversations: set[str] = set()
        self._fresh: deque[int] = deque()
        self._backlog: deque[int] = deque()
        self._version: str | None = None
        self._stopping = False
        self.state: State = "starting"
        self._thread = threading.Thread(target=self._work, name="intake-score", daemon=True)

    def start(self) -> None:
        """Start the model and the scoring."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the request under way was cancelled; what has no score yet keeps waiting in the store."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def add(self, conversations: set[str]) -> None:
        """These conversations have changed."""
        with self._changed:
            self._conversations |= conversations
            self._changed.notify()

    @property
    def unscored(self) -> int:
        """Replies known to wait for a score."""
        return len(self._fresh) + len(self._backlog)

    # -- the context of the scoring job

    def progress(self, done: int, total: int, stage: str) -> None:
        """Nobody watches."""

    def check_cancelled(self) -> None:
        """Stop soon when asked to."""
        if self._stopping:
            raise Cancelled

    def notify(self, kind: str, values: Mapping[str, Any]) -> None:
        """Nobody listens."""

    # -- in the scoring thread

    def _work(self) -> None:
        while not self._stopping:
            try:
                self._step()
            except Cancelled:
                return
            except CsqmError as error:
                self._pause("none" if error.code == "no_version" else "failed", error.code)
            except Exception as error:  # noqa: BLE001 -- messages must go on being stored whatever happens here
                self._pause("failed", type(error).__name__)

    def _step(self) -> None:
        """Score one request's worth, the newest first; wait when there is nothing to do."""
        self._follow_version()
        self._gather()
        queue = self._fresh or self._backlog
        if not queue:
            with self._changed:
                self._changed.wait_for(lambda: self._conversations or self._stopping, timeout=_RETRY_SECONDS)
            return
        ids = [queue[i] for i in range(min(AT_ONCE, len(queue)))]
        self._score(ids)
        for _ in ids:
            queue.popleft()

    def _follow_version(self) -> None:
        """Another version became active, or the first: everything without a score by it waits."""
        active = Versions(self._workspace).active()
        if active is None:
            self._score([])  # makes the starter version, or says that there can be none
            active = Versions(self._workspace).active()
        if active == self._version:
            return
        self._fresh.clear()
        self._score([NOBODY])  # loads the weights: the first reply must not wait for them
        self._backlog = deque(self._workspace.scores.unscored(self._version_id(active)))
        self._version = active
        self.state = "ready"

    def _gather(self) -> None:
        with self._changed:
            changed, self._conversations = self._conversations, set()
        if changed and self._version is not None:
            waiting = self._workspace.scores.unscored_of(self._version_id(self._version), changed)
            queued = set(self._fresh)
            self._fresh.extend(reply for reply in waiting if reply not in queued)

    def _version_id(self, active: str | None) -> int:
        assert active is not None
        known = self._workspace.scores.version_id(active)
        if known is not None:
            return known
        return self._workspace.scores.register_version(active, Versions(self._workspace).scorecard_id(active))

    def _score(self, ids: list[int]) -> None:
        ScoreReplies(self._workspace, self._process, device=self._device, only=ids).run(self)

    def _pause(self, state: State, reason: str) -> None:
        log.warning("scoring of fresh replies waits: %s", reason)
        self.state = state
        self._version = None  # begin again from what the store says
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, timeout=_RETRY_SECONDS)
