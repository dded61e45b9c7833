"""A counter with its officer: calls the next, waits for the person, serves, and begins again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.scope import Actor
from onedoor.tools.simulator.cash import close_drawer, open_drawer

if TYPE_CHECKING:
    from onedoor.tools.simulator.visits import Centre

At = Callable[[datetime], None]


class Counter:
    """One counter; free until somebody waits."""

    def __init__(self, centre: Centre, id: UUID, by: Actor) -> None:
        self.centre, self.id, self.by = centre, id, by
        self.free_from: datetime | None = None
        self.planned = False

    def open(self, at: datetime, *, end: datetime) -> None:
        """The officer sits down and opens the drawer; half an hour after the end it is counted."""
        centres.set_counter_state(by=self.by, at=at, counter=self.id, state="open")
        self.free_from = at
        drawer = open_drawer(self.by, at, centre=self.centre.view.id, counter=self.id)
        if drawer is not None:
            self._clock(end + timedelta(minutes=29), lambda when: close_drawer(self.by, when, session=drawer))

    def look(self, at: datetime) -> None:
        """Somebody has come: a free counter calls."""
        if self.free_from is not None and not self.planned:
            self.planned = True
            self._clock(max(at, self.free_from) + timedelta(seconds=5), self._call)

    def _call(self, at: datetime) -> None:
        self.planned = False
        if self.free_from is None or not centres.is_open(self.centre.view.id, at):
            return
        try:
            ticket = queue.call_next(by=self.by, at=at, counter=self.id)
        except queue.NobodyWaits:
            return
        self.free_from = None
        pause = timedelta(seconds=self.centre.chance.randrange(20, 90))
        if self.centre.chance.random() < 0.05:
            self._clock(at + 2 * pause, lambda when: self._miss(ticket.id, when))
        else:
            self._clock(at + pause, lambda when: self._begin(ticket.id, when))

    def _miss(self, ticket: UUID, at: datetime) -> None:
        queue.miss(by=self.by, at=at, ticket=ticket)
        self.centre.report.missed += 1
        self._free(at)

    def _begin(self, ticket: UUID, at: datetime) -> None:
        held = queue.start(by=self.by, at=at, ticket=ticket)
        talk = timedelta(seconds=self.centre.chance.randrange(330, 1100))
        self._clock(at + talk, lambda when: self._end(held, when))

    def _end(self, ticket: queue.Ticket, at: datetime) -> None:
        self.centre.serve(ticket, self.by, at)
        queue.finish(by=self.by, at=at, ticket=ticket.id)
        self.centre.report.served += 1
        answer = at + timedelta(minutes=self.centre.chance.randrange(1, 50))
        self._clock(answer, self.centre.say_how_it_was(ticket.visit))
        self._free(at)

    def _free(self, at: datetime) -> None:
        self.free_from = at
        self.look(at)

    def _clock(self, at: datetime, happening: At) -> None:
        self.centre.clock.at(at, happening)
