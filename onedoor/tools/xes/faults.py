"""What can be wrong with a log: where, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(Exception):
    """From here on the log cannot be read; ``line`` is where that became clear, 0 before the first."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@dataclass(frozen=True)
class Left:
    """A trace that is left out whole: the line where it is broken, its name and the reason."""

    line: int
    trace: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: trace “{self.trace}” is left out: {self.reason}"
