"""A lane: some people who take what lies there in the order in which it came, during their office's hours."""

import heapq
from collections import defaultdict
from datetime import date

from onedoor.domain.planning.rules.hours import Hours


class Lane:
    """So many people at one office, each with one thing at a time; how long they were busy is kept by day."""

    def __init__(self, people: int, hours: Hours) -> None:
        self.people = max(1, people)
        self.hours = hours
        self.free = [0.0] * self.people
        self.busy = 0.0
        self.waited = 0.0
        self.taken = 0
        self.beside = 0.0
        self.by_day: defaultdict[date, float] = defaultdict(float)

    def take(self, ready: float, work: float) -> float:
        """When something is done that lies ready now and takes so many office seconds; callers come in order of time."""
        start, done = self._go(ready, work)
        self.note(start, work, done)
        self.waited += self.hours.between(ready, start)
        return done

    def lend(self, ready: float, work: float) -> float:
        """The same for something of another service: it takes these people's time, and is counted apart."""
        _start, done = self._go(ready, work)
        self.beside += work
        return done

    def _go(self, ready: float, work: float) -> tuple[float, float]:
        start = max(ready, heapq.heappop(self.free))
        done = self.hours.after(start, work)
        heapq.heappush(self.free, done)
        return start, done

    def note(self, start: float, work: float, done: float) -> None:
        """Count work on the day on which it was done."""
        self.busy += work
        self.taken += 1
        self.by_day[self.hours.day(done)] += work
