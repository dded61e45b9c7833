"""Appointments: by their secret address, by their code, of a day, and what a person sees of the waiting list."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from onedoor.domain.queue.errors import AppointmentUnknown
from onedoor.domain.queue.models import Appointment
from onedoor.domain.queue.queries.tickets import phone_mark
from onedoor.domain.queue.rules.appointments import ALIVE, Standing, in_groups, spelled, typed_code
from onedoor.kernel.crypto import keyring
from onedoor.kernel.letters.payload import read_payload
from onedoor.kernel.scope import everything

MOST_LISTED = 500


def code_of(appointment: UUID) -> str:
    """The code that a person says or types, in groups: ``K7QM-4T2X``; made by this node's key, and kept as a mark only."""
    return in_groups(spelled(keyring().mac("queue/appointment/code", appointment.bytes)))


def token_of(appointment: UUID) -> str:
    """The secret word of a person's own page; made by this node's key, and kept as a mark only."""
    return urlsafe_b64encode(keyring().mac("queue/appointment/token", appointment.bytes)[:16]).decode()[:22]


def code_mark(code: str) -> bytes:
    """What is kept of a code."""
    return keyring().blind("queue/appointment/code", typed_code(code))


def token_mark(token: str) -> bytes:
    """What is kept of a secret word."""
    return keyring().blind("queue/appointment/token", token)


def address_mark(address: str) -> bytes:
    """The blind index of a network address, for counting only."""
    return keyring().blind("queue/appointment/address", address)


def appointment_by_token(token: str) -> Appointment:
    """The appointment of a secret address; the address is the permission.

    Raises:
        AppointmentUnknown: without a hint why.
    """
    if not token.isascii():
        raise AppointmentUnknown
    with everything("the secret address is the permission"):
        found = Appointment.objects.filter(token_mark=token_mark(token)).first()
    if found is None or not secrets.compare_digest(token.encode(), token_of(found.id).encode()):
        raise AppointmentUnknown
    return found


def appointment_by_code(code: str, *, centre: UUID | None = None) -> Appointment:
    """The appointment of a code; the caller counts who asks how often.

    Args:
        centre: where it must be; anywhere when None.

    Raises:
        AppointmentUnknown: without a hint why.
    """
    with everything("the secret code is the permission"):
        rows = Appointment.objects.filter(code_mark=code_mark(code))
        found = (rows if centre is None else rows.filter(centre_id=centre)).first()
    if found is None:
        raise AppointmentUnknown
    return found


def appointment(id: UUID, *, centre: UUID) -> Appointment:
    """One appointment of a centre, for whoever the guard let in there.

    Raises:
        AppointmentUnknown: there is none.
    """
    found = Appointment.objects.filter(id=id, centre_id=centre).first()
    if found is None:
        raise AppointmentUnknown
    return found


def appointments(centre: UUID, *, day: date, standings: Sequence[str] = ()) -> list[Appointment]:
    """The appointments of a centre on a day by their times, the waiting list after them; at most 500."""
    rows = Appointment.objects.filter(centre_id=centre, day=day)
    if standings:
        rows = rows.filter(standing__in=standings)
    return list(rows.order_by("starts_at", "made_at", "id")[:MOST_LISTED])


def appointments_of_phone(centre: UUID, *, phone: str) -> list[Appointment]:
    """The open appointments of a telephone number at a centre, for the desk that has the person before it."""
    rows = Appointment.objects.filter(centre_id=centre, phone_mark=phone_mark(phone), standing__in=ALIVE)
    return list(rows.order_by("day", "starts_at")[:20])


def appointment_of_subject(subject: UUID) -> Appointment | None:
    """The open appointment, or the place on a waiting list, that was made for a case; whoever may see the case asks."""
    with everything("whoever asks may see the case"):
        return Appointment.objects.filter(subject=subject, standing__in=ALIVE).order_by("made_at").first()


def subject_of(appointment: UUID, *, centre: UUID) -> UUID | None:
    """The case for which an appointment of a centre was made; None where it was made for none."""
    rows = Appointment.objects.filter(id=appointment, centre_id=centre)
    return rows.values_list("subject", flat=True).first()


def position_of(held: Appointment) -> int:
    """Which one of the waiting list of its day and service a person is, from 1; 0 when not waiting."""
    if held.standing != Standing.WAITING:
        return 0
    with everything("a number of people, nobody's data"):
        rows = Appointment.objects.filter(centre_id=held.centre_id, day=held.day, standing=Standing.WAITING)
        return rows.filter(made_at__lt=held.made_at).count() + 1


def phone_of(held: Appointment) -> str:
    """The telephone number; empty where none was left, or it was destroyed."""
    if held.sealed is None:
        return ""
    read = read_payload(person=held.id, sealed=bytes(held.sealed))
    return str(read["phone"]) if read else ""


def booked_on(centre: UUID, *, service: UUID, day: date) -> int:
    """How many hold a time of a service on a day and have not come yet: a day's capacity is theirs too."""
    with everything("a number of people, nobody's data"):
        asked = Q(service_id=service) | Q(services__contains=[str(service)])
        rows = Appointment.objects.filter(asked, centre_id=centre, day=day)
        return rows.filter(standing__in=(Standing.OFFERED, Standing.BOOKED)).count()


def due_before(at: datetime) -> list[tuple[UUID, UUID]]:
    """The booked appointments whose time began before an instant: id and centre; at most 500."""
    with everything("the worker tends all centres"):
        rows = Appointment.objects.filter(standing=Standing.BOOKED, starts_at__lt=at).order_by("starts_at")
        return list(rows.values_list("id", "centre_id")[:MOST_LISTED])
