"""What the worker does for queues."""

from datetime import datetime

from onedoor.domain.queue.actions.evening import end_days, end_past_days
from onedoor.domain.queue.actions.learning import learn_waits
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
