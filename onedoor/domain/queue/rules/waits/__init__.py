"""How long somebody will wait: a likely time with an interval that is kept nine times of ten, and when it is quiet."""

from onedoor.domain.queue.rules.waits.busy import Busy, HalfHour
from onedoor.domain.queue.rules.waits.expected import Expected, Why, guessed

__all__ = ["Busy", "Expected", "HalfHour", "Why", "guessed"]
