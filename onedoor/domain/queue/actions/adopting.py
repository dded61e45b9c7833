"""People who hold a paper number are taken into the line where the time on their paper puts them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from onedoor.domain.access.api import require
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.errors import PaperListIsWrong, ServiceNotOfferedHere
from onedoor.domain.queue.events import TicketTaken
from onedoor.domain.queue.models import Ticket, draw_serial
from onedoor.domain.queue.models.keeping import insert_each
from onedoor.domain.queue.permissions import TAKE
from onedoor.domain.queue.queries import calling_rule, letter_at, today_of
from onedoor.domain.queue.rules import CallingRule, Status, place_in_line, plain_name, zone_of
from onedoor.domain.queue.rules.coming import coming
from onedoor.domain.queue.rules.paper import PaperLine, in_order_of_time, paper_number
from onedoor.kernel.i18n import format_time
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, open_scope

PAPER = "paper"


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """The tickets of a paper list in the order of their times: those made now, and those that were there already."""

    made: tuple[Ticket, ...]
    there: tuple[Ticket, ...]


def adopt_paper(
    *, by: Actor, at: datetime, centre: UUID, lines: Sequence[PaperLine], sure: bool = False
) -> Adopted:
    """Take a paper list over: whole or not at all. The line that is already there is left as it is.

    Each stands in line from the time on the paper, also among those who took a ticket meanwhile. It may be done before the
    centre opens and beyond a day's capacity: these people came first.

    Args:
        sure: times that fall while numbers rise were looked at, and are right.

    Raises:
        PaperListIsWrong, ServiceNotOfferedHere, NameOrPhoneInvalid, TicketIsWrong, Refused.
    """
    require(by, TAKE, at=centre)
    view = centres.centre(centre)
    day, zone = today_of(view, at), ZoneInfo(view.zone)
    began = datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)
    ordered = in_order_of_time(lines, at=at, began=began, sure=sure)
    for service in {line.service for line in ordered}:
        if letter_at(view, service=service, day=day) is None:
            raise ServiceNotOfferedHere(centres.why_not(view, service=service, on=day), field="service")
    rule = calling_rule(centre)
    with transaction.atomic(), open_scope(centre=[centre]):
        draw_serial(centre=centre, day=day, letter=PAPER)  # one list at a time
        numbers = [paper_number(line.number) for line in ordered]
        known = {
            one.number: one for one in Ticket.objects.filter(centre_id=centre, day=day, number__in=numbers)
        }
        there = tuple(
            _the_same(known[number], line, zone)
            for number, line in zip(numbers, ordered, strict=True)
            if number in known
        )
        new = [
            _ticket(line, number=number, centre=centre, day=day, rule=rule, at=at)
            for number, line in zip(numbers, ordered, strict=True)
            if number not in known
        ]
        for ticket, id in zip(new, sorted(new_id() for _ in new), strict=True):
            ticket.id = id  # by which those of one minute stand in order
        insert_each([(ticket, _news(ticket)) for ticket in new], centre=centre, by=by, at=at)
    return Adopted(made=tuple(new), there=there)


def _the_same(held: Ticket, line: PaperLine, zone: ZoneInfo) -> Ticket:
    if held.service_id == line.service and held.issued_at == line.came:
        return held
    reason = _(
        "Paper number %(number)s is in the line already, with the time %(time)s or for another service."
    )
    said = {"number": line.number, "time": format_time(held.issued_at.astimezone(zone))}
    raise PaperListIsWrong(field="number", reason=reason % said, number=line.number)


def _ticket(
    line: PaperLine, *, number: str, centre: UUID, day: date, rule: CallingRule, at: datetime
) -> Ticket:
    told = coming(
        at=at, grounds=rule.grounds, people=line.people, origin=PAPER, ground=line.ground, issued_at=line.came
    )
    return Ticket(
        centre_id=centre,
        service_id=line.service,
        visit=new_id(),
        day=day,
        number=number,
        token=secrets.token_urlsafe(16),
        status=Status.WAITING.value,
        priority=bool(told.ground),
        place=place_in_line(rule=rule, issued_at=told.issued_at, ground=told.ground),
        name=plain_name(line.name) if line.name.strip() else "",
        issued_at=told.issued_at,
        zone=zone_of(rule, line.service),
        ground=told.ground,
        people=told.people,
        origin=told.origin,
    )


def _news(ticket: Ticket) -> TicketTaken:
    return TicketTaken(
        visit=ticket.visit,
        service=ticket.service_id,
        number=ticket.number,
        priority=ticket.priority,
        zone=ticket.zone,
        people=ticket.people,
        origin=ticket.origin,
        came=ticket.issued_at,
    )
