"""What a booking says of a person, in order, and how they are told what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.domain.queue.errors import BookingIsWrong, TooManyAppointments
from onedoor.domain.queue.models import Appointment, lock_number
from onedoor.domain.queue.queries import phone_mark
from onedoor.domain.queue.queries.appointments import address_mark, code_of, phone_of
from onedoor.domain.queue.rules import coming, plain_name, plain_phone
from onedoor.domain.queue.rules.appointments import ALIVE, reminders_of
from onedoor.domain.queue.rules.booking import BookingRule
from onedoor.kernel.i18n import FALLBACK
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.letters import Payload
from onedoor.kernel.scope import Actor

LANGUAGES = ("lo", "en")
MOST_SERVICES = 4
FOR_LATER = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who comes, as they are kept: name, number in national form, language, what help they ask for."""

    name: str
    phone: str
    language: str
    help: str
    people: int
    services: tuple[UUID, ...]


def person(
    *,
    at: datetime,
    rule: BookingRule,
    name: str,
    phone: str,
    language: str,
    help: Sequence[str],
    people: int,
    service: UUID,
    services: Sequence[UUID],
) -> Person:
    """All that was said of a person, checked.

    Raises:
        NameOrPhoneInvalid, BookingIsWrong, TicketIsWrong: each names the field.
    """
    every = tuple(dict.fromkeys((service, *services)))
    if len(every) > MOST_SERVICES:
        raise BookingIsWrong(field="services", reason=_("At most four services in one appointment."))
    if not 1 <= people <= rule.most_people:
        reason = _("An appointment is for 1 to %(most)s people.") % {"most": rule.most_people}
        raise BookingIsWrong(field="people", reason=reason)
    told = coming(at=at, grounds=(), people=people, help=help)
    return Person(
        name=plain_name(name),
        phone=plain_phone(phone),
        language=language if language in LANGUAGES else FALLBACK[0],
        help=told.help,
        people=people,
        services=every,
    )


def refuse_hoarding(
    *, today: date, rule: BookingRule, phone: str, address: str, besides: UUID | None = None
) -> None:
    """One number holds at most so many open appointments, one address books at most so many a day; counted one by one.

    The number is held already, by whoever looked whether its form was sent before.

    Args:
        today: the centre's day.

    Raises:
        TooManyAppointments.
    """
    mark = phone_mark(phone)
    held = Appointment.objects.filter(phone_mark=mark, standing__in=ALIVE)
    others = held.exclude(id=besides) if besides is not None else held
    if others.count() >= rule.per_phone:
        reason = _(
            "This telephone number already has %(most)s open appointments. Cancel one of them before you book another."
        )
        raise TooManyAppointments(reason % {"most": rule.per_phone})
    if not address:
        return
    where = address_mark(address)
    lock_number(where)
    if Appointment.objects.filter(address_mark=where, made_on=today).count() >= rule.per_address:
        reason = _(
            "From here %(most)s appointments were booked today already. Ask the centre, or come and take a ticket."
        )
        raise TooManyAppointments(reason % {"most": rule.per_address})


def keep_person(appointment: Appointment, who: Person) -> None:
    """Write who comes into an appointment, the number sealed."""
    appointment.name, appointment.language, appointment.help = who.name, who.language, who.help
    appointment.people = who.people
    appointment.services = [str(one) for one in who.services]
    appointment.phone_mark = phone_mark(who.phone)
    appointment.sealed = Payload(person=appointment.id, data={"phone": who.phone}).sealed()


def tell(
    appointment: Appointment,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    due: datetime | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """Tell the person something of their appointment, at once or when it is due; ``more``: further values of the kind."""
    if appointment.starts_at is None:
        return
    values: dict[str, object] = {
        "when": appointment.starts_at,
        "code": code_of(appointment.id),
        **(more or {}),
    }
    if appointment.offer_until is not None:
        values["until"] = appointment.offer_until
    notices.tell(
        by=by,
        at=at,
        centre=appointment.centre_id,
        subject=appointment.id,
        kind=kind,
        values=values,
        phone=phone_of(appointment) or None,
        language=appointment.language,
        due=due,
    )


def tell_cancelled(appointment: Appointment, *, by: Actor, at: datetime) -> None:
    """Tell the person that the centre does not keep the appointment; of a mobile unit also where it stands next."""
    today = at.astimezone(ZONE).date()
    following = centres.stop_instead(appointment.centre_id, appointment.day, today=today)
    if following is None:
        tell(appointment, "cancelled", by=by, at=at)
    else:
        where = {"village": following.village, "day": following.day}
        tell(appointment, "stop_cancelled", by=by, at=at, more=where)


def tell_list_over(appointment: Appointment, *, by: Actor, at: datetime) -> None:
    """Tell who waited for a time of a day on which the centre does not open any more that there will be none."""
    notices.tell(
        by=by,
        at=at,
        centre=appointment.centre_id,
        subject=appointment.id,
        kind="list_over",
        values={"day": appointment.day},
        phone=phone_of(appointment) or None,
        language=appointment.language,
    )


def remind(appointment: Appointment, *, by: Actor, at: datetime, anew: bool = True) -> None:
    """Set the reminders of a promised time, in place of those that were set for another (``anew``)."""
    if anew:
        untell(appointment, by=by, at=at)
    if appointment.starts_at is None:
        return
    for due in reminders_of(appointment.starts_at, at=at):
        tell(appointment, "reminder", by=by, at=at, due=due)


def untell(appointment: Appointment, *, by: Actor, at: datetime) -> None:
    """What was to be told of it and is not due yet is not told any more."""
    notices.withdraw_notices(
        by=by, at=at, subject=appointment.id, kinds=("reminder", "offered"), centre=appointment.centre_id
    )
