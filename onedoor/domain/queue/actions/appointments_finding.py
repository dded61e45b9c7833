"""Finding one's own appointment by the code that was read out or printed; wrong codes make the next try wait."""

from datetime import datetime
from uuid import UUID

from onedoor.domain.access.api import check_code, issue_code, record_sight, require
from onedoor.domain.queue.errors import AppointmentUnknown, WaitBeforeNextCode
from onedoor.domain.queue.models import Appointment
from onedoor.domain.queue.permissions import BOOK
from onedoor.domain.queue.queries.appointments import appointment as one_appointment
from onedoor.domain.queue.queries.appointments import appointment_by_code, phone_of
from onedoor.kernel.scope import Actor, open_scope

ANY = UUID(int=0x0A99)
SUBJECT = "queue/appointments"
KIND = "queue.appointment"


def find_appointment(*, code: str, address: str, at: datetime) -> Appointment:
    """The appointment of a code, for whoever types it: after five wrong ones an address waits, longer each time.

    Args:
        address: network address of whoever asks.

    Raises:
        AppointmentUnknown: without a hint why. WaitBeforeNextCode (409): until when.
    """
    try:
        found = appointment_by_code(code[:40])
    except AppointmentUnknown:
        found = None
    right, kept = issue_code(of=ANY)
    checked = check_code(subject=SUBJECT, code=right if found else "", expected=kept, address=address, at=at)
    if checked.wait_until is not None and not checked.right:
        raise WaitBeforeNextCode(until=checked.wait_until)
    if not checked.right or found is None:
        raise AppointmentUnknown
    return found


def see_phone(*, by: Actor, at: datetime, appointment: UUID, centre: UUID) -> str:
    """The telephone number of an appointment, for whoever books there; that it was looked at is written down.

    Raises:
        Refused, AppointmentUnknown.
    """
    require(by, BOOK, at=centre)
    with open_scope(centre=[centre]):
        held = one_appointment(appointment, centre=centre)
    record_sight(by=by, at=at, subject=held.id, why="call", kind=KIND, centre=centre)
    return phone_of(held)
