"""Reads for auditors: the marks page by page, and a random sample that anyone can draw again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import nsmallest
from uuid import UUID

from django.db.models import Count

from onedoor.domain.access.api import holding, require, units
from onedoor.domain.centres.api import CentreView, centres
from onedoor.domain.monitoring.errors import NotASample, OutOfSight
from onedoor.domain.monitoring.models import Belonging, Mark, Matter, Visit
from onedoor.domain.monitoring.permissions import AUDIT
from onedoor.domain.monitoring.rules.audit import (
    DOCUMENT,
    KINDS,
    LONGEST_SEED,
    MOST_DRAWN,
    RECEIPT,
    TICKET,
    lot,
)
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import mark, marked
from onedoor.kernel.scope import Actor


@dataclass(frozen=True, kw_only=True)
class AuditAsked:
    """What an auditor looks at; None or empty: anything. Days are both included."""

    centre: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Marks:
    """A page of marks, newest first; how many there are of each kind; where the next page begins (None: nowhere)."""

    rows: Sequence[Mark]
    counts: dict[str, int]
    after: str | None


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A sample: by which seed it was drawn, from how many cases, and which (in the order of their lots)."""

    seed: str
    population: int
    cases: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class TicketSeen:
    """What an auditor wants to see of a ticket, oldest first; its way through the hall while that is kept (some weeks)."""

    marks: Sequence[Mark]
    visit: Visit | None


def audited_centres(by: Actor) -> list[CentreView]:
    """The centres that an auditor may look into, by code. NotPermitted."""
    require(by, AUDIT)
    held = (
        frozenset(one.id for one in units(kind="centre"))
        if by.kind == "system"
        else holding(by).where.get(AUDIT, frozenset())
    )
    return sorted((one for one in centres() if one.id in held), key=lambda one: one.code)


def marks(by: Actor, *, asked: AuditAsked = AuditAsked(), after: str | None = None, limit: int = 50) -> Marks:
    """Voids, waivers, reprints, overrides, fast tracks and refusals at the auditor's centres.

    Errors: NotPermitted, OutOfSight (a centre that is not theirs), Invalid (a kind, a day or a cursor that is none).
    """
    here = _here(by, asked)
    if asked.kind and asked.kind not in KINDS:
        raise Invalid(field="kind")
    begin, end = _span(asked)
    rows = Mark.objects.filter(centre__in=here, at__gte=begin, at__lt=end)
    counts = dict.fromkeys(KINDS, 0)
    counts |= dict(rows.order_by().values_list("kind").annotate(Count("letter")))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if (place := marked(after, _letter)) is not None:
        at, letter = place
        rows = rows.filter(at__lte=at).exclude(at=at, letter__gte=letter)
    found = list(rows.order_by("-at", "-letter")[: limit + 1])
    _lead_on(found)
    end_row = found[limit - 1] if len(found) > limit else None
    return Marks(
        rows=found[:limit],
        counts=counts,
        after=mark(end_row.at, end_row.letter) if end_row else None,
    )


def _lead_on(found: Sequence[Mark]) -> None:
    """Rows about a document or receipt lead to the case that it belongs to."""
    loose = {row.aggregate for row in found if row.subject is None and row.target in (DOCUMENT, RECEIPT)}
    known = dict(Belonging.objects.filter(aggregate__in=loose).values_list("aggregate", "subject"))
    for row in found:
        row.subject = row.subject or known.get(row.aggregate)


def ticket_seen(by: Actor, *, ticket: UUID) -> TicketSeen:
    """A ticket that was marked, also one without a case. NotPermitted, OutOfSight (not marked, or not at one's centres)."""
    here = _here(by, AuditAsked())
    found = list(
        Mark.objects.filter(target=TICKET, aggregate=ticket, centre__in=here).order_by("at", "letter")
    )
    if not found:
        raise OutOfSight
    return TicketSeen(marks=found, visit=Visit.objects.filter(id=ticket).first())


def sample(by: Actor, *, seed: str, size: int, asked: AuditAsked = AuditAsked()) -> Sample:
    """Cases drawn at random from those received at the auditor's centres in a span of days.

    The same seed and the same cases give the same sample: each case's lot is SHA-256 of ``seed|case id`` (the id in lower
    case with hyphens), and the smallest lots are drawn. Errors: NotPermitted, OutOfSight, NotASample, Invalid.
    """
    here = _here(by, asked)
    if not seed.strip() or len(seed) > LONGEST_SEED or not seed.isprintable():
        raise NotASample(field="seed")
    if not 1 <= size <= MOST_DRAWN:
        raise NotASample(field="size")
    begin, end = _span(asked)
    population = 0

    def lots() -> object:
        nonlocal population
        rows = Matter.objects.filter(centre__in=here, received_at__gte=begin, received_at__lt=end)
        for case in rows.values_list("id", flat=True).iterator(chunk_size=10_000):
            population += 1
            yield lot(seed.strip(), case), case

    drawn = nsmallest(size, lots())  # type: ignore[call-overload]
    return Sample(seed=seed.strip(), population=population, cases=tuple(case for _, case in drawn))


def _here(by: Actor, asked: AuditAsked) -> list[UUID]:
    found = audited_centres(by)
    if not asked.centre:
        return [one.id for one in found]
    chosen = [one.id for one in found if one.code == asked.centre]
    if not chosen:
        raise OutOfSight
    return chosen


def _span(asked: AuditAsked) -> tuple[datetime, datetime]:
    if asked.since and asked.until and asked.until < asked.since:
        raise Invalid(field="until")
    begin = _start(asked.since, "since") if asked.since else datetime(1900, 1, 1, tzinfo=UTC)
    return begin, _start(asked.until, "until") + timedelta(days=1) if asked.until else datetime(
        9000, 1, 1, tzinfo=UTC
    )


def _start(day: date, field: str) -> datetime:
    if not 1900 <= day.year <= 8000:
        raise Invalid(field=field)
    return datetime.combine(day, time(), ZONE)


def _letter(written: str) -> int:
    number = int(written)
    if not 0 <= number < 2**63:
        raise ValueError("no letter has this number")
    return number
