"""What the worker does for queues."""

from datetime import datetime

from onedoor.domain.queue.actions.appointments_tending import (
    end_appointments,
    forget_appointments,
    tend_waiting_lists,
)
from onedoor.domain.queue.actions.evening import end_days, end_past_days
from onedoor.domain.queue.actions.forgetting import forget_tickets
from onedoor.domain.queue.actions.learning import learn_waits
from onedoor.domain.queue.actions.phone import forget_past_wishes, tell_who_is_soon
from onedoor.kernel.clock import every
from onedoor.kernel.scope import Actor


@every(seconds=600)
def end_tickets_of_past_days(*, at: datetime) -> int:
    """Nobody waits over night: who was not served before the day ended keeps the place, or has left."""
    return end_past_days(by=Actor.system(), at=at)


@every(seconds=300)
def end_forgotten_days(*, at: datetime) -> int:
    """An hour after closing, places are kept where nobody ended the day."""
    return end_days(by=Actor.system(), at=at)


@every(seconds=20)
def learn_of_past_days(*, at: datetime) -> int:
    """Every night each hall's waits are learnt anew, one hall after another."""
    return learn_waits(by=Actor.system(), at=at)


@every(seconds=60)
def end_what_was_booked(*, at: datetime) -> int:
    """Appointments end with their tickets, or an hour after their time."""
    return end_appointments(by=Actor.system(), at=at)


@every(seconds=60)
def pass_freed_times_on(*, at: datetime) -> int:
    """Freed times are offered to who waits for them, and offers that were not taken to the next."""
    return tend_waiting_lists(by=Actor.system(), at=at)


@every(seconds=3600)
def forget_who_was_booked(*, at: datetime) -> int:
    """Names and numbers of appointments long past are destroyed."""
    return forget_appointments(by=Actor.system(), at=at)


@every(seconds=5)
def tell_whose_turn_is_near(*, at: datetime) -> int:
    """Who asked for it is told when so many are before them."""
    return tell_who_is_soon(at=at)


@every(seconds=600)
def forget_wishes_of_past_days(*, at: datetime) -> int:
    """Numbers that people left to be told of their turn are destroyed when the day is over."""
    return forget_past_wishes(at=at)


@every(seconds=3600)
def forget_who_took_tickets(*, at: datetime) -> int:
    """Names, marks and needs left with visits long past are destroyed."""
    return forget_tickets(by=Actor.system(), at=at)
