"""Why a due date is what it is: the same facts for the officer and the applicant, and which late cases were told upwards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onedoor.domain.access.api import holding, login, may, require, unit
from onedoor.domain.cases.errors import NoSuchCase
from onedoor.domain.cases.models import Case, Recount, Recounted, escalated_rows
from onedoor.domain.cases.permissions import CALENDAR, OVERSEE
from onedoor.domain.cases.rules import ZONE, due_words, local
from onedoor.domain.cases.rules.clock import Clock, clock_of, reckon_clock, story, warning_at
from onedoor.domain.cases.rules.clock.words import amount_words, fact_words, when_words
from onedoor.domain.cases.rules.shown import ClockFact, ClockView, EscalatedRow, RecountedRow, RecountView
from onedoor.domain.cases.rules.words import clock_headline, why_words
from onedoor.domain.catalogue.api import form_to_ask, process_of, service_version
from onedoor.domain.centres.api import MANAGE, Calendar, NoCalendar, calendar_of, hours_of
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import Actor

TONES = {"due": "due", "warning": "warn", "late": "bad", "standing": "warn", "answered": "good"}
MOST_SHOWN = 1_000
APART = ("received", "warning", "due", "late", "answered")


def office_days(office: UUID, centre: UUID, *, hours: bool = False) -> tuple[Calendar, bool]:
    """The calendar of an office, else the centre's, else one that knows only weekends; and whether one was found.

    Args:
        hours: whether office hours are counted; then a centre's own go before those of the calendar.
    """
    for place in (office, centre):
        try:
            days = calendar_of(place)
        except NoCalendar:
            continue
        own = hours_of(place) if hours else ()
        return (replace(days, hours=own) if own else days), True
    return Calendar(), False


def days_of(held: Case, clock: Clock) -> Calendar:
    """The calendar by which the clock of a case counts."""
    return office_days(held.authority_id, held.centre_id, hours=clock.kind == "hours")[0]


def explained(held: Case, *, at: datetime, answered: datetime | None, staff: bool) -> ClockView:
    """The clock of a case as people see it.

    Args:
        answered: when the offices had done their part. staff: whether officers are named; an applicant reads the office.
    """
    clock = clock_of(held.due_why)
    if clock is None:
        return clock_view(held.due_why, held.due_on)
    return clock_view(
        held.due_why,
        held.due_on,
        days=days_of(held, clock),
        today=local(at, ZONE),
        at=at,
        answered=answered,
        ended=answered or held.closed_at,
        open=held.closed_at is None,
        names=_names(held, clock, staff=staff),
        chosen=_chosen(held, clock),
    )


def clock_view(
    why: Mapping[str, Any],
    due_on: date | None,
    *,
    days: Calendar | None = None,
    today: date = date.min,
    at: datetime | None = None,
    answered: datetime | None = None,
    ended: datetime | None = None,
    open: bool = True,
    names: Mapping[UUID, str] | None = None,
    chosen: str = "",
) -> ClockView:
    """A clock in words of the reader's language.

    Args:
        why, due_on: as they are kept with a case. days: the calendar of the office that answers.
        today, at: when it is read. answered, ended: when the offices had done their part, and when it was over.
        names: whom to name for an extension. chosen: the answer that the term goes by, as the form words it.
    """
    clock = clock_of(why)
    if clock is None or days is None or at is None:
        return ClockView(state="none", headline=why_words(why, due_on), due_on=due_on)
    reckoned = reckon_clock(clock, days)
    warned = warning_at(clock, reckoned, days)
    state = _state(clock, due_on, today=today, warned=warned, at=at, answered=answered, ended=ended)
    facts = story(
        clock,
        reckoned,
        days=days,
        due=due_on,
        today=today,
        warned=None if ended else warned,
        answered=answered,
    )
    if ended and not answered:
        facts = tuple(fact for fact in facts if fact.kind != "late")
    return ClockView(
        state=state,
        headline=clock_headline(state, "" if ended else due_words(due_on, today)),
        due_on=due_on,
        asked=clock.standing is not None and clock.standing.why == "asked",
        running=not ended and open,
        extensions=max(0, clock.times - len(clock.extensions)),
        most=clock.most,
        most_words=amount_words(clock.most, clock.kind),
        facts=tuple(
            ClockFact(
                kind=fact.kind,
                tone="bad" if fact.kind == "answered" and fact.about["late"] else TONES.get(fact.kind, ""),
                when=when_words(fact),
                words=fact_words(fact, names=names or {}, chosen=chosen),
            )
            for fact in facts
        ),
    )


def why_of(clock: ClockView) -> str:
    """The same on one line, for lists and machines: the term and what moved its end."""
    if not clock.facts:
        return clock.headline
    said = (
        f"{fact.when}: {fact.words}" if fact.kind != "term" else fact.words
        for fact in clock.facts
        if fact.kind not in APART
    )
    return " ".join(each.removeprefix(": ") for each in said)


def _state(
    clock: Clock,
    due: date | None,
    *,
    today: date,
    warned: datetime | None,
    at: datetime,
    answered: datetime | None,
    ended: datetime | None,
) -> str:
    if answered is not None and due is not None:
        return "missed" if local(answered, clock.zone) > due else "kept"
    if ended is not None:
        return "ended"
    if clock.standing is not None and due is None:
        return "still"
    if due is not None and today > due:
        return "late"
    return "warning" if warned is not None and at >= warned else "running"


def _names(held: Case, clock: Clock, *, staff: bool) -> Mapping[UUID, str]:
    """Whom to name for an extension: the officer to staff, the office to everybody else."""
    office = text(unit(held.authority_id).name)
    return {each.by: _person(each.by, office) if staff else office for each in clock.extensions}


def _person(id: UUID, office: str) -> str:
    known = login(id)
    return text(known.name) if known else office


def _chosen(held: Case, clock: Clock) -> str:
    """The answer that the term goes by, as the form words it."""
    if not clock.chosen:
        return ""
    by = service_version(held.edition_id).duration.by
    for question in form_to_ask(held.edition_id).questions:
        if question.name == by:
            return text(dict(question.choices).get(clock.chosen, clock.chosen))
    return clock.chosen


def escalated(by: Actor, *, at: datetime) -> tuple[EscalatedRow, ...]:
    """Late cases that were told to the units of this actor, the longest overdue first, while the step is still open.

    Errors: Refused.
    """
    require(by, OVERSEE)
    today = local(at, ZONE)
    days: dict[UUID, Calendar] = {}
    found = escalated_rows(units=holding(by).where.get(OVERSEE, frozenset()))
    rows = []
    for case, number, edition, centre, node, holder, above, level, since, due in found:
        if holder not in days:
            days[holder] = office_days(holder, centre)[0]
        rows.append(
            EscalatedRow(
                case=case,
                number=number or "",
                names=process_of(edition).node(node).names,
                service_names=service_version(edition).name,
                centre_names=unit(centre).name,
                holder=unit(holder).name,
                above=unit(above).name,
                level=level,
                since=since,
                days=max(0, days[holder].working_days_between(local(since, ZONE), today)),
                due_on=due,
                late=due_words(due, today),
            )
        )
    return tuple(rows)


def recounts(by: Actor, *, centre: UUID | None = None, limit: int = 20) -> list[RecountView]:
    """The last changes of the calendar and how many open cases each moved, the newest first.

    Args:
        centre: only changes of this centre's own hours, which whoever sets it up may see.
    Errors: Refused, Missing.
    """
    _require_look(by, centre)
    rows = Recount.objects.all() if centre is None else Recount.objects.filter(centre_id=centre)
    return [_recount(row) for row in rows.order_by("-at", "-id")[:limit]]


def recount(by: Actor, *, id: UUID) -> tuple[RecountView, list[RecountedRow]]:
    """One change with the cases that it moved, by number. Errors: Refused, Missing, NoSuchCase."""
    row = Recount.objects.filter(id=id).first()
    _require_look(by, row.centre_id if row else None)
    if row is None:
        raise NoSuchCase()
    return _recount(row), recounted(id)


def _require_look(by: Actor, centre: UUID | None) -> None:
    """Whoever declares holidays sees every change; whoever sets up a centre those of its hours."""
    if centre is None or may(by, CALENDAR):
        require(by, CALENDAR)
    else:
        require(by, MANAGE, at=centre)


def recounted(id: UUID) -> list[RecountedRow]:
    """The cases that a change moved, with nothing of anybody in them."""
    return [
        RecountedRow(
            number=row.number,
            centre_names=unit(row.centre_id).name,
            authority_names=unit(row.authority_id).name,
            was=row.was,
            now=row.now,
        )
        for row in Recounted.objects.filter(recount=id).order_by("number")[:MOST_SHOWN]
    ]


def _recount(row: Recount) -> RecountView:
    return RecountView(
        id=row.id,
        at=row.at,
        day=row.day,
        hours_of=unit(row.centre_id).name if row.centre_id else None,
        cancelled=row.cancelled,
        examined=row.examined,
        moved=row.moved,
        done=row.done_at is not None,
    )
