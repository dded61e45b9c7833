"""Visits of several people or services: given with one ticket, added to, taken back, and tied to their applications."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import may, require
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions.locking import locked
from onedoor.domain.queue.actions.tickets import take_ticket
from onedoor.domain.queue.errors import (
    ErrandHasBegun,
    ErrandUnknown,
    ServiceIsFullToday,
    ServiceNotOfferedHere,
    TicketHasMoved,
)
from onedoor.domain.queue.events.visits import ErrandAsked, ErrandDone, ErrandDropped, ErrandOpened
from onedoor.domain.queue.models import Errand, Ticket
from onedoor.domain.queue.permissions import CALL, TAKE
from onedoor.domain.queue.queries import taken_on, today_of
from onedoor.domain.queue.rules import OPEN, ErrandState, Wanted, errands_of, may_drop
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Once
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

OURS = "the permission was asked at the visit's centre"


def take_visit(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    wanted: Sequence[Wanted],
    people: int | None = None,
    name: str | None = None,
    phone: str | None = None,
    priority: bool = False,
    origin: str = "",
    ground: str = "",
    help: Sequence[str] = (),
    visit: UUID | None = None,
    once: Once | None = None,
) -> Ticket:
    """One ticket for several people or services. It stands in line for the first of them.

    The usual visit is one person's for one service: its ticket is a hot path, written without a transaction around it.

    Args:
        wanted: each service for each person. people: how many come; None: as many as have an errand.
        The others: as of `take_ticket`.

    Raises:
        ErrandIsWrong, ErrandIsThere, and those of `take_ticket`, of each service.
    """
    errands = errands_of(wanted)
    most = max(each.person for each in errands)
    several = len(errands) > 1 or bool(errands[0].label)
    with transaction.atomic() if several else nullcontext():
        taken = take_ticket(
            by=by,
            at=at,
            centre=centre,
            service=errands[0].service,
            people=most if people is None else max(people, most) if people > 0 else people,
            name=name,
            phone=phone,
            priority=priority,
            origin=origin,
            ground=ground,
            help=help,
            visit=visit,
            once=once,
        )
        if several:
            _ask(errands, taken, by=by, at=at, first=True)
    return taken


@transaction.atomic
def add_errand(*, by: Actor, at: datetime, centre: UUID, ticket: UUID, wanted: Wanted) -> Errand:
    """One service for one person more, at the reception or at the counter.

    Raises:
        Refused, TicketUnknown, TicketHasMoved (the visit is over), ErrandIsWrong, ErrandIsThere, ServiceNotOfferedHere,
        ServiceIsFullToday.
    """
    _permit(by, centre)
    held = locked(ticket=ticket, centre=centre, by=by)
    if held.status not in OPEN:
        raise TicketHasMoved
    there = _errands(held.visit)
    own = () if there else ((1, held.service_id),)
    known = [(each.person, each.service_id) for each in there]
    errands = errands_of([wanted], there=[*known, *own])
    if not there:
        _ask([Wanted(service=held.service_id)], held, by=by, at=at, first=True)
    (added,) = _ask(errands, held, by=by, at=at)
    return added


@transaction.atomic
def drop_errand(*, by: Actor, at: datetime, centre: UUID, errand: UUID) -> Errand:
    """Take an errand back before its application was opened.

    Raises:
        Refused, ErrandUnknown, ErrandHasBegun (paid or not: an application stands behind it), ErrandIsWrong (the only one).
    """
    _permit(by, centre)
    held = _locked(id=errand, centre_id=centre)
    others = [each for each in _errands(held.visit) if each.id != held.id]
    may_drop(held.state, others=len(others))
    held.state, held.ended_at = ErrandState.DROPPED.value, at
    held.save()
    event = ErrandDropped(visit=held.visit, service=held.service_id, person=held.person)
    publish(event, of=held, by=by, at=at, centre=centre)
    return held


def open_errand(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    visit: UUID,
    ticket: UUID,
    service: UUID,
    errand: UUID | None = None,
) -> Errand | None:
    """An application was opened for an errand; called by the context that keeps applications, in its transaction.

    Args:
        errand: which one of the visit; None: the first of this service that has none. A visit that has none of it gets it.

    Raises:
        ErrandUnknown: not of this visit, or of another service. ErrandHasBegun: another application stands behind it.
    """
    with everything(OURS):
        held = Ticket.objects.filter(id=ticket, visit=visit).first()
    if held is None:
        return None
    row = _errand_to_open(held, errand, service)
    if row is None:
        own = service == held.service_id
        (row,) = _ask([Wanted(service=service)], held, by=by, at=at, first=own)
    if row.case_id == case:
        return row
    if row.state != ErrandState.ASKED:
        raise ErrandHasBegun
    row.state, row.case_id = ErrandState.OPENED.value, case
    row.save()
    event = ErrandOpened(visit=visit, service=service, person=row.person, case=case)
    publish(event, of=row, by=by, at=at, centre=row.centre_id)
    return row


def finish_errand(*, by: Actor, at: datetime, case: UUID) -> None:
    """The application behind an errand was received; called by the context that keeps applications."""
    with everything(OURS):
        row = Errand.objects.select_for_update(no_key=True).filter(case_id=case).first()
    if row is None or row.state != ErrandState.OPENED:
        return
    row.state, row.ended_at = ErrandState.DONE.value, at
    row.save()
    event = ErrandDone(visit=row.visit, service=row.service_id, case=case)
    publish(event, of=row, by=by, at=at, centre=row.centre_id)


def _errand_to_open(held: Ticket, errand: UUID | None, service: UUID) -> Errand | None:
    if errand is not None:
        row = _locked(id=errand, visit=held.visit)
        if row.service_id != service:
            raise ErrandUnknown
        return row
    with everything(OURS):
        rows = Errand.objects.select_for_update(no_key=True).filter(visit=held.visit, service_id=service)
        asked = rows.filter(state=ErrandState.ASKED).order_by("person", "asked_at").first()
        return asked or rows.exclude(state=ErrandState.DROPPED).order_by("person", "asked_at").first()


def _ask(
    wanted: Sequence[Wanted], held: Ticket, *, by: Actor, at: datetime, first: bool = False
) -> list[Errand]:
    """Write errands of a visit; ``first`` says that the first of them is what the ticket stands in line for."""
    _refuse_unoffered([each.service for each in wanted], held, at)
    ids = sorted(new_id() for _ in wanted)  # so that they are listed in the order in which they were said
    written = []
    for id, each in zip(ids, wanted, strict=True):
        row = Errand(
            id=id,
            first=first and id == ids[0],
            centre_id=held.centre_id,
            visit=held.visit,
            ticket_id=held.id,
            day=held.day,
            person=each.person,
            label=each.label,
            service_id=each.service,
            asked_at=at,
        )
        row.save()
        event = ErrandAsked(visit=held.visit, service=each.service, person=each.person)
        publish(event, of=row, by=by, at=at, centre=held.centre_id)
        written.append(row)
    return written


def _refuse_unoffered(services: Sequence[UUID], held: Ticket, at: datetime) -> None:
    """Every service of a visit must be offered here today and have room left, as if each had its own ticket."""
    view = centres.centre(held.centre_id)
    day = today_of(view, at)
    for service in dict.fromkeys(services):
        if service == held.service_id:
            continue
        if not centres.is_offered(centre=held.centre_id, service=service, on=day):
            raise ServiceNotOfferedHere(centres.why_not(view, service=service, on=day), field="service")
        room = centres.capacity_on(view, service=service, on=day)
        if room is not None and taken_on(view.id, service=service, day=day) + services.count(service) > room:
            following = centres.next_day_of(view, service=service, after=day)
            raise ServiceIsFullToday(centres.full_today(following), field="service")


def _errands(visit: UUID) -> list[Errand]:
    with everything(OURS):
        return list(Errand.objects.filter(visit=visit).exclude(state=ErrandState.DROPPED))


def _locked(**which: Any) -> Errand:
    with everything(OURS):
        row = Errand.objects.select_for_update(no_key=True).filter(**which).first()
    if row is None:
        raise ErrandUnknown
    return row


def _permit(by: Actor, centre: UUID) -> None:
    """Reception and counter may both say what a visit is for."""
    require(by, TAKE if may(by, TAKE, at=centre) else CALL, at=centre)
