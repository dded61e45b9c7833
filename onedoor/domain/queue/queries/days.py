"""The day of a centre, its counters and the letters of its services."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.errors import CounterUnknown
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.rules import letter_of
from onedoor.kernel.errors import Missing


def today_at(*, centre: UUID, at: datetime) -> date:
    """The date at the centre."""
    return today_of(centres.centre(centre), at)


def today_of(view: centres.CentreView | centres.CounterView, at: datetime) -> date:
    """The same for a centre, or one of its counters, that is already at hand."""
    return at.astimezone(ZoneInfo(view.zone)).date()


def counter_now(counter: UUID) -> centres.CounterView:
    """The counter as it stands.

    Raises:
        CounterUnknown: there is none.
    """
    try:
        return centres.counter(counter)
    except Missing as none:
        raise CounterUnknown from none


def letter_at(view: centres.CentreView, *, service: UUID, day: date) -> str | None:
    """The letter of a service's tickets at a centre: by its place among the centre's offers; None when not offered."""
    offers = sorted(view.offers, key=lambda offer: (offer.valid_from, offer.service.hex))
    places = list(dict.fromkeys(offer.service for offer in offers))
    if not any(offer.service == service and offer.holds_on(day) for offer in offers):
        return None
    return letter_of(places.index(service))


def today_rows(centre: UUID, at: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.filter(centre_id=centre, day=today_at(centre=centre, at=at))
