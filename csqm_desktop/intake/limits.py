"""How much one sender may post: a bucket of tokens for each, refilled at a steady pace."""

from __future__ import annotations

import time
from collections.abc import Callable

_MOST_SENDERS = 10_000


class RateLimit:
    """Allows ``rate`` units a second on average for each sender, and ``burst`` of them at once."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}  # sender: units left, when that was

    def take(self, sender: str, units: float = 1.0) -> float:
        """Take units and return 0, or take nothing and return the seconds to wait.

        More than a whole bucket may be taken from a full one; the debt is paid by waiting afterwards.
        """
        now = self._clock()
        left, at = self._buckets.get(sender, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._rate)
        if left < min(units, self._burst):
            self._buckets[sender] = left, now
            return (min(units, self._burst) - left) / self._rate
        if len(self._buckets) >= _MOST_SENDERS:
            self._buckets.clear()
        self._buckets[sender] = left - units, now
        return 0.0
