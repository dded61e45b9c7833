"""What somebody asks for who books: said once, permitted, checked, and held so that it is decided one by one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions import appointments_said as said
from onedoor.domain.queue.actions.booking import OPEN_TO_ALL, permit_channel, sent_before
from onedoor.domain.queue.errors import BookedAlready
from onedoor.domain.queue.models import Appointment, lock_number
from onedoor.domain.queue.queries import phone_mark, today_at, today_of
from onedoor.domain.queue.queries.appointments import (
    address_mark,
    appointment_of_subject,
    code_mark,
    code_of,
    token_mark,
    token_of,
)
from onedoor.domain.queue.queries.slots import Booking, booking_rule
from onedoor.domain.queue.rules.booking import BookingRule
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who wants to come, where and for what.

    Args:
        channel: portal, calls or centre; the last two ask for the permission to book there.
        services: others that are done in the same visit; one time, long enough for all of them. help: codes, as with a ticket.
        address: network address of whoever books on the portal; counted, kept as a mark.
        subject: the case that is collected; one open appointment each. id: drawn by the form, so that sending twice books once.
    """

    centre: UUID
    service: UUID
    name: str
    phone: str
    channel: str = "portal"
    services: Sequence[UUID] = ()
    people: int = 1
    language: str = "lo"
    help: Sequence[str] = ()
    address: str = ""
    subject: UUID | None = None
    id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An asking that may be granted: the centre, its terms, the person, what free time is looked for, what was made before."""

    view: centres.CentreView
    rule: BookingRule
    who: said.Person
    booking: Booking
    before: Appointment | None


@contextmanager
def asked_for(asking: Asking, *, by: Actor, at: datetime) -> Iterator[Asked]:
    """Permit and check an asking, hold its telephone number in one transaction, and refuse who hoards.

    Raises:
        Refused, NameOrPhoneInvalid, BookingIsWrong, TooManyAppointments, BookedAlready, AppointmentUnknown (somebody else's id).
    """
    permit_channel(by, asking.channel, asking.centre)
    view, rule = centres.centre(asking.centre), booking_rule(asking.centre)
    who = said.person(
        at=at,
        rule=rule,
        name=asking.name,
        phone=asking.phone,
        language=asking.language,
        help=asking.help,
        people=asking.people,
        service=asking.service,
        services=asking.services,
    )
    booking = Booking(services=who.services, people=who.people, channel=asking.channel)
    with transaction.atomic(), everything(OPEN_TO_ALL):
        lock_number(phone_mark(who.phone))
        before = sent_before(asking.id, centre=asking.centre, phone=who.phone)
        if before is None:
            today = today_of(view, at)
            said.refuse_hoarding(today=today, rule=rule, phone=who.phone, address=asking.address)
            _refuse_second(asking.subject)
        yield Asked(view=view, rule=rule, who=who, booking=booking, before=before)


def _refuse_second(subject: UUID | None) -> None:
    """A case is collected once: who asks for it again is told; its bookings come one after another."""
    if subject is None:
        return
    lock_number(subject.bytes)
    if appointment_of_subject(subject) is not None:
        raise BookedAlready


def new_appointment(asking: Asking, *, day: date, at: datetime) -> Appointment:
    """An appointment with its code and address, not written yet."""
    made = Appointment(
        id=asking.id or new_id(),
        centre_id=asking.centre,
        service_id=asking.service,
        channel=asking.channel,
        day=day,
        visit=new_id(),
        subject=asking.subject,
        made_at=at,
        made_on=today_at(centre=asking.centre, at=at),
        address_mark=address_mark(asking.address) if asking.address else None,
    )
    made.code_mark = code_mark(code_of(made.id))
    made.token_mark = token_mark(token_of(made.id))
    return made
