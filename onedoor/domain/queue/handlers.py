"""News that the queue hears from below: a counter or a centre closes, a day becomes a holiday."""

from onedoor.domain.centres import api as centres
from onedoor.domain.centres.api import CentreClosed, CounterClosed, HolidayDeclared, StopCancelled, StopMoved
from onedoor.domain.queue.actions.closing import free_counter, give_up_stop, keep_shut_day
from onedoor.kernel.i18n.shown import ZONE
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


@reaction(StopCancelled, writes="queue.Appointment")
def cancel_who_was_booked_for_a_stop(letter: Letter, event: StopCancelled) -> None:
    """A stop will not be held: nobody walks to it with an appointment."""
    if letter.centre is not None and event.announced:
        give_up_stop(at=letter.at, centre=letter.centre, day=event.day)


@reaction(StopMoved, writes="queue.Appointment")
def cancel_who_was_booked_where_a_stop_was(letter: Letter, event: StopMoved) -> None:
    """A stop stands at another time or place than people booked: nobody walks to where it was."""
    if letter.centre is not None:
        left = (event.since, event.until) if event.elsewhere else None
        day = event.since.astimezone(ZONE).date()
        give_up_stop(at=letter.at, centre=letter.centre, day=day, left=left)


@reaction(HolidayDeclared, writes="queue.Ticket")
def keep_places_of_a_holiday(letter: Letter, event: HolidayDeclared) -> None:
    """A holiday declared today: whoever waits, or has a place kept for it, keeps it for the next open day."""
    if not event.cancelled:
        keep_shut_day(by=Actor.system(), at=letter.at, since=None, last=event.day, centre=None)
