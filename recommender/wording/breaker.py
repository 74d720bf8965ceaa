"""A circuit breaker: who fails again and again is left alone for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Breaker:
    """Open for `rest` seconds after `most` failures in a row, then one call tries. Safe to share between threads."""

    def __init__(self, now: Callable[[], float], most: int = 3, rest: float = 30.0) -> None:
        """`now` gives seconds of a clock that never goes back."""
        self._now = now
        self._most = most
        self._rest = rest
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_again = 0.0

    def allows(self) -> bool:
        """Whether a call may be made now; of those who ask after a rest only the first may."""
        with self._lock:
            if self._failures < self._most:
                return True
            if self._now() < self._closed_again:
                return False
            self._closed_again = self._now() + self._rest
            return True

    def succeeded(self) -> None:
        """A call went well."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """A call failed."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._most:
                self._closed_again = self._now() + self._rest
