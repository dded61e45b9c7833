"""Free times of a centre, open to all; appointments of a centre, for programs that may book there."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.exchange.answers import writes
from onedoor.doors.exchange.paging import After, Limit, behind, page
from onedoor.doors.exchange.shapes.appointments import (
    AppointmentOut,
    AppointmentPage,
    BookSlot,
    EventOut,
    MoveSlot,
    appointment_line,
    appointment_out,
)
from onedoor.doors.exchange.v1.base import ASKED, OPEN, REFUSALS
from onedoor.doors.exchange.v1.tickets import service_named
from onedoor.kernel.clock import now
from onedoor.kernel.scope import needs, public
from onedoor.ui.request import AtCentre, Request

router = Router(tags=["appointments"])
HERE = "/centres/{slug:centre}/appointments"
SLOTS = "/centres/{slug:centre}/services/{slug:service}/slots"
ONE = HERE + "/{uuid:appointment}"


@router.get(SLOTS, response={200: EventOut, **OPEN}, operation_id="listSlots")
@public
def list_slots(request: Request, centre: str, service: str, day: date | None = None) -> dict[str, Any]:
    """The free slots of a service at a centre on a day (today where none is named)."""
    view, at = centres.centre_by_code(centre), now()
    wanted = service_named(service)
    asked = queue.Booking(services=(wanted,), channel="portal")
    on = day or queue.today_at(centre=view.id, at=at)
    shut = queue.why_shut(view, asked=asked, day=on, at=at, rule=queue.booking_rule(view.id))
    free = [] if shut else queue.free_slots(view, asked=asked, day=on, at=at)
    return {
        "entity": view.id,
        "service": wanted,
        "day": on,
        "shut": shut or ("" if free else "full"),
        "slots": [{"starts": one.starts, "ends": one.ends, "free": one.free} for one in free],
    }


@router.get(HERE, response={200: AppointmentPage, **ASKED}, operation_id="listAppointments")
@needs("queue.book")
def list_appointments(
    request: AtCentre,
    response: HttpResponse,
    centre: str,
    day: date | None = None,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The appointments of a day (today where none is named); names, numbers and codes stand in none."""
    found = queue.appointments(request.centre, day=day or queue.today_at(centre=request.centre, at=now()))
    ordered = behind(found, after=after, key=lambda one: str(one.id), limit=limit)
    return page(
        request, response, ordered, limit=limit, cursor=lambda one: str(one.id), shown=appointment_line
    )


@router.post(HERE, response={201: AppointmentOut, **REFUSALS}, operation_id="bookAppointment")
@needs("queue.book")
@writes(status=201, secret=["code"])
def book_appointment(request: AtCentre, centre: str, body: BookSlot, *, at: datetime) -> AppointmentOut:
    """Promise a person a slot, by the way of the call centre."""
    made = queue.book(
        by=request.actor,
        at=at,
        asking=queue.Asking(
            centre=request.centre,
            service=service_named(body.service),
            name=body.name,
            phone=body.phone,
            people=body.people,
            language=body.language,
            help=body.help,
            channel="calls",
        ),
        starts=body.starts,
    )
    return appointment_out(made, code=True)


@router.get(ONE, response={200: AppointmentOut, **ASKED}, operation_id="seeAppointment")
@needs("queue.book")
def see_appointment(request: AtCentre, centre: str, appointment: UUID) -> AppointmentOut:
    """One appointment as it stands."""
    return appointment_out(queue.appointment(appointment, centre=request.centre))


@router.post(f"{ONE}/move", response={200: AppointmentOut, **REFUSALS}, operation_id="moveAppointment")
@needs("queue.book")
@writes()
def move_appointment(
    request: AtCentre, centre: str, appointment: UUID, body: MoveSlot, *, at: datetime
) -> AppointmentOut:
    """Give an appointment another slot; the former one goes to the waiting list."""
    held = queue.move(
        by=request.actor,
        at=at,
        appointment=appointment,
        starts=body.starts,
        channel="calls",
        centre=request.centre,
    )
    return appointment_out(held)


@router.post(f"{ONE}/cancel", response={200: AppointmentOut, **REFUSALS}, operation_id="cancelAppointment")
@needs("queue.book")
@writes()
def cancel_appointment(request: AtCentre, centre: str, appointment: UUID, *, at: datetime) -> AppointmentOut:
    """Cancel an appointment; its slot goes to the waiting list."""
    return appointment_out(
        queue.cancel(by=request.actor, at=at, appointment=appointment, centre=request.centre)
    )
