"""What a telephone was promised about its ticket."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models.phone import Watch
from onedoor.domain.queue.models.tables import Ticket
from onedoor.domain.queue.rules.phone import MOST_PUT_OFF, absent_until, has_not_come
from onedoor.domain.queue.rules.steps import Status
from onedoor.kernel.scope import everything


@dataclass(frozen=True, kw_only=True)
class WatchView:
    """When one is told, whether by message too, and how often one may still ask for ten more minutes."""

    ahead: int | None = None
    by_message: bool = False
    told: bool = False
    more: int = MOST_PUT_OFF
    until: datetime | None = None
    here: bool = True


def absent(ticket: Ticket) -> bool:
    """Whether somebody took it from home and has not come."""
    zone = ZoneInfo(centres.centre(ticket.centre_id).zone)
    return has_not_come(origin=ticket.origin, not_before=ticket.not_before, day=ticket.day, zone=zone)


def on_their_way(centre: UUID, *, day: date) -> list[Ticket]:
    """Who took a place from home for a day and has not come: in the order of the line, all of them (`MOST_NOT_HERE`)."""
    until = absent_until(day, ZoneInfo(centres.centre(centre).zone))
    rows = Ticket.objects.filter(
        centre_id=centre, day=day, status=Status.WAITING, origin="home", not_before=until
    )
    return list(rows.order_by("place", "id"))


def watch_of(ticket: Ticket, *, at: datetime) -> WatchView:
    """What is asked for a ticket; whoever asks has proved that it is theirs."""
    with everything("the page of the person whose ticket it is"):
        held = Watch.objects.filter(ticket=ticket.id).first()
    until = ticket.not_before if ticket.not_before and ticket.not_before > at else None
    here = not absent(ticket)
    if held is None:
        return WatchView(until=until, here=here)
    return WatchView(
        ahead=held.ahead,
        by_message=held.sealed is not None,
        told=held.told_at is not None,
        more=max(0, MOST_PUT_OFF - held.put_off),
        until=until,
        here=here,
    )
