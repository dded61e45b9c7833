"""News that the queue hears from below: a counter or a centre closes, a day becomes a holiday."""

from onedoor.domain.centres import api as centres
from onedoor.domain.centres.api import CentreClosed, CounterClosed, HolidayDeclared
from onedoor.domain.queue.actions.closing import free_counter, keep_shut_day
from onedoor.kernel.letters import Letter, reaction
from onedoor.kernel.scope import Actor


@reaction(CounterClosed, writes="queue.Ticket")
def let_people_go_on(letter: Letter, event: CounterClosed) -> None:
    """Who was called to a counter that closes waits again at their place; who was bound to it may be called by any."""
    if letter.centre is None:
        return
    try:
        held = centres.counter_by_code(letter.centre, event.code)
    except centres.UnknownCounter:  # the counter itself has not arrived at this node
        return
    if held.state == "closed":
        free_counter(by=Actor.system(), at=letter.at, counter=held.id, centre=letter.centre)


@reaction(CentreClosed, writes="queue.Ticket")
def keep_places_of_closed_days(letter: Letter, event: CentreClosed) -> None:
    """However a centre was closed, no place is left in the line of a day on which it does not open."""
    if letter.centre is not None and event.kind == "unplanned":
        keep_shut_day(
            by=Actor.system(), at=letter.at, since=event.since, last=event.last, centre=letter.centre
        )


@reaction(HolidayDeclared, writes="queue.Ticket")
def keep_places_of_a_holiday(letter: Letter, event: HolidayDeclared) -> None:
    """A holiday declared today: whoever waits, or has a place kept for it, keeps it for the next open day."""
    if not event.cancelled:
        keep_shut_day(by=Actor.system(), at=letter.at, since=None, last=event.day, centre=None)
