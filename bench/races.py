"""Ten thousand times two counters at once for one ticket, and two people at once for one booked time: one winner each.

Real transactions on two connections; the loser of a call is told that nobody waits, of a booking that the time is taken.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.harness import finish, node, say

RACES = int(os.environ.get("BENCH_RACES", "10000"))
GOALS = {"races": (">=", 2 * RACES), "winners": (">=", 2 * RACES), "without_one_winner": ("<=", 0)}


def main() -> None:
    """Both races, half and half on two threads with a connection each."""
    with node():
        hall = Hall()
        began = time.perf_counter()
        calls = at_once(hall.ticket, hall.call, RACES)
        say(f"{RACES} races for a ticket in {time.perf_counter() - began:.0f} s")
        began = time.perf_counter()
        seats = at_once(hall.slot, hall.book, RACES)
        say(f"{RACES} races for a time in {time.perf_counter() - began:.0f} s")
        figures: dict[str, Any] = {
            "races": len(calls) + len(seats),
            "winners": sum(calls) + sum(seats),
            "without_one_winner": sum(won != 1 for won in calls + seats),
            "for_a_ticket": sum(calls),
            "for_a_time": sum(seats),
        }
    finish("races", figures, GOALS)


class Hall:
    """A centre that is open around the clock, with two counters that take one ticket at a time and one free time at a time."""

    def __init__(self) -> None:
        from bench.frontline import Stage
        from onedoor.domain.queue import api as queue

        self.stage = Stage("http://127.0.0.1:1")
        self.queue = queue
        self.counters = list(self.stage.counters.values())[:2]
        self.free: list[Any] = []
        self.race = 0
        self.wanted: Any = None
        self.winner: Any = None

    def ticket(self) -> None:
        """One person comes."""
        at, by = self._now()
        self.queue.take_ticket(by=by, at=at, centre=self.stage.view.id, service=self.stage.service)

    def call(self, number: int) -> bool:
        """One of the counters calls; whoever it gets is served at once."""
        at, by = self._now()
        try:
            got = self.queue.call_next(by=by, at=at, counter=self.counters[number])
        except self.queue.NobodyWaits:
            return False
        self.queue.start(by=by, at=at, ticket=got.id)
        self.queue.finish(by=by, at=at, ticket=got.id)
        return True

    def slot(self) -> None:
        """A time that one person can have: the winner of the race before gives it back."""
        at, by = self._now()
        if self.winner is not None:
            self.queue.cancel(by=by, at=at, appointment=self.winner)
            self.winner = None
        if not self.free:
            self.free = self._free_times()
        self.race += 1
        self.wanted = self.free[self.race % len(self.free)]

    def _free_times(self) -> list[Any]:
        """The times of a coming day, after the centre promises one counter and no more."""
        at, by = self._now()
        few = self.queue.BookingRule(share=13, channels={"portal": 100, "calls": 0, "centre": 0})
        self.queue.save_booking_rule(by=by, at=at, centre=self.stage.view.id, rule=few)
        asked = self.queue.Booking(services=(self.stage.service,), channel="portal")
        for ahead in range(2, 10):
            day = self.queue.today_at(centre=self.stage.view.id, at=at) + timedelta(days=ahead)
            found = self.queue.free_slots(self.stage.view, asked=asked, day=day, at=at)
            if len(found) > 8:
                return [one.starts for one in found]
        raise SystemExit("no coming day has times")

    def book(self, number: int) -> bool:
        """One of two people asks for the time."""
        at, by = self._now()
        try:
            made = self.queue.book(
                by=by,
                at=at,
                asking=self.queue.Asking(
                    centre=self.stage.view.id,
                    service=self.stage.service,
                    name="b",
                    phone=f"020 {number + 5}{self.race:07}",
                ),
                starts=self.wanted,
            )
        except self.queue.SlotIsTaken:
            return False
        self.winner = made.id
        return True

    def _now(self) -> tuple[Any, Any]:
        from onedoor.kernel.clock import now
        from onedoor.kernel.scope import Actor

        return now(), Actor.system()


def at_once(prepare: Callable[[], None], act: Callable[[int], bool], times: int) -> list[int]:
    """How many won in each race; both begin together, and the next begins when both are back."""
    from django.db import connection

    gate, won = threading.Barrier(2, timeout=60), [[False, False] for _ in range(times)]
    faults: list[BaseException] = []

    def runner(number: int) -> None:
        try:
            for race in range(times):
                if number == 0:
                    prepare()
                gate.wait()
                won[race][number] = act(number)
                gate.wait()
        except BaseException as fault:
            faults.append(fault)
            gate.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=runner, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return [sum(each) for each in won]


if __name__ == "__main__":
    main()
