"""A bar for the person who waits; plain lines where nobody watches a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self


class Bar:
    """`with Bar("A morning", 120) as bar: bar.step()`; writes to the error stream."""

    def __init__(self, title: str, total: int) -> None:
        self.title, self.total, self.done = title, max(1, total), 0
        self.watched = sys.stderr.isatty()
        self.began = self.drawn = time.monotonic()

    def __enter__(self) -> Self:
        self._draw()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None
    ) -> None:
        self._draw()
        if self.watched:
            sys.stderr.write("\n")

    def step(self, count: int = 1) -> None:
        """So much more is done."""
        self.done = min(self.total, self.done + count)
        pause = 0.1 if self.watched else 5.0
        if time.monotonic() - self.drawn > pause:
            self._draw()

    def _draw(self) -> None:
        self.drawn = time.monotonic()
        filled = 30 * self.done // self.total
        text = f"{self.title} [{'█' * filled}{'·' * (30 - filled)}] {self.done}/{self.total} {self.drawn - self.began:.0f} s"
        sys.stderr.write(f"\r{text}" if self.watched else f"{text}\n")
        sys.stderr.flush()


def say(text: str) -> None:
    """One line of progress."""
    print(text, file=sys.stderr, flush=True)
