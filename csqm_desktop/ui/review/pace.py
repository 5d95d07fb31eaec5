"""How long replies take: the time spent on one, without the breaks, and the pace of the session."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

BREAK = 60.0  # seconds without any sign of life after which the clock stands still


class Pace:
    """A clock that only runs while somebody works."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._base = 0.0
        self._last = now()
        self._times: list[float] = []

    def begin(self, already: float = 0.0) -> None:
        """Another reply is in hand; ``already`` seconds were spent on it before."""
        self._base = already
        self._last = self._now()

    def touch(self) -> None:
        """The reviewer did something."""
        now = self._now()
        self._base += min(now - self._last, BREAK)
        self._last = now

    def seconds(self) -> float:
        """The time spent on the reply in hand."""
        return self._base + min(self._now() - self._last, BREAK)

    def decided(self, seconds: float) -> None:
        """A reply was finished."""
        self._times.append(seconds)

    def revoked(self) -> None:
        """The last one was taken back."""
        if self._times:
            self._times.pop()

    @property
    def done(self) -> int:
        """Replies finished in this session."""
        return len(self._times)

    @property
    def typical(self) -> float | None:
        """The middle time of the last replies; None while there are too few."""
        return statistics.median(self._times[-30:]) if len(self._times) >= 3 else None
