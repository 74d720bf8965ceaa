"""How many calls a day may cost something."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Budget:
    """`calls` a day, counted in this process; days change at midnight UTC. Safe to share between threads."""

    def __init__(self, calls: int, now: Callable[[], float]) -> None:
        """`now` gives Unix seconds."""
        self._calls = calls
        self._now = now
        self._lock = threading.Lock()
        self._day = -1
        self._spent = 0

    def take(self) -> bool:
        """Spends one call; False when today's are used up."""
        with self._lock:
            day = int(self._now() // 86_400)
            if day != self._day:
                self._day, self._spent = day, 0
            if self._spent >= self._calls:
                return False
            self._spent += 1
            return True
