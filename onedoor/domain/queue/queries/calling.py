"""The rule by which a centre calls, and whom a counter may call by it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from onedoor.domain.access.api import ancestors
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.errors import TicketUnknown
from onedoor.domain.queue.models import HallRule, Ticket, look_at_rules, see_next
from onedoor.domain.queue.queries.days import today_at, today_of
from onedoor.domain.queue.rules import ANYWHERE, CallingRule, Status
from onedoor.domain.queue.rules.turns import Reach, Waiting, may_call, reach_of
from onedoor.domain.queue.rules.written import read
from onedoor.kernel.scope import Actor


def calling_rule(centre: UUID) -> CallingRule:
    """The rule of a centre: its own, else that of the nearest unit above it, else one line for everybody."""
    path = (centre, *(above.id for above in reversed(ancestors(centre))))
    held = look_at_rules(units=path)
    nearest = next((held[unit] for unit in path if unit in held), None)
    return ANYWHERE if nearest is None else _rule(*nearest)


def own_rule(unit: UUID) -> CallingRule | None:
    """The rule that was made for this very unit; None where it follows the unit above."""
    row = HallRule.objects.filter(unit_id=unit).first()
    if row is None or row.rule is None:
        return None
    return _read(row)


def rule_revision(unit: UUID) -> int:
    """How often people changed the rule of this very unit; 0 where they never did."""
    return HallRule.objects.filter(unit_id=unit).values_list("revision", flat=True).first() or 0


@dataclass(frozen=True)
class Learnt:
    """What the officer at a counter has learnt and speaks; None where nobody said."""

    services: frozenset[UUID] | None = None
    languages: frozenset[str] | None = None


def learnt_by(officer: Actor, counter: centres.CounterView, *, at: datetime) -> Learnt:
    """What an officer may serve at a counter today."""
    day, known = today_of(counter, at), centres.skills_of(officer.id, centre=counter.centre)
    return Learnt(services=known.services(day), languages=known.languages(day))


def reach(
    counter: centres.CounterView,
    *,
    at: datetime,
    officer: Actor | None = None,
    rule: CallingRule | None = None,
) -> Reach:
    """Whom a counter may call now.

    Args:
        officer: who sits there; None for the counter whoever sits there.
        rule: the centre's own when None; another to see what it would do.
    """
    view, day = centres.centre(counter.centre), today_of(counter, at)
    learnt = learnt_by(officer, counter, at=at) if officer else Learnt()
    without = set()
    for one in view.offers:
        elsewhere = one.counters and counter.code not in one.counters and one.holds_on(day)
        if elsewhere or (learnt.services is not None and one.service not in learnt.services):
            without.add(one.service)
    return reach_of(
        rule or calling_rule(counter.centre),
        counter=counter.id,
        code=counter.code,
        at=at,
        without=without,
        languages=learnt.languages,
    )


def next_at(counter: centres.CounterView, *, reach: Reach, most: int) -> list[Ticket]:
    """Who would be called to this counter next and after that; the caller has the scope of the centre."""
    return see_next(centre=counter.centre, day=today_of(counter, reach.at), reach=reach, most=most)


def waiting_line(centre: UUID, *, at: datetime, most: int = 1000) -> list[Ticket]:
    """Everybody who waits at a centre today, in the order of the line; the caller has the scope of the centre."""
    day = today_at(centre=centre, at=at)
    rows = Ticket.objects.filter(centre_id=centre, day=day, status=Status.WAITING)
    return list(rows.order_by("place", "id")[:most])


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the line, as a list of many has it."""

    number: str
    issued_at: datetime
    zone: str
    priority: bool
    appointment: UUID | None
    not_before: datetime | None


def places(centre: UUID, *, at: datetime, most: int = 1000) -> list[Place]:
    """Everybody who waits at a centre today, in the order of the line, without names; the caller has the scope."""
    day = today_at(centre=centre, at=at)
    rows = Ticket.objects.filter(centre_id=centre, day=day, status=Status.WAITING).order_by("place", "id")
    columns = ("number", "issued_at", "zone", "priority", "appointment_id", "not_before")
    return [Place(*row) for row in rows.values_list(*columns)[:most]]


def waiting_by_number(centre: UUID, *, number: str, at: datetime) -> Ticket:
    """The ticket of today with this number; the caller has the scope. Raises TicketUnknown."""
    day, asked = today_at(centre=centre, at=at), number.strip().upper()[:12]
    rows = Ticket.objects.filter(centre_id=centre, day=day, number=asked)
    found = rows.first() if asked.isprintable() else None  # the database refuses some control signs
    if found is None:
        raise TicketUnknown
    return found


def unreachable(centre: UUID, *, at: datetime) -> list[Ticket]:
    """Who waits and may be called by no open counter of the rule, whoever sits there; the caller has the scope.

    Who asked for some more minutes, and what an officer has not learnt, is not counted.
    """
    reaches = [reach(one, at=at) for one in centres.counters(centre) if one.state == "open"]
    line = waiting_line(centre, at=at)
    return [one for one in line if not any(may_call(waiting_of(one), each) for each in reaches)]


def waiting_of(ticket: Ticket) -> Waiting:
    """A ticket as the rules see it, once it may be called."""
    return Waiting(
        id=ticket.id,
        service=ticket.service_id,
        place=ticket.place,
        zone=ticket.zone,
        help=ticket.help,
        only_counter=ticket.only_counter_id,
    )


def called_out_of_turn(centre: UUID, *, day: date, most: int = 100) -> list[Ticket]:
    """Who was called before her turn at a centre on a day, with the reason, newest first; the caller has the scope."""
    rows = Ticket.objects.filter(centre_id=centre, day=day).exclude(out_of_turn="")
    return list(rows.order_by("-called_at", "-id")[:most])


@lru_cache(maxsize=512)
def _rule(id: UUID, version: int) -> CallingRule:
    """A rule as it was at one version; a new version is a new entry, so nothing stale is read."""
    row = HallRule.objects.get(id=id)
    return _read(row)


def _read(row: HallRule) -> CallingRule:
    return read(row.rule or {}, demonstration=row.demonstration, source=row.source, revision=row.revision)
