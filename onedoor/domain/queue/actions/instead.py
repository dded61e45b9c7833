"""At closing time: who waits, or whose place was kept, takes an appointment in place of the place in line."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.notices import api as notices
from onedoor.domain.queue.actions.appointments import book
from onedoor.domain.queue.actions.asking import Asking
from onedoor.domain.queue.actions.locking import locked
from onedoor.domain.queue.errors import TicketHasMoved
from onedoor.domain.queue.events import TicketLeft
from onedoor.domain.queue.models import Appointment, update_ticket
from onedoor.domain.queue.permissions import BOOK
from onedoor.domain.queue.queries.appointments import appointment, code_of, phone_of
from onedoor.domain.queue.queries.instead import instead_of
from onedoor.domain.queue.rules.keeping import KEPT_IN_THE_EVENING
from onedoor.domain.queue.rules.steps import Status
from onedoor.kernel.scope import Actor

INSTEAD = "instead"


def book_instead(
    *, by: Actor, at: datetime, centre: UUID, ticket: UUID, starts: datetime, name: str, phone: str, id: UUID
) -> Appointment:
    """Promise who stands in line a time on another day, end the ticket, and tell the person; the rules of any appointment hold.

    Args:
        name: the ticket's own where it is empty. id: drawn by the form, so that sending twice books once.

    Raises:
        TicketUnknown, TicketHasMoved, SlotIsTaken, DayCannotBeBooked, TooManyAppointments, NameOrPhoneInvalid, BookingIsWrong.
    """
    require(by, BOOK, at=centre)
    with transaction.atomic():
        held = locked(ticket=ticket, centre=centre, by=by)
        if held.status == Status.LEFT and held.appointment_id == id:
            return appointment(id, centre=centre)
        if held.status not in KEPT_IN_THE_EVENING:
            raise TicketHasMoved
        asked = instead_of(held)
        asking = Asking(
            centre=centre,
            service=held.service_id,
            services=asked.services,
            name=name.strip() or held.name,
            phone=phone,
            channel=asked.channel,
            people=asked.people,
            help=held.help.split(),
            id=id,
        )
        made = book(by=by, at=at, asking=asking, starts=starts)
        held.status, held.ended_at, held.appointment_id = Status.LEFT.value, at, made.id
        news = TicketLeft(visit=held.visit, service=held.service_id, number=held.number)
        update_ticket(held, centre=centre, event=news, by=by, at=at, once=None)
        notices.tell(
            by=by,
            at=at,
            centre=centre,
            subject=made.id,
            kind=INSTEAD,
            values={"number": held.number, "when": starts, "code": code_of(made.id)},
            phone=phone_of(made) or None,
            language=made.language,
        )
    return made
