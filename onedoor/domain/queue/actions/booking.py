"""The parts that booking, moving and offering share: who may, which seats, writing a time; all under the lock of a day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access.api import require
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions.stopping import refuse_full_stop
from onedoor.domain.queue.errors import (
    AppointmentHasMoved,
    AppointmentUnknown,
    BookingIsWrong,
    DayCannotBeBooked,
    ServiceNotOfferedHere,
    SlotIsTaken,
)
from onedoor.domain.queue.models import Appointment, give_seats, lock_appointment
from onedoor.domain.queue.permissions import BOOK
from onedoor.domain.queue.queries import phone_mark
from onedoor.domain.queue.queries.slots import (
    Booking,
    booking_of,
    booking_rule,
    centre_days,
    full_days,
    why_shut,
    wish_of,
)
from onedoor.domain.queue.rules.appointments import Standing
from onedoor.domain.queue.rules.booking import CHANNELS, BookingRule
from onedoor.domain.queue.rules.slots import SHUT_WORDS, Seat, may_have, seats_for
from onedoor.kernel.scope import Actor

OPEN_TO_ALL = "anybody may book at any centre"
FIRST_YEAR, LAST_YEAR = 2000, 2200
SHUT_BY_CALENDAR = ("past", "holiday", "closed", "not_offered")


def permit_channel(by: Actor, channel: str, centre: UUID) -> None:
    """The portal is open to all; the centre's own ways are for those who may book there."""
    if channel not in CHANNELS or channel != "portal":
        require(by, BOOK, at=centre)


def permit_own(by: Actor, held: Appointment) -> None:
    """Whoever holds the secret address acts as the public; everybody else needs the permission at its centre."""
    if by.kind not in ("public", "citizen"):
        require(by, BOOK, at=held.centre_id)


def found(appointment: UUID, *, centre: UUID | None = None) -> Appointment:
    """The appointment, locked.

    Raises:
        AppointmentUnknown: there is none, or not there.
    """
    held = lock_appointment(appointment)
    if held is None or centre not in (None, held.centre_id):
        raise AppointmentUnknown
    return held


def sent_before(id: UUID | None, *, centre: UUID, phone: str) -> Appointment | None:
    """The appointment that the same form made before; somebody else's id is unknown.

    Raises:
        AppointmentUnknown: the id stands for another person or centre.
        AppointmentHasMoved: it was cancelled since, or its offer is over; a form that was kept open books nothing.
    """
    held = Appointment.objects.filter(id=id).first() if id else None
    if held is not None and (held.centre_id != centre or bytes(held.phone_mark or b"") != phone_mark(phone)):
        raise AppointmentUnknown
    if held is not None and held.standing in (Standing.CANCELLED, Standing.EXPIRED):
        raise AppointmentHasMoved
    return held


def refuse_shut(held: Appointment, *, at: datetime) -> None:
    """A time that is held for somebody is over when the centre does not open then any more; terms that changed do not end it.

    Raises:
        DayCannotBeBooked: why.
    """
    view, rule = centres.centre(held.centre_id), booking_rule(held.centre_id)
    why = why_shut(view, asked=booking_of(held), day=held.day, at=at, rule=rule)
    if not why and held.starts_at is not None:
        local = held.starts_at.astimezone(ZoneInfo(view.zone)).time()
        opens = any(begins <= local < ends for begins, ends in centres.opening_of(view, held.day))
        why = "" if opens else "closed"
    if why in SHUT_BY_CALENDAR:
        raise DayCannotBeBooked(SHUT_WORDS.get(why), field="day")


def seats_now(
    view: centres.CentreView, rule: BookingRule, asked: Booking, *, starts: datetime, at: datetime
) -> list[Seat]:
    """The seats of a time, decided while its day is locked.

    Raises:
        SlotIsTaken, DayCannotBeBooked, ServiceNotOfferedHere.
    """
    day = day_of(view, starts)
    why = why_shut(view, asked=asked, day=day, at=at, rule=rule)
    if why == "not_offered":
        raise ServiceNotOfferedHere(centres.why_not(view, service=asked.services[0], on=day), field="starts")
    if why:
        raise DayCannotBeBooked(SHUT_WORDS.get(why), field="starts")
    refuse_full_stop(view, moment=starts, people=asked.people, moving=asked.moving)
    (known,) = centre_days(view, [day], rule=rule, moving=asked.moving)
    wish = wish_of(view, asked, day, rule=rule)
    seats = seats_for(known, rule, wish, starts=starts)
    fits = may_have(known, rule, wish, starts=starts, at=at)
    if seats is None or not fits or day in full_days(view, asked, [day], rule=rule):
        raise SlotIsTaken
    return seats


def shift_to(
    held: Appointment, seats: Sequence[Seat], *, starts: datetime, rule: BookingRule, view: centres.CentreView
) -> None:
    """Write another time into an appointment that is there."""
    held.sequence += held.starts_at is not None
    held.standing, held.offer_until = Standing.BOOKED.value, None
    held.day = day_of(view, starts)
    set_time(held, seats, starts=starts, rule=rule)
    held.save()
    give_seats(held, seats)


def set_time(held: Appointment, seats: Sequence[Seat], *, starts: datetime, rule: BookingRule) -> None:
    """The time from its first seat to the end of its last."""
    held.starts_at, held.ends_at = starts, seats[-1].at + timedelta(minutes=rule.step)


def day_of(view: centres.CentreView, starts: datetime) -> date:
    """The centre's day of an instant.

    Raises:
        BookingIsWrong: it is no instant, or out of every calendar.
    """
    if starts.tzinfo is None or not FIRST_YEAR <= starts.year <= LAST_YEAR:
        raise BookingIsWrong(field="starts")
    return starts.astimezone(ZoneInfo(view.zone)).date()
