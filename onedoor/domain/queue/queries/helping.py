"""Help at a centre: what was asked for today, who comes, and what is missing somebody."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onedoor.domain.queue.errors import HelpUnknown
from onedoor.domain.queue.models import Help, Ticket
from onedoor.domain.queue.rules import AT_COUNTER, OPEN
from onedoor.domain.queue.rules.helping import OPEN_HELP, is_missing
from onedoor.kernel.scope import everything

OURS = "a visit's id is known only to those who serve it"


@dataclass(frozen=True, kw_only=True)
class HelpView:
    """A request with the ticket of the person; ``missing`` says that it wants attention now."""

    help: Help
    ticket: Ticket | None
    missing: bool


def help_of(id: UUID, *, centre: UUID) -> Help:
    """One request of a centre.

    Raises:
        HelpUnknown: there is none.
    """
    held = Help.objects.filter(id=id, centre_id=centre).first()
    if held is None:
        raise HelpUnknown
    return held


def helps_today(centre: UUID, *, day: date, at: datetime) -> tuple[HelpView, ...]:
    """What was asked for at a centre on a day and is not over: what is missing somebody first, then by time."""
    rows = list(Help.objects.filter(centre_id=centre, day=day, state__in=OPEN_HELP))
    tickets = {
        held.visit: held
        for held in Ticket.objects.filter(
            centre_id=centre, day=day, visit__in=[row.visit for row in rows]
        ).order_by("issued_at")
    }
    seen = [_view(row, tickets.get(row.visit), at) for row in rows if _waits(tickets.get(row.visit))]
    return tuple(sorted(seen, key=lambda one: (not one.missing, one.help.due_at or one.help.asked_at)))


def helps_coming(centre: UUID, *, after: date, until: date) -> tuple[HelpView, ...]:
    """What was asked for with the appointments of the days to come, by time: who is to come can be booked before."""
    rows = Help.objects.filter(
        centre_id=centre, day__gt=after, day__lte=until, state__in=OPEN_HELP, due_at__isnull=False
    )
    return tuple(HelpView(help=row, ticket=None, missing=False) for row in rows.order_by("due_at", "id"))


def _waits(ticket: Ticket | None) -> bool:
    """A request counts while its person is expected or here; who left needs nobody any more."""
    return ticket is None or ticket.status in OPEN


def helps_of(*, visit: UUID) -> tuple[Help, ...]:
    """The open requests of a visit, for its own page and its counter."""
    with everything(OURS):
        return tuple(Help.objects.filter(visit=visit, state__in=OPEN_HELP).order_by("asked_at", "id"))


def _view(row: Help, ticket: Ticket | None, at: datetime) -> HelpView:
    called = ticket is not None and ticket.status in AT_COUNTER
    missing = is_missing(state=row.state, asked_at=row.asked_at, due_at=row.due_at, called=called, at=at)
    return HelpView(help=row, ticket=ticket, missing=missing)
