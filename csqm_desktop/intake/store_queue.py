"""Between posts and the store: a bounded queue, and one thread that stores all that waits in one transaction.

While the disk confirms one transaction the next posts gather, so that the wait is shared by as many as come. A
post is answered when its messages are stored, never before; when the queue is full it is refused, never dropped.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice

from csqm_desktop import logs
from csqm_desktop.domain.conversation import IncomingMessage
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import Item
from csqm_desktop.jobs.live_store import LiveStore
from csqm_desktop.store.workspace import Workspace

log = logging.getLogger(__name__)

CAPACITY = 2000  # messages
MOST_AT_ONCE = 500  # messages in one transaction


class QueueFull(Exception):  # noqa: N818 -- an answer, not a fault
    """There is no room for these messages now."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one post: for each of its messages whether it was known before; how many rows were refused."""

    known: tuple[bool, ...]
    rejected: int = 0

    @property
    def added(self) -> int:
        """How many messages are new."""
        return sum(not known for known in self.known)


@dataclass(frozen=True, slots=True)
class _Post:
    origin: str
    format: str
    items: Sequence[Item]
    future: Future[Stored]


class StoreQueue:
    """Takes posts from any thread. ``on_stored`` hears, in the storing thread, which conversations changed."""

    def __init__(self, workspace: Workspace, on_stored: Callable[[set[str]], None], capacity: int = CAPACITY) -> None:
        self._workspace = workspace
        self._on_stored = on_stored
        self.capacity = capacity
        self._waiting: deque[_Post] = deque()
        self._changed = threading.Condition()
        self._size = 0  # messages waiting or being stored
        self._closed = False
        self._stores: dict[tuple[str, str], LiveStore] = {}
        self._thread = threading.Thread(target=self._work, name="intake-store", daemon=True)

    def start(self) -> None:
        """Start storing."""
        self._thread.start()

    @property
    def size(self) -> int:
        """Messages taken and not stored yet."""
        return self._size

    def submit(self, origin: str, file_format: str, items: Sequence[Item]) -> Future[Stored]:
        """Take a post; ``QueueFull`` when there is no room or the intake is closing.

        The future fails with ``CsqmError`` when the messages could not be stored.
        """
        future: Future[Stored] = Future()
        with self._changed:
            if self._closed or (self._size and self._size + len(items) > self.capacity):
                raise QueueFull
            self._size += len(items)
            self._waiting.append(_Post(origin, file_format, items, future))
            self._changed.notify()
        return future

    def close(self) -> None:
        """Take no more, store what was taken, stop."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join()

    # -- in the storing thread

    def _work(self) -> None:
        durable = False
        while posts := self._next():
            try:
                if not durable:
                    self._workspace.database.durable()
                    durable = True
                self._store(posts)
            finally:
                with self._changed:
                    self._size -= sum(len(post.items) for post in posts)

    def _next(self) -> list[_Post]:
        """All that waits, up to a transaction's worth; nothing when the queue is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            posts: list[_Post] = []
            count = 0
            while self._waiting and (not posts or count + len(self._waiting[0].items) <= MOST_AT_ONCE):
                posts.append(self._waiting.popleft())
                count += len(posts[-1].items)
            return posts

    def _store(self, posts: list[_Post]) -> None:
        try:
            outcomes = self._in_one_transaction(posts)
        except CsqmError as error:  # the disk, or another program that holds the database: nothing is stored
            for post in posts:
                post.future.set_exception(error)
            return
        except Exception as error:  # noqa: BLE001 -- a post that we cannot handle must not take the others with it
            if len(posts) == 1:
                log.error("a post of %d messages could not be stored: %s", len(posts[0].items), type(error).__name__)
                posts[0].future.set_exception(CsqmError("unexpected", reason=type(error).__name__, log=logs.log_file()))
                return
            for post in posts:
                self._store([post])
            return
        self._on_stored({item.conversation_id for post in posts for item in _messages(post)})
        for post, outcome in zip(posts, outcomes, strict=True):
            post.future.set_result(outcome)

    def _in_one_transaction(self, posts: list[_Post]) -> list[Stored]:
        outcomes: list[Stored | None] = [None] * len(posts)
        groups: dict[tuple[str, str], list[int]] = {}
        for place, post in enumerate(posts):
            groups.setdefault((post.origin, post.format), []).append(place)
        with self._workspace.database.transaction():
            for key, places in groups.items():
                store = self._stores.setdefault(key, LiveStore(self._workspace, *key))
                known = iter(store.store([item for place in places for item in posts[place].items]).known)
                for place in places:
                    count = len(_messages(posts[place]))
                    outcomes[place] = Stored(tuple(islice(known, count)), len(posts[place].items) - count)
        return [outcome for outcome in outcomes if outcome is not None]


def _messages(post: _Post) -> list[IncomingMessage]:
    return [item for item in post.items if isinstance(item, IncomingMessage)]
