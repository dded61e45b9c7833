"""What a telephone was promised about its ticket."""

from dataclasses import dataclass
from datetime import datetime

from onedoor.domain.queue.models.phone import Watch
from onedoor.domain.queue.models.tables import Ticket
from onedoor.domain.queue.rules.phone import MOST_PUT_OFF
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


def watch_of(ticket: Ticket, *, at: datetime) -> WatchView:
    """What is asked for a ticket; whoever asks has proved that it is theirs."""
    with everything("the page of the person whose ticket it is"):
        held = Watch.objects.filter(ticket=ticket.id).first()
    until = ticket.not_before if ticket.not_before and ticket.not_before > at else None
    here = not (ticket.origin == "home" and ticket.not_before is not None)
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
