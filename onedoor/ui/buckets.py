"""How often somebody may do something: a bucket for each, refilled evenly, in the memory of each web process."""

from __future__ import annotations

from collections.abc import Hashable
from math import ceil
from threading import Lock
from typing import NamedTuple

MOST_KNOWN = 20_000
"""Askers that a bucket remembers; beyond it those who have not asked for a window are forgotten, then everybody."""


class Taken(NamedTuple):
    """Whether one was there, how many are left, and the seconds until there is another one and until all are back."""

    allowed: bool
    left: int
    another: int
    whole: int


class Bucket:
    """So many requests in a window; unused ones are saved up to the whole of it.

    Args:
        name: as it stands in the headers.
        most: requests in a window, and at once.
        window: seconds.
    """

    def __init__(self, name: str, *, most: int, window: int = 60) -> None:
        self.name, self.most, self.window = name, most, window
        self.policy = f'"{name}";q={most};w={window}'
        self._held: dict[Hashable, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, who: Hashable, *, at: float) -> Taken:
        """Take one, if there is one.

        Args:
            at: seconds of a clock that never goes back.
        """
        rate = self.most / self.window
        with self._lock:
            left, since = self._held.get(who, (float(self.most), at))
            left = min(self.most, left + (at - since) * rate)
            allowed = left >= 1
            if allowed:
                left -= 1
            self._held[who] = (left, at)
            if len(self._held) > MOST_KNOWN:
                self._forget(at)
        return Taken(allowed, int(left), ceil((1 - left) / rate), ceil((self.most - left) / rate))

    def reset(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._held = {}

    def _forget(self, at: float) -> None:
        recent = {who: held for who, held in self._held.items() if at - held[1] < self.window}
        self._held = recent if len(recent) < MOST_KNOWN else {}
